"""A list that is written while the user reads it: nothing uncertain or untrue is shown."""

from __future__ import annotations

from typing import Any

import pytest
from moodreel.agent.engines.base import RankOpening, RankOrder, RankQuestion, RankReason
from moodreel.agent.plan import Recommend, Tell, TurnPlan
from moodreel.agent.reply import Event, Reply
from moodreel.agent.settings import Settings, load_settings
from moodreel.errors import EngineError
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.limits import Years

from .scripted import Step
from .test_graph import film, limited, loved, plan, talking

OPENING = "In the same vein, then:"


def parts(*tail: Any, first: int = 5, reason: str = "It has the same patience, {n}.") -> Step:
    """A model that orders the candidates as they came and gives each of the first a reason."""

    def ranked(query: Any, candidates: Any, count: int) -> list[Any]:
        ids = [item.id for item in candidates[:first]]
        reasons = [RankReason(each, reason.format(n="ABCDEFGHIJ"[n])) for n, each in enumerate(ids)]
        return [RankOrder(tuple(ids)), RankOpening(OPENING), *reasons, *tail]

    return ("rank", ranked)


async def told(
    catalogue: Catalogue,
    *steps: Step,
    message: str = "I loved Heat",
    settings: Settings | None = None,
) -> tuple[Reply, list[Event]]:
    async with talking(catalogue, *steps, settings=settings) as agent:
        events = [event async for event in agent.stream(message)]
    reply = events[-1].reply
    assert reply is not None
    assert "".join(event.text for event in events if event.event == "text") == reply.text
    return reply, events


async def test_the_head_comes_before_any_reason_is_known(starter: Catalogue) -> None:
    reply, events = await told(starter, plan(loved("Heat")), parts())
    kinds = [event.event for event in events]
    picks = kinds.index("picks")
    assert kinds[:2] == ["understood", "tool"]
    assert picks < kinds.index("text") < kinds.index("reason")
    waiting = [pick for pick in events[picks].picks if not pick.reason]
    assert waiting, "reasons of the model's own choices are awaited"
    assert events[kinds.index("text")].text.startswith(OPENING[:-1])
    assert {pick.id for event in events if event.event == "reason" for pick in event.picks} == {
        pick.id for pick in waiting
    }
    assert any("the same patience" in pick.reason for pick in reply.picks)
    assert reply.engine == "scripted"


async def test_each_line_follows_its_reason(starter: Catalogue) -> None:
    reply, events = await told(starter, plan(loved("Heat")), parts())
    known: set[str] = set()
    written = ""
    for event in events:
        known |= {pick.id for pick in event.picks if pick.reason}
        written += event.text
        for number, pick in enumerate(reply.picks, start=1):
            if f"{number}. {pick.title}" in written:
                assert pick.id in known


async def test_an_error_in_the_middle_keeps_what_was_shown(starter: Catalogue) -> None:
    broken = parts(EngineError("the connection broke off"), first=3)
    reply, events = await told(starter, plan(loved("Heat")), broken)
    assert len(reply.picks) == 5
    assert all(pick.reason for pick in reply.picks)
    assert reply.opening.startswith(OPENING[:-1])
    assert any("broke off" in notice for notice in reply.notices)
    shown = next(event for event in events if event.event == "picks")
    assert [pick.id for pick in shown.picks] == [pick.id for pick in reply.picks]


async def test_a_model_that_stops_talking_is_not_waited_for(starter: Catalogue) -> None:
    def stuck(query: Any, candidates: Any, count: int) -> list[Any]:
        return [RankOrder(tuple(item.id for item in candidates[:5])), 30.0]

    settings = load_settings(rank_seconds=0.1)
    reply, events = await told(starter, plan(loved("Heat")), ("rank", stuck), settings=settings)
    told_late = {p.id: p for event in events if event.event == "reason" for p in event.picks}
    first = next(event.picks for event in events if event.picks)
    assert {p.id: p.reason for p in told_late.values()} == {
        p.id: p.reason for p, early in zip(reply.picks, first, strict=True) if not early.reason
    }
    assert len(reply.picks) == 5
    assert all(pick.reason for pick in reply.picks)
    assert any("in time" in notice for notice in reply.notices)


@pytest.mark.parametrize(
    "reason",
    [
        "Directed by Steven Spielberg {n}.",
        "A 1931 silent comedy {n}.",
        "An absolute masterpiece, a must-see {n}!",
        "See https://example.org/{n} <b>now</b>",
        "The same sentence for everyone.",
    ],
)
async def test_what_the_facts_contradict_is_not_said(starter: Catalogue, reason: str) -> None:
    reply, _ = await told(starter, plan(loved("Heat")), parts(reason=reason))
    repeated = [pick for pick in reply.picks if pick.reason == reason]
    assert len(repeated) <= 1
    if "{n}" in reason:
        words = reason.split()[2]
        assert not any(words in pick.reason for pick in reply.picks)
    assert all(pick.reason for pick in reply.picks)


