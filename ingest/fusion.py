"""Merging what several branches of one search say about the same items."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


def standardise(values: Matrix) -> Matrix:
    """Rows with mean 0 and standard deviation 1; constant rows become 0."""
    spread = values.std(axis=1, keepdims=True)
    centred = values - values.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.where(spread > 1e-9, spread, np.inf))


def fuse(similarities: Matrix, weights: Sequence[float], words: Matrix, emphasis: float) -> Matrix:
    """One score per candidate from all branches: larger is better.

    Similarities of one probe are compared with each other, so each probe is standardised over
    the candidates and counts by its weight. A probe of negative weight only takes away, and
    only from candidates that are more like it than the average one.

    Args:
        similarities: of shape (probes, candidates).
        weights: one per probe.
        words: BM25 scores of shape (candidates,), 0 where no word matched.
        emphasis: what the best match of words is worth, in standard deviations.
    """
    count = np.asarray(weights, dtype=np.float64)[:, None]
    standard = standardise(similarities)
    parts = np.where(count < 0, count * np.maximum(standard, 0), count * standard)
    scores = parts.sum(axis=0)
    best = words.max(initial=0.0)
    return np.asarray(scores + emphasis * words / best if best > 0 else scores)
