"""Deriving descriptors of many texts at once, for filling a catalogue."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..ingest.centring import centred, means_of
from ..ingest.embedding import Embedder, TextSpace, embed_items, unit_rows
from ..ingest.genre_model import GenreModel
from ..ingest.item import Item
from .derive import MOST_CHARACTERS, NEIGHBOURS, Deriving, shares, teaches
from .descriptors import Descriptors
from .essence import ESSENCE_CHARACTERS, parts

Matrix = NDArray[np.float32]

_SPACES: tuple[TextSpace, ...] = ("mood", "plot", "overall")


class BulkDeriver(Deriving):
    """Derives what `moodreel.tools.derive.Deriver` does, from given items, by a few products.

    It looks at its teachers only, so that the same text always gives the same descriptors,
    whatever the catalogue has taken in meanwhile.
    """

    def __init__(
        self, embedder: Embedder, teachers: Sequence[Item], genres: GenreModel | None = None
    ) -> None:
        super().__init__(embedder, teachers, genres)
        self._teachers = [item for item in teachers if teaches(item)]
        self._rows = self._labels.matrix(self._teachers)
        vectors = embed_items(self._teachers, embedder)
        self._means = means_of(vectors)
        self._matrices = {
            space: centred(vectors[space], self._mean(space)).T.copy() for space in _SPACES
        }

    def derive_each(self, texts: Sequence[str]) -> list[Descriptors]:
        """Descriptors of every text, in their order; each text needs a word in it."""
        if not texts:
            return []
        pieces = [parts(text[:MOST_CHARACTERS]) for text in texts]
        ends = np.cumsum([len(each) for each in pieces])
        rows = self._embedder.embed([piece for each in pieces for piece in each])
        parted = np.split(rows, ends[:-1])
        likeness = np.mean([self._likeness(parted, space) for space in _SPACES], axis=0)
        wholes = [unit_rows(each.mean(axis=0, keepdims=True))[0] for each in parted]
        told = zip(texts, pieces, wholes, likeness, strict=True)
        return [self._one(*each) for each in told]

    def _likeness(self, parted: Sequence[Matrix], space: TextSpace) -> Matrix:
        """The cosine of each text to each teacher in a space, shape (texts, teachers)."""
        lengths = [len(each) for each in parted]
        rows = centred(np.concatenate(parted), self._mean(space))
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(int)
        pooled = np.add.reduceat(rows, starts, axis=0)
        return np.asarray(unit_rows(pooled) @ self._matrices[space])

    def _mean(self, space: TextSpace) -> Matrix | None:
        values = self._means.get(space)
        return None if values is None else np.asarray(values, dtype=np.float32)

    def _one(self, text: str, pieces: list[str], whole: Matrix, likeness: Matrix) -> Descriptors:
        count = min(NEIGHBOURS, len(likeness))
        near = np.argpartition(-likeness, count - 1)[:count]
        near = near[np.lexsort((near, -likeness[near]))]
        items = [self._teachers[place] for place in near.tolist()]
        say = shares(likeness[near].astype(np.float64))
        labels = self._rows[near]
        return self._descriptors(text, pieces, whole, near=items, say=say, labels=labels)

    def _essence(self, text: str) -> str:
        """A short text whole: an overview gives no ending away."""
        flat = " ".join(text.split())
        return flat if len(flat) <= ESSENCE_CHARACTERS else super()._essence(text)
