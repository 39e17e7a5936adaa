"""Merging what several branches of one search say about the same items."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

MOST_WORDS = 6.0


def standardise(values: Matrix) -> Matrix:
    """Rows with mean 0 and standard deviation 1; constant rows become 0."""
    if values.shape[1] == 0:
        return values
    if values.size == 0:
        return values
    spread = values.std(axis=1, keepdims=True)
    centred = values - values.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.where(spread > 1e-9, spread, np.inf))


def fuse(similarities: Matrix, weights: Sequence[float], words: Matrix) -> Matrix:
    """One score per candidate from all branches: larger is better.

    Each probe is standardised over the candidates and counts by its weight; a probe of negative
    weight only takes away, and only from candidates that are more like it than the average one.
    Words are standardised too, weigh 1, and add at most `MOST_WORDS`, so that a word that hardly
    any item has doesn't decide alone.

    Measured by ``tests/measure_fusion.py``: recall of kindred films is .354 against .342 with
    reciprocal rank fusion (MiniLM; .294 against .286 with the light embedder), and films that
    somebody describes in a line are found with a mean reciprocal rank of .217, .194 without
    words.

    Args:
        similarities: of shape (probes, candidates).
        weights: one per probe.
        words: BM25 scores of shape (candidates,), 0 where no word matched.
    """
    count = np.asarray(weights, dtype=np.float64)[:, None]
    standard = standardise(similarities)
    parts = np.where(count < 0, count * np.maximum(standard, 0), count * standard)
    matched = np.minimum(standardise(words[None])[0], MOST_WORDS)
    return np.asarray(parts.sum(axis=0) + matched)
