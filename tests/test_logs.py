"""What is logged and traced: enough to find a turn again, never a user's words."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator

import pytest
from moodreel import MovieAgent
from moodreel.agent import logs
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.settings import load_settings
from moodreel.errors import BadMessage
from moodreel.ingest.catalogue import Catalogue
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

QUOTED = "zanzibarquux"


@pytest.fixture
async def agent(starter: Catalogue) -> AsyncIterator[MovieAgent]:
    yield MovieAgent(load_settings(), starter, MemoryConversations())


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    written = io.StringIO()
    handler = logs.set_up("info", "json", written)
    yield written
    root = logging.getLogger("moodreel")
    root.removeHandler(handler)
    root.setLevel(logging.NOTSET)


@pytest.fixture(scope="module")
def exported() -> InMemorySpanExporter:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return exporter


def told(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


async def test_every_line_of_a_turn_has_the_trace_of_its_reply(
    agent: MovieAgent, lines: io.StringIO
) -> None:
    first = await agent.send("something warm", "ann")
    second = await agent.send("older", "ann")
    assert len(first.trace_id) == 32
    assert first.trace_id != second.trace_id
    [turn] = [line for line in told(lines) if line["trace"] == second.trace_id]
    assert turn["message"] == "turn answered"
    assert turn["picks"] == 5
    assert turn["engine"] == "builtin"
    assert turn["conversation"] == logs.veiled("ann") != "ann"
    assert turn["level"] == "info"


async def test_a_turn_takes_over_the_trace_of_its_caller(agent: MovieAgent) -> None:
    token = logs.trace_id.set("request-17")
    try:
        reply = await agent.send("something warm", "ann")
        assert reply.trace_id == "request-17"
        assert logs.trace_id.get() == "request-17"
    finally:
        logs.trace_id.reset(token)


async def test_no_word_of_a_user_is_logged(agent: MovieAgent, lines: io.StringIO) -> None:
    name = f"talk-{QUOTED}"
    reply = await agent.send("something warm", name)
    await agent.send(f"a {QUOTED} film like {QUOTED} by {QUOTED}", name)
    await agent.feedback(name, reply.picks[0].id, "liked", "mood")
    await agent.send(f"my name is {QUOTED}, forget that I said {QUOTED}", name)
    with pytest.raises(BadMessage):
        await agent.send(QUOTED * 9_000, name)
    await agent.forget(name)
    assert told(lines)
    assert QUOTED not in lines.getvalue()


async def test_a_turn_that_fails_is_told_by_the_kind_of_its_error(
    agent: MovieAgent, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object, **named: object) -> object:
        raise ValueError(QUOTED)

    monkeypatch.setattr(agent._graph, "astream", broken)
    with pytest.raises(ValueError, match=QUOTED):
        await agent.send("something warm", "ann")
    [turn] = told(lines)
    assert (turn["level"], turn["error"]) == ("warning", "ValueError")
    assert QUOTED not in lines.getvalue()


def test_a_line_of_text_has_its_fields_before_a_traceback() -> None:
    written = io.StringIO()
    handler = logs.set_up("warning", stream=written)
    try:
        raise OSError("disk")
    except OSError:
        logging.getLogger("moodreel.test").exception("not kept", extra={"turn": 3})
    finally:
        logging.getLogger("moodreel").removeHandler(handler)
    first, *rest = written.getvalue().splitlines()
    assert first.endswith("ERROR   moodreel.test: not kept  turn=3")
    assert (rest[0], rest[-1]) == ("Traceback (most recent call last):", "OSError: disk")


async def test_a_turn_is_a_span_with_its_steps_below(
    agent: MovieAgent, exported: InMemorySpanExporter
) -> None:
    exported.clear()
    reply = await agent.send(f"something warm, {QUOTED}", "ann")
    spans = {span.name: span for span in exported.get_finished_spans()}
    turn = spans["moodreel.turn"]
    steps = {"moodreel.understand", "moodreel.tool", "moodreel.rank", "moodreel.answer"}
    assert steps < spans.keys()
    for name in steps:
        above = spans[name].parent
        assert above is not None
        assert turn.context is not None
        assert above.span_id == turn.context.span_id
    assert turn.attributes is not None
    assert turn.attributes["picks"] == len(reply.picks)
    assert QUOTED not in "".join(span.to_json() for span in spans.values())


async def test_a_turn_joins_the_span_of_its_caller(
    agent: MovieAgent, exported: InMemorySpanExporter
) -> None:
    with trace.get_tracer("bot").start_as_current_span("slack event") as outer:
        reply = await agent.send("something warm", "ann")
        assert trace.get_current_span() is outer
    assert reply.trace_id == f"{outer.get_span_context().trace_id:032x}"


async def test_a_reader_that_leaves_ends_the_span(
    agent: MovieAgent, exported: InMemorySpanExporter, lines: io.StringIO
) -> None:
    exported.clear()
    stream = agent.stream("something warm", "ann")
    async for _ in stream:
        break
    await stream.aclose()  # type: ignore[attr-defined]
    assert "moodreel.turn" in {span.name for span in exported.get_finished_spans()}
    assert [line["message"] for line in told(lines)] == ["turn left"]


def test_lines_for_people() -> None:
    written = io.StringIO()
    handler = logs.set_up("warning", stream=written)
    logging.getLogger("moodreel.x").info("not shown")
    logging.getLogger("moodreel.x").warning("no room on %s", "disk", extra={"free": 3})
    logs.set_up("error", stream=io.StringIO())  # replaces it
    logging.getLogger("moodreel.x").warning("not shown either")
    [line] = written.getvalue().splitlines()
    assert line.endswith("moodreel.x: no room on disk  free=3")
    assert handler not in logging.getLogger("moodreel").handlers
    logging.getLogger("moodreel").handlers.clear()
    logging.getLogger("moodreel").setLevel(logging.NOTSET)


def test_servers_log_warnings_where_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger("moodreel")
    logs.follow(load_settings())
    assert not root.handlers
    logs.follow(load_settings(), "warning")
    assert root.level == logging.WARNING
    monkeypatch.setenv("MOODREEL_LOG", "debug")
    logs.follow(load_settings(), "warning")
    assert root.level == logging.DEBUG
    root.handlers.clear()
    root.setLevel(logging.NOTSET)
