"""Scores for people: how well an item fits, per dimension, from 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..ingest.item import DIMENSIONS, Dimension
from .signals import Signal

Array = NDArray[np.float64]

# A likeness is shown against the best that the catalogue holds for the same wish: as good as
# that is .93, a third of the way there .5, the catalogue's mean .2.
_HALF = 0.35
_STEEPNESS = 4.0
# Of the most that the parts of a score reach, so much is a middling overall fit.
_MIDDLING = 0.45


def display(
    signals: Sequence[Signal], relative: Array, parts: Mapping[str, Array], totals: Array
) -> dict[str, Array]:
    """Scores per dimension and ``overall``, each of shape (items,), 0 to 1.

    A logistic curve of the likeness, so that more likeness always shows as more; 0.5 in a
    dimension of which the query says nothing.

    Args:
        signals: the query's signals.
        relative: likeness in shares of the catalogue's best, shape (items, signals).
        parts: the summands of the score.
        totals: their sum.
    """
    columns = {name: _dimension(name, signals, relative) for name in DIMENSIONS}
    shown: dict[str, Array] = {
        name: np.full(len(totals), 0.5) if column is None else _logistic(column)
        for name, column in columns.items()
    }
    most = sum(float(np.abs(column).max()) for column in parts.values()) or 1.0
    shown["overall"] = _logistic(_HALF + totals / most - _MIDDLING)
    return shown


def _dimension(name: Dimension, signals: Sequence[Signal], relative: Array) -> Array | None:
    """How the items stand in one dimension; of several favourites the nearest counts.

    ``None`` where the query says nothing of the dimension.
    """
    groups: dict[str, list[int]] = {}
    for place, signal in enumerate(signals):
        if signal.weight > 0 and signal.dimension in (name, None):
            groups.setdefault(signal.like or "", []).append(place)
    if not groups:
        return None
    means = []
    for places in groups.values():
        share = np.array([signals[place].weight for place in places])
        means.append(relative[:, places] @ (share / share.sum()))
    return np.asarray(np.max(means, axis=0))


def _logistic(likeness: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-_STEEPNESS * (likeness - _HALF))))
