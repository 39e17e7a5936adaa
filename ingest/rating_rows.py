"""Rows of a file of ratings, one at a time: who gave what to which item, and when."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from math import isfinite
from pathlib import Path
from typing import IO

from ..errors import BadRatings

NAMES = ("ratings.csv", "ratings.csv.gz", "ratings.dat", "ratings.dat.gz", "u.data", "u.data.gz",
         "ratings.tsv", "ratings.tsv.gz")  # fmt: skip
"""What a file of ratings may be called in a folder, first found first."""

# Columns by what other data sets call them; MovieLens first.
_CALLED: Mapping[str, tuple[str, ...]] = {
    "user": ("userid", "user", "reviewer", "username", "who"),
    "item": ("movieid", "itemid", "filmid", "imdbid", "tmdbid", "const", "item", "movie", "id"),
    "rating": ("rating", "stars", "score", "value", "liked", "thumb", "thumbs"),
    "time": ("timestamp", "time", "unixtime"),
    "title": ("title", "name", "movietitle"),
    "year": ("year", "releaseyear"),
}
_BARE = ("user", "item", "rating", "time")


@dataclass(frozen=True)
class Row:
    """One rating; ``time`` is in seconds since 1970, 0 where it isn't known."""

    user: str
    item: str
    rating: float
    time: int = 0
    title: str = ""
    year: str = ""


@dataclass(frozen=True)
class Skipped:
    """A row that can't be used, and why."""

    reason: str


@dataclass
class RatingFile:
    """A file of ratings; ``item_column`` is what it calls the item's id, in lower case.

    MovieLens' ``u.data`` and ``ratings.dat`` have no header; CSV files have one, and say by it
    which column is which. Gzip is read as it comes.
    """

    path: Path
    item_column: str = ""
    _places: dict[str, int] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[int, Row | Skipped]]:
        """Every row with its number, from 1; the header counts, as editors count lines.

        Raises:
            BadRatings: there is nothing to read, no such column, or the file breaks off.
        """
        number = 0
        try:
            with _opened(self.path) as lines:
                for number, cells in enumerate(self._cells(lines), 1):
                    if number == 1 and not self._headless:
                        self._read_header(cells)
                    elif any(cells):
                        yield number, self._row(cells)
        except (EOFError, zlib.error, gzip.BadGzipFile, csv.Error) as error:
            raise BadRatings(
                f"{str(self.path)!r} breaks off or is damaged after row {number} ({error}): get "
                f"the file again"
            ) from error
        if number == 0:
            raise BadRatings(f"{str(self.path)!r} is empty: name a file with ratings in it.")

    @property
    def _headless(self) -> bool:
        return self._plain in {"u.data", "ratings.dat"}

    @property
    def _plain(self) -> str:
        return self.path.name.lower().removesuffix(".gz")

    def _cells(self, lines: IO[str]) -> Iterator[Sequence[str]]:
        if self._headless:
            self._places = {name: place for place, name in enumerate(_BARE)}
            self.item_column = "movieid" if self._plain == "ratings.dat" else "u.item"
            mark = "::" if self._plain == "ratings.dat" else "\t"
            return (line.rstrip("\r\n").split(mark) for line in lines)
        first = list(islice(lines, 1))
        mark = max(",;\t", key=first[0].count) if first else ","
        # A NUL byte would end the reading of a whole file.
        whole = (line.replace("\0", "") for line in chain(first, lines))
        return csv.reader(whole, delimiter=mark)

    def _read_header(self, cells: Sequence[str]) -> None:
        bare = [cell.strip().lower().replace("_", "").replace(" ", "") for cell in cells]
        for meaning, names in _CALLED.items():
            found = next((name for name in names if name in bare), None)
            if found is not None:
                self._places[meaning] = bare.index(found)
        if "item" in self._places:
            self.item_column = bare[self._places["item"]]
        lacking = [name for name in ("user", "rating") if name not in self._places]
        if not {"item", "title"} & self._places.keys():
            lacking.append("item or title")
        if lacking:
            raise BadRatings(
                f"{str(self.path)!r} has no column for {' and '.join(lacking)} (it has "
                f"{', '.join(map(repr, cells[:8]))}): name its columns user, item, rating and, "
                f"where known, timestamp"
            )

    def _row(self, cells: Sequence[str]) -> Row | Skipped:
        said = {name: cells[at].strip() for name, at in self._places.items() if at < len(cells)}
        if not said.get("user"):
            return Skipped("nobody is named")
        if not (said.get("item") or said.get("title")):
            return Skipped("no item is named")
        rating = number_of(said.get("rating", ""))
        if rating is None:
            return Skipped("the rating is no number")
        time = number_of(said.get("time", "0"))
        if time is None:
            return Skipped("the timestamp is no number of seconds")
        return Row(said["user"], said.get("item", ""), rating, int(time), said.get("title", ""),
                   said.get("year", ""))  # fmt: skip


_THUMBS = {"up": 1.0, "down": -1.0, "true": 1.0, "false": 0.0, "yes": 1.0, "no": 0.0}


def number_of(text: str) -> float | None:
    """A finite number, also with a decimal comma, or a thumb (up 1, down -1); None otherwise."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return _THUMBS.get(text.strip().lower())
    return number if isfinite(number) else None


def _opened(path: Path) -> IO[str]:
    # Ids and stars are ASCII everywhere; a title that can't be read is one that isn't matched.
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", errors="replace", newline="")
    return path.open(encoding="utf-8-sig", errors="replace", newline="")


def rating_file(path: Path) -> RatingFile:
    """The file of ratings at a path, which may be the folder that it is in.

    Raises:
        BadRatings: there is none.
    """
    if path.is_file():
        return RatingFile(path)
    if not path.is_dir():
        raise BadRatings(f"There is no file or folder {str(path)!r}; name one with ratings.")
    found = next((path / name for name in NAMES if (path / name).is_file()), None)
    if found is None:
        raise BadRatings(
            f"There are no ratings in {str(path)!r}: name a folder with a file called "
            f"{NAMES[0]}, {NAMES[2]} or {NAMES[4]}, or the file itself."
        )
    return RatingFile(found)
