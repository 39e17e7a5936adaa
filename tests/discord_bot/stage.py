"""Discord without a gateway: discord.py parses what Discord would send, and every HTTP call is
recorded where discord.py hands it to the network, so that its own retries run too."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self
from unittest.mock import patch

import discord
from moodreel.agent.channels.discord.bot import MoodreelBot, make_discord_bot
from moodreel.agent.companion import MovieAgent
from moodreel.agent.session import Session

Json = dict[str, Any]
BOT, GUILD, ROOM, THREAD, DIRECT = 1, 500, 600, 601, 700
ANA, BEN, CLEO = 10, 11, 12
NAMES = {BOT: "moodreel", ANA: "Ana", BEN: "Ben", CLEO: "Cleo"}
HERE = Session(f"discord-{GUILD}", str(ROOM), "", str(ANA))
"""Ana's conversation in the room."""
FUNNY = "something funny, no horror"
ALL = str(discord.Permissions.all().value)
NO_POLLS = str(discord.Permissions(send_messages=True).value)


@dataclass(frozen=True)
class Call:
    """One HTTP call: method, path behind the version, and its JSON."""

    method: str
    path: str
    data: Json

    @property
    def message(self) -> Json:
        """What the message shows, wherever it stands in the call."""
        return dict(self.data.get("data") or self.data)

    @property
    def shows(self) -> bool:
        """Whether it writes a message."""
        if self.kind == "callback":
            return self.data.get("type") in (4, 7)
        return self.kind in ("answer", "follow-up", "message", "edit")

    @property
    def kind(self) -> str:
        """What the call does, in a word."""
        for name, method, pattern in _KINDS:
            if method == self.method and re.fullmatch(pattern, self.path):
                return name
        return "other"


_KINDS = (
    ("callback", "POST", r"interactions/\d+/\w+/callback"),
    ("answer", "PATCH", r"webhooks/\d+/\w+/messages/@original"),
    ("follow-up", "POST", r"webhooks/\d+/\w+"),
    ("message", "POST", r"channels/\d+/messages"),
    ("edit", "PATCH", r"channels/\d+/messages/\d+"),
    ("reaction", "PUT", r"channels/\d+/messages/\d+/reactions/.+"),
    ("commands", "PUT", r"applications/\d+/commands"),
)


@dataclass
class Fault:
    """What Discord answers instead, so many times, to calls of a kind."""

    kind: str
    status: int
    code: int = 0
    times: int = 1
    retry_after: float | None = None


class _Response:
    def __init__(self, status: int, data: Any) -> None:
        self.status, self._text = status, json.dumps(data)
        self.reason = "as the test wants it"
        self.headers = {"content-type": "application/json", "Via": "a proxy"}

    async def text(self, encoding: str = "utf-8") -> str:
        return self._text

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        return None


