"""The small file beside a stored catalogue that says what filled it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..errors import CatalogueBroken, CatalogueMismatch
from .embedding import Embedder

SCHEMA = 2
LAYOUT = 3
"""How the points of a catalogue in a folder are laid out; see `moodreel.ingest.edge_facts`."""
NAME = "manifest.json"


class Manifest(BaseModel):
    """Who filled a catalogue and how its vectors are centred.

    ``items`` is how many it holds; None while a write is under way, so that a write that was cut
    short is not taken for damage. ``written`` counts the writes, ``layout`` says how the points of
    a catalogue in a folder are laid out.
    ``means`` has the mean vector per text space that was subtracted before normalising; it is
    empty while the catalogue is too small to have one. ``notes`` belong to whoever fills the
    catalogue, such as the hash of a source file.
    """

    model_config = ConfigDict(extra="forbid")

    schema_version: int = SCHEMA
    embedder: str
    dimension: int = Field(ge=1)
    items: int | None = None
    written: int = Field(default=0, ge=0)
    layout: int = 1
    means: dict[str, list[float]] = Field(default_factory=dict)
    notes: dict[str, Any] = Field(default_factory=dict)

    def mean(self, space: str) -> NDArray[np.float32] | None:
        """The mean vector of a space, or None while there is none."""
        values = self.means.get(space)
        return None if values is None else np.asarray(values, dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write it so that a crash leaves the old file or the new one, never half of one."""
        draft = folder / (NAME + ".new")
        with draft.open("w", encoding="utf-8") as file:
            file.write(self.model_dump_json())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / NAME)

    def check(self, embedder: Embedder, where: str, anew: str) -> None:
        """Refuse an embedder or a layout that this catalogue was not filled with.

        Args:
            embedder: that is to search it.
            where: what sentences call the catalogue: ``the catalogue in 'folder'``.
            anew: what has it indexed anew: ``delete that folder``.

        Raises:
            CatalogueMismatch: with one sentence.
        """
        asked = (embedder.name, embedder.dimension)
        if (self.embedder, self.dimension) != asked:
            raise CatalogueMismatch(
                f"{where} was filled by the embedder {self.embedder!r} "
                f"({self.dimension} dimensions), not by {embedder.name!r}: choose "
                f"{self.embedder!r} again, or {anew} to have it indexed anew"
            )
        if self.schema_version != SCHEMA:
            raise CatalogueMismatch(
                f"{where} has layout {self.schema_version!r} and this version reads {SCHEMA}: "
                f"{anew} to have it indexed anew"
            )


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest of a stored catalogue.

    Raises:
        CatalogueBroken: it is missing or unreadable.
        CatalogueMismatch: a later version of Moodreel wrote it.
    """
    try:
        known = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Manifest.model_validate(_of_this_version(known, folder))
    except (FileNotFoundError, UnicodeDecodeError, ValueError, ValidationError) as error:
        raise CatalogueBroken(
            f"the catalogue in {str(folder)!r} has no readable {NAME}: delete that folder to "
            f"have it built anew"
        ) from error


def _of_this_version(known: Any, folder: Path) -> Any:
    """A manifest without what only an earlier layout had.

    One of a later version is left alone: its catalogue may hold items of one's own.
    """
    if not isinstance(known, dict):
        return known
    schema, layout = known.get("schema_version", SCHEMA), known.get("layout", 1)
    if not (isinstance(schema, int) and isinstance(layout, int)):
        return known
    strange = known.keys() - Manifest.model_fields.keys()
    if schema > SCHEMA or layout > LAYOUT or (strange and layout == LAYOUT):
        raise CatalogueMismatch(
            f"the catalogue in {str(folder)!r} is of a later version of Moodreel: bring Moodreel "
            f"up to date, or set MOODREEL_HOME to another folder"
        )
    return {name: value for name, value in known.items() if name not in strange}
