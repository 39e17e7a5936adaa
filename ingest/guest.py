"""A catalogue with a guest: one more item that can be compared with all others and isn't stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from .catalogue import Catalogue, Hit, Probe, Progress, Space, Summary, Vector
from .embedding import TEXT_SPACES, Embedder, item_texts
from .facets import Facet
from .item import Item
from .limits import Condition
from .people import PeopleIndex
from .titles import TitleIndex, TitleMatch
from .traits import traits_of


class GuestCatalogue:
    """`moodreel.ingest.catalogue.Catalogue` over another, where one item more is known by its id.

    Its vectors and similarities are what they would be if it was stored, and it stands in for a
    stored item with its id. No search finds it, and counts and indexes leave it out. The other
    catalogue is not changed, and may not be changed through this one.
    """

    def __init__(self, catalogue: Catalogue, guest: Item) -> None:
        """Nothing is embedded before somebody asks for a vector of the guest."""
        self._catalogue = catalogue
        self.guest = guest

    @property
    def embedder(self) -> Embedder:
        """The embedder of the catalogue."""
        return self._catalogue.embedder

    @property
    def titles(self) -> TitleIndex:
        """The titles of all stored items."""
        return self._catalogue.titles

    @property
    def people(self) -> PeopleIndex:
        """The people of all stored items."""
        return self._catalogue.people

    def note(self, key: str) -> Any:
        """What is stored with the catalogue under a key, or None."""
        return self._catalogue.note(key)

    def set_note(self, key: str, value: Any) -> None:
        """Refuse."""
        raise NotImplementedError("a catalogue with a guest is only read")

    def refresh(self) -> None:
        """Take in what other processes wrote to the catalogue."""
        self._catalogue.refresh()

    @cached_property
    def _own(self) -> dict[str, Vector]:
        """The guest's vectors by space; one of zeros where it has no text."""
        texts = item_texts(self.guest)
        own: dict[str, Vector] = {"traits": traits_of(self.guest)}
        for space in TEXT_SPACES:
            own[space] = self._catalogue.embed([texts[space]], space)[0]
        return own

    def embed(self, texts: Sequence[str], space: Space) -> Vector:
        """Texts as query vectors."""
        return self._catalogue.embed(texts, space)

    def vectors(self, ids: Sequence[str], space: Space) -> dict[str, Vector]:
        """Vectors of the known ones among ``ids``."""
        found = self._catalogue.vectors([name for name in ids if name != self.guest.id], space)
        return found | ({self.guest.id: self._own[space]} if self.guest.id in ids else {})

    def search(
        self,
        probes: Sequence[Probe],
        *,
        words: str = "",
        conditions: Sequence[Condition] = (),
        exclude: Collection[str] = (),
        limit: int = 10,
    ) -> list[Hit]:
        """The best stored items."""
        without = {*exclude, self.guest.id}
        return self._catalogue.search(
            probes, words=words, conditions=conditions, exclude=without, limit=limit
        )

    def similarities(self, ids: Sequence[str], probes: Sequence[Probe]) -> dict[str, Hit]:
        """Similarities of given items; fused scores are those of the stored ones only."""
        others = [name for name in ids if name != self.guest.id]
        found = self._catalogue.similarities(others, probes)
        if self.guest.id in ids:
            values = tuple(float(np.dot(self._own[each.space], each.vector)) for each in probes)
            found[self.guest.id] = Hit(self.guest.id, 0.0, values)
        return found

    def get(self, ids: Iterable[str]) -> dict[str, Item]:
        """The known ones among ``ids``, by id, in the order asked for."""
        wanted = list(ids)
        found = self._catalogue.get(wanted) | {self.guest.id: self.guest}
        return {name: found[name] for name in dict.fromkeys(wanted) if name in found}

    def find(self, title: str, year: int | None = None) -> list[TitleMatch]:
        """Stored items by title."""
        return self._catalogue.find(title, year)

    def count(self, conditions: Sequence[Condition] = ()) -> int:
        """How many stored items pass."""
        return self._catalogue.count(conditions)

    def facet(self, facet: Facet, conditions: Sequence[Condition] = ()) -> dict[str, int]:
        """How many stored items have each value of a facet."""
        return self._catalogue.facet(facet, conditions)

    def upsert(self, items: Sequence[Item], progress: Progress | None = None) -> None:
        """Refuse."""
        raise NotImplementedError("a catalogue with a guest is only read")

    def delete(self, ids: Collection[str]) -> int:
        """Refuse."""
        raise NotImplementedError("a catalogue with a guest is only read")

    def items(self) -> Iterable[Item]:
        """Every stored item."""
        return self._catalogue.items()

    def summary(self) -> Summary:
        """What is stored."""
        return self._catalogue.summary()

    def close(self) -> None:
        """Do nothing: the catalogue belongs to somebody else."""
