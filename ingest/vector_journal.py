"""Vectors kept while a catalogue is being filled, so that what was embedded is not lost."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import CatalogueBusy, StorageError

Vectors = NDArray[np.float32]

log = logging.getLogger(__name__)

_LAYOUT = """
CREATE TABLE IF NOT EXISTS vectors (
    embedder TEXT NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (embedder, text)
) WITHOUT ROWID
"""
_STORED = np.dtype("<f4")
_AT_ONCE = 500
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
# Not readable, or laid out otherwise (a statement fails); 0: found by the check of the file.
_DAMAGE = (0, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_BESIDES = ("-wal", "-shm", "-journal")


class VectorJournal:
    """Vectors by embedder and text, in one SQLite file that one program holds at a time.

    They are of length 1 or zero, and kept as they were given. What was added is there after a
    crash of the program. Nothing of the texts can be read from the file: it has their hashes.
    """

    def __init__(self, file: Path, base: sqlite3.Connection, embedder: str, dimension: int) -> None:
        self._file = file
        self._base = base
        self._embedder = embedder
        self._dimension = dimension

    @classmethod
    @contextmanager
    def open(cls, file: Path, embedder: str, dimension: int) -> Iterator[VectorJournal]:
        """Hold the journal in a file, which is made where there is none.

        One that can't be read is begun anew, and a log entry says so: its vectors can be
        embedded again.

        Raises:
            CatalogueBusy: another program holds it.
            StorageError: the disk refuses; what was added before stays.
        """
        with _disk(file):
            base = _begun(file)
        try:
            yield cls(file, base, embedder, dimension)
        finally:
            base.close()

    def known(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of those among texts that have a sound one here."""
        keys = {_key(text): text for text in texts}
        wanted = [*keys]
        found: dict[str, Vectors] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            for key, stored in self._stored(wanted[start : start + _AT_ONCE]):
                vector = self._sound(stored)
                if vector is not None:
                    found[keys[key]] = vector
        return found

    def _stored(self, keys: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
        marks = ",".join("?" * len(keys))
        query = f"SELECT text, vector FROM vectors WHERE embedder = ? AND text IN ({marks})"  # noqa: S608
        with _disk(self._file):
            return self._base.execute(query, (self._embedder, *keys)).fetchall()

    def _sound(self, stored: object) -> Vectors | None:
        size = self._dimension * _STORED.itemsize
        if not isinstance(stored, bytes) or len(stored) != size:
            return None
        vector = np.frombuffer(stored, _STORED).astype(np.float32)
        with np.errstate(over="ignore", invalid="ignore"):
            length = float(np.linalg.norm(vector))
        return vector if length == 0 or abs(length - 1) < 1e-3 else None

    def add(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep vectors, shape (len(texts), dimension); they are there when this returns."""
        rows = [
            (self._embedder, _key(text), vector.astype(_STORED).tobytes())
            for text, vector in zip(texts, vectors, strict=True)
        ]
        with _disk(self._file), self._base:
            self._base.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def forget(self, texts: Sequence[str]) -> None:
        """Drop the vectors of texts, and whatever another embedder left here."""
        keys = [(self._embedder, _key(text)) for text in texts]
        with _disk(self._file), self._base:
            self._base.executemany("DELETE FROM vectors WHERE embedder = ? AND text = ?", keys)
            self._base.execute("DELETE FROM vectors WHERE embedder <> ?", (self._embedder,))

    def __len__(self) -> int:
        with _disk(self._file):
            found: int = self._base.execute("SELECT count(*) FROM vectors").fetchone()[0]
        return found


def settle(file: Path, embedder: str, dimension: int, texts: Sequence[str]) -> None:
    """Drop the vectors of texts that a catalogue holds now; an empty journal is removed.

    Raises:
        CatalogueBusy: another program holds it.
        StorageError: the disk refuses.
    """
    if not file.exists():
        return
    with VectorJournal.open(file, embedder, dimension) as journal:
        journal.forget(texts)
        empty = not len(journal)
    if empty:
        with _disk(file):
            _remove(file)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def _begun(file: Path) -> sqlite3.Connection:
    try:
        return _connected(file)
    except sqlite3.DatabaseError as error:
        if _code(error) not in _DAMAGE:
            raise
        log.warning("the journal %r is damaged (%s) and begun anew", str(file), error)
    _remove(file)
    return _connected(file)


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 where the error is not SQLite's own."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _connected(file: Path) -> sqlite3.Connection:
    """A connection that holds the file for itself, its layout checked."""
    base = sqlite3.connect(file, timeout=0, check_same_thread=False)
    try:
        base.execute("PRAGMA locking_mode = EXCLUSIVE")
        base.execute("PRAGMA journal_mode = WAL")
        # The last batch may be lost when the machine itself fails; the file stays whole.
        base.execute("PRAGMA synchronous = NORMAL")
        with base:
            base.execute(_LAYOUT)
        base.execute("SELECT embedder, text, vector FROM vectors LIMIT 1").fetchone()
        found = base.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
    except BaseException:
        base.close()
        raise
    return base


def _remove(file: Path) -> None:
    for path in (file, *(file.with_name(file.name + end) for end in _BESIDES)):
        path.unlink(missing_ok=True)


@contextmanager
def _disk(file: Path) -> Iterator[None]:
    """Turn errors of SQLite and the disk into sentences."""
    try:
        yield
    except sqlite3.Error as error:
        if _code(error) in _BUSY:
            raise CatalogueBusy(
                f"another program is filling the catalogue in {str(file.parent)!r}: wait for it "
                f"or end it, then start again"
            ) from error
        raise _refused(file, str(error)) from error
    except OSError as error:
        raise _refused(file, error.strerror or str(error)) from error


def _refused(file: Path, reason: str) -> StorageError:
    return StorageError(
        f"the disk refused to keep vectors in {str(file)!r} ({reason}): make the folder writable "
        f"and see that there is room, or set MOODREEL_HOME to another folder"
    )
