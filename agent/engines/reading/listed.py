"""Lists that were pasted, one thing a line or numbered, as one sentence of the same length."""

from __future__ import annotations

import re
from itertools import pairwise

_NUMBERED = re.compile(r"(?:^|(?<=[\s:,;]))#?(?P<number>\d{1,2})[.):]\s+(?=[^\W_]|[\"'*])")
_BULLET = re.compile(r"(?m)^[ \t]*[-*•·–][ \t]+")
_NEW_LINE = re.compile(r"[ \t]*\r?\n\s*")
_SENTENCE = re.compile(r"[.!?:;,]\s*$")
_SHORT = 60
"""Characters of a line that may be one thing of a list."""


def one_line(text: str) -> str:
    """The text with the marks and line ends of a list turned into commas, place for place.

    A list is what is numbered from 1 or down to 1, and short lines; the rest stays as it is.
    """
    text = _BULLET.sub(lambda mark: " " * len(mark.group()), text)
    marks = list(_NUMBERED.finditer(text))
    if _counts(marks):
        for mark in marks:
            text = text[: mark.start()] + " " * len(mark.group()) + text[mark.end() :]
            text = _comma_before(text, mark.start())
    return _joined_lines(text)


def _counts(marks: list[re.Match[str]]) -> bool:
    numbers = [int(mark["number"]) for mark in marks]
    steps = {after - before for before, after in pairwise(numbers)}
    return 1 in numbers[:1] + numbers[-1:] and len(numbers) > 1 and steps in ({1}, {-1})


def _comma_before(text: str, place: int) -> str:
    """A comma in the blank before a place, where other words of the line end there."""
    before = text[:place].rstrip(" ")
    if not before or before[-1] in ",;:.!?\n" or len(before) == place:
        return text
    return f"{before},{text[len(before) + 1 :]}"


def _joined_lines(text: str) -> str:
    """Short lines that are no sentences, joined by commas."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or any(len(line) > _SHORT for line in lines):
        return text
    return _NEW_LINE.sub(lambda gap: _gap(gap, text), text.rstrip()).ljust(len(text))


def _gap(gap: re.Match[str], text: str) -> str:
    ended = _SENTENCE.search(text[: gap.start()])
    return gap.group() if ended or not gap.start() else ",".ljust(len(gap.group()))
