"""The same filtered query on the embedded catalogue and on qdrant-client's local mode."""

from __future__ import annotations

import hashlib
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from qdrant_client import QdrantClient, models

from ..errors import WorkError
from .catalogue import Catalogue, Probe
from .edge import EdgeCatalogue
from .item import DIMENSIONS, Dimension, Item
from .limits import Genres, Runtime, Years, conditions
from .points import payload, point_id
from .starter.films import starter_items

# qdrant-client warns that its local mode is not meant for more.
MANY = 20_000
_LIMIT = 20
_REPEATS = 50
_BATCH = 500
_LONGEST, _EARLIEST, _WITHOUT = 120, 1980, "Horror"
LIMITS = (Years(earliest=_EARLIEST), Runtime(longest=_LONGEST), Genres(none_of=(_WITHOUT,)))
"""What the query that is timed asks for."""
PASSING = models.Filter(
    must=[
        models.FieldCondition(key="year", range=models.Range(gte=_EARLIEST)),
        models.FieldCondition(key="runtime_min", range=models.Range(lte=_LONGEST)),
    ],
    must_not=[models.FieldCondition(key="genres", match=models.MatchValue(value=_WITHOUT.lower()))],
)
"""The same in the words of qdrant-client."""


class RandomEmbedder:
    """Every text has its own random direction: what is timed is the store, not a model."""

    name = "random/1"
    dimension = 384

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors of length 1, shape (len(texts), 384)."""
        rows = [self._direction(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.dimension)

    def _direction(self, text: str) -> NDArray[np.float32]:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
        drawn = np.random.default_rng(seed).standard_normal(self.dimension, dtype=np.float32)
        return np.asarray(drawn / np.linalg.norm(drawn), dtype=np.float32)


def synthetic_items(count: int) -> list[Item]:
    """The starter films over and over, with ids and texts of their own."""
    films = islice(cycle(starter_items()), count)
    return [
        film.model_copy(
            update={
                "id": f"{film.id}-{n}",
                "mood": f"{film.mood} {n}",
                "target_audience": f"{film.target_audience} {n}",
                "plot_essence": f"{film.plot_essence} {n}",
            }
        )
        for n, film in enumerate(films)
    ]


def compare(sizes: Sequence[int] = (1_536, MANY)) -> list[dict[str, str]]:
    """Fill both stores with the same items and time the same query: one row each per size.

    The query asks for the best 20 by mood, audience and plot together among films from 1980 on,
    of at most two hours, that are no horror. Both run in this process, one after the other.
    """
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="moodreel-bench-") as folder:
            rows += _compare(synthetic_items(size), Path(folder))
    return rows


def _compare(items: list[Item], folder: Path) -> list[dict[str, str]]:
    begun = time.perf_counter()
    edge = EdgeCatalogue.create(folder / "catalogue", RandomEmbedder())
    try:
        edge.upsert(items)
        filled = time.perf_counter() - begun
        probes = _probes(edge)
        rows = [_row(items, "embedded (qdrant-edge)", filled, lambda: len(ask_edge(edge, probes)))]
        begun = time.perf_counter()
        local = fill_local(edge, items)
        filled = time.perf_counter() - begun
        return [
            *rows,
            _row(items, "qdrant-client local mode", filled, lambda: len(ask_local(local, probes))),
        ]
    finally:
        edge.close()


def _probes(catalogue: Catalogue) -> dict[Dimension, NDArray[np.float32]]:
    texts = {"mood": "warm and rainy", "audience": "for two", "plot": "a heist in a casino"}
    return {space: catalogue.embed([texts[space]], space)[0] for space in DIMENSIONS}


def ask_edge(
    catalogue: Catalogue, probes: dict[Dimension, NDArray[np.float32]]
) -> list[tuple[str, float]]:
    """Ids and scores from the embedded catalogue."""
    asked = [Probe(space, vector) for space, vector in probes.items()]
    hits = catalogue.search(asked, conditions=conditions(LIMITS), limit=_LIMIT)
    return [(hit.id, hit.score) for hit in hits]


def fill_local(catalogue: Catalogue, items: Sequence[Item]) -> QdrantClient:
    """A store of qdrant-client in memory with the vectors and facts of these items."""
    client = QdrantClient(":memory:")
    size = RandomEmbedder.dimension
    dense = models.VectorParams(size=size, distance=models.Distance.DOT)
    client.create_collection("items", vectors_config=dict.fromkeys(DIMENSIONS, dense))
    for start in range(0, len(items), _BATCH):
        part = items[start : start + _BATCH]
        rows = {space: catalogue.vectors([i.id for i in part], space) for space in DIMENSIONS}
        points = [
            models.PointStruct(
                id=point_id(item.id),
                vector={str(space): rows[space][item.id].tolist() for space in DIMENSIONS},
                payload=payload(item),
            )
            for item in part
        ]
        client.upsert("items", points)
    return client


def ask_local(
    client: QdrantClient, probes: dict[Dimension, NDArray[np.float32]]
) -> list[tuple[str, float]]:
    """Ids and scores from qdrant-client, fused by reciprocal rank."""
    prefetch = [
        models.Prefetch(query=vector.tolist(), using=space, filter=PASSING, limit=200)
        for space, vector in probes.items()
    ]
    found = client.query_points(
        "items",
        prefetch=prefetch,
        query=models.FusionQuery(fusion=models.Fusion.RRF),
        limit=_LIMIT,
        with_payload=["id"],
    )
    return [((point.payload or {})["id"], point.score) for point in found.points]


def _row(items: list[Item], store: str, filled: float, ask: Callable[[], int]) -> dict[str, str]:
    if ask() != _LIMIT:
        raise WorkError(f"{store} found too little to be timed: report this with `moodreel doctor`")
    taken = sorted(_seconds(ask) for _ in range(_REPEATS))
    return {
        "items": f"{len(items):,}",
        "store": store,
        "fill": f"{filled:.1f} s",
        "query p50": f"{1e3 * statistics.median(taken):.1f} ms",
        "query p95": f"{1e3 * taken[int(0.95 * _REPEATS)]:.1f} ms",
    }


def _seconds(ask: Callable[[], int]) -> float:
    begun = time.perf_counter()
    ask()
    return time.perf_counter() - begun
