"""Small files of our own that have the defects of the real ones, and reading them."""

from __future__ import annotations

import gzip
from pathlib import Path

from moodreel.ingest.sources import source_for
from moodreel.ingest.sources.record import AS_IT_IS, Options, Record, Skipped


def read(
    path: Path, name: str = "auto", options: Options = AS_IT_IS
) -> tuple[str, list[Record], list[Skipped]]:
    """The source that reads a path, its records and what it skips; row numbers are checked."""
    source = source_for(name, path)
    rows = [*source.records(path, options)]
    assert [row.row for row in rows] == [*range(1, len(rows) + 1)]
    records = [row for row in rows if isinstance(row, Record)]
    return source.name, records, [row for row in rows if isinstance(row, Skipped)]


def file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    raw = text if isinstance(text, bytes) else text.encode()
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return path
