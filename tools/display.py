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
    signals: Sequence[Signal],
    standard: Array,
    best: Array,
    parts: Mapping[str, Array],
    totals: Array,
) -> dict[str, Array]:
    """Scores per dimension and ``overall``, each of shape (items,), 0 to 1.

    A logistic curve of the likeness, so that more likeness always shows as more; 0.5 in a
    dimension of which the query says nothing.

    Args:
        signals: the query's signals.
        standard: likeness in standard deviations, shape (items, signals).
        best: what the catalogue's best matches reach, per signal.
        parts: the summands of the score.
        totals: their sum.
    """
    columns = {name: _dimension(name, signals, standard, best) for name in DIMENSIONS}
    shown: dict[str, Array] = {
        name: np.full(len(totals), 0.5) if column is None else _logistic(column)
        for name, column in columns.items()
    }
    shown["overall"] = _overall(parts, totals)
    return shown


def _overall(parts: Mapping[str, Array], totals: Array) -> Array:
    """Of the most that the parts reach, how much; where only fame tells, around a good fit."""
    told = {name: column for name, column in parts.items() if column.any()}
    if set(told) <= {"popularity", "unsure"}:
        return np.asarray(0.6 + 0.1 * totals)
    most = sum(float(np.abs(column).max()) for column in told.values()) or 1.0
    return _logistic(_HALF + totals / most - _MIDDLING)


def _dimension(
    name: Dimension, signals: Sequence[Signal], standard: Array, best: Array
) -> Array | None:
    """How the items stand in one dimension; of several favourites the nearest counts.

    Weighed as the score weighs, so that both order alike. ``None`` where the query says
    nothing of the dimension.
    """
    groups: dict[str, list[int]] = {}
    for place, signal in enumerate(signals):
        if signal.weight > 0 and signal.dimension in (name, None):
            groups.setdefault(signal.like or "", []).append(place)
    if not groups:
        return _spared(name, signals, standard, best)
    means = []
    for places in groups.values():
        share = np.array([signals[place].weight for place in places])
        means.append((standard[:, places] @ share) / float(best[places] @ share))
    return np.asarray(np.max(means, axis=0))


def _spared(
    name: Dimension, signals: Sequence[Signal], standard: Array, best: Array
) -> Array | None:
    """How well items keep clear of what is unwanted, where nothing else was said."""
    places = [n for n, signal in enumerate(signals) if signal.dimension == name]
    if not places:
        return None
    share = np.array([-signals[place].weight for place in places])
    likeness = (standard[:, places] @ share) / float(best[places] @ share)
    return np.asarray(2 * _HALF - np.maximum(likeness, 0.0))


def _logistic(likeness: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-_STEEPNESS * (likeness - _HALF))))
