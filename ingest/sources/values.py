"""Reading the cells of data sets: years, lengths, lists, ids; what is no value is none."""

from __future__ import annotations

import ast
import json
import math
import re
from typing import Any

from ..item import fold
from ..language import LANGUAGES

_MISSING = frozenset({"", "\\n", "null", "none", "nan", "n/a", "-"})
_YEAR = re.compile(r"(?<!\d)(18[7-9]\d|19\d\d|20\d\d|2100)(?!\d)")
_HOURS = re.compile(
    r"^(\d{1,2})\s*(?:h(?:ours?|rs?|oras?|eures?)?|std\.?|stunden?|ore?|uur)(?![a-z])\.?\s*"
    r"(?:(?:and|und|et|y|e|en)\s+)?(?:(\d{1,2})\s*m?)?",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"^(\d{1,4})(?:\.\d+)?\s*(?:min\w*\.?|m|['′])?$", re.IGNORECASE)
# ISO 8601, as web pages and video sites have it, and a clock with seconds.
_ISO = re.compile(r"^PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})(?:\.\d+)?S)?$", re.IGNORECASE)
_CLOCK = re.compile(r"^(\d{1,2}):([0-5]\d):([0-5]\d)$")
_TITLE_YEAR = re.compile(r"\s*\(((?:18|19|20)\d\d)(?:[–-](?:\d{4})?)?\)\s*$")
_TRAILING = re.compile(
    r"^(.+), (The|A|An|La|Le|Les|L'|El|Los|Las|Il|Lo|I|Gli|Der|Die|Das|Den|Det|En|Ett|O|Os|As)$"
)
_BRACKETED = re.compile(r"^(.+?)\s*\(([^()]+)\)\s*$")
_ALSO = re.compile(r"^(?:a\.?k\.?a\.?|also known as)\s+", re.IGNORECASE)
_MONTHS = dict(
    zip(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        ("January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December"),
        strict=True,
    )
)  # fmt: skip
_DATED = re.compile(rf"^(\d{{1,2}})-({'|'.join(_MONTHS)})$", re.IGNORECASE)
_IMDB = re.compile(r"(?:tt)?(\d{1,9})(?:\.0)?$")
# What MovieLens joins by "|", Wikipedia's tables by line ends and most others by commas.
_JOINTS = ("|", "\n", ";", ",")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

# Votes that the best-known film of a data set has, about; more count as many.
_MANY_VOTES = 30_000.0


def line(cell: object) -> str:
    """A cell as one line with single blanks."""
    said = "" if cell is None else str(cell)
    return " ".join((said if said.isprintable() else _CONTROL.sub(" ", said)).split())


def text(cell: object) -> str:
    """A cell as one line; empty where it says that there is nothing."""
    plain = line(cell)
    return "" if plain.casefold() in _MISSING else plain


def prose(cell: object) -> str:
    """A cell as running text, its paragraphs kept."""
    lines = str(cell if cell is not None else "").replace("\r\n", "\n").split("\n")
    whole = "\n".join(map(line, lines)).strip()
    return "" if whole.casefold() in _MISSING else whole


def year_of(cell: object) -> int | None:
    """The first year from 1870 to 2100 in a year, a date or a span of years."""
    found = _YEAR.search(text(cell))
    return int(found.group()) if found else None


def minutes_of(cell: object) -> int | None:
    """A length in minutes: ``90``, ``90 min``, ``1h 30m``, ``95.0``, ``PT1H30M``, ``1:30:00``.

    Seasons are none.
    """
    plain = text(cell)
    if timed := _ISO.match(plain) or _CLOCK.match(plain):
        hours, minutes, seconds = (int(part or 0) for part in timed.groups())
        return 60 * hours + minutes + (seconds >= 30) or None
    if long := _HOURS.match(plain):
        return int(long[1]) * 60 + int(long[2] or 0) or None
    found = _MINUTES.match(plain)
    return (int(found[1]) or None) if found else None


