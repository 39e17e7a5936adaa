"""Conditions as filters, in the classes of whichever engine filters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from .limits import Condition
from .points import point_id


class Dialect(Protocol):
    """The classes that one engine writes filters with."""

    def any_of(self, field: str, values: list[Any]) -> Any:
        """A field has one of these values, which are all words or all numbers."""
        ...

    def within(self, field: str, low: float | None, high: float | None) -> Any:
        """A field is a number within these bounds, which are included."""
        ...

    def points(self, points: Collection[int]) -> Any:
        """The point is one of these."""
        ...

    def either(self, tests: list[Any]) -> Any:
        """One of these tests holds."""
        ...

    def whole(self, must: list[Any], must_not: list[Any]) -> Any:
        """All tests of the first list hold and none of the second."""
        ...


def build_filter(
    dialect: Dialect, conditions: Sequence[Condition], exclude: Collection[str] = ()
) -> Any:
    """The filter that passes exactly the items for which every condition holds, or None."""
    must: list[Any] = []
    must_not: list[Any] = []
    for condition in conditions:
        if condition.operation == "any":
            must.append(dialect.either(_matches(dialect, condition)))
        elif condition.operation == "none":
            must_not += _matches(dialect, condition)
        else:
            must.append(_bound(dialect, condition))
    if exclude:
        must_not.append(dialect.points({point_id(item_id) for item_id in exclude}))
    return dialect.whole(must, must_not) if must or must_not else None


def _matches(dialect: Dialect, condition: Condition) -> list[Any]:
    words = [value for value in condition.values if isinstance(value, str)]
    numbers = [value for value in condition.values if not isinstance(value, str)]
    return [dialect.any_of(condition.facet, values) for values in (words, numbers) if values]


def _bound(dialect: Dialect, condition: Condition) -> Any:
    number = float(condition.values[0])
    low = number if condition.operation == "at_least" else None
    high = number if condition.operation == "at_most" else None
    return dialect.within(condition.facet, low, high)
