"""Tables of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from moodreel.errors import BadSource
from moodreel.ingest.sources.record import Options

from .stage import file, read

NO_VOTES = "a number of votes that is none, left out"
NO_POPULARITY = "a popularity that is none, left out"


def popularities(path: Path) -> list[tuple[float, tuple[str, ...]]]:
    """The popularity of each row, and what was mended of it."""
    return [(record.popularity, record.repaired) for record in read(path, "table")[1]]


def listed(folder: Path, column: str, *cells: str) -> Path:
    rows = "".join(f"{number};{cell}\n" for number, cell in enumerate(cells, 1))
    return file(folder, "own.csv", f"Title;{column}\n{rows}")


class TestOwnTable:
    def test_columns_are_guessed_and_can_be_named(self, tmp_path: Path) -> None:
        path = file(tmp_path, "own.tsv", "Name\tJahr\tWorum es geht\nHafen\t1994\tEine Stadt.\n")
        _, (one,), _ = read(path)
        assert (one.title, one.year, one.text) == ("Hafen", 1994, "")
        _, (one,), _ = read(path, "table", Options({"text": "Worum es geht"}))
        assert (one.title, one.text) == ("Hafen", "Eine Stadt.")

    @pytest.mark.parametrize(
        ("header", "row"),
        [
            ("Titel;Jahr;Laufzeit;Regie;Handlung", "Hafen;1999;95 Min.;Ada Lun;Ein Schiff."),
            ("Título;Año;Duración;Dirección;Sinopsis", "Hafen;1999;1h 35m;Ada Lun;Ein Schiff."),
            ("Titre;Année;Durée;Réalisateur;Résumé", "Hafen;1999;1 heure 35;Ada Lun;Ein Schiff."),
            ("Titolo;Anno;Durata;Regia;Trama", "Hafen;1999;95 minuti;Ada Lun;Ein Schiff."),
        ],
    )
    def test_columns_in_other_languages(self, tmp_path: Path, header: str, row: str) -> None:
        (film,) = read(file(tmp_path, "own.csv", f"{header}\n{row}\n"), "table")[1]
        facts = (film.title, film.year, film.runtime_min, film.directors, film.text)
        assert facts == ("Hafen", 1999, 95, ("Ada Lun",), "Ein Schiff.")

    def test_a_list_inside_an_object_is_the_table(self, tmp_path: Path) -> None:
        videos = [{"name": "Ferry", "length": "PT12M30S"}, {"name": "Bread", "length": "1:02:00"}]
        whole = json.dumps({"version": 2, "videos": videos, "tags": ["a", "b"]})
        found = read(file(tmp_path, "own.json", whole), "table")[1]
        assert [(film.title, film.runtime_min) for film in found] == [("Ferry", 13), ("Bread", 62)]

    def test_an_item_with_lists_is_one_item(self, tmp_path: Path) -> None:
        whole = json.dumps({"title": "Ferry", "cast": [{"name": "Ada"}, {"name": "Ben"}]})
        (film,) = read(file(tmp_path, "own.json", whole), "table")[1]
        assert (film.title, film.cast) == ("Ferry", ("Ada", "Ben"))

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


class TestPopularity:
    @pytest.mark.parametrize(
        "called",
        ["votes", "Votes", "vote_count", "num_votes", "numVotes", "imdbVotes", "No_of_Votes"],
    )
    def test_votes_however_they_are_called(self, tmp_path: Path, called: str) -> None:
        path = listed(tmp_path, called, "30000", "2.9M", "1,730", "1.73k", "0", "", "N/A")
        most, more, some, same, *none = popularities(path)
        assert most == more == (1.0, ())
        assert some == same
        assert some[0] == pytest.approx(0.723, abs=0.001)
        assert none == [(0.0, ())] * 3

    def test_what_is_no_number_of_votes_is_left_out_and_told(self, tmp_path: Path) -> None:
        path = listed(tmp_path, "votes", "many", "-5", "inf", "1.2.3k")
        below = "a number of votes that is below 0, left out"
        assert popularities(path) == [(0.0, (told,)) for told in (NO_VOTES, below, *[NO_VOTES] * 2)]

    def test_shares_stay_what_they_are(self, tmp_path: Path) -> None:
        path = listed(tmp_path, "Popularity", "0.25", "1", "0", "", "95%", "-0.1")
        assert popularities(path) == [
            (0.25, ()), (1.0, ()), (0.0, ()), (0.0, ()), (0.0, (NO_POPULARITY,)),
            (0.0, ("a popularity that is below 0, left out",)),
        ]  # fmt: skip

    def test_a_late_number_above_1_does_not_turn_shares_into_another_scale(
        self, tmp_path: Path
    ) -> None:
        *shares, late, last = popularities(
            listed(tmp_path, "popularity", *["0.5"] * 1_000, "7", "0.3")
        )
        assert shares == [(0.5, ())] * 1_000
        assert late == (1.0, ("a popularity above 1 among shares, read as 1",))
        assert last == (0.3, ())

    def test_an_endless_scale_is_logarithmic_and_ends_at_1(self, tmp_path: Path) -> None:
        found = popularities(listed(tmp_path, "popularity", "0.6", "9.05", "100", "5790.4"))
        assert found == [(0.1018, ()), (0.5, ()), (1.0, ()), (1.0, ())]

    def test_votes_go_before_a_popularity_and_it_stands_in_for_them(self, tmp_path: Path) -> None:
        told = "Title,votes,popularity\nA,30000,0.2\nB,,0.2\nC,none at all,0.2\nD,0,0.2\n"
        assert popularities(file(tmp_path, "own.csv", told)) == [
            (1.0, ()), (0.2, ()), (0.2, (NO_VOTES,)), (0.0, ()),
        ]  # fmt: skip

    def test_json_has_numbers_and_what_is_none(self, tmp_path: Path) -> None:
        path = file(
            tmp_path, "own.json",
            '[{"title": "A", "popularity": 0.4}, {"title": "B", "popularity": null},'
            ' {"title": "C", "popularity": true}, {"title": "D"},'
            ' {"title": "E", "popularity": [1]}]',
        )  # fmt: skip
        assert popularities(path) == [
            (0.4, ()), (0.0, ()), (0.0, (NO_POPULARITY,)), (0.0, ()), (0.0, (NO_POPULARITY,)),
        ]  # fmt: skip

    def test_it_can_be_named(self, tmp_path: Path) -> None:
        path = listed(tmp_path, "Bekannt", "0.7")
        (one,) = read(path, "table", Options({"popularity": "Bekannt"}))[1]
        assert one.popularity == 0.7
