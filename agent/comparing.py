"""What stands next to an item by mood, by audience and by plot, and what the two have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import UnknownItem
from ..ingest.catalogue import Catalogue
from ..ingest.facets import stem
from ..ingest.item import AXES, DIMENSIONS, Dimension, Item, fold
from ..tools.query import Like, Query
from ..tools.rank import RankedItem
from ..tools.retrieve import assess, retrieve
from ..tools.wording import HIGH, listed
from .picks import pick_of
from .reply import Pick

MOST_SHARED = 3
"""So many shared words are told at most."""

_HIGH_DEGREE = 3
# A shorter word joins others without being about anything; these longer ones do too.
_SHORTEST = 4
_JOINING = frozenset({"with", "from", "into", "over", "that", "than", "after", "against"})


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
    one = _known(catalogue, item_id)
    return {dimension: _row(catalogue, one, dimension, per_row) for dimension in DIMENSIONS}


def _row(catalogue: Catalogue, one: Item, dimension: Dimension, most: int) -> list[Neighbour]:
    query = Query(likes=(Like(id=one.id, dimension=dimension),))
    return [
        Neighbour(found.item, found.scores[dimension], shared_words(one, found.item, dimension))
        for found in retrieve(catalogue, query, most)
    ]


def beside(catalogue: Catalogue, item_id: str, other_id: str) -> Pick:
    """One item as a pick, its scores saying how near it is to another one in each dimension.

    The reason says what both have, in words of all three dimensions.

    Raises:
        UnknownItem: the catalogue lacks one of the two.
    """
    one, other = _known(catalogue, item_id), _known(catalogue, other_id)
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
    return tuple(dict.fromkeys(found))[:MOST_SHARED]


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
    genres = [genre for genre in one.genres if fold(genre) in names]
    same_rating = one.age_rating is not None and one.age_rating == other.age_rating
    return genres or ([f"rated {one.age_rating}"] if same_rating else [])


def _subjects(one: Item, other: Item) -> list[str]:
    """Tags and archetypes of both; else the words that these have in common."""
    theirs = {fold(phrase) for phrase in _phrases(other)}
    phrases = [phrase for phrase in _phrases(one) if fold(phrase) in theirs]
    stems = {stem(word) for word in _words(_phrases(other))}
    return phrases or [word for word in _words(_phrases(one)) if stem(word) in stems]


def _phrases(item: Item) -> Sequence[str]:
    return (*item.tags, *item.archetypes)


def _words(phrases: Iterable[str]) -> list[str]:
    """The words of phrases that are about something, folded."""
    words = (word for phrase in phrases for word in fold(phrase).split())
    return [word for word in words if len(word) >= _SHORTEST and word not in _JOINING]


def _known(catalogue: Catalogue, item_id: str) -> Item:
    found = catalogue.get([item_id]).get(item_id)
    if found is None:
        raise UnknownItem(
            f"The catalogue has no item with the id {item_id[:60]!r}; choose another one."
        )
    return found
