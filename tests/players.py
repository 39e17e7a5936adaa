"""A conversation on each channel, for scripts that have to come out alike on all of them.

A channel joins with a player and one line in `CHANNELS`.
"""

from __future__ import annotations

import asyncio
import io
import json
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
from moodreel.agent.channels.discord.text import escape, prose
from moodreel.agent.channels.terminal import app
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import SqliteConversations
from moodreel.agent.edits import Edit
from moodreel.agent.records import thread_of
from moodreel.agent.replay.play import Player
from moodreel.agent.replay.players import PythonPlayer
from moodreel.agent.replay.script import Press
from moodreel.agent.reply import Pick, Reply
from moodreel.agent.session import Session
from moodreel.agent.settings import load_settings

from .discord_bot.stage import ANA, GUILD, ROOM, Discord, Network, logged_in
from .slack.stage import ANN, DIRECT, Stage, conversation, staged
from .web.served import Served

Json = dict[str, Any]
SLASHES = {
    "loved": "love", "liked": "like", "disliked": "dislike", "seen": "seen", "more_like": "more",
    "why": "why", "undo": "undo", "recommend": "films",
}  # fmt: skip
"""The slash command of the chat for each press."""


def shown(answer: Json, kept: Reply) -> Reply:
    """A reply of what a channel answered; what it doesn't show is as the agent kept it."""
    told = {name: answer[name] for name in Reply.model_fields if name in answer}
    return Reply.model_validate({**kept.model_dump(mode="json"), **told, "text": answer["reply"]})


class TerminalPlayer:
    """``moodreel ask --json`` for words, the chat's slash commands for presses.

    Each turn is a command of its own over the same data folder, as a shell script would do it.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._picks: Sequence[Pick] = ()

    async def say(self, words: str) -> Reply:
        printed = await self._run("ask", "--json", "--conversation", "c1", words)
        return self._noted(shown(json.loads(printed), await kept(self._home, "c1")))

    async def press(self, press: Press) -> Reply:
        number = next((n for n, pick in enumerate(self._picks, 1) if pick.id == press.item), "")
        by = press.dimension if press.dimension != "overall" else ""
        line = f"/{SLASHES[press.act]} {number} {by}".strip()
        printed = await self._run("chat", "--conversation", "c1", stdin=f"{line}\n")
        reply = await kept(self._home, "c1")
        understood = f"[{' '.join(reply.understood)}]\n\n" if reply.understood else ""
        assert printed == f"\n> {line}\n\n{understood}{reply.text}\n"
        return self._noted(reply)

    async def edit(self, edits: Sequence[Edit]) -> Reply:
        raise NotImplementedError("the terminal has no way to edit a profile but words")

    async def _run(self, *arguments: str, stdin: str = "") -> str:
        return await asyncio.to_thread(printed, arguments, stdin)

    def _noted(self, reply: Reply) -> Reply:
        self._picks = reply.picks or self._picks
        return reply


def printed(arguments: Sequence[str], stdin: str) -> str:
    """What a command prints to stdout."""
    typed = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    with patch.object(sys, "stdin", typed), redirect_stdout(io.StringIO()) as out:
        app(list(arguments), standalone_mode=False)
    return out.getvalue()


class DiscordPlayer:
    """A bot on Discord: a command for words, what stands under the last list for presses."""

    def __init__(self, discord: Discord) -> None:
        self._discord = discord
        self._list: Json = {}
        self._here = Session(f"discord-{GUILD}", str(ROOM), "", str(ANA))

    async def say(self, words: str) -> Reply:
        return await self._noted(await self._discord.command("movie", wish=words))

    async def press(self, press: Press) -> Reply:
        if press.act == "recommend" and not self._list:
            return await self._noted(await self._discord.command("movie"))
        if press.act in ("undo", "recommend"):
            pressed = await self._discord.press(self._list, f"mr:turn:{press.act}:{ANA}")
            return await self._noted(pressed)
        kind = "like" if press.act == "more_like" else "felt"
        value = f"{press.act}:{press.dimension}:{press.item}"
        return await self._noted(
            await self._discord.press(self._list, f"mr:film:{kind}:{ANA}", value)
        )

    async def edit(self, edits: Sequence[Edit]) -> Reply:
        raise NotImplementedError("Discord has no way to edit a profile but words and taking back")

    async def _noted(self, shown: Json) -> Reply:
        agent = self._discord.bot.agent
        reply = (await agent.replies(self._here))[-1]
        if reply.picks:
            self._list = shown
            named = [field["name"] for field in shown["embeds"][0]["fields"]]
            titles = [f"{n}. {escape(p.title)} ({p.year})" for n, p in enumerate(reply.picks, 1)]
            assert named[: len(titles)] == titles
        else:
            assert prose(reply.text.splitlines()[0]) in shown["content"]
        return reply


class PagePlayer:
    """The page's named endpoints, called over HTTP as any program can."""

    def __init__(self, client: httpx.Client, home: Path) -> None:
        self._client = client
        self._home = home
        self._mine: tuple[str, str] = ("", "")
        """Conversation and owner."""

    async def say(self, words: str) -> Reply:
        return await self._call("send", words, *self._mine)

    async def press(self, press: Press) -> Reply:
        if press.act in ("undo", "recommend"):
            return await self._call(press.act, *self._mine)
        return await self._call("feedback", press.item, press.act, *self._mine, press.dimension)

    async def edit(self, edits: Sequence[Edit]) -> Reply:
        return await self._call(
            "edit", [each.model_dump(mode="json") for each in edits], *self._mine
        )

    async def _call(self, endpoint: str, *given: object) -> Reply:
        answer = await asyncio.to_thread(self._answer, endpoint, given)
        self._mine = (answer["conversation"], answer["owner"])
        return shown(answer, await kept(self._home, self._mine[0]))

    def _answer(self, endpoint: str, given: Sequence[object]) -> Json:
        """One call as Gradio has it: an event is begun, and its stream ends with the answer."""
        path = f"gradio_api/call/{endpoint}"
        begun = self._client.post(path, json={"data": given}).raise_for_status().json()
        stream = self._client.get(f"{path}/{begun['event_id']}").raise_for_status().text
        event, data = stream.strip().rpartition("event: ")[2].split("\ndata: ")
        assert event == "complete", stream
        return dict(json.loads(data)[0])


