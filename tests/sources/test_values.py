"""Cells of data sets as people and programs write them."""

from __future__ import annotations

import pytest
from moodreel.ingest.sources.values import (
    language_of,
    minutes_of,
    names_of,
    titled,
    undated,
    year_of,
)


class TestValues:
    """Cells as people and programs write them."""

    @pytest.mark.parametrize(
        ("cell", "title", "year", "others"),
        [
            ("Quiet Harbour, The (1994)", "The Quiet Harbour", 1994, ()),
            ("Fluss, Der (The River) (2001)", "Der Fluss", 2001, ("The River",)),
            ("Inseln, Die (a.k.a. Islands) (1977)", "Die Inseln", 1977, ("Islands",)),
            ("9 (2009)", "9", 2009, ()),
            ("1917", "1917", None, ()),
            ("Room (of my own)", "Room (of my own)", None, ()),
            ("None", "None", None, ()),
        ],
    )
    def test_titles(self, cell: str, title: str, year: int | None, others: tuple[str, ...]) -> None:
        assert titled(cell) == (title, year, others)

    def test_a_title_that_was_taken_for_a_date(self) -> None:
        assert undated("22-Jul") == "22 July"
        assert undated("09-Feb") == "9 February"
        assert undated("24-Carat") == "24-Carat"

    def test_years(self) -> None:
        assert year_of("01-Jan-1995") == 1995
        assert year_of("1999–2004") == 1999
        assert year_of("PG") is None
        assert year_of("2150") is None
        assert year_of("119951") is None

    def test_lengths(self) -> None:
        cells = ["90", "90 min", "1h 30m", "2 h", "95.0", "2 Seasons", "0", ""]
        assert [minutes_of(cell) for cell in cells] == [90, 90, 90, 120, 95, None, None, None]

    def test_lists_however_they_are_written(self) -> None:
        told = [
            '[{"id": 1, "name": "Ana"}, {"id": 2, "name": "Bo"}]',
            "['Ana', 'Bo']",
            "Ana|Bo",
            "Ana, Bo",
            "Ana\nBo",
            ["Ana", "Bo"],
        ]
        assert {names_of(cell) for cell in told} == {("Ana", "Bo")}
        assert names_of("[]") == names_of("") == names_of(None) == ()
        assert names_of("[__import__('os')]") == ("[__import__('os')]",)

    def test_languages_by_code_or_english_name(self) -> None:
        cells = ["fr", "French", " german ", "jpn", "Cantonese", "cn", "Malayalam", "Serbian"]
        codes = ["fr", "fr", "de", "ja", "zh", "zh", "ml", "sr"]
        assert [language_of(cell) for cell in cells] == codes
        assert [language_of(cell) for cell in ("xx", "", None, "Klingon")] == [None] * 4
