"""What words say about moods, axes and genres, learned from the descriptions of a catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..ingest.item import AXES, MOOD_TAGS, Item
from ..ingest.words import stems

Array = NDArray[np.float64]

# Words in fewer items say little; this many imagined average items are added to each word.
_FEWEST_ITEMS = 4
_SHRINKAGE = 10.0


@dataclass(frozen=True)
class Labels:
    """The columns of a row of labels: mood tags (0 or 1), axes (0 to 4), genres (0 or 1)."""

    genres: tuple[str, ...]

    @classmethod
    def of(cls, items: Sequence[Item]) -> Labels:
        """The genres that some item has."""
        return cls(tuple(sorted({genre for item in items for genre in item.genres})))

    @property
    def moods(self) -> slice:
        return slice(0, len(MOOD_TAGS))

    @property
    def axes(self) -> slice:
        return slice(len(MOOD_TAGS), len(MOOD_TAGS) + len(AXES))

    @property
    def kinds(self) -> slice:
        """The columns of the genres."""
        return slice(self.axes.stop, self.axes.stop + len(self.genres))

    def row(self, item: Item) -> list[float]:
        """The labels of an item that has axes."""
        degrees = [item.axes.of(axis) if item.axes else 0 for axis in AXES]
        tags = [float(tag in item.mood_tags) for tag in MOOD_TAGS]
        return [*tags, *degrees, *(float(genre in item.genres) for genre in self.genres)]

    def matrix(self, items: Sequence[Item]) -> Array:
        """Rows of items, shape (len(items), number of columns)."""
        return np.array([self.row(item) for item in items], dtype=np.float64)


class Vocabulary:
    """How far the labels of items with a word lie from the labels of all items, per word."""

    def __init__(self, items: Sequence[Item], labels: Labels) -> None:
        rows = labels.matrix(items)
        self.mean: Array = rows.mean(axis=0)
        words = [stems(_prose(item)) for item in items]
        counts: dict[int, int] = {}
        for found in words:
            for word in found:
                counts[word] = counts.get(word, 0) + 1
        kept = sorted(word for word, count in counts.items() if count >= _FEWEST_ITEMS)
        self._place = {word: place for place, word in enumerate(kept)}
        total = np.zeros((len(kept), rows.shape[1]))
        for found, row in zip(words, rows - self.mean, strict=True):
            total[self._places(found)] += row
        shrunken = np.array([counts[word] for word in kept]) + _SHRINKAGE
        self._pull: Array = total / shrunken[:, None]

    def _places(self, words: frozenset[int]) -> list[int]:
        return sorted(self._place[word] for word in words if word in self._place)

    def pull(self, words: frozenset[int]) -> Array:
        """The mean pull of a text's stems on each label, shape (number of columns,)."""
        places = self._places(words)
        return self._pull[places].mean(axis=0) if places else np.zeros_like(self.mean)


def _prose(item: Item) -> str:
    return " ".join((item.mood, item.plot_essence, item.target_audience, *item.tags))
