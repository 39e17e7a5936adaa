"""What similarities usually look like in a catalogue, so that unlike spaces can be added up.

A cosine of .3 is close in one space and far in another. Against the spread of the same probe
over a sample of the catalogue it becomes a number of standard deviations, which weighs the
same everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
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

    def spread(self, probe: Probe) -> tuple[float, float]:
        """Mean and standard deviation of a probe's similarities over the sample.

        (0, 1) where there is nothing to measure, so that similarities stay as they are.
        """
        sample = self._sample(probe.space)
        if len(sample) < 2:
            return 0.0, 1.0
        similarities = sample @ probe.vector
        deviation = float(similarities.std())
        return (float(similarities.mean()), deviation) if deviation > 1e-6 else (0.0, 1.0)

    def standardise(self, probes: Sequence[Probe], similarities: Array) -> Array:
        """Similarities as standard deviations from the catalogue's mean, bent at `BEND`.

        Args:
            probes: as many as ``similarities`` has columns.
            similarities: shape (items, probes).

        Returns:
            Same shape, between ``-BEND`` and ``BEND``, rising with the similarity.
        """
        if not probes:
            return similarities
        spreads = np.array([self.spread(probe) for probe in probes])
        return bend((similarities - spreads[:, 0]) / spreads[:, 1])


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