class SlackPlayer:
    """A direct message to the Slack app: words in a thread, presses below its answers."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._thread: str | None = None

    async def say(self, words: str) -> Reply:
        typed = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        self._thread = await self._stage.write(typed, thread=self._thread)
        return await self._answered()

    async def press(self, press: Press) -> Reply:
        film = f"pick {press.item}" if press.item else ""
        shown = self._stage.slack.in_thread(self._thread or "")
        button = next(
            each
            for message in reversed(shown)
            for each in message.actions()
            if each["action_id"] == f"moodreel_{press.act}" and film in ("", each["block_id"])
        )
        way = press.dimension if press.act == "more_like" else None
        await self._stage.press(button, thread=self._thread or "", choice=way)
        return await self._answered()

    async def edit(self, edits: Sequence[Edit]) -> Reply:
        raise NotImplementedError("Slack has no way to add to a profile but words and presses")

    async def _answered(self) -> Reply:
        """The reply as it is kept; the thread shows its words and its films, in order."""
        name = conversation(ANN, DIRECT, self._thread or "")
        reply = (await self._stage.app.agent.replies(name))[-1]
        shown = self._stage.slack.in_thread(self._thread or "")[-1].words
        films = [shown.index(f"{n}. {pick.title}") for n, pick in enumerate(reply.picks, 1)]
        assert films == sorted(films)
        parts = [*reply.understood, *(pick.reason.replace("*", "") for pick in reply.picks)]
        assert all(part in shown for part in parts)
        return reply


async def kept(home: Path, conversation: str) -> Reply:
    """The last reply as it is stored in a data folder, with the profile of then."""
    stored = await SqliteConversations.open(home / "conversations.sqlite")
    try:
        found = await stored.saver.aget_tuple(thread_of(conversation))
    finally:
        await stored.close()
    assert found is not None
    state = found.checkpoint["channel_values"]
    return Reply.model_validate({**state["replies"][-1], "profile": state["profile"]})


@asynccontextmanager
async def python(home: Path) -> AsyncIterator[Player]:
    """A conversation through `MovieAgent`."""
    async with await MovieAgent.open(load_settings(home=home)) as agent:
        yield PythonPlayer(agent, "c1")


@asynccontextmanager
async def terminal(home: Path) -> AsyncIterator[Player]:
    """A conversation at the command line."""
    yield TerminalPlayer(home)


@asynccontextmanager
async def discord(home: Path) -> AsyncIterator[Player]:
    """A conversation with the bot in a room of a server."""
    async with await MovieAgent.open(load_settings(home=home)) as agent:
        yield DiscordPlayer(await logged_in(agent, Network()))


@asynccontextmanager
async def page(home: Path) -> AsyncIterator[Player]:
    """A conversation with a page that is served by a process of its own."""
    with Served(home) as served, httpx.Client(base_url=served.url, timeout=60) as client:
        yield PagePlayer(client, home)


@asynccontextmanager
async def slack(home: Path) -> AsyncIterator[Player]:
    """A conversation with the Slack app, before a workspace on loopback."""
    async with (
        await MovieAgent.open(load_settings(home=home)) as agent,
        staged(agent) as stage,
    ):
        yield SlackPlayer(stage)


CHANNELS: dict[str, Callable[[Path], AbstractAsyncContextManager[Player]]] = {
    "python": python,
    "terminal": terminal,
    "page": page,
    "slack": slack,
    "discord": discord,
}
"""Every channel, by name: a data folder becomes a player."""
