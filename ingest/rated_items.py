"""Which item of the catalogue a data set of ratings means: by id, else by title and year."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz

from ..errors import BadRatings
from .item import Item, fold
from .rating_rows import Row

AMBIGUOUS, UNKNOWN = "its title fits several items", "not in the catalogue"
Found = str | None

# Of 100: "Star Wars: Episode IV - A New Hope" holds all of "Star Wars".
_ALIKE = 80.0
_YEAR = re.compile(r"\s*\((\d{4})(?:\s*[-–]\s*\d{0,4})?\)\s*$")
_BESIDE = re.compile(r"\(([^()]*)\)")
_TURNED = re.compile(r"^(.*), (the|a|an|le|la|les|l'|der|die|das|el|il|los|las|i|un|une)$", re.I)
_ARTICLE = re.compile(r"^(?:the|a|an) (?=.)")


class ItemsByName:
    """Items of a catalogue by id of any kind, and by title and year."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.ids: set[str] = set()
        self.tmdb: dict[int, str] = {}
        self.movielens: dict[int, str] = {}
        self._titles: dict[str, list[tuple[int | None, str]]] = {}
        self._known: dict[str, tuple[str, int | None]] = {}
        for item in items:
            self.ids.add(item.id)
            self._known[item.id] = (item.title, item.year)
            if item.tmdb_id:
                self.tmdb[item.tmdb_id] = item.id
            if item.movielens_id:
                self.movielens[item.movielens_id] = item.id
            for title in {_key(name) for name in (item.title, *item.alternative_titles)}:
                self._titles.setdefault(title, []).append((item.year, item.id))

    def by_imdb(self, number: str) -> Found:
        """The item with an IMDb id, with or without ``tt`` and leading zeros."""
        digits = number.removeprefix("tt")
        name = f"tt{int(digits):07d}" if _is_number(digits) else ""
        return name if name in self.ids else None

    def by_number(self, known: Mapping[int, str], number: str) -> Found:
        """The item with a number of one kind; MovieLens' exports write some as ``862.0``."""
        digits = number.removesuffix(".0")
        return known.get(int(digits)) if _is_number(digits) else None

    def by_movielens(self, number: str, title: str, year: int | None) -> Found:
        """The item with a MovieLens number, where the data set's title doesn't contradict.

        The numbers of the 100K set, and of what was made from it, are other ones.
        """
        found = self.by_number(self.movielens, number)
        if found is None or not title:
            return found
        name, made = self._known[found]
        near = year is None or made is None or abs(made - year) <= 1
        return found if near and fuzz.token_set_ratio(fold(name), fold(title)) >= _ALIKE else None

    def by_title(self, title: str, year: int | None) -> tuple[Found, str]:
        """The one item with a title, of that year or else of one beside it; else why not.

        Without a year only a title that no other item has will do.
        """
        found = [each for name in _names(title) for each in self._titles.get(_key(name), ())]
        if year is None:
            return _only({name for _, name in found})
        same = {name for made, name in found if made == year}
        beside = {name for made, name in found if made and abs(made - year) == 1}
        return _only(same or beside)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _only(names: set[str]) -> tuple[Found, str]:
    if len(names) == 1:
        return next(iter(names)), ""
    return None, AMBIGUOUS if names else UNKNOWN


def _key(title: str) -> str:
    return _ARTICLE.sub("", fold(title))


def _names(title: str) -> Iterator[str]:
    """What a film is called in ``Seven (a.k.a. Se7en)`` or ``Harbour, The (Le port)``."""
    plain = _BESIDE.sub(" ", title).strip()
    yield _forward(plain)
    for other in _BESIDE.findall(title):
        yield _forward(re.sub(r"^a\.?k\.?a\.?\s+", "", other.strip(), flags=re.IGNORECASE))


def _forward(title: str) -> str:
    return _TURNED.sub(r"\2 \1", title.strip())


def dated(title: str) -> tuple[str, int | None]:
    """A title and the year in brackets at its end: ``Heat (1995)``."""
    found = _YEAR.search(title)
    return (title[: found.start()], int(found[1])) if found else (title, None)


@dataclass
class Matcher:
    """Finds the item that a row means, and remembers each answer.

    Args:
        items: what the catalogue has.
        column: what the file calls the item's id, see `RatingFile.item_column`.
        folder: where ``links.csv``, ``movies.csv``, ``movies.dat`` or ``u.item`` may be.
    """

    items: ItemsByName
    column: str
    folder: Path
    known: dict[str, tuple[Found, str]] = field(default_factory=dict)
    _links: dict[str, tuple[str, str]] = field(default_factory=dict)
    _titles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.column == "movieid":
            self._links = dict(_links(self.folder))
            self._titles = dict(_titles(self.folder))
        elif self.column == "u.item":
            # These numbers are this data set's own: without its titles they mean nothing.
            self._titles = dict(_titles(self.folder))
            if not self._titles:
                raise BadRatings(
                    f"There is no 'u.item' in {str(self.folder)!r}, and without it nobody knows "
                    f"which films the numbers of u.data are: put it there."
                )

    def __call__(self, row: Row) -> tuple[Found, str]:
        """The item's id and ``""``, or None and why not."""
        name = row.item or f"{row.title}\n{row.year}"
        if name not in self.known:
            self.known[name] = self._find(row)
        return self.known[name]

    def _find(self, row: Row) -> tuple[Found, str]:
        found = self._by_id(row.item) if row.item else None
        if found:
            return found, ""
        title, year = dated(self._titles.get(row.item, row.title))
        if _is_number(row.year[:4]):
            year = int(row.year[:4])
        if self.column == "movieid":
            found = self.items.by_movielens(row.item, title, year)
        if found:
            return found, ""
        return self.items.by_title(title, year) if title else (None, UNKNOWN)

    def _by_id(self, number: str) -> Found:
        if self.column == "u.item":
            return None
        if self.column == "movieid":
            imdb, tmdb = self._links.get(number, ("", ""))
            return self.items.by_imdb(imdb) or self.items.by_number(self.items.tmdb, tmdb)
        if self.column == "tmdbid":
            return self.items.by_number(self.items.tmdb, number)
        return number if number in self.items.ids else self.items.by_imdb(number)


def _links(folder: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    for row in _table(folder, "links.csv"):
        if row.get("movieId"):
            yield row["movieId"], (row.get("imdbId") or "", row.get("tmdbId") or "")


def _titles(folder: Path) -> Iterator[tuple[str, str]]:
    """Titles with their year, by the data set's own number."""
    readers: Mapping[str, Callable[[str], list[str]]] = {
        "movies.dat": lambda line: line.split("::"),
        "u.item": lambda line: line.split("|"),
    }
    for row in _table(folder, "movies.csv"):
        if row.get("movieId") and row.get("title"):
            yield row["movieId"], row["title"]
    for name, parts in readers.items():
        for line in _text(folder, name).splitlines():
            cells = parts(line)
            if len(cells) > 1:
                yield cells[0], cells[1]


def _table(folder: Path, name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(_text(folder, name).splitlines())


def _text(folder: Path, name: str) -> str:
    """A small file beside the ratings, perhaps gzipped; empty where there is none."""
    plain, packed = folder / name, folder / f"{name}.gz"
    if plain.is_file():
        raw = plain.read_bytes()
    elif packed.is_file():
        raw = gzip.decompress(packed.read_bytes())
    else:
        return ""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")  # as the older MovieLens sets are written
