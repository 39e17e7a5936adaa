"""Netflix, Disney+, Wikipedia, IMDb, CMU and folders of texts."""

# ruff: noqa: E501 - rows of tables are as wide as they are
from __future__ import annotations

import json
from pathlib import Path

from .stage import file, read


class TestOthers:
    def test_netflix_with_a_length_as_rating_and_a_dated_title(self, tmp_path: Path) -> None:
        header = "show_id,type,title,director,cast,country,date_added,release_year,rating,duration,listed_in,description"
        rows = (
            's1,Movie,22-Jul,Ana Li,"Bo Ek, Cy Fu",,,2018,66 min,,"Dramas, International Movies",A town.\n'
            's2,TV Show,Harbour,,,,,2019,TV-MA,2 Seasons,"TV Dramas",A town.\n'
        )
        name, (film, series), _ = read(file(tmp_path, "netflix_titles.csv", f"{header}\n{rows}"))
        assert (name, film.title, film.alternative_titles) == ("netflix", "22 July", ("22-Jul",))
        assert (film.runtime_min, film.age_rating, film.genres) == (66, None, ("Drama",))
        assert len(film.repaired) == 2
        assert (series.kind, series.runtime_min, series.age_rating) == ("series", None, "TV-MA")
        assert read(file(tmp_path, "disney_plus_titles.csv", f"{header}\n{rows}"))[0] == "disney"

    def test_wikipedia_lists_of_a_folder(self, tmp_path: Path) -> None:
        film = {"title": "Harbour", "year": 1931, "cast": ["Ana Li"], "genres": ["Noir", "Serial"],
                "href": "Harbour", "extract": "A film of 1931."}  # fmt: skip
        file(
            tmp_path,
            "movies-1930s.json.gz",
            json.dumps([film, {**film, "href": None, "title": ""}]),
        )
        file(tmp_path, "movies-1940s.json", json.dumps([{**film, "year": 1941}, 7]))
        name, records, skipped = read(tmp_path)
        assert (name, [record.year for record in records]) == ("wikipedia", [1931, 1941])
        assert (records[0].genres, records[0].tags) == (("Film Noir",), ("serial",))
        assert [row.reason for row in skipped] == ["no title", "not an object with a title"]

    def test_wikipedia_plots_with_a_mixed_cast(self, tmp_path: Path) -> None:
        text = (
            "Release Year,Title,Origin/Ethnicity,Director,Cast,Genre,Wiki Page,Plot\n"
            '2016,Harbour,British,Unknown,"Ana Li (director)\nBo Ek; Cy Fu",war,x,"One day.\n\nThe end."\n'
        )
        name, (one,), _ = read(file(tmp_path, "plots.csv", text))
        assert (name, one.directors, one.cast) == (
            "wikipedia-plots",
            (),
            ("Ana Li", "Bo Ek", "Cy Fu"),
        )
        assert one.text == "One day.\n\nThe end."

    def test_imdb_top_with_pg_as_a_year(self, tmp_path: Path) -> None:
        header = "Poster_Link,Series_Title,Released_Year,Certificate,Runtime,Genre,IMDB_Rating,Overview,Meta_score,Director,Star1,Star2,Star3,Star4,No_of_Votes,Gross"
        row = 'x,Harbour,PG,U,140 min,"Drama, War",7.6,A town.,77,Ana Li,Bo Ek,Cy Fu,Di Go,El Hu,"269,197","1,2"'
        name, (one,), _ = read(file(tmp_path, "top.csv", f"{header}\n{row}\n"))
        assert (name, one.year, one.repaired) == ("imdb", None, ("a year that is none, left out",))
        assert (one.runtime_min, one.age_rating) == (140, None)
        assert one.cast == ("Bo Ek", "Cy Fu", "Di Go", "El Hu")
        assert one.popularity == 1

    def test_imdb_datasets_with_their_ratings(self, tmp_path: Path) -> None:
        header = "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres"
        rows = (
            'tt0000009\tmovie\t"Quoted Harbour\tHafen\t0\t1994\t\\N\t95\tDrama,War\n'
            "tt0000010\ttvEpisode\tPilot\tPilot\t0\t1994\t\\N\t\\N\t\\N\n"
            "tt0000011\tmovie\tLate\tLate\t1\t1994\t\\N\t\\N\t\\N\n"
            "tt0000012\ttvSeries\tHarbour\tHarbour\t0\t\\N\t\\N\t\\N\t\\N\n"
        )
        path = file(tmp_path, "title.basics.tsv.gz", f"{header}\n{rows}")
        file(tmp_path, "title.ratings.tsv", "tconst\taverageRating\tnumVotes\ntt0000009\t7\t3000\n")
        _, (film, series), skipped = read(path)
        assert (film.title, film.imdb_id, film.popularity > 0) == (
            "Quoted Harbour",
            "tt0000009",
            True,
        )
        assert (series.kind, series.year, series.genres) == ("series", None, ())
        assert [row.row for row in skipped] == [2, 3]

    def test_cmu(self, tmp_path: Path) -> None:
        cells = ["7", "/m/1", "Harbour", "1994-05", "", "95.0", '{"/m/02h40lc": "English Language"}',
                 "{}", '{"/m/07s9rl0": "Drama", "/m/x": "Sea story"}']  # fmt: skip
        file(tmp_path, "movie.metadata.tsv", "\t".join(cells) + "\nbroken\trow\n")
        file(tmp_path, "plot_summaries.txt", "7\tA quiet\ttown.\n")
        name, (one,), (broken,) = read(tmp_path)
        assert (name, one.year, one.language, one.genres) == ("cmu", 1994, "en", ("Drama",))
        assert (one.text, one.tags, broken.row) == ("A quiet town.", ("sea story",), 2)

    def test_a_folder_of_texts(self, tmp_path: Path) -> None:
        file(tmp_path, "harbour.md", "# The Quiet Harbour\n\nA town keeps a secret.\n")
        (tmp_path / "more").mkdir()
        cue = "1\n00:00:01,000 --> 00:00:02,000\nGood morning, harbour.\n"
        file(tmp_path / "more", "my_first-film.en.srt", cue)
        events = {"events": [{"segs": [{"utf8": "Hello "}, {"utf8": "there"}]}]}
        file(tmp_path / "more", "talk.json3", json.dumps(events))
        file(tmp_path, "frame.png", b"\x89PNG")
        file(tmp_path, "empty.txt", "  \n")
        file(tmp_path, ".hidden.txt", "unseen")
        name, records, skipped = read(tmp_path)
        assert name == "folder"
        assert [(r.title, r.kind, r.language) for r in records] == [
            ("The Quiet Harbour", "text", None),
            ("my first film", "video", "en"),
            ("talk", "video", None),
        ]
        assert "00:00" not in records[1].text
        assert sorted(row.reason[:13] for row in skipped) == ["a picture, wh", "no words in i"]
