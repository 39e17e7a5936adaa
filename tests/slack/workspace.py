"""A Slack workspace on loopback: its Web API, with the limits and faults that Slack has."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

Json = dict[str, Any]

TEAM, BOT = "T1", "UBOT"
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
