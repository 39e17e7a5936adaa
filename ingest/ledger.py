"""What was read from where: so that reading goes on after a kill, and merges can be undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import StorageError
from .item import Item
from .merge import MODEL

FILE = "ingest.sqlite"
NOTE = "ingest"
"""The note of a catalogue that has the name of its ledger."""
_OWN = "own: "
_LAYOUT = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS runs (
  file TEXT PRIMARY KEY, rows INTEGER, whole INTEGER, report TEXT);
CREATE TABLE IF NOT EXISTS records (
  source TEXT, key TEXT, item TEXT NOT NULL, file TEXT, row INTEGER, rule TEXT, part TEXT,
  PRIMARY KEY (source, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS of_item ON records (item);
CREATE TABLE IF NOT EXISTS apart (
  source TEXT, key TEXT, item TEXT, PRIMARY KEY (source, key, item)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS said (source TEXT, key TEXT, text TEXT, PRIMARY KEY (source, key))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unstored (item TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failed (
  item TEXT, model TEXT, reason TEXT, PRIMARY KEY (item, model)) WITHOUT ROWID;
"""
_TABLES = ("runs", "records", "apart", "said", "unstored", "failed")


@dataclass(frozen=True)
class Entry:
    """Where a record of a source went; ``part`` is it as an item, kept where it was merged."""

    source: str
    key: str
    item: str
    file: str = ""
    row: int = 0
    rule: str = ""
    part: Item | None = None


