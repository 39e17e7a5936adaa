"""The catalogue on a Qdrant server, which any number of processes share."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from ..errors import CatalogueBroken
from .catalogue import Progress, Space, Vector
from .embedding import Embedder
from .item import Item
from .memory import Memory
from .server_client import ServerClient
from .server_layout import state_of
from .server_place import ServerPlace
from .server_state import MANY_WRITERS, ServerState, Writer, note_key, writer_key
from .server_store import ServerStore
from .stored import StoredCatalogue

log = logging.getLogger(__name__)

FRESH_SECONDS = 1.0
"""How old what a process knows of the items may be, in seconds, before it asks what is new."""


class ServerCatalogue(StoredCatalogue):
    """`moodreel.ingest.catalogue.Catalogue` on a Qdrant server.

    Ids, titles and people are kept in memory as with a folder. Before they are used it asks, once
    a second at most, who wrote since, and reads what they wrote. Every point says which process
    wrote it and with which of its writes, so that no clock and no count has to agree.
    """

    def __init__(
        self, client: ServerClient, embedder: Embedder, state: ServerState, read: str
    ) -> None:
        self._client = client
        self._state = state
        self._name = uuid.uuid4().hex[:12]
        self._checked = time.monotonic()
        self._points = ServerStore(client, read, state.name, self._name)
        super().__init__(self._points, embedder, state.manifest)
        self._points.sized(len(self._memory))

    @classmethod
    def open(cls, place: ServerPlace, embedder: Embedder) -> ServerCatalogue:
        """Open the catalogue of a server.

        Raises:
            CatalogueUnreachable: the server gives no usable answer.
            CatalogueRefused: it refuses the key.
            CatalogueBroken: there is no catalogue, or it lost items.
            CatalogueMismatch: another embedder or layout filled it.
        """
        client = ServerClient(place)
        try:
            state = state_of(client, place.collection)
            _check(state, embedder, place)
            opened = cls(client, embedder, state, place.collection)
            opened._check_whole()
        except BaseException:
            client.close()
            raise
        return opened

    def _check_whole(self) -> None:
        """Refuse a collection that lost points; writes of others are no loss."""
        if self._state.unfinished:
            log.warning("a write to the collection %s is not finished", self._client.place.shown)
            return
        expected, found = self._state.manifest.items, len(self._memory)
        if expected in (None, found) or self._points.state() != self._state:
            return
        raise self._broken(f"should hold {expected} items and holds {found}")

    def _broken(self, how: str) -> CatalogueBroken:
        return CatalogueBroken(
            f"the collection {self._client.place.shown} {how}: `moodreel catalogue push` puts "
            f"the one of your data folder in its place"
        )

    @property
    def state(self) -> ServerState:
        """What the collection says of itself now."""
        return self._points.state()

    def _known(self) -> Memory:
        self._look()
        return self._memory

    def refresh(self) -> None:
        """Take in what other processes wrote, and have the names ready that a turn looks for."""
        self._look()
        super().refresh()

    def _look(self) -> None:
        """Take in what other processes wrote, unless that was done within `FRESH_SECONDS`.

        Nothing on an event loop, which must not wait for a server: a turn asks beforehand.
        """
        if time.monotonic() - self._checked >= FRESH_SECONDS and not _on_a_loop():
            self._take_in()

    def _take_in(self) -> None:
        """Take in what other processes wrote; nothing while this one writes."""
        if not self._writing.acquire(blocking=False):
            return
        try:
            self._checked = time.monotonic()
            state = self._points.state()
            if state.epoch != self._state.epoch:
                self._read_anew(state)
            elif state != self._state:
                self._catch_up(state)
        finally:
            self._writing.release()

    def _read_anew(self, state: ServerState) -> None:
        _check(state, self._embedder, self._client.place)
        self._points.written = state.name
        self._memory = self._remembered()
        self._noted(state)

    def _catch_up(self, state: ServerState) -> None:
        """Read what was written by writes that this process doesn't know."""
        for name, writer in state.writers.items():
            known = self._state.writers.get(name)
            seen = known.writes if known else 0
            if name != self._name and writer.writes > seen:
                fresh = self._points.scroll(["item"], self._points.since(name, seen))
                self._memory.add([self._parse(payload) for payload in fresh])
        self._noted(state)

    def _noted(self, state: ServerState) -> None:
        self._state, self._manifest = state, state.manifest
        self._points.sized(len(self._memory))

    def note(self, key: str) -> Any:
        """What `set_note` stored under a key, by whatever process, or None."""
        self._look()
        return super().note(key)

    def set_note(self, key: str, value: Any) -> None:
        """Store a JSON value with the catalogue; durable on return."""
        self._points.note(**{note_key(key): value})
        self._take_in()

    def embed(self, texts: Sequence[str], space: Space) -> Vector:
        """Texts as centred query vectors of length 1, shape (len(texts), dimension)."""
        self._look()
        return super().embed(texts, space)

    def upsert(self, items: Sequence[Item], progress: Progress | None = None) -> None:
        """Add or replace items; durable on return. Of items with the same id the last counts."""
        with self._writing:
            self._take_in()
            super().upsert(items, progress)

    def delete(self, ids: Collection[str]) -> int:
        """Remove items; how many were there."""
        with self._writing:
            self._take_in()
            gone = super().delete(ids)
            if gone:
                self._have_all_read_anew()
            return gone

    @contextmanager
    def _changing(self, means: Mapping[str, list[float]]) -> Iterator[None]:
        """Note a write of this process as open, and at the end as whole, with the new count."""
        done = self._points.write
        self._mark(done, opened=True, means=dict(means))
        self._manifest = self._manifest.model_copy(update={"means": dict(means)})
        self._points.write = done + 1
        yield
        ended = {writer_key(n): None for n in self._state.abandoned(datetime.now(UTC))}
        self._mark(done + 1, opened=False, items=self._points.count(None), **ended)
        if len(self._state.writers) > MANY_WRITERS:
            self._have_all_read_anew()
        self._take_in()

    def _mark(self, writes: int, *, opened: bool, **changes: Any) -> None:
        mine = Writer(writes=writes, open=opened, at=datetime.now(UTC))
        self._points.note(**{writer_key(self._name): mine.model_dump(mode="json")}, **changes)

    def _have_all_read_anew(self) -> None:
        """Begin a new epoch, without the entries of processes that are done."""
        done = [name for name, writer in self._state.writers.items() if not writer.open]
        epoch = uuid.uuid4().hex
        self._points.note(epoch=epoch, **{writer_key(name): None for name in done})
        self._read_anew(self._points.state())


def _on_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _check(state: ServerState, embedder: Embedder, place: ServerPlace) -> None:
    anew = "push another one there with `moodreel catalogue push`"
    state.manifest.check(embedder, f"the collection {place.shown}", anew)
