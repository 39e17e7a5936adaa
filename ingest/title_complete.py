"""Titles that begin as somebody types."""

from __future__ import annotations

import re
from bisect import bisect_left
from heapq import nlargest

from .item import fold
from .title_match import TitleMatch
from .titles import TitleIndex

_LONGEST = 200
_ARTICLE = re.compile(r"^(?:the|an?) ")
_LAST = "\U0010ffff"


def complete(titles: TitleIndex, typed: str, limit: int = 8) -> list[TitleMatch]:
    """Items that the beginning of a name may mean, best first.

    Exact names come first; then titles that hold the words, of which the last may be a
    beginning; then names that are misspelt so. Nothing typed gives nothing.
    """
    text = typed[:_LONGEST]
    if not fold(text) or limit < 1:
        return []
    named = titles.find(text, limit=limit)
    exact = [match for match in named if match.exact]
    found: dict[str, TitleMatch] = {}
    for match in (*exact, *_begun(titles, text, limit), *named):
        found.setdefault(match.id, match)
    return list(found.values())[:limit]


def _begun(titles: TitleIndex, text: str, limit: int) -> list[TitleMatch]:
    """Items whose titles hold all words, the last one as a beginning.

    First those that begin with what was typed, then by how well they are known.
    """
    start = fold(text)
    *whole, last = start.split()
    ids = _beginning(titles, last)
    for word in whole:
        ids &= titles.words.get(word, set())
    matches = titles.matching(ids, 0.0)
    return nlargest(limit, matches, key=lambda match: (_leads(match, start), match.popularity))


def _leads(match: TitleMatch, start: str) -> bool:
    title = fold(match.title)
    return title.startswith(start) or _ARTICLE.sub("", title).startswith(start)


def _beginning(titles: TitleIndex, start: str) -> set[str]:
    """The items of whose titles a word begins so."""
    ordered, words = titles.ordered_words, titles.words
    span = ordered[bisect_left(ordered, start) : bisect_left(ordered, start + _LAST)]
    return set().union(*(words.get(word, ()) for word in span))
