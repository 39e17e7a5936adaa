"""Condensing a long text to its most telling sentences, taken from all of its length."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..ingest.words import stems

STRETCH = 4_000
"""Characters of which some sentence is kept, so that no part of a text goes unheard."""
_LONGEST = 300
"""Characters: captions have no full stops, and are cut there at a blank."""


_SENTENCE = re.compile(r"(?<=[.!?…؟])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W_a-z])|(?<=[。！？])|\n\s*\n")
_LETTERS = re.compile(r"[^\W\d_]+")
_TOLD_BEFORE = 0.3


@dataclass(frozen=True)
class _Sentence:
    text: str
    words: frozenset[int]


def sentences(text: str) -> list[str]:
    """The sentences of a text in order, blanks single; empty ones are left out."""
    pieces = (" ".join(piece.split()) for piece in _SENTENCE.split(text))
    return [piece for piece in pieces if _LETTERS.search(piece)]


def condensed(text: str, room: int) -> str:
    """At most ``room`` characters of a text: whole sentences, in their order, from all over it.

    A sentence tells much where its words are frequent in some parts of the text and absent from
    others; words that others have told before count less.
    """
    flat = " ".join(text.split())
    if len(flat) <= room:
        return flat
    stretches = _stretches(text)
    weights = _weights(stretches)
    total = sum(map(_length, stretches))
    told: set[int] = set()
    kept: list[str] = []
    owed = 0.0
    for stretch in stretches:
        owed += room * _length(stretch) / total
        chosen = _best(stretch, weights, told, owed)
        owed -= _length(chosen)
        kept += [each.text for each in chosen]
    return " ".join(kept) or flat[:room]


def _length(run: Sequence[_Sentence]) -> int:
    return sum(len(each.text) + 1 for each in run)


def _stretches(text: str) -> list[list[_Sentence]]:
    """The sentences of a text in runs of about `STRETCH` characters."""
    runs: list[list[_Sentence]] = []
    length = STRETCH
    for sentence in _short(sentences(text)):
        if length >= STRETCH:
            runs.append([])
            length = 0
        runs[-1].append(_Sentence(sentence, stems(sentence)))
        length += len(sentence)
    return runs


def _short(found: Iterable[str]) -> Iterable[str]:
    for sentence in found:
        rest = sentence
        while len(rest) > _LONGEST:
            cut = rest.rfind(" ", 1, _LONGEST) if " " in rest[1:_LONGEST] else _LONGEST
            yield rest[:cut]
            rest = rest[cut:].strip()
        yield rest


def _weights(stretches: Sequence[Sequence[_Sentence]]) -> dict[int, float]:
    """What each word tells: often said, but not everywhere (term frequency times its rarity)."""
    often = Counter(word for stretch in stretches for each in stretch for word in each.words)
    spread = Counter(
        word for stretch in stretches for word in {w for each in stretch for w in each.words}
    )
    count = len(stretches)
    return {
        word: math.log1p(number) * math.log((count + 1) / spread[word])
        for word, number in often.items()
    }


def _best(
    stretch: Sequence[_Sentence], weights: dict[int, float], told: set[int], room: float
) -> list[_Sentence]:
    """The sentences of a stretch that tell most for their length and fit, in their order.

    What a sentence tells only shrinks as others are taken, so that it is weighed again when its
    turn comes, and not before.
    """
    chosen: list[int] = []
    heap = [(-_tells(each, weights, told), place) for place, each in enumerate(stretch)]
    heapq.heapify(heap)
    while heap:
        place = heapq.heappop(heap)[1]
        again = (-_tells(stretch[place], weights, told), place)
        if heap and again > heap[0]:
            heapq.heappush(heap, again)
        elif len(stretch[place].text) + 1 <= room:
            chosen.append(place)
            room -= len(stretch[place].text) + 1
            told |= stretch[place].words
    return [stretch[place] for place in sorted(chosen)]


def _tells(sentence: _Sentence, weights: dict[int, float], told: set[int]) -> float:
    words = sentence.words
    new = sum(weights[word] * (_TOLD_BEFORE if word in told else 1.0) for word in words)
    return new / math.sqrt(len(sentence.text) + 20)
