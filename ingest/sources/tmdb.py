"""Exports of The Movie Database: the 5,000 of Kaggle, the top 10,000, recent ones, discover."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import BadSource
from .columns import MOST_CAST, Table, from_rows
from .files import header_of, table
from .genres import TMDB_GENRES
from .record import Options, Record, Skipped
from .values import id_of, names_of, text


def _numbered(values: dict[str, Any]) -> str | None:
    """Take the id as key; the export of 10,000 begins with a row that is only a prompt."""
    number = id_of(values.get("tmdb_id"))
    if number is None:
        return "no TMDB id"
    values["key"] = str(number)
    return None


def _with_genre_names(values: dict[str, Any]) -> str | None:
    numbers = names_of(values.get("genres"))
    values["genres"] = [TMDB_GENRES[n] for each in numbers if (n := id_of(each)) in TMDB_GENRES]
    return _numbered(values)


_ALWAYS = {"title": "title", "text": "overview", "votes": "vote_count", "year": "release_date"}
_IDS = {**_ALWAYS, "tmdb_id": "id", "language": "original_language"}

TOP = Table(
    name="tmdb",
    wants="a CSV with id, title, genre, overview, release_date (top10K-TMDB-movies.csv)",
    needs=frozenset({"id", "title", "genre", "overview", "release_date"}),
    columns={**_IDS, "genres": "genre"},
    mend=_numbered,
)
RECENT = Table(
    name="tmdb",
    wants="a CSV with tmdb_id, title, overview, director, top_cast (tmdb_movies.csv)",
    needs=frozenset({"tmdb_id", "title", "overview", "top_cast"}),
    columns={
        **_ALWAYS, "tmdb_id": "tmdb_id", "genres": "genres", "directors": "director",
        "cast": "top_cast", "tags": "keywords", "other_title": "title_zh",
    },
    mend=_numbered,
)  # fmt: skip
DISCOVER = Table(
    name="tmdb",
    wants="a CSV of TMDB's discover with id, title, genre_ids, overview (tmdb_movies.csv)",
    needs=frozenset({"id", "title", "genre_ids", "overview"}),
    columns={**_IDS, "genres": "genre_ids", "original_title": "original_title"},
    mend=_with_genre_names,
)
FIVE_THOUSAND = Table(
    name="tmdb",
    wants="tmdb_5000_movies.csv, with tmdb_5000_credits.csv or tmdb_cast.csv beside it",
    needs=frozenset({"id", "title", "genres", "keywords", "overview"}),
    columns={
        **_IDS, "genres": "genres", "tags": "keywords", "runtime_min": "runtime",
        "original_title": "original_title", "imdb_id": "imdb_id",
    },
    mend=_numbered,
)  # fmt: skip
_People = tuple[list[str], list[str]]
"""The names of a film's cast and of its directors."""

_TABLES = (FIVE_THOUSAND, TOP, RECENT, DISCOVER)


class Tmdb:
    """Whichever of TMDB's exports a file is; people come from a table beside it where one is."""

    name = "tmdb"
    wants = "; ".join(each.wants for each in _TABLES)

    def detect(self, path: Path) -> bool:
        """Whether the file is one of the exports."""
        # MovieLens tables that somebody filled from TMDB have the ids of both.
        ours = path.is_file() and not {"movieId", "movie_id"} & set(header_of(path))
        return ours and any(each.detect(path) for each in _TABLES)

    def files(self, path: Path) -> list[Path]:
        """The export, and the table of people beside it."""
        return [path, *_people_files(path)]

    def records(self, path: Path, options: Options) -> Iterator[Record | Skipped]:
        """Every film of the export."""
        found = next((each for each in _TABLES if each.detect(path)), None)
        if found is None:
            raise BadSource(f"{str(path)!r} is no export of TMDB that is known: give {self.wants}")
        people = _people(path) if found is FIVE_THOUSAND else {}
        rows = (_joined(row, people) for row in table(path, options.encoding))
        columns = {**found.columns, **({"cast": "*cast", "directors": "*crew"} if people else {})}
        return from_rows(rows, columns, found.mend)


def _joined(row: dict[str, str] | str, people: dict[str, _People]) -> dict[str, Any] | str:
    if isinstance(row, str) or not people:
        return row
    cast, crew = people.get(text(row.get("id")), ([], []))
    return {**row, "*cast": cast, "*crew": crew}


def _people_files(path: Path) -> list[Path]:
    names = ("tmdb_5000_credits.csv", "tmdb_cast.csv")
    beside = [path.with_name(name + end) for name in names for end in ("", ".gz")]
    return [each for each in beside if path.name.startswith("tmdb_5000") and each.is_file()][:1]


def _people(path: Path) -> dict[str, _People]:
    """Cast and directors by TMDB id."""
    people: dict[str, _People] = {}
    for file in _people_files(path):
        for row in table(file):
            if isinstance(row, str):
                continue
            if "crew" in row:
                people[row["movie_id"]] = [*names_of(row["cast"])], _directors(row["crew"])
            else:
                cast, _ = people.setdefault(row["id"], ([], []))
                if len(cast) < MOST_CAST and row["cast_name"].strip():
                    cast.append(row["cast_name"].strip())
    return people


def _directors(crew: str) -> list[str]:
    try:
        listed = json.loads(crew)
    except json.JSONDecodeError:
        return []
    return [each["name"] for each in listed if each.get("job") == "Director" and "name" in each]
