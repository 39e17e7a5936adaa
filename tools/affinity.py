"""What two items have in common beyond their vectors: makers, subjects, age, and their fans."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

from ..ingest.facets import stem
from ..ingest.item import Item, fold
from . import weights

# A kindred list is best first; its last entries still say much.
_FADE = 0.05
# Words that join a tag's words without being about anything.
_JOINING = {"the", "of", "and", "a", "an", "in", "to", "on", "for", "by", "with", "at", "from"}
_FAR_APART = 4.0


def kinship(liked: Item, item: Item) -> float:
    """How strongly people who love one love the other, 0 to 1, by the items' kindred lists.

    Being on the favourite's list counts most, having it on one's own list nearly as much;
    lists that overlap are a weaker sign.
    """
    named = _listed(liked, item.id)
    naming = 0.8 * _listed(item, liked.id)
    shared = len(set(liked.kindred) & set(item.kindred))
    return min(1.0, 0.75 * max(named, naming) + 0.25 * min(named, naming) + 0.08 * shared)


def _listed(owner: Item, other: str) -> float:
    if other not in owner.kindred:
        return 0.0
    return 1.0 - _FADE * owner.kindred.index(other)


def affinity(liked: Item, item: Item) -> float:
    """What facts add to the likeness of two items, in its standard deviations."""
    director = bool(set(liked.directors) & set(item.directors))
    people = director or bool(
        {*liked.directors, *liked.cast}.intersection((*item.directors, *item.cast))
    )
    return (
        weights.SAME_GENRES * _cosine(frozenset(liked.genres), frozenset(item.genres))
        + weights.SAME_SUBJECTS * same_subjects(liked, item)
        + weights.SAME_PEOPLE * people
        + weights.SAME_DIRECTOR * director
        - weights.DECADE_APART * _decades(liked, item)
    )


def same_subjects(one: Item, other: Item) -> float:
    """The cosine of two items' subject words, 0 to 1."""
    return _cosine(_subject_stems(one), _subject_stems(other))


def _cosine(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / sqrt(len(one) * len(other)) if one and other else 0.0


def _subject_stems(item: Item) -> frozenset[str]:
    return _stems((*item.tags, *item.archetypes))


@lru_cache(maxsize=20_000)
def _stems(phrases: tuple[str, ...]) -> frozenset[str]:
    words = (word for phrase in phrases for word in fold(phrase).split())
    return frozenset(stem(word) for word in words if word not in _JOINING)


def _decades(one: Item, other: Item) -> float:
    """Decades between two items, at most four; two where a year isn't known."""
    if one.year is None or other.year is None:
        return _FAR_APART / 2
    return min(abs(one.year - other.year) / 10, _FAR_APART)
