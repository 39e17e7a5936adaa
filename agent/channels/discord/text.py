"""Text for Discord: nothing in it is markup or a mention, and it keeps to the limits."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..wording import runs, visible

MESSAGE = 2_000
"""Characters that a message may have."""
_MARKUP = re.compile(r"[\\*_~|`>\[\]<@]|:(?=//)|^[#-]", re.MULTILINE)
_MARKED = re.compile(r"\\([\\*_~|`>\[\]<@:#-])")


def escape(text: str) -> str:
    """Text that shows as it was written: no markup, no link, and nobody is mentioned by it."""
    return _MARKUP.sub(r"\\\g<0>", visible(text))


def unescape(text: str) -> str:
    """What `escape` made its text from."""
    return _MARKED.sub(r"\1", text)


def prose(text: str) -> str:
    """Sentences of an answer: escaped, with titles set in italics."""
    return "".join(f"*{escape(run)}*" if title else escape(run) for run, title in runs(text))


def shortened(text: str, most: int) -> str:
    """Text of at most so many characters, cut between words, with a mark where it was cut."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    words = head.rsplit(None, 1)[0] if " " in head[most // 2 :] else head
    return f"{_whole(words)}…"


def _whole(text: str) -> str:
    """Without half an escape at its end."""
    trailing = len(text) - len(text.rstrip("\\"))
    return text[:-1] if trailing % 2 else text


def pieces(text: str, most: int = MESSAGE) -> Iterable[str]:
    """A text in parts that fit into messages, divided between paragraphs, lines or words."""
    rest = text.strip()
    while len(rest) > most:
        cut = _place(rest, most)
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def _place(text: str, most: int) -> int:
    """Where to divide: behind the last paragraph, line or word of what fits."""
    for mark in ("\n\n", "\n", " "):
        at = text.rfind(mark, most // 2, most)
        if at > 0:
            return at
    return len(_whole(text[:most]))
