"""What can go wrong with a model server, and when a scripted one shall do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

Json = dict[str, Any]
EVERY = "*"


class Fault(Enum):
    """One thing a server does wrong; the value says it in words, for a table.

    Faults of transport work for every kind of request, those of an answer for ``chat`` (and
    ``CUT_PROMPT``, ``NO_COUNT``, ``OTHER_MODEL``, ``EMPTY`` for ``embed``), the last three for
    ``embed`` only.
    """

    REFUSE = "refuses the connection"
    SLOW = "sends nothing until it is released"
    STALL = "stops half way until it is released"
    DROP = "closes the connection half way"
    RESET = "resets the connection half way"
    SILENT_END = "ends in good order, but without the last line"
    GARBAGE = "streams garbage"
    WRONG_SHAPE = "streams JSON that is no chat"
    HTML = "is a web server, not Ollama"
    REDIRECT = "sends to another address"
    NOT_FOUND = "404: the model is missing"
    NO_ROUTE = "404: no such page"
    ERROR = "500: its runner died"
    MEMORY = "500: the model needs more memory"
    TOO_MANY = "429: too many requests"
    BUSY = "503: the queue is full"
    ERROR_LINE = "an error in the middle of the stream"
    NO_SPACE = "the disk is full"
    LOADED = "loads the model and says nothing"
    EMPTY = "an empty answer"
    CUT = "JSON cut at the token limit"
    WRONG_SCHEMA = "valid JSON of another schema"
    PROSE = "text around the JSON"
    FENCE = "a Markdown fence around the JSON"
    THINKING = "a thinking block before the JSON"
    ONLY_THINKING = "a thinking block without an end"
    ENDLESS = "blanks without end after the JSON"
    RUNAWAY = "an answer that ignores its token limit"
    NO_REASON = "no reason for its end, as old servers"
    OTHER_MODEL = "another model's name"
    NO_COUNT = "no count of tokens"
    CUT_PROMPT = "the count of a prompt cut in half"
    WRONG_DIMENSION = "vectors of another dimension"
    FEWER_VECTORS = "fewer vectors than texts"
    NOT_NUMBERS = "vectors of NaN"


@dataclass(frozen=True)
class Rule:
    """``fault`` for requests of ``kind`` (``"*"``: any); the ``nth`` only, counted from 1, if
    given, and those whose body makes ``when`` true."""

    fault: Fault
    kind: str = "chat"
    nth: int | None = None
    when: Callable[[Json], bool] | None = None

    def holds(self, kind: str, nth: int, body: Json) -> bool:
        """Whether this request is meant."""
        return (
            self.kind in (kind, EVERY)
            and self.nth in (None, nth)
            and (self.when is None or self.when(body))
        )


def rules_of(faults: Fault | Mapping[str, Fault] | None) -> list[Rule]:
    """A fault alone is one of every chat; a mapping has one for each kind of request."""
    if faults is None:
        return []
    if isinstance(faults, Fault):
        return [Rule(faults)]
    return [Rule(fault, kind) for kind, fault in faults.items()]


REFUSALS: dict[Fault, tuple[int, str]] = {
    Fault.ERROR: (500, "llama runner process has terminated: exit status 2"),
    Fault.MEMORY: (500, "model requires more system memory (5.3 GiB) than is available (3.1 GiB)"),
    Fault.TOO_MANY: (429, "too many requests"),
    Fault.BUSY: (503, "server busy, please try again.  maximum pending requests exceeded"),
    Fault.NO_SPACE: (500, "write /models/blobs/sha256-1: no space left on device"),
}
"""Status and error text as Ollama's own server writes them."""

_CONTENT = "\0"
_TWISTS = {
    Fault.EMPTY: "",
    Fault.WRONG_SCHEMA: '{"verdict": "fine", "score": 3}',
    Fault.PROSE: "Sure! Here is {my} answer:\n\n\0\n\nLet me know if that helps {you}.",
    Fault.FENCE: "```json\n\0\n```\n",
    Fault.THINKING: '<think>\nMaybe {"a": 1}? No, better:\n</think>\n\n\0',
    Fault.ONLY_THINKING: "<think>\nFirst I weigh \0",
    Fault.RUNAWAY: _CONTENT + " " * 100_000,
    Fault.ENDLESS: _CONTENT + "\n" * 4_000,
}


def twisted(content: str, fault: Fault | None) -> str:
    """The text of an answer with a fault of its content."""
    return content if fault is None else _TWISTS.get(fault, _CONTENT).replace(_CONTENT, content)
