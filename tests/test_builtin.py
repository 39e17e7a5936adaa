"""The builtin engine: whole turns, hostile text, and what public dialogues say of it."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moodreel.agent.edits import Anchor, Attitude, LimitEdit, Nudge
from moodreel.agent.engines.base import Content, RankTask, RankWhole, Turn
from moodreel.agent.engines.builtin import BuiltinEngine
from moodreel.agent.engines.labelled import DATA, Said, iard
from moodreel.agent.engines.ledger import Ledger
from moodreel.agent.engines.measure import CLASSES, f1, half_of, macro, predict
from moodreel.agent.engines.reading.read import mentioned, read
from moodreel.agent.plan import Ask, Recommend
from moodreel.agent.profile import TasteProfile
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.limits import Runtime
from moodreel.tools.query import MoodWish, Query

from .plan_words import FIVE, plan, words

PIECES = st.sampled_from(
    ["Heat", "Up", "it", "the second one", "I loved", "not", "no", "undo", "like", "why", "?",
     "...", "horror", "under two hours", "my kids", "¤", "\x00", "😭", "\u202e", "'", '"', "(2021)",
     "*", "<b>", "forget", "give me 3", "seen", "and", ",", "but", "funnier", "the mood of",
     "Zorblax 9", "\n"],
)  # fmt: skip


async def test_the_issues_example_is_read_whole(starter: Catalogue) -> None:
    engine = BuiltinEngine(starter)
    message = (
        "something warm and funny like Paddington 2 but not animated, under two hours,"
        " and we have already seen Elf"
    )
    got = await engine.plan(Turn(message, 1, TasteProfile()), Ledger())
    said = words(got)
    assert "like Paddington 2 2017" in said
    assert "seen Elf 2003" in said
    assert "limit no animation" in said
    assert any(isinstance(e, LimitEdit) and isinstance(e.limit, Runtime) for e in got.edits)
    assert any(isinstance(act, Recommend) for act in got.acts)
    assert engine.name == "builtin"


async def test_ranking_keeps_to_the_candidates(starter: Catalogue) -> None:
    candidates = list(starter.get(FIVE).values())
    query = Query(moods=(MoodWish(tag="heartwarming"),))
    task = RankTask(query, candidates, 3)
    (whole,) = [part async for part in BuiltinEngine(starter).rank(task, Ledger())]
    assert isinstance(whole, RankWhole)
    ranking = whole.ranking
    assert len(ranking.items) == 3
    assert {place.id for place in ranking.items} <= set(FIVE)
    assert all(place.reason for place in ranking.items)


async def test_describing_says_that_it_is_derived(starter: Catalogue) -> None:
    text = "A shy lighthouse keeper and a lost whale become friends one stormy winter."
    described = await BuiltinEngine(starter).describe(Content(text), Ledger())
    assert described.provenance.how == "derived"
    assert described.mood_tags


def test_question_and_wish_in_one_message_both_count(starter: Catalogue) -> None:
    got = words(plan(starter, "how long is the second? and something funnier please", shown=[FIVE]))
    assert "tell runtime #2" in got
    assert "more humour" in got
    assert got[-1] == "recommend"


def test_edits_stand_in_the_order_of_the_words(starter: Catalogue) -> None:
    got = plan(
        starter, "I loved Heat, hated Titanic, nothing over two hours, like Drive but funnier"
    )
    kinds = [type(edit) for edit in got.edits]
    assert kinds == [Attitude, Attitude, LimitEdit, Anchor, Nudge]


def test_starting_over_comes_before_the_new_wish(starter: Catalogue) -> None:
    got = words(plan(starter, "now something completely different: a heist", shown=[FIVE]))
    assert got[0] == "reset tonight"
    assert len(got) > 2


def test_at_most_one_question_is_asked_and_only_when_nothing_is_known(starter: Catalogue) -> None:
    bare = plan(starter, "recommend me something")
    assert sum(isinstance(act, Ask) for act in bare.acts) == 1
    told = plan(starter, "recommend me something scary")
    assert not any(isinstance(act, Ask) for act in told.acts)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=st.lists(PIECES, max_size=14), glue=st.sampled_from([" ", "", "  "]))
def test_any_text_gives_one_plan(starter: Catalogue, pieces: list[str], glue: str) -> None:
    message = glue.join(pieces) or "x"
    turn = Turn(message, 1, TasteProfile(), shown=(FIVE,))
    first = read(turn, starter)
    assert first == read(turn, starter)
    assert first.acts
    assert all(edit.words in message for edit in first.edits)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(message=st.text(min_size=1, max_size=300))
def test_any_characters_are_read(starter: Catalogue, message: str) -> None:
    assert read(Turn(message, 1, TasteProfile()), starter).acts


@pytest.mark.parametrize(
    "piece", ["Heat, ", "so ", "not ", "it ", "really ", "number 3 ", "¤", "\n"]
)
def test_long_repetition_is_read(starter: Catalogue, piece: str) -> None:
    assert read(Turn(piece * 400, 1, TasteProfile(), shown=(FIVE,)), starter).acts


def test_mentions_carry_their_items(starter: Catalogue) -> None:
    found = mentioned(Turn("Is Coco anything like Up?", 1, TasteProfile()), starter)
    assert [ids for _, ids in found] == [("tt2380307",), ("tt1049413",)]


def test_measures_of_a_small_sample() -> None:
    right = Said("a", "x", frozenset({"accept"}))
    wrong = Said("b", "y", frozenset({"accept"}))
    judged = [(right, frozenset({"accept"})), (wrong, frozenset({"reject"}))]
    assert f1(judged, "accept") == pytest.approx((1.0, 0.5, 2 / 3))
    assert macro(judged) == pytest.approx(2 / 3)
    assert {half_of(str(n)) for n in range(20)} == {"development", "held-out"}


def test_labelled_dialogues_are_read_well(starter: Catalogue) -> None:
    if not (DATA / "redial").is_dir():
        pytest.skip(f"the labelled dialogues are not in {DATA}")
    said = list(islice((s for s in iard(DATA, starter) if half_of(s.dialogue) == "held-out"), 300))
    judged = [(each, predict(each, starter)) for each in said]
    assert macro(judged) > 0.55
    assert all(f1(judged, name)[2] > 0.35 for name in CLASSES)
