"""Owning up to what a message said and the turn does not do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .edits import Wish
from .interpret import Meaning
from .plan import MOST_LISTED, Chat, Recommend, TurnPlan

_QUOTED = 3
"""Parts that are named at most."""


def unmet(plan: TurnPlan, meaning: Meaning) -> list[str]:
    """Sentences about words that nothing recognised, and a number that no list has."""
    if plan.skipped:
        return [f"That was long: I left the last {plan.skipped:,} characters unread."]
    return [*_unread(plan, meaning), *_too_many(meaning)]


def _too_many(meaning: Meaning) -> Iterator[str]:
    if any(isinstance(act, Recommend) and act.asked for act in meaning.acts):
        yield f"One list has {MOST_LISTED} films at most; say “more” for others."


def _unread(plan: TurnPlan, meaning: Meaning) -> Iterator[str]:
    wished = {edit.text for edit in plan.edits if isinstance(edit, Wish)}
    searched = [part for part in plan.unread if part in wished]
    left = [part for part in plan.unread if part not in wished]
    if any(isinstance(act, Recommend) for act in meaning.acts):
        if searched:
            yield f"{_unplaced(searched)}, so I only searched for the words themselves."
        if left:
            yield f"{_unplaced(left)}, so it changes nothing."
    elif left and any(isinstance(act, Chat) and act.about == "aside" for act in meaning.acts):
        yield f"{_unplaced(left)}."


def _unplaced(parts: Sequence[str]) -> str:
    return f"I couldn't place {', '.join(f'“{part}”' for part in parts[:_QUOTED])}"
