"""Vectors that travel with the package, so that the starter catalogue need not be embedded."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent / "starter" / "vectors.npz"
_STEPS = 127


def text_key(text: str) -> int:
    """The first 64 bits of a text's SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big")


@dataclass(frozen=True)
class ShippedVectors:
    """Vectors of known texts by one embedder.

    ``keys`` are sorted `text_key` values, uint64 of shape (n,); ``codes`` are the vectors, int8
    of shape (n, dimension), each scaled so that its largest number is 127 either way.
    """

    embedder: str
    keys: NDArray[np.uint64]
    codes: NDArray[np.int8]

    @classmethod
    def of(
        cls, embedder: str, texts: Sequence[str], vectors: NDArray[np.float32]
    ) -> ShippedVectors:
        """Pack vectors of length 1, shape (len(texts), dimension)."""
        keys = np.array([text_key(text) for text in texts], dtype=np.uint64)
        keys, rows = np.unique(keys, return_index=True)
        peaks = np.abs(vectors[rows]).max(axis=1, keepdims=True)
        codes = np.rint(vectors[rows] / np.where(peaks > 0, peaks, 1) * _STEPS)
        return cls(embedder, keys, codes.astype(np.int8))

    @classmethod
    def load(cls, file: Path) -> ShippedVectors:
        """Read what `save` wrote."""
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            return cls(str(stored["embedder"]), stored["keys"], stored["codes"])

    def save(self, file: Path) -> None:
        """Write one compressed file, the same bytes for the same vectors."""
        np.savez_compressed(file, embedder=self.embedder, keys=self.keys, codes=self.codes)

    def known(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Which texts have a vector here, shape (len(texts),)."""
        keys, places = self._places(texts)
        return np.asarray(self.keys[places] == keys)

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `known` texts, of length 1, float32 of shape (len(texts), dimension)."""
        _, places = self._places(texts)
        codes = self.codes[places].astype(np.float32)
        lengths = np.linalg.norm(codes, axis=1, keepdims=True)
        return np.asarray(codes / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    def _places(self, texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
        keys = np.array([text_key(text) for text in texts], dtype=np.uint64)
        return keys, np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)


@lru_cache(maxsize=1)
def shipped_vectors() -> ShippedVectors | None:
    """The vectors in this package; ``None`` where their file is missing or damaged."""
    try:
        stored = ShippedVectors.load(FILE)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    return stored if len(stored.keys) else None
