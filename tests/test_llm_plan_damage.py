# ruff: noqa: E501
"""Plans of bad models are set right, whatever they wrote, and good ones come through."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moodreel.agent.edits import Attitude, ItemRef
from moodreel.agent.engines.base import Turn
from moodreel.agent.engines.llm.plan_read import plan_of
from moodreel.agent.engines.llm.plan_reply import PlanReply
from moodreel.agent.engines.llm.plan_write import reply_of
from moodreel.agent.engines.reading.read import read
from moodreel.agent.plan import TurnPlan
from moodreel.ingest.catalogue import Catalogue

from .measure_damage import DAMAGES, Damage, outcome, reading_messages, turns_of
from .plan_replies import through, turn_of


@pytest.fixture(scope="module")
def turns() -> list[Turn]:
    # By the words themselves, so that a new message in a table changes nobody else's turn.
    return turns_of([each for each in reading_messages() if not zlib.crc32(each.encode()) % 6])


LEAST = {"invent_place": 0.95, "invent_years": 0.95, "wrong_answer": 0.9}


@pytest.mark.parametrize("damage", DAMAGES, ids=[damage.__name__ for damage in DAMAGES])
def test_damaged_plans_are_set_right(starter: Catalogue, turns: list[Turn], damage: Damage) -> None:
    found = outcome(damage, turns, starter)
    least = LEAST.get(damage.__name__, 0.97)
    assert found.plans >= 8
    assert found.restored >= least * found.plans
    assert found.safe >= least * found.plans
    assert found.restored_unchecked < 0.95 * found.plans


def test_an_undamaged_plan_comes_through(starter: Catalogue, turns: list[Turn]) -> None:
    def intact(reply_: dict[str, Any], message: str, dice: object) -> bool:
        return True

    found = outcome(intact, turns, starter)
    assert found.restored >= 0.99 * found.plans


JUNK = st.text(max_size=40) | st.sampled_from(
    ["Heat", "#2", "#-9", "it", "all", "(", "*[", "by Nolan", "horror", "\x00", "1990s", "\u202e"]
)
ROLES = st.sampled_from(["loved", "seen", "like_this", "unlike_this", "not_tonight"])
NUMBERS = st.none() | st.integers()
KINDS = st.sampled_from(
    ["years", "minutes", "genres", "people", "languages", "age", "content", "subjects", "kinds"]
)
REPLIES = st.fixed_dictionaries(
    {
        "films": st.lists(st.fixed_dictionaries({"words": JUNK, "film": JUNK, "role": ROLES}), max_size=3),
        "wishes": st.lists(st.fixed_dictionaries({"words": JUNK, "text": JUNK, "genres": st.lists(JUNK, max_size=2)}), max_size=2),
        "limits": st.lists(
            st.fixed_dictionaries({"words": JUNK, "limit": KINDS, "low": NUMBERS, "high": NUMBERS,
                                   "only": st.lists(JUNK, max_size=2), "never": st.lists(JUNK, max_size=2)}),
            max_size=3),
        "changes": st.lists(st.fixed_dictionaries({"words": JUNK, "quality": st.just("humour"), "by": st.integers(-3, 3), "than": JUNK}), max_size=1),
        "forget": st.lists(JUNK, max_size=2),
        "undo": st.integers(0, 9),
        "answers": st.lists(
            st.fixed_dictionaries({"do": st.sampled_from(["recommend", "show_again", "tell", "chat", "ask"]),
                                   "films": st.lists(JUNK, max_size=2), "say": JUNK}),
            min_size=1, max_size=3),
    }
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(message=st.text(max_size=80) | JUNK, parts=REPLIES, shown=st.booleans())
def test_no_reply_breaks_anything(
    starter: Catalogue, message: str, parts: dict[str, Any], shown: bool
) -> None:
    plan = through(starter, message, shown=shown, **parts)
    assert plan.acts
    assert TurnPlan.model_validate_json(plan.model_dump_json()) == plan


def test_plans_survive_being_written(starter: Catalogue, turns: list[Turn]) -> None:
    kept = 0
    for turn in turns:
        plan = read(turn, starter)
        made = reply_of(plan, turn)
        again = plan_of(PlanReply.model_validate_json(made.model_dump_json()), turn, starter)
        kept += [act.act for act in again.acts] == [act.act for act in plan.acts]
        kept += len(again.edits) >= len(plan.edits) - 1
    assert kept >= 1.97 * len(turns)


def test_too_many_parts_are_cut_to_the_form(starter: Catalogue) -> None:
    edits = tuple(Attitude(item=ItemRef(title=f"Film {n}"), feeling="seen") for n in range(30))
    made = reply_of(TurnPlan(edits=edits), turn_of("x"))
    assert len(made.films) == 8
    assert made.answers[0].about == "unclear"
