"""A message as recognisers see it: words with places, clauses, negation, and what is taken.

Recognisers run one after another over the same `Message`. Each returns findings; a finding
takes its span, so that later recognisers (and the leftovers) do not read those words again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ....ingest.catalogue import Catalogue
from ...edits import Edit, LimitEdit, Nudge
from ...plan import Act, Intent
from ..base import Turn
from .listed import one_line
from .spelling import Plain, plain

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\d+(?:\.\d+)?", re.UNICODE)


@dataclass(frozen=True)
class Token:
    """One word: ``lower`` is folded for matching, ``start`` and ``end`` are places in the text."""

    text: str
    lower: str
    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    """What one recogniser read in one span of the message.

    ``start`` and ``end`` are character places. ``unread`` holds parts that were recognised as
    a request but mean nothing here: a person whom the catalogue doesn't know, stray words.
    """

    start: int
    end: int
    edits: tuple[Edit, ...] = ()
    acts: tuple[Act, ...] = ()
    intents: tuple[Intent, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass
class Message:
    """One message while it is being read.

    ``text`` is the raw text with typographic quotes made plain and pasted lists made sentences
    (same length); ``taken`` marks characters that a finding has used.
    """

    raw: str
    text: str
    tokens: tuple[Token, ...]
    taken: list[bool] = field(default_factory=list)
    limits: list[tuple[int, int]] = field(default_factory=list)
    """Spans that only limit or steer: "not too long", with which a list may go on."""
    notes: dict[str, object] = field(default_factory=dict)
    """What recognisers worked out once and need again, by name."""

    @staticmethod
    def of(raw: str) -> Message:
        """Split a raw message."""
        text = raw.translate(str.maketrans("‘’ʼ´`“”„«»\u00a0", "'''''\"\"\"\"\" "))
        text = one_line(text)
        tokens = tuple(
            Token(m.group(), m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text)
        )
        return Message(raw, text, tokens, [False] * len(text))

    @cached_property
    def plain(self) -> Plain:
        """The text in lower case with typing errors mended, every place traceable."""
        return plain(self.text)

    def own_words(self, words: str) -> str:
        """Words of ``text`` as the user typed them."""
        place = self.text.find(words)
        return words if place < 0 else self.raw[place : place + len(words)]

    def free(self, start: int, end: int) -> bool:
        """Whether nothing in the span is taken."""
        return not any(self.taken[start:end])

    def take(self, findings: Iterable[Finding]) -> None:
        """Mark the spans of findings as read."""
        for finding in findings:
            self.taken[finding.start : finding.end] = [True] * (finding.end - finding.start)
            if finding.edits and all(isinstance(edit, LimitEdit | Nudge) for edit in finding.edits):
                self.limits.append((finding.start, finding.end))


@dataclass(frozen=True)
class Reader:
    """What recognisers may ask about the world: the turn and the catalogue."""

    turn: Turn
    catalogue: Catalogue


Recogniser = Callable[[Message, Reader], Sequence[Finding]]
