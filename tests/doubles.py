"""Small stand-ins that several tests share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from moodreel.ingest.item import fold
from numpy.typing import NDArray


class HashEmbedder:
    """Words hashed to random directions: texts that share words are near each other."""

    def __init__(self, dimension: int = 32, name: str = "hash/1") -> None:
        self.dimension = dimension
        self.name = name

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for place, text in enumerate(texts):
            for word in fold(text).split():
                rows[place] += _direction(word, self.dimension)
            if progress:
                progress(place + 1, len(texts))
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


@lru_cache(maxsize=100_000)
def _direction(word: str, dimension: int) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(dimension)
