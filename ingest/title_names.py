"""The names that people call a title by: the whole, its named parts, its short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .item import fold
from .names import COUNTED, Word, joined, spelt, without_article, words_of

WHOLE, PART, SHORT = 100.0, 90.0, 80.0
_TRAILING_ARTICLE = re.compile(r"^(.*), (the|a|an)$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^)]*\)?")
_SPLIT = re.compile(r",?\s+or(?:[:,]\s+|\s+(?=\())|,\s+or\s+|:\s+|\s+[-–—]\s+")
_AND_THE = re.compile(r"\s+and\s+the\s+", re.IGNORECASE)
_COUNT = re.compile(r"[\s,:–—-]*\b(?:part|chapter|vol(?:ume)?\.?|episode)\s+(\w+)\b", re.IGNORECASE)
_FIRST = frozenset({"1", "i", "one"})
# Words that a long title is broken off before: "Eternal Sunshine (of the Spotless Mind)".
_BREAKS = frozenset(
    {
        "of",
        "in",
        "and",
        "to",
        "for",
        "where",
        "on",
        "at",
        "with",
        "from",
        "who",
        "that",
        "when",
        "or",
    }
)
_INITIALS = 4


class Name(NamedTuple):
    """One way to call a title.

    ``key`` has no blanks, ``spelling`` has; in ``written`` numbers and short forms are as the
    title has them. All are without the leading article, which ``article`` keeps. ``score`` is
    `WHOLE`, `PART` or `SHORT`.
    """

    key: str
    spelling: str
    written: str
    article: str
    score: float


def _name(words: list[Word], score: float) -> Name:
    bare = without_article(words)
    article = words[0].first if len(bare) < len(words) else ""
    written = fold(" ".join(word.text for word in bare))
    return Name(joined(bare), spelt(bare), written, article, score)


def names_of(title: str) -> list[Name]:
    """Every name of a title, the best score first; each key once."""
    found: dict[str, Name] = {}
    # Most of a plain title's texts are the same.
    texts = dict.fromkeys(_texts(title))
    for text, score in sorted(texts, key=lambda pair: -pair[1]):
        words = words_of(text)
        if words:
            name = _name(words, score)
            found.setdefault(name.key, name)
    return list(found.values())


def turned(title: str) -> str:
    """A title as it is spoken: ``The Matrix`` for ``Matrix, The``."""
    return _TRAILING_ARTICLE.sub(r"\2 \1", title.strip())


def _texts(title: str) -> Iterator[tuple[str, float]]:
    spoken = turned(title)
    yield spoken, WHOLE
    plain = _BRACKETS.sub("", spoken).strip().removesuffix(" or") or spoken
    yield plain, WHOLE
    versus = re.sub(r"\sv\.?\s", " vs ", plain)
    yield versus, WHOLE
    yield from _uncounted(plain)
    for part, score in (*_parts(plain), *_parts(versus)):
        yield part, score
        yield from _initials(part)
    yield from _broken_off(plain)


def _uncounted(title: str) -> Iterator[tuple[str, float]]:
    """Without "Part", "Chapter", "Vol."; the first of a count goes without its number too."""
    if not _COUNT.search(title):
        return
    yield _COUNT.sub(r" \1", title), WHOLE
    last = list(_COUNT.finditer(title))[-1]
    if last.end() == len(title):
        first = last.group(1).lower() in _FIRST
        yield title[: last.start()], WHOLE if first else PART


def _parts(title: str) -> Iterator[tuple[str, float]]:
    """What stands before and behind a colon, a dash or "and the".

    Of three parts the middle one may be left out: "Star Wars: The Empire Strikes Back".
    """
    parts = _SPLIT.split(title)
    for count in range(1, len(parts)):
        head = " ".join(parts[:count])
        yield head, PART
        yield _COUNT.sub(r" \1", head), PART
        yield " ".join(parts[count:]), PART
    yield from ((part, PART) for part in parts[1:-1])
    if len(parts) > 2:
        yield f"{parts[0]} {parts[-1]}", WHOLE
        yield f"{parts[0]} {_ARTICLE.sub('', parts[-1])}", WHOLE
    for part in parts:
        pieces = _AND_THE.split(part)
        if len(pieces) == 2:
            yield from ((piece, PART) for piece in pieces if len(words_of(piece)) > 1)


def _initials(part: str) -> Iterator[tuple[str, float]]:
    words = words_of(part)
    for chosen in (words, without_article(words)):
        if len(chosen) >= _INITIALS:
            yield "".join(word.first[0] for word in chosen), SHORT


def _broken_off(title: str) -> Iterator[tuple[str, float]]:
    """The beginning of a long title, up to a comma or a little word."""
    words = words_of(title)
    for place in range(2, len(words)):
        comma = title[words[place - 1].end] == ","
        if comma or words[place].first in _BREAKS:
            if len(without_article(words[:place])) > 1:
                yield title[: words[place - 1].end], SHORT
            return


def countless(name: Name) -> bool:
    """Whether a part names nothing by itself: "Part Two", "Chapter 3", a number."""
    words = name.spelling.split()
    return all(word in COUNTED or (word.isdigit() and len(word) < 3) for word in words)
