"""Checks on averages: how a list differs from the one before, and where it lies on the axes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean

from ....ingest.item import AxisName, Item
from ..expect import Direction, Expect, Shift
from ..result import CheckResult
from .base import Seen
from .lists import bounds, within
from .naming import films_called
from .verdict import verdict

Measure = Callable[[Item], float | None]


def shift(expect: Expect, seen: Seen) -> CheckResult:
    """This list lies further this way than the one before, or than a named film."""
    wanted = _wanted(expect)
    before = _compared(wanted, seen)
    if not seen.items:
        return verdict("shift", "No films came.")
    if not before:
        return verdict("shift", "There is no list before this one to compare with.")
    found = (_against(way, wanted.by, before, seen.items) for way in wanted.towards)
    return verdict("shift", *(problem for problem in found if problem))


def _wanted(expect: Expect) -> Shift:
    said = expect.shift
    if isinstance(said, Shift):
        return said
    return Shift(towards=(said,) if isinstance(said, str) else said or ())


def _compared(wanted: Shift, seen: Seen) -> tuple[Item, ...]:
    if wanted.than is not None:
        return tuple(films_called(wanted.than, seen).values())
    last = seen.last_list()
    return seen.items_of(last) if last else ()


def _against(way: Direction, by: float, before: Sequence[Item], now: Sequence[Item]) -> str:
    """Why a list is not further this way; empty where it is."""
    measure, sign, unit = _WAYS[way]
    old, new = _mean(measure, before), _mean(measure, now)
    if old is None or new is None:
        return f"Nothing is known of the {unit} to tell whether they are {way}."
    gain = sign * (new - old)
    if gain > 0 and gain >= by:
        return ""
    least = f", {by:g} were expected" if by else ""
    return f"The films are not {way}: {unit} went from {old:.2f} to {new:.2f}{least}."


def _mean(measure: Measure, items: Iterable[Item]) -> float | None:
    """The mean over what is known."""
    known = [value for item in items if (value := measure(item)) is not None]
    return fmean(known) if known else None


def axes(expect: Expect, seen: Seen) -> CheckResult:
    """The mean degree of the list lies within these bounds on each axis."""
    if not seen.items:
        return verdict("axes", "No films came.")
    problems = []
    for axis, bound in expect.axes.items():
        degree = _mean(_degree(axis), seen.items)
        if degree is None:
            problems.append(f"No film has a known {axis}.")
        elif not within(degree, bound):
            problems.append(f"The {axis} is {degree:.2f}, {bounds(bound)} was expected.")
    return verdict("axes", *problems)


def _degree(axis: AxisName) -> Measure:
    return lambda item: None if item.axes is None else item.axes.of(axis)


def _axis(axis: AxisName, sign: int) -> tuple[Measure, int, str]:
    return _degree(axis), sign, f"degrees of {axis}"


def _year(item: Item) -> float | None:
    return item.year


def _minutes(item: Item) -> float | None:
    return item.runtime_min


def _popularity(item: Item) -> float | None:
    """Zero is what an item has of which nobody knows how popular it is."""
    return item.popularity or None


_WAYS: dict[Direction, tuple[Measure, int, str]] = {
    "lighter": _axis("lightness", 1), "darker": _axis("lightness", -1),
    "warmer": _axis("warmth", 1), "cooler": _axis("warmth", -1),
    "funnier": _axis("humour", 1), "more serious": _axis("humour", -1),
    "tenser": _axis("tension", 1), "calmer": _axis("tension", -1),
    "scarier": _axis("scares", 1), "less scary": _axis("scares", -1),
    "more violent": _axis("violence", 1), "less violent": _axis("violence", -1),
    "more romantic": _axis("romance", 1), "less romantic": _axis("romance", -1),
    "stranger": _axis("strangeness", 1), "more ordinary": _axis("strangeness", -1),
    "more demanding": _axis("demand", 1), "easier": _axis("demand", -1),
    "newer": (_year, 1, "years"), "older": (_year, -1, "years"),
    "longer": (_minutes, 1, "minutes"), "shorter": (_minutes, -1, "minutes"),
    "better known": (_popularity, 1, "popularity"), "less known": (_popularity, -1, "popularity"),
}  # fmt: skip
