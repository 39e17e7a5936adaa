"""How a collection is laid out on a Qdrant server, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qdrant_client import models

from ..errors import CatalogueMismatch
from .catalogue import Space
from .embedding import TEXT_SPACES, Embedder
from .points import WORDS, indexed
from .server_client import ServerClient
from .server_place import Quantisation, ServerPlace
from .server_state import ServerState, read_state
from .store import sizes

STAMP, WRITER, WRITE = "stamp", "writer", "write"
"""Payload fields: a hash of the item, who wrote it, and with which of its writes."""


def state_of(client: ServerClient, name: str) -> ServerState:
    """What a collection says of itself.

    Raises:
        CatalogueBroken: it is not there, or not one of Moodreel.
        CatalogueMismatch: its vectors are not those that it speaks of.
    """
    found = client.read(lambda qdrant: qdrant.get_collection(name))
    state = read_state(found.config.metadata, client.place)
    _check_layout(found.config.params.vectors, state, client.place)
    return state


def _check_layout(vectors: Any, state: ServerState, place: ServerPlace) -> None:
    found = {n: v.size for n, v in vectors.items()} if isinstance(vectors, dict) else {}
    if found != {str(space): n for space, n in sizes(state.manifest.dimension).items()}:
        raise CatalogueMismatch(
            f"the collection {place.shown} has other vectors than it should (found {found}): "
            f"`moodreel catalogue push` puts a new one in its place"
        )


def make_collection(
    client: ServerClient, name: str, embedder: Embedder, metadata: Mapping[str, Any]
) -> None:
    """Make an empty collection with every field index; one that is there already stays."""
    place = client.place
    dense = {
        str(space): _dense(space, size, place.quantisation)
        for space, size in sizes(embedder.dimension).items()
    }
    words = models.SparseVectorParams(modifier=models.Modifier.IDF)
    # Looked for each time: an answer that got lost may have been that it was made.
    client.write(
        lambda qdrant: (
            qdrant.collection_exists(name)
            or qdrant.create_collection(
                name,
                vectors_config=dense,
                sparse_vectors_config={WORDS: words},
                shard_number=place.shards,
                replication_factor=place.replicas,
                metadata=dict(metadata),
            )
        )
    )
    kinds: dict[str, str] = {**indexed(), WRITER: "keyword", WRITE: "integer"}
    for field, kind in kinds.items():
        _index(client, name, field, models.PayloadSchemaType(kind))


def _index(client: ServerClient, name: str, field: str, kind: models.PayloadSchemaType) -> None:
    client.write(lambda qdrant: qdrant.create_payload_index(name, field, kind, wait=True))


def _dense(space: Space, size: int, quantisation: Quantisation) -> models.VectorParams:
    # Dot on vectors of length 1 is the cosine, and leaves the zero vector of a missing text at 0.
    small = _QUANTISED[quantisation] if space in TEXT_SPACES else None
    return models.VectorParams(
        size=size,
        distance=models.Distance.DOT,
        quantization_config=small,
        on_disk=small is not None,
    )


_QUANTISED: dict[Quantisation, Any] = {
    "none": None,
    "scalar": models.ScalarQuantization(
        scalar=models.ScalarQuantizationConfig(type=models.ScalarType.INT8, always_ram=True)
    ),
    "binary": models.BinaryQuantization(binary=models.BinaryQuantizationConfig(always_ram=True)),
}