class Network:
    """Stands where aiohttp's session would: records calls, and answers as Discord does."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self._number = 9_000

    def __call__(self, *args: Any, **options: Any) -> Self:
        return self

    async def close(self) -> None:
        """Nothing is open."""

    def request(self, method: str, url: str, **options: Any) -> _Response:
        """Record a call and answer it."""
        path = url.partition("/v10/")[2].partition("?")[0]
        data = options.get("json") or json.loads(options.get("data") or "{}")
        call = Call(method, path, data if isinstance(data, dict) else {"all": data})
        self.calls.append(call)
        fault = next((f for f in self.faults if f.kind == call.kind and f.times), None)
        if fault is None:
            return _Response(200, self._answered(call))
        fault.times -= 1
        said: Json = {"code": fault.code, "message": "as the test wants it"}
        if fault.retry_after is not None:
            said |= {"retry_after": fault.retry_after, "global": False}
        return _Response(fault.status, said)

    def _answered(self, call: Call) -> Any:
        if call.path == "users/@me":
            return user_of(BOT)
        if call.path == "oauth2/applications/@me":
            return application()
        if call.kind == "commands":
            return []
        if call.kind == "callback":
            return {"interaction": {"id": "1", "type": 2, "response_message_loading": True}}
        if call.path == "users/@me/channels":
            return {"id": str(DIRECT), "type": 1, "recipients": [user_of(ANA)]}
        self._number += 1
        return message_of(self._number, call)

    def of(self, kind: str) -> list[Call]:
        """The calls of a kind."""
        return [call for call in self.calls if call.kind == kind]

    @property
    def last(self) -> Json:
        """What the last message shows."""
        shown = [c for c in self.calls if c.shows]
        return shown[-1].message if shown else {}


def user_of(user: int) -> Json:
    name = NAMES[user]
    return {"id": str(user), "username": name.lower(), "global_name": name, "discriminator": "0",
            "avatar": None, "bot": user == BOT}  # fmt: skip


def application() -> Json:
    return {"id": str(BOT), "name": "moodreel", "description": "", "icon": None,
            "bot_public": True, "bot_require_code_grant": False, "verify_key": "",
            "flags": 0, "summary": "", "owner": user_of(BOT)}  # fmt: skip


def member_of(user: int) -> Json:
    return {"user": user_of(user), "roles": [], "joined_at": "2024-01-01T00:00:00+00:00",
            "deaf": False, "mute": False, "flags": 0, "permissions": ALL, "nick": None}  # fmt: skip


def message_of(number: int, call: Call) -> Json:
    """The message that a call has written."""
    shown = call.message
    embeds = shown.get("embeds") or []
    found = re.match(r"channels/(\d+)", call.path)
    return {
        "id": str(number), "channel_id": found[1] if found else str(ROOM),
        "author": user_of(BOT), "content": shown.get("content") or "",
        "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "tts": False,
        "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [],
        "embeds": [{"type": "rich", **each} for each in embeds], "pinned": False, "type": 0,
        "components": shown.get("components") or [], "flags": 0,
    }  # fmt: skip


def channel_of(where: int) -> Json:
    if where == DIRECT:
        return {"id": str(DIRECT), "type": 1, "recipients": [user_of(ANA)], "last_message_id": None}
    if where == THREAD:
        return {"id": str(THREAD), "type": 11, "name": "films", "parent_id": str(ROOM),
                "guild_id": str(GUILD), "owner_id": str(ANA), "message_count": 1,
                "member_count": 2, "rate_limit_per_user": 0, "flags": 0,
                "thread_metadata": {"archived": False, "auto_archive_duration": 60, "locked": False,
                                    "archive_timestamp": "2024-01-01T00:00:00+00:00"}}  # fmt: skip
    return {"id": str(ROOM), "type": 0, "name": "films", "position": 0, "permission_overwrites": [],
            "parent_id": None, "nsfw": False, "guild_id": str(GUILD)}  # fmt: skip


class Discord:
    """A bot that is logged in, and everything that people do to it."""

    def __init__(self, bot: MoodreelBot, network: Network) -> None:
        self.bot, self.network = bot, network
        self._number = 100

    async def command(
        self, name: str, *, user: int = ANA, where: int = ROOM, **options: str
    ) -> Json:
        """Somebody uses a slash command; what the last message then shows."""
        given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        data = {"id": "1", "name": name, "type": 1, "options": given}
        return await self.interaction(2, data, user=user, where=where)

    async def press(
        self,
        shown: Json,
        custom_id: str,
        *values: str,
        user: int = ANA,
        where: int = ROOM,
        number: int = 9_001,
        permissions: str = ALL,
    ) -> Json:
        """Somebody presses something on a message as it is shown; what the last message then
        shows."""
        pressed = next(
            each for row in shown["components"] for each in row["components"]
            if each["custom_id"] == custom_id
        )  # fmt: skip
        data = {"custom_id": custom_id, "component_type": pressed["type"], "values": list(values)}
        on = message_of(number, Call("POST", f"channels/{where}/messages", shown))
        return await self.interaction(
            3, data, user=user, where=where, message=on, permissions=permissions
        )

    async def submit(
        self, shown: Json, custom_id: str, text: str, *, user: int = ANA, number: int = 9_001
    ) -> Json:
        """Somebody sends off a dialog that was opened from a message."""
        field = {"type": 4, "custom_id": "field", "value": text}
        data = {"custom_id": custom_id, "components": [{"type": 1, "components": [field]}]}
        on = message_of(number, Call("POST", f"channels/{ROOM}/messages", shown))
        return await self.interaction(5, data, user=user, where=ROOM, message=on)

    async def interaction(
        self,
        kind: int,
        data: Json,
        *,
        user: int,
        where: int,
        message: Json | None = None,
        permissions: str = ALL,
    ) -> Json:
        """An interaction as the gateway sends it."""
        self._number += 1
        payload: Json = {
            "id": str(self._number), "application_id": str(BOT), "type": kind, "data": data,
            "token": f"token{self._number}", "version": 1, "channel": channel_of(where),
            "channel_id": str(where), "locale": "en-GB", "app_permissions": permissions,
            "entitlements": [], "attachment_size_limit": 1, "context": 0,
            "authorizing_integration_owners": {},
        }  # fmt: skip
        if where == DIRECT:
            payload["user"] = user_of(user)
        else:
            payload |= {"guild_id": str(GUILD), "member": member_of(user)}
        if message is not None:
            payload["message"] = message
        await self._settled(lambda: self.bot._connection.parse_interaction_create(payload))  # type: ignore[arg-type]
        return self.network.last

    async def write(
        self, text: str, *, user: int = ANA, where: int = DIRECT, mentions: bool = False
    ) -> Json:
        """Somebody writes a message."""
        self._number += 1
        payload = message_of(self._number, Call("POST", f"channels/{where}/messages", {}))
        payload |= {"author": user_of(user), "content": text}
        payload["mentions"] = [user_of(BOT)] if mentions else []
        if where != DIRECT:
            payload |= {"guild_id": str(GUILD), "member": member_of(user)}
        await self._settled(lambda: self.bot._connection.parse_message_create(payload))  # type: ignore[arg-type]
        return self.network.last

    async def _settled(self, begin: Callable[[], None]) -> None:
        """Do something, and wait until all that it began has ended."""
        before = asyncio.all_tasks()
        begin()
        while begun := asyncio.all_tasks() - before:
            await asyncio.wait(begun)


@contextmanager
def connected(network: Network) -> Iterator[None]:
    """Every bot that logs in meanwhile has this network."""
    with patch("discord.http.aiohttp.ClientSession", network):
        yield


async def logged_in(agent: MovieAgent, network: Network) -> Discord:
    """A new bot over an agent, as it is after it has started."""
    bot = make_discord_bot(agent)
    with connected(network):
        await bot.login("token")
    guild: Any = {
        "id": str(GUILD), "name": "Film club", "channels": [channel_of(ROOM)], "members": [],
        "threads": [channel_of(THREAD)], "roles": [], "emojis": [], "features": [],
        "member_count": 3, "owner_id": str(ANA), "unavailable": False,
    }  # fmt: skip
    bot._connection._add_guild_from_data(guild)
    return Discord(bot, network)


def films(shown: Json) -> list[str]:
    """The names of the films of an embed."""
    names = [str(field["name"]) for field in shown["embeds"][0]["fields"]]
    return [name.partition(". ")[2] for name in names if ". " in name]


def saying(shown: Json, act: str, dimension: str = "overall") -> str:
    """What is said of the first film, as a value of a select."""
    options = [o for row in shown["components"][:2] for o in row["components"][0]["options"]]
    values = [str(option["value"]) for option in options]
    return next(value for value in values if value.startswith(f"{act}:{dimension}:"))


def custom_ids(shown: Json) -> list[str]:
    return [each["custom_id"] for row in shown["components"] for each in row["components"]]
