"""The check that films are near an item along one dimension."""

from __future__ import annotations

import numpy as np

from ....ingest.catalogue import Vector
from ....tools.query import QueryDimension
from ..expect import Expect
from ..result import CheckResult
from .base import Seen
from .naming import films_called
from .verdict import verdict


def similar_to(expect: Expect, seen: Seen) -> CheckResult:
    """Enough of the films are this near: the cosine of the catalogue's vectors.

    A film without a vector is not near; of several films of one title the nearest counts.
    """
    wanted = expect.similar_to
    assert wanted is not None  # noqa: S101 - only asked where it is expected
    if not seen.items:
        return verdict("similar_to", "No films came.")
    near = nearness(seen, wanted.item, wanted.by)
    far = {label: value for label, value in near.items() if value < wanted.at_least}
    if len(near) - len(far) >= wanted.share * len(near):
        return verdict("similar_to")
    worst = min(far, key=lambda label: far[label])
    says = (
        f"{len(near) - len(far)} of {len(near)} films are as near to {wanted.item} by {wanted.by} "
        f"as {wanted.at_least:g}; {worst} is at {far[worst]:.2f}."
    )
    return verdict("similar_to", says)


def nearness(seen: Seen, name: str, by: QueryDimension) -> dict[str, float]:
    """The similarity of each film of the list to a named one, from -1 to 1, by label."""
    targets = films_called(name, seen)
    ids = [*targets, *(item.id for item in seen.items)]
    vectors = seen.catalogue.vectors(ids, by)
    aims = [vectors[item_id] for item_id in targets if item_id in vectors]
    return {
        item.label: max((_cosine(vectors.get(item.id), aim) for aim in aims), default=-1.0)
        for item in seen.items
    }


def _cosine(one: Vector | None, other: Vector) -> float:
    if one is None:
        return -1.0
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / length if length else 0.0
