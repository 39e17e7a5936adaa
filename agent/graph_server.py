"""The graph of a turn for LangGraph's own server and Studio, which langgraph.json names.

The server keeps the conversations in its threads; a run takes ``{"message": "…", "given": null}``
and streams the events of `moodreel.agent.reply.Event` in the mode ``custom``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from .companion import MovieAgent
from .graph import Graph, build_graph
from .settings import load_settings
from .warming import warm

_opening = asyncio.Lock()
_opened: dict[str, MovieAgent] = {}


@asynccontextmanager
async def graph() -> AsyncIterator[Graph]:
    """The graph over the catalogue of the settings, opened once for all runs of the process.

    Raises:
        WorkError: the data folder is busy, broken or not writable.
    """
    agent = await _agent()
    yield build_graph(agent.catalogue, None, contexts=agent.turn_context)


async def _agent() -> MovieAgent:
    async with _opening:
        if "agent" not in _opened:
            settings = load_settings(conversations="memory")
            _opened["agent"] = await MovieAgent.open(settings)
            warm(_opened["agent"].catalogue)
        return _opened["agent"]


async def close() -> None:
    """Let the data folder go; the next run opens it again."""
    async with _opening:
        for agent in _opened.values():
            await agent.close()
        _opened.clear()
