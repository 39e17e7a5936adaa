"""Every adapter over small files of our own that have the defects of the real ones."""

# ruff: noqa: E501 - rows of tables are as wide as they are
from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from moodreel.errors import BadSource
from moodreel.ingest.item import Provenance
from moodreel.ingest.merge import as_item
from moodreel.ingest.sources import source_for
from moodreel.ingest.sources.files import encoding_of, json_objects
from moodreel.ingest.sources.record import AS_IT_IS, Options, Record, Skipped
from moodreel.ingest.sources.values import minutes_of, names_of, titled, undated, year_of

from .conftest import SHARED_DATA


def read(
    path: Path, name: str = "auto", options: Options = AS_IT_IS
) -> tuple[str, list[Record], list[Skipped]]:
    """The source that reads a path, its records and what it skips; row numbers are checked."""
    source = source_for(name, path)
    rows = [*source.records(path, options)]
    assert [row.row for row in rows] == [*range(1, len(rows) + 1)]
    records = [row for row in rows if isinstance(row, Record)]
    return source.name, records, [row for row in rows if isinstance(row, Skipped)]


def file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    raw = text if isinstance(text, bytes) else text.encode()
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return path


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


class TestFiles:
    """Bytes of every kind."""

    @pytest.mark.parametrize(
        ("encoding", "words"),
        [
            ("utf-8", "Amélie über Łódź"),
            ("utf-8-sig", "Amélie über Łódź"),
            ("utf-16", "Amélie über Łódź"),
            ("utf-16-le", "A quiet film about the sea and the people by it"),
            ("latin-1", "Amélie à la plage et très légère"),
            ("cp1251", "Летят журавли над Москвой и над рекой"),
            ("shift_jis", "東京物語と七人の侍の物語です"),
        ],
    )
    def test_encodings_are_found_out(self, tmp_path: Path, encoding: str, words: str) -> None:
        path = file(tmp_path, "own.csv", f"title,year\r\n{words},1999\r\n".encode(encoding))
        name, (record,), skipped = read(path)
        assert (name, record.title, record.year, skipped) == ("table", words, 1999, [])

    def test_one_late_letter_is_enough_to_tell(self, tmp_path: Path) -> None:
        rows = "plain,1999\n" * 200_000
        path = file(tmp_path, "own.csv", f"title,year\n{rows}".encode() + b"Am\xe9lie,2001\n")
        assert encoding_of(path) == "cp1252"

    def test_zero_bytes_huge_fields_and_gzip_by_content(self, tmp_path: Path) -> None:
        long = "word " * 60_000
        raw = f'title,overview\nHar\0bour,"{long}"\n'.encode()
        path = tmp_path / "own.csv"
        path.write_bytes(gzip.compress(raw))
        _, (record,), _ = read(path)
        assert record.title == "Harbour"
        assert record.text == long.strip()

    def test_rows_of_another_width_are_skipped_with_their_number(self, tmp_path: Path) -> None:
        path = file(tmp_path, "own.csv", "title,year\nOne,1990\nTwo,1991,x\nThree\nFour,1992\n")
        _, records, skipped = read(path)
        assert [record.row for record in records] == [1, 4]
        assert [row.row for row in skipped] == [2, 3]

    @pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
    def test_an_empty_file_is_refused_in_a_sentence(self, tmp_path: Path, content: bytes) -> None:
        path = file(tmp_path, "own.csv", content)
        with pytest.raises(BadSource):
            read(path, "table")

    def test_a_header_alone_has_no_rows(self, tmp_path: Path) -> None:
        assert read(file(tmp_path, "own.csv", "title,year\n"))[1:] == ([], [])

    def test_a_cut_off_gzip_is_refused(self, tmp_path: Path) -> None:
        whole = gzip.compress(("title\n" + "A film\n" * 50_000).encode())
        path = file(tmp_path, "own.csv", whole[: len(whole) // 2])
        with pytest.raises(BadSource, match="can't be read"):
            read(path, "table")

    def test_json_arrays_and_lines_are_read_a_piece_at_a_time(self, tmp_path: Path) -> None:
        values = [{"title": f"Film {n}", "text": "x" * 700} for n in range(4_000)]
        for name, text in [
            ("a.json", json.dumps(values, indent=1)),
            ("b.jsonl", "\n".join(map(json.dumps, values))),
            ("c.json", json.dumps(values)),
        ]:
            assert [*json_objects(file(tmp_path, name, text))] == values

    def test_broken_json_names_where(self, tmp_path: Path) -> None:
        path = file(tmp_path, "own.json", '[{"title": "One"}, {"title": "Tw')
        with pytest.raises(BadSource, match="behind value 1"):
            read(path, "table")


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


SPOKEN = {
    "en": "Good morning, harbour. The boat that we are waiting for will not come back tonight.",
    "de": "Guten Morgen, Hafen. Das Boot, auf das wir warten, kommt heute Nacht nicht zurück.",
    "sv": "God morgon, hamnen. Båten som vi väntar på kommer inte tillbaka i natt, säger hon.",
    "ja": "おはよう、港。私たちが待っている船は今夜は戻らない。",
}


def cues(*lines: str) -> str:
    """Lines as WebVTT."""
    timed = (f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{line}" for n, line in enumerate(lines))
    return "WEBVTT\n\n" + "\n\n".join(timed) + "\n"


class TestTracks:
    """Subtitles of one video are one item, whatever languages and tracks there are."""

    def test_languages_of_a_video_are_one_item_read_in_english(self, tmp_path: Path) -> None:
        for code in ("de", "en", "ja", "sv"):
            file(tmp_path, f"harbour.captions.{code}.vtt", cues(SPOKEN[code]))
        _, (one,), skipped = read(tmp_path)
        assert (one.title, one.key, one.kind) == ("harbour", "harbour", "video")
        assert (one.language, one.subtitles) == ("en", ("de", "en", "ja", "sv"))
        assert one.text == SPOKEN["en"]
        assert [row.reason for row in skipped] == [
            "another track of a video that is counted once"
        ] * 3
        assert sorted([one.row, *(row.row for row in skipped)]) == [1, 2, 3, 4]

    def test_chapters_and_what_is_seen_join_in(self, tmp_path: Path) -> None:
        file(tmp_path, "harbour.chapters.en.vtt", cues("The first night"))
        file(tmp_path, "harbour.descriptions.en.vtt", cues("Two people stand on a pier in fog."))
        file(tmp_path, "harbour.captions.en.vtt", cues(SPOKEN["en"]))
        _, (one,), _ = read(tmp_path)
        assert one.text.split("\n\n") == [
            "The first night", "Two people stand on a pier in fog.", SPOKEN["en"],
        ]  # fmt: skip
        assert one.subtitles == ("en",)

    def test_without_english_another_language_is_read(self, tmp_path: Path) -> None:
        file(tmp_path, "harbour-de.vtt", cues(SPOKEN["de"]))
        file(tmp_path, "harbour-sv.srt", cues(SPOKEN["sv"] * 2))
        _, (one,), _ = read(tmp_path)
        assert (one.language, one.subtitles) == ("sv", ("de", "sv"))

    @pytest.mark.parametrize(
        ("name", "code", "title", "language"),
        [
            ("stephen-king-it.srt", "en", "stephen king it", "en"),
            ("dr.no.vtt", "en", "dr no", "en"),
            ("harbour.pt-BR.vtt", "de", "harbour pt BR", "de"),
            ("harbour.de-AT.vtt", "de", "harbour", "de"),
            ("harbour_no.vtt", "sv", "harbour", "no"),
            ("harbour.vtt", "de", "harbour", "de"),
        ],
    )
    def test_a_name_is_no_language_where_its_words_are_in_another(
        self, tmp_path: Path, name: str, code: str, title: str, language: str
    ) -> None:
        file(tmp_path, name, cues(SPOKEN[code]))
        _, (one,), _ = read(tmp_path)
        assert (one.title, one.language) == (title, language)

    def test_a_language_that_was_found_out_says_so(self, tmp_path: Path) -> None:
        file(tmp_path, "named.de.vtt", cues(SPOKEN["de"]))
        file(tmp_path, "unnamed.vtt", cues(SPOKEN["de"]))
        _, (named, unnamed), _ = read(tmp_path)
        assert named.derived == {}
        item = as_item(unnamed, "folder", "x", None)
        assert item.provenance["language"] == Provenance(how="derived", by="py3langid")

    def test_a_broken_track_costs_only_itself(self, tmp_path: Path) -> None:
        file(tmp_path, "harbour.en.vtt", b"\x00\x01\x02")
        file(tmp_path, "harbour.de.vtt", cues(SPOKEN["de"]))
        file(tmp_path, "empty.vtt", "WEBVTT\n")
        _, (one,), skipped = read(tmp_path)
        assert (one.language, one.subtitles) == ("de", ("de",))
        assert "no words in it" in {row.reason for row in skipped}

    def test_videos_of_other_folders_are_others(self, tmp_path: Path) -> None:
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            file(tmp_path / name, "harbour.en.vtt", cues(SPOKEN["en"]))
        _, records, _ = read(tmp_path)
        assert [one.key for one in records] == ["a/harbour", "b/harbour"]


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


REAL: list[tuple[str, str, int, dict[str, int]]] = [
    ("movielens-latest-small", "movielens", 9_742, {}),
    ("movielens-latest-small-tmdb/movies_enriched_posters.csv.gz", "movielens", 9_742, {}),
    ("movielens-latest-small-tmdb/movies_enriched_cast_tags.csv.gz", "movielens", 9_742, {}),
    ("movielens-100k", "movielens", 1_681, {"a title of 'unknown' and no date": 1}),
    ("tmdb-5000/tmdb_5000_movies.csv.gz", "tmdb", 4_803, {}),
    ("tmdb-top10k/top10K-TMDB-movies.csv.gz", "tmdb", 10_000, {"no TMDB id": 1}),
    ("tmdb-recent-2026/tmdb_movies.csv.gz", "tmdb", 3_055, {}),
    ("tmdb-2024-releases/tmdb_movies.csv.gz", "tmdb", 9_999, {}),
    ("netflix-titles/netflix_titles.csv.gz", "netflix", 8_807, {}),
    ("netflix-titles/disney_plus_titles.csv.gz", "disney", 1_444, {}),
    ("wikipedia-movie-data", "wikipedia", 36_273, {}),
    ("wikipedia-movie-plots-sample/wiki_movie_plots.csv.gz", "wikipedia-plots", 444, {}),
    ("imdb-top-1000/imdb_top_1000.csv", "imdb", 1_000, {}),
    ("open-movie-subtitles", "folder", 2, {"another track of a video that is counted once": 9}),
]


@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the public data sets are not here")
@pytest.mark.parametrize(("path", "name", "records", "skipped"), REAL, ids=[r[0] for r in REAL])
def test_real_samples_have_their_published_counts(
    path: str, name: str, records: int, skipped: dict[str, int]
) -> None:
    counts: dict[str, int] = {}
    found = 0
    source = source_for("auto", SHARED_DATA / path)
    for row in _rows(SHARED_DATA / path):
        if isinstance(row, Skipped):
            counts[row.reason] = counts.get(row.reason, 0) + 1
        else:
            found += 1
    assert (source.name, found, counts) == (name, records, skipped)


@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the public data sets are not here")
def test_known_defects_of_netflix_are_repaired() -> None:
    path = SHARED_DATA / "netflix-titles" / "netflix_titles.csv.gz"
    mended = {row.key: row for row in _rows(path) if isinstance(row, Record) and row.repaired}
    lengths = [row.runtime_min for key, row in mended.items() if key in ("s5542", "s5795", "s5814")]
    assert lengths == [74, 84, 66]


def _rows(path: Path) -> Iterator[Record | Skipped]:
    return source_for("auto", path).records(path, AS_IT_IS)
