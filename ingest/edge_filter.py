"""How filters are written for Qdrant's in-process engine."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import qdrant_edge as qdrant

from .edge_facts import DEGREES, SUBJECTS, degree_codes, degrees_within, subject_text
from .item import AXES
from .points import point_id


class EdgeDialect:
    """`moodreel.ingest.filters.Dialect` of the in-process engine."""

    def any_of(self, field: str, values: list[Any]) -> Any:
        """A field has one of these values."""
        if field == "id":
            return self.points({point_id(str(value)) for value in values})
        if field == SUBJECTS:
            text = subject_text(values)
            return qdrant.FieldCondition(field, match=qdrant.MatchTextAny(text_any=text))
        if field in AXES:
            field, values = DEGREES, degree_codes(field, values)
        return qdrant.FieldCondition(field, match=qdrant.MatchAny(values))

    def within(self, field: str, low: float | None, high: float | None) -> Any:
        """A field is a number within these bounds."""
        if field in AXES:
            return self.any_of(field, [*degrees_within(low, high)])
        return qdrant.FieldCondition(field, range=qdrant.RangeFloat(gte=low, lte=high))

    def points(self, points: Collection[int]) -> Any:
        """The point is one of these."""
        return qdrant.HasIdCondition({*points})

    def either(self, tests: list[Any]) -> Any:
        """One of these tests holds."""
        return qdrant.Filter(should=tests)

    def whole(self, must: list[Any], must_not: list[Any]) -> Any:
        """All tests of the first list hold and none of the second."""
        return qdrant.Filter(must=must or None, must_not=must_not or None)
