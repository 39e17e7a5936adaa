"""Every place that conversations can be kept in, for tests that hold in each."""

from __future__ import annotations

from pathlib import Path

import pytest
from moodreel.agent.conversations import Conversations, open_conversations
from moodreel.agent.settings import Settings

STORES = ("memory", "sqlite", "postgres")


async def kept_in(kind: str, home: Path, request: pytest.FixtureRequest) -> Conversations:
    """A store of this kind, with nothing in it or what was kept in this test before."""
    return await open_conversations(settings_for(kind, home, request))


def settings_for(kind: str, home: Path, request: pytest.FixtureRequest) -> Settings:
    """Settings that keep conversations so; skips the test where that can't be had."""
    if kind == "memory":
        return Settings(home=home, engine="builtin", conversations="memory")
    if kind == "sqlite":
        return Settings(home=home, engine="builtin")
    return Settings(home=home, engine="builtin", database=request.getfixturevalue("database"))
