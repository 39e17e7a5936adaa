"""The real data sets, where they are: their published counts and known defects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from moodreel.ingest.sources import source_for
from moodreel.ingest.sources.record import AS_IT_IS, Record, Skipped

from ..conftest import SHARED_DATA

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
