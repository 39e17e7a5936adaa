"""``/moodreel``: a conversation that one person alone sees, wherever they are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from ...clicks import Click, list_click, undo_click
from .answers import Events
from .places import Whisper
from .text import heard, people_named
from .where import Where, of_command

if TYPE_CHECKING:
    from .app import SlackApp

Json = dict[str, Any]
Run = Callable[[Json, Where, AsyncWebClient], Awaitable[None]]

COMMAND = "/moodreel"
HELP = """Say what you feel like watching: {command} a funny heist film, nothing violent
{command} films: a list for your taste as it stands
{command} undo: take back what the last message changed
{command} taste: see your taste and change it
{command} night @ann @ben: one list for several people
{command} forget me: remove all I know of you
Only you see these answers. Write to me alone, or name me in a channel, for the same in a thread."""


class Commands:
    """Listens to the slash command."""

    def __init__(self, app: SlackApp) -> None:
        self._app = app
        self._own: dict[str, Run] = {
            "": self._help,
            "help": self._help,
            "films": self._films,
            "undo": self._undo,
            "taste": app.taste.open,
            "night": app.night.begin,
            "forget me": app.home.ask,
        }
        app.command(COMMAND)(self.command)

    async def command(
        self, ack: AsyncAck, command: Json, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Do what a word of the command's own says, or answer the words."""
        await ack()
        if self._app.seen(command.get("trigger_id")):
            return
        said = heard(command.get("text", ""), context.bot_user_id)
        where = of_command(context.team_id or "", command)
        run = self._own.get(said.lower()) or self._night(command["text"])
        if run is not None:
            await run(command, where, client)
            return
        await self._answer(
            command, where, client, said, lambda: self._app.agent.stream(said, where.conversation)
        )

    def _night(self, text: str) -> Run | None:
        """Movie night, where people are named; “night” may begin a wish as well."""
        begun = text.lower().startswith("night ") and people_named(text)
        return self._app.night.begin if begun else None

    async def _help(self, command: Json, where: Where, client: AsyncWebClient) -> None:
        place = Whisper(command["response_url"])
        await self._app.tell(client, where, place, HELP.format(command=COMMAND))

    async def _films(self, command: Json, where: Where, client: AsyncWebClient) -> None:
        await self._click(command, where, client, list_click())

    async def _undo(self, command: Json, where: Where, client: AsyncWebClient) -> None:
        await self._click(command, where, client, undo_click(1))

    async def _click(
        self, command: Json, where: Where, client: AsyncWebClient, click: Click
    ) -> None:
        await self._answer(
            command,
            where,
            client,
            click[0],
            lambda: self._app.agent.stream_click(click, where.conversation),
        )

    async def _answer(
        self, command: Json, where: Where, client: AsyncWebClient, said: str, events: Events
    ) -> None:
        await self._app.reply(client, where, said, events, command["response_url"])
