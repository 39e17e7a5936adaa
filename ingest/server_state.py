"""What a collection on a server says of itself, and who wrote to it.

It is kept in the collection's own metadata, where the server merges changes key by key: writers
change keys of their own, so that none undoes what another one noted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ..errors import CatalogueBroken
from .embedding import Embedder
from .manifest import SCHEMA, Manifest
from .server_place import ServerPlace

_NOTE = "note:"
_WRITER = "writer:"
FACTS = "moodreel"
# More than so many writers are forgotten together, and every process reads the items anew.
MANY_WRITERS = 64
ABANDONED = timedelta(hours=1)


class Writer(BaseModel):
    """How many writes of one process are whole, and whether it is at another one."""

    model_config = ConfigDict(extra="forbid")

    writes: int = 0
    open: bool = False
    at: datetime


class Facts(BaseModel):
    """What stays as it is while a collection lives; ``name`` is its own, not an alias."""

    model_config = ConfigDict(extra="forbid")

    name: str
    embedder: str
    dimension: int
    schema_version: int = SCHEMA


@dataclass(frozen=True)
class ServerState:
    """The metadata of a collection, read.

    ``epoch`` is another one whenever everything has to be read anew: when items were deleted,
    or another collection came in the place. ``draft`` says what an unfinished one is for.
    """

    name: str
    manifest: Manifest
    epoch: str = ""
    draft: str = ""
    begun: str = ""
    writers: Mapping[str, Writer] = field(default_factory=dict)

    @property
    def unfinished(self) -> list[Writer]:
        """Writes that are under way, or were cut short."""
        return [writer for writer in self.writers.values() if writer.open]

    def abandoned(self, now: datetime) -> list[str]:
        """Processes that have been at one write for so long that they must have ended."""
        before = now - ABANDONED
        open_ones = {name: writer for name, writer in self.writers.items() if writer.open}
        return [name for name, writer in open_ones.items() if writer.at < before]


def first_facts(name: str, embedder: Embedder, epoch: str, draft: str, at: str) -> dict[str, Any]:
    """The metadata of a new, empty collection."""
    facts = Facts(name=name, embedder=embedder.name, dimension=embedder.dimension)
    return {
        FACTS: facts.model_dump(),
        "epoch": epoch,
        "draft": draft,
        "begun": at,
        "items": 0,
        "means": {},
    }


def note_key(key: str) -> str:
    """Under which key of the metadata a note is kept."""
    return _NOTE + key


def writer_key(name: str) -> str:
    """Under which key of the metadata a writer's own entry is kept."""
    return _WRITER + name


def read_state(metadata: Mapping[str, Any] | None, place: ServerPlace) -> ServerState:
    """What metadata say.

    Raises:
        CatalogueBroken: they are not those of a catalogue.
    """
    told = metadata or {}
    try:
        facts = Facts.model_validate(told.get(FACTS))
        manifest = Manifest(
            schema_version=facts.schema_version,
            embedder=facts.embedder,
            dimension=facts.dimension,
            items=told.get("items"),
            means=told.get("means") or {},
            notes=_under(_NOTE, told),
        )
        writers = {n: Writer.model_validate(w) for n, w in _under(_WRITER, told).items()}
    except ValidationError:
        raise CatalogueBroken(
            f"the collection {place.shown} is not one of Moodreel: set "
            f"MOODREEL_CATALOGUE_COLLECTION to another name"
        ) from None
    strings = {key: str(told.get(key) or "") for key in ("epoch", "draft", "begun")}
    return ServerState(facts.name, manifest, **strings, writers=writers)


def _under(prefix: str, told: Mapping[str, Any]) -> dict[str, Any]:
    return {key[len(prefix) :]: value for key, value in told.items() if key.startswith(prefix)}
