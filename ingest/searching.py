"""Searching a store along several branches at once, and scoring what any branch found in all."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qdrant_edge import SparseVector

from .catalogue import Hit, Probe
from .memory import Memory
from .points import WORDS
from .store import Question, Store
from .words import query_words

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Candidates:
    """Points, by the number of their id, in ascending order, with their score in every branch.

    ``similarities`` has shape (probes, points), ``words`` shape (points,).
    """

    points: list[int]
    similarities: Matrix
    words: Matrix


_Branch = tuple[str, list[float] | SparseVector]
"""A space and what is looked for in it."""


def _branches(probes: Sequence[Probe], words: str) -> list[_Branch]:
    """One branch per probe, then one for words where any is left."""
    dense: list[_Branch] = [(probe.space, probe.vector.tolist()) for probe in probes]
    sparse = query_words(words)
    return [*dense, *([] if sparse is None else [(WORDS, sparse)])]


def gather(
    store: Store, probes: Sequence[Probe], words: str, passing: Any, depth: int
) -> Candidates:
    """What the branches find among the points that pass a filter, scored roughly in every branch.

    Probes of negative weight retrieve nothing. Where no branch retrieves, the ``depth`` most
    popular points are taken.
    """
    branches = _branches(probes, words)
    seeking = [i for i in range(len(branches)) if i >= len(probes) or probes[i].weight > 0]
    questions = [Question(depth, passing, *branches[i], rough=True) for i in seeking]
    results = store.query(questions or [Question(depth, passing)])
    known: list[dict[int, float]] = [{} for _ in branches]
    for i, found in zip(seeking, results, strict=False):
        known[i] = found
    every = {*chain.from_iterable(results)}
    return _complete(store, every, branches, known, len(probes), rough=True)


def score(store: Store, probes: Sequence[Probe], points: Iterable[int]) -> Candidates:
    """Given points scored exactly by every probe."""
    branches = _branches(probes, "")
    return _complete(store, set(points), branches, [{} for _ in branches], len(probes))


def _complete(
    store: Store,
    ids: set[int],
    branches: list[_Branch],
    known: list[dict[int, float]],
    probes: int,
    *,
    rough: bool = False,
) -> Candidates:
    """Ask each branch for the points that it did not return by itself."""
    points = sorted(ids)
    gaps = [i for i, scores in enumerate(known) if len(scores) < len(points)]
    questions = []
    for i in gaps:
        missing = ids - known[i].keys()
        questions.append(Question(len(missing), store.among(missing), *branches[i], rough=rough))
    for i, found in zip(gaps, store.query(questions), strict=True):
        known[i].update(found)
    rows = [[scores.get(point, 0.0) for point in points] for scores in known]
    table = np.array(rows, dtype=np.float64).reshape(len(branches), len(points))
    words = table[probes] if len(branches) > probes else np.zeros(len(points))
    return Candidates(points, table[:probes], words)


def sharpened(
    store: Store, probes: Sequence[Probe], found: Candidates, points: Collection[int]
) -> Candidates:
    """The same candidates, with exact similarities for these points among them."""
    exact = score(store, probes, points)
    similarities = found.similarities.copy()
    similarities[:, np.searchsorted(found.points, exact.points)] = exact.similarities
    return replace(found, similarities=similarities)


def best(found: Candidates, scores: Matrix, memory: Memory, limit: int) -> list[Hit]:
    """The best candidates; scores that differ in the seventh place only are equal."""
    totals = scores.round(6)
    ranked = [
        (-float(totals[place]), -memory.popularity.get(item_id, 0.0), item_id, place)
        for place in _highest(totals, limit).tolist()
        # Another thread may have deleted the item since it was found.
        if (item_id := memory.ids.get(found.points[place])) is not None
    ]
    return [
        Hit(
            item_id, -below, tuple(found.similarities[:, place].tolist()), float(found.words[place])
        )
        for below, _, item_id, place in heapq.nsmallest(limit, ranked)
    ]


def _highest(totals: Matrix, limit: int) -> NDArray[np.intp]:
    """The places of so many highest totals, and of all that equal the last of them."""
    if limit >= len(totals):
        return np.arange(len(totals))
    return np.flatnonzero(totals >= np.partition(totals, -limit)[-limit])
