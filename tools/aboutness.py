"""How much an item is about what was wished for in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ..ingest.facets import stem
from ..ingest.item import Item, fold

# Words of a wish that name no subject.
_VAGUE_WORDS = """
    a an the of in on at to for by with from and or about into between story stories tale film
    films movie movies set kind type sort one ones something thing things new old good great where
    who that which is are was his her their its my our some any really proper properly plot
"""
VAGUE = frozenset(stem(word) for word in _VAGUE_WORDS.split())
# What it is worth where a subject is named. Tags stand most telling first, so that each place
# further down says a little less.
_EXACT, _WITHIN, _STORY, _TITLE, _PLOT, _MOOD = 1.0, 0.9, 0.85, 0.7, 0.5, 0.3
_PLACE = 0.04


def asked_stems(text: str) -> frozenset[str]:
    """The stems of a wish that name a subject."""
    return stems(text) - VAGUE


@lru_cache(maxsize=100_000)
def stems(text: str) -> frozenset[str]:
    """The stems of a text's words, folded."""
    return frozenset(stem(word) for word in fold(text).split())


def aboutness(item: Item, asked: frozenset[str]) -> float:
    """How much an item is about all that is asked, 0 to 1.

    1 where it is the first tag word for word; less in a longer tag, further down, or only
    mentioned in the plot; words found in different places count for their share each.

    Args:
        item: what may be about it.
        asked: stems, see `asked_stems`.
    """
    if not asked:
        return 0.0
    named = _named(item)
    whole = max((worth * _as_phrase(words, asked) for words, worth in named), default=0.0)
    apart = sum(_one_word(named, word) for word in asked) / len(asked)
    return max(whole, apart if len(asked) == 1 else 0.8 * apart)


def _as_phrase(words: frozenset[str], asked: frozenset[str]) -> float:
    """How well one phrase says all that is asked."""
    if words == asked:
        return _EXACT
    return _WITHIN if asked <= words else 0.0


def _one_word(named: Sequence[tuple[frozenset[str], float]], word: str) -> float:
    return max((worth * _as_phrase(w, frozenset({word})) for w, worth in named), default=0.0)


def _named(item: Item) -> Sequence[tuple[frozenset[str], float]]:
    """Every phrase that says what the item is about, as stems, and its worth."""
    return _phrases(
        item.tags, (*item.archetypes, *item.genres), item.title, item.plot_essence, item.mood
    )


@lru_cache(maxsize=20_000)
def _phrases(
    tags: tuple[str, ...], stories: tuple[str, ...], title: str, plot: str, mood: str
) -> Sequence[tuple[frozenset[str], float]]:
    return (
        *((stems(tag) - VAGUE, 1 - _PLACE * place) for place, tag in enumerate(tags)),
        *((stems(each) - VAGUE, _STORY) for each in stories),
        (stems(title), _TITLE),
        (stems(plot), _PLOT),
        (stems(mood), _MOOD),
    )
