"""What a later word leaves of an earlier one.

Contradiction is decided value by value: "no horror" said after "horror or thriller" leaves
the thriller. The earlier entry is kept as superseded; what is left of it goes on as an entry
of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..ingest.facets import subject_words
from ..ingest.item import AXES, AxisName, MoodTag, fold
from ..ingest.limits import (
    AxisBound,
    Content,
    Genres,
    Languages,
    Limit,
    People,
    Runtime,
    Subjects,
    Years,
)
from .edits import Anchor, Attitude, History, LimitEdit, Nudge, Weigh, Wish

Said = Attitude | Anchor | Wish | LimitEdit | Nudge | Weigh | History

_OPINIONS = {"loved", "liked", "disliked"}
_PLANS = {"interested", "not_tonight"}
_ADDS = re.compile(r"\b(and|also|too|as well|plus|both)\b", re.IGNORECASE)
_OPPOSED = 1.5
"""Degrees: two targets on one axis that are at least this far apart contradict each other."""
_AFTER_A_STEP = 0.5
"""What is left of a mood's strength after a step away from it: "lighter" after "sad"."""

# Mood tags that less, and that more, of a quality takes back.
_HIGH: dict[AxisName, tuple[MoodTag, ...]] = {
    "lightness": ("uplifting", "feel-good", "playful", "cosy", "silly"),
    "warmth": ("heartwarming", "tender", "gentle", "cosy"),
    "humour": ("funny", "silly", "witty", "playful"),
    "tension": ("tense", "suspenseful", "gripping", "adrenaline", "intense"),
    "scares": ("scary", "creepy", "eerie", "spooky"),
    "violence": ("violent", "gritty"),
    "romance": ("romantic", "sensual"),
    "strangeness": ("surreal", "mind-bending", "dreamlike", "quirky"),
    "demand": ("cerebral", "thought-provoking", "slow-burn", "meditative"),
}
_LOW: dict[AxisName, tuple[MoodTag, ...]] = {
    "lightness": ("dark", "bleak", "sad", "melancholic", "disturbing", "tearjerker"),
    "warmth": ("bleak", "cynical"),
    "tension": ("gentle", "meditative", "cosy"),
    "violence": ("gentle",),
}


def remainder(earlier: Said, later: Said, *, same_turn: bool = False) -> Said | None:
    """What stays true of an earlier word after a later one.

    Returns:
        ``earlier`` itself when the two agree, a reduced copy when part of it is
        contradicted or repeated, ``None`` when nothing is left.
    """
    rule = _RULES.get((type(earlier), type(later)))
    return earlier if rule is None else rule(earlier, later, same_turn)


def _attitudes(earlier: Attitude, later: Attitude, same_turn: bool) -> Said | None:
    if earlier.item.id != later.item.id:
        return earlier
    one_matter = earlier.dimension == later.dimension
    old, new = earlier.feeling, later.feeling
    replaced = (
        (old == new and one_matter)
        or (old in _OPINIONS and new in _OPINIONS and one_matter)
        or (old in _PLANS and new in _PLANS)
        or (old == "interested" and new in {"disliked", "seen"})
        or (old == "not_tonight" and new in {"loved", "liked"})
    )
    return None if replaced else earlier


def _replaced(earlier: Said, later: Said, same_turn: bool) -> Said | None:
    return None


def _weighs(earlier: Weigh, later: Weigh, same_turn: bool) -> Said | None:
    return None if earlier.dimension == later.dimension else earlier


def _histories(earlier: History, later: History, same_turn: bool) -> Said | None:
    return None if earlier.service == later.service else earlier


def _nudges(earlier: Nudge, later: Nudge, same_turn: bool) -> Said | None:
    return None if earlier.quality == later.quality else earlier


def _nudge_then_wish(earlier: Nudge, later: Wish, same_turn: bool) -> Said | None:
    contrary = earlier.quality in later.axes and not later.avoid
    return None if contrary and not same_turn else earlier


def _nudge_then_limit(earlier: Nudge, later: LimitEdit, same_turn: bool) -> Said | None:
    limit = later.limit
    if isinstance(limit, AxisBound) and limit.axis == earlier.quality:
        return None if _defies(earlier.amount, limit) else earlier
    named = {"years": "newness", "runtime": "length"}.get(limit.limit)
    return None if named == earlier.quality and not same_turn else earlier


