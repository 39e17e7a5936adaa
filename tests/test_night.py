"""Movie night: what several people are shown, what is ruled out, and whose words stay private."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.edits import Attitude, ItemRef, LimitEdit
from moodreel.agent.night.choosing import together
from moodreel.agent.night.guests import Guest, People, checked_name, checked_people
from moodreel.agent.night.reply import GroupReply, Rule
from moodreel.agent.profile import TasteProfile, apply
from moodreel.agent.settings import load_settings
from moodreel.errors import BadMessage, UsageError
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.limits import AxisBound, Genres, Runtime, Years

THREE = {
    "Ana": "something warm and funny, I love Paddington 2",
    "Ben": "no horror, under two hours",
    "Cleo": "a clever mystery, nothing before 1990, I can't stand Elf",
}
RULES = get_args(Rule)


@pytest.fixture
async def agent(starter: Catalogue, tmp_path: Path) -> AsyncIterator[MovieAgent]:
    """An agent on the shared catalogue with conversations in memory."""
    yield MovieAgent(load_settings(home=tmp_path), starter, MemoryConversations(), year=2026)


def titles(reply: GroupReply) -> list[str]:
    return [pick.title for pick in reply.picks]


def scores(reply: GroupReply, person: str) -> list[float]:
    return [fit.score for pick in reply.picks for fit in pick.fits if fit.person == person]


def with_edits(*edits: Attitude | LimitEdit) -> TasteProfile:
    return apply(TasteProfile(), edits, 1)


@pytest.mark.parametrize("rule", RULES)
async def test_nobodys_limits_and_dislikes_are_on_the_list(agent: MovieAgent, rule: Rule) -> None:
    reply = await agent.movie_night(THREE, rule=rule, picks=20)
    limits = (Genres(none_of=("Horror",)), Runtime(longest=119), Years(earliest=1990))
    items = agent.catalogue.get([pick.id for pick in reply.picks])
    assert len(items) == 20 and not reply.relaxed and not reply.conflicts
    assert all(limit.allows(item) for item in items.values() for limit in limits)
    assert not {"Elf", "Paddington 2"} & set(titles(reply)), "disliked, and seen"


@pytest.mark.parametrize("rule", RULES)
async def test_each_film_has_a_score_and_a_reason_for_each_person(
    agent: MovieAgent, rule: Rule
) -> None:
    reply = await agent.movie_night(THREE, rule=rule)
    for pick in reply.picks:
        assert [fit.person for fit in pick.fits] == list(THREE)
        assert all(fit.reason and f"{fit.person}, {round(100 * fit.score)}: " in reply.text
                   for fit in pick.fits)  # fmt: skip
        voices = [fit.score for fit in pick.fits if fit.person not in reply.undecided]
        assert pick.score == pytest.approx(together(rule, voices), abs=0.02)
    assert reply.undecided == ("Ben",), "who only rules out leaves the choice to the others"


async def test_a_rule_puts_its_own_best_first(agent: MovieAgent) -> None:
    wishes = {"Ana": "something warm and funny", "Ben": "a tense, dark crime story"}
    first = {rule: (await agent.movie_night(wishes, rule=rule)).picks[0] for rule in RULES}
    for rule in RULES:
        by_rule = {name: together(rule, [f.score for f in pick.fits])
                   for name, pick in first.items()}  # fmt: skip
        assert by_rule[rule] >= max(by_rule.values()) - 0.02
    least = {name: min(fit.score for fit in pick.fits) for name, pick in first.items()}
    assert least["least_misery"] > least["most_pleasure"]


async def test_the_order_of_the_people_changes_nothing(agent: MovieAgent) -> None:
    there = await agent.movie_night(THREE)
    back = await agent.movie_night(dict(reversed(THREE.items())))
    assert titles(there) == titles(back)
    assert {n: scores(there, n) for n in THREE} == {n: scores(back, n) for n in THREE}


async def test_what_was_ruled_out_is_named_with_who_and_why(agent: MovieAgent) -> None:
    reply = await agent.movie_night({"Ana": "something scary", "Ben": "no horror"})
    assert reply.vetoes
    assert all(veto.because == {"Ben": "no horror"} for veto in reply.vetoes)
    assert f"{reply.vetoes[0].title}" in reply.text and "Ben: no horror" in reply.text


async def test_limits_that_clash_are_said_and_one_gives_way(agent: MovieAgent) -> None:
    reply = await agent.movie_night({"Ana": "from before 1970", "Ben": "from 2001 or later"})
    assert reply.conflicts == (
        "Ana's “from before 1970” and Ben's “from 2001 or later” can't both be kept.",
    )
    assert "Ana gave way to Ben" in reply.relaxed[0]
    assert all(pick.year and pick.year >= 2001 for pick in reply.picks)
    ana, ben = scores(reply, "Ana"), scores(reply, "Ben")
    assert all(a < b for a, b in zip(ana, ben, strict=True)), "whoever gave way is worse off"
    assert all("It is not “from before 1970”" in pick.fits[0].reason for pick in reply.picks)


async def test_of_two_limits_the_one_that_fewer_hold_gives_way(agent: MovieAgent) -> None:
    people = {"Ana": "from before 1970", "Ben": "from before 1970", "Cleo": "from 2001 or later"}
    reply = await agent.movie_night(people)
    assert all(pick.year and pick.year < 1970 for pick in reply.picks)
    assert "Cleo gave way to Ana and Ben" in reply.relaxed[0]


async def test_what_is_never_bent_leaves_nothing_and_says_so(agent: MovieAgent) -> None:
    child = with_edits(LimitEdit(limit=AxisBound(axis="scares", at_most=0)))
    fright = with_edits(LimitEdit(limit=Genres(all_of=("Horror",))),
                        LimitEdit(limit=AxisBound(axis="scares", at_least=4)))  # fmt: skip
    reply = await agent.movie_night({"Ana": child, "Ben": fright})
    broken = [pick for pick in reply.picks if "Horror" in pick.genres]
    assert not broken, "little fright is never bent"
    assert reply.conflicts


async def test_seen_films_come_back_only_where_too_few_are_left(agent: MovieAgent) -> None:
    wish = "a film with Paddington"
    few = [item for item in agent.catalogue.items() if "Wes Anderson" in item.directors]
    seen = with_edits(*(Attitude(item=ItemRef(id=i.id), feeling="seen") for i in few))
    asked: People = {"Ana": seen, "Ben": "only films directed by Wes Anderson"}
    reply = await agent.movie_night(asked)
    assert {pick.id for pick in reply.picks} <= {item.id for item in few}
    assert (
        reply.relaxed[0] == "Too few films fit that nobody has seen, so some here have been seen."
    )
    assert all(fit.seen is (fit.person == "Ana") for pick in reply.picks for fit in pick.fits)
    fresh = await agent.movie_night({"Ana": seen, "Ben": wish})
    assert not {pick.id for pick in fresh.picks} & {item.id for item in few}
    assert not any(fit.seen for pick in fresh.picks for fit in pick.fits)


async def test_what_speaks_for_a_film_is_said_once(agent: MovieAgent) -> None:
    reply = await agent.movie_night({"Ana": "something funny", "Ben": "something funny"})
    assert [fit.reason for fit in reply.picks[0].fits][1] == "As for Ana."
    assert reply.picks[0].reason == "It suits all of you alike."


async def test_a_film_that_somebody_wants_to_see_is_considered(agent: MovieAgent) -> None:
    reply = await agent.movie_night({"Ana": "I want to see Arrival", "Ben": "science fiction"})
    arrival = next(pick for pick in reply.picks if pick.title == "Arrival")
    assert arrival.fits[0].reason == "You said that you want to see it."


async def test_somebodys_own_taste_counts_and_stays_private(agent: MovieAgent) -> None:
    await agent.send("I love Paddington 2. Never any horror. I hate Love Actually", "ana")
    before = await agent.export("ana")
    people: People = {"Ana": Guest("something scary tonight", conversation="ana"), "Ben": "scary"}
    reply = await agent.movie_night(people)
    told = reply.model_dump_json()
    assert not any("Horror" in pick.genres for pick in reply.picks), "her lasting limit counts"
    assert "Love Actually" not in titles(reply)
    assert "Paddington 2" not in told and "no horror" not in told.lower()
    assert any(veto.because == {"Ana": "a limit of their own"} for veto in reply.vetoes)
    assert await agent.export("ana") == before


@pytest.mark.parametrize("says", ["a thriller", "undo", "forget that I love Paddington 2"])
async def test_what_is_left_of_earlier_words_stays_private(agent: MovieAgent, says: str) -> None:
    await agent.send("I love Paddington 2", "ana")
    await agent.send("Never any horror or thrillers", "ana")
    people: People = {"Ana": Guest(says, conversation="ana"), "Ben": "scary"}
    told = (await agent.movie_night(people)).model_dump_json()
    assert "no horror" not in told.lower() and "Paddington 2 (" not in told


async def test_tonights_words_of_a_conversation_step_back_for_new_ones(agent: MovieAgent) -> None:
    await agent.send("something scary", "ana")
    scary = await agent.movie_night({"Ana": Guest(conversation="ana")})
    warm = await agent.movie_night({"Ana": Guest("warm and gentle", conversation="ana")})
    assert "Horror" in {genre for pick in scary.picks for genre in pick.genres}
    assert "Horror" not in {genre for pick in warm.picks for genre in pick.genres}


async def test_a_conversation_that_is_not_there_knows_nothing(agent: MovieAgent) -> None:
    with_none = await agent.movie_night({"Ana": Guest("funny", conversation="nobody")})
    assert titles(with_none) == titles(await agent.movie_night({"Ana": "funny"}))


async def test_what_could_not_be_read_is_owned_up_to(agent: MovieAgent) -> None:
    reply = await agent.movie_night({"Ana": "like Dune", "Ben": "something like Zorblaxia Nine"})
    assert any(n.startswith("Ana: Which “Dune” do you mean") for n in reply.notices)
    assert any(n.startswith("Ben: ") for n in reply.notices)
    assert len(reply.picks) == 5


async def test_a_short_list_says_that_it_is_all_there_is(agent: MovieAgent) -> None:
    reply = await agent.movie_night({"Ana": "for my 5 year old", "Ben": "only westerns"})
    assert 0 < len(reply.picks) < 5 and not reply.relaxed
    assert reply.notices[0].startswith("Only ") and reply.notices[0].endswith("to all of that.")


async def test_danger_is_answered_first(agent: MovieAgent) -> None:
    reply = await agent.movie_night({"Ana": "I want to kill myself", "Ben": "funny"})
    assert "crisis line" in reply.care and "Ana" not in reply.care
    assert "crisis line" in reply.text.split("\n\n")[0], "before any film"


@pytest.mark.parametrize(
    ("people", "says"),
    [
        ({}, "Nobody has come yet"),
        ({f"P{n}": "funny" for n in range(13)}, "12 can come at most"),
        ({"  ": "funny"}, "is no name"),
        ({"a" * 61: "funny"}, "is no name"),
        ({"Ana": "funny", "ana ": "sad"}, "the same name"),
        ({"Ana": 3}, "no text and no taste profile"),
    ],
)
def test_people_who_cannot_come_are_refused_in_a_sentence(people: object, says: str) -> None:
    with pytest.raises(UsageError, match=says) as refused:
        checked_people(people)  # type: ignore[arg-type]
    assert str(refused.value).endswith(".") and "\n" not in str(refused.value)


async def test_rules_counts_and_messages_are_checked(agent: MovieAgent) -> None:
    with pytest.raises(UsageError, match="'fairest' is no rule"):
        await agent.movie_night({"Ana": "funny"}, rule="fairest")  # type: ignore[arg-type]
    for picks in (0, 21, 2.5, True):
        with pytest.raises(UsageError, match="films can't be chosen"):
            await agent.movie_night({"Ana": "funny"}, picks=picks)  # type: ignore[arg-type]
    with pytest.raises(BadMessage, match="read at most"):
        await agent.movie_night({"Ana": "funny " * 10_000})


def test_names_lose_what_cannot_be_seen() -> None:
    assert checked_name(" An\u202ea\n\tB ") == "Ana B"


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_rules_lie_between_the_lowest_and_the_highest(each: list[float]) -> None:
    low, mean, high = (together(r, each) for r in ("least_misery", "average", "most_pleasure"))
    assert min(each) == low <= mean + 1e-9 and mean <= high + 1e-9 and high == max(each)
