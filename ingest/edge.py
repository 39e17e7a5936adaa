"""The catalogue in a folder, on Qdrant's in-process engine."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import CatalogueBroken, CatalogueMismatch, StorageError, UsageError
from .catalogue import Progress, Summary
from .edge_index import BUILDING, KIND, OPENING, opening, remove_index, wanted
from .edge_known import NAME as KNOWN
from .edge_known import Known, load_known
from .edge_names import NAME as NAMES
from .edge_names import load_names, save_names
from .edge_shard import NAME as SHARD
from .edge_shard import Shard, storage_errors
from .embedding import TEXT_SPACES, Embedder
from .item import Item
from .limits import Condition
from .manifest import LAYOUT, NAME, Manifest, load_manifest
from .memory import Memory, Names
from .points import point_id
from .store import Rows
from .stored import BATCH, StoredCatalogue

log = logging.getLogger(__name__)

_COUNTS = 1_000


class EdgeCatalogue(StoredCatalogue):
    """`moodreel.ingest.catalogue.Catalogue` kept in one folder, held by one process."""

    def __init__(self, folder: Path, embedder: Embedder, manifest: Manifest, shard: Shard) -> None:
        self._folder = folder
        self._shard = shard
        self._noted = self._noted_names = -1
        self._counts = lru_cache(_COUNTS)(self._counted)
        super().__init__(shard, embedder, manifest)

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
        manifest = Manifest(
            embedder=embedder.name, dimension=embedder.dimension, items=0, layout=LAYOUT
        )
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
        _manifest_for(folder, embedder)
        with opening(folder):
            manifest = _manifest_for(folder, embedder)
            shard = Shard.load(folder)
        try:
            opened = cls(folder, embedder, manifest, shard)
            opened._check_whole()
        except BaseException:
            shard.close()
            raise
        return opened

    def _popularity(self) -> dict[str, float]:
        if known := load_known(self._folder, self._manifest.written):
            self._noted = known.written
            return known.popularity
        found = super()._popularity()
        self._note_known(found)
        return found

    def _names(self, memory: Memory) -> Names:
        written = self._manifest.written
        names = load_names(self._folder, written)
        if names is None:
            log.info("the names of %s items are read, once", f"{len(memory):,}")
            names = super()._names(memory)
            self._note_names(names)
        self._noted_names = written
        return names

    def close(self) -> None:
        """Write everything and let the folder go; a second call does nothing."""
        self._closing.set()
        with self._writing:
            written, names = self._manifest.written, self._memory.named()
            if self._manifest.items is not None and written != self._noted:
                self._note_known(self._memory.popularity)
            if self._manifest.items is not None and names and written != self._noted_names:
                self._note_names(names)
            self._counts.cache_clear()
            super().close()

    def _note_known(self, popularity: dict[str, float]) -> None:
        self._noted = self._manifest.written
        self._note(Known(written=self._noted, popularity=popularity).save)

    def _note_names(self, names: Names) -> None:
        self._noted_names = self._manifest.written
        self._note(lambda folder: save_names(folder, self._noted_names, names))

    def _note(self, save: Callable[[Path], None]) -> None:
        """Spare the next opening the reading of every item, where the disk lets us."""
        try:
            save(self._folder)
        except StorageError as error:
            log.warning("the next opening reads every item: %s", error)

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return self._folder

    def wants_index(self) -> bool:
        """Whether `moodreel.ingest.edge_index.build_index` would make it quicker."""
        return wanted(len(self._memory), self._shard.indexed())

    def summary(self) -> Summary:
        """What is in the catalogue, and whether it is searched exactly or by an index."""
        share = self._shard.indexed()
        told = f"{KIND} ({share:.0%} of the vectors)" if share else "exact"
        return replace(super().summary(), index=told)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether a catalogue was created there and not removed."""
        return (folder / NAME).exists()

    @staticmethod
    def remove(folder: Path) -> None:
        """Delete the catalogue in a folder, and the folder where nothing else is in it."""
        with storage_errors(folder):
            drafts = [f"{file}.new" for file in (NAME, KNOWN, NAMES)]
            for file in (NAME, KNOWN, NAMES, *drafts, OPENING, BUILDING):
                (folder / file).unlink(missing_ok=True)
            remove_index(folder)
            if (folder / SHARD).exists():
                shutil.rmtree(folder / SHARD)
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()

    def _check_whole(self) -> None:
        """Refuse a shard that lost points or vectors, which the engine itself lets pass."""
        expected = self._manifest.items
        found = self._shard.points()
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

    def count(self, conditions: Sequence[Condition] = ()) -> int:
        """How many items pass; a turn asks the same more than once."""
        return self._counts(tuple(conditions), self._manifest.written, self._manifest.items)

    def _counted(self, conditions: tuple[Condition, ...], *_: int | None) -> int:
        return super().count(conditions)

    def take_over(self, folder: Path, progress: Progress | None = None) -> None:
        """Take the items of a closed catalogue of an earlier layout, with vectors and notes.

        Args:
            folder: of that catalogue, filled by the same embedder.
            progress: called with (done, total) items.
        """
        earlier, shard = load_manifest(folder), Shard.load(folder)
        try:
            self._save(notes=earlier.notes)
            with self._writing, self._changing(earlier.means):
                total, pages = shard.points(), shard.scroll(["item"])
                while page := [*islice(pages, BATCH)]:
                    items = [self._parse(known) for known in page]
                    self._shard.put(items, _vectors_of(shard, items))
                    self._memory.add(items)
                    if progress:
                        progress(len(self._memory), total)
        finally:
            shard.close()

    def set_note(self, key: str, value: Any) -> None:
        """Store a JSON value with the catalogue; durable on return."""
        with self._writing:
            self._save(notes={**self._manifest.notes, key: value})

    @contextmanager
    def _changing(self, means: Mapping[str, list[float]]) -> Iterator[None]:
        """Have no count in the manifest while points are written; at the end flush them."""
        self._save(items=None, means=means, written=self._manifest.written + 1)
        yield
        self._shard.flush()
        self._save(items=len(self._memory))

    def _save(self, **changes: Any) -> None:
        changed = self._manifest.model_copy(update=changes)
        with storage_errors(self._folder):
            changed.save(self._folder)
        self._manifest = changed


def _manifest_for(folder: Path, embedder: Embedder) -> Manifest:
    with storage_errors(folder):
        manifest = load_manifest(folder)
        manifest.check(embedder, f"the catalogue in {str(folder)!r}", "delete that folder")
    if manifest.layout != LAYOUT:
        raise CatalogueMismatch(
            f"the catalogue in {str(folder)!r} has an earlier layout: `moodreel catalogue` brings "
            f"one up that is in its data folder; elsewhere delete that folder"
        )
    return manifest


def _vectors_of(shard: Shard, items: Sequence[Item]) -> Rows:
    points = [point_id(item.id) for item in items]
    found = {space: shard.vectors(points, space) for space in TEXT_SPACES}
    return {space: np.array([rows[p] for p in points]) for space, rows in found.items()}