def number_of(cell: object) -> float | None:
    """A number, commas between thousands allowed."""
    try:
        value = float(text(cell).replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def id_of(cell: object) -> int | None:
    """A whole number above 0: ``862``, ``862.0``; ``000`` is none."""
    value = number_of(cell)
    return int(value) if value is not None and value >= 1 and value == int(value) else None


def imdb_id_of(cell: object) -> str | None:
    """An IMDb id as ``tt`` and at least seven digits, from any way of writing it."""
    found = _IMDB.search(text(cell).rstrip("/"))
    return f"tt{int(found[1]):07d}" if found and int(found[1]) else None


def names_of(cell: object, key: str = "name", joint: str | None = None) -> tuple[str, ...]:
    """The names in a list: JSON, a Python literal, or joined by ``|``, line ends, ``;`` or commas.

    Args:
        cell: the list as it stands in the file.
        key: where the name is, in lists of objects.
        joint: what joins the names, where it is known; ``Cooper, Jr.`` has a comma of its own.
    """
    parts = _listed(cell)
    if parts is None:
        whole = str(cell if cell is not None else "")
        by = joint or next((each for each in _JOINTS if each in whole), ",")
        parts = whole.split(by)
    named = (part.get(key, "") if isinstance(part, dict) else part for part in parts)
    names = [text(name).strip("\"' ") for name in named]
    return tuple(dict.fromkeys(name for name in names if any(map(str.isalnum, name))))


def _listed(cell: object) -> list[Any] | None:
    if isinstance(cell, (list, tuple)):
        return list(cell)
    plain = str(cell if cell is not None else "").strip()
    if not (plain.startswith("[") and plain.endswith("]")):
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(plain)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return value if isinstance(value, list) else None
    return None


def titled(cell: object) -> tuple[str, int | None, tuple[str, ...]]:
    """A title as people say it, the year that stood behind it, and its other names.

    ``"Seven Samurai, The (Shichinin no samurai) (1954)"`` is
    ``("The Seven Samurai", 1954, ("Shichinin no samurai",))``.
    """
    # Not `text`: "None" and "N/A" are titles of films.
    plain, year = line(cell).strip('"'), None
    plain = "" if plain == "\\N" else plain
    if dated := _TITLE_YEAR.search(plain):
        plain, year = plain[: dated.start()].strip(), int(dated[1])
    others: list[str] = []
    while (found := _BRACKETED.match(plain)) and year is not None:
        others.insert(0, _ALSO.sub("", found[2]).strip())
        plain = found[1].strip()
    return turned(plain), year, tuple(turned(other) for other in others if other)


def turned(title: str) -> str:
    """A title with the article in front: ``Matrix, The`` is ``The Matrix``."""
    found = _TRAILING.match(title)
    if not found:
        return title
    blank = "" if found[2].endswith("'") else " "
    return f"{found[2]}{blank}{found[1]}"


def undated(title: str) -> str:
    """A title that a spreadsheet took for a date, as words again: ``22-Jul`` is ``22 July``."""
    found = _DATED.match(title)
    return f"{int(found[1])} {_MONTHS[found[2].lower()]}" if found else title


def popularity_of(votes: object, most: float = _MANY_VOTES) -> float:
    """How well known something is by its votes, 0 to 1, on a logarithmic scale to ``most``."""
    count = number_of(votes) or 0.0
    return round(min(1.0, math.log1p(max(count, 0.0)) / math.log1p(most)), 4)


def language_of(cell: object) -> str | None:
    """A language as ISO 639-1, from its code or its English name."""
    plain = fold(text(cell))
    if plain == "cn":
        return "zh"
    if len(plain) == 2 and plain.isalpha():
        return plain if plain != "xx" else None
    return _LANGUAGES.get(plain)


_LANGUAGES = {
    **{name.lower(): code for code, name in LANGUAGES.items()},
    "chinese": "zh", "cantonese": "zh", "malayalam": "ml",
    "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "ita": "it",
    "jpn": "ja", "kor": "ko", "zho": "zh", "chi": "zh", "rus": "ru", "por": "pt", "hin": "hi",
}  # fmt: skip
