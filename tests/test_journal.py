"""Turns are answered once: sent twice, stopped, or begun by a process that was killed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import Conversations
from moodreel.agent.intake import checked_turn
from moodreel.agent.journal import Limits
from moodreel.agent.sentences import sentence
from moodreel.agent.session import Session
from moodreel.agent.settings import Settings, load_settings
from moodreel.agent.storage.base import Begun
from moodreel.errors import RateLimited, UsageError
from moodreel.ingest.catalogue import Catalogue

from .conftest import ROOT
from .stores import kept_in, settings_for

WHERE = Session("T", "films", "1", "ann")


@pytest.fixture
async def agent(store: Conversations, starter: Catalogue, tmp_path: Path) -> MovieAgent:
    return MovieAgent(Settings(home=tmp_path), starter, store, year=2026)


def lost(conversation: str, turn_id: str = "left", message: str = "I loved Heat") -> Begun:
    """A turn as a process leaves it that ends before the answer."""
    return Begun(conversation, turn_id, conversation, 1_000.0, message)


async def test_a_turn_sent_again_is_answered_once(agent: MovieAgent) -> None:
    first = await agent.send("I loved Heat", "one", turn_id="e1")
    again = await agent.send("I loved Heat", "one", turn_id="e1")
    assert (again.turn, again.text, again.picks) == (1, first.text, first.picks)
    assert again.profile == first.profile
    events = [event async for event in agent.stream("I loved Heat", "one", turn_id="e1")]
    assert [event.event for event in events] == ["reply"]
    await agent.send("no horror", "one", turn_id="e2")
    assert (await agent.send("I loved Heat", "one", turn_id="e1")).text == first.text
    assert [text for _, text in await agent.history("one")][::2] == ["I loved Heat", "no horror"]
    assert (await agent.send("I loved Heat", "two", turn_id="e1")).turn == 1


async def test_a_turn_sent_many_times_at_once_is_answered_once(agent: MovieAgent) -> None:
    replies = await asyncio.gather(
        *(agent.send("something funny", "one", turn_id="e1") for _ in range(4))
    )
    assert {reply.turn for reply in replies} == {1}
    assert len({reply.text for reply in replies}) == 1
    assert len(await agent.history("one")) == 2


async def test_nothing_is_left_of_turns_that_were_answered_stopped_or_failed(
    agent: MovieAgent, store: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    await agent.send("I loved Heat", "one")
    stream = agent.stream("no horror", "one")
    await anext(stream)
    assert [turn.message for turn in await store.unfinished()] == ["no horror"]
    await stream.aclose()  # type: ignore[attr-defined]
    assert await store.unfinished() == []
    for ticks in range(0, 40, 4):
        turn = asyncio.create_task(agent.send("something funny", "one"))
        for _ in range(ticks):
            await asyncio.sleep(0)
        turn.cancel()
        await asyncio.gather(turn, return_exceptions=True)
    assert await store.unfinished() == []

    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(agent, "_noted", broken)
    with pytest.raises(ZeroDivisionError):
        await agent.send("more", "two")
    assert await store.unfinished() == []
    assert await agent.lost_turns() == []


async def test_a_lost_turn_is_told_once(agent: MovieAgent, store: Conversations) -> None:
    await agent.send("no horror", "one")
    await store.begin(lost("one", message="I loved\nHeat " + "very " * 40))
    (found,) = await agent.lost_turns()
    assert (found.conversation, found.id) == ("one", "left")
    reply = await agent.send("more", "one")
    (notice,) = reply.notices
    assert notice.startswith("I was stopped before I could answer “I loved Heat very very")
    assert len(notice) < 180
    assert (await agent.send("more", "one")).notices == ()
    assert await agent.lost_turns() == []


async def test_a_lost_turn_that_is_sent_again_is_answered_and_not_told(
    agent: MovieAgent, store: Conversations
) -> None:
    await store.begin(lost("one"))
    reply = await agent.send("I loved Heat", "one", turn_id="left")
    assert (reply.turn, reply.notices) == (1, ())
    assert await agent.lost_turns() == []
    assert (await agent.send("I loved Heat", "one", turn_id="left")).turn == 1


async def test_a_turn_that_was_kept_is_not_lost(agent: MovieAgent, store: Conversations) -> None:
    """As when the process ended after the answer and before its note."""
    await agent.send("I loved Heat", "one", turn_id="left")
    await store.begin(lost("one"))
    assert await agent.lost_turns() == []
    assert (await agent.send("more", "one")).notices == ()
    assert await store.unfinished() == []


async def test_a_turn_at_work_is_not_lost(agent: MovieAgent) -> None:
    stream = agent.stream("I loved Heat", "one")
    await anext(stream)
    assert await agent.lost_turns() == []
    await stream.aclose()  # type: ignore[attr-defined]


async def test_forgetting_a_conversation_forgets_its_turns(
    agent: MovieAgent, store: Conversations
) -> None:
    await agent.send("I loved Heat", "one")
    await store.begin(lost("one"))
    await store.begin(lost("two"))
    await agent.forget("one")
    assert [turn.conversation for turn in await agent.lost_turns()] == ["two"]
    assert await store.began_since(0.0, None) == [1_000.0]


@pytest.mark.parametrize("turn_id", ["", "x" * 201, "a\0b", "a\nb", 5])
def test_what_is_no_id_of_a_turn_is_refused(turn_id: str) -> None:
    with pytest.raises(UsageError, match="id of a turn"):
        checked_turn(turn_id)


async def test_one_person_may_not_send_without_end(store: Conversations) -> None:
    clock = [1_000.0]
    limits = Limits(load_settings(user_messages_per_minute=2), store, lambda: clock[0])
    for second, allowed in ((0, True), (20, True), (59, False), (61, True), (62, False)):
        clock[0] = 1_000.0 + second
        if allowed:
            await limits.check("@/ann/")
            await store.begin(Begun("one", f"t{second}", "@/ann/", clock[0], "x"))
        else:
            with pytest.raises(RateLimited, match=r"2 messages within a minute.*try again in"):
                await limits.check("@/ann/")
        await limits.check("@/ben/")
    with pytest.raises(RateLimited, match="try again in 18 seconds"):
        await limits.check("@/ann/")


async def test_everybody_together_may_not_send_without_end(store: Conversations) -> None:
    limits = Limits(load_settings(messages_per_minute=3), store, lambda: 1_030.0)
    for place, owner in enumerate(("a", "b", "c")):
        await limits.check(owner)
        await store.begin(Begun(owner, "t", owner, 1_000.0 + place, "x"))
    with pytest.raises(RateLimited, match=r"Many people are asking.*in 30 seconds"):
        await limits.check("d")


async def test_the_wait_that_is_told_is_long_enough(store: Conversations) -> None:
    clock = [1_042.0]
    limits = Limits(load_settings(messages_per_minute=1), store, lambda: clock[0])
    await store.begin(Begun("one", "t", "ann", 1_000.4, "x"))
    with pytest.raises(RateLimited, match="in 19 seconds"):
        await limits.check("ann")
    clock[0] += 19
    await limits.check("ann")


async def test_a_lost_turn_that_is_sent_again_too_soon_can_be_sent_later(
    store: Conversations, starter: Catalogue, tmp_path: Path
) -> None:
    agent = MovieAgent(Settings(home=tmp_path, messages_per_minute=1), starter, store)
    await store.begin(lost("one"))
    await agent.send("no horror", "two")
    with pytest.raises(RateLimited):
        await agent.send("I loved Heat", "one", turn_id="left")
    assert [turn.id for turn in await agent.lost_turns()] == ["left"]


async def test_a_message_too_many_changes_nothing(
    store: Conversations, starter: Catalogue, tmp_path: Path
) -> None:
    agent = MovieAgent(Settings(home=tmp_path, user_messages_per_minute=2), starter, store)
    other = Session("T", "films", "2", "ann")
    await agent.send("I loved Heat", WHERE)
    await agent.send("no horror", other)
    with pytest.raises(RateLimited):
        await agent.send("I loved Alien", WHERE)
    assert len(await agent.history(WHERE)) == 2
    assert (await agent.send("hello", Session("T", "films", "1", "ben"))).turn == 1


@pytest.mark.parametrize("moment", ["understood", "picks", "reply"])
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_a_worker_killed_in_a_turn_is_answered_for_once(
    kind: str, moment: str, home: Path, starter: Catalogue, request: pytest.FixtureRequest
) -> None:
    settings = settings_for(kind, home, request)
    place = settings.postgres or f"sqlite:///{settings.conversations_path}"
    killed_at(moment, home, place, WHERE.key, "e1", "I loved Alien")
    store = await kept_in(kind, home, request)
    agent = MovieAgent(settings, starter, store, year=2026)
    was_lost = [(turn.id, turn.message) for turn in await agent.lost_turns()]
    assert was_lost == ([] if moment == "reply" else [("e1", "I loved Alien")])
    replies = [await agent.send("I loved Alien", WHERE, turn_id="e1") for _ in range(2)]
    assert [reply.turn for reply in replies] == [1, 1]
    assert (await agent.send("hello", WHERE, turn_id="e2")).notices == ()
    assert [text for _, text in await agent.history(WHERE)][::2] == ["I loved Alien", "hello"]
    assert [sentence(e) for e in (await agent.taste(WHERE)).active] == ["You loved Alien (1979)."]
    await store.close()


def killed_at(moment: str, home: Path, *arguments: str) -> None:
    """Run a worker until it has come so far in its turn, and kill it there."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.killed_worker", *arguments],
        cwd=ROOT,
        env={"MOODREEL_HOME": str(home), "PATH": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stdin
        assert worker.stdout
        while (line := worker.stdout.readline().strip()) != moment:
            assert line, "the worker ended by itself"
            worker.stdin.write("\n")
            worker.stdin.flush()
        worker.kill()
