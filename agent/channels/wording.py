"""The words of an answer, before a channel marks them up in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..answer import line_of, list_of
from ..reply import Pick, Reply

# Controls but newline and tab, halves of surrogate pairs, marks that turn the direction of what
# follows, and the mark of byte order.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)

# As `moodreel.tools.wording.italic` writes them: between stars, with no mark of their own.
TITLE = re.compile(r"(?<![\w*_`\\])\*(?=\S)([^*_`\n]{1,200}?)(?<=\S)\*(?![\w*_`])")
"""A title inside an answer; its first group is the title without the stars."""


def visible(text: str) -> str:
    """Text without its unseen characters.

    Control characters and those that turn the direction of what follows have no place in
    a name, and could hide or move what stands next to it.
    """
    return _UNSEEN.sub("", text)


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a title; the stars around titles are gone."""
    place = 0
    for found in TITLE.finditer(text):
        if found.start() > place:
            yield text[place : found.start()], False
        yield found.group(1), True
        place = found.end()
    if place < len(text):
        yield text[place:], False


def around_list(reply: Reply) -> tuple[str, str]:
    """The words before and after the numbered list that cards stand for."""
    numbered = list_of(reply.picks)
    if not numbered or numbered not in reply.text:
        return reply.text.strip(), ""
    head, _, tail = reply.text.partition(numbered)
    return head.strip(), tail.strip()


def before_list(text: str, picks: Sequence[Pick]) -> str:
    """The words so far, up to the list that cards stand for."""
    if not picks:
        return text.strip()
    first = line_of(1, picks[0].model_copy(update={"reason": ""}))
    return text.partition(first)[0].strip()
