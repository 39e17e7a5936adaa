"""What a catalogue does the same way whatever store keeps its points."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
from pydantic import ValidationError

from ..errors import CatalogueBroken, UsageError
from .catalogue import Hit, Probe, Progress, Space, Summary, Vector
from .centring import ENOUGH, centred, means_of
from .embedding import Embedder, embed_items, stored
from .facets import Facet
from .fusion import fuse
from .item import Item
from .limits import Condition
from .manifest import Manifest
from .memory import Memory, Names, names_of_all
from .people import PeopleIndex
from .points import point_id
from .searching import best, gather, score, sharpened
from .store import FACET_VALUES, Payload, Rows, Store
from .titles import TitleIndex, TitleMatch

BATCH = 256
# How deep each branch of a search looks, at least; what it finds is scored in all branches.
_DEPTH = 200
# How many of the best by rough scores, at least, are scored exactly.
_SHARPENED = 64


class StoredCatalogue(ABC):
    """`moodreel.ingest.catalogue.Catalogue` over a `moodreel.ingest.store.Store`.

    Text vectors are centred: the mean of their space is subtracted before they are normalised.
    The means are taken once, from the items of the `upsert` that brings the catalogue to 64 or
    more, and then stay, so that vectors stored early and late can be compared.
    """

    def __init__(self, store: Store, embedder: Embedder, manifest: Manifest) -> None:
        self._store = store
        self._embedder = embedder
        self._manifest = manifest
        self._writing = threading.RLock()
        self._closing = threading.Event()
        self._memory = self._remembered()

    def _remembered(self) -> Memory:
        """What is kept in memory of the items that are stored now."""
        memory = Memory(point_id, lambda: self._names(memory), self._writing)
        for item_id, popularity in self._popularity().items():
            memory.register(item_id, popularity)
        return memory

    def _names(self, memory: Memory) -> Names:
        """The names of all items; who closes the catalogue meanwhile need not wait for them."""
        return names_of_all(self._until_closed(self._items(memory)))

    def _until_closed(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            if self._closing.is_set():
                raise UsageError("the catalogue was closed while its names were read")
            yield item

    def _popularity(self) -> dict[str, float]:
        """The popularity of every stored item by its id."""
        found: dict[str, float] = {}
        for known in self._store.scroll(["id", "popularity"]):
            if not {"id", "popularity"} <= known.keys():
                raise self._broken("lost what it knew of an item")
            found[known["id"]] = known["popularity"]
        return found

    @abstractmethod
    def _broken(self, how: str) -> CatalogueBroken:
        """The error that says what is wrong with the stored catalogue and what to do."""

    @abstractmethod
    def _changing(self, means: Mapping[str, list[float]]) -> AbstractContextManager[None]:
        """Note that a write begins, with the means that it uses, and at the end that it is whole.

        What was written is durable when this has ended without an error.
        """

    @abstractmethod
    def set_note(self, key: str, value: Any) -> None:
        """Store a JSON value with the catalogue; durable on return."""

    def _known(self) -> Memory:
        """What is kept in memory of the items."""
        return self._memory

    @property
    def embedder(self) -> Embedder:
        """The embedder that fills this catalogue."""
        return self._embedder

    @property
    def titles(self) -> TitleIndex:
        """The titles of all items."""
        return self._known().titles

    @property
    def people(self) -> PeopleIndex:
        """The people of all items."""
        return self._known().people

    @property
    def manifest(self) -> Manifest:
        """Who filled this catalogue, and how its vectors are centred."""
        return self._manifest

    def note(self, key: str) -> Any:
        """What `set_note` stored under a key, or None."""
        return self._manifest.notes.get(key)

    def refresh(self) -> None:
        """Have the names ready that a turn looks for; as a rule nobody else wrote anything."""
        self._memory.names()

    def embed(self, texts: Sequence[str], space: Space) -> Vector:
        """Texts as centred query vectors of length 1, shape (len(texts), dimension)."""
        if space == "traits":
            raise UsageError("the space 'traits' has no texts: use moodreel.ingest.traits.aim")
        return centred(self._embedder.embed(list(texts)), self._manifest.mean(space))

    def vectors(self, ids: Sequence[str], space: Space) -> dict[str, Vector]:
        """Stored vectors of the known ones among ``ids``."""
        memory = self._known()
        known = {point_id(item_id): item_id for item_id in ids if item_id in memory}
        found = self._store.vectors([*known], space)
        return {item_id: found[point] for point, item_id in known.items() if point in found}

    def search(
        self,
        probes: Sequence[Probe],
        *,
        words: str = "",
        conditions: Sequence[Condition] = (),
        exclude: Collection[str] = (),
        limit: int = 10,
    ) -> list[Hit]:
        """The best items by all branches together; see `Catalogue.search`."""
        if limit < 1:
            return []
        memory = self._known()
        passing = self._store.passing(conditions, exclude)
        depth = max(_DEPTH, 2 * limit)
        found = gather(self._store, probes, words, passing, depth)
        weights = [probe.weight for probe in probes]
        scores = fuse(found.similarities, weights, found.words)
        if self._store.rough():
            near = best(found, scores, memory, max(_SHARPENED, 2 * limit))
            points = [point_id(hit.id) for hit in near]
            found = sharpened(self._store, probes, found, points)
            scores = fuse(found.similarities, weights, found.words)
            scores[~np.isin(found.points, points)] = -np.inf
        return best(found, scores, memory, limit)

    def similarities(self, ids: Sequence[str], probes: Sequence[Probe]) -> dict[str, Hit]:
        """`Hit.similarities` for given items, whether or not a search found them."""
        memory = self._known()
        known = [point_id(item_id) for item_id in ids if item_id in memory]
        found = score(self._store, probes, known)
        weights = [probe.weight for probe in probes]
        scores = fuse(found.similarities, weights, found.words)
        return {hit.id: hit for hit in best(found, scores, memory, len(known))}

    def get(self, ids: Iterable[str]) -> dict[str, Item]:
        """The known ones among ``ids``, by id, in the order asked for."""
        memory = self._known()
        return self._read(ids, memory, memory.keep)

    def _read(
        self, ids: Iterable[str], memory: Memory, keep: Callable[[Item], None]
    ) -> dict[str, Item]:
        wanted = [item_id for item_id in dict.fromkeys(ids) if item_id in memory]
        held = {i: item for i in wanted if (item := memory.parsed(i)) is not None}
        missing = [point_id(item_id) for item_id in wanted if item_id not in held]
        found = self._store.payloads(missing, ["item"]) if missing else {}
        for payload in found.values():
            item = self._parse(payload)
            held[item.id] = item
            keep(item)
        return {item_id: held[item_id] for item_id in wanted if item_id in held}

    def _parse(self, payload: Payload) -> Item:
        try:
            return Item.model_validate_json(payload["item"])
        except (KeyError, ValidationError) as error:
            raise self._broken("holds an item that can't be read") from error

    def find(self, title: str, year: int | None = None) -> list[TitleMatch]:
        """Items by title, best first; see `TitleIndex.find`."""
        return self.titles.find(title, year)

    def count(self, conditions: Sequence[Condition] = ()) -> int:
        """How many items pass."""
        return self._store.count(self._store.passing(conditions))

    def facet(self, facet: Facet, conditions: Sequence[Condition] = ()) -> dict[str, int]:
        """How many items have each value of a facet, commonest first, then by value."""
        pairs = self._store.facet(facet, self._store.passing(conditions), FACET_VALUES)
        ordered = sorted(((str(value), n) for value, n in pairs), key=lambda p: (-p[1], p[0]))
        return {value: n for value, n in ordered if value}

    def upsert(self, items: Sequence[Item], progress: Progress | None = None) -> None:
        """Add or replace items; durable on return. Of items with the same id the last counts."""
        fresh = list({item.id: item for item in items}.values())
        if not fresh:
            return
        with self._writing:
            batch = self._with_uncentred(fresh)
            vectors = embed_items(batch, self._embedder, progress)
            means = self._manifest.means or (means_of(vectors) if len(batch) >= ENOUGH else {})
            with self._changing(means):
                for start in range(0, len(batch), BATCH):
                    part = slice(start, start + BATCH)
                    self._put(batch[part], {space: rows[part] for space, rows in vectors.items()})
            stored(batch, self._embedder)

    def _with_uncentred(self, fresh: list[Item]) -> list[Item]:
        """The items to store: also the few stored before there were means, now that there are."""
        new = {item.id for item in fresh}
        held = self._known().popularity.keys()
        if self._manifest.means or not len(held) < ENOUGH <= len(new | held):
            return fresh
        return [*fresh, *(item for item in self.items() if item.id not in new)]

    def _put(self, items: Sequence[Item], vectors: Rows) -> None:
        rows = {
            space: centred(found, self._manifest.mean(space)) for space, found in vectors.items()
        }
        self._store.put(items, rows)
        self._memory.add(items)

    def delete(self, ids: Collection[str]) -> int:
        """Remove items; how many were there."""
        with self._writing:
            memory = self._known()
            known = [item_id for item_id in dict.fromkeys(ids) if item_id in memory]
            if not known:
                return 0
            with self._changing(self._manifest.means):
                self._store.drop([point_id(item_id) for item_id in known])
                memory.forget(known)
            return len(known)

    def items(self) -> Iterator[Item]:
        """Every item, in order of id."""
        return self._items(self._known())

    def _items(self, memory: Memory) -> Iterator[Item]:
        ids = sorted(memory.popularity)
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            yield from self._read(batch, memory, memory.keep_where_room).values()

    def summary(self) -> Summary:
        """What is in the catalogue; gaps count the items that lack a fact or descriptor."""
        lacking = self._store.facet("lacks", None, FACET_VALUES)
        return Summary(
            items=len(self._known()),
            sources=self.facet("source"),
            kinds=self.facet("kind"),
            embedder=self._embedder.name,
            bytes=self._store.size(),
            gaps={str(name): n for name, n in sorted(lacking, key=lambda p: (-p[1], str(p[0])))},
        )

    def close(self) -> None:
        """Write everything and let the store go; a second call does nothing."""
        self._closing.set()
        with self._writing:
            self._store.close()
