"""Collections that are filled aside on a server, and come into the place of another at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Literal

from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import UnexpectedResponse

from ..errors import CatalogueBroken, MoodreelError
from .catalogue import Catalogue
from .embedding import Embedder
from .manifest import Manifest
from .server import ServerCatalogue
from .server_client import ServerClient
from .server_layout import make_collection, state_of
from .server_place import ServerPlace
from .server_state import ABANDONED, ServerState, first_facts

Purpose = Literal["build", "push"]


class ServerHome:
    """The catalogue of a server as `open_catalogue` sees it."""

    shared = True

    def __init__(self, place: ServerPlace) -> None:
        self._place = place
        self.shown = f"the collection {place.shown}"
        self.anew = "push another one there with `moodreel catalogue push`"

    def manifest(self) -> Manifest | None:
        """What filled the catalogue, or None where there is none."""
        client = ServerClient(self._place)
        try:
            found = live(client)
        finally:
            client.close()
        return found.manifest if found else None

    def open(self, embedder: Embedder) -> ServerCatalogue:
        """Open it."""
        return ServerCatalogue.open(self._place, embedder)

    def build(self, embedder: Embedder, fill: Callable[[Catalogue], None]) -> None:
        """Fill a collection aside and put it in place, unless another process was quicker."""
        client = ServerClient(self._place)
        _clear(client)
        state = begin(client, embedder, "build", {})
        made = ServerCatalogue(client, embedder, state, state.name)
        try:
            fill(made)
            if live(client) is None:
                publish(client, state, None)
            else:
                discard(client, state)
        except BaseException:
            with suppress(MoodreelError):
                discard(client, state)
            raise
        finally:
            made.close()


def _clear(client: ServerClient) -> None:
    """Remove what builds that were killed left aside; others may be at it now."""
    before = datetime.now(UTC) - ABANDONED
    for draft in drafts(client, "build"):
        if datetime.fromisoformat(draft.begun) < before:
            discard(client, draft)


def live(client: ServerClient) -> ServerState | None:
    """What the collection in place says of itself; None where there is none.

    Raises:
        CatalogueBroken: what goes by this name is not Moodreel's.
    """
    name = client.place.collection
    return state_of(client, name) if client.read(lambda qdrant: _is_there(qdrant, name)) else None


def _is_there(qdrant: QdrantClient, name: str) -> bool:
    try:
        qdrant.get_collection(name)
    except UnexpectedResponse as error:
        if error.status_code != HTTPStatus.NOT_FOUND:
            raise
        return False
    return True


def begin(
    client: ServerClient, embedder: Embedder, purpose: Purpose, means: Mapping[str, list[float]]
) -> ServerState:
    """Make an empty collection aside; ``means`` are those that its vectors are centred by."""
    name = f"{client.place.collection}-{uuid.uuid4().hex[:8]}"
    at = datetime.now(UTC).isoformat(" ", "seconds")
    facts = first_facts(name, embedder, uuid.uuid4().hex, purpose, at)
    make_collection(client, name, embedder, {**facts, "means": dict(means)})
    if not client.read(lambda qdrant: qdrant.get_collection(name)).config.metadata:
        client.write(lambda qdrant: qdrant.delete_collection(name))
        raise CatalogueBroken(
            f"the Qdrant server at {client.place.url} keeps no metadata of collections: take "
            f"Qdrant 1.16 or newer"
        )
    return state_of(client, name)


def drafts(client: ServerClient, purpose: Purpose) -> list[ServerState]:
    """The collections aside that were begun for a purpose and never came into place."""
    prefix = f"{client.place.collection}-"
    listed = client.read(lambda qdrant: qdrant.get_collections()).collections
    found: list[ServerState] = []
    for name in sorted(each.name for each in listed if each.name.startswith(prefix)):
        with suppress(MoodreelError):
            found.append(state_of(client, name))
    return [state for state in found if state.draft == purpose]


def publish(client: ServerClient, state: ServerState, old: ServerState | None) -> None:
    """Put a collection in place at once, and remove the one that was there."""
    alias = client.place.collection
    client.write(lambda qdrant: qdrant.update_collection(state.name, metadata={"draft": None}))
    away = models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=alias))
    here = models.CreateAliasOperation(
        create_alias=models.CreateAlias(collection_name=state.name, alias_name=alias)
    )
    swap: list[models.AliasOperations] = [away, here] if old else [here]
    client.write(lambda qdrant: qdrant.update_collection_aliases(swap))
    if old:
        discard(client, old)


def discard(client: ServerClient, state: ServerState) -> None:
    """Remove a collection."""
    client.write(lambda qdrant: qdrant.delete_collection(state.name))
