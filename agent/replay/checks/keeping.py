"""Whether a film keeps a limit, told from the limit's fields and the film's facts.

This is said a second time here on purpose: a list is filtered by the conditions of
`moodreel.ingest.limits`, and what is filtered wrongly must not be judged right by the same lines.
What age a film suits, what its content notes speak of and what it is about are facts, though,
and come from `moodreel.ingest.facets`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ....ingest.facets import content_classes, subject_words, subjects, suitable_from
from ....ingest.item import Item, fold
from ....ingest.limits import (
    Age,
    AxisBound,
    Content,
    Genres,
    Kinds,
    Languages,
    Limit,
    People,
    Ratings,
    Runtime,
    Subjects,
    Watchlist,
    Years,
)
from .verdict import listed


@dataclass(frozen=True)
class Breach:
    """How a film breaks a limit, after its name; ``bends`` where that may be done if it is said."""

    says: str
    bends: bool = False


def breaches(item: Item, limit: Limit) -> list[Breach]:
    """All that is wrong with a film under a limit; a fact that is not known keeps none."""
    return list(_RULES[type(limit)](item, limit))


def _years(item: Item, limit: Years) -> Iterator[Breach]:
    if item.year is None:
        yield Breach("has no known year", bends=True)
    elif not _between(item.year, limit.earliest, limit.latest) or item.year in limit.none_of:
        yield Breach(f"is from {item.year}", bends=True)


def _runtime(item: Item, limit: Runtime) -> Iterator[Breach]:
    if item.runtime_min is None:
        yield Breach("has no known length", bends=True)
    elif not _between(item.runtime_min, limit.shortest, limit.longest):
        yield Breach(f"runs {item.runtime_min} minutes", bends=True)


def _between(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _languages(item: Item, limit: Languages) -> Iterator[Breach]:
    spoken = fold(item.language or "")
    if limit.any_of and spoken not in map(fold, limit.any_of):
        yield Breach(f"is in {item.language or 'no known language'}", bends=True)
    if limit.none_of and (not spoken or spoken in map(fold, limit.none_of)):
        yield Breach(f"is in {item.language or 'no known language'}")


def _genres(item: Item, limit: Genres) -> Iterator[Breach]:
    yield from _names(item.genres, limit, "is {}")


def _people(item: Item, limit: People) -> Iterator[Breach]:
    roles = {"directors": item.directors, "cast": item.cast}
    yield from _names(roles.get(limit.role, (*item.directors, *item.cast)), limit, "has {}")


def _names(values: Sequence[str], limit: Genres | People, said: str) -> Iterator[Breach]:
    has = {fold(value) for value in values}
    missing = [name for name in limit.all_of if fold(name) not in has]
    if limit.any_of and not has & set(map(fold, limit.any_of)):
        missing += limit.any_of
    if missing:
        yield Breach(said.format(f"without {listed(missing, 'or')}"), bends=True)
    unwanted = [name for name in limit.none_of if fold(name) in has]
    if unwanted:
        yield Breach(said.format(listed(unwanted)))


def _age(item: Item, limit: Age) -> Iterator[Breach]:
    if suitable_from(item) > limit.youngest:
        yield Breach(f"suits viewers from {suitable_from(item)} on")


def _ratings(item: Item, limit: Ratings) -> Iterator[Breach]:
    if (item.age_rating or "").upper() not in limit.any_of:
        yield Breach(f"is rated {item.age_rating or 'nowhere'}")


def _content(item: Item, limit: Content) -> Iterator[Breach]:
    noted = {fold(name) for name in content_classes(item.content_notes)}
    unwanted = [name for name in limit.none_of if fold(name) in noted]
    if unwanted:
        yield Breach(f"has {listed(unwanted)}")


def _subjects(item: Item, limit: Subjects) -> Iterator[Breach]:
    about = set(subjects(item))
    unwanted = [name for name in limit.none_of if set(subject_words(name)[:1]) & about]
    if unwanted:
        yield Breach(f"is about {listed(unwanted)}")


def _kinds(item: Item, limit: Kinds) -> Iterator[Breach]:
    if fold(item.kind) not in map(fold, limit.any_of):
        yield Breach(f"is a {item.kind}")


def _watchlist(item: Item, limit: Watchlist) -> Iterator[Breach]:
    if item.id not in limit.any_of:
        yield Breach("is not on the watchlist")


_SPARED = ("scares", "violence")


def _axis(item: Item, limit: AxisBound) -> Iterator[Breach]:
    bends = limit.axis not in _SPARED or limit.at_most is None
    if item.axes is None:
        yield Breach(f"has no known {limit.axis}", bends)
    elif not _between(item.axes.of(limit.axis), limit.at_least, limit.at_most):
        yield Breach(f"has {item.axes.of(limit.axis)} degrees of {limit.axis}", bends)


_RULES: dict[type, Callable[[Item, Any], Iterator[Breach]]] = {
    Years: _years,
    Runtime: _runtime,
    Languages: _languages,
    Genres: _genres,
    People: _people,
    Age: _age,
    Ratings: _ratings,
    Content: _content,
    Subjects: _subjects,
    Kinds: _kinds,
    Watchlist: _watchlist,
    AxisBound: _axis,
}
