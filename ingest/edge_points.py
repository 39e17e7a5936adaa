"""Items as points of Qdrant's in-process engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import qdrant_edge as qdrant
from numpy.typing import NDArray

from .embedding import TextSpace
from .item import Item
from .points import WORDS, indexed, payload, point_id
from .traits import traits_table
from .words import document_words


def indexes() -> dict[str, qdrant.PayloadSchemaType]:
    """The payload fields that are filtered, counted or ordered by."""
    kinds = qdrant.PayloadSchemaType
    of = {"integer": kinds.Integer, "keyword": kinds.Keyword, "float": kinds.Float}
    return {field: of[kind] for field, kind in indexed().items()}


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
            payload(item),
        )
        for item, *rows in zip(items, *columns, strict=True)
    ]
