"""A person's ratings out of MovieLens' tables: ratings, with movies and links beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..errors import UsageError
from .history_cells import BAD_RATING, imdb_id, stars
from .history_files import Row, Table
from .history_rows import NO_RATING, NO_TITLE, Film, Read, Skipped

_DATED = re.compile(r"(?P<title>.+?)\s*\((?P<year>\d{4})(?:[-–]\d{0,4})?\)\s*")
_ORIGINAL = re.compile(r"(?P<title>.+?)\s*\((?:a\.k\.a\. )?(?P<other>[^()]+)\)")


def is_ratings(table: Table) -> bool:
    """Whether a table holds who rated what."""
    return {"userid", "movieid", "rating"} <= {*table.columns}


def belongs(table: Table) -> bool:
    """Whether a table of MovieLens' is one that helps to read ratings."""
    columns = {*table.columns}
    return "movieid" in columns and ("title" in columns or "imdbid" in columns)


def read(ratings: Table, beside: Sequence[Table], person: str | None) -> Iterator[Read]:
    """The films that one person rated.

    Args:
        ratings: who rated what.
        beside: the tables of titles and of other ids, if they are there.
        person: a user id; needed where the table has several.

    Raises:
        UsageError: it has the ratings of several people, or none of this one.
    """
    whose = _person(ratings, person)
    films = _films(beside)
    for row in ratings.rows():
        if row["userid"] == whose:
            place = f"{ratings.name}, row {row.number}"
            yield _rated(row, films.get(row["movieid"]), place)


def _person(ratings: Table, person: str | None) -> str:
    people = {row["userid"] for row in ratings.rows()}
    if person is not None and person in people:
        return person
    if person is None and len(people) == 1:
        return people.pop()
    if person is None:
        raise UsageError(
            f"{ratings.name!r} has the ratings of {len(people):,} people; say whose with --user ID."
        )
    raise UsageError(f"{ratings.name!r} has no ratings of the user {person!r}; give another id.")


def _rated(row: Row, film: Film | None, place: str) -> Read:
    if film is None:
        return Skipped(NO_TITLE, place)
    rating = stars(row["rating"])
    if rating is None or isinstance(rating, str):
        return Skipped(BAD_RATING if rating else NO_RATING, place)
    return Film(
        film.title,
        film.year,
        rating=rating,
        seen=True,
        original_title=film.original_title,
        imdb_id=film.imdb_id,
        tmdb_id=film.tmdb_id,
        movielens_id=film.movielens_id,
        place=place,
    )


def _films(tables: Sequence[Table]) -> dict[str, Film]:
    """What is known of each film, by MovieLens' id."""
    titles: dict[str, str] = {}
    others: dict[str, Row] = {}
    for table in tables:
        for row in table.rows():
            if "title" in table.columns:
                titles[row["movieid"]] = row["title"]
            else:
                others[row["movieid"]] = row
    return {key: _film(key, title, others.get(key)) for key, title in titles.items() if title}


def _film(key: str, title: str, ids: Row | None) -> Film:
    dated = _DATED.fullmatch(title)
    name = dated["title"] if dated else title
    other = _ORIGINAL.fullmatch(name)
    return Film(
        other["title"] if other else name,
        int(dated["year"]) if dated else None,
        original_title=other["other"] if other else "",
        imdb_id=imdb_id(ids["imdbid"]) if ids else None,
        tmdb_id=int(ids["tmdbid"]) if ids and ids["tmdbid"].isdecimal() else None,
        movielens_id=int(key) if key.isdecimal() else None,
    )
