"""The index of a large catalogue in a folder: HNSW graphs instead of looking at every vector.

``python -m moodreel.ingest.edge_index FOLDER`` builds it for a closed catalogue.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import qdrant_edge as qdrant

from ..errors import CatalogueBroken
from .edge_shard import NAME, layout, storage_errors
from .manifest import load_manifest

ENOUGH = 20_000
"""From how many items on graphs pay; see docs/scale.md."""
STALE = 0.2
"""The share of items outside the graphs that calls for new ones: a search looks at all of them."""
_EDGES, _CONSTRUCTION = 16, 100
# Kilobytes of vectors that pass a filter, below which looking at all of them is quicker.
_SCAN = 10_000
_TOLD_EVERY = 1.0


def wanted(items: int, indexed: float) -> bool:
    """Whether a catalogue of so many items, of which this share is indexed, needs an index."""
    return items >= ENOUGH and 1 - indexed > STALE


def build_index(folder: Path, watch: Callable[[float], None] | None = None) -> None:
    """Build the index of the closed catalogue in a folder, in a process of its own.

    The engine keeps Python from doing anything else meanwhile. What a kill leaves is the
    catalogue as it was.

    Args:
        folder: of the catalogue.
        watch: told the seconds that it has taken, about every second.

    Raises:
        CatalogueBroken: it could not be built; the message has what the engine said.
    """
    began = monotonic()
    command = [sys.executable, "-m", "moodreel.ingest.edge_index", str(folder)]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)  # noqa: S603 (this package)
    try:
        while True:
            try:
                _, said = child.communicate(timeout=_TOLD_EVERY)
                break
            except subprocess.TimeoutExpired:
                if watch:
                    watch(monotonic() - began)
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
    """Build the graphs here, blocking."""
    config = layout(
        load_manifest(folder).dimension,
        optimizers=qdrant.EdgeOptimizersConfig(indexing_threshold=1),
        hnsw_config=qdrant.HnswIndexConfig(
            m=_EDGES, ef_construct=_CONSTRUCTION, full_scan_threshold=_SCAN
        ),
    )
    with storage_errors(folder):
        shard = qdrant.EdgeShard.load(str(folder / NAME), config)
        try:
            shard.optimize()
            shard.flush()
        finally:
            shard.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
