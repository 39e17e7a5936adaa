"""Searching first and filtering then finds what filtering first finds."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.ingest import edge_search
from moodreel.ingest.bench_store import synthetic_items
from moodreel.ingest.catalogue import Probe
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.edge_search import Found, Named, Searching, Shares
from moodreel.ingest.facets import FACETS, facet_of
from moodreel.ingest.limits import Condition, Genres, Operation, Years, conditions
from moodreel.ingest.memory import Memory, names_of_all
from moodreel.ingest.searching import Candidates, best
from moodreel.ingest.store import Question
from pytest import MonkeyPatch

from .doubles import HashEmbedder

EMBEDDER = HashEmbedder()
ITEMS = synthetic_items(400)
POINTS = 20_000


@dataclass
class Shelf:
    """Points 0 to 19,999: the lower, the nearer; a filter is the set of those that pass."""

    rough: bool = False
    asked: list[Question] = field(default_factory=list)

    def ask(self, questions: Sequence[Question]) -> list[Found]:
        self.asked += questions
        return [{p: self._score(q, p) for p in self._passing(q)[: q.limit]} for q in questions]

    def _score(self, question: Question, point: int) -> float:
        exact = not self.rough or (isinstance(question.passing, Named) and not question.rough)
        return -float(point) if exact else -float(point // 100)

    def _passing(self, question: Question) -> list[int]:
        passing = question.passing
        known = passing.filter if isinstance(passing, Named) else passing
        return sorted(known) if known else [*range(POINTS)]

    def test(self, points: Collection[int], passing: Any) -> set[int]:
        return {point for point in points if point in passing}

    def found(self, *questions: Question) -> list[list[int]]:
        """What is found, which is the same as with the filter first."""
        shares = Shares(lambda: [*range(7, POINTS, 19)], self.test)
        search = Searching(
            POINTS, self.rough, shares.passing, self.ask, self.test, lambda few: Named({*few})
        )
        found = search.found(questions)
        assert found == Shelf().ask(questions)
        return [[*each] for each in found]

    def filters(self) -> list[bool]:
        """Whether each question that was asked had a filter."""
        return [question.passing is not None for question in self.asked]


def near(passing: Any, limit: int = 20) -> Question:
    return Question(limit, passing, "plot", [1.0])


def test_where_many_pass_they_are_searched_without_the_filter() -> None:
    shelf = Shelf()
    [found] = shelf.found(near({*range(0, POINTS, 2)}))
    assert found == [*range(0, 40, 2)]
    assert shelf.filters() == [False]
    assert 40 <= shelf.asked[0].limit < 100


def test_where_few_pass_the_filter_comes_first() -> None:
    shelf = Shelf()
    assert shelf.found(near({*range(0, POINTS, 500)})) == [[*range(0, 10_000, 500)]]
    assert shelf.filters() == [True]


def test_where_the_nearest_do_not_pass_they_are_searched_again_with_the_filter() -> None:
    shelf = Shelf()
    assert shelf.found(near({*range(10_000, POINTS)})) == [[*range(10_000, 10_020)]]
    assert shelf.filters() == [False, True]


def test_only_the_question_that_lacks_is_asked_again() -> None:
    shelf = Shelf()
    upper = {*range(10_000, POINTS)}
    best = Question(3, upper, "")
    named = near(Named({4, 5}), limit=2)
    assert shelf.found(near(upper), best, named)[1:] == [[10_000, 10_001, 10_002], [4, 5]]
    assert shelf.filters() == [False, True, True, True]


def test_rough_scores_are_told_to_those_only_who_ask_for_them() -> None:
    shelf = Shelf(rough=True)
    asked = replace(near(None, limit=3), rough=True)
    search = Searching(
        POINTS, True, lambda _: 1.0, shelf.ask, shelf.test, lambda few: Named({*few})
    )
    rough, exact = search.found([asked, near(None, limit=3)])
    assert [*rough] == [*exact] == [0, 1, 2]
    assert {*rough.values()} == {0.0}
    assert exact == {0: 0.0, 1: -1.0, 2: -2.0}


def test_a_share_is_told_once_for_equal_filters_until_points_change() -> None:
    drawn, tested = [1, 2, 3, 4], []

    def test(points: Collection[int], passing: Any) -> list[int]:
        tested.append(passing)
        return [point for point in points if point in passing]

    shares = Shares(lambda: [*drawn], test)
    assert [shares.passing(each) for each in ([2, 3, 9], [1], [2, 3, 9])] == [0.5, 0.25, 0.5]
    assert len(tested) == 2
    drawn[0] = 9
    assert shares.passing([2, 3, 9]) == 0.5
    shares.forget()
    assert shares.passing([2, 3, 9]) == 0.75
    assert Shares(list, test).passing([1]) == 0.0


def test_rough_scores_are_mended_before_they_are_told() -> None:
    shelf = Shelf(rough=True)
    shelf.found(near({*range(0, POINTS, 2)}), near({*range(0, POINTS, 2)}), near(None, limit=3))
    assert [question.limit for question in shelf.asked[-3:]] == [20, 20, 3]


def test_questions_with_filters_of_their_own_are_asked_as_they_are() -> None:
    shelf = Shelf()
    shelf.found(near({*range(9_000)}), near({*range(8_000)}))
    assert shelf.filters() == [True, True]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EdgeCatalogue]:
    made = EdgeCatalogue.create(tmp_path_factory.mktemp("filtered") / "catalogue", EMBEDDER)
    made.upsert(ITEMS)
    yield made
    made.close()


def drawn_conditions(dice: random.Random) -> list[Condition]:
    facet = dice.choice(FACETS)
    value = facet_of(dice.choice(ITEMS), facet)
    values = value[:2] if isinstance(value, tuple) else (value or 0,)
    chance = [*conditions([Years(earliest=dice.randrange(1930, 2000))])]
    operation: Operation = dice.choice(("any", "none", "none"))
    if values:
        chance.append(Condition(facet=facet, operation=operation, values=tuple(values)))
    return chance


@pytest.mark.parametrize("seed", range(60))
def test_a_catalogue_finds_the_same_either_way(
    seed: int, catalogue: EdgeCatalogue, monkeypatch: MonkeyPatch
) -> None:
    dice = random.Random(seed)  # noqa: S311 (which queries are tried)
    probes = [
        Probe(space, catalogue.embed([dice.choice(ITEMS).plot_essence], space)[0])
        for space in ("plot", "mood")
    ]
    asked = drawn_conditions(dice)
    words, limit = dice.choice(ITEMS).title, dice.choice((1, 5, 30))

    def found() -> list[tuple[str, float]]:
        hits = catalogue.search(probes, words=words, conditions=asked, limit=limit)
        return [(hit.id, round(hit.score, 5)) for hit in hits]

    monkeypatch.setattr(edge_search, "ENOUGH", 1_000_000)
    before = found()
    monkeypatch.setattr(edge_search, "ENOUGH", 1)
    monkeypatch.setattr(edge_search, "_DEEPEST", 100.0)
    assert found() == before
    held = [item for item in ITEMS if all(each.holds(item) for each in asked)]
    assert catalogue.count(asked) == len(held)


def test_points_that_went_are_no_longer_drawn(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(edge_search, "ENOUGH", 1)
    made = EdgeCatalogue.create(tmp_path / "catalogue", EMBEDDER)
    try:
        made.upsert(ITEMS)
        probe = Probe("plot", made.embed(["a heist"], "plot")[0])
        no_horror = conditions([Genres(none_of=("Horror",))])
        gone = [hit.id for hit in made.search([probe], conditions=no_horror, limit=50)]
        made.delete(gone)
        left = [hit.id for hit in made.search([probe], conditions=no_horror, limit=50)]
        assert len(left) == 50 and not {*left} & {*gone}
    finally:
        made.close()


@given(st.lists(st.tuples(st.sampled_from([-1.0, 0.0, 0.3, 0.30000001, 2.0]), st.booleans())))
def test_the_best_are_those_of_the_highest_scores_then_the_best_known(
    told: list[tuple[float, bool]],
) -> None:
    memory = Memory(int, lambda: names_of_all([]), RLock())
    for place, (_, known) in enumerate(told):
        memory.register(str(place), 1.0 if known else 0.5)
    scores = np.array([score for score, _ in told])
    found = Candidates([*range(len(told))], scores[None], np.zeros(len(told)))
    every = sorted(range(len(told)), key=lambda n: (-round(told[n][0], 6), not told[n][1], str(n)))
    for limit in (1, 3, len(told) + 1):
        hits = best(found, scores, memory, limit)
        assert [hit.id for hit in hits] == [str(place) for place in every[:limit]]
