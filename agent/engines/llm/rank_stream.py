"""Reading a ranking while it is still being written.

pydantic-core's partial mode reads what is there of a JSON text: with ``allow_partial=True`` a
string that isn't closed is left out, with ``"trailing-strings"`` it is kept as far as it goes.
The first says what is certain, the second what has begun behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic_core import from_json

from ....errors import EngineError
from ..base import RankOpening, RankOrder, RankPart, RankQuestion, RankReason

# JSON has no control characters in strings; small models write line breaks there all the same.
_CONTROL = re.compile(r"[\x00-\x1f]")
# Only these characters make anything certain.
_CLOSING = re.compile(r'["\]}]')


class RankReader:
    """Turns the growing text of one ranking into its parts, each as soon as it is certain.

    The order comes first, whatever the order of the keys; then the opening, reasons in the
    order in which they are written, one a film, and at the end the question. What has the
    wrong type is passed over.

    Args:
        aliases: ids by the short names that the model may say.
        count: how many reasons were asked for; twice as many places are read.
    """

    def __init__(self, aliases: Mapping[str, str], count: int) -> None:
        self._aliases = {name.casefold(): item_id for name, item_id in aliases.items()}
        self._places = max(1, 2 * count)
        self._order: tuple[str, ...] | None = None
        self._opened = False
        self._reasoned: set[str] = set()
        self._read = 0
        self._reasons_read = 0
        self.ignored = 0
        """How many aliases were unknown, repeated or not even text."""

    def feed(self, text: str) -> list[RankPart]:
        """What became certain.

        Args:
            text: the answer so far, from its beginning.
        """
        fresh, self._read = text[self._read :], len(text)
        if not _CLOSING.search(fresh):
            return []
        certain, begun = _parsed(text, True), _parsed(text, "trailing-strings")
        return list(self._parts(certain, whole="order" in begun and list(begun)[-1] != "order"))

    def finish(self, text: str) -> list[RankPart]:
        """What is left once the answer has ended; an answer that was cut counts as far as it goes.

        Raises:
            EngineError: it orders none of the films that it was given.
        """
        said = _parsed(text, True)
        parts = list(self._parts(said, whole=True))
        if not self._order:
            raise EngineError("its ranking names none of the films it was given")
        question = _text(said.get("question"))
        return [*parts, RankQuestion(question)] if question else parts

    def _parts(self, said: Mapping[str, Any], *, whole: bool) -> Iterator[RankPart]:
        """What is new in an answer; ``whole`` says that its order is complete."""
        if self._order is None and whole:
            self._order = self._known(said.get("order"))
            if self._order:
                yield RankOrder(self._order)
        if not self._order:
            return
        opening = _text(said.get("opening"))
        if opening and not self._opened:
            self._opened = True
            yield RankOpening(opening)
        yield from self._reasons(said.get("reasons"))

    def _known(self, names: object) -> tuple[str, ...]:
        """The ids of known aliases, each once."""
        listed = names if isinstance(names, list) else []
        ids = [self._id(name) for name in listed]
        known = list(dict.fromkeys(name for name in ids if name is not None))
        self.ignored += len(listed) - len(known)
        return tuple(known[: self._places])

    def _reasons(self, said: object) -> Iterator[RankReason]:
        """Reasons that are complete: of each, film and sentence are there."""
        listed = said if isinstance(said, list) else []
        while self._reasons_read < len(listed):
            each = listed[self._reasons_read]
            if self._reasons_read == len(listed) - 1 and not _complete(each):
                return
            self._reasons_read += 1
            yield from self._reason(each)

    def _reason(self, said: object) -> Iterator[RankReason]:
        given = said if isinstance(said, dict) else {}
        item_id, text = self._id(given.get("film")), _text(given.get("reason"))
        if item_id is None or item_id in self._reasoned:
            self.ignored += 1
        elif text:
            self._reasoned.add(item_id)
            yield RankReason(item_id, text)

    def _id(self, name: object) -> str | None:
        return self._aliases.get(name.strip().casefold()) if isinstance(name, str) else None


def _complete(reason: object) -> bool:
    return isinstance(reason, dict) and "film" in reason and "reason" in reason


def _parsed(text: str, partial: Literal[True, "trailing-strings"]) -> dict[str, Any]:
    """The object that a text begins, as far as it goes; empty where it begins none."""
    try:
        value = from_json(_CONTROL.sub(" ", text), allow_partial=partial)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