async def test_openings_and_questions_are_read_first(starter: Catalogue) -> None:
    def talkative(query: Any, candidates: Any, count: int) -> list[Any]:
        ids = tuple(item.id for item in candidates[:5])
        lies = "You will adore The Godfather, the best film ever made!"
        return [RankOrder(ids), RankOpening(lies), RankQuestion("Tell me more")]

    reply, _ = await told(starter, plan(loved("Heat")), ("rank", talkative))
    assert "Godfather" not in reply.text
    assert reply.opening
    assert reply.question is None
    asked = parts(RankQuestion("Older or newer?"))
    reply, _ = await told(starter, plan(loved("Heat")), asked)
    assert reply.question == "Older or newer?"
    assert reply.text.endswith("Older or newer?")


@pytest.mark.parametrize(
    "question",
    [
        "Would you like more recommendations?",
        "What do you think of these films?",
        "Do these sound good?",
        "Which of these appeals to you?",
        "Would you like to know more about any of them?",
        "Shall I tell you more about the first?",
    ],
)
async def test_a_question_that_changes_nothing_is_not_asked(
    starter: Catalogue, question: str
) -> None:
    reply, _ = await told(starter, plan(loved("Heat")), parts(RankQuestion(question)))
    assert reply.question is None


async def test_not_every_answer_asks_something(starter: Catalogue) -> None:
    first, second = "Older or newer?", "Funny or tense?"
    more = ("plan", TurnPlan(acts=(Recommend(),)))
    steps = [plan(loved("Heat")), parts(RankQuestion(first))]
    for question in (second, first, second):
        steps += [more, parts(RankQuestion(question))]
    async with talking(starter, *steps) as agent:
        replies = [await agent.send(said) for said in ("I loved Heat", "more", "more", "more")]
    assert [reply.question for reply in replies] == [first, None, None, second]


@pytest.mark.parametrize(
    ("question", "answer", "understood"),
    [
        ("Shall I look for something shorter still?", "yes please", ("Shorter than last time.",)),
        ("Would something from the 90s suit?", "yeah", ("From the 1990s.",)),
        ("Shall I look for something shorter still?", "no", ()),
        ("Older or newer?", "yes", ()),
        ("Do you mind violence?", "yes", ()),
    ],
)
async def test_a_yes_takes_what_a_question_offered(
    starter: Catalogue, question: str, answer: str, understood: tuple[str, ...]
) -> None:
    steps = (plan(loved("Heat")), parts(RankQuestion(question)))
    more: Step = ("plan", TurnPlan(intents=("answer",), acts=(Recommend(),)))
    async with talking(starter, *steps, more, ("rank", None)) as agent:
        assert (await agent.send("I loved Heat")).question == question
        reply = await agent.send(answer)
        assert agent._engine.turns[-1].question == question  # type: ignore[attr-defined]
    assert reply.understood == understood


async def test_an_order_binds_nobody_to_break_a_limit(starter: Catalogue) -> None:
    everything = tuple(item.id for item in starter.items())

    def wild(query: Any, candidates: Any, count: int) -> list[Any]:
        return [RankOrder(("tt-none", "tt0113277", *everything[:40])), RankOpening(OPENING)]

    years = limited(Years(earliest=1970, latest=1979), "from the 70s")
    reply, _ = await told(starter, plan(loved("Heat"), years), ("rank", wild))
    assert len(reply.picks) == 5
    assert all(pick.year and 1970 <= pick.year <= 1979 for pick in reply.picks)


async def test_no_order_at_all_is_answered_by_the_builtin_engine(starter: Catalogue) -> None:
    reply, _ = await told(
        starter, plan(loved("Heat")), ("rank", EngineError("it said nothing of use"))
    )
    assert len(reply.picks) == 5
    assert reply.engine == "builtin"
    assert len(reply.notices) == 1


async def test_what_is_told_besides_comes_first(starter: Catalogue) -> None:
    acts = (Tell(items=(film("Heat"),), topic="runtime"), Recommend())
    both: Step = ("plan", TurnPlan(edits=(loved("Heat"),), acts=acts))
    reply, events = await told(starter, both, parts())
    assert reply.text.startswith("Heat (1995) runs 170 minutes")
    first = next(event.text for event in events if event.event == "text")
    assert first.startswith("Heat (1995) runs")


async def test_american_spelling_streams_as_it_ends(starter: Catalogue) -> None:
    reasons = parts(reason="It shares the humour and colour of it, {n}.")
    reply, _ = await told(
        starter, plan(loved("Heat")), reasons, message="my favorite movie is Heat, love its humor"
    )
    assert any("humor and color" in pick.reason for pick in reply.picks)
