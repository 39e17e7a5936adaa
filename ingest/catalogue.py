"""The catalogue: all items, searchable. One interface, whatever store is behind it.

`moodreel.ingest.edge.EdgeCatalogue` keeps it in a folder with Qdrant's in-process engine,
`moodreel.ingest.server.ServerCatalogue` on a Qdrant server that many processes share.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from .embedding import Embedder
from .facets import Facet
from .item import Item
from .limits import Condition
from .people import PeopleIndex
from .titles import TitleIndex, TitleMatch

Vector = NDArray[np.float32]

# "traits" is a plain linear space over mood tags and axes, see `moodreel.ingest.traits`.
Space = Literal["mood", "audience", "plot", "overall", "traits"]
Progress = Callable[[int, int], None]
"""Called with (done, total)."""


@dataclass(frozen=True)
class Probe:
    """One query vector in one space.

    ``vector`` has shape (dimension of the space,); in the text spaces it is of length 1 and
    already centred (`Catalogue.embed` and `Catalogue.vectors` return such vectors).
    ``weight`` is how much the probe counts in the fusion; a negative weight never retrieves,
    it pushes matching items down.
    """

    space: Space
    vector: Vector
    weight: float = 1.0


@dataclass(frozen=True)
class Hit:
    """An item found.

    ``score`` fuses all branches: larger is better, comparable within one search only.
    ``similarities`` has one value per probe, in the order given: the cosine, -1 to 1, for text
    spaces; the dot product for ``traits``. ``words`` is the BM25 score, 0 where no word matched.
    """

    id: str
    score: float
    similarities: tuple[float, ...] = ()
    words: float = 0.0


@dataclass(frozen=True)
class Summary:
    """What is in a catalogue: counts by source and kind, size in bytes, and gaps.

    ``bytes`` is None where the store doesn't tell; ``index`` says how it searches, empty where
    that is the server's.
    """

    items: int
    sources: Mapping[str, int]
    kinds: Mapping[str, int]
    embedder: str
    bytes: int | None
    gaps: Mapping[str, int] = field(default_factory=dict)
    index: str = ""


class Catalogue(Protocol):
    """What every store offers. Safe to call from several threads of one process."""

    @property
    def embedder(self) -> Embedder: ...

    @property
    def titles(self) -> TitleIndex:
        """The titles of all items: finding them by name and in free text."""
        ...

    @property
    def people(self) -> PeopleIndex:
        """The people of all items: finding them by name and in free text."""
        ...

    def note(self, key: str) -> Any:
        """What `set_note` stored under a key, or None."""
        ...

    def set_note(self, key: str, value: Any) -> None:
        """Store a JSON value with the catalogue; durable on return."""
        ...

    def refresh(self) -> None:
        """Take in what other processes wrote to the same store, where it can be shared."""
        ...

    def embed(self, texts: Sequence[str], space: Space) -> Vector:
        """Texts as query vectors of a text space, shape (len(texts), dimension)."""
        ...

    def vectors(self, ids: Sequence[str], space: Space) -> dict[str, Vector]:
        """Stored vectors of the known ones among ``ids``."""
        ...

    def search(
        self,
        probes: Sequence[Probe],
        *,
        words: str = "",
        conditions: Sequence[Condition] = (),
        exclude: Collection[str] = (),
        limit: int = 10,
    ) -> list[Hit]:
        """The best items by all branches (one per probe, one for words) together.

        Conditions and exclusions bind every branch. With no probe and no words, the most
        popular items that pass. Equal scores are ordered by popularity, then id.
        """
        ...

    def similarities(self, ids: Sequence[str], probes: Sequence[Probe]) -> dict[str, Hit]:
        """`Hit.similarities` for given items, whether or not a search found them."""
        ...

    def get(self, ids: Iterable[str]) -> dict[str, Item]:
        """The known ones among ``ids``, by id."""
        ...

    def find(self, title: str, year: int | None = None) -> list[TitleMatch]:
        """Items by title, best first; see `moodreel.ingest.titles.TitleIndex.find`."""
        ...

    def count(self, conditions: Sequence[Condition] = ()) -> int: ...

    def facet(self, facet: Facet, conditions: Sequence[Condition] = ()) -> dict[str, int]:
        """How many items have each value of a facet, commonest first."""
        ...

    def upsert(self, items: Sequence[Item], progress: Progress | None = None) -> None:
        """Add or replace items; durable on return."""
        ...

    def delete(self, ids: Collection[str]) -> int:
        """Remove items; how many were there."""
        ...

    def items(self) -> Iterable[Item]:
        """Every item, in order of id."""
        ...

    def summary(self) -> Summary: ...

    def close(self) -> None: ...
