"""Fusing a model's order: a good one helps, a bad one does little harm, none changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.item import Item
from moodreel.ingest.limits import Runtime, broken
from moodreel.tools.order import fuse_order
from moodreel.tools.order_check import MODELS, Row, hidden_all, hidden_one, measure
from moodreel.tools.query import Like, MoodWish, Query
from moodreel.tools.rank import rank_items
from moodreel.tools.retrieve import retrieve
from moodreel.tools.scoring import Candidate


def candidates(*scores: float) -> list[Candidate]:
    """Candidates ``c0``, ``c1``, … best first."""
    items = [Item(id=f"c{place}", title=f"Film {place}") for place in range(len(scores))]
    return [
        Candidate(item, score, {"likes": score}) for item, score in zip(items, scores, strict=True)
    ]


TEN = candidates(*range(10, 0, -1))


def ids(found: Sequence[Candidate]) -> list[str]:
    return [candidate.id for candidate in found]


def rows(cases: object) -> dict[str, Row]:
    return {row.model: row for row in measure(list(cases))}  # type: ignore[call-overload]


def test_the_score_stays_the_sum_of_its_parts() -> None:
    for candidate in fuse_order(TEN, ["c3", "c1"]):
        assert candidate.score == pytest.approx(sum(candidate.parts.values()))


def test_what_a_model_puts_first_rises() -> None:
    fused = ids(fuse_order(TEN, ["c3", "c0", "c1", "c2"]))
    assert fused.index("c3") < 3
    assert fused[-1] == "c9"


@pytest.mark.parametrize("order", [[], ["zz", ""], ["f1", "f2"]])
def test_an_order_of_strangers_changes_nothing(order: list[str]) -> None:
    assert fuse_order(TEN, order) == TEN


def test_strangers_and_repeats_are_passed_over() -> None:
    assert fuse_order(TEN, ["c2", "zz", "c2", "c0"]) == fuse_order(TEN, ["c2", "c0"])


def test_backwards_is_not_believed() -> None:
    assert ids(fuse_order(TEN, ids(TEN)[::-1])) == ids(TEN)


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_order(count: int) -> None:
    assert ids(fuse_order(TEN[:count], ["c0"])) == ids(TEN[:count])


def test_of_two_near_each_other_the_model_decides() -> None:
    near = candidates(1.0, 0.99, 0.2, 0.1)
    assert ids(fuse_order(near, ["c1", "c0"]))[0] == "c1"


def test_among_equals_the_model_decides() -> None:
    same = candidates(1.0, 1.0, 1.0, 1.0)
    assert ids(fuse_order(same, ["c2", "c3", "c1"])) == ["c2", "c3", "c1", "c0"]


@given(
    st.lists(st.floats(-50, 50), max_size=30),
    st.lists(st.sampled_from([*(f"c{n}" for n in range(35)), ""]), max_size=40),
)
def test_any_order_loses_and_invents_nothing(scores: list[float], order: list[str]) -> None:
    found = candidates(*sorted(scores, reverse=True))
    assert sorted(ids(fuse_order(found, order))) == sorted(ids(found))


def test_a_good_model_helps_and_a_bad_one_does_little_harm(starter: Catalogue) -> None:
    for measured in (rows(hidden_all(starter, 12)), rows(hidden_one(starter, 12))):
        for good in ("perfect", "good (noise 0.5)", "fair (noise 1)"):
            row = measured[good]
            assert row.fused[1] > row.search[1] + 0.02, row
        for model in MODELS:
            row = measured[model]
            harmless = 0.13 if model == "the worst first" else 0.06
            assert row.fused[1] > row.search[1] - harmless, row


def test_a_list_heeds_an_order_but_keeps_every_limit(starter: Catalogue) -> None:
    query = Query(moods=(MoodWish(tag="tense"),), limits=(Runtime(longest=110),))
    pool = [c.item for c in retrieve(starter, Query(moods=query.moods), 60)]
    fitting = [item.id for item in pool if not broken(item, query.limits)]
    wanted = [item.id for item in pool if item.id not in fitting] + fitting[2:8]
    plain = rank_items(starter, query, pool, 5)
    heeded = rank_items(starter, query, pool, 5, order=wanted)
    assert {place.id for place in heeded.items} <= set(fitting)
    assert heeded != plain
    assert {place.id for place in heeded.items} & set(fitting[2:8])


def test_no_order_is_as_before(starter: Catalogue) -> None:
    query = Query(likes=(Like(id="tt1375666"),))
    pool = [c.item for c in retrieve(starter, query, 30)]
    assert rank_items(starter, query, pool, 5) == rank_items(starter, query, pool, 5, order=[])
