"""The query that `moodreel.ingest.bench_scale` measures, of the catalogue and of local mode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qdrant_client import QdrantClient, models
from qdrant_edge import SparseVector

from .bench_store import LIMITS, PASSING
from .catalogue import Catalogue, Probe, Vector
from .embedding import TextSpace
from .item import Item
from .limits import conditions
from .points import WORDS, payload, point_id
from .words import document_words, query_words

FOUND = 10
SPACES: tuple[TextSpace, ...] = ("plot", "mood")
_DEPTH = 200
_BATCH = 500


@dataclass(frozen=True)
class Question:
    """A plot and a mood as vectors, and the words of the plot."""

    plot: Vector
    mood: Vector
    words: str


def questions(catalogue: Catalogue, items: Sequence[Item]) -> list[Question]:
    """What somebody may wish who has these items in mind: a sentence of a plot, and a mood."""
    plots = [item.plot_essence.split(". ")[0] for item in items]
    moods = catalogue.embed([item.mood for item in items], "mood")
    return [*map(Question, catalogue.embed(plots, "plot"), moods, plots)]


def ask_catalogue(catalogue: Catalogue, asked: Question) -> list[str]:
    """The best ids within `LIMITS` by plot, mood and words together, as a turn searches."""
    probes = [Probe("plot", asked.plot), Probe("mood", asked.mood)]
    hits = catalogue.search(probes, words=asked.words, conditions=conditions(LIMITS), limit=FOUND)
    return [hit.id for hit in hits]


def fill_local(catalogue: Catalogue) -> QdrantClient:
    """qdrant-client's local mode with plots, moods, words and facts of all items."""
    client = QdrantClient(":memory:")
    size = catalogue.embedder.dimension
    dense = models.VectorParams(size=size, distance=models.Distance.DOT)
    client.create_collection(
        "items",
        vectors_config=dict.fromkeys(SPACES, dense),
        sparse_vectors_config={WORDS: models.SparseVectorParams(modifier=models.Modifier.IDF)},
    )
    items = [*catalogue.items()]
    for start in range(0, len(items), _BATCH):
        part = items[start : start + _BATCH]
        rows = {space: catalogue.vectors([i.id for i in part], space) for space in SPACES}
        points = [
            models.PointStruct(
                id=point_id(item.id),
                vector={
                    **{str(space): rows[space][item.id].tolist() for space in SPACES},
                    WORDS: _words(document_words(item)),
                },
                payload=payload(item),
            )
            for item in part
        ]
        client.upsert("items", points)
    return client


def ask_local(client: QdrantClient, asked: Question) -> list[str]:
    """The best ids in local mode, merged by reciprocal rank, which is all that it has."""
    sparse = query_words(asked.words)
    near = {"plot": asked.plot.tolist(), "mood": asked.mood.tolist()}
    sought = {**near, **({WORDS: _words(sparse)} if sparse else {})}
    found = client.query_points(
        "items",
        prefetch=[
            models.Prefetch(query=vector, using=space, filter=PASSING, limit=_DEPTH)
            for space, vector in sought.items()
        ],
        query=models.FusionQuery(fusion=models.Fusion.RRF),
        limit=FOUND,
        with_payload=["id"],
    )
    return [(point.payload or {})["id"] for point in found.points]


def _words(found: SparseVector) -> models.SparseVector:
    return models.SparseVector(indices=found.indices, values=found.values)
