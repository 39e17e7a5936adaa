"""Wishes as vectors over moods, axes and genres."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moodreel.ingest.item import AXES, MOOD_TAGS, Item, MoodTag
from moodreel.ingest.moods import FILE, mood_degrees
from moodreel.ingest.starter.films import starter_items
from moodreel.ingest.starter.learn_moods import held_out_auc, learn
from moodreel.ingest.traits import EQUALS, GENRES, Vector, aim, traits_of

FILMS = starter_items()
FILM = st.sampled_from(FILMS)
DEGREES = st.floats(0, 4)


def granted(wish: Vector, item: Item) -> float:
    """What an item grants, without the little that its renown adds."""
    return float(wish[:-1] @ traits_of(item)[:-1])


@given(item=FILM, axis=st.sampled_from(AXES), target=DEGREES, weight=st.floats(0.1, 2))
@settings(max_examples=60)
def test_an_axis_wish_costs_the_squared_distance(
    item: Item, axis: str, target: float, weight: float
) -> None:
    assert item.axes is not None
    wanted = aim(axes={axis: (target, weight)})  # type: ignore[dict-item]
    distance = (item.axes.of(axis) - target) / 1.2  # type: ignore[arg-type]
    assert granted(wanted, item) == pytest.approx(1 - distance**2 / 4, abs=1e-4)


@given(item=FILM)
@settings(max_examples=60)
def test_a_wish_for_what_an_item_is_is_granted_in_full(item: Item) -> None:
    assert item.axes is not None
    axes = {axis: (float(item.axes.of(axis)), 1.0) for axis in AXES}
    genres = [genre for genre in item.genres if genre.lower() in GENRES]
    wanted = aim(dict.fromkeys(item.mood_tags, 1.0), axes, genres)
    assert granted(wanted, item) == pytest.approx(1, abs=1e-3)


@given(item=FILM, tag=st.sampled_from(MOOD_TAGS), weight=st.floats(0.1, 2))
@settings(max_examples=60)
def test_avoiding_is_the_opposite_of_wanting(item: Item, tag: MoodTag, weight: float) -> None:
    wanted, avoided = aim({tag: weight}), aim({tag: -weight})
    np.testing.assert_allclose(wanted[:-1], -avoided[:-1], atol=1e-6)
    value = granted(wanted, item)
    assert (value == pytest.approx(1)) == (tag in item.mood_tags)
    assert -0.31 <= value <= 1.001


def test_no_wish_and_nothing_known_are_zero() -> None:
    assert not aim().any()
    assert not traits_of(Item(id="a", title="A"))[:-1].any()
    assert not mood_degrees([Item(id="a", title="A")]).any()
    assert not aim(genres=["Basket Weaving"]).any()


def test_renown_tells_only_equals_apart() -> None:
    """The better known first, then always the same; less than the least of any wish."""
    known, other, third = (
        traits_of(Item(id=name, title="A", mood_tags=("funny",), popularity=popularity))
        for name, popularity in (("a", 0.3), ("b", 0.2), ("c", 0.2))
    )
    wanted = aim({"funny": 1.0})
    assert wanted @ known > wanted @ other != wanted @ third
    assert abs(wanted @ known - wanted @ other) < EQUALS
    famous = traits_of(Item(id="d", title="A", mood_tags=("playful",), popularity=1.0))
    assert wanted @ other > wanted @ famous
    assert not aim({"funny": -1.0})[-1]


def test_a_mood_fits_films_of_its_kind_without_the_tag() -> None:
    by_title = {film.title: film for film in FILMS}
    cosy = aim({"cosy": 1.0})
    gentle, grim = by_title["Toy Story"], by_title["Seven"]
    assert "cosy" not in gentle.mood_tags
    assert cosy @ traits_of(gentle) > 0.2 > cosy @ traits_of(grim)


def test_shipped_mood_weights_are_what_learning_gives() -> None:
    with np.load(FILE) as stored:
        np.testing.assert_allclose(stored["weights"], learn(FILMS), atol=1e-3)
    assert held_out_auc(FILMS) > 0.9
