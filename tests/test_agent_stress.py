"""MovieAgent when it is stopped half-way, crowded, or used wrongly."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from pathlib import Path
from typing import Any, cast

import pytest
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import Conversations
from moodreel.agent.settings import load_settings
from moodreel.errors import UnknownConversation, UsageError
from moodreel.ingest.catalogue import Catalogue


@pytest.fixture
async def agent(store: Conversations, starter: Catalogue, tmp_path: Path) -> MovieAgent:
    """An agent on the shared catalogue, with conversations of every kind."""
    return MovieAgent(load_settings(home=tmp_path), starter, store)


async def stopped_after(agent: MovieAgent, message: str, events: int) -> None:
    """Send a message and leave its stream after so many events."""
    async with aclosing(cast("Any", agent.stream(message, "c"))) as stream:
        for _ in range(events):
            await anext(stream)


@pytest.mark.parametrize("events", [1, 2, 3, 4])
async def test_a_stopped_turn_never_happened(agent: MovieAgent, events: int) -> None:
    await stopped_after(agent, "I loved Heat", events)
    with pytest.raises(UnknownConversation):
        await agent.history("c")
    first = await agent.send("no horror", "c")
    before = await agent.export("c")
    await stopped_after(agent, "I loved Heat", events)
    assert await agent.export("c") == before
    second = await agent.send("more", "c")
    assert (first.turn, second.turn) == (1, 2)
    assert not {pick.id for pick in first.picks} & {pick.id for pick in second.picks}
    assert [role for role, _ in await agent.history("c")] == ["user", "assistant"] * 2


async def test_turns_cancelled_at_any_moment_leave_whole_ones(agent: MovieAgent) -> None:
    for ticks in range(0, 60, 3):
        turn = asyncio.create_task(agent.send("something funny", "c"))
        for _ in range(ticks):
            await asyncio.sleep(0)
        turn.cancel()
        await asyncio.gather(turn, return_exceptions=True)
    reply = await agent.send("no horror", "c")
    history = await agent.history("c")
    assert len(history) == 2 * reply.turn == 2 * len(await agent.replies("c"))
    assert [role for role, _ in history] == ["user", "assistant"] * reply.turn


async def test_a_crowd_is_answered_as_each_alone_would_be(agent: MovieAgent) -> None:
    scripts = [
        ("I loved Heat", "more like number 2 but lighter", "before 1995"),
        ("something scary", "the first one I've seen", "undo"),
        ("my kids are 6 and 9", "no animation", "why number 1?"),
        ("a slow film about memory", "shorter", "show me those again"),
    ]

    async def talk(name: str, script: tuple[str, ...]) -> list[Any]:
        replies = [await agent.send(message, name) for message in script]
        assert {reply.conversation for reply in replies} == {name}
        return [(reply.text, reply.understood, reply.profile) for reply in replies]

    names = [f"{number}-{guest}" for guest in range(4) for number in range(len(scripts))]
    crowd = await asyncio.gather(*(talk(name, scripts[int(name[0])]) for name in names))
    alone = [await talk(f"alone-{number}", script) for number, script in enumerate(scripts)]
    assert crowd == [alone[int(name[0])] for name in names]


async def test_only_likes_are_about_one_dimension(agent: MovieAgent) -> None:
    first = (await agent.send("I loved Heat", "c")).picks[0]
    seen = await agent.feedback("c", first.id, "seen", "mood")
    assert seen.understood == (f"You've seen {first.title} ({first.year}).",)
    liked = await agent.feedback("c", first.id, "liked", "mood")
    assert liked.understood == (f"You liked the mood of {first.title} ({first.year}).",)
    with pytest.raises(UsageError, match="'smell' is no dimension"):
        await agent.feedback("c", first.id, "liked", "smell")  # type: ignore[arg-type]


async def test_edits_may_come_as_json(agent: MovieAgent) -> None:
    edit: Any = {"edit": "attitude", "item": {"title": "Heat"}, "feeling": "loved"}
    assert (await agent.edit_profile("c", [edit])).understood == ("You loved Heat (1995).",)


@pytest.mark.parametrize("edits", [None, "no horror", ["x"], [1], [{"edit": "attitude"}]])
async def test_what_is_no_edit_is_refused(agent: MovieAgent, edits: Any) -> None:
    with pytest.raises(UsageError, match="no profile edits"):
        await agent.edit_profile("c", edits)


@pytest.mark.parametrize("turns", [0, -1, 1.5, "x", None])
async def test_undo_takes_whole_numbers(agent: MovieAgent, turns: Any) -> None:
    with pytest.raises(UsageError, match="whole number"):
        await agent.undo("c", turns)


async def test_undoing_nothing_says_only_that(agent: MovieAgent) -> None:
    assert (await agent.undo("c")).text == "There was nothing to take back."


async def test_another_event_loop_is_told_where_to_go(agent: MovieAgent) -> None:
    with pytest.raises(UsageError, match="another event loop"):
        await asyncio.to_thread(lambda: asyncio.run(agent.send("hello")))
    reply = await asyncio.to_thread(agent.send_sync, "hello")
    assert reply.text


def test_a_loop_that_ended_is_a_sentence(home: Path) -> None:
    async def opened() -> MovieAgent:
        return await MovieAgent.open(load_settings(home=home, conversations="memory"))

    agent = asyncio.run(opened())
    with pytest.raises(UsageError, match="event loop has ended"):
        agent.send_sync("hello")
    agent.catalogue.close()


def test_a_closed_agent_answers_no_more(home: Path) -> None:
    agent = MovieAgent.open_sync(load_settings(home=home))
    with pytest.raises(UsageError, match="is closed"):
        agent.wait(_closed_then_asked(agent))
    agent.close_sync()
    agent.close_sync()
    with pytest.raises(UsageError, match="event loop has ended"):
        agent.send_sync("hello")


async def _closed_then_asked(agent: MovieAgent) -> None:
    await agent.close()
    await agent.send("hello")
