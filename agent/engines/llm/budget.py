"""Fitting a prompt into the context: how much room there is, and cutting texts to it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

Count = Callable[[str], int]

# Before the server has corrected it, the shipped encoding counts a prompt up to 1.1 times short
# for Llama 2's tokenizer, the greediest in use, and a list of films up to 1.23 (`tokens_check`).
MARGIN = 0.12
LEAST_ROOM = 256
ELLIPSIS = "…"
LOOSE_ENDS = ",;:–—-(["
LONGEST_WORD = 40
# In characters: published encodings have tokens of up to 128 blanks, and a ratio makes them more.
LONGEST_TOKEN = 256
ZERO_WIDTH_JOINER = "\u200d"
SKIN_TONES = "🏻🏼🏽🏾🏿"
FLAGS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))


@dataclass(frozen=True)
class Budget:
    """How a context of ``num_ctx`` tokens is shared out; ``answer`` of them are the answer's.

    Raises:
        ValueError: hardly anything is left for the prompt.
    """

    num_ctx: int
    answer: int

    def __post_init__(self) -> None:
        if self.room < LEAST_ROOM:
            raise ValueError(
                f"num_ctx={self.num_ctx} leaves no room for a prompt beside an answer"
                f" of {self.answer} tokens; raise it"
            )

    @property
    def room(self) -> int:
        """Tokens for the prompt: what the answer leaves, less a margin for miscounting."""
        return int((self.num_ctx - self.answer) * (1 - MARGIN))


def shortened(text: str, room: int, count: Count) -> str:
    """The text, or as much of its beginning as fits with "…" behind it; "" where nothing does.

    Cut at a blank where there is one in the last part, else between characters that don't
    belong together (surrogates, combining marks, joined emoji).

    Args:
        text: any text; one without blanks is cut too.
        room: in tokens, 0 or less for none.
        count: tokens of a text; a token has no more than 256 characters.
    """
    most = max(room, 0) * LONGEST_TOKEN
    if len(text) <= most and count(text) <= room:
        return text
    low, high, most = 0, max(2 * room, 1), min(most + 1, len(text))
    # What fits is found by doubling first: counting all of a long text takes longest.
    while high < most and count(_cut(text, high)) <= room:
        low, high = high, 2 * high
    high = min(high, most)
    while high - low > 1:
        middle = (low + high) // 2
        if count(_cut(text, middle)) <= room:
            low = middle
        else:
            high = middle
    return _cut(text, low)


def _cut(text: str, length: int) -> str:
    """At most the first characters of a text, up to the end of a word, and "…"."""
    if length >= len(text):
        return text
    end = length
    while end and _belong_together(text[end - 1], text[end]):
        end -= 1
    head = text[:end]
    if not text[end].isspace():
        *before, last = head[-LONGEST_WORD:].rsplit(None, 1) or [""]
        head = head[: len(head) - len(last)] if before else head
    head = head.rstrip().rstrip(LOOSE_ENDS).rstrip()
    return f"{head}{ELLIPSIS}" if head else ""


def _belong_together(left: str, right: str) -> bool:
    """Whether a cut between two characters would change what they show."""
    if "\ud800" <= left <= "\udbff" and "\udc00" <= right <= "\udfff":
        return True
    joined = ZERO_WIDTH_JOINER in (left, right) or right in SKIN_TONES
    return joined or unicodedata.category(right)[0] == "M" or (left in FLAGS and right in FLAGS)
