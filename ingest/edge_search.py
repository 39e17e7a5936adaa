"""Searching a shard along several branches at once, and scoring what any branch found in all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import qdrant_edge as qdrant
from numpy.typing import NDArray

from .catalogue import Probe
from .edge_shard import WORDS, Shard
from .words import query_words

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Candidates:
    """Points with their score in every branch.

    ``similarities`` has shape (probes, points), ``words`` shape (points,).
    """

    points: list[UUID]
    similarities: Matrix
    words: Matrix


def _branches(probes: Sequence[Probe], words: str) -> list[Any]:
    """One query per probe, then one for words where any is left."""
    queries = [qdrant.Query.Nearest(probe.vector.tolist(), probe.space) for probe in probes]
    sparse = query_words(words)
    return [*queries, *([] if sparse is None else [qdrant.Query.Nearest(sparse, WORDS)])]


def gather(
    shard: Shard, probes: Sequence[Probe], words: str, chosen: Any, depth: int
) -> Candidates:
    """What the branches find among the points that pass the filter, scored in every branch.

    Probes of negative weight retrieve nothing. Where no branch retrieves, the ``depth`` most
    popular points are taken.
    """
    queries = _branches(probes, words)
    seeking = [i for i in range(len(queries)) if i >= len(probes) or probes[i].weight > 0]
    requests = [qdrant.QueryRequest(limit=depth, query=queries[i], filter=chosen) for i in seeking]
    if not requests:
        popular = qdrant.OrderBy("popularity", qdrant.Direction.Desc)
        requests = [qdrant.QueryRequest(limit=depth, query=popular, filter=chosen)]
    results = shard.query(requests)
    known: list[dict[UUID, float]] = [{} for _ in queries]
    for i, hits in zip(seeking, results, strict=False):
        known[i] = {hit.id: hit.score for hit in hits}
    points = sorted({hit.id for hits in results for hit in hits})
    return _complete(shard, points, queries, known, len(probes))


def score(shard: Shard, probes: Sequence[Probe], points: Iterable[UUID]) -> Candidates:
    """Given points scored by every probe; unknown points are left out."""
    found = sorted(record.id for record in shard.retrieve(list(points)))
    queries = _branches(probes, "")
    return _complete(shard, found, queries, [{} for _ in queries], len(probes))


def _complete(
    shard: Shard,
    points: list[UUID],
    queries: list[Any],
    known: list[dict[UUID, float]],
    probes: int,
) -> Candidates:
    """Ask each branch for the points that it did not return by itself."""
    gaps = [(i, missing) for i, d in enumerate(known) if (missing := set(points) - d.keys())]
    requests = [
        qdrant.QueryRequest(
            limit=len(missing),
            query=queries[i],
            filter=qdrant.Filter(must=[qdrant.HasIdCondition({*missing})]),
        )
        for i, missing in gaps
    ]
    for (i, _), hits in zip(gaps, shard.query(requests), strict=True):
        known[i].update((hit.id, hit.score) for hit in hits)
    rows = [[scores.get(point, 0.0) for point in points] for scores in known]
    table = np.array(rows, dtype=np.float64).reshape(len(queries), len(points))
    words = table[probes] if len(queries) > probes else np.zeros(len(points))
    return Candidates(points, table[:probes], words)
