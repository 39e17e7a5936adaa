"""A linear space over mood tags, axes and genres, so that wishes can be searched like vectors.

An item's vector holds how well each mood tag fits it (1 where it carries the tag, less where
its other tags and axes suggest it, see `moodreel.ingest.moods`), each axis ``x`` standardised
and squared, and its genres. A wish's vector (an *aim*) is laid out so that the dot product of
both is a utility: wanted moods add, avoided ones subtract, and an axis wish costs the squared
distance to its target, because ``-(x - t)² = 2tx - x² - t²`` is linear in ``(x, x², 1)``. The last
number is how well known the item is: hundreds of films may grant a wish alike, and a search that
finds some of them should find the same ones each time, the better known first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .item import AXES, MOOD_TAGS, AxisName, Item, MoodTag, fold
from .moods import axis_table, mood_degrees, standard
from .points import renown

Vector = NDArray[np.float32]

GENRES: tuple[str, ...] = (
    "action", "adventure", "animation", "biography", "comedy", "crime", "documentary", "drama",
    "family", "fantasy", "history", "horror", "music", "musical", "mystery", "noir", "romance",
    "science fiction", "short", "sport", "thriller", "tv movie", "war", "western",
)  # fmt: skip
_SAME_GENRE = {"sci fi": "science fiction", "film noir": "noir", "children": "family"}

_TAG = {tag: place for place, tag in enumerate(MOOD_TAGS)}
_AXIS = {axis: len(MOOD_TAGS) + place for place, axis in enumerate(AXES)}
_SQUARE = {axis: place + len(AXES) for axis, place in _AXIS.items()}
_KNOWN = len(MOOD_TAGS) + 2 * len(AXES)
_GENRE = {genre: _KNOWN + 1 + place for place, genre in enumerate(GENRES)}
_RENOWN = _KNOWN + 1 + len(GENRES)
DIMENSION = _RENOWN + 1
# Less than any difference in what was wished for; of it, the id's share is what still tells apart
# in 32 bits.
EQUALS = 0.01
_OF_ID = 0.02


@lru_cache(maxsize=4_096)
def _genre(name: str) -> int | None:
    folded = fold(name)
    return _GENRE.get(_SAME_GENRE.get(folded, folded))


def traits_table(items: Sequence[Item]) -> Vector:
    """The vectors of items, float32 of shape (items, `DIMENSION`); what is not known is 0."""
    table = np.zeros((len(items), DIMENSION), dtype=np.float32)
    axes = axis_table(items)
    table[:, : len(MOOD_TAGS)] = mood_degrees(items)
    table[:, len(MOOD_TAGS) : _KNOWN] = np.hstack([axes, axes**2])
    table[:, _KNOWN] = [item.axes is not None for item in items]
    table[:, _RENOWN] = [renown(item, _OF_ID) for item in items]
    for row, item in zip(table, items, strict=True):
        row[[place for name in item.genres if (place := _genre(name)) is not None]] = 1
    return table


def traits_of(item: Item) -> Vector:
    """The vector of one item, shape (`DIMENSION`,); see `traits_table`."""
    return np.asarray(traits_table([item])[0])


def aim(
    moods: Mapping[MoodTag, float] | None = None,
    axes: Mapping[AxisName, tuple[float, float]] | None = None,
    genres: Mapping[str, float] | Iterable[str] = (),
) -> Vector:
    """The vector of a wish, float32 of shape (`DIMENSION`,).

    Args:
        moods: weight per tag, negative to avoid it.
        axes: (target, weight) per axis, target in degrees 0 to 4, weight at least 0.
        genres: weight per genre, or names that weigh 1 each; unknown names count for nothing.

    Returns:
        A vector whose dot product with `traits_of` is 1 for an item that grants every wish,
        about 0 for one that grants none, and below 0 for one that goes against them; a well-known
        item has up to `EQUALS` more. Each axis adds ``1 - d² / 4``, d being the distance in
        standard deviations of 1.2 degrees. Of wishes to avoid only, -1 is an item that has all of
        it and 0.3 the opposite.
    """
    moods, axes = moods or {}, axes or {}
    wanted = dict(genres) if isinstance(genres, Mapping) else dict.fromkeys(genres, 1.0)
    vector = np.zeros(DIMENSION, dtype=np.float64)
    for tag, weight in moods.items():
        vector[_TAG[tag]] += weight
    for axis, (target, weight) in axes.items():
        _aim_at(vector, axis, target, weight)
    for name, weight in wanted.items():
        place = _genre(name)
        if place is not None:
            vector[place] += weight
    weights = [*moods.values(), *(w for _, w in axes.values()), *wanted.values()]
    wished = sum(w for w in weights if w > 0)
    scale = wished or sum(map(abs, weights)) or 1.0
    vector[_RENOWN] = EQUALS * wished if vector.any() else 0
    return (vector / scale).astype(np.float32)


def _aim_at(vector: NDArray[np.float64], axis: AxisName, target: float, weight: float) -> None:
    """Add ``weight * (1 - d² / 4)`` as a linear form of (x, x², 1)."""
    goal = standard(target)
    vector[_AXIS[axis]] += weight * goal / 2
    vector[_SQUARE[axis]] -= weight / 4
    vector[_KNOWN] += weight * (1 - goal**2 / 4)
