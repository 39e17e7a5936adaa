"""Every fault of docs/discord.md, and what happens then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import pytest
from discord import GatewayNotFound, LoginFailure, PrivilegedIntentsRequired
from moodreel.agent.channels.discord import text
from moodreel.agent.channels.discord.places import NOT_ALLOWED, Shown
from moodreel.agent.channels.discord.talking import answer
from moodreel.agent.channels.failure import SORRY
from moodreel.agent.reply import Event, Reply
from moodreel.agent.settings import load_settings
from moodreel.errors import BadSettings, UsageError

from ..shell import Shell
from .stage import (
    ANA,
    BEN,
    DIRECT,
    FUNNY,
    HERE,
    ROOM,
    Discord,
    Fault,
    films,
)


async def test_an_interaction_that_ran_out_is_answered_in_its_channel(discord: Discord) -> None:
    discord.network.faults += [Fault("callback", 404, 10_062), Fault("answer", 404, 10_015)]
    shown = await discord.command("movie", wish=FUNNY)
    assert discord.network.calls[-1].path == f"channels/{ROOM}/messages"
    assert len(films(shown)) == 5


async def test_what_is_private_never_goes_to_a_channel(discord: Discord) -> None:
    discord.network.faults.append(Fault("answer", 401, 50_027))
    await discord.command("profile")
    assert discord.network.calls[-1].path == f"channels/{DIRECT}/messages"


def run_out(discord: Discord) -> None:
    """The next interaction has run out before anything could be promised."""
    discord.network.faults = [Fault("callback", 404, 10_062), Fault("answer", 404, 10_015)]


async def test_what_is_private_comes_and_is_taken_back_where_the_interaction_ran_out_at_once(
    discord: Discord,
) -> None:
    await discord.command("movie", wish=FUNNY)
    run_out(discord)
    shown = await discord.command("profile")
    assert discord.network.calls[-1].path == f"channels/{DIRECT}/messages"
    entries = {o["label"]: o["value"] for o in shown["components"][0]["components"][0]["options"]}
    run_out(discord)
    left = await discord.press(shown, "mr:entry:10", entries["No horror."])
    assert discord.network.calls[-1].path == f"channels/{DIRECT}/messages"
    assert "No horror" not in left["embeds"][0]["description"]


async def test_what_shall_be_forgotten_is_where_the_interaction_ran_out_at_once(
    discord: Discord,
) -> None:
    await discord.command("movie", wish=FUNNY)
    run_out(discord)
    asked = await discord.command("forget")
    run_out(discord)
    assert (await discord.press(asked, "mr:forget:all:10"))["content"].startswith("Forgotten")
    assert discord.network.calls[-1].path == f"channels/{DIRECT}/messages"
    assert await discord.bot.agent.conversations() == []


async def test_a_night_goes_on_where_its_interactions_ran_out_at_once(discord: Discord) -> None:
    run_out(discord)
    shown = await discord.command("movienight")
    shown = await discord.submit(shown, "mr:wish:9001", FUNNY)
    run_out(discord)
    await discord.press(shown, "mr:night:go")
    begun, found = discord.network.of("message")
    assert begun.path == found.path == f"channels/{ROOM}/messages"
    assert len(films(found.message)) == 5


async def test_where_it_may_not_write_it_writes_to_the_person(discord: Discord) -> None:
    discord.network.faults.append(Fault("message", 403, 50_013, times=2))
    await discord.write("<@1> something funny", where=ROOM, mentions=True)
    sent = [call for call in discord.network.of("message") if str(DIRECT) in call.path]
    assert sent[0].message["content"] == NOT_ALLOWED
    assert len(films(sent[1].message)) == 5


async def test_an_answer_that_was_deleted_meanwhile_is_written_anew(discord: Discord) -> None:
    discord.network.faults.append(Fault("answer", 404, 10_008))
    shown = await discord.command("movie", wish=FUNNY)
    assert discord.network.calls[-1].kind == "message" and len(films(shown)) == 5


async def test_a_rate_limit_is_waited_for(discord: Discord) -> None:
    discord.network.faults.append(Fault("answer", 429, retry_after=0.01, times=2))
    shown = await discord.command("movie", wish=FUNNY)
    assert len(films(shown)) == 5 and not discord.network.faults[0].times


async def test_a_server_error_is_tried_again_and_then_given_up(
    discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = _without_waiting(monkeypatch)
    discord.network.faults.append(Fault("answer", 502, times=2))
    assert len(films(await discord.command("movie", wish=FUNNY))) == 5
    discord.network.faults.append(Fault("answer", 503, times=1_000))
    await discord.command("movie", wish=FUNNY)
    assert at_once and (await discord.command("profile", user=BEN)) is not None, "it goes on"
    assert len(await discord.bot.agent.replies(HERE)) == 2


def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """discord.py's pauses take no time; how long they would have been."""
    import asyncio  # noqa: PLC0415

    waited: list[float] = []
    sleep = asyncio.sleep

    async def at_once(seconds: float, *_: Any) -> None:
        waited.append(seconds)
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", at_once)
    return waited


