"""Items as points of Qdrant's in-process engine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import qdrant_edge as qdrant
from numpy.typing import NDArray

from .embedding import TextSpace
from .facets import FACETS, Facet, facets
from .item import AXES, Item
from .traits import traits_of
from .words import document_words

WORDS = "words"
NUMBERS: frozenset[Facet] = frozenset({"year", "runtime_min", "suitable_from", *AXES})
# What an item may lack, for the gaps in a summary; the name is the item's field.
_WANTED = (
    "year", "runtime_min", "language", "genres", "directors", "cast", "age_rating",
    "mood", "target_audience", "plot_essence", "mood_tags", "axes",
)  # fmt: skip


def point_id(item_id: str) -> int:
    """The id of an item's point, 0 to 2**64 - 1: the same for the same item everywhere.

    A number, because UUIDs are slow to build, hash and compare, and a turn meets thousands. Two
    of a million items share one with a chance of 3 in 100 million.
    """
    return int.from_bytes(hashlib.blake2b(item_id.encode(), digest_size=8).digest())


def payload(item: Item) -> dict[str, Any]:
    """What is stored with an item's vectors: its JSON, its facets, and what it lacks."""
    known = ((str(n), value) for n, value in facets(item).items() if value not in (None, ()))
    plain = {name: list(v) if isinstance(v, tuple) else v for name, v in known}
    return {
        **plain,
        "id": item.id,
        "popularity": item.popularity,
        "lacks": [name for name in _WANTED if not getattr(item, name)],
        "item": item.model_dump_json(exclude_defaults=True),
    }


def indexes() -> dict[str, qdrant.PayloadSchemaType]:
    """The payload fields that are filtered, counted or ordered by."""
    kinds = qdrant.PayloadSchemaType
    fields = {str(name): kinds.Integer if name in NUMBERS else kinds.Keyword for name in FACETS}
    return {**fields, "popularity": kinds.Float, "lacks": kinds.Keyword}


def points(
    items: Sequence[Item], vectors: Mapping[TextSpace, NDArray[np.float32]]
) -> list[qdrant.Point]:
    """Items with their vectors, per text space of shape (len(items), dimension)."""
    rows = {space: found.tolist() for space, found in vectors.items()}
    return [
        qdrant.Point(
            point_id(item.id),
            {
                **{space: found[place] for space, found in rows.items()},
                "traits": traits_of(item).tolist(),
                WORDS: document_words(item),
            },
            payload(item),
        )
        for place, item in enumerate(items)
    ]
