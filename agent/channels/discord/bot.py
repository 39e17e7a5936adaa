"""The bot: what reaches it, and whose turn that is."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import discord
from discord import app_commands

from ....errors import MoodreelError
from ...clicks import Click
from ...companion import MovieAgent
from ...reply import Event
from ...session import Session
from ..failure import SORRY, note
from . import commands, keeping, night, views
from .places import Channel, Response
from .talking import answer, deferred, guarded, session_at, session_of, told

log = logging.getLogger(__name__)

ITEMS = (
    views.Film,
    views.Turn,
    views.Answer,
    keeping.Entries,
    keeping.Forgetting,
    night.Press,
    night.Rules,
)
"""Everything that can be pressed, whenever its message was written."""


class MoodreelBot(discord.Client):
    """Answers slash commands, mentions, direct messages and presses through one agent.

    It mentions nobody. Without the privileged intent for message contents Discord gives it only
    messages that mention it, and direct ones: all it reads.
    """

    def __init__(self, agent: MovieAgent, *, message_content: bool = False) -> None:
        """Prepare; `start` or `run` connects, and the agent stays the caller's to close."""
        intents = discord.Intents.default()
        intents.message_content = message_content
        super().__init__(intents=intents, allowed_mentions=discord.AllowedMentions.none())
        self.agent = agent
        self.nights = night.Nights()
        self._answering: set[asyncio.Task[Any]] = set()
        self.tree = Commands(self)
        commands.add_to(self.tree, self)

    async def setup_hook(self) -> None:
        """Take up presses on old messages again, and tell Discord the commands."""
        self.add_dynamic_items(*ITEMS)
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is said to the bot: where it is mentioned, and in direct messages."""
        if message.author.bot or self.user is None:
            return
        direct = message.guild is None
        if not direct and self.user not in message.mentions:
            return
        words = re.sub(rf"<@!?{self.user.id}>", " ", message.content).strip()
        guild = message.guild.id if message.guild else None
        session = session_of(guild, message.channel, message.channel.id, message.author)
        place = Channel(message.channel, message.author, message)
        events = self.agent.stream(words or "hello", session, turn_id=f"discord-{message.id}")
        with self.busy():
            await answer(events, place, message.author.id)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take a wish that was typed into a dialog, even one opened before a restart."""
        if interaction.type is discord.InteractionType.modal_submit:
            await guarded(interaction, night.wished(interaction, self))

    async def said(self, interaction: discord.Interaction[Any], words: str) -> None:
        """Answer words that came by an interaction."""
        await self._answered(interaction, lambda session: self.agent.stream(words, session))

    async def turn(
        self,
        interaction: discord.Interaction[Any],
        click: Callable[[Session], Awaitable[Click]],
    ) -> None:
        """Answer a press; what it stands for may depend on the conversation."""

        async def events(session: Session) -> AsyncIterator[Event]:
            async for event in self.agent.stream_click(await click(session), session):
                yield event

        await self._answered(interaction, events)

    async def _answered(
        self,
        interaction: discord.Interaction[Any],
        begin: Callable[[Session], AsyncIterator[Event]],
    ) -> None:
        if not await deferred(interaction, thinking=True):
            return
        session = session_at(interaction)
        with self.busy():
            await answer(begin(session), Response(interaction), interaction.user.id)

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Meanwhile something is in progress that `finish` waits for."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - this is a coroutine
        self._answering.add(task)
        try:
            yield
        finally:
            self._answering.discard(task)

    async def finish(self, seconds: float = 20.0) -> None:
        """Wait for the answers in progress, nights and changes too, so long at most."""
        if self._answering:
            await asyncio.wait(set(self._answering), timeout=seconds)


class Commands(app_commands.CommandTree[MoodreelBot]):
    """The slash commands; what goes wrong in one is a sentence for who used it."""

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell it."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        if not isinstance(cause, MoodreelError):
            note(log, "a command failed", cause)
        await told(interaction, str(cause) if isinstance(cause, MoodreelError) else SORRY)


def make_discord_bot(agent: MovieAgent, *, message_content: bool = False) -> MoodreelBot:
    """A bot over an open agent; run it with ``bot.start(token)``."""
    return MoodreelBot(agent, message_content=message_content)
