"""What a catalogue asks of the engine that keeps its points, in a folder or on a server."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from qdrant_edge import SparseVector

from .catalogue import Space, Vector
from .embedding import TEXT_SPACES, TextSpace
from .item import Item
from .limits import Condition
from .traits import DIMENSION as TRAITS

SPACES: tuple[Space, ...] = (*TEXT_SPACES, "traits")
FACET_VALUES = 100_000
Payload = Mapping[str, Any]
Rows = Mapping[TextSpace, NDArray[np.float32]]


@dataclass(frozen=True)
class Question:
    """One ranked query: points near ``vector`` in ``space``, or the most popular ones without.

    ``passing`` is a filter of the store that is asked (`Store.passing`, `Store.among`). Where
    ``rough`` is set, scores may be a little off where that is quicker.
    """

    limit: int
    passing: Any = None
    space: str = ""
    vector: list[float] | SparseVector | None = None
    rough: bool = False


class Store(Protocol):
    """Points with vectors and payload. Safe to call from several threads of one process."""

    def passing(self, conditions: Sequence[Condition], exclude: Collection[str] = ()) -> Any:
        """The filter that passes exactly the items for which every condition holds."""
        ...

    def among(self, points: Collection[int]) -> Any:
        """The filter that passes these points only."""
        ...

    def query(self, questions: Sequence[Question]) -> list[dict[int, float]]:
        """The points that each question finds, with their scores."""
        ...

    def rough(self) -> bool:
        """Whether rough scores are quicker here, and differ from exact ones."""
        ...

    def vectors(self, points: Sequence[int], space: Space) -> dict[int, Vector]:
        """The vectors of the known ones among points."""
        ...

    def payloads(self, points: Sequence[int], fields: Sequence[str]) -> dict[int, Payload]:
        """These payload fields of the known ones among points."""
        ...

    def scroll(self, fields: Sequence[str]) -> Iterator[Payload]:
        """These payload fields of every point."""
        ...

    def count(self, passing: Any) -> int:
        """How many points pass."""
        ...

    def facet(self, field: str, passing: Any, limit: int) -> list[tuple[str | int | bool, int]]:
        """(value, count) of a payload field among the points that pass."""
        ...

    def put(self, items: Sequence[Item], rows: Rows) -> None:
        """Add or replace items with their vectors, per text space of shape (items, dimension)."""
        ...

    def drop(self, points: Sequence[int]) -> None:
        """Remove points."""
        ...

    def size(self) -> int | None:
        """Bytes on disk; None where nobody can tell."""
        ...

    def close(self) -> None:
        """Let it go; a second call does nothing."""
        ...


def sizes(dimension: int) -> dict[Space, int]:
    """How many numbers a vector of each space has."""
    return {space: TRAITS if space == "traits" else dimension for space in SPACES}
