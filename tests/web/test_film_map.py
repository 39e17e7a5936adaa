"""The map of films: places by degrees of two axes, and the list beside it."""

from __future__ import annotations

import json
from itertools import pairwise
from math import dist
from typing import Any

import pytest

pytest.importorskip("gradio", reason="the page is an extra: make test gets it")

from moodreel.agent.channels.web.film_map import (
    AXIS_WORDS,
    Point,
    plot,
    points_html,
    specification,
)
from moodreel.ingest.item import AXES

from .test_compare import degrees, film, presses


def values(
    points: list[Point], across: Any = "tension", up: Any = "warmth"
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = specification(points, across, up)["data"]["values"]
    return rows


def test_every_axis_has_words_for_both_ends() -> None:
    assert set(AXIS_WORDS) == set(AXES)
    assert all(words.none != words.most for words in AXIS_WORDS.values())


@pytest.mark.parametrize("count", [1, 2, 5, 20, 60])
def test_films_of_one_place_stand_apart_near_it(count: int) -> None:
    points = [Point(film(n, axes=degrees(tension=3, warmth=1))) for n in range(count)]
    placed = [(row["x"], row["y"]) for row in values(points)]
    assert len(set(placed)) == count
    assert all(dist(place, (3, 1)) < 0.5 for place in placed)
    assert placed == [(row["x"], row["y"]) for row in values(points)]


def test_what_was_shown_stands_innermost() -> None:
    points = [Point(film(n, axes=degrees()), place=int(n == 7)) for n in range(9)]
    far = {row["id"]: dist((row["x"], row["y"]), (2, 2)) for row in values(points)}
    assert min(far, key=far.__getitem__) == "f7"


def test_places_follow_the_degrees_on_the_two_axes() -> None:
    tense, calm = film(1, axes=degrees(tension=4, romance=0)), film(2, axes=degrees(tension=0))
    rows = {row["id"]: row for row in values([Point(tense), Point(calm)], "romance", "tension")}
    assert (rows["f1"]["x"], rows["f1"]["y"]) == (0, 4)
    assert (rows["f2"]["x"], rows["f2"]["y"]) == (2, 0)
    assert rows["f1"]["says"] == "Film 1 (1990) · romance 0, tension 4"


@pytest.mark.parametrize("known", [(0, 0), (4, 4), (2, 2), (0, 4), (1, 3)])
def test_the_axes_hold_every_film_and_more_than_one_degree(known: tuple[int, int]) -> None:
    points = [Point(film(n, axes=degrees(tension=d, warmth=d))) for n, d in enumerate(known)]
    made = specification(points, "tension", "warmth")["encoding"]
    for axis in ("x", "y"):
        low, high = made[axis]["scale"]["domain"]
        assert low <= min(known) - 0.5 and high >= max(known) + 0.5
        assert high - low >= 2
        assert all(0 <= tick <= 4 for tick in made[axis]["axis"]["values"])
        assert all(b - a == 1 for a, b in pairwise(made[axis]["axis"]["values"]))


def test_films_without_axes_are_in_the_list_only() -> None:
    points = [Point(film(1)), Point(film(2, axes=degrees()))]
    assert [row["id"] for row in values(points)] == ["f2"]
    html = points_html(points, "tension", "warmth")
    assert presses(html, "point") == ["f1", "f2"]
    assert html.count("not on the map") == 1


def test_the_plot_is_one_that_gradio_draws_without_menus_or_foreign_parts() -> None:
    made = plot([Point(film(axes=degrees()))], "tension", "warmth")
    assert made.type == "altair"
    spec = json.loads(made.plot)
    assert spec["usermeta"]["embedOptions"] == {"renderer": "svg", "actions": False}
    assert "url" not in spec["data"]


def test_an_empty_map_is_a_sentence() -> None:
    assert "there is no list yet" in points_html([], "tension", "warmth")
    assert specification([], "tension", "warmth")["data"]["values"] == []
