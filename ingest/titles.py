"""Finding items by what people call them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .item import Item, fold


@dataclass(frozen=True)
class TitleMatch:
    """An item that a name may mean.

    ``score`` runs from 0 to 100 (rapidfuzz's scale); ``exact`` means that the folded names are
    equal, article, accents and punctuation aside.
    """

    id: str
    title: str
    year: int | None
    score: float
    exact: bool
    popularity: float = 0.0


@dataclass(frozen=True)
class Mention:
    """A place in a text where a title may be meant; whether it is, the reader decides.

    ``start`` and ``end`` are character places of the title itself, quotes and year outside;
    ``year`` is a year right behind it ("Dune (2021)", "Dune 1984"). ``matches`` are best first.
    ``quoted``: in quotation marks or emphasis; ``capitalised``: written like a title, with a
    capital that the start of a sentence doesn't explain; ``common``: all its words are everyday
    words, so that in lower case it counts only in a slot where a title belongs; ``whole``: it is
    a full title, not a part such as "Fellowship of the Ring".
    """

    start: int
    end: int
    text: str
    matches: tuple[TitleMatch, ...]
    year: int | None = None
    quoted: bool = False
    capitalised: bool = False
    common: bool = False
    whole: bool = True


class TitleIndex:
    """Titles of a catalogue, kept in memory."""

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

    def find(self, title: str, year: int | None = None, limit: int = 10) -> list[TitleMatch]:
        """Items that a name may mean, best first; misspelt names are found where long enough.

        Args:
            title: as a person wrote it, with or without article and year.
            year: of release; one year off is tolerated with a lower score.
        """
        wanted = fold(title)
        found = [
            TitleMatch(item.id, item.title, item.year, 100.0, True, item.popularity)
            for item in self._items.values()
            if fold(item.title) == wanted and year in (None, item.year)
        ]
        return sorted(found, key=lambda match: (-match.popularity, match.id))[:limit]

    def fuzzy(self, text: str, limit: int = 5) -> list[TitleMatch]:
        """Items whose misspelt title a span of text may be, best first; never a short title."""
        return [match for match in self.find(text, limit=limit) if not match.exact]

    def mentions(self, text: str) -> list[Mention]:
        """Every place of a text where a title may be meant, in order, not overlapping."""
        return []