def _limit_then_nudge(earlier: LimitEdit, later: Nudge, same_turn: bool) -> Said | None:
    limit = earlier.limit
    if isinstance(limit, AxisBound) and limit.axis == later.quality:
        return None if _defies(later.amount, limit) else earlier
    return earlier


def _defies(amount: float, bound: AxisBound) -> bool:
    """Whether wanting more or less of a quality runs against a bound on it."""
    return (bound.at_most is not None and amount > 0) or (bound.at_least is not None and amount < 0)


def _wish_then_nudge(earlier: Wish, later: Nudge, same_turn: bool) -> Said | None:
    """A step leaves the mood that it is taken in: "lighter" after "sad" is a lighter sad list."""
    if later.quality not in AXES or same_turn or earlier.avoid:
        return earlier
    left = _less(earlier, axes=(later.quality,))
    against = set(earlier.moods) & set(_contrary(later.quality, up=later.amount > 0))
    if left is None or not against:
        return left
    return left.model_copy(update={"strength": earlier.strength * _AFTER_A_STEP})


def _contrary(axis: AxisName, *, up: bool) -> tuple[MoodTag, ...]:
    """The mood tags that a wish for more, or less, of a quality takes back."""
    return (_LOW if up else _HIGH).get(axis, ())


def _wishes(earlier: Wish, later: Wish, same_turn: bool) -> Said | None:
    same_text = fold(earlier.text) == fold(later.text)
    if earlier.avoid == later.avoid:
        if same_text and earlier.dimension == later.dimension:
            return None
        apart = [
            axis
            for axis, target in earlier.axes.items()
            if axis in later.axes and abs(target - later.axes[axis]) >= _OPPOSED
        ]
        moods = [tag for a in apart for tag in _contrary(a, up=later.axes[a] > earlier.axes[a])]
        left = set(moods) - set(later.moods)
        return earlier if same_turn else _less(earlier, moods=left, axes=apart)
    if same_text:
        return None
    return _less(earlier, moods=later.moods, axes=tuple(later.axes), genres=later.genres)


def _less(
    wish: Wish,
    *,
    moods: Any = (),
    axes: Any = (),
    genres: Any = (),
) -> Wish | None:
    """A wish without some of what it was read as; its text no longer speaks for the rest."""
    unwanted = {fold(genre) for genre in genres}
    kept_moods = tuple(mood for mood in wish.moods if mood not in moods)
    kept_axes = {axis: target for axis, target in wish.axes.items() if axis not in axes}
    kept_genres = tuple(genre for genre in wish.genres if fold(genre) not in unwanted)
    if (kept_moods, kept_axes, kept_genres) == (wish.moods, wish.axes, wish.genres):
        return wish
    if not (kept_moods or kept_axes or kept_genres):
        return None
    kept = {"moods": kept_moods, "axes": kept_axes, "genres": kept_genres, "embed": False}
    return wish.model_copy(update=kept)


def _wish_then_limit(earlier: Wish, later: LimitEdit, same_turn: bool) -> Said | None:
    limit = later.limit
    if isinstance(limit, Genres):
        against = limit.none_of if not earlier.avoid else (*limit.all_of, *limit.any_of)
        return _less(earlier, genres=against)
    if earlier.avoid:
        return earlier
    if isinstance(limit, AxisBound):
        target = earlier.axes.get(limit.axis)
        outside = target is not None and not _within(target, limit)
        return _less(earlier, axes=(limit.axis,)) if outside else earlier
    return None if isinstance(limit, Subjects) and _speaks_of(earlier, limit) else earlier


def _limit_then_wish(earlier: LimitEdit, later: Wish, same_turn: bool) -> Said | None:
    limit = earlier.limit
    if isinstance(limit, Genres):
        names = {fold(genre) for genre in later.genres}
        if later.avoid:
            return _with_limit(earlier, _strip(limit, wanted=names))
        return _with_limit(earlier, _strip(limit, unwanted=names))
    if later.avoid:
        return earlier
    if isinstance(limit, AxisBound):
        target = later.axes.get(limit.axis)
        kept = same_turn or target is None or _within(target, limit)
        return earlier if kept else None
    return None if isinstance(limit, Subjects) and _speaks_of(later, limit) else earlier


