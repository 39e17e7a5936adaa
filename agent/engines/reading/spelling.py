"""The text that recognisers match: lower case, short forms written out, typing errors mended.

Every place in it leads back to the words as the user typed them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from ....ingest.everyday import EVERYDAY
from .carriers import CARRIERS
from .short_forms import SHORT_FORMS, WITH_SLASH, written_out
from .words import GENRE_WORDS, KNOWN, ORDINARY

READ_AT_MOST = 6_000
"""Characters of a message that are read for meaning; nobody types a longer wish."""

_WORD = re.compile(
    r"[^\W_]*[^\W\d_][^\W_]*(?:'[^\W\d_]+)*|(?<![\w.:/-])4(?=\s+(?:me|us|the|my|tonight|2nite)\b)"
    r"|(?:(?<=\blast )|(?<=\bfirst )|(?<=\bother )|(?<=\bsecond )|(?<=\bthird )|(?<=\b2nd )"
    r"|(?<=\b3rd ))1(?!\d|[.:]\d|\s?(?:h|hours?|hrs?|mins?)\b)",
    re.IGNORECASE,
)
_DOUBLED = re.compile(r"(.)\1")
_STRETCHED = re.compile(r"(.)\1{2,}")

# Letters that fingers or ears mix up: vowels, keys side by side, sounds alike.
_VOWELS = frozenset("aeiouy")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        *(row[n : n + 2] for row in _KEYS for n in range(len(row) - 1)),
        *("cs", "ck", "sz", "fv", "gj", "bv", "td", "pb"),
    )
)


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
    for word in _words(text):
        _copy(text, range(done, word.start()), pieces, starts, ends)
        mended = _mend(word, text, opens=word.start() == 0 or shouted)
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


def _words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text; ``w/`` and ``w/o`` are words."""
    if "w/" not in text.lower():
        return _WORD.finditer(text)
    slashed = list(WITH_SLASH.finditer(text))
    taken = {place for match in slashed for place in range(*match.span())}
    plain_words = [word for word in _WORD.finditer(text) if word.start() not in taken]
    return iter(sorted([*slashed, *plain_words], key=lambda match: match.start()))


def _mend(match: re.Match[str], text: str, *, opens: bool) -> str:
    """One word in lower case, mended unless its capital makes it look like a name."""
    word = match.group()
    if "/" in word:
        return "without" if len(word) > 2 else "with "
    lower = word.lower()
    if word[0].isupper() and not opens and not word.isupper():
        return lower if len(lower) == len(word) else word
    if lower in SHORT_FORMS:
        return written_out(lower, text, match.end()) or lower
    return mend_word(lower)


_MEANT = (KNOWN, ORDINARY, EVERYDAY, CARRIERS)
"""Words that mean themselves."""


@lru_cache(maxsize=20_000)
def mend_word(word: str) -> str:
    """A lower-case word, written out when it is a short form, mended when it is a near miss."""
    if word in SHORT_FORMS:
        return written_out(word, "", 0) or word
    if not word.isalpha() or any(word in words for words in _MEANT):
        return word
    calm = _unstretch(word)
    if calm != word:
        return mend_word(calm)
    return _nearest(word) or _by_ear(word) or _carrier(word) or word


def _unstretch(word: str) -> str:
    """``funnyyyy`` as ``funny``, ``cooool`` as ``cool``: the first spelling that is known."""
    if not _STRETCHED.search(word):
        return word
    twice, once = _STRETCHED.sub(r"\1\1", word), _STRETCHED.sub(r"\1", word)
    return once if once in KNOWN or twice not in KNOWN else twice


def sound(word: str) -> str:
    """A word's consonants as they sound: ``mstr`` for "mystery" and "mistery"."""
    for written, heard in _SOUNDS:
        word = written.sub(heard, word)
    return word


