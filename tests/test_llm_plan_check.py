# ruff: noqa: E501
"""A model's plan, checked against the message."""

from __future__ import annotations

from typing import Any

import pytest
from moodreel.agent.edits import Attitude, Forget, ItemRef, LimitEdit, Nudge, Undo, Wish
from moodreel.agent.engines.base import Turn
from moodreel.agent.engines.llm.plan_check import checked
from moodreel.agent.engines.llm.plan_read import plan_of
from moodreel.agent.engines.reading.read import read
from moodreel.agent.plan import Chat, Tell, TurnPlan
from moodreel.agent.profile import TasteProfile
from moodreel.ingest.catalogue import Catalogue

from .measure_damage import said
from .plan_replies import reply, through, turn_of
from .plan_words import FIVE, words


def test_what_nobody_said_is_dropped(starter: Catalogue) -> None:
    plan = through(
        starter, "something gentle for a rainy night",
        films=[{"words": "loved Casablanca", "film": "Casablanca", "role": "loved"},
               {"words": "rainy night", "film": "#3", "role": "seen"}],
        limits=[{"words": "from the seventies", "limit": "years", "low": 1970, "high": 1979},
                {"words": "rainy night", "limit": "minutes", "high": 90}],
        undo=1, reset="all", forget=["horror"],
    )  # fmt: skip
    assert said(plan) == said(read(turn_of("something gentle for a rainy night"), starter))


def test_remarks_say_what_was_dropped(starter: Catalogue) -> None:
    turn = turn_of("something gentle")
    made = reply(films=[{"words": "loved Casablanca", "film": "Casablanca", "role": "loved"}])
    _, remarks = checked(plan_of(made, turn, starter), turn, read(turn, starter), starter)
    assert "nothing said backs attitude 'loved Casablanca'" in remarks


GOOD = [
    ("J'ai détesté Heat, montre-moi quelque chose de plus drôle",
     {"films": [{"words": "J'ai détesté Heat", "film": "Heat", "role": "disliked"}],
      "changes": [{"words": "plus drôle", "quality": "humour", "by": 2}]},
     ["disliked Heat 1995", "more humour", "recommend"]),
    ("weniger als 90 minuten bitte",
     {"limits": [{"words": "weniger als 90 minuten", "limit": "minutes", "high": 89}]},
     ["limit under 90 minutes", "recommend"]),
    ("le deuxième, il dure combien ?",
     {"answers": [{"do": "tell", "films": ["#2"], "topic": "runtime"}]}, ["tell runtime #2"]),
    ("なにか泣ける映画、ホラーは嫌",
     {"wishes": [{"words": "泣ける", "text": "makes you cry", "part": "mood", "moods": ["tearjerker"]}],
      "limits": [{"words": "ホラーは嫌", "limit": "genres", "never": ["Horror"]}]},
     ["limit no horror", "recommend", "wish makes you cry"]),
    ("Der Pate fand ich super",
     {"films": [{"words": "Der Pate fand ich super", "film": "The Godfather", "role": "loved"}]},
     ["loved The Godfather", "recommend"]),
    ("my boss was a nightmare today, I could murder someone. make it go away",
     {"wishes": [{"words": "make it go away", "text": "distraction", "part": "mood", "moods": ["playful"]}]},
     ["recommend", "wish distraction"]),
    ("the robot one but less sappy",
     {"films": [{"words": "the robot one", "film": "#3", "role": "like_this"}],
      "changes": [{"words": "less sappy", "quality": "romance", "by": -2}]},
     ["less warmth", "like #3", "recommend"]),
    ("olvida lo de terror", {"forget": ["terror"]}, ["forget terror", "recommend"]),
]  # fmt: skip


@pytest.mark.parametrize(("message", "parts", "expected"), GOOD, ids=[g[0][:12] for g in GOOD])
def test_what_only_the_model_can_read_stays(
    starter: Catalogue, message: str, parts: dict[str, Any], expected: list[str]
) -> None:
    assert sorted(words(through(starter, message, **parts))) == expected


def test_danger_of_either_reading_is_answered_alone(starter: Catalogue) -> None:
    missed = through(starter, "I want to die", wishes=[{"words": "die", "text": "death"}])
    assert words(missed) == ["chat danger"]
    heard: dict[str, Any] = {
        "intents": ["danger"],
        "answers": [{"do": "chat", "about": "danger", "say": "No!"}],
    }
    plan = through(starter, "ich will nicht mehr leben", **heard)
    assert plan == TurnPlan(intents=("danger",), acts=(Chat(about="danger"),))
    calm = through(starter, "a comedy from the 90s", **heard)
    assert said(calm) == said(read(turn_of("a comedy from the 90s"), starter))


def test_a_year_that_was_not_said_is_taken_off(starter: Catalogue) -> None:
    films = [{"words": "J'ai adoré Dune", "film": "Dune", "role": "loved", "year": 2021}]
    (edit,) = through(starter, "J'ai adoré Dune", films=films).edits
    assert isinstance(edit, Attitude)
    assert (edit.item.title, edit.item.year) == ("Dune", None)
    films[0]["words"] = "J'ai adoré Dune de 2021"
    (edit,) = through(starter, "J'ai adoré Dune de 2021", films=films).edits
    assert isinstance(edit, Attitude)
    assert edit.item.year == 2021


