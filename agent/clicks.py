"""A click instead of a message: what it says in words, and the plan that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, get_args

from ..errors import UsageError
from ..ingest.history import HistoryImport
from ..ingest.item import Item
from ..tools.query import QueryDimension
from .edits import Anchor, AnchorPart, Attitude, Edit, Feeling, Undo
from .past import history_edit
from .plan import Act, Chat, Recommend, Tell, TurnPlan
from .profile import TasteProfile
from .resolve import reference

Feedback = Feeling | Literal["more_like", "why"]
Click = tuple[str, TurnPlan]
Revision = Callable[[TasteProfile], Click | None]
"""From a profile to the turn that changes it, or None where there is nothing to change."""

_OF_DIMENSIONS = ("loved", "liked", "disliked")
"""Feelings that can be about one dimension; nobody has seen the mood of a film."""


def feedback_click(item: Item, feeling: Feedback, dimension: QueryDimension) -> Click:
    """What somebody thinks of an item, "more like this", or why it was recommended.

    Raises:
        UsageError: there is no such feeling or dimension.
    """
    _check(feeling, dimension)
    named = item.label
    if feeling == "why":
        return f"Why {named}?", _plan((), Tell(items=(reference(item),), topic="why"))
    if feeling == "more_like":
        about = "" if dimension == "overall" else f" in {dimension}"
        words = f"more like {named}{about}"
        part = AnchorPart(item=reference(item), dimension=dimension)
        return words, _plan((Anchor(parts=(part,), words=words),), Recommend())
    words = f"{feeling.replace('_', ' ')}: {named}"
    edit = Attitude(
        item=reference(item),
        feeling=feeling,
        dimension=dimension if feeling in _OF_DIMENSIONS else "overall",
        words=words,
    )
    return words, _plan((edit,), Chat(about="noted"))


def _check(feeling: object, dimension: object) -> None:
    names = (*get_args(Feeling), "more_like", "why")
    if feeling not in names:
        raise UsageError(f"{feeling!r} is no feedback; use one of {', '.join(names)}.")
    dimensions = get_args(QueryDimension)
    if dimension not in dimensions:
        raise UsageError(f"{dimension!r} is no dimension; use one of {', '.join(dimensions)}.")


def edits_click(edits: Sequence[Edit], words: str = "") -> Click:
    """The profile changed by hand, in the edits' own words where no others are given."""
    said = words or "; ".join(edit.words for edit in edits if edit.words) or "(profile edited)"
    return said, _plan(edits, Chat(about="noted"))


def history_click(history: HistoryImport) -> Click:
    """What somebody watched and rated elsewhere, added to the profile as one thing.

    Raises:
        UsageError: nothing in it is matched.
    """
    if not history.matched:
        raise UsageError(
            "None of the films in that history is in the catalogue; add films with"
            " “moodreel ingest” first."
        )
    edit = history_edit(history)
    return f"My history from {edit.words}", _plan((edit,), Chat(about="noted"))


def list_click() -> Click:
    """A list for the profile as it stands."""
    return "Films for this taste", _plan((), Recommend())


def undo_click(turns: int) -> Click:
    """Taking back the last changing turns.

    Raises:
        UsageError: ``turns`` is not a whole number from 1.
    """
    if not isinstance(turns, int) or turns < 1:
        raise UsageError(f"{turns!r} turns can't be undone; give a whole number from 1.")
    return "undo", _plan((Undo(turns=turns, words="undo"),), Chat(about="noted"))


def _plan(edits: Sequence[Edit], *acts: Act) -> TurnPlan:
    return TurnPlan(edits=tuple(edits), acts=acts)
