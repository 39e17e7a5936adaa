"""One Qdrant shard in a folder: its layout, and its errors as sentences."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import numpy as np
import qdrant_edge as qdrant

from ..errors import CatalogueBroken, CatalogueBusy, MoodreelError, StorageError, UsageError
from .catalogue import Space, Vector
from .edge_facts import DEGREES, SUBJECTS, degrees_among, indexes, subjects_in
from .edge_filter import EdgeDialect
from .edge_points import points
from .edge_search import Named, Searching, Shares, request
from .filters import build_filter
from .item import AXES, Item
from .limits import Condition
from .points import WORDS
from .store import SPACES, Payload, Question, Rows, sizes

NAME = "shard"
_PAGE = 1_000
_SAMPLE = 1_000
ROOM = 64_000_000
"""Bytes that must be free before the engine opens or writes; its log alone takes half of that."""


def _sentence(error: BaseException, folder: Path) -> MoodreelError | None:
    """What an error of the engine or the disk means for its user; None for all others."""
    # The engine raises bare `Exception`s, and a panic where a file is cut off.
    engine = type(error) is Exception or type(error).__name__ == "PanicException"
    if not engine and not isinstance(error, OSError):
        return None
    text, where = str(error), repr(str(folder))
    if "WouldBlock" in text:
        return CatalogueBusy(
            f"the catalogue in {where} is open in another program: close that one, or set "
            f"MOODREEL_HOME to another folder"
        )
    refused = ("Permission denied", "Read-only file system", "No space left", "PermissionDenied")
    if isinstance(error, OSError) or any(reason in text for reason in refused):
        return StorageError(
            f"the disk refused to read or write the catalogue in {where} ({text}): make the "
            f"folder writable and see that there is room, or set MOODREEL_HOME to another folder"
        )
    return CatalogueBroken(
        f"the catalogue in {where} can't be read ({text.splitlines()[0][:200]}): delete that "
        f"folder to have it built anew"
    )


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turn errors of the engine and the disk into sentences."""
    try:
        yield
    except BaseException as error:
        sentence = _sentence(error, folder)
        if sentence is None:
            raise
        raise sentence from error


def require_room(folder: Path, room: int = ROOM) -> None:
    """Refuse to go on where the disk is nearly full.

    The engine writes through files that are mapped into memory: with no room behind them the
    system ends the whole program, without an error that could be told.

    Raises:
        StorageError: less than ``room`` bytes are free.
    """
    with storage_errors(folder):
        nearest = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
        free = shutil.disk_usage(nearest).free
    if free < room:
        raise StorageError(
            f"the disk of {str(folder)!r} is nearly full ({free // 1_000_000} MB free): free "
            f"{room // 1_000_000} MB, or set MOODREEL_HOME to another folder"
        )


