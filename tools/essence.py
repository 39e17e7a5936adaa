"""Reading any text: its parts, its words, and the sentences it turns on."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ..ingest.embedding import Embedder
from .condense import condensed, sentences

# A part is about as long as what the embedder reads of one text; longer texts are condensed.
PART_CHARACTERS = 900
MOST_PARTS = 48
ESSENCE_SENTENCES = 3
ESSENCE_CHARACTERS = 480
_MOST_CANDIDATES = 60
# What comes late in a synopsis gives the ending away.
_OPENING_SHARE = 0.5
_OPENING_CHARACTERS = 9_000

_WORD = re.compile(r"[^\W\d_]+")


def parts(text: str) -> list[str]:
    """Stretches of about `PART_CHARACTERS`; of a text with more than `MOST_PARTS`, condensed."""
    flat = condensed(text, PART_CHARACTERS * MOST_PARTS)
    count = -(-len(flat) // PART_CHARACTERS)
    return [flat[i * PART_CHARACTERS : (i + 1) * PART_CHARACTERS] for i in range(count)]


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
    half = found[: max(ESSENCE_SENTENCES + 1, int(len(found) * _OPENING_SHARE))]
    opening = sentences(condensed(" ".join(half), _OPENING_CHARACTERS))
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
