"""A collection on a Qdrant server: its points, and what it says of itself."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from qdrant_client import models
from qdrant_edge import SparseVector

from .catalogue import Space, Vector
from .filters import build_filter
from .item import Item
from .limits import Condition
from .points import RENOWN, WORDS, payload, point_id
from .server_client import ServerClient
from .server_layout import STAMP, WRITE, WRITER, state_of
from .server_state import ServerState
from .store import Payload, Question, Rows
from .traits import traits_of
from .words import document_words

_PAGE = 1_000
# Points of one request: about 3 MB with 384 dimensions; servers take 32 MB.
_TOGETHER = 128
# Up to so many items every search compares all vectors, above it goes by the server's index.
EXACT_UNTIL = 20_000


class ServerDialect:
    """`moodreel.ingest.filters.Dialect` of qdrant-client."""

    def any_of(self, field: str, values: list[Any]) -> Any:
        """A field has one of these values."""
        return models.FieldCondition(key=field, match=models.MatchAny(any=values))

    def within(self, field: str, low: float | None, high: float | None) -> Any:
        """A field is a number within these bounds."""
        return models.FieldCondition(key=field, range=models.Range(gte=low, lte=high))

    def points(self, points: Collection[int]) -> Any:
        """The point is one of these."""
        return models.HasIdCondition(has_id=list(points))

    def either(self, tests: list[Any]) -> Any:
        """One of these tests holds."""
        return models.Filter(should=tests)

    def whole(self, must: list[Any], must_not: list[Any]) -> Any:
        """All tests of the first list hold and none of the second."""
        return models.Filter(must=must or None, must_not=must_not or None)


_DIALECT = ServerDialect()


def stamp(item: Item) -> str:
    """Changes whenever an item does."""
    told = item.model_dump_json(exclude_defaults=True).encode()
    return hashlib.blake2b(told, digest_size=8).hexdigest()


class ServerStore:
    """`moodreel.ingest.store.Store` in a collection on a server.

    ``read`` is the name that is asked, an alias as a rule; ``written`` the collection itself, so
    that no write is split between two when an alias moves.
    """

    def __init__(self, client: ServerClient, read: str, written: str, writer: str = "") -> None:
        self._client = client
        self._read = read
        self.written = written
        self._writer = writer
        self.write = 0
        self._exact = True

    def passing(self, conditions: Sequence[Condition], exclude: Collection[str] = ()) -> Any:
        """The filter that passes exactly the items for which every condition holds."""
        return build_filter(_DIALECT, conditions, exclude)

    def among(self, points: Collection[int]) -> Any:
        """The filter that passes these points only."""
        return _DIALECT.whole([_DIALECT.points(points)], [])

    def sized(self, items: int) -> None:
        """Search as is best for so many items."""
        self._exact = items <= EXACT_UNTIL

    def query(self, questions: Sequence[Question]) -> list[dict[int, float]]:
        """The points that each question finds, with their scores."""
        if not questions:
            return []
        asked = [self._request(question) for question in questions]
        found = self._client.read(lambda qdrant: qdrant.query_batch_points(self._read, asked))
        return [{int(hit.id): hit.score for hit in each.points} for each in found]

    def _request(self, question: Question) -> models.QueryRequest:
        query: Any = question.vector
        if query is None:
            order = models.OrderBy(key=RENOWN, direction=models.Direction.DESC)
            query = models.OrderByQuery(order_by=order)
        sparse = isinstance(query, SparseVector)
        return models.QueryRequest(
            query=_sparse(query) if sparse else query,
            using=question.space or None,
            filter=question.passing,
            limit=question.limit,
            params=self._params() if question.space and not sparse else None,
            with_payload=False,
        )

    def _params(self) -> models.SearchParams:
        """Exact scores in any case: what a quantised vector only suggests is scored again."""
        again = models.QuantizationSearchParams(rescore=True, oversampling=3.0)
        return models.SearchParams(exact=self._exact, quantization=again)

    def rough(self) -> bool:
        """The server has whole vectors."""
        return False

    def vectors(self, points: Sequence[int], space: Space) -> dict[int, Vector]:
        """The vectors of the known ones among points."""
        found: dict[int, Vector] = {}
        for record in self._retrieve(points, [], [space]):
            vector = record.vector[space] if isinstance(record.vector, dict) else None
            found[int(record.id)] = np.asarray(vector, dtype=np.float32)
        return found

    def payloads(self, points: Sequence[int], fields: Sequence[str]) -> dict[int, Payload]:
        """These payload fields of the known ones among points."""
        return {int(r.id): r.payload or {} for r in self._retrieve(points, fields, [])}

    def _retrieve(
        self, points: Sequence[int], fields: Sequence[str], spaces: Sequence[str]
    ) -> Iterator[models.Record]:
        for start in range(0, len(points), _PAGE):
            yield from self._records(points[start : start + _PAGE], fields, spaces)

    def _records(
        self, points: Sequence[int], fields: Sequence[str], spaces: Sequence[str]
    ) -> list[models.Record]:
        return self._client.read(
            lambda qdrant: qdrant.retrieve(
                self._read, list(points), with_payload=list(fields), with_vectors=list(spaces)
            )
        )

    def scroll(self, fields: Sequence[str], passing: Any = None) -> Iterator[Payload]:
        """These payload fields of every point, or of those that pass."""
        offset: Any = None
        while True:
            page, offset = self._page(fields, passing, offset)
            yield from (record.payload or {} for record in page)
            if offset is None:
                return

    def _page(
        self, fields: Sequence[str], passing: Any, offset: Any
    ) -> tuple[list[models.Record], Any]:
        return self._client.read(
            lambda qdrant: qdrant.scroll(
                self._read,
                scroll_filter=passing,
                limit=_PAGE,
                offset=offset,
                with_payload=list(fields),
            )
        )

    def since(self, writer: str, write: int) -> Any:
        """The filter that passes what a process wrote after its nth write."""
        return _DIALECT.whole(
            [_DIALECT.any_of(WRITER, [writer]), _DIALECT.within(WRITE, write + 1, None)], []
        )

    def count(self, passing: Any) -> int:
        """How many points pass a filter."""
        found = self._client.read(
            lambda qdrant: qdrant.count(self._read, count_filter=passing, exact=True)
        )
        return found.count

    def facet(self, field: str, passing: Any, limit: int) -> list[tuple[str | int | bool, int]]:
        """(value, count) of a payload field among the points that pass."""
        found = self._client.read(
            lambda qdrant: qdrant.facet(
                self._read, key=field, facet_filter=passing, limit=limit, exact=True
            )
        )
        return [(hit.value, hit.count) for hit in found.hits]

    def put(self, items: Sequence[Item], rows: Rows) -> None:
        """Add or replace items with their vectors; durable on return."""
        points = self._points(items, {space: found.tolist() for space, found in rows.items()})
        for start in range(0, len(points), _TOGETHER):
            self._upsert(points[start : start + _TOGETHER])

    def _upsert(self, points: list[models.PointStruct]) -> None:
        self._client.write(lambda qdrant: qdrant.upsert(self.written, points, wait=True))

    def _points(
        self, items: Sequence[Item], rows: Mapping[str, list[list[float]]]
    ) -> list[models.PointStruct]:
        mine = {WRITER: self._writer, WRITE: self.write}
        return [
            models.PointStruct(
                id=point_id(item.id),
                vector={
                    **{space: found[place] for space, found in rows.items()},
                    "traits": traits_of(item).tolist(),
                    WORDS: _sparse(document_words(item)),
                },
                payload={**payload(item), STAMP: stamp(item), **mine},
            )
            for place, item in enumerate(items)
        ]

    def drop(self, points: Sequence[int]) -> None:
        """Remove points; durable on return."""
        ids = models.PointIdsList(points=list(points))
        self._client.write(lambda qdrant: qdrant.delete(self.written, ids, wait=True))

    def size(self) -> None:
        """Unknown: a server doesn't tell what a collection takes on its disks."""
        return

    def state(self) -> ServerState:
        """What the collection says of itself now."""
        return state_of(self._client, self._read)

    def note(self, **changes: Any) -> None:
        """Change these keys of its metadata; those that become None are removed."""
        self._client.write(lambda qdrant: qdrant.update_collection(self.written, metadata=changes))

    def close(self) -> None:
        """Let the connection go."""
        self._client.close()


def _sparse(vector: SparseVector) -> models.SparseVector:
    return models.SparseVector(indices=list(vector.indices), values=list(vector.values))
