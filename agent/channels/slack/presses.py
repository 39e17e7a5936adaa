"""What people press: a turn of their own conversation, as if they had said it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from ....tools.query import QueryDimension
from ...clicks import Click, Feedback, feedback_click, list_click, undo_click
from .answers import Events
from .places import Place, Thread, Whisper
from .where import Where, of_press, whispered

if TYPE_CHECKING:
    from .app import SlackApp

Json = dict[str, Any]

_OF_A_FILM = re.compile(r"moodreel_(loved|seen|disliked|why|more_like)")
_OF_ALL = {"moodreel_undo": lambda: undo_click(1), "moodreel_recommend": list_click}
_SAY = re.compile(r"moodreel_say_\d+")


class Presses:
    """Listens to the buttons below answers."""

    def __init__(self, app: SlackApp) -> None:
        self._app = app
        app.action(_OF_A_FILM)(self.of_a_film)
        app.action(_SAY)(self.say)
        for name in _OF_ALL:
            app.action(name)(self.of_all)

    async def of_a_film(
        self, ack: AsyncAck, body: Json, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Take what is thought of a film, "more like this" or why."""
        await ack()
        pressed, where = body["actions"][0], of_press(context.team_id or "", body)
        name = pressed["block_id"].removeprefix("pick ")
        item = self._app.agent.catalogue.get([name]).get(name)
        if item is None:
            place = self._place(body, where, client)
            await self._app.tell(client, where, place, "I no longer have that film, sorry.")
            return
        act = cast("Feedback", pressed["action_id"].removeprefix("moodreel_"))
        chosen = pressed.get("selected_option") or {}
        dimension = cast("QueryDimension", chosen.get("value", "overall"))
        await self._click(body, where, client, feedback_click(item, act, dimension))

    async def of_all(
        self, ack: AsyncAck, body: Json, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Take the last change back, or list more films."""
        await ack()
        click = _OF_ALL[body["actions"][0]["action_id"]]()
        await self._click(body, of_press(context.team_id or "", body), client, click)

    async def say(
        self, ack: AsyncAck, body: Json, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Answer the question that was asked by one of its choices."""
        await ack()
        said, where = body["actions"][0]["value"], of_press(context.team_id or "", body)
        await self._reply(
            body, where, client, said, lambda: self._app.agent.stream(said, where.conversation)
        )

    async def _click(self, body: Json, where: Where, client: AsyncWebClient, click: Click) -> None:
        await self._reply(
            body,
            where,
            client,
            click[0],
            lambda: self._app.agent.stream_click(click, where.conversation),
        )

    async def _reply(
        self, body: Json, where: Where, client: AsyncWebClient, said: str, events: Events
    ) -> None:
        if not self._app.seen(body.get("trigger_id")):
            url = body["response_url"] if whispered(body) else ""
            await self._app.reply(client, where, said, events, url)

    def _place(self, body: Json, where: Where, client: AsyncWebClient) -> Place:
        if whispered(body):
            return Whisper(body["response_url"])
        return Thread(client, where, self._app.refusals)
