"""How a span of a text is written: quoted, with capitals, with a year beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from .everyday import PRONOUNS
from .names import ARTICLES

_YEAR = r"(?:18[7-9]|19\d|20\d)\d"
_YEAR_BEHIND = re.compile(
    rf"[\"'”’»*_]*\s*(?:\(({_YEAR})\)|\[({_YEAR})\]|,?\s(?:from\s)?({_YEAR})\b)", re.IGNORECASE
)
_YEAR_BEFORE = re.compile(
    rf"\b({_YEAR})\s+(?:version\s+of\s+)?(?:the\s+)?[\"'“*_]*$", re.IGNORECASE
)
_YEAR_AT_END = re.compile(rf"^(.*\S)\s*[\(\[,\s]\s*({_YEAR})[\)\]]?$", re.DOTALL)
_OPENING = re.compile(r"(?<![\w*_])([\"'“‘«„*_])\1?(?:(?:the|an?)\s)?$", re.IGNORECASE)
_CLOSING = re.compile(rf"\s*(?:\({_YEAR}\)|,?\s{_YEAR})?[.,!?]?([\"'”’»“*_])")
_PAIRS = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "„": "“", "*": "*", "_": "_"}
_SEQUEL = re.compile(
    r"(?:\s+(?:part\s+)?(?:[2-9]|1\d|ii|iii|iv|vi{0,3})|(?<=[a-z])[2-9])\b"
    r"(?!\s+(?:times?|hours?|days?|nights?|weeks?|months?|years?|of|or|stars?|more|people|things)\b)"
    r"(?![/:%\d.]\d)",
    re.IGNORECASE,
)
_FILMS = re.compile(r"\s+(?:movies?|films?|franchise|series|trilogy|saga|remake)\b", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^\W*|[.!?\n:;][\"')]*\s+)$")
# Enough of the text before a span to see quotes and years; slices of long texts cost time.
_NEAR = 40

LITTLE = ARTICLES | {"of", "and", "in", "to", "for", "on", "at", "with", "vs", "from", "or", "by"}


def _by_habit(text: str, word: Placed) -> bool:
    """Whether a capital is more likely habit: an "It" that a sentence follows, "US", one letter."""
    if word.text == "US":
        return True
    odd = len(word.first) == 1 or (word.first in PRONOUNS and word.first != "us")
    behind = text[word.start + len(word.text) :][:3]
    return odd and re.match(r"\s*(?:$|[.!?,)\n])", behind) is None


class Placed(Protocol):
    """A word of a text: as written, where it starts, and folded."""

    @property
    def text(self) -> str: ...

    @property
    def start(self) -> int: ...

    @property
    def first(self) -> str: ...


def quoted(text: str, start: int, end: int) -> bool:
    """Whether a span stands in quotation marks or emphasis; article and year may stand inside."""
    opening = _OPENING.search(text[max(0, start - _NEAR) : start])
    closing = _CLOSING.match(text, end)
    return bool(opening and closing and _PAIRS[opening.group(1)] == closing.group(1))


def capitalised(text: str, words: Sequence[Placed]) -> bool:
    """Whether all but the little words have capitals that no start of a sentence explains."""
    telling = [word for word in words if word.first not in LITTLE] or list(words)
    capitals = [word for word in telling if word.text[0].isupper()]
    if not capitals or any(word.text[0].islower() for word in telling):
        return False
    if len(words) == 1 and _by_habit(text, words[0]):
        return False
    start = words[0].start
    opens = _SENTENCE_START.search(text[max(0, start - _NEAR) : start]) is not None
    return len(capitals) > 1 or not opens or words[0] not in capitals


def sequel_number(text: str, end: int) -> bool:
    """Whether a number behind a span makes it another film: "Zombieland 2", not "Up 3 times"."""
    return _SEQUEL.match(text, end) is not None


def about_films(text: str, end: int) -> bool:
    """Whether the span is followed by a word for films: "the Saw movies"."""
    return _FILMS.match(text, end) is not None


def years_beside(text: str, start: int, end: int) -> list[int]:
    """Years right behind or before a span, behind first."""
    behind = _YEAR_BEHIND.match(text, end)
    before = _YEAR_BEFORE.search(text[max(0, start - _NEAR) : start])
    groups = [group for found in (behind, before) if found for group in found.groups()]
    return [int(group) for group in groups if group]


def split_year(name: str) -> tuple[str, int] | None:
    """A name and the year at its end: ``Dune (2021)`` or ``Dune 2021``."""
    found = _YEAR_AT_END.match(name.strip())
    return (found.group(1), int(found.group(2))) if found else None
