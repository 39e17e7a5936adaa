"""Slack on loopback: its Web API with the limits it has, and people who write and press."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer
from moodreel.agent.channels.slack.app import SlackApp, make_slack_app
from moodreel.agent.channels.slack.places import retries
from moodreel.agent.channels.slack.where import Where
from moodreel.agent.companion import MovieAgent
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]

SECRET = "a signing secret"  # noqa: S105
TOKEN = "xoxb-of-the-tests"  # noqa: S105
TEAM, BOT, ANN, BEN = "T1", "UBOT", "UANN", "UBEN"
DIRECT, ROOM = "D1", "C1"
MOST_BLOCKS, MOST_CHARACTERS = 50, 13_200


@dataclass
class Message:
    """A message as people see it now."""

    channel: str
    thread: str | None
    ts: str
    blocks: list[Json] = field(default_factory=list)
    text: str = ""
    metadata: Json = field(default_factory=dict)
    streaming: bool = False
    edits: int = 0

    @property
    def words(self) -> str:
        """All words in it, as they are read."""
        return "\n".join(filter(None, map(words, self.blocks)))

    def actions(self) -> list[Json]:
        """Everything that can be pressed, with the block it is in."""
        blocks = [block for block in self.blocks if block["type"] == "actions"]
        return [
            {**element, "block_id": block.get("block_id", "")}
            for block in blocks
            for element in block["elements"]
        ]


def words(block: Json) -> str:
    """The words of a block: those of rich text, plain text and buttons."""
    if block["type"] == "rich_text":
        parts = [part for section in block["elements"] for part in section["elements"]]
        return "".join(
            f"<@{part['user_id']}>" if part["type"] == "user" else part["text"] for part in parts
        )
    if block["type"] == "context":
        return " ".join(element["text"] for element in block["elements"])
    return str(block["text"]["text"]) if block["type"] in ("section", "header") else ""


class Slack:
    """The workspace: what was called, and what it says next to each method."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Json]] = []
        self.messages: dict[str, Message] = {}
        self.whispers: list[Json] = []
        self.homes: dict[str, Json] = {}
        self.modals: list[Json] = []
        self.socket_url = ""
        self.faults: dict[str, list[Json]] = defaultdict(list)
        self.refuses: dict[str, str] = {}
        self.busy = asyncio.Event()
        self.busy.set()
        self.sockets: list[web.WebSocketResponse] = []
        self.acknowledged: list[Json] = []
        self._numbers = itertools.count(1)

    def called(self, method: str) -> list[Json]:
        """What a method was given, in order."""
        return [body for name, body in self.calls if name == method]

    def fail(self, method: str, **how: Any) -> None:
        """Let the next call of a method go wrong: ``error``, or ``status`` with ``headers``."""
        self.faults[method].append(how)

    def refuse(self, method: str, error: str) -> None:
        """Let every call of a method go wrong."""
        self.refuses[method] = error

    def in_thread(self, thread: str) -> list[Message]:
        """The messages of a thread, oldest first."""
        return [message for message in self.messages.values() if message.thread == thread]

    async def handle(self, request: web.Request) -> web.Response:
        """One call of the Web API."""
        method, body = request.match_info["method"], await _given(request)
        self.calls.append((method, body))
        await self.busy.wait()
        fault = self.faults[method].pop(0) if self.faults[method] else None
        if fault and "status" in fault:
            headers = fault.get("headers", {})
            return web.json_response({"ok": False}, status=fault["status"], headers=headers)
        error = fault["error"] if fault else self.refuses.get(method) or self._wrong(body)
        if error:
            return web.json_response({"ok": False, "error": error})
        return web.json_response({"ok": True, **self._do(method, body)})

    async def hook(self, request: web.Request) -> web.Response:
        """An answer to a command or a press."""
        body = await request.json()
        fault = self.faults["hook"].pop(0) if self.faults["hook"] else None
        if fault:
            return web.Response(status=fault["status"])
        self.whispers.append(body)
        return web.Response(text="ok")

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        """A connection of socket mode."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.sockets.append(socket)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self.acknowledged.append(message.json())
        return socket

    def _wrong(self, body: Json) -> str:
        """Why Slack would not take this; nothing where it would."""
        found = [body.get("blocks", []), body.get("view", {}).get("blocks", [])]
        found += [chunk.get("blocks", []) for chunk in body.get("chunks", [])]
        for blocks in found:
            names = [block["block_id"] for block in blocks if "block_id" in block]
            if len(blocks) > (100 if "view" in body else MOST_BLOCKS):
                return "invalid_blocks"
            if len(names) != len(set(names)) or not all(map(_sound, blocks)):
                return "invalid_blocks"
            if "view" not in body and len(json.dumps(blocks, ensure_ascii=False)) > MOST_CHARACTERS:
                return "msg_blocks_too_long"
        return ""

    def _do(self, method: str, body: Json) -> Json:
        if method == "apps.connections.open":
            return {"url": self.socket_url}
        if method == "auth.test":
            return {
                "user_id": BOT,
                "team_id": TEAM,
                "bot_id": "B1",
                "url": "",
                "team": "",
                "user": "",
            }
        if method in ("chat.postMessage", "chat.startStream"):
            return {"ts": self._post(method, body), "channel": body["channel"]}
        if method in ("chat.update", "chat.appendStream", "chat.stopStream"):
            self._change(method, body)
        if method == "views.publish":
            self.homes[body["user_id"]] = body["view"]
        if method == "views.open":
            self.modals.append(body["view"])
        return {}

    def _post(self, method: str, body: Json) -> str:
        ts = f"1700000000.{next(self._numbers):06d}"
        message = Message(body["channel"], body.get("thread_ts"), ts, text=body.get("text", ""))
        message.blocks = [*body.get("blocks", []), *_chunked(body)]
        message.metadata = body.get("metadata", {})
        message.streaming = method == "chat.startStream"
        self.messages[ts] = message
        return ts

    def _change(self, method: str, body: Json) -> None:
        message = self.messages[body["ts"]]
        message.edits += 1
        if method == "chat.update":
            message.blocks, message.text = body.get("blocks", []), body.get("text", "")
            message.metadata = body.get("metadata", message.metadata)
        else:
            message.blocks = [*message.blocks, *_chunked(body), *body.get("blocks", [])]
            message.streaming = method != "chat.stopStream"


def _chunked(body: Json) -> list[Json]:
    return [block for chunk in body.get("chunks", []) for block in chunk.get("blocks", [])]


def _sound(block: Json) -> bool:
    """Whether a block has something in it, and no longer text than Slack takes."""
    if block["type"] in ("section", "header"):
        return 0 < len(block["text"]["text"]) <= (150 if block["type"] == "header" else 3_000)
    if block["type"] == "rich_text":
        parts = [part for section in block["elements"] for part in section["elements"]]
        return bool(parts) and all(part.get("text") != "" for part in parts)
    if block["type"] in ("context", "actions"):
        most = 10 if block["type"] == "context" else 25
        return 0 < len(block["elements"]) <= most
    return True


async def _given(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return dict(await request.json())
    sent = {**dict(await request.post()), **dict(request.query)}
    return {name: _plain(value) for name, value in sent.items()}


def _plain(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value[:1] in ("[", "{") else value


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
async def staged(
    agent: MovieAgent, *, secret: str = SECRET, **options: Any
) -> AsyncIterator[Stage]:
    """The app for this agent, in front of a workspace of its own."""
    slack = Slack()
    served = web.Application()
    served.router.add_post("/api/{method}", slack.handle)
    served.router.add_post("/hook", slack.hook)
    served.router.add_get("/socket", slack.socket)
    async with TestServer(served) as server:
        url = str(server.make_url("")).rstrip("/")
        slack.socket_url = f"ws{url.removeprefix('http')}/socket"
        client = AsyncWebClient(token=TOKEN, base_url=f"{url}/api/", retry_handlers=retries())
        app = make_slack_app(
            agent, client=client, signing_secret=secret, **{"pause": 60, **options}
        )
        yield Stage(app, slack, url)
        await app.finish()


def conversation(user: str, channel: str, thread: str) -> str:
    """The conversation of a person in a thread."""
    return Where(TEAM, channel, thread, user).conversation
