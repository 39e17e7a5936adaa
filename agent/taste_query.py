"""From a taste profile to the query that one list has to satisfy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from statistics import mean

from ..ingest.catalogue import Catalogue
from ..ingest.item import AXES, AxisName, Dimension, Item
from ..ingest.limits import AxisBound, BaseLimit, Limit, Runtime, Years
from ..tools.implied import fullest
from ..tools.query import AxisWish, Like, MoodWish, Preference, Query, TextWish
from . import past
from .edits import Anchor, Attitude, LimitEdit, Nudge, Weigh, Wish
from .profile import Entry, TasteProfile, root_turn

_FEELING_WEIGHTS: Mapping[str, float] = {
    "loved": 0.7,
    "liked": 0.45,
    "interested": 0.25,
    "disliked": -0.6,
}
_BESIDE_ANCHOR = 0.3
"""How much an earlier favourite still counts while tonight's list follows an anchor."""
_MOST_LIKES = 12
_MIDDLE = 2.0
_NUDGE_WEIGHT = 1.2
_PREFERENCES: Mapping[str, tuple[str, str]] = {
    "newness": ("newer", "older"),
    "length": ("longer", "shorter"),
    "fame": ("popular", "obscure"),
}


@dataclass(frozen=True)
class Round:
    """One list that was shown: the turn that showed it and its items, in order."""

    turn: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Demand:
    """A query with its limits told apart: those that were said, and those that a comparison
    implies ("shorter" than what was shown), which bend first."""

    query: Query
    said: tuple[Limit, ...]
    implied: tuple[Limit, ...]


def demand_of(profile: TasteProfile, catalogue: Catalogue, shown: Sequence[Round] = ()) -> Demand:
    """What the next list has to satisfy.

    Excluded are all items that the profile names (seen, disliked, not tonight, favourites,
    anchors: nobody needs to be told of a film they named), all of a history but its watchlist,
    and all that were shown.
    """
    said = [entry.content for entry in profile.active]
    wishes = [each for each in said if isinstance(each, Wish)]
    nudges = [entry for entry in profile.active if isinstance(entry.content, Nudge)]
    pulls = [_Pull.of(entry, profile, catalogue, shown) for entry in nudges]
    limits = tuple(each.limit for each in said if isinstance(each, LimitEdit))
    implied = tuple(bound for pull in pulls for bound in pull.bounds() if bound is not None)
    query = Query(
        likes=_likes(said),
        texts=tuple(_texts(wishes)),
        words=_words(wishes),
        moods=_moods(wishes),
        axes=_axes(wishes, pulls),
        genres=tuple(dict.fromkeys(g for w in wishes if not w.avoid for g in w.genres)),
        people=tuple(dict.fromkeys(p for w in wishes if not w.avoid for p in w.people)),
        preferences=tuple(pref for pull in pulls if (pref := pull.preference()) is not None),
        limits=(*limits, *implied),
        exclude=_excluded(said, shown),
        weights=_weights(said),
    )
    return Demand(query, limits, implied)


def _likes(said: Sequence[object]) -> tuple[Like, ...]:
    anchors = [part for each in said if isinstance(each, Anchor) for part in each.parts]
    attitudes = [each for each in said if isinstance(each, Attitude)]
    likes = [
        Like(id=part.item.id, dimension=part.dimension, weight=part.weight)
        for part in anchors
        if part.item.id is not None
    ]
    anchored = {like.id for like in likes}
    share = _BESIDE_ANCHOR if likes else 1.0
    for each in reversed(attitudes):
        weight = _FEELING_WEIGHTS.get(each.feeling)
        if weight is None or each.item.id is None or each.item.id in anchored:
            continue
        scaled = weight * share if weight > 0 else weight
        likes.append(Like(id=each.item.id, dimension=each.dimension, weight=scaled))
    spoken_of = {*anchored, *(each.item.id for each in attitudes if each.item.id)}
    return tuple([*likes[:_MOST_LIKES], *past.likes(said, spoken_of, share)][:_MOST_LIKES])


def _texts(wishes: Iterable[Wish]) -> Iterable[TextWish]:
    for wish in wishes:
        if wish.embed and wish.text.strip() and wish.strength > 0:
            sign = -1 if wish.avoid else 1
            text = wish.text[:2_000]
            yield TextWish(text=text, dimension=wish.dimension, weight=sign * wish.strength)
        elif wish.avoid and wish.genres:
            yield TextWish(text=" ".join(wish.genres), weight=-wish.strength)


def _words(wishes: Iterable[Wish]) -> str:
    """What is matched literally: plots and things; moods and audiences are misread by words."""
    literal = ("plot", "overall")
    texts = [w.text for w in wishes if w.embed and not w.avoid and w.dimension in literal]
    return " ".join(texts)[:2_000]


