"""Items as points: the number that each goes by, and what is stored with its vectors."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from .facets import FACETS, Facet, facets
from .item import AXES, Item

WORDS, RENOWN = "words", "renown"
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


def renown(item: Item, share: float = 1e-6) -> float:
    """How well known an item is; of two that are equally so, always the same one is it more.

    So which of many equals a search finds does not hang on the order in which they were stored.

    Args:
        item: whose popularity counts.
        share: what its id adds at most.
    """
    return item.popularity + share * (1 - point_id(item.id) / 2**64)


def payload(item: Item) -> dict[str, Any]:
    """What is stored with an item's vectors: its JSON, its facets, and what it lacks."""
    known = ((str(n), value) for n, value in facets(item).items() if value not in (None, ()))
    plain = {name: list(v) if isinstance(v, tuple) else v for name, v in known}
    return {
        **plain,
        "id": item.id,
        "popularity": item.popularity,
        RENOWN: renown(item),
        "lacks": [name for name in _WANTED if not getattr(item, name)],
        "item": item.model_dump_json(exclude_defaults=True),
    }


def indexed() -> dict[str, Kind]:
    """The payload fields that are filtered, counted or ordered by."""
    fields: dict[str, Kind] = {n: "integer" if n in _NUMBERS else "keyword" for n in FACETS}
    return {**fields, RENOWN: "float", "lacks": "keyword"}