def test_an_everyday_word_is_no_title(starter: Catalogue) -> None:
    films = [{"words": "cheer me up", "film": "Up", "role": "like_this"}]
    assert "like Up" not in words(through(starter, "please cheer me up tonight", films=films))


def test_a_shown_film_that_is_only_pointed_at_is_its_place(starter: Catalogue) -> None:
    turn = Turn("that one, is it long", 2, TasteProfile(), shown=(FIVE,), focus=(FIVE[1],))
    films = [{"words": "that one", "film": "Collateral", "role": "interested"}]
    plan = plan_of(reply(films=films), turn, starter)
    made, _ = checked(plan, turn, TurnPlan(), starter)
    (edit,) = made.edits
    assert isinstance(edit, Attitude)
    assert edit.item == ItemRef(position=2)


def test_an_answer_to_a_question_is_left_to_the_rules(starter: Catalogue) -> None:
    turn = Turn("the 2021 one", 2, TasteProfile(), question="Which Dune?", choices=("a", "b"))
    limits = [{"words": "the 2021 one", "limit": "years", "low": 2021, "high": 2021}]
    builtin = read(turn, starter)
    assert (
        checked(plan_of(reply(limits=limits), turn, starter), turn, builtin, starter)[0] == builtin
    )


def test_words_are_the_users_own_afterwards(starter: Catalogue) -> None:
    message = "Bitte etwas LUSTIGES, ohne Blut!"
    plan = through(
        starter, message,
        wishes=[{"words": "bitte etwas lustiges", "text": "funny", "part": "mood", "moods": ["funny"]}],
        limits=[{"words": "ohne blut", "limit": "content", "never": ["gore"]}],
    )  # fmt: skip
    assert {edit.words for edit in plan.edits} == {"Bitte etwas LUSTIGES", "ohne Blut"}


def test_a_genre_only_gathered_is_wished_for(starter: Catalogue) -> None:
    plan = through(
        starter, "pirates and treasure maps",
        limits=[{"words": "pirates and treasure maps", "limit": "genres", "only": ["Adventure"]}],
    )  # fmt: skip
    assert not any(isinstance(edit, LimitEdit) for edit in plan.edits)
    assert any(isinstance(edit, Wish) and edit.genres == ("Adventure",) for edit in plan.edits)


@pytest.mark.parametrize(
    ("message", "answers", "expected"),
    [
        ("thanks!", [{"do": "recommend"}], ["chat thanks"]),
        ("thanks!", [{"do": "chat", "about": "thanks", "say": "Any time."}], ["chat thanks"]),
        ("how long is the second one?", [{"do": "recommend"}], ["tell runtime #2"]),
        ("show me 3 more", [{"do": "recommend", "count": 12}], ["recommend 3"]),
        ("show me more", [{"do": "recommend", "count": 12}], ["recommend"]),
        ("more please", [{"do": "chat", "about": "aside"}], ["recommend"]),
        ("how's the weather", [{"do": "tell", "films": ["Heat"]}], ["chat aside"]),
    ],
)
def test_answers_that_make_no_sense_are_repaired(
    starter: Catalogue, message: str, answers: list[dict[str, Any]], expected: list[str]
) -> None:
    assert words(through(starter, message, answers=answers)) == expected


def test_the_models_own_sentence_is_kept_where_it_says_the_same(starter: Catalogue) -> None:
    answers = [{"do": "chat", "about": "aside", "say": "I only see films from here."}]
    (act,) = through(starter, "how's the weather where you are", answers=answers).acts
    assert act == Chat(about="aside", say="I only see films from here.")


def test_without_a_list_nothing_is_told_or_shown_again(starter: Catalogue) -> None:
    for answer in ({"do": "tell", "topic": "plot"}, {"do": "show_again"}):
        plan = through(starter, "was zum Lachen jetzt bitte", shown=False, answers=[answer])
        assert not any(isinstance(act, Tell) for act in plan.acts)
        assert words(plan)[-1] == "recommend"


def test_taking_back_needs_to_be_said(starter: Catalogue) -> None:
    for message in ("quelque chose de drôle", "I love a good comedy", "a story about forgetting"):
        plan = through(starter, message, undo=1, reset="all", forget=["comedy"])
        assert not any(isinstance(edit, (Undo, Forget)) for edit in plan.edits)
        assert not any(edit.edit == "reset" for edit in plan.edits)
    assert "undo 1" in words(through(starter, "undo that", undo=1))


def test_both_readings_of_one_comparison_are_one_nudge(starter: Catalogue) -> None:
    plan = through(
        starter, "a bit funnier", changes=[{"words": "a bit funnier", "quality": "warmth", "by": 1}]
    )
    assert [edit.quality for edit in plan.edits if isinstance(edit, Nudge)] == ["humour"]


def test_what_was_skipped_is_said(starter: Catalogue) -> None:
    message = "something funny " * 400
    turn = turn_of(message)
    builtin = TurnPlan(skipped=len(message) - 4_000)
    made, _ = checked(plan_of(reply(), turn, starter), turn, builtin, starter)
    assert made.skipped == len(message) - 4_000