def _moods(wishes: Iterable[Wish]) -> tuple[MoodWish, ...]:
    moods = {
        tag: MoodWish(tag=tag, weight=-wish.strength if wish.avoid else wish.strength)
        for wish in wishes
        for tag in wish.moods
    }
    return tuple(moods.values())


def _axes(wishes: Iterable[Wish], pulls: Iterable[_Pull]) -> tuple[AxisWish, ...]:
    axes = {
        axis: AxisWish(axis=axis, target=_target(wish, axis, target), weight=wish.strength)
        for wish in wishes
        for axis, target in wish.axes.items()
    }
    for pull in pulls:
        wish = pull.axis_wish()
        if wish is not None:
            axes[wish.axis] = wish
    return tuple(axes.values())


def _target(wish: Wish, axis: AxisName, said: float) -> float:
    return said if wish.avoid else fullest(wish.moods, axis, said)


def _weights(said: Iterable[object]) -> dict[Dimension, float]:
    return {each.dimension: each.weight for each in said if isinstance(each, Weigh)}


def _excluded(said: Sequence[object], shown: Sequence[Round]) -> tuple[str, ...]:
    named: list[str | None] = []
    for each in said:
        if isinstance(each, Attitude):
            named.append(each.item.id)
        elif isinstance(each, Anchor):
            named += [part.item.id for part in each.parts]
        elif isinstance(each, Nudge) and each.than is not None:
            named.append(each.than.id)
    named += past.watched(said)
    named += [item_id for each in shown for item_id in each.ids]
    return tuple(dict.fromkeys(item_id for item_id in named if item_id))


@dataclass(frozen=True)
class _Pull:
    """A nudge with the items that it compares with."""

    nudge: Nudge
    against: tuple[Item, ...]

    @staticmethod
    def of(
        entry: Entry, profile: TasteProfile, catalogue: Catalogue, shown: Sequence[Round]
    ) -> _Pull:
        """The items: those named, else the list that was on the table when it was said."""
        nudge = entry.content
        assert isinstance(nudge, Nudge)  # noqa: S101 - the caller chose by type
        if nudge.than is not None and nudge.than.id is not None:
            ids: Sequence[str] = [nudge.than.id]
        else:
            turn = root_turn(profile, entry)
            ids = next((each.ids for each in reversed(shown) if each.turn < turn), ())
        return _Pull(nudge, tuple(catalogue.get(ids).values()))

    def _degree(self, axis: AxisName) -> float:
        known = [item.axes.of(axis) for item in self.against if item.axes is not None]
        return mean(known) if known else _MIDDLE

    def axis_wish(self) -> AxisWish | None:
        """The degree to aim for, on an axis."""
        if self.nudge.quality not in AXES:
            return None
        axis: AxisName = self.nudge.quality
        target = max(0.0, min(4.0, self._degree(axis) + self.nudge.amount))
        return AxisWish(axis=axis, target=target, weight=_NUDGE_WEIGHT)

    def preference(self) -> Preference | None:
        """The side to lean to, for facts."""
        sides = _PREFERENCES.get(self.nudge.quality)
        if sides is None or self.nudge.amount == 0:
            return None
        towards = sides[0] if self.nudge.amount > 0 else sides[1]
        weight = min(2.0, max(0.5, abs(self.nudge.amount)))
        return Preference.model_validate({"towards": towards, "weight": weight})

    def bounds(self) -> Iterable[Limit | None]:
        """What "more" and "less" rule out: as much or less of it than was compared with."""
        if not self.against or self.nudge.amount == 0:
            return
        more = self.nudge.amount > 0
        if self.nudge.quality in AXES:
            yield self._axis_bound(self.nudge.quality, more=more)
        elif self.nudge.quality == "newness":
            years = [item.year for item in self.against if item.year]
            yield _beyond(Years, "earliest", "latest", years, more)
        elif self.nudge.quality == "length":
            minutes = [item.runtime_min for item in self.against if item.runtime_min]
            yield _beyond(Runtime, "shortest", "longest", minutes, more)

    def _axis_bound(self, axis: AxisName, *, more: bool) -> Limit | None:
        """The first degree beyond the item, or beyond the middle of the list."""
        degree = self._degree(axis)
        if more:
            return AxisBound(axis=axis, at_least=min(4, floor(degree) + 1))
        return AxisBound(axis=axis, at_most=max(0, -floor(-degree) - 1))


def _beyond(
    kind: type[Years] | type[Runtime], low: str, high: str, values: Sequence[int], more: bool
) -> Limit | None:
    """Past the mean of what was compared with; past the one item where there is only one."""
    if not values:
        return None
    middle = mean(values)
    bound = floor(middle) + 1 if more else -floor(-middle) - 1
    return kind.model_validate({low if more else high: max(1, bound)})


def broken_limits(item: Item, limits: Iterable[BaseLimit]) -> list[BaseLimit]:
    """The limits that an item does not keep."""
    return [limit for limit in limits if not limit.allows(item)]
