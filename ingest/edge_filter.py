"""Conditions as filters of Qdrant's in-process engine."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import qdrant_edge as qdrant

from .edge_points import point_id
from .limits import Condition


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
