"""What the Discord bot answers: commands, mentions, direct messages, threads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from moodreel.agent.channels.discord import text
from moodreel.agent.channels.discord.bot import MoodreelBot
from moodreel.agent.reply import Event, Reply
from moodreel.agent.session import Session

from ..conftest import ROOT
from .stage import (
    ANA,
    BEN,
    DIRECT,
    FUNNY,
    GUILD,
    HERE,
    ROOM,
    THREAD,
    Discord,
    Network,
    connected,
    custom_ids,
    films,
)


async def test_it_tells_its_commands_at_start(discord: Discord) -> None:
    [call] = discord.network.of("commands")
    assert [each["name"] for each in call.data["all"]] == [
        "movie", "similar", "profile", "forget", "movienight",
    ]  # fmt: skip
    assert all(each["contexts"] == [0, 1] for each in call.data["all"]), "servers and direct"


async def test_a_wish_is_deferred_at_once_and_answered_as_an_embed(discord: Discord) -> None:
    shown = await discord.command("movie", wish=FUNNY)
    reply = (await discord.bot.agent.replies(HERE))[-1]
    assert discord.network.calls[3].kind == "callback"
    assert discord.network.calls[3].data["type"] == 5, "the promise of an answer comes first"
    assert films(shown) == [text.escape(p.title) + f" ({p.year})" for p in reply.picks]
    assert custom_ids(shown) == [
        "mr:film:like:10", "mr:film:felt:10", "mr:turn:recommend:10", "mr:turn:undo:10",
    ]  # fmt: skip


async def test_nobody_is_ever_mentioned(discord: Discord) -> None:
    await discord.command("movie", wish="I loved @everyone <@11> [x](https://x.org)")
    await discord.write("hello <@1> @here", where=ROOM, mentions=True)
    await discord.command("movienight")
    said = [call for call in discord.network.calls if call.shows]
    assert said and all(call.message["allowed_mentions"] == {"parse": []} for call in said)
    assert not any("<@" in str(call.message.get("content")) for call in said)


async def test_mentions_direct_messages_and_threads_are_their_own_conversations(
    discord: Discord,
) -> None:
    await discord.write("I love Paddington 2")
    await discord.write("<@1> something scary", where=ROOM, mentions=True)
    await discord.write("<@1> something slow", where=THREAD, mentions=True, user=BEN)
    await discord.write("not for you", where=ROOM, user=BEN)
    assert sorted(await discord.bot.agent.conversations()) == sorted([
        Session("discord-direct", str(DIRECT), "", str(ANA)).key,
        HERE.key,
        Session(f"discord-{GUILD}", str(ROOM), str(THREAD), str(BEN)).key,
    ])  # fmt: skip
    room, *_ = [call for call in discord.network.of("message") if str(ROOM) in call.path]
    assert room.message["message_reference"]["fail_if_not_exists"] is False


async def test_similar_finds_the_film_or_asks_which(discord: Discord) -> None:
    shown = await discord.command("similar", title="Heat (1995)", by="mood")
    assert len(films(shown)) == 5
    assert (await discord.bot.agent.replies(HERE))[-1].understood[0].startswith("The mood of Heat")
    asked = await discord.command("similar", title="Dune", user=BEN)
    assert "Which “Dune”" in asked["content"]
    answered = await discord.press(asked, "mr:say:11", "Dune (1984, David Lynch)", user=BEN)
    assert len(films(answered)) == 5


async def test_titles_are_completed(discord: Discord) -> None:
    typed = {"name": "title", "type": 3, "value": "paddi", "focused": True}
    data = {"id": "1", "name": "similar", "type": 1, "options": [typed]}
    await discord.interaction(4, data, user=ANA, where=ROOM)
    choices = discord.network.calls[-1].data["data"]["choices"]
    assert {"name": "Paddington (2014)", "value": "Paddington (2014)"} in choices


async def test_a_long_answer_comes_in_parts(
    discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = "\n\n".join(f"{n}: " + "word " * 150 for n in range(8))

    async def stream(*_: Any) -> AsyncIterator[Any]:
        yield Event(event="reply", reply=Reply(conversation="c", turn=1, text=whole))

    monkeypatch.setattr(discord.bot.agent, "stream", stream)
    await discord.command("movie", wish="tell me everything")
    parts = [call.message["content"] for call in discord.network.calls if call.shows]
    assert all(len(part) <= text.MESSAGE for part in parts) and len(parts) > 2
    assert " ".join(" ".join(parts).split()) == " ".join(whole.split())


async def test_the_example_answers(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network()

    async def start(bot: MoodreelBot, token: str) -> None:
        """Start without a gateway, hear one message, and end."""
        await bot.login(token)
        await Discord(bot, network).write("a western")

    monkeypatch.setenv("MOODREEL_HOME", str(home))
    monkeypatch.setenv("MOODREEL_DISCORD_TOKEN", "token")
    monkeypatch.setattr(MoodreelBot, "start", start)
    source = (ROOT / "examples" / "discord_bot.py").read_text(encoding="utf-8")
    told: dict[str, Any] = {"__name__": "example"}
    exec(compile(source, "discord_bot.py", "exec"), told)  # noqa: S102 - our own example
    with connected(network):
        await told["main"]()
    assert len(films(network.last)) == 5
