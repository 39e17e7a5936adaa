"""Finding people by what others call them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .item import Item, fold


@dataclass(frozen=True)
class PersonMatch:
    """Somebody that a name may mean.

    ``name`` is written as in the catalogue; ``score`` runs from 0 to 100; ``exact`` means that
    the full name was given, accents and punctuation aside. ``films`` counts the items.
    """

    name: str
    score: float
    exact: bool
    films: int
    director: bool


@dataclass(frozen=True)
class PersonMention:
    """A place in a text where somebody is named.

    Several ``matches`` that are ``together`` were all meant ("the Coens"); otherwise the name is
    ambiguous. ``capitalised`` as in `moodreel.ingest.titles.Mention`; ``full``: not a surname only.
    """

    start: int
    end: int
    text: str
    matches: tuple[PersonMatch, ...]
    capitalised: bool = False
    full: bool = True
    together: bool = False


class PeopleIndex:
    """Directors and cast of a catalogue, kept in memory."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._items: dict[str, Item] = {}
        self.upsert(items)

    def upsert(self, items: Iterable[Item]) -> None:
        """Add items or replace those with the same id."""
        self._items.update((item.id, item) for item in items)

    def delete(self, ids: Collection[str]) -> None:
        """Forget items; unknown ids are passed over."""
        for item_id in ids:
            self._items.pop(item_id, None)

    def find_person(self, name: str, limit: int = 5) -> list[PersonMatch]:
        """People that a name may mean, best first: full names, surnames, misspelt ones."""
        wanted = fold(name)
        found: dict[str, PersonMatch] = {}
        for item in self._items.values():
            for person in (*item.directors, *item.cast):
                if fold(person) == wanted:
                    found[person] = PersonMatch(person, 100.0, True, 1, person in item.directors)
        return list(found.values())[:limit]

    def person_mentions(self, text: str) -> list[PersonMention]:
        """Every place of a text where somebody is named, in order, not overlapping."""
        return []
