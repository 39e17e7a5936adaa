"""Saying which limits were bent and what that bought."""

from __future__ import annotations

from ..ingest.limits import AxisBound, Genres, Languages, Limit, People, Runtime, Years
from .relax import Bend, Slack

_LEFT_OPEN = {
    "runtime": "I left the length open",
    "years": "I left the years open",
    "axis": "I let that go",
    "languages": "these are in other languages",
    "genres": "these are of other kinds",
    "people": "these are without",
}


def relaxed(slack: Slack) -> tuple[str, ...]:
    """One sentence per bent limit: what did not fit, what stands in for it, what it added."""
    kept, lines = slack.strict, []
    for bend in slack.bends:
        lines.append(f"{_missing(bend.limit, kept)}, so {_instead(bend)}{_bought(bend.gained)}.")
        kept += bend.gained
    return tuple(lines)


def _bought(gained: int) -> str:
    if gained <= 0:
        return ""
    return ": 1 more film" if gained == 1 else f": {gained} more films"


def _missing(limit: Limit, kept: int) -> str:
    if kept == 0:
        return f"Nothing {as_condition(limit)} fits the rest"
    if kept == 1:
        return f"Only 1 film {as_condition(limit)} fits the rest"
    return f"Only {kept} films {as_condition(limit)} fit the rest"


def as_condition(limit: Limit) -> str:
    """A limit as it reads after a noun: ``of 90 minutes or less``, ``with Tilda Swinton``."""
    if isinstance(limit, Runtime):
        return _length(limit)
    if isinstance(limit, Genres) and not limit.none_of:
        return f"that is {_genres(limit)}"
    if isinstance(limit, Genres | AxisBound):
        return f"with {limit.sentence()}"
    return limit.sentence()


def _length(limit: Runtime) -> str:
    if limit.shortest is None:
        return f"of {limit.longest} minutes or less"
    if limit.longest is None:
        return f"of {limit.shortest} minutes or more"
    return f"between {limit.shortest} and {limit.longest} minutes"


def _genres(limit: Genres) -> str:
    wanted = [genre.lower() for genre in limit.all_of]
    if limit.any_of:
        wanted.append(" or ".join(genre.lower() for genre in limit.any_of))
    return " and ".join(wanted)


def _instead(bend: Bend) -> str:
    limit, instead = bend.limit, bend.instead
    if instead is None:
        return _LEFT_OPEN[limit.limit]
    if isinstance(instead, Runtime):
        return _runs(instead)
    if isinstance(instead, Years):
        return f"these are {instead.sentence()}"
    if isinstance(instead, AxisBound):
        return "these allow one degree more"
    if isinstance(instead, Genres | People) and instead.any_of:
        return "any one of those had to do"
    return _LEFT_OPEN[limit.limit] if not isinstance(instead, Languages) else "others came in"


def _runs(limit: Runtime) -> str:
    if limit.shortest is None:
        return f"these run up to {limit.longest} minutes"
    if limit.longest is None:
        return f"these start at {limit.shortest} minutes"
    return f"these run between {limit.shortest} and {limit.longest} minutes"
