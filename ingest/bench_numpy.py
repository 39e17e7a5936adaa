"""The query of `moodreel.ingest.bench_hybrid` by plain numpy: what is right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .bench_hybrid import FOUND, SPACES, Question
from .bench_store import LIMITS
from .catalogue import Catalogue, Space, Vector
from .fusion import fuse
from .limits import broken
from .words import document_words, query_words

_DEPTH = 200
_BATCH = 500


class Plain:
    """The same by plain numpy, which looks at every item that passes; laid out beforehand."""

    def __init__(self, catalogue: Catalogue) -> None:
        ids, passing, terms, weights, popularity = [], [], [], [], []
        for item in catalogue.items():
            words = document_words(item)
            passing.append(not broken(item, LIMITS))
            terms.append(np.array(words.indices, dtype=np.uint32))
            weights.append(np.array(words.values, dtype=np.float32))
            ids.append(item.id)
            popularity.append(item.popularity)
        self._ids = [name for name, passes in zip(ids, passing, strict=True) if passes]
        self._popularity = np.array(popularity)[passing]
        self._dense = [_matrix(catalogue, self._ids, space) for space in SPACES]
        self._lay_out(terms, weights, np.array(passing))

    def _lay_out(
        self,
        terms: list[NDArray[np.uint32]],
        weights: list[NDArray[np.float32]],
        passing: NDArray[np.bool_],
    ) -> None:
        """Weights by term, and in which row of those that pass each stands, -1 in none."""
        row = np.where(passing, np.cumsum(passing) - 1, -1)
        every = np.concatenate(terms)
        order = np.argsort(every, kind="stable")
        self._items = len(terms)
        self._terms, self._weights = every[order], np.concatenate(weights)[order]
        self._rows = np.repeat(row, [len(each) for each in terms])[order]

    def ask(self, asked: Question) -> list[str]:
        """The best ids; as `ask_catalogue` has it."""
        pairs = zip(self._dense, (asked.plot, asked.mood), strict=True)
        dense = np.array([matrix @ vector for matrix, vector in pairs])
        words = self._matched(asked.words)
        # The words find what has one of them; the others find whatever is nearest.
        worded = _top(words)[words[_top(words)] > 0]
        near = np.unique(np.concatenate([*map(_top, dense), worded]))
        scores = fuse(dense[:, near].astype(np.float64), (1.0, 1.0), words[near]).round(6)
        best = np.lexsort((near, -self._popularity[near], -scores))[:FOUND]
        return [self._ids[place] for place in near[best]]

    def _matched(self, words: str) -> NDArray[np.float64]:
        """BM25 of every item that passes; rare words count more."""
        scores = np.zeros(len(self._ids))
        query = query_words(words)
        for term, weight in zip(query.indices, query.values, strict=True) if query else ():
            first, last = np.searchsorted(self._terms, [term, term + 1])
            having = last - first
            rarity = np.log(1 + (self._items - having + 0.5) / (having + 0.5))
            rows, values = self._rows[first:last], self._weights[first:last]
            scores[rows[rows >= 0]] += weight * rarity * values[rows >= 0]
        return scores


def _top(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """The places of the highest scores, in any order."""
    if len(scores) <= _DEPTH:
        return np.arange(len(scores))
    return np.argpartition(-scores, _DEPTH)[:_DEPTH]


def _matrix(catalogue: Catalogue, ids: Sequence[str], space: Space) -> Vector:
    matrix = np.empty((len(ids), catalogue.embedder.dimension), dtype=np.float32)
    for start in range(0, len(ids), _BATCH):
        part = ids[start : start + _BATCH]
        held = catalogue.vectors(part, space)
        matrix[start : start + len(part)] = [held[name] for name in part]
    return matrix
