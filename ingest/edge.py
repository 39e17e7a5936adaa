"""The catalogue in a folder, on Qdrant's in-process engine."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import qdrant_edge as qdrant
from pydantic import ValidationError

from ..errors import CatalogueBroken, UsageError
from .catalogue import Hit, Probe, Progress, Space, Summary, Vector
from .centring import ENOUGH, centred, means_of
from .edge_filter import build_filter
from .edge_points import point_id, points
from .edge_search import best, gather, score
from .edge_shard import NAME as SHARD
from .edge_shard import Shard, storage_errors
from .embedding import Embedder, TextSpace, embed_items, stored
from .facets import Facet
from .fusion import fuse
from .item import Item
from .limits import Condition
from .manifest import NAME, Manifest, load_manifest
from .memory import Memory
from .people import PeopleIndex
from .titles import TitleIndex, TitleMatch

_BATCH = 256
_FACET_VALUES = 100_000
# How deep each branch of a search looks, at least; what it finds is scored in all branches.
_DEPTH = 200


class EdgeCatalogue:
    """`moodreel.ingest.catalogue.Catalogue` kept in one folder, held by one process.

    Text vectors are centred: the mean of their space is subtracted before they are normalised.
    The means are taken once, from the items of the `upsert` that brings the catalogue to 64 or
    more, and then stay, so that vectors stored early and late can be compared.
    """

    def __init__(self, folder: Path, embedder: Embedder, manifest: Manifest, shard: Shard) -> None:
        self._folder = folder
        self._embedder = embedder
        self._manifest = manifest
        self._shard = shard
        self._writing = threading.RLock()
        self._memory = Memory(point_id, self.items, self._writing)
        for record in shard.scroll(["id", "popularity"]):
            known = record.payload or {}
            if not {"id", "popularity"} <= known.keys():
                raise self._broken("lost what it knew of an item")
            self._memory.register(known["id"], known["popularity"])

    @classmethod
    def create(cls, folder: Path, embedder: Embedder) -> EdgeCatalogue:
        """Make an empty catalogue; what an interrupted `create` left behind is replaced.

        Raises:
            UsageError: the folder holds a catalogue.
            StorageError: the disk refuses.
        """
        if cls.exists(folder):
            raise UsageError(f"{str(folder)!r} holds a catalogue: open it, or remove it first")
        cls.remove(folder)
        shard = Shard.create(folder, embedder.dimension)
        manifest = Manifest(embedder=embedder.name, dimension=embedder.dimension, items=0)
        with storage_errors(folder):
            manifest.save(folder)
        return cls(folder, embedder, manifest, shard)

    @classmethod
    def open(cls, folder: Path, embedder: Embedder) -> EdgeCatalogue:
        """Open a stored catalogue.

        Raises:
            CatalogueBroken: there is none, or it can't be read.
            CatalogueMismatch: another embedder or layout filled it.
            CatalogueBusy: it is open already, here or in another process.
            StorageError: the disk refuses.
        """
        with storage_errors(folder):
            manifest = load_manifest(folder)
            manifest.check(embedder, folder)
        shard = Shard.load(folder)
        try:
            opened = cls(folder, embedder, manifest, shard)
            opened._check_whole()
        except BaseException:
            shard.close()
            raise
        return opened

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether a catalogue was created there and not removed."""
        return (folder / NAME).exists()

    @staticmethod
    def remove(folder: Path) -> None:
        """Delete the catalogue in a folder, and the folder where nothing else is in it."""
        with storage_errors(folder):
            (folder / NAME).unlink(missing_ok=True)
            if (folder / SHARD).exists():
                shutil.rmtree(folder / SHARD)
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()

    def _check_whole(self) -> None:
        """Refuse a shard that lost points or vectors, which the engine itself lets pass."""
        expected = self._manifest.items
        found = len(self._memory)
        if expected is not None and expected != found:
            raise self._broken(f"should hold {expected} items and holds {found}")
        lost = self._shard.lost(self._embedder.dimension) if found else []
        if lost:
            raise self._broken(f"lost its {lost[0]!r} vectors")

    def _broken(self, how: str) -> CatalogueBroken:
        return CatalogueBroken(
            f"the catalogue in {str(self._folder)!r} {how}: delete that folder to have it "
            f"built anew"
        )

    @property
    def embedder(self) -> Embedder:
        """The embedder that fills this catalogue."""
        return self._embedder

    @property
    def titles(self) -> TitleIndex:
        """The titles of all items."""
        return self._memory.titles

    @property
    def people(self) -> PeopleIndex:
        """The people of all items."""
        return self._memory.people

    def note(self, key: str) -> Any:
        """What `set_note` stored under a key, or None."""
        return self._manifest.notes.get(key)

    def set_note(self, key: str, value: Any) -> None:
        """Store a JSON value with the catalogue; durable on return."""
        with self._writing:
            self._save(notes={**self._manifest.notes, key: value})

    def _save(self, **changes: Any) -> None:
        changed = self._manifest.model_copy(update=changes)
        with storage_errors(self._folder):
            changed.save(self._folder)
        self._manifest = changed

    def embed(self, texts: Sequence[str], space: Space) -> Vector:
        """Texts as centred query vectors of length 1, shape (len(texts), dimension)."""
        if space == "traits":
            raise UsageError("the space 'traits' has no texts: use moodreel.ingest.traits.aim")
        return centred(self._embedder.embed(list(texts)), self._manifest.mean(space))

    def vectors(self, ids: Sequence[str], space: Space) -> dict[str, Vector]:
        """Stored vectors of the known ones among ``ids``."""
        known = {point_id(item_id): item_id for item_id in ids if item_id in self._memory}
        records = self._shard.retrieve([*known], vectors=[space])
        found = {known[record.id]: record.vector[space] for record in records}
        return {i: np.asarray(found[i], dtype=np.float32) for i in known.values() if i in found}

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
        chosen = build_filter(conditions, exclude)
        depth = max(_DEPTH, 2 * limit)
        found = gather(self._shard, probes, words, chosen, depth)
        weights = [probe.weight for probe in probes]
        scores = fuse(found.similarities, weights, found.words)
        return best(found, scores, self._memory, limit)

    def similarities(self, ids: Sequence[str], probes: Sequence[Probe]) -> dict[str, Hit]:
        """`Hit.similarities` for given items, whether or not a search found them."""
        known = [point_id(item_id) for item_id in ids if item_id in self._memory]
        found = score(self._shard, probes, known)
        weights = [probe.weight for probe in probes]
        scores = fuse(found.similarities, weights, found.words)
        return {hit.id: hit for hit in best(found, scores, self._memory, len(known))}

    def get(self, ids: Iterable[str]) -> dict[str, Item]:
        """The known ones among ``ids``, by id, in the order asked for."""
        memory = self._memory
        wanted = [item_id for item_id in dict.fromkeys(ids) if item_id in memory]
        held = {i: item for i in wanted if (item := memory.parsed(i)) is not None}
        missing = [point_id(item_id) for item_id in wanted if item_id not in held]
        for record in self._shard.retrieve(missing, payload=["item"]) if missing else ():
            item = self._parse(record.payload)
            held[item.id] = item
            memory.keep(item)
        return {item_id: held[item_id] for item_id in wanted if item_id in held}

    def _parse(self, payload: Mapping[str, Any] | None) -> Item:
        try:
            return Item.model_validate_json((payload or {})["item"])
        except (KeyError, ValidationError) as error:
            raise self._broken("holds an item that can't be read") from error

    def find(self, title: str, year: int | None = None) -> list[TitleMatch]:
        """Items by title, best first; see `TitleIndex.find`."""
        return self.titles.find(title, year)

    def count(self, conditions: Sequence[Condition] = ()) -> int:
        """How many items pass."""
        return self._shard.count(build_filter(conditions))

    def facet(self, facet: Facet, conditions: Sequence[Condition] = ()) -> dict[str, int]:
        """How many items have each value of a facet, commonest first, then by value."""
        pairs = self._shard.facet(facet, build_filter(conditions), _FACET_VALUES)
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
            self._save(items=None, means=means)
            for start in range(0, len(batch), _BATCH):
                part = slice(start, start + _BATCH)
                self._store(batch[part], {space: rows[part] for space, rows in vectors.items()})
            self._shard.flush()
            self._save(items=len(self._memory))
            stored(batch, self._embedder)

    def _with_uncentred(self, fresh: list[Item]) -> list[Item]:
        """The items to store: also the few stored before there were means, now that there are."""
        new = {item.id for item in fresh}
        held = self._memory.popularity.keys()
        if self._manifest.means or not len(held) < ENOUGH <= len(new | held):
            return fresh
        return [*fresh, *(item for item in self.items() if item.id not in new)]

    def _store(self, items: Sequence[Item], vectors: Mapping[TextSpace, Vector]) -> None:
        rows = {
            space: centred(found, self._manifest.mean(space)) for space, found in vectors.items()
        }
        self._shard.update(qdrant.UpdateOperation.upsert_points(points(items, rows)))
        self._memory.add(items)

    def delete(self, ids: Collection[str]) -> int:
        """Remove items; how many were there."""
        with self._writing:
            known = [item_id for item_id in dict.fromkeys(ids) if item_id in self._memory]
            if not known:
                return 0
            self._save(items=None)
            numbers: list[Any] = [point_id(item_id) for item_id in known]
            self._shard.update(qdrant.UpdateOperation.delete_points(numbers))
            self._shard.flush()
            self._memory.forget(known)
            self._save(items=len(self._memory))
            return len(known)

    def items(self) -> Iterator[Item]:
        """Every item, in order of id."""
        ids = sorted(self._memory.popularity)
        for start in range(0, len(ids), _BATCH):
            yield from self.get(ids[start : start + _BATCH]).values()

    def summary(self) -> Summary:
        """What is in the catalogue; gaps count the items that lack a fact or descriptor."""
        lacking = self._shard.facet("lacks", None, _FACET_VALUES)
        return Summary(
            items=len(self._memory),
            sources=self.facet("source"),
            kinds=self.facet("kind"),
            embedder=self._embedder.name,
            bytes=self._shard.size(),
            gaps={str(name): n for name, n in sorted(lacking, key=lambda p: (-p[1], str(p[0])))},
        )

    def close(self) -> None:
        """Write everything and let the folder go; a second call does nothing."""
        with self._writing:
            self._shard.close()
