"""What the last list was chosen from."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from moodreel import MovieAgent, Settings
from moodreel.errors import UnknownConversation


@pytest.fixture
async def agent(home: Path) -> AsyncIterator[MovieAgent]:
    settings = Settings(home=home, engine="builtin", conversations="memory")
    async with await MovieAgent.open(settings) as opened:
        yield opened


async def test_what_was_shown_comes_first_then_the_other_candidates(agent: MovieAgent) -> None:
    reply = await agent.send("something tense", "one")
    last = await agent.last_list("one")
    assert last.shown == reply.picks
    assert [item.id for item in last.items[:5]] == [pick.id for pick in reply.picks]
    assert len(last.items) == len({item.id for item in last.items}) == agent.settings.candidates


async def test_small_talk_leaves_the_last_list_as_it_is(agent: MovieAgent) -> None:
    await agent.send("something tense", "one")
    before = await agent.last_list("one")
    assert not (await agent.send("thanks!", "one")).picks
    assert await agent.last_list("one") == before


async def test_the_next_list_replaces_it(agent: MovieAgent) -> None:
    await agent.send("something tense", "one")
    reply = await agent.send("something warm and funny instead", "one")
    assert (await agent.last_list("one")).shown == reply.picks


async def test_a_pick_shown_has_its_reason_and_any_other_gets_one(agent: MovieAgent) -> None:
    reply = await agent.send("I loved Heat, something tense", "one")
    last = await agent.last_list("one")
    assert last.pick(agent.catalogue, reply.picks[2].id) == reply.picks[2]
    other = last.pick(agent.catalogue, last.items[-1].id)
    assert other is not None and other.title == last.items[-1].title
    assert other.reason and 0 < other.scores.mood < 1


async def test_what_is_not_among_them_is_no_pick(agent: MovieAgent) -> None:
    await agent.send("something tense", "one")
    last = await agent.last_list("one")
    elsewhere = next(
        i.id for i in agent.catalogue.items() if i.id not in {j.id for j in last.items}
    )
    assert last.pick(agent.catalogue, elsewhere) is None
    assert last.pick(agent.catalogue, "nothing") is None


async def test_before_any_list_there_is_none(agent: MovieAgent) -> None:
    with pytest.raises(UnknownConversation):
        await agent.last_list("one")
    await agent.send("hello", "one")
    last = await agent.last_list("one")
    assert not last.items and not last.shown


async def test_what_left_the_catalogue_is_left_out(agent: MovieAgent) -> None:
    reply = await agent.send("something tense", "one")
    agent.catalogue.delete([reply.picks[0].id])
    last = await agent.last_list("one")
    assert last.shown == reply.picks[1:]
    assert reply.picks[0].id not in {item.id for item in last.items}


async def test_conversations_have_lists_of_their_own(agent: MovieAgent) -> None:
    one = await agent.send("something tense", "one")
    two = await agent.send("something warm", "two")
    assert (await agent.last_list("one")).shown == one.picks
    assert (await agent.last_list("two")).shown == two.picks
