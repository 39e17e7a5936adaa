"""The check that every film of a list has certain facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ....ingest.item import Item, fold
from ..expect import Expect, Facts, Names, Range, Texts
from ..result import CheckResult
from .base import Seen
from .lists import bounds, within
from .verdict import listed, verdict

_RATINGS = ("G", "PG", "PG-13", "R", "NC-17")


def facts(expect: Expect, seen: Seen) -> CheckResult:
    """Every film has these facts; one that is not known is not met.

    A list without films fails, unless ``count: 0`` says that none was wanted.
    """
    wanted = expect.all
    assert wanted is not None  # noqa: S101 - only asked where it is expected
    if not seen.now.reply.picks:
        return verdict("all", *([] if expect.count == 0 else ["No films came."]))
    problems = [wrong for item in seen.items if (wrong := wrong_fact(item, wanted))]
    return verdict("all", *problems)


def wrong_fact(item: Item, wanted: Facts) -> str:
    """The first fact that a film has not, in a sentence; empty where it has all."""
    return next((f"{item.label} {problem}." for problem in _problems(item, wanted)), "")


def _problems(item: Item, wanted: Facts) -> Iterator[str]:
    if wanted.year is not None:
        yield from _number(item.year, wanted.year, "is from {}", "has no known year")
    if wanted.runtime is not None:
        unknown = "has no known length"
        yield from _number(item.runtime_min, wanted.runtime, "runs {} minutes", unknown)
    for field, (read, verb) in _NAMED.items():
        names = getattr(wanted, field)
        if names is not None:
            yield from _names(read(item), names, verb)
    if wanted.at_most_rating is not None:
        yield from _rated(item.age_rating, wanted.at_most_rating)


def _number(value: int | None, bound: Range, said: str, unknown: str) -> Iterator[str]:
    if value is None:
        yield unknown
    elif not within(value, bound):
        yield f"{said.format(value)}, {bounds(bound)} was expected"


def _rated(rating: str | None, most: str) -> Iterator[str]:
    known = (rating or "").upper()
    if known not in _RATINGS:
        yield f"is rated {rating or 'nowhere'}, at most {most} was expected"
    elif _RATINGS.index(known) > _RATINGS.index(most):
        yield f"is rated {known}, at most {most} was expected"


def _names(values: Sequence[str], wanted: Names | Texts, verb: str) -> Iterator[str]:
    names = wanted if isinstance(wanted, Names) else Names(any=wanted)
    has = {fold(value) for value in values}
    said = f"{verb} {listed(values) if values else 'nothing known'}"
    if names.any and not has & set(map(fold, names.any)):
        yield f"{said}, {listed(names.any, 'or')} was expected"
    missing = [name for name in names.every if fold(name) not in has]
    if missing:
        yield f"{said}, {listed(missing)} was expected too"
    wrong = [name for name in names.none if fold(name) in has]
    if wrong:
        yield f"{said}, {listed(wrong, 'or')} was not expected"


def _language(item: Item) -> tuple[str, ...]:
    """The code, which is what a script says."""
    return (item.language,) if item.language else ()


_NAMED: dict[str, tuple[Callable[[Item], Sequence[str]], str]] = {
    "genres": (lambda item: item.genres, "is"),
    "language": (_language, "is in"),
    "people": (lambda item: tuple(dict.fromkeys((*item.directors, *item.cast))), "has"),
    "age_rating": (lambda item: (item.age_rating,) if item.age_rating else (), "is rated"),
    "kind": (lambda item: (item.kind,), "is a"),
}
