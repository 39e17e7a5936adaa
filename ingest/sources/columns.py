"""A table whose columns say which facts: most data sets are one, and so are files of one's own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import BadSource
from ..item import fold
from .files import header_of, table
from .genres import genres_and_tags
from .record import AS_IT_IS, Options, Record, Skipped
from .values import (
    id_of,
    imdb_id_of,
    language_of,
    minutes_of,
    names_of,
    popularity_of,
    prose,
    text,
    titled,
    undated,
    year_of,
)

FIELDS = (
    "key", "title", "original_title", "other_title", "year", "kind", "directors", "cast",
    "runtime_min", "language", "genres", "tags", "age_rating", "imdb_id", "tmdb_id",
    "movielens_id", "votes", "popularity", "text", "tagline",
)  # fmt: skip
"""The facts that a column can be read as; ``votes`` makes the popularity, where there are any."""

_RATINGS = frozenset(
    {"G", "PG", "PG-13", "R", "NC-17", "TV-Y", "TV-Y7", "TV-Y7-FV", "TV-G", "TV-PG", "TV-14",
     "TV-MA"}
)  # fmt: skip
_SERIES = ("tv show", "tvseries", "tvminiseries", "tv series", "series")
_KINDS = {**dict.fromkeys(_SERIES, "series"), "short": "short film"}
MOST_CAST, MOST_TAGS, LONGEST_TITLE = 10, 12, 200

Values = Mapping[str, Any]
Mend = Callable[[dict[str, Any]], str | None]
"""Repairs a row in place, noting it under ``repaired``; returns why the row makes no item."""


def nothing_to_mend(_: dict[str, Any]) -> str | None:
    """The rows of a table without known defects."""
    return None


@dataclass(frozen=True)
class Table:
    """A data set in one table, as `moodreel.ingest.sources.record.Source` has it.

    ``needs`` are the columns that tell this table from others; ``columns`` has the column of
    each field (see `FIELDS`); ``joints`` what joins the names in a field, where commas may stand
    in them; ``mend`` repairs what is known to be wrong with it.
    """

    name: str
    wants: str
    needs: frozenset[str]
    columns: Mapping[str, str]
    mend: Mend = nothing_to_mend
    joints: Mapping[str, str] | None = None
    lacks: frozenset[str] = frozenset()

    def detect(self, path: Path) -> bool:
        """Whether the file's header has the columns of this table."""
        header = set(header_of(path)) if path.is_file() else set()
        return self.needs <= header and not self.lacks & header

    def files(self, path: Path) -> list[Path]:
        """The table itself."""
        return [path]

    def records(self, path: Path, options: Options = AS_IT_IS) -> Iterator[Record | Skipped]:
        """Every row in order."""
        if path.is_dir():
            raise BadSource(
                f"{str(path)!r} is a folder: name one file of {self.name} ({self.wants})"
            )
        missing = self.needs - set(header_of(path))
        if path.is_file() and missing and options.encoding is None:
            raise BadSource(
                f"{str(path)!r} is not of the source {self.name!r}, since it has no column "
                f"{min(missing)!r}: name another source, or `table` with --map"
            )
        rows = table(path, options.encoding)
        return from_rows(rows, self.columns, self.mend, self.joints or {})


def from_rows(
    rows: Iterable[Mapping[str, Any] | str],
    columns: Mapping[str, str],
    mend: Mend = nothing_to_mend,
    joints: Mapping[str, str] = {},
) -> Iterator[Record | Skipped]:
    """Rows as records by a mapping of fields to columns; a row may be the reason why it is none."""
    for number, row in enumerate(rows, 1):
        if isinstance(row, str):
            yield Skipped(number, row)
            continue
        values: dict[str, Any] = {field: row.get(column) for field, column in columns.items()}
        values["repaired"] = []
        reason = mend(values)
        if reason:
            yield Skipped(number, reason, text(values.get("title"))[:80])
        else:
            yield record_of(number, values, joints)


def record_of(row: int, values: dict[str, Any], joints: Mapping[str, str] = {}) -> Record | Skipped:
    """One row's cells, by field, as a record; without a title it is skipped."""
    title, in_title, others = titled(values.get("title"))
    repaired: list[str] = values.get("repaired", [])
    if not any(map(str.isalnum, title)):
        return Skipped(row, "no title", text(values.get("text"))[:80])
    whole = undated(title)
    if whole != title:
        repaired.append("a title that a spreadsheet took for a date")
        others = (*others, title)
    year = year_of(values.get("year")) or in_title
    if year is None and text(values.get("year")):
        repaired.append("a year that is none, left out")
    names = [*others, text(values.get("original_title")), text(values.get("other_title"))]
    genres, more_tags = genres_and_tags(names_of(values.get("genres"), joint=joints.get("genres")))
    tags = (*names_of(values.get("tags"), joint=joints.get("tags")), *more_tags)
    imdb_id, tmdb_id = imdb_id_of(values.get("imdb_id")), id_of(values.get("tmdb_id"))
    return Record(
        row=row,
        key=text(values.get("key")) or _own_key(whole, year, values),
        title=whole[:LONGEST_TITLE],
        kind=_kind(text(values.get("kind"))),
        year=year,
        alternative_titles=tuple(
            dict.fromkeys(n[:LONGEST_TITLE] for n in names if n and fold(n) != fold(whole))
        ),
        directors=names_of(values.get("directors"), joint=joints.get("directors")),
        cast=names_of(values.get("cast"), joint=joints.get("cast"))[:MOST_CAST],
        runtime_min=minutes_of(values.get("runtime_min")),
        language=language_of(values.get("language")),
        genres=genres,
        age_rating=_rating(text(values.get("age_rating"))),
        imdb_id=imdb_id,
        tmdb_id=tmdb_id,
        movielens_id=id_of(values.get("movielens_id")),
        popularity=values.get("popularity", popularity_of(values.get("votes"))),
        tags=tuple(dict.fromkeys(tag.lower()[:60] for tag in tags))[:MOST_TAGS],
        text=prose(values.get("text")),
        repaired=tuple(dict.fromkeys(repaired)),
    )


def _own_key(title: str, year: int | None, values: Values) -> str:
    """A key for a row that has none: the same for the same title, year and people."""
    people = f"{values.get('directors') or ''}|{values.get('cast') or ''}"
    told = f"{fold(title)}|{year}|{fold(people)}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _kind(said: str) -> str:
    folded = fold(said)
    return _KINDS.get(
        folded, "film" if folded in ("", "movie", "film", "tvmovie") else said.lower()
    )


def _rating(said: str) -> str | None:
    """An American age rating; those of other countries mean something else and are left out."""
    return said.upper() if said.upper() in _RATINGS else None
