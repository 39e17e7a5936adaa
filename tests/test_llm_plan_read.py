# ruff: noqa: E501
"""A model's plan, read into edits and acts: films, limits, wishes, answers."""

from __future__ import annotations

from typing import Any

import pytest
from moodreel.agent.edits import Anchor, ItemRef, Wish
from moodreel.agent.engines.llm.plan_refs import refs_of
from moodreel.agent.plan import Ask, Chat, Recommend, Tell
from moodreel.ingest.catalogue import Catalogue

from .plan_replies import RECOMMEND, plain, turn_of
from .plan_words import FIVE, words


@pytest.mark.parametrize(
    ("film", "expected"),
    [
        ("#2", [ItemRef(position=2)]),
        ("# 3", [ItemRef(position=3)]),
        ("#-1", [ItemRef(position=-1)]),
        ("number 4", [ItemRef(position=4)]),
        ("2", [ItemRef(position=2)]),
        ("the second one", [ItemRef(position=2)]),
        ("last", [ItemRef(position=-1)]),
        ("it", [ItemRef(id=FIVE[3])]),
        ("that one", [ItemRef(id=FIVE[3])]),
        ("It", [ItemRef(title="It")]),
        ("by Pixar", [ItemRef(title="by Pixar")]),
        ("by Michael Mann", [ItemRef(person="Michael Mann")]),
        ("Heat", [ItemRef(title="Heat")]),
        ("Heat (1995)", [ItemRef(title="Heat", year=1995)]),
        ("“Heat” ", [ItemRef(title="Heat")]),
        ("1917", [ItemRef(title="1917")]),
        ("all", [ItemRef(position=n) for n in range(1, 6)]),
        ("", []),
        (" \n", []),
        ("#0", [ItemRef(title="#0")]),
    ],
)
def test_names_of_films(starter: Catalogue, film: str, expected: list[ItemRef]) -> None:
    assert refs_of(film, turn_of("x", focus=(FIVE[3],)), starter) == expected


def test_without_a_list_there_are_no_places(starter: Catalogue) -> None:
    turn = turn_of("x", shown=False)
    for film in ("#1", "it", "all", "the first one"):
        assert refs_of(film, turn, starter) == []
    assert refs_of("it", turn_of("x"), starter) == [ItemRef(position=1)]


# --- limits -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ({"limit": "years", "low": 1990, "high": 1999}, ["limit from the 1990s"]),
        ({"limit": "years", "low": 1999, "high": 1990}, ["limit from the 1990s"]),
        ({"limit": "years", "high": 80}, ["limit from before 1981"]),
        ({"limit": "years", "only": ["1980s"]}, ["limit from the 1980s"]),
        ({"limit": "years", "never": ["80s"]}, ["limit not from the 1980s"]),
        ({"limit": "years", "high": 1990, "words": "before 1990"}, ["limit from before 1990"]),
        ({"limit": "years", "low": 3000}, []),
        ({"limit": "years", "low": -4, "high": 10**30}, []),
        ({"limit": "years"}, []),
        ({"limit": "minutes", "high": 120, "words": "under two hours"}, ["limit under two hours"]),
        ({"limit": "minutes", "high": 120, "words": "nothing over two hours"}, ["limit at most two hours"]),
        ({"limit": "minutes", "high": 119, "words": "under two hours"}, ["limit under two hours"]),
        ({"limit": "minutes", "high": 2, "words": "two hours tops"}, ["limit at most two hours"]),
        ({"limit": "minutes", "high": 100_000}, []),
        ({"limit": "genres", "only": ["comedies"]}, ["limit only comedy"]),
        ({"limit": "genres", "only": ["sci-fi"]}, ["limit only science fiction"]),
        ({"limit": "genres", "only": ["Horrorr"]}, ["limit only horror"]),
        ({"limit": "genres", "only": ["romcom"]}, ["limit only romance and comedy"]),
        ({"limit": "genres", "only": ["Drama", "Crime"], "words": "drama or crime"}, ["limit only drama or crime"]),
        ({"limit": "genres", "never": ["horror"]}, ["limit no horror"]),
        ({"limit": "genres", "only": ["steampunk"]}, ["wish steampunk"]),
        ({"limit": "genres", "never": ["steampunk"]}, ["avoid steampunk"]),
        ({"limit": "people", "only": ["nolan"]}, ["limit with Christopher Nolan"]),
        ({"limit": "people", "never": ["Adam Sandler"]}, ["limit nothing with Adam Sandler"]),
        ({"limit": "people", "only": ["Zorblax Quux"]}, []),
        ({"limit": "languages", "only": ["French", "ko"]}, ["limit in French or Korean"]),
        ({"limit": "languages", "only": ["Klingon"]}, []),
        ({"limit": "languages", "only": ["foreign"]}, ["limit not in English"]),
        ({"limit": "age", "low": 8}, ["limit fit for age 8"]),
        ({"limit": "age", "low": 30}, []),
        ({"limit": "age", "low": -1}, []),
        ({"limit": "age", "only": ["pg13"]}, ["limit rated G or PG or PG-13"]),
        ({"limit": "content", "never": ["gore"]}, ["limit no gore"]),
        ({"limit": "content", "never": ["violence"]}, ["limit hardly any violence"]),
        ({"limit": "content", "never": ["dogs dying"]}, ["limit no animal harm"]),
        ({"limit": "content", "never": ["spiders"]}, ["limit no spiders"]),
        ({"limit": "subjects", "never": ["zombies"]}, ["limit no zombies"]),
        ({"limit": "kinds", "only": ["podcast"]}, []),
    ],
)  # fmt: skip
def test_limits_as_they_are_read(
    starter: Catalogue, limit: dict[str, Any], expected: list[str]
) -> None:
    assert words(plain(starter, limits=[limit]))[:-1] == expected


