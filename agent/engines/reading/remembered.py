"""What was worked out about a whole catalogue, kept until the catalogue changes in size."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from ....ingest.catalogue import Catalogue

T = TypeVar("T")

_kept: WeakKeyDictionary[object, dict[Callable[[Catalogue], object], tuple[int, object]]] = (
    WeakKeyDictionary()
)


def remembered(catalogue: Catalogue, work: Callable[[Catalogue], T]) -> T:
    """``work(catalogue)``, done again only when the number of items is another.

    Args:
        work: a function of the module level; it is the name under which its value is kept.
    """
    kept = _kept.setdefault(catalogue, {})
    size = catalogue.count()
    known = kept.get(work)
    if known is None or known[0] != size:
        known = kept[work] = (size, work(catalogue))
    return known[1]  # type: ignore[return-value]