def _within(target: float, bound: AxisBound) -> bool:
    low = 0 if bound.at_least is None else bound.at_least
    high = 4 if bound.at_most is None else bound.at_most
    return low - 1 < target < high + 1


def _speaks_of(wish: Wish, subjects: Subjects) -> bool:
    """Whether a wish names one of the unwanted subjects."""
    words = set(subject_words(wish.text))
    return any(subject_words(subject)[:1] and subject_words(subject)[0] in words
               for subject in subjects.none_of)  # fmt: skip


def _limits(earlier: LimitEdit, later: LimitEdit, same_turn: bool) -> Said | None:
    old, new = earlier.limit, later.limit
    if type(old) is not type(new):
        return earlier
    if isinstance(old, AxisBound) and isinstance(new, AxisBound):
        return None if old.axis == new.axis else earlier
    if isinstance(old, Content | Subjects) and isinstance(new, Content | Subjects):
        names = {fold(name) for name in new.none_of}
        return _with_limit(earlier, _strip(old, unwanted=names))
    if isinstance(old, Years | Runtime):
        return earlier if _other_end(old, new) else None
    if not isinstance(new, Genres | People | Languages):
        return None
    return _with_limit(earlier, _names_left(old, new, _adds(later, same_turn)))


def _other_end(old: Years | Runtime, new: Any) -> bool:
    """Whether two bounds with one end each are the two ends of a range: "under 100 minutes" and
    later "at least 80"."""
    low, high = ("earliest", "latest") if isinstance(old, Years) else ("shortest", "longest")
    ends = [(getattr(each, low), getattr(each, high)) for each in (old, new)]
    lows = [bottom for bottom, _ in ends if bottom is not None]
    highs = [top for _, top in ends if top is not None]
    one_each = all((bottom is None) != (top is None) for bottom, top in ends)
    return one_each and len(lows) == len(highs) == 1 and lows[0] <= highs[0]


def _adds(later: LimitEdit, same_turn: bool) -> bool:
    """Whether a later demand joins the earlier one: said in one breath, or with "also"."""
    return same_turn or bool(_ADDS.search(later.words))


def _names_left(old: Any, new: Genres | People | Languages, joins: bool) -> Any:
    demanded = {fold(n) for n in (*getattr(new, "all_of", ()), *new.any_of)}
    refused = {fold(n) for n in new.none_of}
    repeated = set(map(fold, getattr(new, "all_of", ()))) | refused
    if demanded and not joins:
        repeated |= {fold(n) for n in (*getattr(old, "all_of", ()), *old.any_of)}
    return _strip(old, wanted=refused | repeated, unwanted=demanded | refused)


def _strip(limit: Any, *, wanted: set[str] | None = None, unwanted: set[str] | None = None) -> Any:
    """A limit without some of its demands (``wanted``) and refusals (``unwanted``), or None."""
    kept: dict[str, tuple[str, ...]] = {}
    for field, gone in (("all_of", wanted), ("any_of", wanted), ("none_of", unwanted)):
        if hasattr(limit, field):
            kept[field] = tuple(n for n in getattr(limit, field) if fold(n) not in (gone or ()))
    if not any(kept.values()):
        return None
    changed = any(getattr(limit, field) != names for field, names in kept.items())
    return limit.model_copy(update=kept) if changed else limit


def _with_limit(edit: LimitEdit, limit: Limit | None) -> LimitEdit | None:
    if limit is None:
        return None
    return edit if limit is edit.limit else edit.model_copy(update={"limit": limit})


_RULES: dict[tuple[type, type], Callable[[Any, Any, bool], Said | None]] = {
    (Attitude, Attitude): _attitudes,
    (Anchor, Anchor): _replaced,
    (Weigh, Weigh): _weighs,
    (History, History): _histories,
    (Nudge, Nudge): _nudges,
    (Nudge, Wish): _nudge_then_wish,
    (Nudge, LimitEdit): _nudge_then_limit,
    (LimitEdit, Nudge): _limit_then_nudge,
    (Wish, Nudge): _wish_then_nudge,
    (Wish, Wish): _wishes,
    (Wish, LimitEdit): _wish_then_limit,
    (LimitEdit, Wish): _limit_then_wish,
    (LimitEdit, LimitEdit): _limits,
}
