"""Exports of The Movie Database."""

# ruff: noqa: E501 - rows of tables are as wide as they are
from __future__ import annotations

from pathlib import Path

from .stage import file, read


class TestTmdb:
    def test_a_fake_first_row_is_skipped(self, tmp_path: Path) -> None:
        header = "id,title,genre,original_language,overview,popularity,release_date,vote_average,vote_count"
        rows = '000,Pick One,,,"",,,,\n5,Harbour,"Drama,War",en,A town.,3,1994-05-01,8,1200\n'
        name, (one,), (fake,) = read(file(tmp_path, "top.csv", f"{header}\r\n{rows}"))
        assert (name, one.key, one.tmdb_id, one.year) == ("tmdb", "5", 5, 1994)
        assert one.genres == ("Drama", "War")
        assert (fake.row, fake.reason, fake.shown) == (1, "no TMDB id", "Pick One")

    def test_genres_by_number(self, tmp_path: Path) -> None:
        header = (
            "id,title,genre_ids,original_title,original_language,overview,release_date,vote_count"
        )
        row = '5,Harbour,"[18, 10752, 1]",Hafen,de,A town.,1994-05-01,3'
        _, (one,), _ = read(file(tmp_path, "found.csv.gz", f"{header}\n{row}\n"))
        assert (one.genres, one.alternative_titles, one.language) == (
            ("Drama", "War"), ("Hafen",), "de")  # fmt: skip

    def test_5000_with_its_people(self, tmp_path: Path) -> None:
        header = (
            "id,title,genres,keywords,overview,release_date,runtime,original_language,vote_count"
        )
        cells = ['[{"id": 1, "name": "Drama"}]', '[{"id": 2, "name": "sea"}]']
        quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
        path = file(
            tmp_path, "tmdb_5000_movies.csv", f"{header}\n5,Harbour,{quoted},A town.,,95.0,en,3\n"
        )
        file(tmp_path, "tmdb_cast.csv", "id,character,cast_name\n5,She,Ana Li\n5,He,Bo Ek\n")
        _, (one,), _ = read(path)
        assert (one.cast, one.tags, one.runtime_min, one.year) == (
            ("Ana Li", "Bo Ek"), ("sea",), 95, None)  # fmt: skip
        told = (
            '5,Harbour,"[{""name"": ""Cy Fu""}]","[{""name"": ""Di Go"", ""job"": ""Director""}]"'
        )
        file(tmp_path, "tmdb_5000_credits.csv", f"movie_id,title,cast,crew\n{told}\n")
        _, (one,), _ = read(path)
        assert (one.cast, one.directors) == (("Cy Fu",), ("Di Go",))

    def test_recent(self, tmp_path: Path) -> None:
        header = "tmdb_id,title,release_date,genres,overview,director,top_cast,keywords,title_zh"
        row = "9,Harbour,2024-05-01,Drama|War,A town.,Ana Li,Bo Ek|Cy Fu,sea|fog,海港"
        _, (one,), _ = read(file(tmp_path, "recent.csv", f"{header}\n{row}\n"))
        assert (one.directors, one.cast, one.alternative_titles) == (
            ("Ana Li",), ("Bo Ek", "Cy Fu"), ("海港",))  # fmt: skip
