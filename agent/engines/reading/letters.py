"""Telling words from what fingers do on a keyboard."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

from ....ingest.everyday import EVERYDAY
from .carriers import CARRIERS, SOUNDS
from .words import KNOWN, ORDINARY

_STRANGE = 0.34
"""Share of a word's letter triples that no English word of ours has, above which it is none."""


def familiar(word: str) -> bool:
    """Whether a lower-case word is one that the tables here know."""
    return word in EVERYDAY or word in ORDINARY or word in KNOWN or word in CARRIERS


def pronounceable(word: str) -> bool:
    """Whether a lower-case word could be one: its letters follow each other as in English.

    Names and other languages often pass (``kurosawa``, ``anime``), ``asdkjh`` does not. Words
    that are not written in Latin letters pass.
    """
    if not word.isascii() or familiar(word):
        return True
    letters = "".join(letter for letter in word if letter.isalpha())
    if len(letters) < 3:
        return False
    triples = _triples(letters)
    strange = sum(triple not in _common_triples() for triple in triples)
    return strange / len(triples) < _STRANGE


def _triples(word: str) -> list[str]:
    edged = f"^{word}$"
    return [edged[n : n + 3] for n in range(len(edged) - 2)]


@lru_cache(maxsize=1)
def _common_triples() -> frozenset[str]:
    words = chain(EVERYDAY, ORDINARY, KNOWN, CARRIERS - SOUNDS)
    return frozenset(triple for word in words for triple in _triples(word))
