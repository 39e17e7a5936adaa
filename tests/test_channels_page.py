"""docs/channels.md: its channel is run, and its names are there."""

from __future__ import annotations

import asyncio
import importlib
import re
from typing import Any

import pytest
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.session import Session
from moodreel.agent.settings import Settings
from moodreel.ingest.catalogue import Catalogue

from .readme import ROOT, blocks

PAGE = ROOT / "docs" / "channels.md"


async def test_the_channel_on_the_page_answers(starter: Catalogue) -> None:
    (code,) = blocks("python", PAGE)
    assert len(code.splitlines()) < 50
    names: dict[str, Any] = {}
    exec(compile(code, str(PAGE), "exec"), names)  # noqa: S102 - it is our own
    agent = MovieAgent(Settings(), starter, MemoryConversations())
    server = await names["serve"](agent, 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"Ann\nI loved Heat\nseen 1\n\x00\n")
    writer.write_eof()
    said = (await reader.read()).decode()
    for told in ("[You loved Heat (1995).]", "\n1. ", "[You've seen ", "The message isn't text"):
        assert told in said
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()
    seen = (await agent.profile(Session("tcp", "", "", "Ann"))).active
    assert len(seen) == 2


@pytest.mark.parametrize("module", ["wording"])
def test_what_the_page_names_is_there(module: str) -> None:
    found = importlib.import_module(f"moodreel.agent.channels.{module}")
    named = re.findall(rf"`{module}\.(\w+)`", PAGE.read_text("utf-8"))
    assert named and all(hasattr(found, name) for name in named)
    for name in re.findall(r"`agent\.(\w+)`", PAGE.read_text("utf-8")):
        assert hasattr(MovieAgent, name), name