async def test_what_breaks_inside_is_said_in_a_sentence_and_logged_without_what_was_said(
    discord: Discord, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*said: Any, **_: Any) -> Any:
        raise RuntimeError(f"broken over {said}")

    async def stream(*said: Any) -> AsyncIterator[Any]:
        yield await broken(*said)

    agent = discord.bot.agent
    for name, instead in (("stream", stream), ("movie_night", broken), ("profile_now", broken)):
        monkeypatch.setattr(agent, name, instead)
    with caplog.at_level(logging.INFO):
        assert (await discord.command("movie", wish="zorblax"))["content"] == text.escape(SORRY)
        shown = await discord.command("movienight")
        shown = await discord.submit(shown, "mr:wish:9001", "zorblax", user=ANA)
        assert (await discord.press(shown, "mr:night:go", user=ANA))["content"] == SORRY
        assert (await discord.command("profile"))["content"] == SORRY
    assert caplog.text.count("failed: RuntimeError") == 3
    assert "zorblax" not in caplog.text


async def test_wishes_that_are_no_messages_are_refused_in_a_sentence(discord: Discord) -> None:
    said = await discord.command("movie", wish="\u200b")
    assert "The message is empty" in said["content"]


def test_a_token_that_is_none_is_refused() -> None:
    with pytest.raises(BadSettings, match="discord_token has characters that no key has"):
        load_settings(discord_token="a b")  # noqa: S106
    token = load_settings(discord_token=" ab ").discord_token  # noqa: S106
    assert token is not None and token.get_secret_value() == "ab" and "ab" not in repr(token)


async def test_where_embeds_are_not_allowed_the_list_comes_in_words(discord: Discord) -> None:
    discord.network.faults.append(Fault("message", 403, 50_013))
    shown = await discord.write("<@1> something funny", where=ROOM, mentions=True)
    reply = (await discord.bot.agent.replies(HERE))[-1]
    assert not shown.get("embeds") and shown["components"], "what can be pressed is there"
    assert all(text.escape(pick.title) in shown["content"] for pick in reply.picks)


async def test_an_answer_grows_and_edits_are_not_too_many(discord: Discord) -> None:
    shown: list[str] = []
    clock = iter(range(100))

    class Place:
        async def show(self, what: Shown) -> None:
            shown.append(what.content)

        async def more(self, content: str) -> None:
            shown.append(content)

    async def events() -> AsyncIterator[Event]:
        for word in ("Well", ", let", " me", " see."):
            yield Event(event="text", text=word)
        yield Event(event="reply", reply=Reply(conversation="c", turn=1, text="Well, let me see."))

    await answer(events(), Place(), ANA, now=lambda: float(next(clock)))
    assert shown == ["Well, let", "Well, let me see.", "Well, let me see."]


COMMAND_FAULTS = [
    (LoginFailure("no"), 2, "doesn't take that token"),
    (PrivilegedIntentsRequired(0), 2, "switch that intent on"),
    (ConnectionError("no network"), 1, "can't be reached"),
    (GatewayNotFound(), 1, "can't be reached"),  # type: ignore[no-untyped-call]
]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("error", "code", "says"), COMMAND_FAULTS)
def test_the_command_says_what_is_wrong(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, says: str
) -> None:
    async def start(*_: object) -> None:
        raise error

    monkeypatch.setenv("MOODREEL_DISCORD_TOKEN", "secret-token")
    monkeypatch.setattr("discord.Client.start", start)
    done = shell("discord")
    assert done.code == code and says in done.err and "secret-token" not in done.err


async def ends_only_after(
    discord: Discord, shown: Coroutine[Any, Any, Any], begun: asyncio.Event, let: asyncio.Event
) -> Any:
    """Have the bot finish while something is in progress, and let that; what it comes to."""
    running = asyncio.create_task(shown)
    await begun.wait()
    ended = asyncio.create_task(discord.bot.finish())
    await asyncio.sleep(0)
    assert not ended.done()
    let.set()
    await ended
    return await running


async def test_answers_in_progress_are_waited_for_at_the_end(
    discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, let = asyncio.Event(), asyncio.Event()

    async def stream(*_: object) -> AsyncIterator[Event]:
        begun.set()
        await let.wait()
        yield Event(event="reply", reply=Reply(conversation="c", turn=1, text="At last."))

    monkeypatch.setattr(discord.bot.agent, "stream", stream)
    asked = discord.command("movie", wish="something")
    assert (await ends_only_after(discord, asked, begun, let))["content"] == "At last."


async def test_a_night_in_progress_is_waited_for_at_the_end(
    discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, let = asyncio.Event(), asyncio.Event()

    async def movie_night(*_: object, **__: object) -> None:
        begun.set()
        await let.wait()
        raise UsageError("At last.")

    monkeypatch.setattr(discord.bot.agent, "movie_night", movie_night)
    shown = await discord.submit(await discord.command("movienight"), "mr:wish:9001", "funny")
    pressed = discord.press(shown, "mr:night:go")
    assert (await ends_only_after(discord, pressed, begun, let))["content"] == "At last."


@pytest.mark.usefixtures("home")
def test_the_command_needs_a_token(shell: Shell) -> None:
    done = shell("discord")
    assert done.code == 2 and done.is_one_sentence("set MOODREEL_DISCORD_TOKEN")
