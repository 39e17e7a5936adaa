"""An agent over the starter films, and Discord before it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.settings import load_settings
from moodreel.ingest.catalogue import Catalogue

from .stage import Discord, Network, logged_in


@pytest.fixture
async def agent(starter: Catalogue, tmp_path: Path) -> AsyncIterator[MovieAgent]:
    """An agent on the shared catalogue with conversations in memory."""
    yield MovieAgent(load_settings(home=tmp_path), starter, MemoryConversations(), year=2026)


@pytest.fixture
async def discord(agent: MovieAgent) -> Discord:
    """A bot that has just started."""
    return await logged_in(agent, Network())
