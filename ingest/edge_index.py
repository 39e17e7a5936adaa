"""The index of a large catalogue in a folder: vectors of bytes, which say where to look.

It is built on a copy, so that the catalogue can be used meanwhile, and takes its place when the
catalogue is next opened, unless it has been written to since. HNSW graphs were measured too: they
find less and no sooner; see docs/scale.md. ``python -m moodreel.ingest.edge_index FOLDER`` builds
the index, without putting it there.
"""

from __future__ import annotations

import ctypes
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

import qdrant_edge as qdrant
from filelock import FileLock, Timeout

from ..errors import CatalogueBroken, CatalogueBusy
from .catalogue import Space
from .edge_shard import NAME, Shard, layout, require_room, storage_errors
from .embedding import TEXT_SPACES
from .manifest import Manifest, load_manifest
from .sparse_files import copy_sparse

ENOUGH = 20_000
"""From how many items on vectors of bytes pay; see docs/scale.md."""
STALE = 0.2
"""The share of items outside the index that calls for a new one: a search looks at all of them."""
KIND = "int8"
"""What a summary calls it."""
NEXT = "next"
"""The folder, beside the shard, in which the index is built."""
OPENING, BUILDING = "opening.lock", "building.lock"
_READY, _OLD = "ready", "old"
_ROOM = 2.5
_NO_GRAPH = qdrant.HnswIndexConfig(m=0, ef_construct=100, full_scan_threshold=10_000, payload_m=0)
_QUANTILE = 0.99
_TOLD_EVERY = 1.0
_PARENT_DEATH_SIGNAL = 1


def wanted(items: int, indexed: float) -> bool:
    """Whether a catalogue of so many items, of which this share is indexed, needs an index."""
    return items >= ENOUGH and 1 - indexed > STALE


def build_index(folder: Path, watch: Callable[[float], None] | None = None) -> bool:
    """Build the index of the catalogue in a folder, in a process of its own.

    The catalogue may be open, and is as it was until the index takes its place; so it stays when
    this is killed. Takes about two and a half times the catalogue's room on the disk meanwhile.

    Args:
        folder: of the catalogue.
        watch: told the seconds that it has taken, about every second.

    Returns:
        Whether nothing is left to do. Otherwise another program has the catalogue open, and the
        index takes its place when it is next opened.

    Raises:
        CatalogueBroken: it could not be built; the message has what the engine said.
        StorageError: there is no room.
    """
    began = monotonic()

    def tick() -> None:
        if watch:
            watch(monotonic() - began)

    with _alone(folder, tick):
        remove_index(folder)
        written = load_manifest(folder).written
        require_room(folder, int(_ROOM * Shard.bytes_of(folder)))
        try:
            _in_own_process(folder, tick)
            with storage_errors(folder):
                draft = folder / NEXT / f"{_READY}.new"
                draft.write_text(str(written), encoding="utf-8")
                draft.replace(folder / NEXT / _READY)
        except BaseException:
            remove_index(folder)
            raise
    with opening(folder):
        return not (folder / NEXT).exists()


@contextmanager
def _alone(folder: Path, tick: Callable[[], None]) -> Iterator[None]:
    """Wait until no other program builds an index there."""
    lock = FileLock(folder / BUILDING)
    while True:
        tick()
        with storage_errors(folder), suppress(Timeout):
            lock.acquire(timeout=_TOLD_EVERY)
            break
    try:
        yield
    finally:
        lock.release()


@contextmanager
def opening(folder: Path) -> Iterator[None]:
    """Keep others from opening a catalogue, and put an index that is ready in its place first.

    It stays where it is while the catalogue is open in another program, and is removed where the
    catalogue was written to since.
    """
    with storage_errors(folder):
        lock = FileLock(folder / OPENING)
        lock.acquire()
    try:
        _adopt(folder)
        yield
    finally:
        lock.release()


def _adopt(folder: Path) -> None:
    ready = folder / NEXT / _READY
    if not ready.exists():
        _remove_abandoned(folder)
        return
    with storage_errors(folder):
        manifest = load_manifest(folder)
        current = manifest.items is not None and ready.read_text() == str(manifest.written)
        if (folder / NEXT / NAME).exists() and current and not _put_in_place(folder):
            return
        remove_index(folder)


def _remove_abandoned(folder: Path) -> None:
    """Remove what a program left that was killed while it built an index."""
    if not (folder / NEXT).exists():
        return
    with storage_errors(folder), suppress(Timeout), FileLock(folder / BUILDING, timeout=0):
        remove_index(folder)


def _put_in_place(folder: Path) -> bool:
    """Move the new shard to where the old one is; not where another program has that one open."""
    if (folder / NAME).exists():
        try:
            Shard.load(folder).close()
        except CatalogueBusy:
            return False
        (folder / NAME).rename(folder / _OLD)
    (folder / NEXT / NAME).rename(folder / NAME)
    return True


def remove_index(folder: Path) -> None:
    """Remove what is left of building an index beside a catalogue."""
    with storage_errors(folder):
        for name in (NEXT, _OLD):
            if (folder / name).exists():
                shutil.rmtree(folder / name)


def _in_own_process(folder: Path, tick: Callable[[], None]) -> None:
    """Build it in a process of its own: the engine keeps Python from all else meanwhile."""
    command = [sys.executable, "-m", "moodreel.ingest.edge_index", str(folder)]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)  # noqa: S603 (this package)
    try:
        while True:
            try:
                _, said = child.communicate(timeout=_TOLD_EVERY)
                break
            except subprocess.TimeoutExpired:
                tick()
    except BaseException:
        child.kill()
        child.wait()
        raise
    if child.returncode:
        raise CatalogueBroken(
            f"the index of the catalogue in {str(folder)!r} can't be built "
            f"({said.strip()[-200:]}): it is searched without, and the next `moodreel ingest` "
            f"tries again"
        )


def main(folder: Path) -> None:
    """Copy the shard of the catalogue in a folder and build the index of the copy, blocking."""
    manifest, copy = load_manifest(folder), folder / NEXT
    with storage_errors(folder):
        shutil.copytree(folder / NAME, copy / NAME, copy_function=copy_sparse)
        shard = qdrant.EdgeShard.load(str(copy / NAME), _indexed(manifest))
        try:
            shard.optimize()
            shard.flush()
        finally:
            shard.close()


def _end_with_parent() -> None:
    """On Linux, let a kill of the program that waits for this one end it too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _indexed(manifest: Manifest) -> qdrant.EdgeConfig:
    """The layout with an index of all text spaces; traits are short and need none."""
    small = qdrant.ScalarQuantizationConfig(qdrant.ScalarType.Int8, quantile=_QUANTILE)

    def params(space: Space) -> dict[str, object]:
        quantised = small if space in TEXT_SPACES else None
        return {"hnsw_config": _NO_GRAPH, "quantization_config": quantised}

    every = qdrant.EdgeOptimizersConfig(indexing_threshold=1)
    return layout(manifest.dimension, params, every)


if __name__ == "__main__":
    _end_with_parent()
    main(Path(sys.argv[1]))
