"""Reading histories: every row is matched, ambiguous, unmatched or left out for a reason."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moodreel.errors import UsageError
from moodreel.ingest import history_cells, history_check, history_files, history_rows
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.history import HistoryImport, read_history
from moodreel.ingest.history_rows import Film

from .conftest import SHARED_DATA
from .history_rows import BESIDE, LETTERBOXD, RATINGS, WATCHED, archive_of, folder_of


def read(catalogue: Catalogue, folder: Path, name: str, text: str | bytes) -> HistoryImport:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_history([path], catalogue)


def by_label(catalogue: Catalogue, found: HistoryImport) -> dict[str, Film]:
    items = catalogue.get(found.matched)
    return {items[key].label: film for key, film in found.matched.items()}


def test_an_export_of_letterboxd_is_one_history(starter: Catalogue, tmp_path: Path) -> None:
    found = read_history([folder_of(LETTERBOXD, tmp_path)], starter)
    films = by_label(starter, found)
    heat, jaws, vertigo = (films[name] for name in ("Heat (1995)", "Jaws (1975)", "Vertigo (1958)"))
    assert found.service == "Letterboxd"
    assert (heat.rating, heat.seen, heat.day, heat.rows) == (4.5, True, date(2021, 4, 1), 4)
    assert (jaws.rating, jaws.seen, jaws.liked, jaws.wanted) == (None, True, True, True)
    assert (vertigo.seen, vertigo.liked, vertigo.wanted) == (False, False, True)
    assert films["Amélie (2001)"].rating == 2
    assert films["Paddington 2 (2017)"].year == 2018, "one year off is the same film"
    assert films["The Good, the Bad and the Ugly (1966)"].seen
    assert [film.label for film in found.unmatched] == ["A Film That Nobody Made (1999)"]
    assert found.repaired == {history_cells.DATE_LEFT_OUT: ("diary.csv, row 5",)}
    assert found.rows == 15


def test_nothing_is_guessed(starter: Catalogue, tmp_path: Path) -> None:
    found = read_history([folder_of(LETTERBOXD, tmp_path)], starter)
    doubts = {each.film.label: {c.year for c in each.candidates} for each in found.ambiguous}
    assert doubts["Dune"] == {1984, 2021}, "a title without a year"
    assert doubts["The Empire Strikes Back (1980)"] == {1980}, "a part of a title"
    assert len(doubts) == 2


def test_what_is_ambiguous_can_be_chosen(starter: Catalogue, tmp_path: Path) -> None:
    found = read_history([folder_of(LETTERBOXD, tmp_path)], starter)
    dune = next(each for each in found.ambiguous if each.film.title == "Dune")
    older = next(c.id for c in dune.candidates if c.year == 1984)
    chosen = found.chosen({dune.film.place: older})
    assert chosen.matched[older].seen
    assert len(chosen.ambiguous) == len(found.ambiguous) - 1
    assert chosen.rows == found.rows
    with pytest.raises(UsageError, match="none of the choices"):
        found.chosen({dune.film.place: "nothing"})


@pytest.mark.parametrize("top", ["", "letterboxd-somebody-2021/"])
def test_an_archive_says_what_its_folder_says(starter: Catalogue, tmp_path: Path, top: str) -> None:
    folder = read_history([folder_of(LETTERBOXD, tmp_path / "unpacked")], starter)
    path = archive_of({**LETTERBOXD, **BESIDE}, tmp_path / "export.zip", top)
    found = read_history([path], starter)
    assert found.matched == folder.matched
    assert found.rows == folder.rows
    assert found.unread == ("profile.csv",)


def test_the_likes_are_known_by_their_folder(starter: Catalogue, tmp_path: Path) -> None:
    found = read(starter, tmp_path, "likes/films.csv", WATCHED)
    assert all(film.liked and not film.seen for film in found.matched.values())


def test_a_table_that_may_be_two_things_is_refused(starter: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="may be a watchlist or films watched"):
        read(starter, tmp_path, "mine.csv", WATCHED)


IMDB = """\
Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,Year
tt0113277,9,2025-03-15,Heat,Heat,https://imdb.com/title/tt0113277,Movie,1995
tt0211915,7,2025-03-15,Amelie from Montmartre,Amélie,,Movie,2001
tt0078748,4,1/2/2025,Alien,Alien,,Movie,1979
tt0000001,8,2025-03-15,An Hour,An Hour,,TV Episode,2010
tt0000002,8,2025-03-15,Many Hours,Many Hours,,TV Series,2010
tt0000003,8,2025-03-15,Many Turns,Many Turns,,Video Game,2010
tt0073195,11,2025-03-15,Jaws,Jaws,,Movie,1975
tt0052357,,2025-03-15,Vertigo,Vertigo,,Movie,1958
"""
OLD_IMDB = """\
"position","const","created","modified","description","Title","Title type","You rated","Year"
"1","tt0113277","Sat Apr 23 08:36:35 2011","","","Heat","Feature Film","10","1995"
"2","tt0052357","Sat Apr 23 08:34:37 2011","","","Vertigo","Feature Film","","1958"
"3","tt0000001","Sat Apr 23 08:34:37 2011","","","Few Hours","Mini-Series","","2001"
"""


def test_ten_points_of_imdb_are_five_stars(starter: Catalogue, tmp_path: Path) -> None:
    found = read(starter, tmp_path, "ratings.csv", IMDB)
    ratings = {label: film.rating for label, film in by_label(starter, found).items()}
    assert ratings == {"Heat (1995)": 4.5, "Amélie (2001)": 3.5, "Alien (1979)": 2.0}
    assert {reason: len(places) for reason, places in found.skipped.items()} == {
        "an episode of a series": 1,
        "a series": 1,
        "a game": 1,
        history_cells.BAD_RATING: 1,
        history_rows.NO_RATING: 1,
    }
    assert found.skipped[history_cells.BAD_RATING] == ("ratings.csv, row 8",)
    assert found.rows == 8


def test_the_older_columns_of_imdb_are_read_too(starter: Catalogue, tmp_path: Path) -> None:
    films = by_label(starter, found := read(starter, tmp_path, "WATCHLIST.csv", OLD_IMDB))
    heat, vertigo = films["Heat (1995)"], films["Vertigo (1958)"]
    assert (heat.rating, heat.seen, heat.wanted) == (5.0, True, False), "rated, so it was seen"
    assert (vertigo.rating, vertigo.seen, vertigo.wanted) == (None, False, True)
    assert list(found.skipped) == ["a series"]


def test_an_id_is_surer_than_a_title(starter: Catalogue, tmp_path: Path) -> None:
    text = "title,year,imdb_id\nLa Sfida,1995,tt0113277\nAlien,1979,tt0000009\nJaws,1975,soon\n"
    found = read(starter, tmp_path, "mine.csv", text)
    assert list(by_label(starter, found)) == ["Heat (1995)", "Jaws (1975)"]
    assert [film.label for film in found.unmatched] == ["Alien (1979)"], "the id of another film"


MOVIELENS = {
    "ratings.csv": "userId,movieId,rating,timestamp\r\n1,6,4.5,9\r\n1,99,3.0,9\r\n2,6,1,9\r\n",
    "movies.csv": "movieId,title,genres\r\n6,Heat (1995),Action\r\n7,Jaws (1975),Horror\r\n",
    "links.csv": "movieId,imdbId,tmdbId\r\n6,0113277,949\r\n7,0073195,\r\n",
    "tags.csv": "userId,movieId,tag,timestamp\r\n2,6,long,9\r\n",
}


def test_one_person_of_movielens(starter: Catalogue, tmp_path: Path) -> None:
    folder = folder_of(MOVIELENS, tmp_path)
    found = read_history([folder], starter, "1")
    assert {k: f.rating for k, f in by_label(starter, found).items()} == {"Heat (1995)": 4.5}
    assert found.skipped == {history_rows.NO_TITLE: ("ratings.csv, row 3",)}
    assert found.unread == ("tags.csv",)
    with pytest.raises(UsageError, match="ratings of 2 people; say whose"):
        read_history([folder], starter)
    with pytest.raises(UsageError, match="no ratings of the user '3'"):
        read_history([folder], starter, "3")
    with pytest.raises(UsageError, match=r"give movies\.csv with it"):
        read_history([folder / "ratings.csv"], starter, "1")


OWN = """\
Title;Year;Rating;Seen;Liked;Date
Heat;1995;4,5;yes;;2020-02-03
Vertigo;1958;;no;;
Jaws;1975;;;x;
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("change", ["", "sep=;\n"])
def test_a_list_of_ones_own(starter: Catalogue, tmp_path: Path, encoding: str, change: str) -> None:
    text = f"{change}{OWN}Amélie;2001;2;;;\n"
    films = by_label(starter, read(starter, tmp_path, "mine.csv", text.encode(encoding)))
    heat, vertigo = films["Heat (1995)"], films["Vertigo (1958)"]
    assert (heat.rating, heat.seen, heat.day) == (4.5, True, date(2020, 2, 3))
    assert (vertigo.seen, vertigo.wanted) == (False, True)
    assert (films["Jaws (1975)"].seen, films["Jaws (1975)"].liked) == (True, True)
    assert films["Amélie (2001)"].rating == 2


