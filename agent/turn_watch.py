"""What is told of a turn to whoever runs Moodreel: a log line and a span."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from . import traces
from .logs import new_trace, veiled
from .reply import Reply

log = logging.getLogger(__name__)


class TurnWatch:
    """Watches one turn, and is told of its reply.

    Counts, times and names of engines are told, a conversation by `moodreel.agent.logs.veiled`.
    """

    def __init__(self, conversation: str, *, press: bool) -> None:
        self.trace_id = new_trace()
        self._told: dict[str, traces.Attribute] = {
            "conversation": veiled(conversation),
            "press": press,
        }
        self.span = traces.begin("moodreel.turn", **self._told, **{"moodreel.trace": self.trace_id})
        self._started = time.perf_counter()
        self._reply: Reply | None = None

    def answered(self, reply: Reply) -> None:
        """Take note of what the turn came to."""
        self._reply = reply

    def end(self, error: BaseException | None = None) -> None:
        """Log the turn and end its span."""
        told = self._told | _outcome(self._reply, error)
        told["ms"] = round(1000 * (time.perf_counter() - self._started))
        traces.finish(self.span, told, error)
        failed = isinstance(error, Exception)
        log.log(
            logging.WARNING if failed else logging.INFO,
            "turn failed" if failed else "turn answered" if self._reply else "turn left",
            extra={**told, "trace": self.trace_id},
        )


@contextmanager
def watched(conversation: str, *, press: bool) -> Iterator[TurnWatch]:
    """Watch one turn, however it goes."""
    watch = TurnWatch(conversation, press=press)
    try:
        yield watch
    except BaseException as error:
        watch.end(error)
        raise
    watch.end()


def _outcome(reply: Reply | None, error: BaseException | None) -> dict[str, traces.Attribute]:
    if reply is None:
        return {"error": type(error).__name__} if error else {}
    return {
        "turn": reply.turn,
        "engine": reply.engine,
        "picks": len(reply.picks),
        "tools": len(reply.trace),
        "calls": len(reply.calls),
        "notices": len(reply.notices),
        "relaxed": len(reply.relaxed),
    }
