"""A message with the films it speaks of marked, so that patterns can be written around them.

Recognisers of talk about films (attitudes, anchors, questions, …) match on `Scene.sketch`: the
mended lower-case text in which every mention of a film is a run of ``¤``. "I loved Heat and the
second one" reads ``i loved ¤¤¤¤ and ¤¤¤¤¤¤¤¤¤¤¤¤¤¤``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ...edits import ItemRef
from .message import Message, Reader

MARK = "¤"
FILM = MARK + "++"
"""A film in a pattern for `Scene.sketch`; possessive, so that no pattern tries parts of one."""
LINK = (
    r"(?:\s*(?:,|;|/|&|\+)\s*(?:and |or |also |then |plus )?|\s+(?:and|or|plus|nor|then"
    r"|as well as)(?: also| then)?\s+)"
)
FILMS = rf"{FILM}(?:{LINK}{FILM})*"

MentionKind = Literal["title", "unknown", "place", "described", "pronoun"]


@dataclass(frozen=True)
class Mention:
    """One place where a message speaks of films.

    ``start`` and ``end`` are places in the raw text. ``refs`` has several items for "the first
    two"; ``ids`` are catalogue ids that the reference may stand for, where they are known.
    """

    start: int
    end: int
    refs: tuple[ItemRef, ...]
    kind: MentionKind
    ids: tuple[str, ...] = ()


@dataclass
class Scene:
    """A message, the world it is read in, and the mentions found so far, in order of place."""

    message: Message
    reader: Reader
    mentions: list[Mention] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The mended lower-case text; all places below are places in it."""
        return self.message.plain.text

    def add(self, mentions: Sequence[Mention]) -> None:
        """Mark more mentions; they must not overlap those already there."""
        self.mentions = sorted([*self.mentions, *mentions], key=lambda mention: mention.start)
        self.__dict__.pop("sketch", None)

    @cached_property
    def sketch(self) -> str:
        """`text` with every mention replaced by marks of the same length."""
        letters = list(self.text)
        for mention in self.mentions:
            start, end = self.place(mention)
            letters[start:end] = MARK * (end - start)
        return "".join(letters)

    def place(self, mention: Mention) -> tuple[int, int]:
        """Where a mention is in `text`."""
        return self.inward(mention.start, mention.end)

    def inward(self, start: int, end: int) -> tuple[int, int]:
        """A span of the raw text as a span of `text`."""
        plain = self.message.plain
        return bisect_left(plain.starts, start), bisect_right(plain.ends, end)

    def outward(self, start: int, end: int) -> tuple[int, int]:
        """A span of `text`, not empty, as a span of the raw text."""
        return self.message.plain.span(start, end)

    def said(self, start: int, end: int) -> str:
        """The user's own words behind a span of `text`."""
        if end <= start:
            return ""
        first, last = self.outward(start, end)
        return self.message.text[first:last].strip()

    def inside(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie in a span of `text`."""
        return [m for m in self.mentions if start <= self.place(m)[0] and self.place(m)[1] <= end]

    def refs(self, start: int, end: int) -> tuple[ItemRef, ...]:
        """What the mentions in a span of `text` refer to, each once."""
        return tuple(dict.fromkeys(ref for m in self.inside(start, end) for ref in m.refs))

    def free(self, start: int, end: int) -> bool:
        """Whether no finding has taken any of a span of `text`."""
        if end <= start:
            return True
        return self.message.free(*self.outward(start, end))

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The ids of the last list shown."""
        lists = self.reader.turn.shown
        return lists[-1] if lists else ()


_BREAK = re.compile(
    r"[.!?\n]+(?=\s|$)|\.{2,}|[;()]|\s[-–—]+\s"
    r"|,?\s+(?:but|though|although|however|whereas|while|except that|yet)\s+|,\s+(?:so|because)\s+"
)


def clauses(text: str) -> list[tuple[int, int]]:
    """The spans of the clauses of a text, without what divides them; empty ones left out."""
    spans, start = [], 0
    for divider in _BREAK.finditer(text):
        spans.append((start, divider.start()))
        start = divider.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]
