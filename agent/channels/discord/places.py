"""Where an answer stands on Discord, and where it goes when that place is lost.

An interaction's answer goes to its channel when the interaction has run out, to a new message when
its message was deleted, and to the person directly where the channel may not be written in. What
only one person shall see never goes to a channel.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Protocol

import discord

log = logging.getLogger(__name__)

_RUN_OUT = {10_008, 10_015, 10_062, 50_027}
"""Unknown message, unknown webhook, unknown interaction, invalid webhook token."""
NOT_ALLOWED = "I may not write where you asked me; here is the answer."


@dataclass(frozen=True)
class Shown:
    """What one message shows; ``words`` say what its embed shows, in one message."""

    content: str = ""
    embed: discord.Embed | None = None
    view: discord.ui.View | None = None
    words: str = ""

    @property
    def bare(self) -> Shown:
        """The same in words, for a place that takes no embeds."""
        return Shown(self.words, None, self.view)

    def options(self, *, edits: bool) -> dict[str, Any]:
        """As discord.py takes it; an edit also takes away what is not there any more."""
        given: dict[str, Any] = {"content": self.content or None}
        given["allowed_mentions"] = discord.AllowedMentions.none()
        if self.embed is not None:
            given["embed"] = self.embed
        elif edits:
            given["embeds"] = []
        if self.view is not None or edits:
            given["view"] = self.view
        return given


class Place(Protocol):
    """One message that can be written again and again."""

    async def show(self, shown: Shown) -> None:
        """Write or rewrite the message; raises what Discord says where no place is left."""
        ...

    async def more(self, content: str) -> None:
        """Write another message behind it."""
        ...


class Direct:
    """A message to one person alone."""

    def __init__(self, person: discord.User | discord.Member, says: str = "") -> None:
        """Write to a person; ``says`` stands before the first message."""
        self._person = person
        self._says = says
        self._message: discord.Message | None = None

    async def show(self, shown: Shown) -> None:
        """Write or rewrite it."""
        if self._message is not None:
            await self._message.edit(**shown.options(edits=True))
            return
        if self._says:
            await self._person.send(self._says)
        self._message = await self._person.send(**shown.options(edits=False))

    async def more(self, content: str) -> None:
        """Write another message."""
        await self._person.send(content, allowed_mentions=discord.AllowedMentions.none())


class Channel:
    """A message in a channel, thread or direct conversation."""

    def __init__(
        self,
        channel: discord.abc.Messageable,
        person: discord.User | discord.Member,
        asked: discord.Message | None = None,
    ) -> None:
        """Write there, as a reply to ``asked``; ``person`` is who shall read it."""
        self._channel = channel
        self._person = person
        self._asked = asked
        self._message: discord.Message | None = None
        self._instead: Direct | None = None

    async def show(self, shown: Shown) -> None:
        """Write or rewrite it; a new message where the old one is gone."""
        if self._instead is not None:
            await self._instead.show(shown)
            return
        if await self._wrote(shown) or (shown.words and await self._wrote(shown.bare)):
            return
        log.warning("not allowed to write in channel %s", getattr(self._channel, "id", "?"))
        self._instead = Direct(self._person, NOT_ALLOWED)
        await self._instead.show(shown)

    async def _wrote(self, shown: Shown) -> bool:
        """Write or rewrite it; whether that is allowed."""
        try:
            await self._write(shown)
        except discord.Forbidden:
            return False
        return True

    async def _write(self, shown: Shown) -> None:
        if self._message is not None:
            try:
                await self._message.edit(**shown.options(edits=True))
                return
            except discord.NotFound:
                log.info("message %s was deleted meanwhile", self._message.id)
        options = shown.options(edits=False)
        if self._asked is not None:
            options["reference"] = self._asked.to_reference(fail_if_not_exists=False)
        self._message = await self._channel.send(**options)

    async def more(self, content: str) -> None:
        """Write another message."""
        if self._instead is not None:
            await self._instead.more(content)
        else:
            await self._channel.send(content, allowed_mentions=discord.AllowedMentions.none())


class Response:
    """The answer to an interaction that was deferred."""

    def __init__(self, interaction: discord.Interaction[Any], *, private: bool = False) -> None:
        """Answer it; where ``private``, only who caused it shall see the answer."""
        self._interaction = interaction
        self._private = private
        self._instead: Place | None = None

    async def show(self, shown: Shown) -> None:
        """Write or rewrite it; elsewhere where the interaction has run out."""
        if self._instead is not None:
            await self._instead.show(shown)
            return
        try:
            await self._interaction.edit_original_response(**shown.options(edits=True))
        except discord.HTTPException as error:
            if error.code not in _RUN_OUT:
                raise
            log.info("interaction %s has run out (%s)", self._interaction.id, error.code)
            self._instead = self._elsewhere()
            await self._instead.show(shown)

    def _elsewhere(self) -> Place:
        channel = self._interaction.channel
        if self._private or not isinstance(channel, discord.abc.Messageable):
            return Direct(self._interaction.user)
        return Channel(channel, self._interaction.user)

    async def more(self, content: str) -> None:
        """Write another message behind it."""
        if self._instead is not None:
            await self._instead.more(content)
        else:
            await self._interaction.followup.send(
                content,
                ephemeral=self._private,
                allowed_mentions=discord.AllowedMentions.none(),
            )
