"""Checks of which films a list has."""

from __future__ import annotations

from ..expect import Expect, Range, Texts
from ..result import CheckResult
from .base import Seen
from .naming import films_called
from .verdict import films, verdict


def count(expect: Expect, seen: Seen) -> CheckResult:
    """How many films came."""
    came, wanted = len(seen.now.reply.picks), expect.count
    if isinstance(wanted, Range):
        fits, said = within(came, wanted), bounds(wanted)
    else:
        fits, said = came == wanted, f"{wanted or 0}"
    verb = "was" if said == "1" else "were"
    return verdict("count", *([] if fits else [_counted(said, verb, came)]))


def _counted(said: str, verb: str, came: int) -> str:
    noun = "film" if said.rpartition(" ")[2] == "1" else "films"
    return f"{said[:1].upper()}{said[1:]} {noun} {verb} expected, {came or 'none'} came."


def within(value: float, bound: Range) -> bool:
    """Whether a number lies in a range, ends included."""
    above = bound.min is None or value >= bound.min
    return above and (bound.max is None or value <= bound.max)


def bounds(bound: Range) -> str:
    """A range in words: ``at least 3``, ``3 to 5``."""
    if bound.min is None:
        return f"at most {bound.max:g}"
    if bound.max is None:
        return f"at least {bound.min:g}"
    return f"{bound.min:g}" if bound.min == bound.max else f"{bound.min:g} to {bound.max:g}"


def includes(expect: Expect, seen: Seen) -> CheckResult:
    """Each of these films is in the list; of films with one title, one is enough."""
    return verdict("includes", *_missing(expect.includes, seen, None, "did not come"))


def top(expect: Expect, seen: Seen) -> CheckResult:
    """Each of these films is among the first of the list."""
    wanted = expect.top
    assert wanted is not None  # noqa: S101 - only asked where it is expected
    is_not = f"is not among the first {wanted.first}"
    return verdict("top", *_missing(wanted.includes, seen, wanted.first, is_not))


def _missing(names: Texts, seen: Seen, first: int | None, is_not: str) -> list[str]:
    picks = seen.now.reply.picks[:first]
    came = {pick.id for pick in picks}
    missing = [name for name in names if not came & films_called(name, seen).keys()]
    instead = f"{films(len(picks))} came, first {picks[0].title}" if picks else "no film came"
    return [f"{name} {is_not}; {instead}." for name in missing]


def excludes(expect: Expect, seen: Seen) -> CheckResult:
    """None of these films is in the list, nor any other of the same title."""
    places = {pick.id: place for place, pick in enumerate(seen.now.reply.picks, start=1)}
    barred = {i: item for name in expect.excludes for i, item in films_called(name, seen).items()}
    came = [item for item_id, item in barred.items() if item_id in places]
    return verdict("excludes", *(f"{i.label} came, as number {places[i.id]}." for i in came))
