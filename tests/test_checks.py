"""The checks of a script: each with an answer that passes and one that fails, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from moodreel.agent.replay.checks import CHECKS, Exchange, Seen, check_turn
from moodreel.agent.replay.checks.whole import WHOLE
from moodreel.agent.replay.expect import Expect
from moodreel.agent.reply import Pick, Reply, Scores
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.title_match import meant

NONE = Scores(mood=0, audience=0, plot=0, overall=0)


def pick(catalogue: Catalogue, title: str, reason: str = "") -> Pick:
    """A film of the catalogue as an agent shows it."""
    item_id = meant(catalogue.find(title))[0].id
    item = catalogue.get([item_id])[item_id]
    facts = {name: getattr(item, name) for name in Pick.model_fields if hasattr(item, name)}
    return Pick(**facts, reason=reason, scores=NONE)


def answered(picks: Sequence[Pick] = (), **more: Any) -> Reply:
    return Reply(**{"conversation": "c", "turn": 1, "text": "", "picks": tuple(picks), **more})


def seen(catalogue: Catalogue, *replies: Reply, said: str = "a film") -> Seen:
    exchanges = tuple(
        Exchange(said, reply.model_copy(update={"turn": place}))
        for place, reply in enumerate(replies, start=1)
    )
    return Seen(exchanges, catalogue, 2026)


def result(now: Seen, expect: dict[str, Any]) -> str:
    """What the one check of a turn says; empty where it passed."""
    (only,) = check_turn(Expect.model_validate(expect), False, now)
    assert only.check == next(iter(expect))
    return "" if only.passed else only.says


FILMS = ("Heat (1995)", "Alien (1979)", "Amélie (2001)")


@pytest.mark.parametrize(
    ("expect", "says"),
    [
        ({"count": 3}, ""),
        ({"count": 5}, "5 films were expected, 3 came."),
        ({"count": 1}, "1 film was expected, 3 came."),
        ({"count": {"min": 2, "max": 4}}, ""),
        ({"count": {"min": 4}}, "At least 4 films were expected, 3 came."),
        ({"includes": ["heat", "amelie (2001)"]}, ""),
        ({"includes": ["Up (2009)"]}, "Up (2009) did not come; 3 films came, first Heat."),
        ({"includes": ["Heatt"]}, "There is no film 'Heatt' in this catalogue."),
        ({"excludes": ["Up"]}, ""),
        ({"excludes": ["Alien"]}, "Alien (1979) came, as number 2."),
        ({"excludes": ["Heatt"]}, "There is no film 'Heatt' in this catalogue."),
        ({"excludes": ["Alien (1980)"]}, "There is no film 'Alien (1980)' in this catalogue."),
        ({"top": {"first": 1, "includes": ["Heat"]}}, ""),
        (
            {"top": {"first": 2, "includes": ["Amélie"]}},
            "Amélie is not among the first 2; 2 films came, first Heat.",
        ),
        ({"all": {"year": {"min": 1979}}}, ""),
        (
            {"all": {"runtime": {"max": 116}}},
            "Heat (1995) runs 170 minutes, at most 116 was expected; and 2 more.",
        ),
        ({"all": {"genres": {"none": ["Musical"]}, "language": ["en", "fr"]}}, ""),
        ({"all": {"language": ["en"]}}, "Amélie (2001) is in fr, en was expected."),
        ({"all": {"people": ["al pacino", "sigourney weaver", "audrey tautou"]}}, ""),
        ({"all": {"at_most_rating": "R", "kind": ["film"]}}, ""),
        (
            {"all": {"at_most_rating": "PG"}},
            "Heat (1995) is rated R, at most PG was expected; and 2 more.",
        ),
    ],
)
def test_a_list_and_its_facts(starter: Catalogue, expect: dict[str, Any], says: str) -> None:
    now = seen(starter, answered([pick(starter, title) for title in FILMS]))
    assert result(now, expect) == says


def test_facts_of_an_empty_list_pass_only_where_none_was_wanted(starter: Catalogue) -> None:
    facts = {"all": {"year": {"min": 1990}}}
    assert result(seen(starter, answered()), facts) == "No films came."
    found = check_turn(
        Expect.model_validate({**facts, "count": 0}), False, seen(starter, answered())
    )
    assert [each.passed for each in found] == [True, True]


def test_a_fact_that_is_not_known_is_not_met(starter: Catalogue) -> None:
    item = starter.get([pick(starter, "Heat").id])
    unknown = {i: x.model_copy(update={"runtime_min": None, "genres": ()}) for i, x in item.items()}
    now = seen(_Having(starter, unknown), answered([pick(starter, "Heat")]))
    assert result(now, {"all": {"runtime": {"max": 999}}}) == "Heat (1995) has no known length."
    assert "Drama was expected" in result(now, {"all": {"genres": ["Drama"]}})


class _Having:
    """A catalogue in which some items are otherwise."""

    def __init__(self, real: Catalogue, instead: dict[str, Any]) -> None:
        self._real, self._instead = real, instead

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def get(self, ids: Any) -> dict[str, Any]:
        found = self._real.get(ids)
        return {item_id: self._instead.get(item_id, item) for item_id, item in found.items()}


def test_every_field_of_an_expectation_has_a_check() -> None:
    assert set(CHECKS) == set(Expect.model_fields) == set(WHOLE)
