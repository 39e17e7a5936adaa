"""Items as points: the number that each goes by, and what is stored with its vectors."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from .facets import FACETS, Facet, facets
from .item import AXES, Item

WORDS = "words"
_NUMBERS: frozenset[Facet] = frozenset({"year", "runtime_min", "suitable_from", *AXES})
# What an item may lack, for the gaps in a summary; the name is the item's field.
_WANTED = (
    "year", "runtime_min", "language", "genres", "directors", "cast", "age_rating",
    "mood", "target_audience", "plot_essence", "mood_tags", "axes",
)  # fmt: skip

Kind = Literal["integer", "keyword", "float"]


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


def indexed() -> dict[str, Kind]:
    """The payload fields that are filtered, counted or ordered by."""
    fields: dict[str, Kind] = {n: "integer" if n in _NUMBERS else "keyword" for n in FACETS}
    return {**fields, "popularity": "float", "lacks": "keyword"}
