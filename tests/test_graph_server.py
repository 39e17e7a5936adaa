"""langgraph.json names a graph that a server of LangGraph can run with threads of its own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from moodreel.agent import graph_server
from moodreel.agent.reply import Event

from .conftest import ROOT


@pytest.fixture
async def graph(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """The graph as the server has it: found by its name, with the server's own checkpointer."""
    monkeypatch.setenv("MOODREEL_HOME", str(home))
    monkeypatch.setenv("MOODREEL_ENGINE", "builtin")
    module, _, name = json.loads((ROOT / "langgraph.json").read_text("utf-8"))["graphs"][
        "moodreel"
    ].partition(":")
    async with getattr(import_module(module), name)() as compiled:
        yield compiled.copy(update={"checkpointer": InMemorySaver()})
    await graph_server.close()


async def _run(graph: Any, message: str, thread: str) -> list[Event]:
    options = {"configurable": {"thread_id": thread}}
    # The server gives every run a context, made of JSON.
    running = graph.astream({"message": message}, options, context={}, stream_mode="custom")
    return [Event.model_validate(each) async for each in running]


async def test_turns_go_on_in_a_thread_of_the_server(graph: Any) -> None:
    first = (await _run(graph, "something warm and funny, under two hours", "a"))[-1].reply
    second = (await _run(graph, "the second one, but older", "a"))[-1].reply
    other = (await _run(graph, "what do you know about me?", "b"))[-1].reply
    assert first
    assert second
    assert other
    assert len(first.picks) == len(second.picks) == 5
    assert second.turn == 2
    assert any(first.picks[1].title in said for said in second.understood)
    assert not other.profile.active


async def test_the_server_can_show_a_form_for_a_turn(graph: Any) -> None:
    schema = graph.get_input_jsonschema()
    assert schema["required"] == ["message"]
    assert schema["properties"]["message"]["type"] == "string"


async def test_the_catalogue_is_opened_once_for_all_runs(graph: Any) -> None:
    async with graph_server.graph() as again:
        assert (await _run(again.copy(update={"checkpointer": InMemorySaver()}), "hi", "c"))[-1]
