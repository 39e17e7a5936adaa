"""Reading any text: its sentences, its parts, its language, and the sentences it turns on."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ..ingest.embedding import Embedder

# A part is about as long as what the embedder reads of one text; longer texts are sampled.
PART_CHARACTERS = 900
MOST_PARTS = 48
ESSENCE_SENTENCES = 3
ESSENCE_CHARACTERS = 480
_MOST_CANDIDATES = 60
# What comes late in a synopsis gives the ending away.
_OPENING_SHARE = 0.5

_SENTENCE = re.compile(r"(?<=[.!?…؟])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W_a-z])|(?<=[。！？])|\n\s*\n")
_WORD = re.compile(r"[^\W\d_]+")
# The commonest words of English prose.
_FUNCTION_WORDS = frozenset(
    "the of and to in a is that it for on with as his her he she they was are by at from who "  # noqa: SIM905
    "this be an but not you i we my your have has their when".split()
)


def sentences(text: str) -> list[str]:
    """The sentences of a text in order, blanks single; empty ones are left out."""
    pieces = (" ".join(piece.split()) for piece in _SENTENCE.split(text))
    return [piece for piece in pieces if _WORD.search(piece)]


def parts(text: str) -> list[str]:
    """Stretches of about `PART_CHARACTERS`, at most `MOST_PARTS`, evenly over the text."""
    flat = " ".join(text.split())
    count = -(-len(flat) // PART_CHARACTERS)
    chosen = np.unique(np.linspace(0, count - 1, min(count, MOST_PARTS)).round().astype(int))
    return [flat[i * PART_CHARACTERS : (i + 1) * PART_CHARACTERS] for i in chosen.tolist()]


def looks_english(text: str) -> bool:
    """Whether a text is likely English; short texts in Latin letters get the benefit of doubt."""
    words = _WORD.findall(text[:20_000].casefold())
    if not words:
        return True
    foreign = 0 if text.isascii() else sum(not word.isascii() for word in words) / len(words)
    if len(words) < 15:
        return foreign < 0.4
    return foreign < 0.4 and sum(word in _FUNCTION_WORDS for word in words) / len(words) > 0.12


def word_count(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def essence(text: str, embedder: Embedder) -> str:
    """Two or three sentences of a text that are most like the whole, in their order.

    Of longer texts only the opening half is quoted, so that an ending isn't given away.
    """
    found = sentences(text)
    if len(found) <= ESSENCE_SENTENCES:
        return _cut(" ".join(found), ESSENCE_CHARACTERS)
    opening = found[: max(ESSENCE_SENTENCES + 1, int(len(found) * _OPENING_SHARE))]
    telling = [one for one in opening if 5 <= word_count(one) <= 60]
    candidates = _sample(list(dict.fromkeys(telling or opening)))
    vectors = embedder.embed(candidates)
    nearness = vectors @ vectors.mean(axis=0)
    ranked = sorted(range(len(candidates)), key=lambda place: (-nearness[place], place))
    return _fitting(candidates, ranked)


def _sample(candidates: list[str]) -> list[str]:
    if len(candidates) <= _MOST_CANDIDATES:
        return candidates
    places = np.linspace(0, len(candidates) - 1, _MOST_CANDIDATES).round().astype(int)
    return [candidates[place] for place in places.tolist()]


def _fitting(candidates: Sequence[str], ranked: Sequence[int]) -> str:
    """The best sentences that fit together, in the order of the text."""
    chosen: list[int] = []
    for place in ranked:
        length = sum(len(candidates[i]) + 1 for i in [*chosen, place])
        if len(chosen) < ESSENCE_SENTENCES and length <= ESSENCE_CHARACTERS:
            chosen.append(place)
    chosen = chosen or [ranked[0]]
    return _cut(" ".join(candidates[place] for place in sorted(chosen)), ESSENCE_CHARACTERS)


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
