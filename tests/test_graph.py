"""The graph of a turn, on the real catalogue, with an engine that follows a script."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.edits import (
    Anchor,
    AnchorPart,
    Attitude,
    Edit,
    Forget,
    ItemRef,
    LimitEdit,
    Nudge,
    Undo,
    Wish,
)
from moodreel.agent.plan import Act, Ask, Chat, Recommend, ShowAgain, Tell, TurnPlan
from moodreel.agent.settings import Settings, load_settings
from moodreel.errors import EngineError
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.limits import Age, Genres, Limit, People, Runtime, Years, broken

from .scripted import ScriptedEngine, Step

Opened = Callable[..., Any]


@asynccontextmanager
async def talking(
    catalogue: Catalogue, *steps: Step, settings: Settings | None = None
) -> AsyncIterator[MovieAgent]:
    """An agent on the shared catalogue whose engine follows a script to its end."""
    with ScriptedEngine(*steps) as engine:
        yield MovieAgent(
            settings or load_settings(), catalogue, MemoryConversations(), engine, year=2026
        )


def plan(*edits: Edit, acts: tuple[Act, ...] = (Recommend(),), **more: Any) -> Step:
    return ("plan", TurnPlan(edits=edits, acts=acts, **more))


RANK: Step = ("rank", None)


def film(title: str, year: int | None = None) -> ItemRef:
    return ItemRef(title=title, year=year)


def loved(title: str, year: int | None = None) -> Attitude:
    return Attitude(item=film(title, year), feeling="loved", words=f"loved {title}")


def limited(value: Limit, words: str = "") -> LimitEdit:
    return LimitEdit(limit=value, words=words)


async def test_a_list_is_made_of_ordinary_tool_calls(starter: Catalogue) -> None:
    async with talking(starter, plan(loved("Heat")), RANK) as agent:
        reply = await agent.send("I loved Heat")
        assert [call.name for call in reply.trace] == ["similar"]
        assert len(reply.picks) == 5
        assert reply.understood == ("You loved Heat (1995).",)
        for pick in reply.picks:
            item = starter.get([pick.id])[pick.id]
            assert (pick.title, pick.year) == (item.title, item.year)
            assert f"{pick.title} ({pick.year}): {pick.reason}" in reply.text
        state = await agent._graph.aget_state({"configurable": {"thread_id": "default"}})
        kinds = [message.type for message in state.values["messages"]]
        assert kinds == ["human", "ai", "tool", "ai"]
        assert state.values["messages"][2].status == "success"


async def test_small_talk_and_questions_search_nothing(starter: Catalogue) -> None:
    steps = (
        plan(acts=(Chat(about="greeting"),)),
        plan(acts=(Tell(items=(film("Heat"),), topic="runtime"),)),
        plan(acts=(Tell(items=(film("Heat"), film("Collateral")), compare="shorter"),)),
    )
    async with talking(starter, *steps) as agent:
        assert (await agent.send("hi")).trace == ()
        told = await agent.send("how long is Heat?")
        assert [call.name for call in told.trace] == ["lookup"]
        assert "170 minutes" in told.text
        compared = await agent.send("which is shorter?")
        assert compared.text.startswith("Collateral")


async def test_an_ambiguous_title_is_asked_back_and_settled(starter: Catalogue) -> None:
    anchor = Anchor(parts=(AnchorPart(item=film("Dune")),), words="like Dune")
    steps = (
        plan(anchor, limited(Genres(none_of=("Horror",)), "no horror")),
        plan(limited(Years(earliest=1984, latest=1984), "1984")),
        RANK,
    )
    async with talking(starter, *steps) as agent:
        asked = await agent.send("like Dune, no horror")
        assert asked.picks == ()
        assert len(asked.choices) > 1
        assert asked.question is not None
        assert asked.question.startswith("Which “Dune”")
        assert asked.understood == ("No horror.",)
        settled = await agent.send("the 1984 one")
        assert settled.understood == ("Like Dune (1984).",)
        assert len(settled.picks) == 5
        assert settled.question is None


async def test_a_question_left_alone_is_dropped(starter: Catalogue) -> None:
    steps = (
        plan(loved("Dune")),
        plan(Wish(text="funny", moods=("funny",), embed=False, words="something funny")),
        RANK,
        plan(acts=(Chat(about="unclear"),)),
    )
    async with talking(starter, *steps) as agent:
        assert (await agent.send("I loved Dune")).question
        moved_on = await agent.send("actually, something funny")
        assert moved_on.understood == ("Tonight: funny.",)
        assert (await agent.send("the 1984 one")).understood == ()


async def test_an_unknown_title_is_named_and_the_rest_still_counts(starter: Catalogue) -> None:
    steps = (plan(loved("Zorblax 9"), loved("Heat")), RANK, plan(loved("Qwerty Manifesto")))
    async with talking(starter, *steps) as agent:
        reply = await agent.send("I loved Zorblax 9 and Heat")
        assert any("Zorblax 9" in notice for notice in reply.notices)
        assert len(reply.picks) == 5
        alone = await agent.send("and Qwerty Manifesto", "another")
        assert alone.picks == ()
        assert "Qwerty Manifesto" in alone.text
        assert alone.question


async def test_nothing_comes_twice_until_it_is_asked_for_again(starter: Catalogue) -> None:
    more = (plan(), RANK)
    again = plan(acts=(ShowAgain(),))
    everything = plan(acts=(ShowAgain(everything=True),))
    async with talking(starter, *more, *more, again, everything, *more) as agent:
        lists = [[pick.id for pick in (await agent.send("more")).picks] for _ in range(5)]
    first, second, repeated, all_of_them, last = lists
    assert not set(first) & set(second)
    assert repeated == second
    assert set(all_of_them) == {*first, *second}
    assert not set(last) & {*first, *second}


async def test_positions_and_people_mean_what_was_shown(starter: Catalogue) -> None:
    steps = (
        plan(limited(People(role="directors", all_of=("Akira Kurosawa",)))),
        RANK,
        plan(Attitude(item=ItemRef(position=-1), feeling="seen", words="seen the last one"),
             acts=(Chat(about="noted"),)),
        plan(Attitude(item=ItemRef(position=9), feeling="seen"), acts=(Chat(about="noted"),)),
        plan(acts=(Tell(items=(ItemRef(person="Tilda Swinton"),), topic="plot"),)),
    )  # fmt: skip
    async with talking(starter, *steps) as agent:
        shown = await agent.send("a Kurosawa")
        noted = await agent.send("seen the last one")
        last = shown.picks[-1]
        assert noted.understood == (f"You've seen {last.title} ({last.year}).",)
        beyond = await agent.send("seen number nine")
        assert "no number 9" in beyond.text
        assert "Tilda Swinton" in (await agent.send("what's the Swinton one about?")).text


@pytest.mark.parametrize(
    ("limits", "bent"),
    [
        ((Genres(all_of=("Western",)), Runtime(longest=75)), "minutes"),
        ((Genres(all_of=("Western",)), Years(earliest=1943, latest=1945)), "these are from"),
        ((Genres(all_of=("Western", "Horror", "Romance")),), "any one of those"),
    ],
)
async def test_too_few_results_bend_one_limit_and_say_so(
    starter: Catalogue, limits: tuple[Limit, ...], bent: str
) -> None:
    edits = [limited(value) for value in limits]
    async with talking(starter, plan(*edits), RANK) as agent:
        reply = await agent.send("that, please")
        assert len(reply.relaxed) == 1
        assert bent in reply.relaxed[0]
        assert reply.relaxed[0] in reply.text
        assert len(reply.picks) >= 3
        kept = [value for value in limits if value.limit != _bent_kind(bent)]
        for item in starter.get([pick.id for pick in reply.picks]).values():
            assert not broken(item, kept)
        said = [entry.content.limit for entry in reply.profile.active]  # type: ignore[union-attr]
        assert tuple(said) == limits


def _bent_kind(words: str) -> str:
    return {"minutes": "runtime", "these are from": "years"}.get(words, "genres")


async def test_what_must_not_bend_is_said_to_be_in_the_way(starter: Catalogue) -> None:
    barred = Genres(none_of=tuple(starter.facet("genres")))
    steps = (
        plan(limited(Age(youngest=4)), limited(barred, "no genre at all")),
        plan(acts=(Chat(about="accepted"),)),
        RANK,
    )
    async with talking(starter, *steps) as agent:
        reply = await agent.send("nothing of any genre, for a four year old")
        assert reply.picks == ()
        assert reply.relaxed == ()
        assert "Nothing here fits all of that" in reply.text
        assert reply.question is not None
        dropped = await agent.send("yes please")
        assert len(dropped.picks) == 5
        assert [entry.content.edit for entry in dropped.profile.active] == ["limit"]


async def test_a_list_that_is_used_up_says_so(starter: Catalogue) -> None:
    person = limited(People(role="directors", all_of=("Akira Kurosawa",)))
    steps = [plan(person, acts=(Recommend(count=4),)), RANK]
    steps += [plan(acts=(Recommend(count=20),)), RANK, plan()]
    async with talking(starter, *steps) as agent:
        first = await agent.send("four Kurosawas")
        second = await agent.send("the rest of them")
        films = [pick.id for reply in (first, second) for pick in reply.picks]
        assert len(films) == len(set(films)) == starter.count(person.limit.conditions())
        assert second.relaxed == ()
        assert "Only th" in second.text
        third = await agent.send("more of his")
        assert third.picks == ()
        assert "That was everything" in third.text


async def test_what_fits_comes_before_what_needed_a_bend(starter: Catalogue) -> None:
    western = limited(Genres(all_of=("Western",)))
    short = limited(Runtime(longest=82))
    fitting = starter.count((*western.limit.conditions(), *short.limit.conditions()))
    assert 0 < fitting < 3
    async with talking(starter, plan(western, short), RANK) as agent:
        reply = await agent.send("a western, 82 minutes at most")
        assert len(reply.relaxed) == 1
        lengths = [pick.runtime_min or 0 for pick in reply.picks]
        assert all(length <= 82 for length in lengths[:fitting])
        assert all(length > 82 for length in lengths[fitting:])


@pytest.mark.parametrize(
    "failure", [EngineError("the model is down."), 5.0], ids=["raises", "hangs"]
)
async def test_a_failing_engine_is_stood_in_for(starter: Catalogue, failure: object) -> None:
    settings = load_settings(plan_seconds=0.05, rank_seconds=0.05)
    steps: tuple[Step, ...] = (("plan", failure), ("rank", failure))
    async with talking(starter, *steps, settings=settings) as agent:
        reply = await agent.send("I loved Heat")
        assert len(reply.picks) == 5
        assert reply.engine == "builtin"
        assert [notice.count("so I used my own judgement") for notice in reply.notices] == [1]


async def test_a_ranking_with_nonsense_in_it_is_repaired(starter: Catalogue) -> None:
    def confused(query: Any, candidates: Any, count: int) -> list[str]:
        return ["tt-invented", candidates[3].id, candidates[3].id, query.likes[0].id]

    steps: tuple[Step, ...] = (plan(loved("Heat")), ("rank", confused))
    async with talking(starter, *steps) as agent:
        reply = await agent.send("I loved Heat")
        ids = [pick.id for pick in reply.picks]
        assert len(set(ids)) == 5
        assert "tt-invented" not in ids
        assert all(pick.reason for pick in reply.picks)


async def test_comparisons_bind_every_pick(starter: Catalogue) -> None:
    anchor = Anchor(parts=(AnchorPart(item=film("Heat")),), words="like Heat")
    shorter = Nudge(quality="length", amount=-1, words="shorter")
    calmer = Nudge(quality="violence", amount=-1, words="less violent")
    async with talking(starter, plan(anchor, shorter, calmer), RANK) as agent:
        reply = await agent.send("like Heat but shorter and less violent")
        heat = starter.get([starter.find("Heat")[0].id]).popitem()[1]
        assert heat.runtime_min is not None
        assert heat.axes is not None
        for item in starter.get([pick.id for pick in reply.picks]).values():
            assert item.runtime_min is not None
            assert item.axes is not None
            assert item.runtime_min < heat.runtime_min
            assert item.axes.violence < heat.axes.violence


async def test_forgetting_and_undoing_what_is_not_there_is_said(starter: Catalogue) -> None:
    steps = (
        plan(Forget(about="zebras"), acts=(Chat(about="noted"),)),
        plan(Undo(), acts=(Chat(about="noted"),)),
    )
    async with talking(starter, *steps) as agent:
        assert "“zebras”" in (await agent.send("forget the zebras")).text
        assert "nothing to take back" in (await agent.send("undo")).text


async def test_danger_comes_before_any_film(starter: Catalogue) -> None:
    acts: tuple[Act, ...] = (Chat(about="danger"), Recommend())
    async with talking(starter, plan(acts=acts)) as agent:
        reply = await agent.send("I can't go on")
        assert reply.picks == ()
        assert "emergency" in reply.text


async def test_an_engines_own_question_is_passed_on(starter: Catalogue) -> None:
    ask = Ask(question="Scary or just eerie?", choices=("scary", "eerie"))
    steps = (plan(acts=(Recommend(), ask)), RANK, plan(acts=(Chat(about="noted"),)))
    with ScriptedEngine(*steps) as engine:
        agent = MovieAgent(load_settings(), starter, MemoryConversations(), engine)
        reply = await agent.send("something spooky")
        assert (reply.question, reply.choices) == (ask.question, ask.choices)
        assert reply.text.endswith(ask.question)
        await agent.send("eerie")
        assert (engine.turns[1].question, engine.turns[1].choices) == (ask.question, ask.choices)
        assert [role for role, _ in engine.turns[1].history] == ["user", "assistant"]


async def test_events_come_in_order_and_add_up_to_the_reply(starter: Catalogue) -> None:
    async with talking(starter, plan(loved("Heat")), RANK) as agent:
        events = [event async for event in agent.stream("I loved Heat")]
    kinds = [event.event for event in events]
    assert kinds[:3] == ["understood", "tool", "picks"]
    assert set(kinds[3:-1]) == {"text"}
    assert kinds[-1] == "reply"
    reply = events[-1].reply
    assert reply is not None
    assert "".join(event.text for event in events) == reply.text
    assert events[2].picks == reply.picks
    assert {"understand", "tools", "rank", "answer", "total"} <= set(reply.timings_ms)
