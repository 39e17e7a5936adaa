"""How a span of a text is written: quoted, with capitals, with a year beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

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
_SENTENCE_START = re.compile(r"(?:^\W*|[.!?\n:;][\"')]*\s+)$")
# Enough of the text before a span to see quotes and years; slices of long texts cost time.
_NEAR = 40

LITTLE = ARTICLES | {"of", "and", "in", "to", "for", "on", "at", "with", "vs", "from", "or", "by"}


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
    start = words[0].start
    opens = _SENTENCE_START.search(text[max(0, start - _NEAR) : start]) is not None
    return len(capitals) > 1 or not opens or words[0] not in capitals


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
