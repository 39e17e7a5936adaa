"""Names as they are compared: folded words with their places, numbers written one way."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .item import fold

_WORD = re.compile(r"&|[^\W_](?:[^\W_]|['’`](?=[^\W_])|\.(?=[^\W\d_]\.))*", re.UNICODE)
_SAME = {
    "&": "and", "n": "and", "mister": "mr", "doctor": "dr", "versus": "vs",
    "saint": "st", "mount": "mt", "volume": "vol", "pt": "part", "ep": "episode", "chap": "chapter",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13",
    "color": "colour", "colors": "colours", "gray": "grey",
}  # fmt: skip
_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
    "x": "10", "xi": "11", "xii": "12", "xiii": "13",
}  # fmt: skip
ARTICLES = frozenset({"the", "a", "an"})
# Words that a number follows, and that people leave out: "Kill Bill: Vol. 2" is "Kill Bill 2".
COUNTED = frozenset({"part", "episode", "chapter", "vol"})


class Word(NamedTuple):
    """One word of a text from ``start`` to ``end``.

    ``first`` is its form at the head of a name and ``later`` anywhere behind it, where Roman
    numerals are numbers: "V for Vendetta", but "Saw V".
    """

    text: str
    start: int
    end: int
    first: str
    later: str


@lru_cache(maxsize=100_000)
def _forms(word: str) -> tuple[str, str, str]:
    """A word folded, at the head of a name, and behind it."""
    plain = fold(word.replace(".", "")).replace(" ", "") or word
    first = _SAME.get(plain, plain)
    return plain, first, _ROMAN.get(plain, first)


def words_of(text: str) -> list[Word]:
    """The words of a text; a hyphen or a full stop ends a word, an apostrophe doesn't."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        plain, first, later = _forms(match.group())
        if plain == "i" and found and found[-1].later in COUNTED:
            later = "1"
        found.append(Word(match.group(), match.start(), match.end(), first, later))
    return found


def first_forms(text: str) -> set[str]:
    """What `Word.first` is of each word of a text; quicker than `words_of`."""
    return {_forms(word)[1] for word in set(_WORD.findall(text))}


def joined(words: list[Word]) -> str:
    """The words as one name without blanks, so that ``Spider-Man`` is ``spiderman``."""
    return "".join([words[0].first, *(word.later for word in words[1:])]) if words else ""


def spelt(words: list[Word]) -> str:
    """The words as one name with blanks, for measuring how far a misspelt one is."""
    return " ".join([words[0].first, *(word.later for word in words[1:])]) if words else ""


def without_article(words: list[Word]) -> list[Word]:
    """The words behind a leading article; a name that is only an article keeps it."""
    return words[1:] if len(words) > 1 and words[0].first in ARTICLES else words
