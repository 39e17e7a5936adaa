"""Items as points of Qdrant's in-process engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import qdrant_edge as qdrant
from numpy.typing import NDArray

from .edge_facts import facts
from .embedding import TextSpace
from .item import Item
from .points import WORDS, point_id
from .traits import traits_table
from .words import document_words


def points(
    items: Sequence[Item], vectors: Mapping[TextSpace, NDArray[np.float32]]
) -> list[qdrant.Point]:
    """Items with their vectors, per text space of shape (len(items), dimension)."""
    dense = {str(space): rows for space, rows in vectors.items()}
    dense["traits"] = traits_table(items)
    columns = [found.tolist() for found in dense.values()]
    return [
        qdrant.Point(
            point_id(item.id),
            {**dict(zip(dense, rows, strict=True)), WORDS: document_words(item)},
            facts(item),
        )
        for item, *rows in zip(items, *columns, strict=True)
    ]
