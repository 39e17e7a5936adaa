"""Tables of IMDb: the top 1,000, its own datasets (title.basics), and indexes made from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import BadSource
from .columns import Table, from_rows
from .files import header_of, table
from .parquet import column_names, parquet_rows
from .record import AS_IT_IS, Options, Record, Skipped
from .values import imdb_id_of, number_of, text

_FILMS = frozenset({"movie", "tvmovie", "video", "short", "tvseries", "tvminiseries", "tvspecial"})


def _starred(values: dict[str, Any]) -> str | None:
    values["cast"] = [values.get("cast"), *(values.get(f"star{n}") for n in (2, 3, 4))]
    return None


class _TopThousand(Table):
    """The top 1,000 has a column for each of four stars."""

    def records(self, path: Path, options: Options = AS_IT_IS) -> Iterator[Record | Skipped]:
        """Every row, the stars together."""
        stars = {f"star{n}": f"Star{n}" for n in (2, 3, 4)}
        return from_rows(table(path, options.encoding), {**self.columns, **stars}, _starred)


TOP = _TopThousand(
    name="imdb",
    wants="imdb_top_1000.csv",
    needs=frozenset({"Series_Title", "Released_Year", "Runtime", "Genre", "Overview", "Star1"}),
    columns={
        "title": "Series_Title", "year": "Released_Year", "runtime_min": "Runtime",
        "genres": "Genre", "text": "Overview", "directors": "Director", "cast": "Star1",
        "age_rating": "Certificate", "votes": "No_of_Votes",
    },
)  # fmt: skip

_BASICS_NEEDS = frozenset({"tconst", "titleType", "primaryTitle", "startYear", "genres"})
_BASICS = {
    "imdb_id": "tconst", "key": "tconst", "title": "primaryTitle", "kind": "titleType",
    "original_title": "originalTitle", "year": "startYear", "runtime_min": "runtimeMinutes",
    "genres": "genres", "votes": "numVotes", "language": "language",
}  # fmt: skip


def _basic(values: dict[str, Any]) -> str | None:
    """Leave out what is no work of its own, and what its country shows to adults only."""
    if imdb_id_of(values.get("imdb_id")) is None:
        return "no IMDb id"
    if text(values.get("kind")).casefold() not in _FILMS:
        return "an episode, a game or another kind that is not recommended"
    return "for adults only" if text(values.get("adult")) == "1" else None


class Imdb:
    """IMDb's tables, as TSV, CSV or Parquet; ratings beside title.basics make the popularity."""

    name = "imdb"
    wants = (
        "imdb_top_1000.csv; title.basics.tsv.gz, with title.ratings.tsv.gz beside it; "
        "or a table with tconst, titleType, primaryTitle, startYear, genres (Parquet too)"
    )

    def detect(self, path: Path) -> bool:
        """Whether the file is one of these tables."""
        return path.is_file() and (TOP.detect(path) or set(_names(path)) >= _BASICS_NEEDS)

    def files(self, path: Path) -> list[Path]:
        """The table, and the one of ratings beside it."""
        return [path, *_ratings_files(path)]

    def records(self, path: Path, options: Options) -> Iterator[Record | Skipped]:
        """Every title."""
        if not path.is_file() or not self.detect(path):
            raise BadSource(f"{str(path)!r} is no table of IMDb that is known: give {self.wants}")
        if TOP.detect(path):
            return TOP.records(path, options)
        votes = {row["tconst"]: row["numVotes"] for file in _ratings_files(path)
                 for row in table(file, quoted=False) if not isinstance(row, str)}  # fmt: skip
        # Its own files quote nothing: a title may begin with a quotation mark.
        quoted = ".tsv" not in path.name
        rows = (
            parquet_rows(path)
            if path.suffix == ".parquet"
            else table(path, options.encoding, quoted=quoted)
        )
        given = (_voted(row, votes) for row in rows)
        return from_rows(given, {**_BASICS, "adult": "isAdult"}, _basic)


def _names(path: Path) -> list[str]:
    return column_names(path) if path.suffix == ".parquet" else header_of(path)


def _voted(row: Any, votes: dict[str, str]) -> Any:
    if isinstance(row, str) or not votes:
        return row
    return {**row, "numVotes": number_of(votes.get(row["tconst"])) or 0}


def _ratings_files(path: Path) -> list[Path]:
    beside = [path.with_name(name) for name in ("title.ratings.tsv", "title.ratings.tsv.gz")]
    return [each for each in beside if path.name.startswith("title.basics") and each.is_file()][:1]
