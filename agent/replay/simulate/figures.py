"""What dialogues come to: rates, turns and changes, each with an interval."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from .stage import Beat, Dialogue, Lists

DRAWS = 2_000
FEWEST = 5
"""Fewer people than this give no interval."""


@dataclass(frozen=True)
class Figure:
    """A mean with its 95 % interval; ``n`` people, and no interval from fewer than `FEWEST`."""

    mean: float
    low: float | None
    high: float | None
    n: int


def figure(groups: Sequence[Sequence[float]]) -> Figure | None:
    """The mean of all values; its interval draws whole people with replacement.

    Args:
        groups: the values of each person; people without any don't count.

    Returns:
        None where there is no value at all.
    """
    filled = [group for group in groups if group]
    if not filled:
        return None
    sums = np.array([sum(group) for group in filled])
    sizes = np.array([len(group) for group in filled])
    mean = float(sums.sum() / sizes.sum())
    if len(filled) < FEWEST:
        return Figure(mean, None, None, len(filled))
    drawn = np.random.default_rng(7).integers(len(filled), size=(DRAWS, len(filled)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return Figure(mean, float(low), float(high), len(filled))


def success(shown: Sequence[Lists]) -> Figure | None:
    """The share of people who found something they accept."""
    return figure([[float(each.pleased_in is not None)] for each in shown])


def median_turns(shown: Sequence[Lists]) -> int | None:
    """The turn by which half of the people had succeeded; None where not half of them did.

    Those who did not succeed count as later than all turns, never as missing.
    """
    turns = sorted(each.pleased_in or 10**9 for each in shown)
    if not turns:
        return None
    middle = turns[(len(turns) - 1) // 2]
    return middle if middle < 10**9 else None


def hits(shown: Sequence[Lists], turns: int) -> list[float]:
    """Hit@5 after 1 to ``turns`` turns: the share of people who were shown a hidden film."""
    return [sum(each.hit(t) for each in shown) / max(len(shown), 1) for t in range(1, turns + 1)]


@dataclass(frozen=True)
class Value:
    """What one kind of move does to the candidates: changes of `Outlook`, after less before.

    ``distance`` below 0 and ``recall`` above 0 are towards the taste. ``turns`` such moves.
    """

    kind: str
    turns: int
    distance: Figure | None
    recall: Figure | None


def values(dialogues: Sequence[Dialogue]) -> list[Value]:
    """The value of each kind of move, the most frequent first."""
    counts: Counter[str] = Counter()
    distance: dict[str, list[list[float]]] = defaultdict(list)
    recall: dict[str, list[list[float]]] = defaultdict(list)
    for dialogue in dialogues:
        steps = _steps(dialogue)
        for kind in {kind for kind, _, _ in steps}:
            counts[kind] += sum(each == kind for each, _, _ in steps)
            distance[kind].append([d for k, d, _ in steps if k == kind and isfinite(d)])
            recall[kind].append([r for k, _, r in steps if k == kind])
    return [
        Value(kind, turns, figure(distance[kind]), figure(recall[kind]))
        for kind, turns in counts.most_common()
    ]


def _steps(dialogue: Dialogue) -> list[tuple[str, float, float]]:
    """(kind of move, change of distance, change of recall) of each turn after the first."""
    found = []
    for before, after in zip(dialogue.beats, dialogue.beats[1:], strict=False):
        if after.move.kind != "accept":
            kind = " and ".join(filter(None, (after.move.kind, after.move.double)))
            old, new = before.outlook, after.outlook
            found.append((kind, new.distance - old.distance, new.recall - old.recall))
    return found


@dataclass(frozen=True)
class Questions:
    """Questions that the agent asked; ``answered`` of them, and ``changed`` the candidates."""

    asked: int
    answered: int
    changed: int


def questions(dialogues: Sequence[Dialogue]) -> Questions:
    """How many questions were asked, and how many answers changed the first ten candidates."""
    asked = answered = changed = 0
    for dialogue in dialogues:
        asked += sum(bool(beat.reply.question) for beat in dialogue.beats)
        for before, after in zip(dialogue.beats, dialogue.beats[1:], strict=False):
            if before.reply.question and after.move.kind == "answer":
                answered += 1
                changed += _new(before, after)
    return Questions(asked, answered, changed)


def _new(before: Beat, after: Beat) -> bool:
    return before.outlook.first != after.outlook.first


def by(
    dialogues: Sequence[Dialogue], key: Callable[[Dialogue], str]
) -> Mapping[str, list[Dialogue]]:
    """Dialogues in groups, in the order in which they come."""
    groups: dict[str, list[Dialogue]] = {}
    for dialogue in dialogues:
        groups.setdefault(key(dialogue), []).append(dialogue)
    return groups
