"""One turn on Discord: the answer shows while it grows, politely, and whole in the end."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import discord

from ....errors import MoodreelError
from ...reply import Event, Reply
from ...session import Session
from ..failure import SORRY, note
from ..heard import Heard
from ..wording import before_list
from .embeds import reply_embed
from .places import Place, Shown
from .text import MESSAGE, escape, pieces, prose, shortened
from .views import list_view

if TYPE_CHECKING:
    from .bot import MoodreelBot

log = logging.getLogger(__name__)

EVERY = 1.5
"""Seconds between two edits of one message: Discord takes about five in five seconds a channel."""


def session_of(
    guild: int | None, channel: object, channel_id: int | None, user: discord.abc.User
) -> Session:
    """Who talks where: a server's people are its own, and so are those of direct messages."""
    tenant = f"discord-{guild}" if guild else "discord-direct"
    if isinstance(channel, discord.Thread):
        return Session(tenant, str(channel.parent_id), str(channel.id), str(user.id))
    return Session(tenant, str(channel_id or ""), "", str(user.id))


def session_at(interaction: discord.Interaction[Any]) -> Session:
    """Whose conversation an interaction belongs to."""
    where = interaction.guild_id, interaction.channel, interaction.channel_id
    return session_of(*where, interaction.user)


async def answer(
    events: AsyncIterator[Event],
    place: Place,
    user: int,
    now: Callable[[], float] = time.monotonic,
) -> Reply | None:
    """Show a turn of a user while it happens; its reply, or None where it went wrong.

    What went wrong is said where the answer would be. Discord's own faults are logged: there is
    nobody who could be told.
    """
    async with _explained("an answer", partial(say, place)):
        reply = await _followed(events, place, now)
        await show_reply(reply, place, user)
        return reply
    return None


@asynccontextmanager
async def _explained(what: str, tell: Callable[[str], Awaitable[None]]) -> AsyncIterator[None]:
    """End in a sentence that is told where something goes wrong, or in the log alone."""
    try:
        yield
    except MoodreelError as error:
        await tell(str(error))
    except discord.HTTPException as error:
        log.warning("%s could not be shown: %s", what, error)
    except Exception as error:  # noqa: BLE001 - it is noted, and said
        note(log, f"{what} failed", error)
        await tell(SORRY)


async def say(place: Place, text: str) -> None:
    """Show a sentence that is no answer, as far as Discord lets it."""
    try:
        await place.show(Shown(shortened(escape(text), MESSAGE)))
    except discord.HTTPException as error:
        log.warning("a sentence could not be shown: %s", error)


async def _followed(events: AsyncIterator[Event], place: Place, now: Callable[[], float]) -> Reply:
    heard, shown_at = Heard(), now()
    async with aclosing(cast(Any, events)) as running:
        async for event in running:
            heard.take(event)
            head = before_list(heard.text, heard.picks)
            if heard.reply is None and head and now() - shown_at >= EVERY:
                await place.show(Shown(shortened(prose(head), MESSAGE)))
                shown_at = now()
    assert heard.reply is not None  # noqa: S101 - the last event of a turn carries it
    return heard.reply


async def show_reply(reply: Reply, place: Place, user: int) -> None:
    """Show a whole reply: a list as an embed with its presses, words as messages."""
    if reply.picks:
        words = shortened(prose(reply.text), MESSAGE)
        shown = Shown(embed=reply_embed(reply), view=list_view(reply, user), words=words)
        await place.show(shown)
        return
    said = " ".join(reply.understood)
    unsaid = f"-# {prose(said)}\n" if said and said not in reply.text else ""
    first, *rest = pieces(f"{unsaid}{prose(reply.text)}")
    await place.show(Shown(first, view=list_view(reply, user)))
    for piece in rest:
        await place.more(piece)


async def deferred(
    interaction: discord.Interaction[Any], *, thinking: bool = False, private: bool = False
) -> bool:
    """Promise an answer, at once, as Discord wants it within three seconds.

    Returns:
        Whether there can be one: an interaction that ran out before cannot be answered any more
        by itself, but its channel can, so that is True as well; False only where Discord is gone.
    """
    try:
        await interaction.response.defer(thinking=thinking, ephemeral=private)
    except discord.NotFound:
        log.info("interaction %s ran out before it was answered", interaction.id)
    except discord.HTTPException as error:
        log.warning("an interaction could not be answered: %s", error)
        return False
    return True


async def guarded(interaction: discord.Interaction[Any], work: Awaitable[None]) -> None:
    """Do something, and tell whoever caused it, alone, where it can't be done."""
    bot: MoodreelBot = interaction.client
    async with _explained("an interaction", partial(told, interaction)):
        with bot.busy():
            await work


async def told(interaction: discord.Interaction[Any], text: str) -> None:
    """Say something to who caused an interaction, alone, as far as Discord lets it."""
    with suppress(discord.HTTPException):
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
