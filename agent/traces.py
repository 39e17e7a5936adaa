"""Spans of OpenTelemetry, where the program around us uses it; else nothing at all.

Nothing is sent anywhere from here: who wants spans sets up a provider with an exporter. Spans
have counts, lengths and names of models, never words of a user.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

Attribute = str | int | float | bool


def _tracer() -> Any:
    """The program's tracer; None where nobody has loaded OpenTelemetry."""
    # Looked up rather than imported: a chat in the terminal needn't wait for it.
    api = sys.modules.get("opentelemetry.trace")
    return api.get_tracer("moodreel") if api else None


def current_trace_id() -> str:
    """The id of the trace that the program is in, 32 hex digits; empty where there is none."""
    api = sys.modules.get("opentelemetry.trace")
    if api is None:
        return ""
    context = api.get_current_span().get_span_context()
    return f"{context.trace_id:032x}" if context.is_valid else ""


def begin(name: str, **attributes: Attribute) -> Any:
    """A span below the current one, not made current itself; `finish` ends it."""
    tracer = _tracer()
    return tracer.start_span(name, attributes=attributes) if tracer else None


def finish(
    span: Any, attributes: Mapping[str, Attribute], error: BaseException | None = None
) -> None:
    """End a span of `begin`; of an error only its kind is told."""
    if span is None:
        return
    span.set_attributes(attributes)
    if error is not None:
        _mark(span, error)
    span.end()


@contextmanager
def part(name: str, parent: Any = None, **attributes: Attribute) -> Iterator[None]:
    """A span that is current inside, below ``parent`` or else the current one."""
    tracer = _tracer()
    if tracer is None:
        yield
        return
    api = sys.modules["opentelemetry.trace"]
    context = api.set_span_in_context(parent) if parent is not None else None
    span = tracer.start_span(name, context=context, attributes=attributes)
    with api.use_span(span, record_exception=False, set_status_on_exception=False):
        try:
            yield
        except BaseException as error:
            _mark(span, error)
            raise
        finally:
            span.end()


def past(name: str, seconds: float, **attributes: Attribute) -> None:
    """A span of something that has just ended and took so long."""
    tracer = _tracer()
    if tracer is None:
        return
    now = time.time_ns()
    span = tracer.start_span(name, attributes=attributes, start_time=now - int(seconds * 1e9))
    span.end(end_time=now)


def _mark(span: Any, error: BaseException) -> None:
    """An error's text may quote what somebody said, so only its kind is kept."""
    api = sys.modules["opentelemetry.trace"]
    span.set_status(api.StatusCode.ERROR, type(error).__name__)
