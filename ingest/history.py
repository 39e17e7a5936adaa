"""What somebody has watched and rated elsewhere, on the items of a catalogue; nothing is guessed.

`read_history` reads exports of Letterboxd, IMDb and MovieLens, and one's own CSV; docs/feeding.md
has their columns.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ..errors import UsageError
from . import history_movielens as movielens
from .catalogue import Catalogue
from .history_files import Table, tables_of
from .history_rows import Film, Read, Service, Skipped, joined, read, readable
from .item import Item
from .titles import TitleMatch

__all__ = ["Doubtful", "Film", "HistoryImport", "match", "read_history"]

MOST_ROWS = 50_000
_WHOLE, _WHOLE_TITLE = 100.0, 99.0
"""Scores of `TitleMatch`: the title to the letter, and with another article."""
_IDS = ("imdb_id", "tmdb_id", "movielens_id")


@dataclass(frozen=True)
class Doubtful:
    """A film that may be one of several items, or the one that only nearly has its name."""

    film: Film
    candidates: tuple[TitleMatch, ...]


@dataclass(frozen=True)
class HistoryImport:
    """A history on the items of a catalogue. Every row is in exactly one of the parts.

    ``matched`` has films by item id; ``ambiguous`` needs somebody to choose (`chosen`);
    ``unmatched`` is not in the catalogue. ``skipped`` has the places of rows by the reason why
    they were left out, ``repaired`` those of rows that were read without a part of them.
    """

    service: str
    matched: Mapping[str, Film] = field(default_factory=dict)
    ambiguous: tuple[Doubtful, ...] = ()
    unmatched: tuple[Film, ...] = ()
    skipped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repaired: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    """Tables of a folder or an archive that are no history."""

    @property
    def rows(self) -> int:
        """How many rows the files have."""
        films = [*self.matched.values(), *(each.film for each in self.ambiguous), *self.unmatched]
        return sum(film.rows for film in films) + sum(map(len, self.skipped.values()))

    def chosen(self, choices: Mapping[str, str]) -> HistoryImport:
        """The import once somebody said which items some of the ambiguous films are.

        Args:
            choices: item ids by the place of the film (`Film.place`).

        Raises:
            UsageError: an item is none of the candidates.
        """
        matched, left = dict(self.matched), []
        for each in self.ambiguous:
            item_id = choices.get(each.film.place)
            if item_id is None:
                left.append(each)
            elif item_id in {candidate.id for candidate in each.candidates}:
                _put(matched, item_id, each.film)
            else:
                raise UsageError(f"{item_id!r} is none of the choices for {each.film.label!r}.")
        return replace(self, matched=matched, ambiguous=tuple(left))


def read_history(
    paths: Sequence[Path], catalogue: Catalogue, person: str | None = None
) -> HistoryImport:
    """What the files say, on the items of this catalogue.

    Args:
        paths: CSV files (also gzip), folders or ZIP archives of exports.
        catalogue: where the films are looked for.
        person: whose ratings are meant, in a file of MovieLens that has those of many.

    Raises:
        UsageError: a file can't be read or is no history; says which and what to do.
    """
    tables = tables_of(paths)
    unread = tuple(t.name for t in tables if not t.alone and not _known(t))
    services: list[Service] = []
    films: list[Film] = []
    skipped: dict[str, list[str]] = defaultdict(list)
    for service, rows in _sources([t for t in tables if t.alone or _known(t)], person):
        services.append(service)
        for each in rows:
            if isinstance(each, Skipped):
                skipped[each.reason].append(each.place)
            else:
                films.append(each)
        if len(films) > MOST_ROWS:
            raise UsageError(f"That is more than {MOST_ROWS:,} films; give one person's export.")
    if not services:
        raise UsageError("None of these files is a history; give an export or a CSV with titles.")
    found = match(joined(films), catalogue)
    return replace(
        found,
        service=" and ".join(dict.fromkeys(services)),
        skipped={reason: tuple(places) for reason, places in skipped.items()},
        repaired=_repaired(films),
        unread=unread,
    )


def match(films: Iterable[Film], catalogue: Catalogue) -> HistoryImport:
    """Films on the items of a catalogue: by id, else by whole title and year, one year off."""
    finder = _Finder(catalogue)
    matched: dict[str, Film] = {}
    ambiguous: list[Doubtful] = []
    unmatched: list[Film] = []
    for film in films:
        found = finder.find(film)
        if isinstance(found, str):
            _put(matched, found, film)
        elif found:
            ambiguous.append(Doubtful(film, tuple(found)))
        else:
            unmatched.append(film)
    return HistoryImport("", matched, tuple(ambiguous), tuple(unmatched))


def _put(matched: dict[str, Film], item_id: str, film: Film) -> None:
    old = matched.get(item_id)
    matched[item_id] = old.joined(film) if old else film


def _known(table: Table) -> bool:
    return movielens.is_ratings(table) or movielens.belongs(table) or readable(table)


def _sources(
    tables: Sequence[Table], person: str | None
) -> Iterator[tuple[Service, Iterator[Read]]]:
    """The rows of each history; ratings come last, since theirs are the latest."""
    beside = [table for table in tables if movielens.belongs(table)]
    ratings = [table for table in tables if movielens.is_ratings(table)]
    others = [table for table in tables if table not in beside and table not in ratings]
    if beside and not ratings:
        raise UsageError(f"{beside[0].name!r} has films but no ratings; give ratings.csv with it.")
    for table in ratings:
        if not beside:
            raise UsageError(f"{table.name!r} has ratings but no titles; give movies.csv with it.")
        yield "MovieLens", movielens.read(table, beside, person)
    for table in sorted(others, key=_standing):
        yield read(table)


def _standing(table: Table) -> tuple[bool, bool]:
    """What is read first: ratings of the day somebody watched give way to those that stand."""
    return "rating" in table.columns, "watcheddate" not in table.columns


def _repaired(films: Iterable[Film]) -> dict[str, tuple[str, ...]]:
    places: dict[str, list[str]] = defaultdict(list)
    for film in films:
        for repair in film.repairs:
            places[repair].append(film.place)
    return {repair: tuple(found) for repair, found in places.items()}


class _Finder:
    """Finds films among the items of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def find(self, film: Film) -> str | list[TitleMatch]:
        """The id of the item, or the items that it may be: none, one that is not sure, several."""
        by_id = self._by_id(film)
        return by_id.id if by_id else self._by_title(film)

    @cached_property
    def _ids(self) -> dict[tuple[str, object], Item]:
        """Items by the ids that services give them."""
        return {pair: item for item in self._catalogue.items() for pair in _known_as(item).items()}

    def _by_id(self, film: Film) -> Item | None:
        pairs = _known_as(film).items()
        return next((self._ids[pair] for pair in pairs if pair in self._ids), None)

    def _by_title(self, film: Film) -> str | list[TitleMatch]:
        found = self._named(film)
        whole = [each for each in found if each.score >= _WHOLE_TITLE]
        if film.year is None:
            return whole
        same = [each for each in whole if each.year == film.year]
        near = [e for e in whole if e.score == _WHOLE and e.year and abs(e.year - film.year) == 1]
        sure = same or near
        if len(sure) == 1:
            return sure[0].id
        parts = [e for e in found if e.score < _WHOLE_TITLE and e.year == film.year]
        return sure or [e for e in whole if e.year is None] or parts

    def _named(self, film: Film) -> list[TitleMatch]:
        """Items with the film's title, each once, but for those that an id tells apart."""
        names = dict.fromkeys(name for name in (film.title, film.original_title) if name)
        found: dict[str, TitleMatch] = {}
        for each in (each for name in names for each in self._catalogue.titles.exactly(name)):
            if each.exact and (each.id not in found or each.score > found[each.id].score):
                found[each.id] = each
        ids = _known_as(film)
        items = self._catalogue.get(found) if ids else {}
        other = {key for key, item in items.items() if _contradicts(ids, _known_as(item))}
        return [each for key, each in found.items() if key not in other]


def _known_as(one: Film | Item) -> dict[str, object]:
    """The ids that services give it; an item may be kept under the one of IMDb."""
    ids = {name: getattr(one, name, None) for name in _IDS}
    if isinstance(one, Item) and ids["imdb_id"] is None and re.fullmatch(r"tt\d{7,}", one.id):
        ids["imdb_id"] = one.id
    return {name: value for name, value in ids.items() if value is not None}


def _contradicts(ids: Mapping[str, object], others: Mapping[str, object]) -> bool:
    return any(others.get(name, value) != value for name, value in ids.items())