class Ledger:
    """A small database beside the catalogue, which holds for that one catalogue only."""

    def __init__(self, folder: Path, catalogue: str) -> None:
        """Open it; what was noted for another catalogue is dropped.

        Args:
            folder: the data folder.
            catalogue: the catalogue's own id.
        """
        self._folder = folder
        with self._errors():
            self._db = sqlite3.connect(folder / FILE)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.executescript(_LAYOUT)
            held = self._db.execute("SELECT value FROM about WHERE name='catalogue'").fetchone()
            if held is None or held[0] != catalogue:
                self._begin_anew(catalogue)

    def _begin_anew(self, catalogue: str) -> None:
        with self._db:
            for table in _TABLES:
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)
            self._db.execute("INSERT OR REPLACE INTO about VALUES ('catalogue', ?)", (catalogue,))

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StorageError(
                f"the ledger of what was read, {str(self._folder / FILE)!r}, can't be used "
                f"({error}): see that there is room, or delete that file to begin anew"
            ) from error

    def run(self, file: str) -> tuple[int, bool, dict[str, Any]]:
        """How many rows of a file were done, whether that was all, and the report so far."""
        with self._errors():
            found = self._db.execute(
                "SELECT rows, whole, report FROM runs WHERE file=?", (file,)
            ).fetchone()
        return (found[0], bool(found[1]), json.loads(found[2])) if found else (0, False, {})

    def note_run(self, file: str, report: dict[str, Any]) -> None:
        """Note how far a file was read; durable on return."""
        told = (file, report["read"], int(report["whole"]), json.dumps(report))
        with self._errors(), self._db:
            self._db.execute("INSERT OR REPLACE INTO runs VALUES (?,?,?,?)", told)

    def entry(self, source: str, key: str) -> Entry | None:
        """Where a record went."""
        with self._errors():
            found = self._db.execute(f"{_ENTRY} WHERE source=? AND key=?", (source, key)).fetchone()
        return _entry(found) if found else None

    def entries_of(self, item: str) -> list[Entry]:
        """The records that went into an item."""
        with self._errors():
            return [_entry(row) for row in self._db.execute(f"{_ENTRY} WHERE item=?", (item,))]

    def note(self, entries: Sequence[Entry], texts: Iterable[tuple[str, str, str]] = ()) -> None:
        """Note where records went, and what they say in full; durable on return."""
        with self._errors(), self._db:
            self._insert(entries)
            self._db.executemany("INSERT OR REPLACE INTO said VALUES (?,?,?)", texts)

    def _insert(self, entries: Sequence[Entry]) -> None:
        rows = [
            (e.source, e.key, e.item, e.file, e.row, e.rule,
             e.part.model_dump_json(exclude_defaults=True) if e.part else None)
            for e in entries
        ]  # fmt: skip
        self._db.executemany("INSERT OR REPLACE INTO records VALUES (?,?,?,?,?,?,?)", rows)

    def note_described(self, item: str, entries: Sequence[Entry]) -> None:
        """Note all records of an item, the one that a model wrote among them; durable on return.

        It is `unstored` from then on, and no longer `failed`.
        """
        with self._errors(), self._db:
            self._db.execute("DELETE FROM records WHERE item=? AND source=?", (item, MODEL))
            self._insert(entries)
            self._db.execute("INSERT OR REPLACE INTO unstored VALUES (?)", (item,))
            self._db.execute("DELETE FROM failed WHERE item=?", (item,))

    def unstored(self) -> list[str]:
        """Items that were described, which the catalogue may not show yet."""
        with self._errors():
            return [row[0] for row in self._db.execute("SELECT item FROM unstored ORDER BY item")]

    def note_stored(self, items: Iterable[str]) -> None:
        """Note that the catalogue shows what described items are."""
        with self._errors(), self._db:
            self._db.executemany("DELETE FROM unstored WHERE item=?", [(item,) for item in items])

    def note_failed(self, item: str, model: str, reason: str) -> None:
        """Note that a model could not describe an item; durable on return."""
        with self._errors(), self._db:
            told = (item, model, reason)
            self._db.execute("INSERT OR REPLACE INTO failed VALUES (?,?,?)", told)

    def forgive(self, items: Iterable[str], model: str) -> None:
        """Forget that a model failed with items."""
        with self._errors(), self._db:
            pairs = [(item, model) for item in items]
            self._db.executemany("DELETE FROM failed WHERE item=? AND model=?", pairs)

    def failed(self, model: str) -> dict[str, str]:
        """The items that a model could not describe, each with the reason."""
        with self._errors():
            found = self._db.execute("SELECT item, reason FROM failed WHERE model=?", (model,))
            return dict(found.fetchall())

    def note_about(self, name: str, value: dict[str, Any]) -> None:
        """Keep plain data under a name; durable on return."""
        with self._errors(), self._db:
            told = (f"{_OWN}{name}", json.dumps(value))
            self._db.execute("INSERT OR REPLACE INTO about VALUES (?,?)", told)

    def about(self, name: str) -> dict[str, Any]:
        """What is kept under a name; empty where nothing is."""
        with self._errors():
            found = self._db.execute(
                "SELECT value FROM about WHERE name=?", (f"{_OWN}{name}",)
            ).fetchone()
        return dict(json.loads(found[0])) if found else {}

    def apart(self, source: str, key: str) -> frozenset[str]:
        """The items that a person said a record is not."""
        with self._errors():
            found = self._db.execute(
                "SELECT item FROM apart WHERE source=? AND key=?", (source, key)
            )
            return frozenset(row[0] for row in found)

    def keep_apart(self, source: str, key: str, item: str) -> None:
        """Note that a record is not an item."""
        with self._errors(), self._db:
            self._db.execute("INSERT OR REPLACE INTO apart VALUES (?,?,?)", (source, key, item))

    def merges(self) -> list[Entry]:
        """Every record that was merged into an item that was there before."""
        with self._errors():
            found = self._db.execute(f"{_ENTRY} WHERE rule != '' ORDER BY item, source, key")
            return [_entry(row) for row in found]

    def said(self, item: str) -> tuple[str, str, str] | None:
        """The longest text that was read of an item, as source, key and text."""
        with self._errors():
            found = self._db.execute(
                "SELECT source, key, text FROM said JOIN records USING (source, key) "
                "WHERE item=? ORDER BY length(text) DESC, source, key LIMIT 1", (item,)
            ).fetchone()  # fmt: skip
        return tuple(found) if found else None

    def with_texts(self) -> set[str]:
        """The items of which a text was read."""
        with self._errors():
            found = self._db.execute(
                "SELECT DISTINCT item FROM said JOIN records USING (source, key)"
            )
            return {row[0] for row in found}

    def models_part(self, item: str) -> Entry | None:
        """What a model wrote of an item."""
        return next((each for each in self.entries_of(item) if each.source == MODEL), None)

    def close(self) -> None:
        """Let the file go."""
        with self._errors():
            self._db.close()


_ENTRY = "SELECT source, key, item, file, row, rule, part FROM records"


def _entry(row: Any) -> Entry:
    part = Item.model_validate_json(row[6]) if row[6] else None
    source, key, item, file, number, rule, _ = row
    return Entry(source, key, item, file, number, rule, part)
