"""Opening the files of data sets: gzip, encodings, tables and JSON, a piece at a time."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from charset_normalizer import from_bytes

from ...errors import BadSource

Row = dict[str, str]

_GZIP = b"\x1f\x8b"
_PIECE = 1 << 20
_SAMPLE = 1 << 16
# One field may hold a whole transcript; the csv module refuses more than 128 KB by itself.
LONGEST_FIELD = 10_000_000
NOT_JSON = object()
"""Stands for a line that is no JSON."""
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Scripts that a few words tell apart from each other. The Latin alphabets are not among them:
# their encodings differ in a few letters, so the commonest is taken.
_SCRIPTS = ["utf_16_le", "utf_16_be", "cp1251", "koi8_r", "cp932", "gb18030", "big5", "cp949",
            "cp1253", "cp1255", "cp1256"]  # fmt: skip
_LATIN = "cp1252"
_FOREIGN = 0.25
_BETWEEN_FIRST = re.compile(r"[\s,\[]*")
_BETWEEN = re.compile(r"[\s,\]]*")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what goes wrong while a file is read into a sentence."""
    try:
        yield
    except FileNotFoundError:
        raise BadSource(f"there is no file {str(path)!r}: check the path") from None
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadSource(
            f"{str(path)!r} can't be read ({reason}): check it, or get it anew"
        ) from error
    except (UnicodeDecodeError, LookupError) as error:
        raise BadSource(
            f"{str(path)!r} is not text in one encoding ({error}): name it with --encoding"
        ) from error
    except csv.Error as error:
        raise BadSource(f"{str(path)!r} is no whole table ({error}): export it again") from error


def open_bytes(path: Path) -> BinaryIO:
    """A file for reading; gzip is recognised by its first bytes, whatever it is called."""
    with path.open("rb") as opened:
        zipped = opened.read(len(_GZIP)) == _GZIP
    return cast(BinaryIO, gzip.open(path, "rb")) if zipped else path.open("rb")


def encoding_of(path: Path) -> str:
    """The encoding of a text file: by its mark, else UTF-8 where all of it is, else a guess.

    The whole file is read, because one letter far down may be all that tells.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    with reading(path), open_bytes(path) as file:
        head = file.read(_SAMPLE)
        marked = next((name for mark, name in _BOMS.items() if head.startswith(mark)), None)
        if marked:
            return marked
        if _every_other_zero(head):
            return _guess(head)
        piece = head
        while piece:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                return _guess(_around(piece))
            piece = file.read(_PIECE)
    return "utf-8"


def _every_other_zero(head: bytes) -> bool:
    """Whether text has the zeros of UTF-16; a few stray ones are damage."""
    return head.count(0) > len(head) * 0.2


def _around(piece: bytes) -> bytes:
    """The lines of a piece that are not ASCII: only they tell an encoding."""
    lines = [line for line in piece.split(b"\n") if not line.isascii()]
    return b"\n".join(lines)[:_SAMPLE]


def _guess(sample: bytes) -> str:
    """The encoding of a sample; few letters that are not ASCII make it a Latin alphabet's."""
    high = sum(byte > 127 for byte in sample)
    plain = sum(97 <= (byte | 32) <= 122 for byte in sample)
    if high < _FOREIGN * (high + plain) and not _every_other_zero(sample):
        return _LATIN
    found = from_bytes(sample, cp_isolation=[*_SCRIPTS, _LATIN]).best()
    return found.encoding if found and found.encoding in _SCRIPTS else _LATIN


def open_text(path: Path, encoding: str | None = None) -> io.TextIOWrapper:
    """A text file for reading, in its encoding; line ends are kept for the csv module."""
    chosen = encoding or encoding_of(path)
    with reading(path):
        # cp1252 leaves five bytes undefined; a letter lost is better than a file refused.
        errors = "replace" if chosen == _LATIN else "strict"
        return io.TextIOWrapper(open_bytes(path), encoding=chosen, errors=errors, newline="")


