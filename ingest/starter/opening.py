"""Opening the catalogue of a data folder, which is built at first use and kept up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from ...errors import (
    CatalogueBusy,
    CatalogueMismatch,
    EmbedderSilent,
    MoodreelError,
    StorageError,
)
from ..catalogue import Progress
from ..community import keep_community
from ..edge import EdgeCatalogue
from ..embedding import Embedder, EmbedderChoice, choose_embedder, embedder_named, require
from ..item import Item
from ..manifest import Manifest, load_manifest
from ..ollama_place import OllamaPlace, place_named
from .films import SOURCE, starter_items, starter_version

log = logging.getLogger(__name__)

CATALOGUE = "catalogue"
DRAFT = "catalogue.draft"
LOCK = "catalogue.lock"
JOURNAL = "vectors.journal"
# A build takes some seconds, with slow disks or without shipped vectors a minute or two.
PATIENCE_SECONDS = 180.0
_NOTE = "starter"


def open_catalogue(
    folder: Path,
    embedder: Embedder | EmbedderChoice | None = None,
    progress: Progress | None = None,
    ollama: OllamaPlace | None = None,
) -> EdgeCatalogue:
    """Open the catalogue of a data folder with the current starter films in it.

    Where there is none it is built aside and renamed into place, so that an interrupted build
    is done again and never half used. Where another version of the starter films was stored,
    they are indexed anew; items from other sources stay. Of programs that start together, one
    builds and the others wait for it.

    A model of Ollama is asked when there is something to embed, and to build a catalogue with
    it; one that it filled opens without it. What it embedded outlives an interrupted build.

    Args:
        folder: the data folder; made where missing.
        embedder: an embedder, or which one to choose. ``None`` and ``"auto"`` keep the one
            that filled a catalogue with items of one's own; a catalogue of starter films only
            is built anew when another one is chosen, or serves best.
        progress: called with (done, total) texts or items while building or indexing anew.
        ollama: where a model of Ollama answers, and which one ``"ollama"`` means.

    Raises:
        CatalogueBusy: another process holds it.
        CatalogueBroken: it can't be read.
        CatalogueMismatch: another embedder filled it.
        EmbedderMissing: the embedder has no weights here.
        EmbedderSilent: the model of Ollama has to embed and does not answer.
        StorageError: the disk refuses.
    """
    wanted = _Wanted(folder, embedder, ollama or OllamaPlace())
    with _alone(folder):
        path = folder / CATALOGUE
        if not EdgeCatalogue.exists(path):
            _build(folder, wanted.chosen(), progress)
        opened = EdgeCatalogue.open(path, wanted.filler(load_manifest(path)))
        try:
            if wanted.other_than(opened):
                opened.close()
                _build(folder, wanted.chosen(), progress)
                opened = EdgeCatalogue.open(path, wanted.chosen())
                keep_community(opened, folder)
                return opened
            require(opened.embedder)
            if opened.note(_NOTE) != starter_version(opened.embedder.name):
                _index_anew(opened, progress)
        except BaseException:
            opened.close()
            raise
        keep_community(opened, folder)
        return opened


class _Wanted:
    """Which embedder is wished for, found out when it has to be."""

    def __init__(
        self, folder: Path, embedder: Embedder | EmbedderChoice | None, ollama: OllamaPlace
    ) -> None:
        self._folder = folder
        self._choice: EmbedderChoice | None = None
        self._embedder: Embedder | None = None
        if embedder is None or isinstance(embedder, str):
            self._choice = embedder or "auto"
        else:
            self._embedder = embedder
        self._ollama = ollama
        self._journal = folder / JOURNAL

    def chosen(self) -> Embedder:
        """The embedder itself; a model of Ollama is asked for its version, once."""
        if self._embedder is None:
            self._embedder = choose_embedder(self._choice or "auto", self._ollama, self._journal)
        return self._embedder

    def filler(self, manifest: Manifest) -> Embedder:
        """The embedder that filled a catalogue, whether or not it can serve now."""
        if self._choice is None:
            return self.chosen()
        found = embedder_named(manifest.embedder, manifest.dimension, self._ollama, self._journal)
        return found or self.chosen()

    def other_than(self, opened: EdgeCatalogue) -> bool:
        """Whether a catalogue has to be built anew for the embedder that is wished for.

        Raises:
            CatalogueMismatch: it has to be, and holds items of one's own.
        """
        if self._meant(opened.embedder.name):
            return False
        if set(opened.summary().sources) <= {SOURCE}:
            return True
        if self._choice != "auto":
            raise self._mismatch(opened)
        return False

    def _meant(self, name: str) -> bool:
        """Whether an embedder's name is the wished one's; a model of Ollama in any version."""
        if self._choice == "ollama":
            placed = place_named(name, self._ollama)
            return placed is not None and placed[0].plain == self._ollama.plain
        return name == self.chosen().name

    def _mismatch(self, opened: EdgeCatalogue) -> CatalogueMismatch:
        model = f" with {self._ollama.plain!r}" if self._choice == "ollama" else ""
        return CatalogueMismatch(
            f"the catalogue in {str(self._folder / CATALOGUE)!r} holds items of your own and was "
            f"filled by the embedder {opened.embedder.name!r}, not by {self._choice!r}{model}: set "
            f"MOODREEL_EMBEDDER=auto to keep it, or delete that folder to have it built anew "
            f"without them"
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the data folder while its catalogue is looked at, built or mended."""
    lock = FileLock(folder / LOCK, timeout=PATIENCE_SECONDS)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise CatalogueBusy(
            f"another program has been building the catalogue in {str(folder)!r} for "
            f"{PATIENCE_SECONDS:.0f} s: wait for it or end it, then start again"
        ) from None
    except OSError as error:
        raise _refused(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _refused(folder: Path, error: OSError) -> StorageError:
    return StorageError(
        f"the disk refused to write in {str(folder)!r} ({error.strerror or error}): make the "
        f"folder writable and see that there is room, or set MOODREEL_HOME to another folder"
    )


def _build(folder: Path, embedder: Embedder, progress: Progress | None) -> None:
    """Make the starter catalogue beside its place, then put it there in one step."""
    draft, items = folder / DRAFT, starter_items()
    try:
        EdgeCatalogue.remove(draft)
        made = EdgeCatalogue.create(draft, embedder)
        try:
            _store(made, items, progress)
        finally:
            made.close()
        EdgeCatalogue.remove(folder / CATALOGUE)
        draft.replace(folder / CATALOGUE)
    except BaseException as error:
        with suppress(MoodreelError):
            EdgeCatalogue.remove(draft)
        if isinstance(error, OSError):
            raise _refused(folder, error) from error
        raise


def _index_anew(opened: EdgeCatalogue, progress: Progress | None) -> None:
    """Put the current starter films in the place of the stored ones, and nothing else.

    While a model of Ollama is silent they stay as they were; the next opening tries again.
    """
    source_of = {item.id: item.source for item in opened.items()}
    items = [item for item in starter_items() if source_of.get(item.id, SOURCE) == SOURCE]
    current = {item.id for item in items}
    gone = [i for i, source in source_of.items() if source == SOURCE and i not in current]
    try:
        _store(opened, items, progress)
    except EmbedderSilent as error:
        log.warning("the starter films are not brought up to date: %s", error)
        return
    opened.delete(gone)


def _store(catalogue: EdgeCatalogue, items: list[Item], progress: Progress | None) -> None:
    """Store the starter films; the version is noted last, so that half of it doesn't count."""
    report = progress or (lambda done, total: None)
    report(0, len(items))
    catalogue.upsert(items, progress)
    catalogue.set_note(_NOTE, starter_version(catalogue.embedder.name))
    report(len(items), len(items))
