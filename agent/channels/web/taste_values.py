"""What a control may be set to: a browser can send anything."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from ....errors import UsageError
from ....ingest.item import fold
from .plain import visible

_MOST_NAMES = 50
_LONGEST_NAME = 60


def accepted(field: str, value: object) -> object:
    """A value as `moodreel.agent.channels.web.taste_controls.Controls` keeps it.

    Raises:
        UsageError: there is no such control, or it can't be set to this.
    """
    rule = _RULES.get(field)
    if rule is None:
        raise UsageError(f"There is no control called {field[:40]!r}; load the page again.")
    return rule(value)


def _number(value: object) -> float | None:
    """A number, or None where nothing was given."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise UsageError("That is no number; type digits.")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(f"{str(value)[:20]!r} is no number; type digits.")
    return number


def _weight(value: object) -> float:
    number = _number(value)
    weight = 1.0 if number is None else round(number, 1)
    if not 0 <= weight <= 3:
        raise UsageError(f"A weight runs from 0 to 3, and {weight:g} is outside.")
    return weight


def _whole(value: object, *, least: int, most: int, says: str) -> int | None:
    number = _number(value)
    if number is None:
        return None
    whole = round(number)
    if not least <= whole <= most:
        raise UsageError(says.format(whole if abs(whole) < 1e9 else "that"))
    return whole


def _names(value: object, *, code: bool = False) -> tuple[str, ...]:
    named = [] if value is None else value
    if not isinstance(named, list | tuple) or len(named) > _MOST_NAMES:
        raise UsageError(f"Choose up to {_MOST_NAMES} names from the list.")
    return tuple(sorted({_name(each, code=code) for each in named}))


def _name(value: object, *, code: bool) -> str:
    name = visible(value).strip() if isinstance(value, str) else ""
    if not fold(name) or len(name) > _LONGEST_NAME:
        raise UsageError("That is no name from the list; choose another.")
    return name.casefold() if code else fold(name)


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise UsageError("That is neither yes nor no; load the page again.")
    return value


_year = partial(_whole, least=1870, most=2100, says="Years run from 1870 to 2100, not {}.")
_minutes = partial(_whole, least=1, most=1000, says="A length is 1 to 1,000 minutes, not {}.")

_RULES: dict[str, Callable[[object], object]] = {
    "mood": _weight,
    "audience": _weight,
    "plot": _weight,
    "earliest": _year,
    "latest": _year,
    "shortest": _minutes,
    "longest": _minutes,
    "languages": partial(_names, code=True),
    "genres": _names,
    "every_genre": _switch,
    "never": _names,
    "youngest": partial(_whole, least=0, most=21, says="An age here is 0 to 21, not {}."),
    "spared": _names,
}
