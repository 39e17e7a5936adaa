"""What people write: to the bot alone, by naming it, and in threads that it is part of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from ....errors import UnknownConversation
from .places import Thread
from .text import heard, people_named
from .where import Where, of_message, turn_id

if TYPE_CHECKING:
    from .app import SlackApp

Json = dict[str, Any]

_KINDS = {None, "file_share", "thread_broadcast"}
"""Subtypes of messages that somebody wrote; edits, deletions and joins are others."""


class Messages:
    """Listens to messages, and answers those that are for the bot."""

    def __init__(self, app: SlackApp) -> None:
        self._app = app
        app.event("message")(self.message)
        app.event("app_mention")(self.mention)

    async def message(self, body: Json, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        """Answer a direct message, or one in a thread where this person talks with the bot."""
        event = body["event"]
        if not self._app.seen(body.get("event_id")) and _written(event, context.bot_user_id):
            where = of_message(context.team_id or "", event)
            if where.direct or await self._ours(event, where, context.bot_user_id):
                await self._answer(event, where, context, client)

    async def mention(self, body: Json, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        """Answer a message that names the bot."""
        event = body["event"]
        if not self._app.seen(body.get("event_id")) and _written(event, context.bot_user_id):
            where = of_message(context.team_id or "", event)
            await self._answer(event, where, context, client)

    async def _ours(self, event: Json, where: Where, bot: str | None) -> bool:
        """Whether a message names the bot, or goes on with a conversation and names nobody."""
        named = people_named(event.get("text", ""))
        if named or not event.get("thread_ts"):
            return bot in named
        try:
            await self._app.agent.profile(where.conversation)
        except UnknownConversation:
            return False
        return True

    async def _answer(
        self, event: Json, where: Where, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        app = self._app
        if app.seen((where.channel, event["ts"])):
            return
        if event.get("files"):
            place = Thread(client, where, app.refusals)
            await app.tell(client, where, place, "I only read words, so I left the file aside.")
        said = heard(event.get("text", ""), context.bot_user_id)
        if said or not event.get("files"):
            once = turn_id(where, event["ts"])
            events = partial(app.agent.stream, said, where.session, turn_id=once)
            await app.reply(client, where, said, events)


def _written(event: Json, bot: str | None) -> bool:
    """Whether a person wrote this just now: no bot, no edit, no notice of Slack."""
    if event.get("bot_id") or event.get("subtype") not in _KINDS or event.get("hidden"):
        return False
    return bool(event.get("user")) and event["user"] not in (bot, "USLACKBOT")
