"""Opening the catalogue of a data folder, which is built at first use and kept up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ...errors import CatalogueBusy, CatalogueMismatch, EmbedderSilent
from ..catalogue import Catalogue, Progress
from ..community import keep_community
from ..embedding import Embedder, EmbedderChoice, choose_embedder, embedder_named, require
from ..genre_model import keep_genres
from ..item import Item
from ..manifest import LAYOUT, Manifest
from ..ollama_place import OllamaPlace, place_named
from ..server_place import ServerPlace
from .films import SOURCE, starter_items, starter_version
from .homes import FolderHome, Home, refused
from .renewal import renewal

log = logging.getLogger(__name__)

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
    server: ServerPlace | None = None,
) -> Catalogue:
    """Open the catalogue of a data folder with the current starter films in it.

    Where there is none it is built aside and put in place at once, so that an interrupted build
    is done again and never half used. Where another version of the starter films was stored,
    they are indexed anew; items from other sources stay. Of programs that start together, one
    builds and the others wait for it.

    A model of Ollama is asked when there is something to embed, and to build a catalogue with
    it; one that it filled opens without it. What it embedded outlives an interrupted build.

    Args:
        folder: the data folder; made where missing.
        embedder: an embedder, or which one to choose. ``None`` and ``"auto"`` keep the one
            that filled a catalogue with items of one's own, or one on a server; a catalogue of
            starter films only is built anew when another one is chosen, or serves best.
        progress: called with (done, total) texts or items while building or indexing anew.
        ollama: where a model of Ollama answers, and which one ``"ollama"`` means.
        server: the Qdrant server that has the catalogue, which is not in the folder then.

    Raises:
        CatalogueBusy: another process holds it.
        CatalogueBroken: it can't be read.
        CatalogueMismatch: another embedder filled it.
        CatalogueUnreachable, CatalogueRefused: the server gives no usable answer.
        EmbedderMissing: the embedder has no weights here.
        EmbedderSilent: the model of Ollama has to embed and does not answer.
        StorageError: the disk refuses.
    """
    home = home_of(folder, server)
    wanted = _Wanted(folder, home, embedder, ollama or OllamaPlace())
    with _alone(folder):
        opened = _opened(home, wanted, progress)
        try:
            require(opened.embedder)
            if opened.note(_NOTE) != starter_version(opened.embedder.name):
                _index_anew(opened, folder, progress)
        except BaseException:
            opened.close()
            raise
        _keep(opened, folder)
        return opened


def home_of(folder: Path, server: ServerPlace | None = None) -> Home:
    """Where the catalogue of a data folder is: on a server, where there is one, else in it."""
    if server is None:
        return FolderHome(folder)
    # Imported here, because only a server needs its client, which takes a while.
    from ..server_draft import ServerHome  # noqa: PLC0415

    return ServerHome(server)


def _opened(home: Home, wanted: _Wanted, progress: Progress | None) -> Catalogue:
    """The catalogue, built where there is none, and anew where its embedder is not wanted."""

    def fill(made: Catalogue) -> None:
        _store(made, starter_items(), progress)

    if (manifest := home.manifest()) is None:
        home.build(wanted.chosen(), fill)
    elif isinstance(home, FolderHome) and manifest.layout != LAYOUT:
        home.renew(wanted.filler(manifest), progress)
    opened = home.open(wanted.filler(home.manifest()))
    try:
        other = wanted.other_than(opened)
    except BaseException:
        opened.close()
        raise
    if not other:
        return opened
    opened.close()
    home.build(wanted.chosen(), fill)
    return home.open(wanted.chosen())


def _keep(opened: Catalogue, folder: Path) -> None:
    """Tell what else the data folder has that belongs to the catalogue."""
    keep_community(opened, folder)
    keep_genres(opened, folder)


class _Wanted:
    """Which embedder is wished for, found out when it has to be."""

    def __init__(
        self,
        folder: Path,
        home: Home,
        embedder: Embedder | EmbedderChoice | None,
        ollama: OllamaPlace,
    ) -> None:
        self._home = home
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

    def filler(self, manifest: Manifest | None) -> Embedder:
        """The embedder that filled a catalogue, whether or not it can serve now."""
        if self._choice is None or manifest is None:
            return self.chosen()
        found = embedder_named(manifest.embedder, manifest.dimension, self._ollama, self._journal)
        return found or self.chosen()

    def other_than(self, opened: Catalogue) -> bool:
        """Whether a catalogue has to be built anew for the embedder that is wished for.

        Raises:
            CatalogueMismatch: it has to be, and holds items of one's own, or is shared.
        """
        if self._meant(opened.embedder.name):
            return False
        if not self._home.shared and set(opened.summary().sources) <= {SOURCE}:
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

    def _mismatch(self, opened: Catalogue) -> CatalogueMismatch:
        model = f" with {self._ollama.plain!r}" if self._choice == "ollama" else ""
        holds = "is shared" if self._home.shared else "holds items of your own"
        return CatalogueMismatch(
            f"{self._home.shown} {holds} and was filled by the embedder "
            f"{opened.embedder.name!r}, not by {self._choice!r}{model}: set "
            f"MOODREEL_EMBEDDER=auto to keep it, or {self._home.anew}"
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
        raise refused(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _index_anew(opened: Catalogue, folder: Path, progress: Progress | None) -> None:
    """Put the current starter films in the place of the stored ones, and nothing else.

    What other sources told of them stays. While a model of Ollama is silent all is left as it
    was; the next opening tries again.
    """
    source_of = {item.id: item.source for item in opened.items()}
    items = [item for item in starter_items() if source_of.get(item.id, SOURCE) == SOURCE]
    current = {item.id for item in items}
    gone = [i for i, source in source_of.items() if source == SOURCE and i not in current]
    with renewal(folder, opened) as kept:
        try:
            _store(opened, kept.renewed(items), progress)
        except EmbedderSilent as error:
            log.warning("the starter films are not brought up to date: %s", error)
            return
        opened.delete(kept.gone(gone))


def _store(catalogue: Catalogue, items: list[Item], progress: Progress | None) -> None:
    """Store the starter films; the version is noted last, so that half of it doesn't count."""
    report = progress or (lambda done, total: None)
    report(0, len(items))
    catalogue.upsert(items, progress)
    catalogue.set_note(_NOTE, starter_version(catalogue.embedder.name))
    report(len(items), len(items))
