"""Titles that begin as somebody types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.item import Item
from moodreel.ingest.title_complete import complete
from moodreel.ingest.titles import TitleIndex


def titles_of(catalogue: Catalogue, typed: str, limit: int = 8) -> list[str]:
    return [match.title for match in complete(catalogue.titles, typed, limit)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("heat", "Heat"),
        ("HEAT", "Heat"),
        ("hea", "Heat"),
        ("ameli", "Amélie"),
        ("Amélie", "Amélie"),
        ("lord of th", "The Lord of the Rings: The Fellowship of the Ring"),
        ("the lord of the r", "The Lord of the Rings: The Fellowship of the Ring"),
        ("godfathr", "The Godfather"),
        ("ring lord", "The Lord of the Rings: The Fellowship of the Ring"),
        ("  paddington   2", "Paddington 2"),
        ("what's up", "What's Up, Doc?"),
    ],
)
def test_the_film_that_is_meant_comes_first(starter: Catalogue, typed: str, first: str) -> None:
    assert titles_of(starter, typed)[0] == first


@pytest.mark.parametrize("typed", ["", "   ", "…", "'", "zzzzqqq", "水水水", "\x00\x1b", "?!*%_"])
def test_what_is_no_title_gives_nothing(starter: Catalogue, typed: str) -> None:
    assert titles_of(starter, typed) == []


def test_every_word_of_a_title_can_be_its_beginning(starter: Catalogue) -> None:
    assert "In the Heat of the Night" in titles_of(starter, "nigh hea") + titles_of(
        starter, "heat nig"
    )


def test_exact_names_come_before_longer_ones(starter: Catalogue) -> None:
    found = titles_of(starter, "alien")
    assert found[0] == "Alien"
    assert len(found) > 2


def test_a_long_text_is_cut(starter: Catalogue) -> None:
    assert titles_of(starter, "x" * 1_000_000) == []


@pytest.mark.parametrize("limit", [-1, 0, 1, 3])
def test_no_more_than_asked(starter: Catalogue, limit: int) -> None:
    assert len(complete(starter.titles, "the", limit)) == max(0, limit)


def test_titles_that_come_and_go_are_known_at_once() -> None:
    index = TitleIndex([Item(id="a", title="Sea of Glass")])
    assert [match.id for match in complete(index, "sea o")] == ["a"]
    index.upsert([Item(id="b", title="Sea of Sand", popularity=0.9)])
    assert [match.id for match in complete(index, "sea o")] == ["b", "a"]
    index.delete(["b"])
    assert [match.id for match in complete(index, "sea o")] == ["a"]


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_distinct_items_that_are_there(typed: str) -> None:
    index = TitleIndex(
        Item(id=str(number), title=title)
        for number, title in enumerate(["Heat", "The Heat", "Se7en", "Amélie", "水", "<b>"])
    )
    ids = [match.id for match in complete(index, typed)]
    assert len(ids) == len(set(ids))
    assert set(ids) <= set("012345")
