"""Tables of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from moodreel.errors import BadSource
from moodreel.ingest.sources.record import Options

from .stage import file, read


class TestOwnTable:
    def test_columns_are_guessed_and_can_be_named(self, tmp_path: Path) -> None:
        path = file(tmp_path, "own.tsv", "Name\tJahr\tWorum es geht\nHafen\t1994\tEine Stadt.\n")
        _, (one,), _ = read(path)
        assert (one.title, one.year, one.text) == ("Hafen", 1994, "")
        _, (one,), _ = read(path, "table", Options({"text": "Worum es geht"}))
        assert (one.title, one.text) == ("Hafen", "Eine Stadt.")

    def test_parquet(self, tmp_path: Path) -> None:
        parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet takes the extra eval")
        pyarrow = pytest.importorskip("pyarrow")
        told = {"title": ["Harbour", None], "year": [1994, 1995], "genres": [["Drama"], []]}
        parquet.write_table(pyarrow.table(told), tmp_path / "own.parquet")
        _, (one,), (none,) = read(tmp_path / "own.parquet")
        assert (one.title, one.year, one.genres, none.reason) == (
            "Harbour",
            1994,
            ("Drama",),
            "no title",
        )

    def test_parquet_that_can_not_be_read_says_why(self, tmp_path: Path) -> None:
        path = file(tmp_path, "own.parquet", b"PAR1 and nothing more")
        with pytest.raises(BadSource, match=r"moodreel\[eval\]|no readable Parquet"):
            read(path)

    @pytest.mark.parametrize(
        ("columns", "told"),
        [({"title": "Nom"}, "no column 'Nom'"), ({"titel": "Name"}, "no field 'titel'")],
    )
    def test_a_mapping_that_can_not_be_is_refused(
        self, tmp_path: Path, columns: dict[str, str], told: str
    ) -> None:
        path = file(tmp_path, "own.csv", "Name,Year\nHafen,1994\n")
        with pytest.raises(BadSource, match=told):
            read(path, "table", Options(columns))

    def test_a_table_without_titles_is_no_data_set(self, tmp_path: Path) -> None:
        path = file(tmp_path, "own.csv", "a,b\n1,2\n")
        with pytest.raises(BadSource, match="name its source"):
            read(path)
        with pytest.raises(BadSource, match="--map title=COLUMN"):
            read(path, "table")
