"""Finding the JSON in what a model writes, while it is still writing."""

from __future__ import annotations

import re

_THINKS = re.compile(r"\s*<think(?:ing)?>", re.IGNORECASE)
_THOUGHT = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_LONGEST_TAG = len("</thinking>")
_OBJECT = re.compile(r'\{(?=\s*["}])')
_OUTSIDE = re.compile(r'["{}]')
_INSIDE = re.compile(r'["\\]')


class Reading:
    """The first JSON object of an answer that grows.

    What weak models put around it is left out: a thinking block, also one whose end never comes
    or whose beginning the server kept; a Markdown fence; talk before and after. ``text`` is the
    object as far as it was written, empty before it begins; ``whole`` whether it was closed;
    ``raw`` everything that came; ``after`` how many characters came behind a closed object.
    Every character is looked at about once, however small the pieces are.
    """

    def __init__(self) -> None:
        self.raw = ""
        self._begin: int | None = None
        self._end: int | None = None
        self._at = 0
        self._depth = 0
        self._quoted = False
        self._thought = False

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
        if self._begin is None and not self._thinks():
            self._find()
        if self._begin is not None and self._end is None:
            self._scan()
        if self._end is not None and not self._thought:
            self._reconsider(self._end)
        return self.text

    def _thinks(self) -> bool:
        """Whether the answer begins with a thinking block that has not ended yet."""
        if self._thought or not _THINKS.match(self.raw):
            return False
        ended = _THOUGHT.search(self.raw, max(0, self._at - _LONGEST_TAG))
        self._at = ended.end() if ended else len(self.raw)
        self._thought = ended is not None
        return not self._thought

    def _find(self) -> None:
        found = _OBJECT.search(self.raw, self._at)
        if found:
            self._begin = self._at = found.start()
            return
        last = self.raw.rfind("{", self._at)
        undecided = last >= 0 and not self.raw[last + 1 :].strip()
        self._at = last if undecided else len(self.raw)

    def _reconsider(self, end: int) -> None:
        """An object that was only thought aloud: the thinking ends, and another one begins."""
        thought = _THOUGHT.search(self.raw, end)
        another = thought and _OBJECT.search(self.raw, thought.end())
        if another:
            self._thought = True
            self._begin = self._at = another.start()
            self._end = None
            self._scan()

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
