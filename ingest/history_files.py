"""The tables of somebody's history: files, folders, archives; whatever their encoding is."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..errors import UsageError

LARGEST = 50_000_000
"""Bytes of a file, unpacked; of an archive all its tables together."""
_TOO_LARGE = "{!r} is larger than a history can be; give one person's export."
_MOST_TABLES = 100
_LONGEST_CELL = 1_000_000
_DELIMITERS = ",;\t|"
_BEHIND = ("likes/films.csv",)
"""Tables that stand in a folder of the export; the others stand at its top."""


@dataclass(frozen=True)
class Row:
    """One row: ``number`` counts as a spreadsheet does, the header being 1.

    ``whole`` says that it has no more cells than the header.
    """

    number: int
    cells: Mapping[str, str]
    whole: bool = True

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def first(self, *columns: str) -> str:
        """The first of these cells that says something."""
        return next((self[column] for column in columns if self[column]), "")


@dataclass(frozen=True)
class Table:
    """A table with its name as people know it; columns are lower case without blanks.

    ``alone`` says that it was named itself, not found in a folder or an archive.
    """

    name: str
    columns: tuple[str, ...]
    text: str = field(repr=False)
    delimiter: str = ","
    header_row: int = 1
    alone: bool = True

    def rows(self) -> Iterator[Row]:
        """Every row that is not empty, in order.

        Raises:
            UsageError: it can't be read on; says at which row.
        """
        number = self.header_row
        try:
            for number, cells in enumerate(_cells(self.text, self.delimiter), self.header_row):
                if number > self.header_row and any(cell.strip() for cell in cells):
                    yield Row(number, self._named(cells), len(cells) <= len(self.columns))
        except csv.Error as error:
            raise UsageError(
                f"{self.name!r} can't be read behind row {number} ({error}); export it again."
            ) from None

    def _named(self, cells: Sequence[str]) -> dict[str, str]:
        return {
            column: cell.strip()
            for column, cell in zip(self.columns, cells, strict=False)
            if column
        }


def tables_of(paths: Sequence[Path]) -> list[Table]:
    """The tables in files (CSV, gzip, ZIP) and folders, in the order given.

    Raises:
        UsageError: a file is missing, too large, broken or no table at all.
    """
    return [table for path in paths for table in _tables(path.expanduser())]


def _tables(path: Path) -> Iterator[Table]:
    try:
        if path.is_dir():
            yield from _in_folder(path)
        elif path.suffix.lower() == ".zip":
            yield from _in_archive(path)
        else:
            yield _table(_whole_name(path), _unpacked(path.name, path.read_bytes()), alone=True)
    except OSError as error:
        raise UsageError(f"{str(path)!r} can't be read ({error.strerror or error}).") from None


def _whole_name(path: Path) -> str:
    """The name with the folder that tells likes from other films."""
    return "/".join(path.parts[-2:]) if path.parent.name == "likes" else path.name


def _in_folder(folder: Path) -> Iterator[Table]:
    places = [p for p in sorted(folder.iterdir()) if p.is_file() and _is_table(p.name)]
    places += [folder / name for name in _BEHIND if (folder / name).is_file()]
    if not places:
        raise UsageError(f"The folder {str(folder)!r} has no CSV file; name the one of an export.")
    for place in places[:_MOST_TABLES]:
        name = place.relative_to(folder).as_posix()
        yield _table(name, _unpacked(name, place.read_bytes()), alone=False)


def _in_archive(path: Path) -> Iterator[Table]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _members(path, archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        raise UsageError(
            f"{path.name!r} is no ZIP that can be opened; download it again."
        ) from None


def _members(path: Path, archive: zipfile.ZipFile) -> Iterator[Table]:
    inside = [info for info in archive.infolist() if not info.is_dir() and _is_table(info.filename)]
    top = _common_folder([info.filename for info in archive.infolist() if not info.is_dir()])
    named = [(info.filename.removeprefix(top), info) for info in inside]
    wanted = [(name, info) for name, info in named if "/" not in name or name in _BEHIND]
    if not wanted:
        raise UsageError(f"{path.name!r} has no CSV file in it; choose the ZIP of an export.")
    left = LARGEST
    for name, info in wanted[:_MOST_TABLES]:
        with archive.open(info) as packed:
            data = packed.read(left + 1)
        left -= len(data)
        if left < 0:
            raise UsageError(_TOO_LARGE.format(path.name))
        yield _table(name, _unpacked(name, data), alone=False)


def _common_folder(names: Sequence[str]) -> str:
    """The one folder that everything in an archive stands in, with its slash; or nothing."""
    tops = {PurePosixPath(name).parts[0] for name in names}
    nested = all("/" in name for name in names)
    return f"{tops.pop()}/" if nested and len(tops) == 1 and "likes" not in tops else ""


def _is_table(name: str) -> bool:
    plain = name.lower().removesuffix(".gz")
    hidden = PurePosixPath(name).name.startswith((".", "._")) or name.startswith("__MACOSX/")
    return plain.endswith((".csv", ".tsv")) and not hidden


def _unpacked(name: str, data: bytes) -> bytes:
    if data.startswith(b"\x1f\x8b"):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                data = packed.read(LARGEST + 1)
        except (OSError, EOFError, zlib.error):
            raise UsageError(f"{name!r} is no whole gzip file; download it again.") from None
    if len(data) > LARGEST:
        raise UsageError(_TOO_LARGE.format(name))
    return data


def _table(name: str, data: bytes, *, alone: bool) -> Table:
    text = _text(name, data)
    if not text.strip():
        raise UsageError(f"{name!r} is empty; export it again.")
    header_row = 1
    if text[:4].lower() == "sep=":
        # A line of Excel's that says what separates the cells; the header shows it too.
        text, header_row = text.partition("\n")[2], 2
    delimiter = _delimiter(text)
    try:
        header = next(_cells(text, delimiter), [])
    except csv.Error as error:
        raise UsageError(f"{name!r} is no table ({error}); export it as CSV.") from None
    return Table(name, tuple(_column(c) for c in header), text, delimiter, header_row, alone)


def _text(name: str, data: bytes) -> str:
    """UTF-8 and UTF-16 as they say themselves; whatever is neither was written by old Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise UsageError(f"{name!r} is no text; export it as CSV.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """What separates the cells of the header."""
    header = text.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=header.count)


def _cells(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _column(cell: str) -> str:
    """A column's name as it is compared: ``Watched Date`` and ``WatchedDate`` are one."""
    return re.sub(r"[\W_]", "", cell).lower()
