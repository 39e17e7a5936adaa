"""Mood tags for an adjective that the lexicon doesn't know, by the nearest tag's vector."""

from __future__ import annotations

import logging
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ....errors import EmbedderMissing, EmbedderSilent
from ....ingest.embedding import Embedder
from ....ingest.item import MOOD_TAGS, MoodTag
from .message import Reader

Vectors = NDArray[np.float32]

log = logging.getLogger(__name__)

_ENOUGH = 0.32
"""Cosine to the nearest tag, both centred on the mean of all tags, from which it is believed.

Over 55 adjectives of mood, MiniLM's nearest tag reaches it for 10 and is right each time; of 40
other adjectives and nouns 2 reach it. Below it guesses are wrong too often (at .26 one in five),
and with static vectors at every threshold, so those are not asked. Neither is a model in a
server: reading a message waits for nobody, and its threshold would be another.
"""
_TRUSTED = "minilm"


def likely_moods(word: str, reader: Reader) -> tuple[MoodTag, ...]:
    """The mood tag that an unknown adjective most likely means; empty where none is near.

    Also where the embedder gives no vectors (any more), which is asked once.
    """
    embedder = reader.catalogue.embedder
    if not embedder.name.startswith(_TRUSTED):
        return ()
    known = _tag_vectors(embedder)
    if known is None:
        return ()
    tags, mean = known
    likeness = tags @ _centred(embedder.embed([_phrase(word)]), mean)[0]
    best = int(likeness.argmax())
    return (MOOD_TAGS[best],) if likeness[best] >= _ENOUGH else ()


def _phrase(word: str) -> str:
    return f"{word} mood"


_KNOWN: WeakKeyDictionary[Embedder, tuple[Vectors, Vectors] | None] = WeakKeyDictionary()
_LOCK = Lock()


def _tag_vectors(embedder: Embedder) -> tuple[Vectors, Vectors] | None:
    """Centred vectors of the tags, shape (tags, dimension), and what was taken off them.

    ``None`` where the embedder has none to give; both are remembered as long as it lives.
    """
    with _LOCK:
        if embedder not in _KNOWN:
            _KNOWN[embedder] = _embedded_tags(embedder)
        return _KNOWN[embedder]


def _embedded_tags(embedder: Embedder) -> tuple[Vectors, Vectors] | None:
    try:
        vectors = embedder.embed([_phrase(tag) for tag in MOOD_TAGS])
    except (EmbedderMissing, EmbedderSilent) as error:
        log.warning("unknown adjectives are not guessed at: %s", error)
        return None
    mean = vectors.mean(axis=0)
    return _centred(vectors, mean), mean


def _centred(vectors: Vectors, mean: Vectors) -> Vectors:
    moved = vectors - mean
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-9), dtype=np.float32)
