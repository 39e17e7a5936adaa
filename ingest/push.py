"""Moving a catalogue to a Qdrant server: filled aside, then put in place at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from ..errors import CatalogueBroken, UsageError
from .catalogue import Progress
from .embedding import TEXT_SPACES
from .item import Item
from .points import point_id
from .server_client import ServerClient
from .server_draft import begin, discard, drafts, live, publish
from .server_layout import STAMP
from .server_place import ServerPlace
from .server_state import ServerState, note_key
from .server_store import ServerStore, stamp
from .starter.films import SOURCE
from .store import Rows
from .stored import BATCH, StoredCatalogue

_NAMED = 5


@dataclass(frozen=True)
class Pushed:
    """How many items a server has now, and how many of them it had from a push cut short."""

    items: int
    already: int


def push(
    source: StoredCatalogue,
    place: ServerPlace,
    *,
    replace: bool = False,
    watch: Progress | None = None,
) -> Pushed:
    """Copy a catalogue to a server, vectors and all; searches there go on while it is filled.

    It goes to a collection of its own, which then takes the place of the old one in one step. A
    push that was cut short is gone on with. Nothing is embedded.

    Args:
        source: what is copied.
        place: where to.
        replace: leave out what only the server has.
        watch: called with (items that are there, all items).

    Raises:
        UsageError: the server holds items of one's own that the source lacks.
        CatalogueUnreachable, CatalogueRefused, CatalogueBroken: as the server has it; the same
            push goes on where it was.
    """
    client = ServerClient(place)
    try:
        old = live(client)
        if old and not replace:
            _refuse_loss(source, client)
        draft = _continued(source, client) or begin(
            client, source.embedder, "push", source.manifest.means
        )
        store = ServerStore(client, draft.name, draft.name, "push")
        pushed = _fill(source, store, watch)
        if old and not replace:
            # Somebody may have added something meanwhile.
            _refuse_loss(source, client)
        notes = {note_key(key): value for key, value in source.manifest.notes.items()}
        store.note(items=pushed.items, **notes)
        publish(client, draft, old)
        return pushed
    finally:
        client.close()


def _refuse_loss(source: StoredCatalogue, client: ServerClient) -> None:
    """Raise where only the server has some items; starter films of another version are none."""
    place = client.place
    store = ServerStore(client, place.collection, place.collection)
    own = (each["id"] for each in store.scroll(["id", "source"]) if each["source"] != SOURCE)
    only = sorted(item_id for item_id in own if not source.get([item_id]))
    if only:
        named = ", ".join(only[:_NAMED]) + (", …" if len(only) > _NAMED else "")
        raise UsageError(
            f"the collection {place.shown} holds {len(only)} items that your data folder lacks "
            f"({named}): add --replace to push without them"
        )


def _continued(source: StoredCatalogue, client: ServerClient) -> ServerState | None:
    """A push of this catalogue that was cut short; those of another state of it are removed."""
    fits: list[ServerState] = []
    for draft in drafts(client, "push"):
        theirs, ours = draft.manifest, source.manifest
        same = (theirs.embedder, theirs.dimension, theirs.means)
        if same == (ours.embedder, ours.dimension, ours.means):
            fits.append(draft)
        else:
            discard(client, draft)
    return fits[0] if fits else None


def _fill(source: StoredCatalogue, store: ServerStore, watch: Progress | None) -> Pushed:
    """Bring a collection to hold exactly what the source holds."""
    held = {each["id"]: each[STAMP] for each in store.scroll(["id", STAMP])}
    total, done, already = source.count(), 0, 0
    rest = iter(source.items())
    while batch := [*islice(rest, BATCH)]:
        fresh = [item for item in batch if held.pop(item.id, None) != stamp(item)]
        if fresh:
            store.put(fresh, _rows(source, fresh))
        done, already = done + len(batch), already + len(batch) - len(fresh)
        if watch:
            watch(done, total)
    if held:
        store.drop([point_id(item_id) for item_id in held])
    found = store.count(None)
    if found != done:
        raise CatalogueBroken(f"{found} of {done} items arrived: run the same push again")
    return Pushed(found, already)


def _rows(source: StoredCatalogue, items: Sequence[Item]) -> Rows:
    """The stored vectors of items, which are centred."""
    ids = [item.id for item in items]
    found = {space: source.vectors(ids, space) for space in TEXT_SPACES}
    return {space: np.array([found[space][i] for i in ids], np.float32) for space in TEXT_SPACES}