_SOUNDS = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"^(?:phs?(?=yc)|p[hs]+(?=yc)|ps(?=[yi])|sc(?=[eiy]))", "s"), (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"ph|gh(?=t?$)", "f"), (r"ght", "t"), (r"sch|sh|ti(?=o)|ci(?=[ao])", "s"),
        (r"ch|ck|q", "k"),
        (r"c(?=[eiy])", "s"), (r"[cx]", "k"), (r"dg|g(?=[eiy])", "j"), (r"z", "s"),
        (r"[aeiouyhw]", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
"""Spellings of one sound, the longer ones first; vowels are what ears mix up most."""


def _by_start(words: Iterable[str]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for word in sorted(words):
        index.setdefault(word[0], []).append(word)
    return index


_HEARD = 6
"""Consonants of a word from which its sound is enough to know it by."""
_BY_SOUND: dict[str, Sequence[str]] = {}
for _known in sorted(KNOWN):
    _BY_SOUND[sound(_known)] = [*_BY_SOUND.get(sound(_known), ()), _known]
_KNOWN_BY_START = _by_start(word for word in KNOWN if len(word) >= 5)
_SHORT_BY_START = _by_start(word for word in KNOWN if len(word) == 4)
_CARRIERS_BY_START = _by_start(word for word in CARRIERS if len(word) >= 6 and word.isalpha())


def _swapped(word: str) -> str | None:
    """The one known word of four letters that two neighbours swapped make of this."""
    near = [
        known
        for known in _SHORT_BY_START.get(word[0], ())
        if sorted(known) == sorted(word) and OSA.distance(word, known) == 1
    ]
    return near[0] if len(near) == 1 else None


def _nearest(word: str) -> str | None:
    """The one known word that this is a likely slip of, if there is one.

    One slip (a letter missing, doubled, wrong or swapped) is forgiven from five letters on,
    two from eight on; four letters only when one is missing or two are swapped. The first letter
    has to be right, and in a short word a wrong letter has to be one that is easily mixed up with
    the right one.
    """
    if len(word) < 4:
        return None
    if len(word) == 4 and (swapped := _swapped(word)):
        return swapped
    slips = 2 if len(word) >= 8 else 1
    shortest, longest = (5, 5) if len(word) == 4 else (len(word) - slips, len(word) + slips)
    near = [
        (OSA.distance(word, known, score_cutoff=slips), known)
        for known in _KNOWN_BY_START.get(word[0], ())
        if shortest <= len(known) <= longest
    ]
    close = [pair for pair in near if pair[0] <= slips and _mixed_up(word, pair[1])]
    close = [pair for pair in close if pair[0] < 2 or _nearly_alike(word, pair[1])]
    return min(close, key=lambda pair: (pair[0], *_unlike(word, pair[1])))[1] if close else None


def _nearly_alike(typed: str, known: str) -> bool:
    """Whether two slips leave the sound of a word but for one consonant."""
    return OSA.distance(sound(typed), sound(known)) <= 1


def _unlike(typed: str, known: str) -> tuple[bool, int, str]:
    """Orders words as near as each other: those that sound alike first, then of like letters."""
    return sound(typed) != sound(known), len(set(typed) ^ set(known)), known


def _by_ear(word: str) -> str | None:
    """The long known word, or the genre, that somebody spells by its sound ("filosofikal")."""
    heard = sound(word)
    near = _BY_SOUND.get(heard, ())
    if len(heard) < _HEARD:
        near = [known for known in near if known in GENRE_WORDS and _two_slips(word, known)]
    return min(near, key=lambda known: (OSA.distance(word, known), known), default=None)


def _two_slips(word: str, known: str) -> bool:
    return word[0] == known[0] and OSA.distance(word, known) == 2


def _carrier(word: str) -> str | None:
    """The one word that only stands around a wish ("actually") of which this is a likely slip.

    One slip is forgiven in words of six letters or more, two from nine letters typed on.
    """
    if len(word) < 5:
        return None
    slips = 2 if len(word) >= 9 else 1
    near = [
        known
        for known in _CARRIERS_BY_START.get(word[0], ())
        if OSA.distance(word, known, score_cutoff=slips) <= slips and _mixed_up(word, known)
    ]
    return near[0] if len(near) == 1 else None


def _mixed_up(typed: str, known: str) -> bool:
    """Whether a short word of the right length is likely to stand for a known one."""
    if len(typed) != len(known) or len(typed) > 6:
        return True
    if set(typed) == set(known) and _DOUBLED.search(typed) and _DOUBLED.search(known):
        return True
    wrong = [{one, two} for one, two in zip(typed, known, strict=True) if one != two]
    return len(wrong) == 2 or all(pair <= _VOWELS or pair in _ALIKE for pair in wrong)
