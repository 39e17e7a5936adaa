"""Reading the cells of somebody's history: ratings, years, days, ids; reasons for what can't be."""

from __future__ import annotations

import re
from datetime import date

BAD_RATING = "a rating that can't be read"
YEAR_LEFT_OUT = "a year that can't be read was left out"
DATE_LEFT_OUT = "a date that can't be read was left out"
_YES, _NO = {"yes", "y", "true", "1", "x"}, {"no", "n", "false", "0", ""}
BEST = 5.0
_OLDEST, _NEWEST = 1870, 2100


def yes_or_no(cell: str, *, otherwise: bool) -> bool:
    """Yes or no; an empty cell, or one that says neither, leaves it as it is otherwise."""
    word = cell.lower()
    return True if word in _YES else False if word in _NO and word else otherwise


def stars(cell: str, best: float = BEST) -> float | str | None:
    """A rating as stars, 0.5 to 5; None where there is none, a reason where it can't be read."""
    if not cell:
        return None
    if set(cell) <= {"★", "½"}:
        given: float | None = cell.count("★") + 0.5 * cell.count("½")
    else:
        given = decimal(cell)
    if given is None or not 0 < given <= best:
        return BAD_RATING
    # Halves, as every service here has them; a rating of ten points is halved.
    return max(0.5, round(given * 10 / best) / 2)


def decimal(cell: str) -> float | None:
    """A number with a point or a comma; None where it is none."""
    return float(cell.replace(",", ".")) if re.fullmatch(r"\d{1,3}([.,]\d{1,6})?", cell) else None


def number(cell: str) -> int | None:
    """A whole number of up to nine digits; None where it is none."""
    return int(cell) if re.fullmatch(r"\d{1,9}", cell, re.ASCII) else None


def year_of(cell: str) -> int | str | None:
    """A year from 1870 to 2100 that a cell begins with; a reason where it can't be read."""
    if not cell:
        return None
    found = re.match(r"(\d{4})(?!\d)", cell, re.ASCII)
    year = int(found[1]) if found else 0
    return year if _OLDEST <= year <= _NEWEST else YEAR_LEFT_OUT


def day_of(cell: str) -> date | str | None:
    """A day in ISO 8601, a time behind it or not; other orders of day and month can't be told."""
    if not cell:
        return None
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        return DATE_LEFT_OUT


def imdb_id(cell: str) -> str | None:
    """An IMDb id as IMDb writes it: ``tt0113277``, whether or not the letters stand there."""
    found = re.fullmatch(r"(?:tt)?(\d{1,10})", cell, re.ASCII)
    return f"tt{int(found[1]):07d}" if found else None
