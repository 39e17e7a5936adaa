"""What similarities usually look like in a catalogue, so that unlike spaces can be added up.

A cosine of .3 is close in one space and far in another. Against the spread of the same probe
over a sample of the catalogue it becomes a number of standard deviations, which weighs the
same everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ..ingest.catalogue import Catalogue, Probe, Space

Array = NDArray[np.float64]

# The most popular items stand for all: enough for a mean and a spread within 3 %.
SAMPLE = 1024
# Where a standardised similarity bends: nearest neighbours lie 3 to 6 deviations out, and one
# part that is extreme must not drown the others.
BEND = 3.0


# The share of items below what counts as the best match there is: the very best may be the
# item that the probe was taken from.
BEST = 0.998


@dataclass(frozen=True)
class Spread:
    """Mean and standard deviation of a probe's similarities, and what its best matches reach.

    ``best`` is in bent standard deviations, at least 1. The defaults leave similarities as
    they are, for probes that tell nothing apart.
    """

    mean: float = 0.0
    deviation: float = 1.0
    best: float = BEND


class Background:
    """The sample of one catalogue, its vectors fetched once per space."""

    def __init__(self, catalogue: Catalogue, size: int) -> None:
        self.size = size
        self._catalogue = catalogue
        self._ids = [hit.id for hit in catalogue.search([], limit=SAMPLE)]
        self._vectors: dict[Space, NDArray[np.float32]] = {}
        self._lock = Lock()

    def _sample(self, space: Space) -> NDArray[np.float32]:
        with self._lock:
            if space not in self._vectors:
                found = self._catalogue.vectors(self._ids, space)
                rows = [found[name] for name in self._ids if name in found]
                self._vectors[space] = np.asarray(rows, dtype=np.float32)
        return self._vectors[space]

    def measure(self, probe: Probe) -> Spread:
        """How a probe's similarities are spread over the sample."""
        sample = self._sample(probe.space)
        similarities = np.asarray(sample @ probe.vector if len(sample) else [], dtype=np.float64)
        if len(similarities) < 2 or similarities.std() < 1e-6:
            return Spread()
        mean, deviation = float(similarities.mean()), float(similarities.std())
        best = (float(np.quantile(similarities, BEST)) - mean) / deviation
        return Spread(mean, deviation, max(1.0, float(bend(np.array(best)))))


def standardise(spreads: Sequence[Spread], similarities: Array) -> Array:
    """Similarities as standard deviations from the catalogue's mean, bent at `BEND`.

    Args:
        spreads: one per column of ``similarities``.
        similarities: shape (items, probes).

    Returns:
        Same shape, between ``-BEND`` and ``BEND``, rising with the similarity.
    """
    means = np.array([spread.mean for spread in spreads])
    deviations = np.array([spread.deviation for spread in spreads])
    return bend((similarities - means) / deviations)


def bend(deviations: Array) -> Array:
    """Standard deviations limited smoothly to ``±BEND``; about the same up to 1."""
    return np.asarray(BEND * np.tanh(deviations / BEND), dtype=np.float64)


_BACKGROUNDS: WeakKeyDictionary[Catalogue, Background] = WeakKeyDictionary()
_LOCK = Lock()


def background(catalogue: Catalogue) -> Background:
    """The background of a catalogue, measured anew when its number of items changed."""
    size = catalogue.count()
    with _LOCK:
        known = _BACKGROUNDS.get(catalogue)
        if known is None or known.size != size:
            known = Background(catalogue, size)
            _BACKGROUNDS[catalogue] = known
    return known
