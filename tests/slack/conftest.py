"""An agent over the starter films, and Slack before it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from moodreel.agent.clicks import Click
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.reply import Event
from moodreel.agent.session import ConversationName
from moodreel.agent.settings import Settings
from moodreel.ingest.catalogue import Catalogue

from .stage import Stage, staged


class Held(MovieAgent):
    """Answers as it does, but goes on with each event only when it is let."""

    steps: asyncio.Semaphore

    def let(self, steps: int) -> None:
        """Let it go on by so many events."""
        for _ in range(steps):
            self.steps.release()

    async def stream(
        self,
        message: str,
        conversation: ConversationName = "default",
        *,
        turn_id: str | None = None,
    ) -> AsyncIterator[Event]:
        """The same events, each when it is let."""
        async for event in super().stream(message, conversation, turn_id=turn_id):
            await self.steps.acquire()
            yield event

    async def stream_click(
        self, click: Click, conversation: ConversationName
    ) -> AsyncIterator[Event]:
        """The same events, each when it is let."""
        async for event in super().stream_click(click, conversation):
            await self.steps.acquire()
            yield event


@pytest.fixture
async def agent(starter: Catalogue) -> MovieAgent:
    """An agent over the starter films; the catalogue stays open for others."""
    return MovieAgent(Settings(), starter, MemoryConversations())


@pytest.fixture
async def stage(agent: MovieAgent) -> AsyncIterator[Stage]:
    """Slack before an agent that answers at once."""
    async with staged(agent) as stage:
        yield stage


@pytest.fixture
async def held(starter: Catalogue) -> Held:
    """An agent whose answers take as long as a test wants."""
    agent = Held(Settings(), starter, MemoryConversations())
    agent.steps = asyncio.Semaphore(0)
    return agent


@pytest.fixture
async def slow(held: Held) -> AsyncIterator[Stage]:
    """Slack before that agent, shown an answer's parts without delay."""
    async with staged(held, pause=0.01) as stage:
        yield stage
        held.let(1_000)
