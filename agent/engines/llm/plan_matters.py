"""What an edit is about, so that two readings of one message can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterable

from ....ingest.catalogue import Catalogue
from ....ingest.facets import subject_words
from ....ingest.item import fold
from ....ingest.limits import Limit
from ...edits import Anchor, Attitude, Edit, ItemRef, LimitEdit, Nudge, Weigh, Wish
from ...plan import Tell, TurnPlan
from ..base import Turn
from .plan_refs import key_of

PLAIN_FEELINGS = frozenset({"loved", "liked", "disliked", "seen"})
"""What is said in so many words; the others may be gathered from a title alone."""
_NUMERIC = {"years": "years", "runtime": "length", "age": "age", "ratings": "age"}


def matters_of(edit: Edit, turn: Turn, catalogue: Catalogue) -> frozenset[str]:
    """What an edit speaks of: ``item:tt0113277``, ``genre:horror``, ``years``, ``undo``."""
    if isinstance(edit, (Attitude, Anchor)):
        return frozenset(f"item:{key_of(ref, turn, catalogue)}" for ref in refs_in(edit))
    if isinstance(edit, LimitEdit):
        return frozenset(limit_matters(edit.limit))
    if isinstance(edit, Wish):
        return frozenset(_wished(edit)) or frozenset({f"text:{fold(edit.text)}"})
    if isinstance(edit, Nudge):
        return frozenset({f"more:{edit.quality}"})
    if isinstance(edit, Weigh):
        return frozenset({f"weigh:{edit.dimension}"})
    return frozenset({edit.edit})


def limit_matters(limit: Limit) -> Iterable[str]:
    """What a limit bounds, one name each."""
    if limit.limit in _NUMERIC:
        return [_NUMERIC[limit.limit]]
    if limit.limit == "axis":
        return [f"axis:{limit.axis}"]
    if limit.limit in ("kinds", "watchlist"):
        return [limit.limit]
    sort = {"genres": "genre", "people": "person", "languages": "language"}.get(limit.limit)
    if sort is None:
        return [f"spare:{(subject_words(name) or (name,))[0]}" for name in names_in(limit)]
    return [f"{sort}:{fold(name)}" for name in names_in(limit)]


def names_in(limit: Limit) -> tuple[str, ...]:
    """All names that a limit has, wanted or not."""
    return tuple(
        str(name) for field in ("all_of", "any_of", "none_of") for name in getattr(limit, field, ())
    )


def _wished(wish: Wish) -> list[str]:
    return [
        *(f"genre:{fold(genre)}" for genre in wish.genres),
        *(f"person:{fold(person)}" for person in wish.people),
        *(f"mood:{mood}" for mood in wish.moods),
    ]


def refs_in(edit: Edit) -> tuple[ItemRef, ...]:
    """The items that an edit is about; what a nudge compares with is not."""
    if isinstance(edit, Attitude):
        return (edit.item,)
    return tuple(part.item for part in edit.parts) if isinstance(edit, Anchor) else ()


def items_of(plan: TurnPlan, turn: Turn, catalogue: Catalogue) -> dict[str, ItemRef]:
    """All items that a plan speaks of, in edits and questions, by their keys."""
    refs = [ref for edit in plan.edits for ref in refs_in(edit)]
    refs += [edit.than for edit in plan.edits if isinstance(edit, Nudge) and edit.than]
    refs += [ref for act in plan.acts if isinstance(act, Tell) for ref in act.items]
    return {key_of(ref, turn, catalogue): ref for ref in refs}


def typed(wish: Wish) -> bool:
    """Whether a wish was read as something; otherwise its text is only searched for."""
    read = wish.moods or wish.axes or wish.genres or wish.people
    return bool(read) or wish.dimension == "audience"
