"""Ratings of many people: reading, matching, fitting; every defect has a stated outcome."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from moodreel.errors import BadRatings
from moodreel.ingest.ease import Likes, akin, bytes_needed, ease, gram, most_items, strongest
from moodreel.ingest.item import Item
from moodreel.ingest.ratings import Ratings, choose, fit, read_ratings

from .conftest import SHARED_DATA

FILMS = (
    Item(id="tt0000001", title="The Harbour", year=1995, movielens_id=1, tmdb_id=11),
    Item(id="tt0000002", title="Night Train", year=2001, movielens_id=2, tmdb_id=12),
    Item(id="tt0000003", title="Night Train", year=1959, movielens_id=3),
    Item(id="tt0000004", title="Amélie Returns", alternative_titles=("Le Retour",), year=2010),
    Item(id="own-lake", title="Our Lake"),
)


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def read_csv(folder: Path, rows: str) -> Ratings:
    return read_ratings(written(folder, "ratings.csv", rows), FILMS)


def pairs(ratings: Ratings) -> dict[tuple[int, str], float]:
    names = [ratings.names[at] for at in ratings.items]
    return dict(zip(zip(ratings.people.tolist(), names, strict=True), ratings.values.tolist(),
                    strict=True))  # fmt: skip


def test_movielens_csv_is_matched_by_its_own_numbers(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path,
        "userId,movieId,rating,timestamp\r\n7,1,4.5,100\r\n7,2,3.0,101\r\n9,99,5.0,5\r\n",
    )  # fmt: skip
    assert pairs(found) == {(0, "tt0000001"): 4.5, (0, "tt0000002"): 3.0}
    assert found.rows == 3
    assert found.skipped == {"not in the catalogue": 1}
    assert found.first == {"not in the catalogue": 4}
    assert found.unmatched == {"not in the catalogue": 1}


def test_links_win_over_numbers_and_numbers_must_fit_their_titles(tmp_path: Path) -> None:
    written(tmp_path, "links.csv", "movieId,imdbId,tmdbId\n50,0000004,\n51,,12\n52,,\n")
    written(
        tmp_path, "movies.csv",
        'movieId,title,genres\n50,Whatever (2010),x\n1,Something Else (1995),x\n'
        '52,"Harbour, The (1996)",x\n3,Night Train (1959),x\n',
    )  # fmt: skip
    written(
        tmp_path, "ratings.csv",
        "userId,movieId,rating,timestamp\n1,50,5,1\n1,51,4,1\n1,52,3,1\n1,1,2,1\n1,3,1,1\n",
    )  # fmt: skip
    found = read_ratings(tmp_path, FILMS)
    assert pairs(found) == {
        (0, "tt0000004"): 5.0,  # by its IMDb number
        (0, "tt0000002"): 4.0,  # by TMDB's
        (0, "tt0000001"): 3.0,  # by its turned title, one year off
        (0, "tt0000003"): 1.0,  # by MovieLens' number
    }
    assert found.skipped == {"not in the catalogue": 1}  # number 1 is another film there


def test_u_data_needs_its_titles(tmp_path: Path) -> None:
    packed = tmp_path / "u.data.gz"
    packed.write_bytes(gzip.compress(b"196\t5\t3\t881250949\n22\t6\t1\t878887116\n22\t1\t5\t9\n"))
    with pytest.raises(BadRatings, match=r"no 'u\.item'"):
        read_ratings(packed, FILMS)
    written(
        tmp_path, "u.item",
        "1|unknown||||\n5|Harbour, The (1995)|01-Jan-1995|||0|1\n"
        "6|Amélie Returns (2010)|01-Jan-2010|||0|1\n",
        "latin-1",
    )  # fmt: skip
    found = read_ratings(tmp_path, FILMS)
    assert pairs(found) == {(0, "tt0000001"): 3.0, (1, "tt0000004"): 1.0}


def test_ratings_dat_of_one_million(tmp_path: Path) -> None:
    written(tmp_path, "ratings.dat", "1::1::5::978300760\n1::2::4::978302109\n2::1::3\n")
    written(tmp_path, "movies.dat", "1::Harbour, The (1995)::Drama\n2::Night Train (2001)::x\n")
    found = read_ratings(tmp_path, FILMS)
    assert pairs(found) == {
        (0, "tt0000001"): 5.0, (0, "tt0000002"): 4.0, (1, "tt0000001"): 3.0,
    }  # fmt: skip


def test_own_csv_by_id_or_title(tmp_path: Path) -> None:
    by_id = written(
        tmp_path, "a.csv", "\ufeffuser;item;rating\nann;own-lake;4,5\nann;tt0000002;9\n"
    )
    assert pairs(read_ratings(by_id, FILMS)) == {(0, "own-lake"): 4.5, (0, "tt0000002"): 9.0}
    by_title = written(
        tmp_path, "b.csv",
        "User,Title,Year,Rating\nann,le retour,2010,5\nann,Night Train,,4\nann,Our Lake,,2\n",
    )  # fmt: skip
    found = read_ratings(by_title, FILMS)
    assert pairs(found) == {(0, "tt0000004"): 5.0, (0, "own-lake"): 2.0}
    assert found.skipped == {"its title fits several items": 1}


def test_bad_rows_are_counted_with_the_first_of_their_kind(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path,
        "userId,movieId,rating,timestamp\n1,1,4,10\n,1,4,10\n1,,4,10\n1,2,good,10\n1,2,nan,10\n"
        "1,2\n\n1,2,3,soon\n1\0,3,3,5\n",
    )  # fmt: skip
    assert found.skipped == {
        "nobody is named": 1,
        "no item is named": 1,
        "the rating is no number": 3,
        "the timestamp is no number of seconds": 1,
    }
    assert found.first["the rating is no number"] == 5
    assert pairs(found) == {(0, "tt0000001"): 4.0, (0, "tt0000003"): 3.0}
    assert found.rows == len(found.values) + sum(found.skipped.values())


def test_the_later_of_two_ratings_counts(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path,
        "userId,movieId,rating,timestamp\n1,1,1,300\n1,1,5,100\n2,1,2,7\n1,1,4,200\n2,1,3,7\n",
    )  # fmt: skip
    assert pairs(found) == {(0, "tt0000001"): 1.0, (1, "tt0000001"): 3.0}
    assert found.skipped == {"rated again later": 3}


@pytest.mark.parametrize(
    ("given", "top", "liked"),
    [
        (("0.5", "4", "5"), 5.0, [False, True, True]),
        (("3", "8", "10"), 10.0, [False, True, True]),
        (("-1", "1", "0"), 1.0, [False, True, False]),
        (("up", "down", "up"), 1.0, [True, False, True]),
        (("70", "80", "100"), 100.0, [False, True, True]),
    ],
)
def test_scales(tmp_path: Path, given: tuple[str, ...], top: float, liked: list[bool]) -> None:
    lines = [f"{person},1,{value}" for person, value in enumerate(given)]
    found = read_csv(tmp_path, "\n".join(["user,movieId,rating", *lines]))
    assert found.top == top
    assert found.liked().tolist() == liked
    assert found.liked(least=-100).all()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("ratings.csv", b"", "is empty"),
        ("ratings.csv", b"userId,movieId,rating\n", "no row below its header"),
        ("ratings.csv", b"a,b\n1,2\n", "no column for user and rating and item or title"),
        ("ratings.csv", b"userId,movieId,rating\n1,77,4\n", "None of the 1 ratings"),
        (
            "ratings.csv.gz",
            gzip.compress(b"userId,movieId,rating\n1,1,4\n" * 99, mtime=0)[:-9],
            "breaks off",
        ),
        ("ratings.csv.gz", b"plainly not packed", "breaks off or is damaged"),
    ],
)
def test_what_can_not_be_used_is_refused(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadRatings, match=says):
        read_ratings(tmp_path, FILMS)


def test_a_path_without_ratings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRatings, match="no ratings in"):
        read_ratings(tmp_path, FILMS)
    with pytest.raises(BadRatings, match="no file or folder"):
        read_ratings(tmp_path / "gone", FILMS)


LIKED = np.array(
    [[1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 1], [0, 1, 1, 1], [1, 0, 0, 0]]
)


def likes_of(table: np.ndarray) -> Likes:
    people, items = np.nonzero(table)
    return Likes(people.astype(np.int32), items.astype(np.int32), table.shape[1])


def test_ease_is_the_closed_form() -> None:
    counts = gram(likes_of(LIKED))
    assert counts.tolist() == (LIKED.T @ LIKED).tolist()
    inverse = np.linalg.inv(LIKED.T @ LIKED + 2.0 * np.eye(4))
    wanted = -inverse / np.diag(inverse)
    np.fill_diagonal(wanted, 0)
    np.testing.assert_allclose(ease(counts, ridge=2.0), wanted, rtol=1e-5)
    # The weights minimise the ridge loss under a diagonal of zeros: nothing near is better.
    best = _loss(wanted)
    for row, column in [(0, 1), (2, 3), (3, 0)]:
        for step in (-0.01, 0.01):
            moved = wanted.copy()
            moved[row, column] += step
            assert _loss(moved) > best


def _loss(weights: np.ndarray) -> float:
    return float(((LIKED - LIKED @ weights) ** 2).sum() + 2.0 * (weights**2).sum())


def test_the_strongest_are_kept_whatever_their_sign() -> None:
    weights = np.array(
        [[0, 0.1, -0.5, 0.3], [0.2, 0, 0, 0], [0, 0, 0, 0], [1, 2, 3, 0]], np.float32
    )
    kept = strongest(weights, weights > 0.25, most=2)
    assert kept.places[0].tolist() == [2, 3]
    assert kept.weights[0].tolist() == pytest.approx([-0.5, 0.3], abs=1e-3)
    assert kept.together[0].tolist() == [False, True]
    assert kept.places[3].tolist() == [2, 1]


def test_akin_needs_people_enough_who_love_both_more_than_usual() -> None:
    counts = np.array([[20, 10, 4, 10], [10, 30, 4, 0], [4, 4, 4, 0], [10, 0, 0, 95]], np.float32)
    said = akin(counts, people=100)
    assert said[0].tolist() == [True, True, False, False]  # few love both; everybody loves the last
    assert not akin(counts, people=60)[0, 1]  # then half of all love it anyway


def test_a_fit_stays_within_the_memory_allowed() -> None:
    assert (
        bytes_needed(most_items(2_000_000)) <= 2_000_000 < bytes_needed(most_items(2_000_000) + 1)
    )
    ratings = made(LIKED)
    chosen = choose(ratings, fewest=2, memory=bytes_needed(3))
    assert chosen.names == ("0", "1", "2")  # the most liked
    assert (chosen.rare, chosen.beyond, chosen.bytes) == (0, 1, bytes_needed(3))
    with pytest.raises(BadRatings, match="needs two"):
        choose(ratings, fewest=5)


def made(table: np.ndarray) -> Ratings:
    people, items = np.nonzero(table)
    names = tuple(str(name) for name in range(table.shape[1]))
    values = np.full(len(people), 5, np.float32)
    return Ratings(people.astype(np.int32), items.astype(np.int32), values, names, len(people),
                   {}, {}, len(names), {})  # fmt: skip


def test_items_that_too_few_like_are_left_out_and_counted() -> None:
    chosen = choose(made(LIKED), fewest=3)
    assert chosen.names == ("0", "1", "2")
    assert (chosen.rare, chosen.beyond) == (1, 0)
    model = fit(chosen, "made up", ridge=2.0)
    kept = likes_of(LIKED[:, :3])
    np.testing.assert_allclose(
        model.scores({"0": 1.0}) * model.scale, ease(gram(kept), 2.0)[0], atol=1e-3
    )


@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the public data sets are not here")
def test_real_movielens_is_read_whole() -> None:
    from moodreel.ingest.starter.films import starter_items  # noqa: PLC0415

    films = starter_items()
    small = read_ratings(SHARED_DATA / "movielens-latest-small", films)
    assert small.rows == 100_836
    assert small.rows == len(small.values) + sum(small.skipped.values())
    assert small.matched + sum(small.unmatched.values()) == 9_724  # 18 of 9,742 are never rated
    old = read_ratings(SHARED_DATA / "movielens-100k", films)
    assert old.rows == 100_000
    assert old.rows == len(old.values) + sum(old.skipped.values())
    assert {"tt0114709"} <= set(old.names)  # Toy Story, by its title
