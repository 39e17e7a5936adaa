"""Conditions: the tests of an item's facts that every store must be able to filter on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from .facets import Facet, facet_of
from .item import Item, fold

Operation = Literal["any", "none", "at_least", "at_most"]


class Condition(BaseModel):
    """One test of one facet: what every store must be able to filter on.

    ``any``: at least one of ``values`` is among the facet's values; ``none``: not one of them
    is (an empty facet passes); ``at_least`` / ``at_most``: the number is known and within the
    bound, which is included.
    """

    model_config = ConfigDict(frozen=True)

    facet: Facet
    operation: Operation
    values: tuple[str | int, ...] = Field(min_length=1)

    def holds(self, item: Item) -> bool:
        """Whether an item passes."""
        found = facet_of(item, self.facet)
        present = found if isinstance(found, tuple) else () if found is None else (found,)
        if self.operation == "any":
            return any(value in present for value in self.values)
        if self.operation == "none":
            return not any(value in present for value in self.values)
        if not present:
            return False
        number, bound = int(present[0]), int(self.values[0])
        return number >= bound if self.operation == "at_least" else number <= bound


def between(facet: Facet, low: int | None, high: int | None) -> tuple[Condition, ...]:
    """A number within bounds, ends included; ``None`` leaves an end open."""
    tests = []
    if low is not None:
        tests.append(Condition(facet=facet, operation="at_least", values=(low,)))
    if high is not None:
        tests.append(Condition(facet=facet, operation="at_most", values=(high,)))
    return tuple(tests)


def each(facet: Facet, operation: Operation, names: Iterable[str]) -> tuple[Condition, ...]:
    """A test of its own for every name."""
    return tuple(Condition(facet=facet, operation=operation, values=(fold(n),)) for n in names)


def one_of(facet: Facet, names: Sequence[str]) -> tuple[Condition, ...]:
    """One test that any of the names passes; none where there are no names."""
    values = tuple(fold(name) for name in names)
    return (Condition(facet=facet, operation="any", values=values),) if values else ()
