"""Opening the catalogue of a data folder, which is built at first use and kept up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from ...errors import CatalogueBusy, MoodreelError, StorageError
from ..catalogue import Progress
from ..edge import EdgeCatalogue
from ..embedding import Embedder, EmbedderChoice, choose_embedder, embedder_named, require
from ..item import Item
from ..manifest import load_manifest
from .films import SOURCE, starter_items, starter_version

CATALOGUE = "catalogue"
DRAFT = "catalogue.draft"
LOCK = "catalogue.lock"
# A build takes some seconds, with slow disks or without shipped vectors a minute or two.
PATIENCE_SECONDS = 180.0
_NOTE = "starter"


def open_catalogue(
    folder: Path,
    embedder: Embedder | EmbedderChoice | None = None,
    progress: Progress | None = None,
) -> EdgeCatalogue:
    """Open the catalogue of a data folder with the current starter films in it.

    Where there is none it is built aside and renamed into place, so that an interrupted build
    is done again and never half used. Where another version of the starter films was stored,
    they are indexed anew; items from other sources stay. Of programs that start together, one
    builds and the others wait for it.

    Args:
        folder: the data folder; made where missing.
        embedder: an embedder, or which one to choose. ``None`` and ``"auto"`` keep the one
            that filled a catalogue with items of one's own; a catalogue of starter films only
            is built anew when another one serves best.
        progress: called with (done, total) items while building or indexing anew.

    Raises:
        CatalogueBusy: another process holds it.
        CatalogueBroken: it can't be read.
        CatalogueMismatch: another embedder filled it.
        EmbedderMissing: the embedder has no weights here.
        StorageError: the disk refuses.
    """
    chosen = _chosen(embedder)
    auto = embedder in (None, "auto")
    with _alone(folder):
        path = folder / CATALOGUE
        if not EdgeCatalogue.exists(path):
            _build(folder, chosen, progress)
        opened = EdgeCatalogue.open(path, _filler(path, chosen) if auto else chosen)
        try:
            if opened.embedder.name != chosen.name and set(opened.summary().sources) <= {SOURCE}:
                opened.close()
                _build(folder, chosen, progress)
                return EdgeCatalogue.open(path, chosen)
            require(opened.embedder)
            if opened.note(_NOTE) != starter_version(opened.embedder.name):
                _index_anew(opened, progress)
        except BaseException:
            opened.close()
            raise
        return opened


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


def _chosen(embedder: Embedder | EmbedderChoice | None) -> Embedder:
    if embedder is None or isinstance(embedder, str):
        return choose_embedder(embedder or "auto")
    return embedder


def _filler(path: Path, otherwise: Embedder) -> Embedder:
    """The embedder that filled the catalogue in a folder, whether or not it can serve now."""
    return embedder_named(load_manifest(path).embedder) or otherwise


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
    """Put the current starter films in the place of the stored ones, and nothing else."""
    source_of = {item.id: item.source for item in opened.items()}
    items = [item for item in starter_items() if source_of.get(item.id, SOURCE) == SOURCE]
    current = {item.id for item in items}
    gone = [i for i, source in source_of.items() if source == SOURCE and i not in current]
    _store(opened, items, progress)
    opened.delete(gone)


def _store(catalogue: EdgeCatalogue, items: list[Item], progress: Progress | None) -> None:
    """Store the starter films; the version is noted last, so that half of it doesn't count."""
    report = progress or (lambda done, total: None)
    report(0, len(items))
    catalogue.upsert(items)
    catalogue.set_note(_NOTE, starter_version(catalogue.embedder.name))
    report(len(items), len(items))