def head_of(path: Path) -> str:
    """The first lines of a text file, for recognising it; empty where it can't be read."""
    try:
        with open_bytes(path) as file:
            raw = file.read(_SAMPLE)
    except (OSError, EOFError, zlib.error):
        return ""
    marked = next((name for mark, name in _BOMS.items() if raw.startswith(mark)), None)
    wide = _guess(raw) if not marked and _every_other_zero(raw) else None
    return raw.decode(marked or wide or "utf-8", errors="replace")


def header_of(path: Path) -> list[str]:
    """The column names of a table; empty where there are none."""
    head = head_of(path)
    line = head.splitlines()[0] if head.strip() else ""
    return next(csv.reader([line], delimiter=delimiter_of(line)), []) if line else []


def delimiter_of(header: str) -> str:
    """What separates the columns of a header line: the commonest of comma, tab, semicolon, bar."""
    return max(",\t;|", key=header.count)


def csv_rows(path: Path, encoding: str | None = None, quoted: bool = True) -> Iterator[list[str]]:
    """The rows of a table with its header first; zero bytes are taken out, empty lines left out.

    Raises:
        BadSource: it can't be read, or has no header.
    """
    csv.field_size_limit(LONGEST_FIELD)
    with open_text(path, encoding) as file, reading(path):
        lines = (line.replace("\0", "") for line in file)
        first = next((line for line in lines if line.strip()), None)
        if first is None:
            raise BadSource(f"{str(path)!r} is empty: give a file with a header and rows")
        quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
        given = _with_first(first, lines)
        for row in csv.reader(given, delimiter=delimiter_of(first), quoting=quoting):
            if any(cell.strip() for cell in row):
                yield row


def _with_first(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def table(path: Path, encoding: str | None = None, quoted: bool = True) -> Iterator[Row | str]:
    """The rows of a table as column to text; a row that has not the header's width is a reason."""
    rows = csv_rows(path, encoding, quoted)
    header = [name.strip() for name in next(rows)]
    for row in rows:
        if len(row) != len(header):
            yield "not as many columns as the header has"
        else:
            yield dict(zip(header, row, strict=True))


def json_objects(path: Path, encoding: str | None = None) -> Iterator[Any]:
    """The values of a JSON array or of JSON lines, one after the other, however large the file.

    A line that is none is `NOT_JSON`, and the next one is read.

    Raises:
        BadSource: what stands there is not JSON; it says behind which value.
    """
    decoder, count, buffer = json.JSONDecoder(), 0, ""
    with open_text(path, encoding) as file, reading(path):
        lines = True
        while piece := file.read(_PIECE):
            lines = lines and (count > 0 or not piece.lstrip().startswith("["))
            buffer += piece
            place = _next_value(buffer, 0, first=count == 0)
            while place < len(buffer):
                try:
                    value, end = decoder.raw_decode(buffer, place)
                except json.JSONDecodeError:
                    end = buffer.find("\n{", place) if lines and count else -1
                    if end < 0:
                        break
                    value = NOT_JSON
                if end == len(buffer):
                    # A number may go on in the next piece.
                    break
                yield value
                count += 1
                place = _next_value(buffer, end, first=False)
            buffer = buffer[place:]
            if len(buffer) > LONGEST_FIELD:
                break
    if buffer:
        yield _last_value(buffer, path, count, lines)


def _next_value(buffer: str, place: int, *, first: bool) -> int:
    between = _BETWEEN_FIRST if first else _BETWEEN
    found = between.match(buffer, place)
    return found.end() if found else place


def _last_value(buffer: str, path: Path, count: int, lines: bool) -> Any:
    try:
        return json.loads(buffer)
    except json.JSONDecodeError:
        if lines and count and "\n" not in buffer.strip():
            return NOT_JSON
        raise BadSource(f"{str(path)!r} is not JSON behind value {count}: save it again") from None
