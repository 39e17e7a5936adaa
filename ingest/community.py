"""What many people love together: an item-item model kept beside the catalogue.

A data folder has at most one, in ``community/``: a small manifest that names the folder of the
arrays, which are mapped into memory when the first list is made. A new model is written aside
and the manifest replaced last, so that a reader has the old one or the new one, whole.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from ..errors import CommunityBroken, StorageError
from .catalogue import Catalogue
from .ease import Neighbours

log = logging.getLogger(__name__)

FOLDER = "community"
MANIFEST = "manifest.json"
_ARRAYS = ("places", "weights", "together")
_PATIENCE_SECONDS = 60.0


class Facts(BaseModel):
    """Where a model comes from; ``folder`` is named for the SHA-256 of its content."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: int = 1
    source: str
    people: int
    likes: int
    items: int
    ridge: float
    made: str
    folder: str = ""


class Model:
    """Who loves one item loves which others.

    Args:
        facts: where it comes from.
        names: the ids of its items; ``neighbours`` says places in them.
        neighbours: see there.
    """

    def __init__(self, facts: Facts, names: Sequence[str], neighbours: Neighbours) -> None:
        self.facts = facts
        self.names = tuple(names)
        self.neighbours = neighbours

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each item stands."""
        return {name: place for place, name in enumerate(self.names)}

    @cached_property
    def scale(self) -> float:
        """What the strongest neighbour weighs for the middle item: differs with the data set."""
        best = np.abs(self.neighbours.weights[:, 0].astype(np.float32))
        told = best[best > 0]
        return float(np.median(told)) if len(told) else 1.0

    def scores(self, likes: Mapping[str, float]) -> NDArray[np.float32]:
        """How much those who share a taste love each item, shape (items,), in units of `scale`.

        Args:
            likes: weight per id, negative for a dislike; unknown ids count for nothing.
        """
        total = np.zeros(len(self.names), dtype=np.float32)
        for name, weight in likes.items():
            place = self.places.get(name)
            if place is not None:
                near = self.neighbours.places[place]
                total[near] += weight * self.neighbours.weights[place].astype(np.float32)
        return total / np.float32(self.scale)

    def akin(self, name: str) -> tuple[str, ...]:
        """The items that people who love one often love too, strongest first."""
        place = self.places.get(name)
        if place is None:
            return ()
        near = self.neighbours.places[place][self.neighbours.together[place]]
        return tuple(self.names[at] for at in near)

    @property
    def bytes(self) -> int:
        """Size of its arrays."""
        return sum(getattr(self.neighbours, name).nbytes for name in _ARRAYS)


def save_model(home: Path, model: Model) -> Facts:
    """Put a model in the place of the one that a data folder has; what was stored.

    Raises:
        StorageError: the disk refuses, or another program is storing one.
    """
    folder = home / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(home / f"{FOLDER}.lock", timeout=_PATIENCE_SECONDS):
            facts = _write(folder, model)
            _sweep(folder, facts.folder)
    except Timeout:
        raise StorageError(
            f"another program has been storing ratings in {str(home)!r} for "
            f"{_PATIENCE_SECONDS:.0f} s: wait for it or end it, then try again"
        ) from None
    except OSError as error:
        raise StorageError(
            f"the disk refused to write in {str(folder)!r} ({error.strerror or error}): make the "
            f"folder writable and see that there is room"
        ) from error
    return facts


def _write(folder: Path, model: Model) -> Facts:
    names = json.dumps(model.names).encode()
    arrays = {name: np.ascontiguousarray(getattr(model.neighbours, name)) for name in _ARRAYS}
    digest = hashlib.sha256(names)
    for array in arrays.values():
        digest.update(array.tobytes())
    facts = model.facts.model_copy(update={"folder": digest.hexdigest()[:16]})
    place = folder / facts.folder
    place.mkdir(exist_ok=True)
    _replace(place / "names.json", names)
    for name, array in arrays.items():
        draft = place / f"{name}.new.npy"
        np.save(draft, array)
        draft.replace(place / f"{name}.npy")
    _replace(folder / MANIFEST, facts.model_dump_json().encode())
    return facts


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(path.name + ".new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _sweep(folder: Path, kept: str) -> None:
    """Remove arrays that no manifest names; some systems keep those that are still in use."""
    for old in folder.iterdir():
        if old.is_dir() and old.name != kept:
            shutil.rmtree(old, ignore_errors=True)


def load_model(home: Path) -> Model | None:
    """The model of a data folder; None where no ratings were ever ingested.

    Raises:
        CommunityBroken: there is one that can't be read.
    """
    folder = home / FOLDER
    try:
        if not (folder / MANIFEST).is_file():
            return None
        facts = Facts.model_validate_json((folder / MANIFEST).read_bytes())
        place = folder / facts.folder
        names = json.loads((place / "names.json").read_bytes())
        arrays = [np.load(place / f"{name}.npy", mmap_mode="r") for name in _ARRAYS]
    except (OSError, ValueError, ValidationError) as error:
        raise _broken(folder) from error
    if facts.schema_version != 1 or {len(names), *map(len, arrays)} != {facts.items}:
        raise _broken(folder)
    return Model(facts, names, Neighbours(*arrays))


def _broken(folder: Path) -> CommunityBroken:
    return CommunityBroken(
        f"the ratings in {str(folder)!r} can't be read: ingest them again, or delete that folder "
        f"to go without"
    )


class Community:
    """The model of a data folder as it is now: read at first use, and again when replaced."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._stamp: tuple[int, int] | None = None
        self._model: Model | None = None
        self._problem = ""
        self._lock = Lock()

    @property
    def model(self) -> Model | None:
        """The model, or None where there is none that can be read; the log says why not."""
        with self._lock:
            stamp = _stamp(self._home / FOLDER / MANIFEST)
            if stamp != self._stamp:
                self._model = self._read() if stamp else None
                self._stamp = stamp
            return self._model

    @property
    def problem(self) -> str:
        """Why the model can't be read, in one sentence; empty where nothing is amiss."""
        return self._problem if self.model is None else ""

    def _read(self) -> Model | None:
        self._problem = ""
        try:
            return load_model(self._home)
        except CommunityBroken as error:
            log.warning("lists are made without ratings: %s", error)
            self._problem = str(error)
            return None


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


@dataclass(frozen=True)
class _Given:
    """A model that no data folder keeps."""

    model: Model | None
    problem: str = ""


_COMMUNITIES: WeakKeyDictionary[Catalogue, Community | _Given] = WeakKeyDictionary()
"""Ratings belong to a data folder and not to a store, so that every store may have some."""


def keep_community(catalogue: Catalogue, home: Path) -> None:
    """Have the lists that are made from a catalogue heed the ratings of a data folder."""
    _COMMUNITIES[catalogue] = Community(home)


def use_model(catalogue: Catalogue, model: Model | None) -> None:
    """Have them heed this model instead, or none."""
    _COMMUNITIES[catalogue] = _Given(model)


def community_of(catalogue: Catalogue) -> Model | None:
    """The model that belongs to a catalogue; None where nobody's ratings are known."""
    known = _COMMUNITIES.get(catalogue)
    return known.model if known is not None else None


def community_problem(catalogue: Catalogue) -> str:
    """Why the ratings that belong to a catalogue can't be read; empty where nothing is amiss."""
    known = _COMMUNITIES.get(catalogue)
    return known.problem if known is not None else ""