class Shard:
    """`moodreel.ingest.store.Store` in a folder; says what is wrong in sentences."""

    def __init__(self, folder: Path, inner: Any) -> None:
        self._folder = folder
        self._inner: Any = inner
        self._shares = Shares(self._draw, self._test)

    @classmethod
    def create(cls, folder: Path, dimension: int) -> Self:
        """Make an empty shard under ``folder``, with every field index."""
        require_room(folder)
        with storage_errors(folder):
            (folder / NAME).mkdir(parents=True, exist_ok=True)
            made = cls(folder, qdrant.EdgeShard.create(str(folder / NAME), layout(dimension)))
        for field, kind in indexes().items():
            made.update(qdrant.UpdateOperation.create_field_index(field, kind))
        return made

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open the shard under ``folder``."""
        require_room(folder)
        with storage_errors(folder):
            return cls(folder, qdrant.EdgeShard.load(str(folder / NAME)))

    def _open(self) -> Any:
        if self._inner is None:
            raise UsageError(f"the catalogue in {str(self._folder)!r} is closed: open it again")
        return self._inner

    def update(self, operation: Any) -> None:
        """Apply one operation; `flush` makes it durable."""
        require_room(self._folder)
        with storage_errors(self._folder):
            self._open().update(operation)
        self._shares.forget()

    def flush(self) -> None:
        """Write everything to the disk."""
        with storage_errors(self._folder):
            self._open().flush()

    def passing(self, conditions: Sequence[Condition], exclude: Collection[str] = ()) -> Any:
        """The filter that passes exactly the items for which every condition holds."""
        return build_filter(_DIALECT, conditions, exclude)

    def among(self, points: Collection[int]) -> Named:
        """The filter that passes these points only."""
        return Named(_DIALECT.whole([_DIALECT.points(points)], []))

    def query(self, questions: Sequence[Question]) -> list[dict[int, float]]:
        """The points that each question finds, with their scores."""
        if all(isinstance(question.passing, Named) for question in questions):
            return self._ask(questions)
        share = self._shares.passing
        search = Searching(self.points(), self.rough(), share, self._ask, self._test, self.among)
        return search.found(questions)

    def rough(self) -> bool:
        """Whether vectors of bytes can give rough scores."""
        return self.indexed() > 0

    def _ask(self, questions: Sequence[Question]) -> list[dict[int, float]]:
        if not questions:
            return []
        batch = qdrant.QueryBatchRequest([request(question) for question in questions])
        with storage_errors(self._folder):
            found: list[list[Any]] = self._open().query_batch(batch)
        return [{hit.id: hit.score for hit in hits} for hits in found]

    def _test(self, points: Collection[int], passing: Any) -> set[int]:
        """Those of some points that pass a filter."""
        return self._ids(_DIALECT.whole([_DIALECT.points(points), passing], []), len(points))

    def _draw(self) -> set[int]:
        """A thousand points, those of the lowest ids, which are hashes: as good as at random."""
        return self._ids(None, _SAMPLE)

    def _ids(self, passing: Any, limit: int) -> set[int]:
        asked = qdrant.ScrollRequest(limit=limit, filter=passing, with_payload=False)
        with storage_errors(self._folder):
            return {record.id for record in self._open().scroll(asked)[0]}

    def vectors(self, points: Sequence[int], space: Space) -> dict[int, Vector]:
        """The vectors of the known ones among points."""
        found = self._retrieve(points, vectors=[space])
        return {r.id: np.asarray(r.vector[space], dtype=np.float32) for r in found}

    def payloads(self, points: Sequence[int], fields: Sequence[str]) -> dict[int, Payload]:
        """These payload fields of the known ones among points."""
        found = self._retrieve(points, payload=list(fields))
        return {record.id: record.payload or {} for record in found}

    def _retrieve(
        self, points: Sequence[int], payload: Any = False, vectors: Any = False
    ) -> list[Any]:
        ids: list[Any] = [*points]
        with storage_errors(self._folder):
            return list(self._open().retrieve(ids, with_payload=payload, with_vector=vectors))

    def scroll(self, fields: Sequence[str], passing: Any = None) -> Iterator[Payload]:
        """These payload fields of every point that passes, in order of point id."""
        offset = None
        while True:
            request = qdrant.ScrollRequest(
                offset=offset, limit=_PAGE, with_payload=list(fields), filter=passing
            )
            with storage_errors(self._folder):
                page, offset = self._open().scroll(request)
            yield from (record.payload or {} for record in page)
            if offset is None:
                return

    def put(self, items: Sequence[Item], rows: Rows) -> None:
        """Add or replace items with their vectors; `flush` makes it durable."""
        self.update(qdrant.UpdateOperation.upsert_points(points(items, rows)))

    def drop(self, points: Sequence[int]) -> None:
        """Remove points; `flush` makes it durable."""
        ids: list[Any] = [*points]
        self.update(qdrant.UpdateOperation.delete_points(ids))

    def lost(self, dimension: int) -> list[Space]:
        """Spaces in which no point has a vector; a file that is gone is not missed otherwise."""
        wanted = sizes(dimension)
        found = self.query([Question(1, None, space, [0.0] * n) for space, n in wanted.items()])
        return [space for space, hits in zip(SPACES, found, strict=True) if not hits]

    def count(self, passing: Any) -> int:
        """How many points pass a filter."""
        if passing is None:
            return self.points()
        with storage_errors(self._folder):
            return int(self._open().count(qdrant.CountRequest(filter=passing)))

    def facet(self, field: str, passing: Any, limit: int) -> list[tuple[str | int | bool, int]]:
        """(value, count) of a payload field among the points that pass a filter."""
        if field in ("id", SUBJECTS):
            counted = Counter[str | int | bool](self._values(field, passing))
            return counted.most_common(limit)
        if field in AXES:
            return [*degrees_among(field, self.facet(DEGREES, passing, limit))]
        request = qdrant.FacetRequest(field, limit=limit, exact=True, filter=passing)
        with storage_errors(self._folder):
            return [(hit.value, hit.count) for hit in self._open().facet(request).hits]

    def _values(self, field: str, passing: Any) -> Iterator[str]:
        """The values of a field that the engine can't count: it reads every item that passes."""
        for known in self.scroll([field], passing):
            told = str(known.get(field, ""))
            yield from subjects_in(told) if field == SUBJECTS else [told]

    def size(self) -> int:
        """Bytes on disk."""
        return self.bytes_of(self._folder)

    @staticmethod
    def bytes_of(folder: Path) -> int:
        """Bytes on disk of the shard under ``folder``; its files are sparse: blocks count."""
        files = (path for path in (folder / NAME).rglob("*") if path.is_file())
        return sum(path.stat().st_blocks * 512 for path in files)

    def indexed(self) -> float:
        """The share of all dense vectors that are in the index, 0 to 1."""
        told = self._told()
        # The engine counts words too, which always have an index of their own.
        dense = int(told.indexed_vectors_count - told.points_count)
        return max(0.0, dense / max(1, int(told.points_count) * len(SPACES)))

    def points(self) -> int:
        """How many points there are."""
        return int(self._told().points_count)

    def _told(self) -> Any:
        with storage_errors(self._folder):
            return self._open().info()

    def close(self) -> None:
        """Write everything and let the folder go; a second call does nothing."""
        if self._inner is None:
            return
        inner, self._inner = self._inner, None
        with storage_errors(self._folder):
            inner.flush()
            inner.close()


_DIALECT = EdgeDialect()


def layout(
    dimension: int,
    params: Callable[[Space], Mapping[str, Any]] = lambda _: {},
    optimizers: qdrant.EdgeOptimizersConfig | None = None,
) -> qdrant.EdgeConfig:
    """What a shard stores; ``params`` has the engine's words for how a space is indexed."""
    # Dot on vectors of length 1 is the cosine, and leaves the zero vector of a missing text at 0.
    return qdrant.EdgeConfig(
        vectors={
            name: qdrant.EdgeVectorParams(
                size=size,
                distance=qdrant.Distance.Dot,
                memory=qdrant.Memory.Cold,
                **params(name),
            )
            for name, size in sizes(dimension).items()
        },
        sparse_vectors={WORDS: qdrant.EdgeSparseVectorParams(modifier=qdrant.Modifier.Idf)},
        optimizers=optimizers,
    )
