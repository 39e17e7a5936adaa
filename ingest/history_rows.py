"""What one row of somebody's history says: the columns of Letterboxd, of IMDb, and one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ..errors import UsageError
from .history_cells import BEST, day_of, decimal, imdb_id, number, stars, year_of, yes_or_no
from .history_files import Row, Table
from .item import fold

Service = Literal["Letterboxd", "IMDb", "MovieLens", "own list"]

NO_TITLE = "no title"
NO_RATING = "no rating"
TOO_MANY_CELLS = "more cells than columns"
_KINDS = {
    "episode": "an episode of a series",
    "series": "a series",
    "game": "a game",
    "podcast": "a podcast",
}
"""What IMDb lists besides films, by a word of its title type."""


@dataclass(frozen=True)
class Film:
    """A film of somebody's history, as the files have it.

    ``rating`` is in stars, 0.5 to 5. ``wanted`` is a watchlist's, ``liked`` a heart; neither says
    that it was ``seen``. ``day`` is when it was last watched. ``place`` is its first row,
    ``rows`` counts all. ``repairs`` are what was left out of a row to make it readable.
    """

    title: str
    year: int | None = None
    rating: float | None = None
    seen: bool = False
    liked: bool = False
    wanted: bool = False
    day: date | None = None
    original_title: str = ""
    imdb_id: str | None = None
    tmdb_id: int | None = None
    movielens_id: int | None = None
    place: str = ""
    rows: int = 1
    repairs: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Title and year as people write them."""
        return f"{self.title} ({self.year})" if self.year else self.title

    @property
    def key(self) -> tuple[object, ...]:
        """What two rows about the same film share."""
        known = self.imdb_id or self.tmdb_id or self.movielens_id
        return (known,) if known else (fold(self.title), self.year)

    def joined(self, later: Film) -> Film:
        """This film with what another row about it says; the rating of the latest day stands."""
        older = self.day is not None and later.day is not None and later.day < self.day
        ratings = (self.rating, later.rating) if older else (later.rating, self.rating)
        days = [day for day in (self.day, later.day) if day is not None]
        return replace(
            self,
            rating=next((rating for rating in ratings if rating is not None), None),
            seen=self.seen or later.seen,
            liked=self.liked or later.liked,
            wanted=self.wanted or later.wanted,
            day=max(days, default=None),
            rows=self.rows + later.rows,
            repairs=self.repairs + later.repairs,
        )


@dataclass(frozen=True)
class Skipped:
    """A row that was left out, and why."""

    reason: str
    place: str


Read = Film | Skipped
_Reader = Callable[[Row], Film | str]


def readable(table: Table) -> bool:
    """Whether the columns are those of Letterboxd, of IMDb or of one's own list."""
    return _service(table) is not None


def read(table: Table) -> tuple[Service, Iterator[Read]]:
    """The films of a table, row by row.

    Raises:
        UsageError: nothing tells what the table is.
    """
    service = _service(table)
    if service == "Letterboxd":
        reader = _letterboxd(table)
    elif service == "IMDb":
        reader = _imdb(table)
    elif service == "own list":
        reader = _own(table)
    else:
        shown = ", ".join(column for column in table.columns if column)[:120]
        raise UsageError(
            f"{table.name!r} is no history that I know (its columns: {shown}); give a file of"
            " Letterboxd, IMDb or MovieLens, or a CSV with a column 'title'."
        )
    return service, _films(table, reader)


def _films(table: Table, reader: _Reader) -> Iterator[Read]:
    for row in table.rows():
        place = f"{table.name}, row {row.number}"
        found = reader(row) if row.whole else TOO_MANY_CELLS
        yield Skipped(found, place) if isinstance(found, str) else replace(found, place=place)


def _service(table: Table) -> Service | None:
    columns = {*table.columns}
    if {"name", "year", "letterboxduri"} <= columns:
        return "Letterboxd"
    if {"const", "title"} <= columns:
        return "IMDb"
    return "own list" if "title" in columns else None


def _letterboxd(table: Table) -> _Reader:
    seen, liked, wanted = _meaning(table)

    def film(row: Row) -> Film | str:
        rating = stars(row["rating"])
        if isinstance(rating, str):
            return rating
        day = day_of(row["watcheddate"])
        return _film(
            row, row["name"], rating=rating, seen=seen, liked=liked, wanted=wanted, day=day
        )

    return film


def _meaning(table: Table) -> tuple[bool, bool, bool]:
    """Whether a table of Letterboxd's holds what was seen, liked or wanted.

    Three of its tables have the same columns; only their names tell them apart.
    """
    if "rating" in table.columns:
        return True, False, False
    name = table.name.lower()
    if "watchlist" in name:
        return False, False, True
    if "likes" in name or name == "films.csv":
        return False, True, False
    if "watched" in name:
        return True, False, False
    raise UsageError(
        f"{table.name!r} may be a watchlist or films watched; name it as Letterboxd does:"
        " watched.csv, watchlist.csv or likes/films.csv."
    )


def _imdb(table: Table) -> _Reader:
    listed = "position" in table.columns

    def film(row: Row) -> Film | str:
        kind = row["titletype"].lower()
        other = next((reason for word, reason in _KINDS.items() if word in kind), None)
        rating = stars(row.first("yourrating", "yourated"), best=10)
        if other or isinstance(rating, str):
            return other or str(rating)
        if rating is None and not listed:
            return NO_RATING
        rated = rating is not None
        return _film(
            row,
            row["title"],
            rating=rating,
            seen=rated,
            wanted=not rated,
            original_title=row["originaltitle"],
            imdb_id=imdb_id(row["const"]),
        )

    return film


def _own(table: Table) -> _Reader:
    best = _scale(table)

    def film(row: Row) -> Film | str:
        rating = stars(row["rating"], best) if row["rating"] else stars(row["rating10"], 10)
        if isinstance(rating, str):
            return rating
        wanted = yes_or_no(row["wanted"], otherwise=False)
        seen = yes_or_no(row["seen"], otherwise=not wanted) or rating is not None
        return _film(
            row,
            row["title"],
            rating=rating,
            seen=seen,
            liked=yes_or_no(row["liked"], otherwise=False),
            wanted=wanted or not seen,
            day=day_of(row.first("date", "watcheddate")),
            imdb_id=imdb_id(row["imdbid"]),
            tmdb_id=number(row["tmdbid"]),
        )

    return film


def _scale(table: Table) -> float:
    """Ten where one of the ratings is above five stars, and five else."""
    if "rating" not in table.columns:
        return BEST
    given = (decimal(row["rating"]) for row in table.rows())
    return 10.0 if any(each is not None and BEST < each <= 10 for each in given) else BEST


def _film(row: Row, title: str, **said: object) -> Film | str:
    """A film with its title and year; what can't be read of year and day is left out."""
    if not title:
        return NO_TITLE
    year, day, repairs = year_of(row["year"]), said.pop("day", None), []
    if isinstance(year, str):
        repairs.append(year)
    if isinstance(day, str):
        repairs.append(day)
    return replace(
        Film(title, **said),  # type: ignore[arg-type]
        year=None if isinstance(year, str) else year,
        day=day if isinstance(day, date) else None,
        repairs=tuple(repairs),
    )


def joined(films: Iterable[Film]) -> list[Film]:
    """Each film once, in the order of its first row."""
    found: dict[tuple[object, ...], Film] = {}
    for film in films:
        old = found.get(film.key)
        found[film.key] = old.joined(film) if old else film
    return [*found.values()]
