"""EASE: who loves one item loves which others, in closed form.

Steck, *Embarrassingly Shallow Autoencoders for Sparse Data* (2019): with the matrix of likes X,
``P = (XᵀX + λI)⁻¹`` gives the item-item weights ``B = -P / diag(P)`` with a diagonal of zeros;
what somebody likes times B says what else speaks to them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

RIDGE = 300.0
NEIGHBOURS = 100
_COPIES = 4
"""Matrices of items by items that the fit holds at once: XᵀX, its inverse, what LAPACK needs."""


@dataclass(frozen=True)
class Likes:
    """Who likes what: pairs of a person's and an item's place, no pair twice.

    ``people`` and ``items`` have shape (likes,), ``people`` in rising order; ``count`` is how many
    items there are.
    """

    people: Ints
    items: Ints
    count: int


@dataclass(frozen=True)
class Neighbours:
    """The items that weigh most for each item, strongest first.

    ``places`` and ``weights`` have shape (items, k); where an item has fewer, the rest weigh 0.
    ``together`` is true where those who love one notably often love the other, see `akin`.
    """

    places: Ints
    weights: NDArray[np.float16]
    together: NDArray[np.bool_]


def bytes_needed(items: int) -> int:
    """What the fit will hold in memory for so many items."""
    return _COPIES * items * items * np.dtype(np.float32).itemsize


def most_items(memory: int) -> int:
    """How many items fit in so many bytes."""
    return int((memory / bytes_needed(1)) ** 0.5)


def gram(likes: Likes) -> Floats:
    """How many people like both of two items, shape (items, items), float32."""
    counts = np.zeros((likes.count, likes.count), dtype=np.float32)
    ends = np.flatnonzero(np.diff(likes.people)) + 1
    for liked in np.split(likes.items, ends):
        counts[np.ix_(liked, liked)] += 1
    return counts


def ease(counts: Floats, ridge: float = RIDGE) -> Floats:
    """The weights B from row to column, shape (items, items).

    Args:
        counts: as `gram` gives them; left as they are.
        ridge: λ, what is added to the diagonal; larger shrinks what few people say.
    """
    inverse = np.linalg.inv(counts + ridge * np.eye(len(counts), dtype=np.float32))
    inverse /= -np.diag(inverse).copy()
    np.fill_diagonal(inverse, 0)
    return np.asarray(inverse, dtype=np.float32)


def akin(counts: Floats, people: int) -> NDArray[np.bool_]:
    """Where it may be said that people who love the row's item often love the column's.

    At least 5 love both, they are a quarter of those who love the first, and that is half as
    much again as among all ``people``.
    """
    times = np.diag(counts)
    share = counts / np.maximum(times, 1)[:, None]
    usual = times / max(people, 1)
    often = (counts >= 5) & (share >= 0.25) & (share >= 1.5 * usual)
    return np.asarray(often)


def strongest(weights: Floats, together: NDArray[np.bool_], most: int = NEIGHBOURS) -> Neighbours:
    """The ``most`` weights of each row that are farthest from zero, negative ones too."""
    kept = min(most, max(len(weights) - 1, 1))
    near = np.argsort(-np.abs(weights), axis=1, kind="stable")[:, :kept]
    values = np.take_along_axis(weights, near, axis=1)
    return Neighbours(
        near.astype(np.int32),
        values.astype(np.float16),
        np.take_along_axis(together, near, axis=1),
    )
