"""How well genres are told: precision, recall and F1 by genre, and averaged both ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOVIELENS_GENRES = (
    "Action", "Adventure", "Animation", "Family", "Comedy", "Crime", "Documentary", "Drama",
    "Fantasy", "Film Noir", "Horror", "Musical", "Mystery", "Romance", "Science Fiction",
    "Thriller", "War", "Western",
)  # fmt: skip
"""The 18 of MovieLens in this catalogue's words: Family is its Children's."""

Labels = NDArray[np.bool_]


def table_of(genres: Iterable[Iterable[str]], names: Sequence[str]) -> Labels:
    """Which of these genres each item has, shape (items, genres)."""
    rows = [[name in set(each) for name in names] for each in map(list, genres)]
    return np.array(rows, dtype=bool).reshape(-1, len(names))


@dataclass(frozen=True)
class Scores:
    """Precision, recall and F1 by genre, each 0 to 1, and how many items are of the genre.

    A genre that nobody has, and that is never told, counts as 0.
    """

    names: tuple[str, ...]
    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]
    items: NDArray[np.int64]
    micro: float

    @property
    def macro(self) -> float:
        """The mean F1 of the genres."""
        return float(self.f1.mean())


def scores_of(
    told: Iterable[Iterable[str]], true: Iterable[Iterable[str]], names: Sequence[str]
) -> Scores:
    """Compare what was told with what is true; genres besides ``names`` don't count."""
    found, wanted = table_of(told, names), table_of(true, names)
    hits, given, have = (found & wanted).sum(0), found.sum(0), wanted.sum(0)
    both = given + have
    return Scores(
        tuple(names),
        hits / np.maximum(given, 1),
        hits / np.maximum(have, 1),
        2 * hits / np.maximum(both, 1),
        have,
        float(2 * hits.sum() / max(1, both.sum())),
    )


def by_lot(true: Iterable[Iterable[str]], names: Sequence[str]) -> Scores:
    """What telling each genre by lot comes to, as often as it is true: the expectation."""
    wanted = table_of(true, names)
    have = wanted.sum(0)
    share = have / max(1, len(wanted))
    micro = float((have * share).sum() / max(1, have.sum()))
    return Scores(tuple(names), share, share, share, have, micro)
