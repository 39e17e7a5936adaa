"""Turns that are pressed, not typed: revising the profile, a list, and an open question."""

from __future__ import annotations

import asyncio

import pytest
from moodreel.agent.clicks import Click, edits_click
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.edits import LimitEdit
from moodreel.agent.profile import TasteProfile
from moodreel.agent.settings import Settings
from moodreel.errors import UnknownConversation
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.limits import Years


@pytest.fixture
async def agent(starter: Catalogue) -> MovieAgent:
    """An agent over the starter films; the catalogue stays open for others."""
    return MovieAgent(Settings(), starter, MemoryConversations())


def _until(year: int) -> Click:
    edit = LimitEdit(limit=Years(latest=year), words=f"until {year}")
    return edits_click([edit], f"Until {year}, please")


async def test_revising_sees_the_profile_that_turns_before_it_left(agent: MovieAgent) -> None:
    seen: list[TasteProfile] = []

    def revision(profile: TasteProfile) -> Click:
        seen.append(profile)
        return _until(1980)

    sent = asyncio.create_task(agent.send("I loved Heat", "a"))
    await asyncio.sleep(0)
    reply = await agent.revise("a", revision)
    assert (await sent).turn == 1
    assert [entry.turn for entry in seen[0].active] == [1]
    assert reply is not None
    assert reply.turn == 2
    assert (await agent.history("a"))[2] == ("user", "Until 1980, please")


async def test_nothing_to_revise_is_no_turn(agent: MovieAgent) -> None:
    assert await agent.revise("a", lambda profile: None) is None
    with pytest.raises(UnknownConversation):
        await agent.profile("a")


async def test_a_list_for_the_profile_keeps_its_limits(agent: MovieAgent) -> None:
    await agent.revise("a", lambda profile: _until(1980))
    reply = await agent.recommend("a")
    assert reply.picks
    assert all(pick.year is not None and pick.year <= 1980 for pick in reply.picks)


async def test_a_press_is_no_answer_to_an_open_question(agent: MovieAgent) -> None:
    asked = await agent.send("I loved Dune", "a")
    assert asked.question is not None
    reply = await agent.revise("a", lambda profile: _until(1984))
    assert reply is not None
    assert reply.understood == ("From before 1985.",)
    assert not reply.picks
