"""The text that recognisers match: lower case, short forms written out, typing errors mended.

Every place in it leads back to the words as the user typed them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from .words import KNOWN, ORDINARY

READ_AT_MOST = 6_000
"""Characters of a message that are read for meaning; nobody types a longer wish."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_STRETCHED = re.compile(r"(.)\1{2,}")

# How people type in a chat: the first word of a line is what the rest stand for.
_SHORT_FORMS: dict[str, str] = {
    short: full
    for full, shorts in {
        "don't": "dont donot dun dnt", "doesn't": "doesnt dosent doesnot", "didn't": "didnt",
        "isn't": "isnt", "aren't": "arent", "wasn't": "wasnt", "weren't": "werent",
        "can't": "cant cannot", "couldn't": "couldnt", "won't": "wont", "wouldn't": "wouldnt",
        "haven't": "havent", "hasn't": "hasnt", "shouldn't": "shouldnt", "i'm": "im",
        "i've": "ive", "i'd": "id", "that's": "thats", "it's": "its", "what's": "whats",
        "let's": "lets", "there's": "theres", "we've": "weve",
        "want to": "wanna wana", "going to": "gonna", "got to": "gotta", "kind of": "kinda",
        "sort of": "sorta", "something": "smth sth smthg somthing sumthing somethin somethng",
        "anything": "anythin anythng", "nothing": "nothin nuthin nothign", "you": "u ya",
        "your": "ur", "please": "pls plz pleas", "because": "cuz coz bc", "before": "b4",
        "with": "wth wiht", "without": "wo withou witout w/out", "about": "abt bout",
        "really": "rly realy", "tonight": "tonite 2nite tonigt", "very": "vry v",
        "like": "liek lik lke",
        "people": "ppl", "movie": "moive mvie movei movi", "film": "flim fim", "for": "fr",
        "girlfriend": "gf", "boyfriend": "bf", "thanks": "thx thnx", "science fiction": "scifi",
        "too": "tooo", "hours": "hrs hr's", "old": "olld", "than": "thn",
    }.items()
    for short in shorts.split()
}  # fmt: skip


@dataclass(frozen=True)
class Plain:
    """A message's text as recognisers match it.

    ``starts`` and ``ends`` have one place in the original text for each character of ``text``.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original places of a span of ``text`` that is not empty."""
        return self.starts[start], self.ends[end - 1]


def plain(text: str) -> Plain:
    """Mend the first `READ_AT_MOST` characters of a text whose quotes are plain already."""
    text = text[:READ_AT_MOST]
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    shouted = text.isupper()
    for word in _WORD.finditer(text):
        _copy(text, range(done, word.start()), pieces, starts, ends)
        mended = _mend(word.group(), opens=word.start() == 0 or shouted)
        pieces.append(mended)
        starts.extend([word.start()] * len(mended))
        ends.extend([word.end()] * len(mended))
        if len(mended) == word.end() - word.start():
            starts[-len(mended) :] = range(word.start(), word.end())
            ends[-len(mended) :] = range(word.start() + 1, word.end() + 1)
        done = word.end()
    _copy(text, range(done, len(text)), pieces, starts, ends)
    return Plain("".join(pieces), tuple(starts), tuple(ends))


def _copy(text: str, places: range, pieces: list[str], starts: list[int], ends: list[int]) -> None:
    pieces.append(text[places.start : places.stop])
    starts.extend(places)
    ends.extend(place + 1 for place in places)


def _mend(word: str, *, opens: bool) -> str:
    """One word in lower case, mended unless its capital makes it look like a name."""
    lower = word.lower()
    if word[0].isupper() and not opens and not word.isupper():
        return lower if len(lower) == len(word) else word
    return mend_word(lower)


@lru_cache(maxsize=20_000)
def mend_word(word: str) -> str:
    """A lower-case word, written out when it is a short form, mended when it is a near miss."""
    if word in _SHORT_FORMS:
        return _SHORT_FORMS[word]
    if word in KNOWN or word in ORDINARY:
        return word
    calm = _unstretch(word)
    if calm != word:
        return mend_word(calm)
    return _nearest(word) or word


def _unstretch(word: str) -> str:
    """``funnyyyy`` as ``funny``, ``cooool`` as ``cool``: the first spelling that is known."""
    if not _STRETCHED.search(word):
        return word
    twice, once = _STRETCHED.sub(r"\1\1", word), _STRETCHED.sub(r"\1", word)
    return once if once in KNOWN or twice not in KNOWN else twice


def _by_start(words: Iterable[str]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for word in sorted(words):
        index.setdefault(word[0], []).append(word)
    return index


_KNOWN_BY_START = _by_start(word for word in KNOWN if len(word) >= 5)


def _nearest(word: str) -> str | None:
    """The one known word that this is a likely slip of, if there is one.

    One slip (a letter missing, doubled, wrong or swapped) is forgiven from five letters on,
    two from eight on; four letters only when one is missing. The first letter has to be right.
    """
    if len(word) < 4:
        return None
    slips = 2 if len(word) >= 8 else 1
    shortest, longest = (5, 5) if len(word) == 4 else (len(word) - slips, len(word) + slips)
    near = [
        (OSA.distance(word, known, score_cutoff=slips), known)
        for known in _KNOWN_BY_START.get(word[0], ())
        if shortest <= len(known) <= longest
    ]
    close = [pair for pair in near if pair[0] <= slips]
    return min(close)[1] if close else None
