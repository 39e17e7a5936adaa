"""Where the catalogue that belongs to a data folder is, and how one comes there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from ...errors import MoodreelError, StorageError
from ..catalogue import Catalogue, Progress
from ..edge import EdgeCatalogue
from ..embedding import Embedder
from ..manifest import Manifest, load_manifest

CATALOGUE = "catalogue"
DRAFT = "catalogue.draft"


class Home(Protocol):
    """Where the catalogue of a data folder is: in it, or on a server."""

    @property
    def shared(self) -> bool:
        """Whether others may use it too, so that nobody builds it anew for himself."""
        ...

    @property
    def shown(self) -> str:
        """What sentences call it."""
        ...

    @property
    def anew(self) -> str:
        """What a person does to have it built anew."""
        ...

    def manifest(self) -> Manifest | None:
        """What filled the catalogue, or None where there is none."""
        ...

    def open(self, embedder: Embedder) -> Catalogue:
        """Open it."""
        ...

    def build(self, embedder: Embedder, fill: Callable[[Catalogue], None]) -> None:
        """Fill one aside, then put it in place in one step."""
        ...


class FolderHome:
    """The catalogue in a data folder."""

    shared = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._place = folder / CATALOGUE
        self.shown = f"the catalogue in {str(self._place)!r}"
        self.anew = "delete that folder to have it built anew without them"

    def manifest(self) -> Manifest | None:
        """What filled the catalogue, or None where there is none."""
        return load_manifest(self._place) if EdgeCatalogue.exists(self._place) else None

    def open(self, embedder: Embedder) -> EdgeCatalogue:
        """Open it."""
        return EdgeCatalogue.open(self._place, embedder)

    def build(self, embedder: Embedder, fill: Callable[[Catalogue], None]) -> None:
        """Make a catalogue beside its place, then put it there in one step."""
        draft = self._folder / DRAFT
        try:
            EdgeCatalogue.remove(draft)
            made = EdgeCatalogue.create(draft, embedder)
            try:
                fill(made)
            finally:
                made.close()
            EdgeCatalogue.remove(self._place)
            draft.replace(self._place)
        except BaseException as error:
            with suppress(MoodreelError):
                EdgeCatalogue.remove(draft)
            if isinstance(error, OSError):
                raise refused(self._folder, error) from error
            raise

    def renew(self, embedder: Embedder, progress: Progress | None) -> None:
        """Lay one of an earlier layout out anew, beside its place, then put it there."""

        def fill(made: Catalogue) -> None:
            if isinstance(made, EdgeCatalogue):
                made.take_over(self._place, progress)

        self.build(embedder, fill)


def refused(folder: Path, error: OSError) -> StorageError:
    """What to say where a data folder can't be written."""
    return StorageError(
        f"the disk refused to write in {str(folder)!r} ({error.strerror or error}): make the "
        f"folder writable and see that there is room, or set MOODREEL_HOME to another folder"
    )