def test_names_nobody_knows_are_owned_up_to(starter: Catalogue) -> None:
    plan = plain(starter, limits=[{"limit": "people", "only": ["Zorblax Quux"]}])
    assert plan.unread == ("Zorblax Quux",)


@pytest.mark.parametrize(
    ("wish", "text", "embed"),
    [
        ({"text": "something cosy", "part": "mood", "moods": ["cosy"]}, "cosy", False),
        ({"text": "funny and warm", "moods": ["funny", "heartwarming"]}, "funny and warm", False),
        ({"text": "a film about lighthouse keepers", "part": "plot"}, "lighthouse keepers", True),
        ({"text": "cosy lighthouse stories", "moods": ["cosy"]}, "cosy lighthouse stories", True),
        ({"text": "sci-fi", "genres": ["sci-fi"]}, "sci-fi", False),
        ({"text": "", "moods": ["bleak"]}, "bleak", False),
        ({"text": "x", "genres": ["steampunk"]}, "x steampunk", True),
    ],
)
def test_a_wish_is_searched_for_where_its_tags_do_not_say_it(
    starter: Catalogue, wish: dict[str, Any], text: str, embed: bool
) -> None:
    found = plain(starter, wishes=[wish]).edits[0]
    assert isinstance(found, Wish)
    assert (found.text, found.embed) == (text, embed)


def test_tags_bring_their_axes(starter: Catalogue) -> None:
    funny, torn = plain(
        starter,
        wishes=[
            {"text": "funny", "moods": ["funny"]},
            {"text": "light but sad", "moods": ["feel-good", "sad"]},
        ],
    ).edits
    assert isinstance(funny, Wish)
    assert isinstance(torn, Wish)
    assert funny.axes == {"humour": 3.0}
    assert "lightness" not in torn.axes


def test_an_empty_wish_is_none(starter: Catalogue) -> None:
    assert not plain(starter, wishes=[{"text": " "}, {"text": "the"}]).edits


def test_likes_of_tonight_are_one_anchor(starter: Catalogue) -> None:
    films = [
        {"words": "the mood of Amélie", "film": "Amélie", "role": "like_this", "part": "mood"},
        {"words": "plot of Heat", "film": "Heat", "role": "like_this", "part": "plot"},
        {"words": "not Saw", "film": "Saw", "role": "unlike_this"},
    ]
    (anchor,) = plain(starter, films=films).edits
    assert isinstance(anchor, Anchor)
    assert [(part.item.title, part.dimension, part.weight) for part in anchor.parts] == [
        ("Amélie", "mood", 1.0),
        ("Heat", "plot", 1.0),
        ("Saw", "overall", -1.0),
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"do": "recommend", "count": 3}, Recommend(count=3)),
        ({"do": "tell", "films": ["#2"], "topic": "plot"}, Tell(items=(ItemRef(position=2),), topic="plot")),
        ({"do": "tell"}, Tell()),
        ({"do": "chat", "about": "danger", "say": "Cheer up."}, Chat(about="danger")),
        ({"do": "chat", "about": "who", "say": "A robot."}, Chat(about="who")),
        ({"do": "chat", "about": "thanks", "say": "Any time."}, Chat(about="thanks", say="Any time.")),
        ({"do": "ask", "say": "Long or short?"}, Ask(question="Long or short?")),
    ],
)  # fmt: skip
def test_answers_become_acts(starter: Catalogue, answer: dict[str, Any], expected: object) -> None:
    assert plain(starter, answers=[answer]).acts == (expected,)


def test_a_question_that_may_not_be_asked_is_left_out(starter: Catalogue) -> None:
    ask = {"do": "ask", "say": "Visit www.films.com?"}
    assert plain(starter, answers=[ask, *RECOMMEND]).acts == (Recommend(),)
