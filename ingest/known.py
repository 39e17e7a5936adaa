"""Which item of a catalogue a record of a source means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .item import Item, fold
from .sources.record import Record

_ARTICLES = ("the ", "a ", "an ")
_MINUTES = 3
_YEARS = (0, -1, 1)


@dataclass(frozen=True)
class Meant:
    """The item that a record means, if any, and how that is known.

    ``rule`` is ``id`` or ``title``; ``maybe`` has the ids of items of the same title and about
    the same year that nothing more speaks for.
    """

    id: str | None = None
    rule: str = ""
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Facts:
    """What tells items of one title apart, small enough to keep for every item."""

    kind: str
    year: int | None
    imdb: str | None
    tmdb: int | None
    movielens: int | None
    runtime: int | None
    people: frozenset[int]


class Known:
    """Ids, titles, years and people of all items, kept in memory while a source is read."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._ids: dict[str, str] = {}
        self._titles: dict[int, list[str]] = {}
        self._facts: dict[str, _Facts] = {}
        for item in items:
            self.add(item)

    def __contains__(self, item_id: str) -> bool:
        return item_id in self._facts

    def add(self, item: Item) -> None:
        """Know an item, or what is new of it."""
        for key in _id_keys(item.imdb, item.tmdb_id, item.movielens_id):
            self._ids[key] = min(self._ids.get(key, item.id), item.id)
        for title in {_bare(name) for name in (item.title, *item.alternative_titles)}:
            held = self._titles.setdefault(hash((title, item.year)), [])
            if item.id not in held:
                held.append(item.id)
        self._facts[item.id] = _facts_of(item)

    def join(self, item: Item) -> None:
        """Know what a record adds to the item of its id, before they are merged."""
        held = self._facts.get(item.id)
        self.add(item)
        if held is not None:
            self._facts[item.id] = _together(held, self._facts[item.id])

    def meant(self, record: Record, apart: frozenset[str] = frozenset()) -> Meant:
        """The item that a record means: by id, else by title, year and people.

        Args:
            record: what is looked for.
            apart: ids of items that a person said it is not.
        """
        keys = _id_keys(record.imdb_id, record.tmdb_id, record.movielens_id)
        by_id = [self._ids[key] for key in keys if key in self._ids]
        if by_id and by_id[0] not in apart:
            return Meant(by_id[0], "id")
        if record.year is None:
            return Meant()
        facts, maybe = _facts_of(record), []
        for item_id in self._of_title(record):
            other = self._facts[item_id]
            if item_id in apart or _differ(facts, other):
                continue
            if _agree(facts, other):
                return Meant(item_id, "title")
            if _silent(facts, other):
                maybe.append(item_id)
        return Meant(maybe=tuple(maybe))

    def _of_title(self, record: Record) -> Iterator[str]:
        """Items of a record's title or original title, those of its very year first."""
        titles = dict.fromkeys(_bare(t) for t in (record.title, *record.alternative_titles))
        found: dict[str, None] = {}
        for off in _YEARS:
            for title in titles:
                dated = hash((title, (record.year or 0) + off))
                found.update(dict.fromkeys(sorted(self._titles.get(dated, ()))))
        yield from found


def _bare(title: str) -> str:
    """A folded title without its article; one of no letters that fold keeps stays as it is."""
    folded = fold(title) or title
    return next((folded[len(a) :] for a in _ARTICLES if folded.startswith(a)), folded)


def _id_keys(imdb: str | None, tmdb: int | None, movielens: int | None) -> list[str]:
    keys = [imdb] if imdb else []
    keys += [f"tmdb {tmdb}"] if tmdb else []
    return keys + ([f"movielens {movielens}"] if movielens else [])


def _facts_of(known: Item | Record) -> _Facts:
    return _Facts(
        kind=fold(known.kind),
        year=known.year,
        imdb=known.imdb if isinstance(known, Item) else known.imdb_id,
        tmdb=known.tmdb_id,
        movielens=known.movielens_id,
        runtime=known.runtime_min,
        people=frozenset(hash(fold(name)) for name in (*known.directors, *known.cast)),
    )


def _together(one: _Facts, other: _Facts) -> _Facts:
    return _Facts(
        kind=one.kind,
        year=one.year or other.year,
        imdb=one.imdb or other.imdb,
        tmdb=one.tmdb or other.tmdb,
        movielens=one.movielens or other.movielens,
        runtime=one.runtime or other.runtime,
        people=one.people | other.people,
    )


def _differ(one: _Facts, other: _Facts) -> bool:
    """Whether two are surely not the same: of other kinds or years, or with other ids of one place.

    An item is still found by the year that it had before a better source corrected it.
    """
    if one.year and other.year and abs(one.year - other.year) > max(_YEARS):
        return True
    pairs = ((one.imdb, other.imdb), (one.tmdb, other.tmdb), (one.movielens, other.movielens))
    return one.kind != other.kind or any(a and b and a != b for a, b in pairs)


def _agree(one: _Facts, other: _Facts) -> bool:
    """A shared person; or a runtime within 3 minutes where either has no people."""
    if one.people and other.people:
        return bool(one.people & other.people)
    if one.runtime is None or other.runtime is None:
        return False
    return abs(one.runtime - other.runtime) <= _MINUTES


def _silent(one: _Facts, other: _Facts) -> bool:
    """Whether nothing speaks for or against: who took part or how long it is isn't known."""
    return not (one.people and other.people) and (one.runtime is None or other.runtime is None)
