"""What stands next to an item by mood, by audience and by plot, and what the two have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..errors import UnknownItem
from ..ingest.catalogue import Catalogue
from ..ingest.embedding import item_texts
from ..ingest.facets import stem
from ..ingest.item import AXES, DIMENSIONS, Dimension, Item, fold
from ..tools.names import cased
from ..tools.query import Like, Query
from ..tools.rank import RankedItem
from ..tools.retrieve import assess, retrieve
from ..tools.wording import HIGH, listed
from .picks import pick_of
from .reply import Pick

MOST_SHARED = 3
"""So many shared words are told at most."""

_HIGH_DEGREE = 3
# Shorter words say nothing by themselves; these join others.
_SHORTEST = 4
_JOINING = frozenset({
    "the", "of", "and", "a", "an", "in", "to", "on", "for", "by", "with", "at", "from", "into",
    "over", "that", "than", "after", "against", "his", "her", "their", "its",
})  # fmt: skip


@dataclass(frozen=True)
class Neighbour:
    """An item near another one in one dimension.

    ``similarity`` runs from 0 to 1: the catalogue's mean is about 0.2, its best matches 0.93.
    ``shared`` has at most `MOST_SHARED` words that say what both have; none where the
    likeness is in the texts alone.
    """

    item: Item
    similarity: float
    shared: tuple[str, ...] = ()


def nearest(
    catalogue: Catalogue, item_id: str, per_row: int = 8
) -> dict[Dimension, list[Neighbour]]:
    """The items nearest to one in each dimension, nearest first; never the item itself.

    Nothing is left out for anybody's sake: nearness is a fact about items.

    Args:
        catalogue: where to look.
        item_id: the item in the middle.
        per_row: how many per dimension at most.

    Raises:
        UnknownItem: the catalogue has no such item.
    """
    one = item_of(catalogue, item_id)
    return {dimension: _row(catalogue, one, dimension, per_row) for dimension in DIMENSIONS}


def _row(catalogue: Catalogue, one: Item, dimension: Dimension, most: int) -> list[Neighbour]:
    if not _described(one, dimension):
        return []
    query = Query(likes=(Like(id=one.id, dimension=dimension),))
    return [
        Neighbour(found.item, found.scores[dimension], shared_words(one, found.item, dimension))
        for found in retrieve(catalogue, query, most)
        if _described(found.item, dimension)
    ]


def _described(item: Item, dimension: Dimension) -> bool:
    """Whether enough is known of an item to say what is near it in a dimension."""
    return bool(item_texts(item)[dimension]) or (dimension == "mood" and item.axes is not None)


def beside(catalogue: Catalogue, item_id: str, other_id: str) -> Pick:
    """One item as a pick, its scores saying how near it is to another one in each dimension.

    The reason says what both have, in words of all three dimensions.

    Raises:
        UnknownItem: the catalogue lacks one of the two.
    """
    one, other = item_of(catalogue, item_id), item_of(catalogue, other_id)
    query = Query(likes=tuple(Like(id=one.id, dimension=name) for name in DIMENSIONS))
    scores = dict(assess(catalogue, query, [other])[0].scores)
    return pick_of(other, RankedItem(id=other.id, reason=_in_common(one, other), scores=scores))


def _in_common(one: Item, other: Item) -> str:
    """What both have, as a sentence; empty where no word says it."""
    words = [word for name in DIMENSIONS for word in shared_words(one, other, name)]
    told = listed(list(dict.fromkeys(words)))
    return f"In common with {one.title}: {told}." if told else ""


def shared_words(one: Item, other: Item, dimension: Dimension) -> tuple[str, ...]:
    """Words that say what two items have in common in one dimension, the most telling first."""
    found = {"mood": _moods, "audience": _genres, "plot": _subjects}[dimension](one, other)
    return tuple(cased(word) for word in dict.fromkeys(found))[:MOST_SHARED]


def _moods(one: Item, other: Item) -> list[str]:
    """Mood tags of both; else the qualities that both have a lot of."""
    tags: list[str] = [tag for tag in one.mood_tags if tag in other.mood_tags]
    if tags or one.axes is None or other.axes is None:
        return tags
    degrees = {axis: min(one.axes.of(axis), other.axes.of(axis)) for axis in AXES}
    return [HIGH[axis] for axis in AXES if degrees[axis] >= _HIGH_DEGREE]


def _genres(one: Item, other: Item) -> list[str]:
    """Genres of both; else the age rating of both."""
    names = {fold(genre) for genre in other.genres}
    genres = [genre.lower() for genre in one.genres if fold(genre) in names]
    same_rating = one.age_rating is not None and one.age_rating == other.age_rating
    return genres or ([f"rated {one.age_rating}"] if same_rating else [])


def _subjects(one: Item, other: Item) -> list[str]:
    """Tags and archetypes of both; else the words that one of each has in common."""
    mine, theirs = _phrases(one), _phrases(other)
    written = {" ".join(_stems(phrase)) for phrase in theirs}
    same = [phrase for phrase in mine if " ".join(_stems(phrase)) in written]
    # What a phrase is about stands at its end: "heist" in "bank heist", not "great" in "great war".
    nouns = {_stems(phrase)[-1] for phrase in (*mine, *theirs)}
    parts = (_part(phrase, set(_stems(another)), nouns) for phrase in mine for another in theirs)
    return _distinct(same or [part for part in parts if part])


def _phrases(item: Item) -> list[str]:
    return [phrase for phrase in (*item.tags, *item.archetypes) if fold(phrase)]


def _stems(phrase: str) -> list[str]:
    return [stem(word) for word in fold(phrase).split()]


def _part(phrase: str, theirs: Collection[str], nouns: Collection[str]) -> str:
    """The words in a row that a phrase shares with another one, up to what it is about."""
    row: list[str] = []
    for word in reversed(fold(phrase).split()):
        shared = stem(word) in theirs and word not in _JOINING
        if shared and (row or stem(word) in nouns):
            row.insert(0, word)
        elif row:
            break
    return " ".join(row) if any(len(word) >= _SHORTEST for word in row) else ""


def _distinct(phrases: Iterable[str]) -> list[str]:
    """Phrases without those that an earlier one says already."""
    told: list[str] = []
    for phrase in phrases:
        words = set(fold(phrase).split())
        if not any(words <= set(fold(earlier).split()) for earlier in told):
            told.append(phrase)
    return told


def item_of(catalogue: Catalogue, item_id: str) -> Item:
    """The item with this id.

    Raises:
        UnknownItem: the catalogue has none.
    """
    found = catalogue.get([item_id]).get(item_id)
    if found is None:
        raise UnknownItem(
            f"The catalogue has no item with the id {item_id[:60]!r}; choose another one."
        )
    return found
