"""Bending limits when too few items keep them all: in a stated order, one at a time, reported.

The order, first to bend first:

1. what a comparison implied ("shorter", "funnier" than what was shown)
2. length: by 10 %, by 25 %, by half, then any
3. years: by 5, by 10, by 20, then any
4. degrees of a quality ("little tension"), one degree, then any
5. original language asked for
6. genres asked for: any one of them, then none
7. people asked for: any one of them, then none

Where some items do fit, or did until they were shown, only 1, 2, 3 and 4 bend, and none of them
all the way: two right films are better than three beside the point.

Never bent: age and ratings, content and subjects to be spared, genres, people and languages
ruled out, little violence, few scares, kinds of item, and what is seen, disliked or shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..ingest.catalogue import Catalogue
from ..ingest.limits import (
    AxisBound,
    Condition,
    Genres,
    Languages,
    Limit,
    People,
    Runtime,
    Years,
    conditions,
)

ENOUGH = 3
"""Fewer items than this are too few, unless fewer were asked for."""
_SPARED_AXES = {"scares", "violence"}


@dataclass(frozen=True)
class Bend:
    """One limit and what stands in for it (None: nothing), and how many items that added."""

    limit: Limit
    instead: Limit | None
    gained: int = 0


@dataclass(frozen=True)
class Slack:
    """The limits that a list is made under, and how many items keep them."""

    limits: tuple[Limit, ...]
    bends: tuple[Bend, ...]
    available: int
    strict: int


Count = Callable[[Sequence[Limit]], int]


def counter(catalogue: Catalogue, exclude: Sequence[str]) -> Count:
    """A function that counts the items that keep limits and are not excluded."""
    excluded = catalogue.get(exclude)
    passing: dict[Condition, set[str]] = {}

    def passed(test: Condition) -> set[str]:
        """The excluded that pass; with a long history that is worth doing once."""
        if test not in passing:
            passing[test] = {key for key, item in excluded.items() if test.holds(item)}
        return passing[test]

    def count(limits: Sequence[Limit]) -> int:
        tests = conditions(limits)
        barred = set(excluded).intersection(*map(passed, tests))
        return catalogue.count(tests) - len(barred)

    return count


def relax(
    said: Sequence[Limit],
    implied: Sequence[Limit],
    count: Count,
    wanted: int,
    *,
    gently: bool = False,
) -> Slack:
    """Bend as few limits as it takes until enough items are there.

    One limit alone is tried first, in the stated order; then several together, each as
    little as helps. ``wanted`` is how many items were asked for; ``gently`` leaves every
    limit in place and only widens it.
    """
    enough = min(wanted, ENOUGH)
    strict = count([*said, *implied])
    everything = (*said, *implied)
    if strict >= enough:
        return Slack(everything, (), strict, strict)
    ladders = _ladders(said, implied, gently=gently or strict > 0)
    bends = _one_bend(everything, ladders, count, enough) or _several(
        everything, ladders, count, enough, strict
    )
    bends, available = _gains(everything, bends, count, strict)
    return Slack(_bent(everything, bends), bends, available, strict)


def costliest(limits: Sequence[Limit], count: Count) -> tuple[Limit, int] | None:
    """The limit without which most items would be left, and how many; None if none helps."""
    gains = [(count([other for other in limits if other is not limit]), limit) for limit in limits]
    best = max(gains, key=lambda gain: gain[0], default=None)
    return (best[1], best[0]) if best is not None and best[0] > 0 else None


def _one_bend(
    limits: Sequence[Limit], ladders: Sequence[Sequence[Bend]], count: Count, enough: int
) -> tuple[Bend, ...]:
    for ladder in ladders:
        for bend in ladder:
            if count(_bent(limits, [bend])) >= enough:
                return (bend,)
    return ()


def _several(
    limits: Sequence[Limit],
    ladders: Sequence[Sequence[Bend]],
    count: Count,
    enough: int,
    strict: int,
) -> tuple[Bend, ...]:
    """Bend limit after limit all the way until enough is there, then tighten what can be."""
    bends: list[Bend] = []
    for ladder in ladders:
        bends.append(ladder[-1])
        if count(_bent(limits, bends)) >= enough:
            break
    reached = min(enough, count(_bent(limits, bends)))
    if reached <= strict:
        return ()
    for ladder in ladders[: len(bends)]:
        others = [bend for bend in bends if bend.limit is not ladder[0].limit]
        options: list[list[Bend]] = [[], *([step] for step in ladder)]
        bends = next(
            [*others, *option]
            for option in options
            if count(_bent(limits, [*others, *option])) >= reached
        )
    return tuple(bends)


def _bent(limits: Sequence[Limit], bends: Sequence[Bend]) -> tuple[Limit, ...]:
    instead = {id(bend.limit): bend.instead for bend in bends}
    kept = (instead.get(id(limit), limit) for limit in limits)
    return tuple(limit for limit in kept if limit is not None)


def _gains(
    limits: Sequence[Limit], bends: Sequence[Bend], count: Count, strict: int
) -> tuple[tuple[Bend, ...], int]:
    """Each bend with what it added to the ones before it; the last with all there is."""
    before, counted = strict, []
    for place, bend in enumerate(bends, start=1):
        now = count(_bent(limits, bends[:place]))
        counted.append(replace(bend, gained=now - before))
        before = now
    return tuple(counted), before


def _ladders(said: Sequence[Limit], implied: Sequence[Limit], *, gently: bool) -> list[list[Bend]]:
    """Ever looser stand-ins for each limit that may bend, in the stated order."""
    ladders = [[Bend(limit, None)] for limit in implied if limit not in said]
    for limit in sorted(said, key=_place):
        steps = [step for step in _looser(limit) if step is not None or not gently]
        widens = limit.limit in _WIDENED
        ladders.append([Bend(limit, step) for step in steps] if widens or not gently else [])
    return [ladder for ladder in ladders if ladder]


_WIDENED = {"runtime", "years", "axis"}
_ORDER = ("runtime", "years", "axis", "languages", "genres", "people")


def _place(limit: Limit) -> int:
    return _ORDER.index(limit.limit) if limit.limit in _ORDER else len(_ORDER)


def _looser(limit: Limit) -> Iterator[Limit | None]:
    if isinstance(limit, Runtime):
        yield from (_longer(limit, 0.1), _longer(limit, 0.25), _longer(limit, 0.5), None)
    elif isinstance(limit, Years):
        ends = limit.earliest is not None or limit.latest is not None
        yield from (_wider(limit, years) for years in ((5, 10, 20) if ends else ()))
        yield None
    elif isinstance(limit, AxisBound):
        yield from _degrees(limit)
    elif isinstance(limit, Languages) and limit.any_of:
        yield limit.model_copy(update={"any_of": ()}) if limit.none_of else None
    elif isinstance(limit, Genres | People):
        yield from _fewer(limit)


def _longer(limit: Runtime, share: float) -> Runtime:
    low = None if limit.shortest is None else max(1, round(limit.shortest * (1 - share)))
    high = None if limit.longest is None else round(limit.longest * (1 + share))
    return Runtime(shortest=low, longest=high)


def _wider(limit: Years, years: int) -> Years:
    low = None if limit.earliest is None else max(1870, limit.earliest - years)
    high = None if limit.latest is None else min(2100, limit.latest + years)
    return Years(earliest=low, latest=high, none_of=limit.none_of)


def _degrees(limit: AxisBound) -> Iterator[Limit | None]:
    if limit.axis in _SPARED_AXES and limit.at_most is not None:
        return
    low = None if limit.at_least is None else max(0, limit.at_least - 1)
    high = None if limit.at_most is None else min(4, limit.at_most + 1)
    yield AxisBound(axis=limit.axis, at_least=low, at_most=high)
    yield None


def _fewer(limit: Genres | People) -> Iterator[Limit | None]:
    demanded = (*limit.all_of, *limit.any_of)
    if not demanded:
        return
    if len(limit.all_of) > 1:
        yield limit.model_copy(update={"all_of": (), "any_of": demanded})
    yield limit.model_copy(update={"all_of": (), "any_of": ()}) if limit.none_of else None
