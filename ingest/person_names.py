"""Names of people as they are compared: folded words with their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .item import fold

_WORD = re.compile(r"[^\W_](?:[^\W_]|['’`.](?=[^\W\d_]))*")
_PARTICLES = frozenset({
    "de", "del", "della", "di", "da", "van", "von", "der", "la", "le", "du", "st", "bin", "al",
    "el",
})  # fmt: skip
SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})


@dataclass(frozen=True)
class PersonWord:
    """One word of a text from ``start`` to ``end``; ``first`` is its folded form."""

    text: str
    start: int
    end: int
    first: str


def person_words(text: str) -> list[PersonWord]:
    """The words of a text; initials that follow one another are one: "J.K."."""
    return [
        PersonWord(m.group(), m.start(), m.end(), fold(m.group().replace(".", "")).replace(" ", ""))
        for m in _WORD.finditer(text)
    ]


def parts_of(name: str) -> list[str]:
    """A name as folded words."""
    return [word.first for word in person_words(name)]


def surname_of(parts: Sequence[str]) -> tuple[str, ...]:
    """The last name with the particles before it: ``("del", "toro")``."""
    first = len(parts) - 1
    while first > 1 and parts[first - 1] in _PARTICLES:
        first -= 1
    return tuple(parts[first:])
