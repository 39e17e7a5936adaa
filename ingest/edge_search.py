"""Searching a shard along several branches at once, and scoring what any branch found in all."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import qdrant_edge as qdrant
from numpy.typing import NDArray

from .catalogue import Hit, Probe
from .edge_points import WORDS
from .edge_shard import Shard
from .memory import Memory
from .words import query_words

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Candidates:
    """Points, by the number of their id, with their score in every branch.

    ``similarities`` has shape (probes, points), ``words`` shape (points,).
    """

    points: list[int]
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
    ids = {hit.id for hits in results for hit in hits}
    known: list[dict[int, float]] = [{} for _ in queries]
    for i, hits in zip(seeking, results, strict=False):
        known[i] = {hit.id: hit.score for hit in hits}
    return _complete(shard, ids, queries, known, len(probes))


def score(shard: Shard, probes: Sequence[Probe], points: Iterable[int]) -> Candidates:
    """Given points scored by every probe."""
    queries = _branches(probes, "")
    return _complete(shard, set(points), queries, [{} for _ in queries], len(probes))


def _complete(
    shard: Shard,
    ids: set[int],
    queries: list[Any],
    known: list[dict[int, float]],
    probes: int,
) -> Candidates:
    """Ask each branch for the points that it did not return by itself."""
    points = sorted(ids)
    gaps = [i for i, scores in enumerate(known) if len(scores) < len(points)]
    requests = []
    for i in gaps:
        missing = ids - known[i].keys()
        among = qdrant.Filter(must=[qdrant.HasIdCondition({*missing})])
        requests.append(qdrant.QueryRequest(limit=len(missing), query=queries[i], filter=among))
    for i, hits in zip(gaps, shard.query(requests), strict=True):
        known[i].update((hit.id, hit.score) for hit in hits)
    rows = [[scores.get(point, 0.0) for point in points] for scores in known]
    table = np.array(rows, dtype=np.float64).reshape(len(queries), len(points))
    words = table[probes] if len(queries) > probes else np.zeros(len(points))
    return Candidates(points, table[:probes], words)


def best(found: Candidates, scores: Matrix, memory: Memory, limit: int) -> list[Hit]:
    """The best candidates; scores that differ in the seventh place only are equal."""
    totals = scores.round(6).tolist()
    ranked = [
        (-total, -memory.popularity.get(item_id, 0.0), item_id, place)
        for place, (point, total) in enumerate(zip(found.points, totals, strict=True))
        # Another thread may have deleted the item since it was found.
        if (item_id := memory.ids.get(point)) is not None
    ]
    return [
        Hit(
            item_id, -below, tuple(found.similarities[:, place].tolist()), float(found.words[place])
        )
        for below, _, item_id, place in heapq.nsmallest(limit, ranked)
    ]
