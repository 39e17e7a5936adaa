"""What a catalogue keeps in memory of its items, so that most look-ups never touch the store."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from threading import RLock

from .everyday import SAMPLE
from .item import Item
from .people import PeopleIndex
from .titles import TitleIndex

Names = tuple[TitleIndex, PeopleIndex]
_PARSED = 20_000
_BATCH = 1_000


class Memory:
    """Ids, popularity, the items parsed last, and the indexes of names, made when first used.

    ``number`` gives the number of an item's point; ``names`` makes the indexes of all items.
    """

    def __init__(
        self, number: Callable[[str], int], names: Callable[[], Names], lock: RLock
    ) -> None:
        self._number = number
        self._make_names = names
        self._lock = lock
        self._parsed: dict[str, Item] = {}
        self._indexes: Names | None = None
        self.ids: dict[int, str] = {}
        self.popularity: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self.popularity)

    def __contains__(self, item_id: str) -> bool:
        return item_id in self.popularity

    @property
    def titles(self) -> TitleIndex:
        """The titles of all items."""
        return self.names()[0]

    @property
    def people(self) -> PeopleIndex:
        """The people of all items."""
        return self.names()[1]

    def names(self) -> Names:
        """Both indexes, from one reading of the store: a turn needs both."""
        if self._indexes is None:
            with self._lock, _uncollected():
                self._indexes = self._indexes or self._make_names()
        return self._indexes

    def named(self) -> Names | None:
        """Both indexes, where they were used."""
        return self._indexes

    def register(self, item_id: str, popularity: float) -> None:
        """Know that an item is stored."""
        self.ids[self._number(item_id)] = item_id
        self.popularity[item_id] = popularity

    def parsed(self, item_id: str) -> Item | None:
        """An item that was read or stored lately."""
        return self._parsed.get(item_id)

    def keep(self, item: Item) -> None:
        """Remember a parsed item, in the place of the oldest one where there are too many."""
        with self._lock:
            if len(self._parsed) >= _PARSED:
                self._parsed.pop(next(iter(self._parsed)))
            self._parsed[item.id] = item

    def keep_where_room(self, item: Item) -> None:
        """Remember a parsed item unless another one had to go: what reads all items reads each."""
        if len(self._parsed) < _PARSED:
            self.keep(item)

    def add(self, items: Iterable[Item]) -> None:
        """Take in items that were stored just now."""
        fresh = list(items)
        for item in fresh:
            self.register(item.id, item.popularity)
            self.keep(item)
        for index in self._indexes or ():
            index.upsert(fresh)

    def forget(self, item_ids: list[str]) -> None:
        """Drop items that were deleted just now."""
        for item_id in item_ids:
            del self.ids[self._number(item_id)], self.popularity[item_id]
            self._parsed.pop(item_id, None)
        for index in self._indexes or ():
            index.delete(item_ids)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Have no search for cyclic garbage: among millions of objects that stay it finds none.

    It would be a third of the work. What is in no cycle is freed at once as ever.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def names_of_all(every: Iterable[Item]) -> Names:
    """The indexes of the names of items, which are never held all together."""
    items = iter(every)
    # Both learn everyday words from the first items that they are given.
    first = [*islice(items, SAMPLE)]
    titles, people = TitleIndex(first), PeopleIndex(first)
    while batch := [*islice(items, _BATCH)]:
        titles.upsert(batch)
        people.upsert(batch)
    return titles, people
