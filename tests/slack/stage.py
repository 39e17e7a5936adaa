"""People who write and press in Slack, and the app that answers them."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.test_utils import TestServer
from moodreel.agent.channels.slack.app import SlackApp, make_slack_app
from moodreel.agent.channels.slack.places import retries
from moodreel.agent.channels.slack.where import Where
from moodreel.agent.companion import MovieAgent
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from .workspace import BOT, MOST_BLOCKS, MOST_CHARACTERS, TEAM, Message, Slack, words

__all__ = [
    "ANN", "BEN", "BOT", "DIRECT", "MOST_BLOCKS", "MOST_CHARACTERS", "ROOM", "SECRET", "TEAM",
    "Message", "Slack", "Stage", "conversation", "serving", "staged", "words",
]  # fmt: skip

Json = dict[str, Any]

SECRET = "a signing secret"  # noqa: S105
TOKEN = "xoxb-of-the-tests"  # noqa: S105
ANN, BEN = "UANN", "UBEN"
DIRECT, ROOM = "D1", "C1"


class Stage:
    """The app in front of the workspace, and what people do there."""

    def __init__(self, app: SlackApp, slack: Slack, url: str) -> None:
        self.app = app
        self.slack = slack
        self._url = url
        self._events = itertools.count(1)
        self._times = itertools.count(1)
        self._heard = 0
        self._done = asyncio.Event()
        handler = app.listener_runner.listener_completion_handler
        app.listener_runner.listener_completion_handler = self  # type: ignore[assignment]
        self._after = handler.handle

    async def handle(self, request: Any, response: Any) -> None:
        """Note that a listener has come to its end."""
        await self._after(request, response)
        self._done.set()

    async def send(
        self, body: str, kind: str, *, listens: bool = True, **headers: str
    ) -> BoltResponse:
        """One request as Slack makes it, and all that it leads to."""
        stamp = str(int(time.time()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
        given = {
            "content-type": kind,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": signature or "",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        self._done.clear()
        response = await self.app.async_dispatch(
            AsyncBoltRequest(body=body, headers={name: [value] for name, value in given.items()})
        )
        if listens and response.status == 200:
            await asyncio.wait_for(self._done.wait(), 60)
        return response

    async def event(self, event: Json, event_id: str = "", **options: Any) -> BoltResponse:
        """An event; with an id it can come again."""
        body = {
            "token": "", "team_id": TEAM, "api_app_id": "A1", "type": "event_callback",
            "event": event, "event_id": event_id or f"Ev{next(self._events)}",
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        }  # fmt: skip
        return await self.send(json.dumps(body), "application/json", **options)

    def now(self) -> str:
        """A timestamp later than all before it."""
        return f"1600000000.{next(self._times):06d}"

    async def write(
        self, text: str, *, user: str = ANN, thread: str | None = None, channel: str = DIRECT,
        settle: bool = True, **more: Any,
    ) -> str:  # fmt: skip
        """Somebody writes; the thread in which the answer is."""
        ts = more.pop("ts", None) or self.now()
        event = {"type": "message", "channel": channel, "user": user, "text": text, "ts": ts}
        event["channel_type"] = "im" if channel.startswith("D") else "channel"
        if thread:
            event["thread_ts"] = thread
        if f"<@{BOT}>" in text and not channel.startswith("D"):
            event["type"] = "app_mention"
        options = {name: more.pop(name) for name in ("event_id", "listens") if name in more}
        await self.event({**event, **more}, **options)
        if settle:
            await self.settled()
        return thread or ts

    async def press(
        self, action: Json, *, user: str = ANN, thread: str = "", channel: str = DIRECT,
        whispered: bool = False, settle: bool = True, **more: Any,
    ) -> None:  # fmt: skip
        """Somebody presses a button, or chooses in a menu (``choice``)."""
        choice = more.pop("choice", None)
        pressed = {**action, "action_ts": self.now(), "type": action.get("type", "button")}
        if choice:
            pressed["selected_option"] = {"value": choice}
        place = {"type": "message", "is_ephemeral": whispered, "channel_id": channel}
        body = {
            "type": "block_actions", "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM},
            "api_app_id": "A1", "trigger_id": f"trigger{next(self._events)}", "container": place,
            "channel": {"id": channel}, "actions": [pressed], "response_url": f"{self._url}/hook",
            **({} if whispered else {"message": {"ts": thread, "thread_ts": thread}}), **more,
        }  # fmt: skip
        form = urlencode({"payload": json.dumps(body)})
        await self.send(form, "application/x-www-form-urlencoded")
        if settle:
            await self.settled()

    async def press_home(self, action: Json, user: str = ANN) -> None:
        """Somebody presses a button of their Home tab, which is in no channel."""
        pressed = {**action, "action_ts": self.now(), "type": "button"}
        body = {
            "type": "block_actions", "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM},
            "api_app_id": "A1", "trigger_id": f"trigger{next(self._events)}", "actions": [pressed],
            "container": {"type": "view", "view_id": "V1"}, "view": {"id": "V1", "type": "home"},
        }  # fmt: skip
        form = urlencode({"payload": json.dumps(body)})
        await self.send(form, "application/x-www-form-urlencoded")
        await self.settled()

    async def command(self, text: str, *, user: str = ANN, channel: str = ROOM) -> None:
        """Somebody uses the slash command."""
        body = {
            "command": "/moodreel", "text": text, "team_id": TEAM, "user_id": user,
            "channel_id": channel, "response_url": f"{self._url}/hook", "api_app_id": "A1",
            "trigger_id": f"trigger{next(self._events)}",
        }  # fmt: skip
        await self.send(urlencode(body), "application/x-www-form-urlencoded")
        await self.settled()

    async def submit(self, view: Json, values: Mapping[str, Json], user: str = ANN) -> None:
        """Somebody saves a modal with these values instead of those it came with."""
        state = {
            block["block_id"]: _initial(block) for block in view["blocks"] if "element" in block
        }
        body = {
            "type": "view_submission", "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM},
            "api_app_id": "A1", "trigger_id": f"trigger{next(self._events)}",
            "view": {**view, "state": {"values": {**state, **values}}},
        }  # fmt: skip
        form = urlencode({"payload": json.dumps(body)})
        await self.send(form, "application/x-www-form-urlencoded")
        await self.settled()

    async def opens(self, tab: str, user: str = ANN) -> None:
        """Somebody opens a tab of the app."""
        await self.event({"type": "app_home_opened", "user": user, "channel": DIRECT, "tab": tab})

    async def settled(self) -> None:
        """Wait until all that was asked is answered."""
        await self.app.finish(120)


def _initial(block: Json) -> Json:
    element = block["element"]
    if element["type"] == "checkboxes":
        return {element["action_id"]: {"selected_options": element["initial_options"]}}
    if element["type"] == "plain_text_input":
        return {element["action_id"]: {"value": element.get("initial_value")}}
    return {element["action_id"]: {"selected_option": element["initial_option"]}}


@asynccontextmanager
async def serving(slack: Slack) -> AsyncIterator[str]:
    """A workspace at an address of its own."""
    served = web.Application()
    served.router.add_post("/api/{method}", slack.handle)
    served.router.add_post("/hook", slack.hook)
    served.router.add_get("/socket", slack.socket)
    async with TestServer(served) as server:
        url = str(server.make_url("")).rstrip("/")
        slack.socket_url = f"ws{url.removeprefix('http')}/socket"
        yield url


@asynccontextmanager
async def staged(
    agent: MovieAgent, *, secret: str = SECRET, **options: Any
) -> AsyncIterator[Stage]:
    """The app for this agent, in front of a workspace of its own."""
    slack = Slack()
    async with serving(slack) as url:
        client = AsyncWebClient(token=TOKEN, base_url=f"{url}/api/", retry_handlers=retries())
        app = make_slack_app(
            agent, client=client, signing_secret=secret, **{"pause": 60, **options}
        )
        yield Stage(app, slack, url)
        await app.finish()


def conversation(user: str, channel: str, thread: str) -> str:
    """The conversation of a person in a thread."""
    return Where(TEAM, channel, thread, user).conversation
