"""Items as Qdrant points, conditions as Qdrant filters, for the in-process engine."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from typing import Any

import qdrant_edge as qdrant

from .facets import FACETS, Facet, facets
from .item import AXES, Item
from .limits import Condition

_NAMESPACE = uuid.UUID("6f6d9a6e-2f0b-5d0c-9a52-6d6f6f647265")
NUMBERS: frozenset[Facet] = frozenset({"year", "runtime_min", "suitable_from", *AXES})
# What an item may lack, for the gaps in a summary; the name is the item's field.
_WANTED = (
    "year", "runtime_min", "language", "genres", "directors", "cast", "age_rating",
    "mood", "target_audience", "plot_essence", "mood_tags", "axes",
)  # fmt: skip


def point_id(item_id: str) -> uuid.UUID:
    """The id of an item's point: the same for the same item everywhere."""
    return uuid.uuid5(_NAMESPACE, item_id)


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


def _match(condition: Condition) -> list[Any]:
    words = [value for value in condition.values if isinstance(value, str)]
    numbers = [value for value in condition.values if not isinstance(value, str)]
    return [
        qdrant.FieldCondition(condition.facet, match=qdrant.MatchAny(values))
        for values in (words, numbers)
        if values
    ]


def build_filter(
    conditions: Sequence[Condition], exclude: Collection[str] = ()
) -> qdrant.Filter | None:
    """The filter that passes exactly the items for which every condition holds."""
    must: list[Any] = []
    must_not: list[Any] = []
    for condition in conditions:
        if condition.operation == "any":
            must.append(qdrant.Filter(should=_match(condition)))
        elif condition.operation == "none":
            must_not += _match(condition)
        else:
            must.append(_bound(condition))
    if exclude:
        must_not.append(qdrant.HasIdCondition({point_id(item_id) for item_id in exclude}))
    if not must and not must_not:
        return None
    return qdrant.Filter(must=must or None, must_not=must_not or None)


def _bound(condition: Condition) -> Any:
    number = float(condition.values[0])
    low = number if condition.operation == "at_least" else None
    high = number if condition.operation == "at_most" else None
    return qdrant.FieldCondition(condition.facet, range=qdrant.RangeFloat(gte=low, lte=high))
