"""Mood tags for an adjective that the lexicon doesn't know, by the nearest tag's vector."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ....ingest.embedding import Embedder
from ....ingest.item import MOOD_TAGS, MoodTag
from .message import Reader

Vectors = NDArray[np.float32]

_ENOUGH = 0.32
"""Cosine to the nearest tag, both centred on the mean of all tags, from which it is believed.

Over 55 adjectives of mood, MiniLM's nearest tag reaches it for 10 and is right each time; of 40
other adjectives and nouns 2 reach it. Below it guesses are wrong too often (at .26 one in five),
and with static vectors at every threshold, so those are not asked.
"""
_TRUSTED = "minilm"


def likely_moods(word: str, reader: Reader) -> tuple[MoodTag, ...]:
    """The mood tag that an unknown adjective most likely means; empty where none is near."""
    embedder = reader.catalogue.embedder
    if not embedder.name.startswith(_TRUSTED):
        return ()
    tags, mean = _tag_vectors(embedder)
    likeness = tags @ _centred(embedder.embed([_phrase(word)]), mean)[0]
    best = int(likeness.argmax())
    return (MOOD_TAGS[best],) if likeness[best] >= _ENOUGH else ()


def _phrase(word: str) -> str:
    return f"{word} mood"


_KNOWN: dict[str, tuple[Vectors, Vectors]] = {}


def _tag_vectors(embedder: Embedder) -> tuple[Vectors, Vectors]:
    """Centred vectors of the tags, shape (tags, dimension), and what was taken off them."""
    if embedder.name not in _KNOWN:
        vectors = embedder.embed([_phrase(tag) for tag in MOOD_TAGS])
        mean = vectors.mean(axis=0)
        _KNOWN[embedder.name] = _centred(vectors, mean), mean
    return _KNOWN[embedder.name]


def _centred(vectors: Vectors, mean: Vectors) -> Vectors:
    moved = vectors - mean
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-9), dtype=np.float32)
