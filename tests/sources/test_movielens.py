"""MovieLens in its layouts."""

# ruff: noqa: E501 - rows of tables are as wide as they are
from __future__ import annotations

from pathlib import Path

from .stage import file, read


class TestMovieLens:
    def test_latest_with_ids_tags_and_ratings_beside_it(self, tmp_path: Path) -> None:
        file(tmp_path, "movies.csv", "movieId,title,genres\r\n1,\"Harbour, The (1994)\",Children|Sci-Fi\r\n"
             "2,Untold,(no genres listed)\r\n")  # fmt: skip
        file(tmp_path, "links.csv", "movieId,imdbId,tmdbId\r\n1,0111161,278\r\n2,0068646,\r\n")
        file(
            tmp_path,
            "tags.csv.gz",
            "userId,movieId,tag,timestamp\n1,1,Sea,1\n2,1,sea,2\n2,1,boats,3\n",
        )
        file(tmp_path, "ratings.csv", "userId,movieId,rating,timestamp\n1,1,4.0,1\n2,1,3.0,2\n")
        name, (one, two), skipped = read(tmp_path)
        assert (name, skipped) == ("movielens", [])
        assert (one.title, one.year, one.genres) == (
            "The Harbour",
            1994,
            ("Family", "Science Fiction"),
        )
        assert (one.imdb_id, one.tmdb_id, one.movielens_id) == ("tt0111161", 278, 1)
        assert one.tags == ("sea", "boats")
        assert one.popularity > two.popularity == 0
        assert (two.genres, two.year, two.tmdb_id) == ((), None, None)

    def test_100k_in_latin_1_with_its_unknown_film(self, tmp_path: Path) -> None:
        flags = "|".join("1" if place == 5 else "0" for place in range(19))
        rows = (
            f"1|Été, Un (1995)|01-Jan-1996||http://x|{flags}\n2|unknown||||{flags}\n3|short|row\n"
        )
        path = file(tmp_path, "u.item", rows.encode("latin-1"))
        name, (one,), skipped = read(path)
        assert (name, one.title, one.year, one.genres) == (
            "movielens",
            "Été, Un",
            1995,
            ("Comedy",),
        )
        assert [row.row for row in skipped] == [2, 3]

    def test_1m(self, tmp_path: Path) -> None:
        file(tmp_path, "movies.dat", b"1::Harbour, The (1994)::Drama|War\n")
        file(tmp_path, "ratings.dat", "1::1::5::978300760\n2::1::5::978300760\n")
        _, (one,), _ = read(tmp_path)
        assert (one.title, one.genres, one.popularity > 0) == (
            "The Harbour",
            ("Drama", "War"),
            True,
        )

    def test_a_table_filled_from_tmdb_with_python_lists_and_a_mark(self, tmp_path: Path) -> None:
        header = "movie_id,title,genres,year,tags,tmdb_id,overview,runtime,director,cast_top3"
        row = "7,Harbour,\"['Drama', 'Children']\",1994,['sea'],99,A quiet town.,95,Ana Li,Bo Ek|Cy Fu"
        path = file(tmp_path, "films.csv", f"\ufeff{header}\n{row}\n")
        name, (one,), _ = read(path)
        assert (name, one.genres, one.tags) == ("movielens", ("Drama", "Family"), ("sea",))
        assert (one.year, one.tmdb_id, one.cast) == (1994, 99, ("Bo Ek", "Cy Fu"))
