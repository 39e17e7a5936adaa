"""What is logged: lines for people or JSON, each with the trace of its turn.

Every module logs to a logger below ``moodreel``; nothing is shown before the program that uses
the package, or a command of ours, says where to. From ``INFO`` on, no line has words of a user.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sys
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

from . import traces
from .settings import Settings

Format = Literal["text", "json"]
Level = Literal["debug", "info", "warning", "error"]

trace_id: ContextVar[str] = ContextVar("moodreel_trace", default="")
"""The trace of the turn at work here. Set it before a turn to have the turn take it over."""

_OURS = "moodreel"
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "trace", "taskName"}


def new_trace() -> str:
    """The trace for a turn that begins: the caller's, else that of its spans, else a new one.

    At most 64 characters; new ones have 32 hex digits.
    """
    return trace_id.get()[:64] or traces.current_trace_id() or uuid.uuid4().hex


def veiled(name: str) -> str:
    """A name that may tell who somebody is, as 12 hex digits: the same ones each time."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class TraceFilter(logging.Filter):
    """Gives each record a ``trace``; for a handler of your own."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass."""
        if not hasattr(record, "trace"):
            record.trace = trace_id.get()
        return True


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in _PLAIN}


class TextFormatter(logging.Formatter):
    """One line a record: time, level, logger, message, then its fields as ``name=value``."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """The line; below it comes a traceback where there is one."""
        traced = {"trace": trace} if (trace := getattr(record, "trace", "")) else {}
        fields = " ".join(f"{k}={v}" for k, v in {**_fields(record), **traced}.items())
        line = super().formatMessage(record)
        return f"{line}  {fields}" if fields else line


class JsonFormatter(logging.Formatter):
    """One JSON object a line: ``time`` (ISO 8601, UTC), ``level``, ``logger``, ``message``,
    ``trace``, ``error`` (a traceback) and the fields of the record."""

    def format(self, record: logging.LogRecord) -> str:
        """The object; what JSON can't say is said as text."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "trace": getattr(record, "trace", ""),
            **_fields(record),
        }
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


class _ToStandardError(logging.StreamHandler[TextIO]):
    """Writes to what is standard error then, not to what it was when the handler was made."""

    @property
    def stream(self) -> TextIO:
        """Where a line goes."""
        return sys.stderr

    @stream.setter
    def stream(self, stream: TextIO) -> None:
        """Nothing else is written to."""


def set_up(level: Level, form: Format = "text", stream: TextIO | None = None) -> logging.Handler:
    """Show what is logged from ``level`` on; a second call replaces the first.

    Args:
        level: the least that is shown. ``debug`` shows words of users and models.
        form: lines for people, or JSON.
        stream: where to; standard error where none is given.
    """
    handler = logging.StreamHandler(stream) if stream else _ToStandardError()
    handler.set_name(_OURS)
    handler.addFilter(TraceFilter())
    plain = TextFormatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if form == "json" else plain)
    root = logging.getLogger("moodreel")
    for old in [each for each in root.handlers if each.get_name() == _OURS]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level.upper())
    return handler


def follow(settings: Settings, otherwise: Level | None = None) -> None:
    """Log as the settings say; where they say nothing, as before, else from ``otherwise`` on."""
    shown = any(each.get_name() == _OURS for each in logging.getLogger("moodreel").handlers)
    level = settings.log or (None if shown else otherwise)
    if level is not None:
        set_up(level, settings.log_format)
