"""Conversations are read once for all who look, and never shown as they no longer are."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from moodreel import MovieAgent
from moodreel.agent.conversations import open_conversations
from moodreel.agent.kept import MOST_HELD
from moodreel.errors import UnknownConversation

from .stores import STORES, settings_for


@pytest.fixture(params=STORES)
async def agent(home: Path, request: pytest.FixtureRequest) -> AsyncIterator[MovieAgent]:
    settings = settings_for(request.param, home, request)
    async with await MovieAgent.open(settings) as opened:
        yield opened


@pytest.fixture
def reads(agent: MovieAgent, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The conversations that were read whole, in order."""
    read: list[str] = []
    really = agent._graph.aget_state

    async def counted(config: object) -> object:
        read.append(config["configurable"]["thread_id"])  # type: ignore[index]
        return await really(config)  # type: ignore[arg-type]

    monkeypatch.setattr(agent._graph, "aget_state", counted)
    return read


async def test_a_conversation_is_read_once_a_turn(agent: MovieAgent, reads: list[str]) -> None:
    for message in ("something tense", "something warm instead"):
        reply = await agent.send(message, "one")
        assert (await agent.turns("one"))[-1][0] == message
        assert (await agent.replies("one"))[-1].picks == reply.picks
        assert (await agent.profile("one")) == reply.profile
        assert (await agent.last_list("one")).shown == reply.picks
    assert reads == ["one", "one"]


async def test_what_was_taken_back_is_no_longer_shown(agent: MovieAgent) -> None:
    first = await agent.send("something tense", "one")
    await agent.send("nothing with ghosts", "one")
    assert len(await agent.turns("one")) == 2
    await agent.retract("one")
    assert [reply.text for _, reply in await agent.turns("one")] == [first.text]
    assert await agent.profile("one") == first.profile
    await agent.send("a western", "one")
    assert [said for said, _ in await agent.turns("one")] == ["something tense", "a western"]


async def test_what_was_forgotten_is_held_nowhere(agent: MovieAgent) -> None:
    await agent.send("something tense", "one")
    await agent.turns("one")
    await agent.forget("one")
    assert not agent._recent.holds("one")
    with pytest.raises(UnknownConversation):
        await agent.turns("one")


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_what_another_process_says_is_seen(
    home: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    settings = settings_for(kind, home, request)
    async with await MovieAgent.open(settings) as agent:
        await agent.send("something tense", "one")
        assert len(await agent.turns("one")) == 1
        conversations = await open_conversations(settings)
        await MovieAgent(settings, agent.catalogue, conversations).send("a western", "one")
        await conversations.close()
        assert [said for said, _ in await agent.turns("one")] == ["something tense", "a western"]


async def test_an_export_is_the_callers_to_change(agent: MovieAgent) -> None:
    await agent.send("something tense", "one")
    (await agent.export("one"))["replies"][0]["text"] = "changed"
    assert (await agent.export("one"))["replies"][0]["text"] != "changed"


async def test_only_the_last_ones_looked_at_are_held(agent: MovieAgent, reads: list[str]) -> None:
    names = [f"talk-{number}" for number in range(MOST_HELD + 1)]
    for name in names:
        await agent.send("hello", name)
        await agent.turns(name)
    del reads[:]
    await agent.turns(names[1])
    assert not reads
    await agent.turns(names[0])
    assert reads == [names[0]]