def test_a_rating_above_five_means_ten_points(starter: Catalogue, tmp_path: Path) -> None:
    found = read(starter, tmp_path, "mine.csv", "title,year,rating\nHeat,1995,9\nJaws,1975,4\n")
    ratings = {label: film.rating for label, film in by_label(starter, found).items()}
    assert ratings == {"Heat (1995)": 4.5, "Jaws (1975)": 2.0}


@pytest.mark.parametrize(
    ("cell", "stars"),
    [("5", 5.0), ("0.5", 0.5), ("★★★½", 3.5), ("½", 0.5), ("", None), ("3,5", 3.5)],
)
def test_stars(cell: str, stars: float | None) -> None:
    assert history_cells.stars(cell) == stars


@pytest.mark.parametrize("cell", ["0", "5.5", "-1", "good", "1e3", "4.5.1", "★5"])
def test_what_is_no_rating(cell: str) -> None:
    assert history_cells.stars(cell) == history_cells.BAD_RATING


def test_rows_that_say_too_little_or_too_much(starter: Catalogue, tmp_path: Path) -> None:
    text = (
        "title,year,rating\n,1995,4\nHeat, the long one,1995,4\nHeat\n\nJaws,75,3\nHeat,1995.0,4\n"
    )
    found = read(starter, tmp_path, "mine.csv", text)
    assert found.skipped == {
        history_rows.NO_TITLE: ("mine.csv, row 2",),
        history_rows.TOO_MANY_CELLS: ("mine.csv, row 3",),
    }
    assert found.repaired == {history_cells.YEAR_LEFT_OUT: ("mine.csv, row 6",)}
    assert list(by_label(starter, found)) == ["Heat (1995)"]
    assert {each.film.title for each in found.ambiguous} == {"Heat", "Jaws"}
    assert found.rows == 5


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("mine.csv", b"", "is empty"),
        ("mine.csv", b"\x89PNG\0\0", "is no text"),
        ("mine.csv", b"a,b\n1,2\n", "no history that I know"),
        ("export.zip", b"PK nothing", "no ZIP that can be opened"),
        ("mine.csv.gz", b"\x1f\x8bnothing", "no whole gzip file"),
        ("mine.csv", b"title\n" + b"x" * 2_000_000, "can't be read behind row 1"),
        ("movies.csv", b"movieId,title\n1,Heat (1995)\n", "films but no ratings"),
    ],
)
def test_what_can_not_be_read_is_refused(
    starter: Catalogue, tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        read(starter, tmp_path, name, data)


def test_what_is_not_there_is_refused(starter: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_history([tmp_path / "nothing.csv"], starter)
    with pytest.raises(UsageError, match="has no CSV file"):
        read_history([tmp_path], starter)
    (tmp_path / "profile.csv").write_text(BESIDE["profile.csv"])
    with pytest.raises(UsageError, match="None of these files is a history"):
        read_history([tmp_path], starter)


def test_an_archive_that_unpacks_without_end_is_refused(
    starter: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_files, "LARGEST", 10_000)
    path = archive_of({"ratings.csv": RATINGS + "x" * 20_000}, tmp_path / "export.zip")
    with pytest.raises(UsageError, match=r"'export\.zip' is larger than"):
        read_history([path], starter)
    with pytest.raises(UsageError, match="is larger than"):
        read(starter, tmp_path, "mine.csv.gz", gzip.compress(b"title\n" * 20_000))


CELLS = st.lists(
    st.tuples(
        st.sampled_from(["Heat", "Dune", "Jaws", "Crash", "Nobody's Film", "", "Amélie"])
        | st.text(max_size=12),
        st.sampled_from(["1995", "1984", "", "soon", "2021"]),
        st.sampled_from(["4", "11", "", "bad", "0.5"]),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(rows=CELLS)
def test_no_row_is_lost(starter: Catalogue, tmp_path_factory: pytest.TempPathFactory, rows) -> None:  # type: ignore[no-untyped-def]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("title", "year", "rating"), *rows])
    path = tmp_path_factory.mktemp("own") / "mine.csv"
    path.write_bytes(text.getvalue().encode("utf-8", errors="replace"))
    if b"\0" in path.read_bytes():
        return
    found = read_history([path], starter)
    assert found.rows == sum(any(cell.strip() for cell in row) for row in rows)


LETTERBOXD_SAMPLE = SHARED_DATA / "letterboxd-export-sample"
IMDB_SAMPLE = SHARED_DATA / "imdb-export-sample"


@pytest.mark.skipif(not LETTERBOXD_SAMPLE.is_dir(), reason="no exports of real people here")
@pytest.mark.parametrize(
    ("path", "rows", "skipped"),
    [
        (LETTERBOXD_SAMPLE / "a_ratings.csv", 233, 0),
        (LETTERBOXD_SAMPLE / "a_diary.csv", 317, 0),
        (LETTERBOXD_SAMPLE / "b_watched.csv", 2604, 0),
        (LETTERBOXD_SAMPLE / "b_diary.csv", 2132, 0),
        (IMDB_SAMPLE / "a_ratings.csv", 411, 0),
        (IMDB_SAMPLE / "c_WATCHLIST_current_format.csv", 1550, 409),
        (IMDB_SAMPLE / "d_WATCHLIST_2017_format.csv", 888, 19),
    ],
)
def test_every_row_of_real_exports_has_an_outcome(
    starter: Catalogue, path: Path, rows: int, skipped: int
) -> None:
    found = read_history([path], starter)
    assert found.rows == rows
    assert sum(map(len, found.skipped.values())) == skipped
    for key, film in found.matched.items():
        item = starter.get([key])[key]
        assert film.year is not None
        assert item.year is not None
        assert abs(item.year - film.year) <= 1


def test_the_check_prints_a_table_and_rows_to_look_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder_of({"letterboxd/ratings.csv": RATINGS}, tmp_path)
    assert history_check.main([str(tmp_path), "--drawn", "2"]) == 0
    table, drawn = capsys.readouterr().out.split("\n\n")
    assert table.splitlines()[1].split("\t")[:7] == [
        "letterboxd/ratings.csv", "5", "5", "4", "0", "1", "0",
    ]  # fmt: skip
    assert len(drawn.strip().splitlines()) == 3
    assert history_check.main([str(tmp_path / "letterboxd")]) == 2
