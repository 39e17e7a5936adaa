"""Misspelt names: looking at some lengths only finds the same as comparing them all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from moodreel.ingest.near_names import NearNames
from rapidfuzz.distance import OSA

NAMES = st.lists(st.text("abc ", max_size=8), unique=True, max_size=30)


@given(NAMES, st.text("abc ", max_size=8), st.integers(0, 4), st.integers(1, 5))
def test_the_nearest_are_those_of_comparing_with_every_name(
    names: list[str], said: str, slips: int, limit: int
) -> None:
    far = [(name, OSA.distance(said, name)) for name in names]
    near = sorted((pair for pair in far if pair[1] <= slips), key=lambda pair: pair[1])
    assert NearNames(names).near(said, slips, limit) == near[:limit]


def test_lengths_that_no_name_has_find_nothing() -> None:
    assert NearNames([]).near("dune", 2, 5) == []
    assert NearNames(["the godfather"]).near("dune", 2, 5) == []
