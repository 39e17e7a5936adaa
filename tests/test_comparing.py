"""What stands next to an item, and the words for what two items have in common."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from moodreel.agent.comparing import MOST_SHARED, beside, item_of, nearest, shared_words
from moodreel.errors import UnknownItem
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.item import DIMENSIONS, Axes, Item

from .doubles import HashEmbedder

LIGHT = {"lightness": 4, "warmth": 3, "humour": 3, "tension": 0, "scares": 0, "violence": 0,
         "romance": 1, "strangeness": 0, "demand": 0}  # fmt: skip


def film(number: int, **facts: object) -> Item:
    return Item.model_validate({"id": f"f{number}", "title": f"Film {number}", **facts})


def one_of(catalogue: Catalogue, title: str) -> str:
    return catalogue.find(title)[0].id


@pytest.mark.parametrize("title", ["Heat", "Amélie", "Paddington 2", "The Thing"])
def test_each_row_is_ordered_and_without_the_film_itself(starter: Catalogue, title: str) -> None:
    item_id = one_of(starter, title)
    rows = nearest(starter, item_id, per_row=8)
    assert tuple(rows) == DIMENSIONS
    for row in rows.values():
        ids = [each.item.id for each in row]
        near = [each.similarity for each in row]
        assert len(set(ids)) == 8 and item_id not in ids
        assert near == sorted(near, reverse=True)
        assert all(0.5 < each <= 1 for each in near)


def test_rows_differ_from_each_other(starter: Catalogue) -> None:
    rows = nearest(starter, one_of(starter, "Alien"))
    mood, audience, plot = ({each.item.id for each in row} for row in rows.values())
    assert mood != audience != plot != mood


def test_a_sequel_is_near_by_plot_and_says_what_it_shares(starter: Catalogue) -> None:
    row = nearest(starter, one_of(starter, "Goldfinger"))["plot"]
    bond = [each for each in row if "James Bond" in each.shared]
    assert len(bond) > 4


def test_shared_words_are_few_and_told_once(starter: Catalogue) -> None:
    for title in ("Onward", "Matilda", "Real Steel", "Sisu", "Before Sunrise"):
        for row in nearest(starter, one_of(starter, title)).values():
            for each in row:
                told = [word.lower() for word in each.shared]
                assert len(told) == len(set(told)) <= MOST_SHARED
                assert all(told)


@pytest.mark.parametrize("per_row", [0, 1, 3])
def test_rows_are_as_long_as_asked(starter: Catalogue, per_row: int) -> None:
    rows = nearest(starter, one_of(starter, "Heat"), per_row)
    assert [len(row) for row in rows.values()] == [per_row] * 3


@pytest.mark.parametrize("item_id", ["", "nothing", "tt0113277 ", "'; --", "x" * 5_000])
def test_an_unknown_item_gets_a_sentence(starter: Catalogue, item_id: str) -> None:
    with pytest.raises(UnknownItem, match="choose another") as caught:
        nearest(starter, item_id)
    assert len(str(caught.value)) < 150
    with pytest.raises(UnknownItem):
        beside(starter, one_of(starter, "Heat"), item_id)
    with pytest.raises(UnknownItem):
        beside(starter, item_id, one_of(starter, "Heat"))


def test_a_neighbour_as_a_pick_has_the_nearness_of_each_row(starter: Catalogue) -> None:
    heat = one_of(starter, "Heat")
    for dimension, row in nearest(starter, heat, 3).items():
        for each in row:
            pick = beside(starter, heat, each.item.id)
            assert pick.title == each.item.title
            assert getattr(pick.scores, dimension) == pytest.approx(each.similarity, abs=1e-6)


def test_the_reason_names_the_chosen_film_and_common_words(starter: Catalogue) -> None:
    heat = one_of(starter, "Heat")
    row = nearest(starter, heat)["plot"]
    pick = beside(starter, heat, row[0].item.id)
    assert pick.reason.startswith("In common with Heat: ")
    assert row[0].shared[0] in pick.reason


def test_nothing_in_common_is_no_reason(bare: EdgeCatalogue) -> None:
    assert beside(bare, "f1", "f4").reason == ""


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[EdgeCatalogue]:
    """Items of which little is known."""
    catalogue = EdgeCatalogue.create(tmp_path / "bare", HashEmbedder())
    known = {"mood": "warm and slow", "target_audience": "anglers", "plot_essence": "a fish"}
    light = Axes.model_validate(LIGHT)
    catalogue.upsert(
        [
            film(1, **known),
            film(2, mood="warm and slow", plot_essence="a fish gets away"),
            film(3, target_audience="anglers of all ages"),
            film(4),
            film(5, axes=light),
        ]
    )
    yield catalogue
    catalogue.close()


def test_of_what_nothing_is_known_nothing_is_near(bare: EdgeCatalogue) -> None:
    assert nearest(bare, "f4") == {"mood": [], "audience": [], "plot": []}


def test_neighbours_are_those_of_which_enough_is_known(bare: EdgeCatalogue) -> None:
    ids = {name: {each.item.id for each in row} for name, row in nearest(bare, "f1").items()}
    assert ids == {"mood": {"f2", "f5"}, "audience": {"f3"}, "plot": {"f2"}}


def test_moods_are_told_in_the_order_of_the_first() -> None:
    one = film(1, mood_tags=("tense", "dark", "witty", "epic", "sad"))
    other = film(2, mood_tags=("sad", "witty", "dark", "tense"))
    assert shared_words(one, other, "mood") == ("tense", "dark", "witty")
    assert shared_words(other, one, "mood") == ("sad", "witty", "dark")


def test_without_common_tags_common_strengths_are_told() -> None:
    axes = Axes.model_validate(LIGHT)
    one = film(1, mood_tags=("cosy",), axes=axes)
    assert shared_words(one, film(2, axes=axes), "mood") == ("light", "warm", "funny")
    assert shared_words(one, film(3), "mood") == ()


def test_audiences_share_genres_or_else_a_rating() -> None:
    one = film(1, genres=("Crime", "Science Fiction"), age_rating="PG-13")
    assert shared_words(one, film(2, genres=("science fiction",)), "audience") == (
        "science fiction",
    )
    assert shared_words(one, film(3, age_rating="PG-13"), "audience") == ("rated PG-13",)
    assert shared_words(film(4), film(5), "audience") == ()


@pytest.mark.parametrize(
    ("mine", "theirs", "told"),
    [
        (("heist", "loyalty"), ("loyalty", "heist"), ("heist", "loyalty")),
        (("bank heist",), ("diamond heist",), ("heist",)),
        (("bank heists",), ("heist",), ("heists",)),
        (("new york city",), ("new york",), ("New York",)),
        (("great depression",), ("great escape",), ()),
        (("a boy and his robot",), ("robots",), ("robot",)),
        (("man on the run",), ("on the road",), ()),
        (("spider-man",), ("Spider Man",), ("Spider-Man",)),
        (("father and son", "surrogate father"), ("father and daughter", "father"), ("father",)),
        ((), ("heist",), ()),
        (("", "   "), ("",), ()),
        (("<b>bold</b>",), ("<b>bold</b>",), ("<b>bold</b>",)),
        (("강도",), ("강도",), ("강도",)),
    ],
)
def test_plots_share_phrases_or_else_what_they_are_about(
    mine: tuple[str, ...], theirs: tuple[str, ...], told: tuple[str, ...]
) -> None:
    assert shared_words(film(1, tags=mine), film(2, tags=theirs), "plot") == told
    assert shared_words(film(1, archetypes=mine), film(2, tags=theirs), "plot") == told


def test_an_item_by_its_id(starter: Catalogue) -> None:
    heat = one_of(starter, "Heat")
    assert item_of(starter, heat).title == "Heat"
