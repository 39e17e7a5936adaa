"""Finding the JSON in what a model writes, while it is still writing."""

from __future__ import annotations

import re

_THINKS = re.compile(r"\s*<think(?:ing)?>", re.IGNORECASE)
_THOUGHT = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_LONGEST_TAG = len("</thinking>")
_FIRST_OF_ALL = re.compile(r"\s*\{")
_OBJECT = re.compile(r'\{(?=\s*["}])')
_OUTSIDE = re.compile(r'["{}]')
_INSIDE = re.compile(r'["\\]')


class Reading:
    """The first JSON object of an answer that grows.

    What weak models put around it is left out: a thinking block, also one whose end never comes
    or whose beginning the server kept; a Markdown fence; talk before and after. ``text`` is the
    object as far as it was written, empty before it begins; ``whole`` whether it was closed;
    ``raw`` everything that came; ``after`` how many characters came behind a closed object.
    Time is linear in the answer's length, however small the pieces are.
    """

    def __init__(self) -> None:
        self.raw = ""
        self._begin: int | None = None
        self._end: int | None = None
        self._at = 0
        self._depth = 0
        self._quoted = False
        self._thought_until = 0

    @property
    def text(self) -> str:
        """The object so far."""
        return "" if self._begin is None else self.raw[self._begin : self._end]

    @property
    def whole(self) -> bool:
        """Whether the object was closed."""
        return self._end is not None

    @property
    def after(self) -> int:
        """Characters behind the closed object."""
        return 0 if self._end is None else len(self.raw) - self._end

    def add(self, piece: str) -> str:
        """Read on; the object so far."""
        self.raw += piece
        self._leave_thoughts(max(0, len(self.raw) - len(piece) - _LONGEST_TAG))
        if self._begin is None:
            self._find()
        if self._begin is not None and self._end is None:
            self._scan()
        return self.text

    def _leave_thoughts(self, since: int) -> None:
        """Start again behind the end of a thinking block, unless an object came first of all."""
        if self._thought_until or _FIRST_OF_ALL.match(self.raw):
            return
        ended = _THOUGHT.search(self.raw, since)
        if ended:
            self._thought_until = self._at = ended.end()
            self._begin = self._end = None
            self._depth, self._quoted = 0, False

    def _find(self) -> None:
        if not self._thought_until and _THINKS.match(self.raw):
            return
        found = _OBJECT.search(self.raw, self._at)
        if found:
            self._begin = self._at = found.start()
            return
        last = self.raw.rfind("{", self._at)
        undecided = last >= 0 and not self.raw[last + 1 :].strip()
        self._at = last if undecided else len(self.raw)

    def _scan(self) -> None:
        """Go on to the bracket that closes the object, past brackets within strings."""
        while found := (_INSIDE if self._quoted else _OUTSIDE).search(self.raw, self._at):
            mark = found[0]
            if mark == "\\" and found.end() == len(self.raw):
                self._at = found.start()  # what is escaped has not come yet
                return
            self._at = found.end() + (mark == "\\")
            self._quoted ^= mark == '"'
            self._depth += (mark == "{") - (mark == "}")
            if not self._depth and not self._quoted:
                self._end = self._at
                return
        self._at = len(self.raw)


def clean(text: str) -> str:
    """The first JSON object in a text, as far as it goes; empty where there is none."""
    return Reading().add(text)
