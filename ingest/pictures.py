"""Reading pictures: PNG, JPEG and WebP, told by their bytes, whole and of bearable size.

Only what a file says of itself is read, never its pixels: a model's server decodes them.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import UsageError

MAX_BYTES = 20_000_000
"""A photograph has 3 to 10 MB; models shrink everything to about a megapixel."""
MAX_PIXELS = 50_000_000
MAX_SIDE = 16_384
"""Decoders need 4 bytes a pixel: more than 200 MB for one picture is no poster but an attack."""
MAX_PICTURES = 100
MAX_BYTES_TOGETHER = 100_000_000

PictureKind = Literal["PNG", "JPEG", "WebP"]
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_OTHERS = {
    b"GIF8": "GIF", b"BM": "BMP", b"II*\0": "TIFF", b"MM\0*": "TIFF", b"%PDF": "PDF",
    b"\0\0\x01\0": "ICO", b"8BPS": "Photoshop", b"\x76\x2f\x31\x01": "OpenEXR",
}  # fmt: skip
_BRANDS = {b"avif": "AVIF", b"avis": "AVIF", b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC"}
# Start-of-frame markers hold the size; three numbers of that range mean something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})


@dataclass(frozen=True)
class Picture:
    """A picture as it is in its file; sides in pixels."""

    data: bytes
    kind: PictureKind
    width: int
    height: int


class _Broken(Exception):
    """What a file says of itself doesn't hold."""


def is_picture(raw: bytes) -> bool:
    """Whether the first bytes are those of a picture, of a kind that can be read or not.

    ``BM`` and the like begin texts too, so that those of other kinds need a byte that texts
    don't have.
    """
    return kind_of(raw) is not None or _other(raw) is not None


def kind_of(raw: bytes) -> PictureKind | None:
    """The kind of picture that begins with these bytes; ``None`` for anything else."""
    if raw.startswith(_PNG):
        return "PNG"
    if raw.startswith(_JPEG):
        return "JPEG"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "WebP"
    return None


def picture_of(raw: bytes, name: str) -> Picture:
    """The picture in the bytes of a file; ``name`` is for the messages.

    Raises:
        UsageError: it is no such picture, broken, or too large.
    """
    if not raw:
        raise UsageError(f"{name!r} is empty; give a picture.")
    if len(raw) > MAX_BYTES:
        raise UsageError(f"{name!r} is larger than {MAX_BYTES // 1_000_000} MB; make it smaller.")
    kind = kind_of(raw)
    if kind is None:
        what = _other(raw)
        told = f"is {what}, not PNG, JPEG or WebP" if what else "is no PNG, JPEG or WebP picture"
        raise UsageError(f"{name!r} {told}; save it as one of these.")
    try:
        width, height = _SIZES[kind](raw)
    except (_Broken, struct.error, IndexError):
        raise UsageError(f"{name!r} is a broken {kind} file; save it again.") from None
    if min(width, height) < 1:
        raise UsageError(f"{name!r} is a broken {kind} file; save it again.")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        size = f"{width} × {height} pixels"
        raise UsageError(
            f"{name!r} has {size}; give at most {MAX_PIXELS // 1_000_000} million in all"
            f" and {MAX_SIDE} a side."
        )
    return Picture(raw, kind, width, height)


def read_picture(path: Path) -> Picture:
    """The picture in a file.

    Raises:
        UsageError: the file is missing, a folder, no such picture, broken or too large.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"There is no file {str(path)!r}; check the path.") from None
    except IsADirectoryError:
        raise UsageError(f"{str(path)!r} is a folder; name one file in it.") from None
    except OSError as error:
        raise UsageError(f"{str(path)!r} can't be read ({error.strerror}); check it.") from None
    return picture_of(raw, str(path))


def _other(raw: bytes) -> str | None:
    """The name of a picture format that can't be read here."""
    if raw[4:8] == b"ftyp" and raw[8:12] in _BRANDS:
        return _BRANDS[raw[8:12]]
    if b"\0" not in raw[:64] and not raw.startswith((b"GIF8", b"%PDF")):
        return None
    return next((name for magic, name in _OTHERS.items() if raw.startswith(magic)), None)


def _png_size(raw: bytes) -> tuple[int, int]:
    chunks = _png_chunks(raw)
    first, content = next(chunks)
    if first != b"IHDR" or len(content) != 13:
        raise _Broken
    names = {name for name, _ in chunks}
    if b"IDAT" not in names:
        raise _Broken
    width, height = struct.unpack(">II", content[:8])
    return width, height


def _png_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk up to the end mark, which has to be there."""
    place = len(_PNG)
    while True:
        length = _number(raw, place)
        name, end = raw[place + 4 : place + 8], place + 8 + length + 4
        if end > len(raw) or zlib.crc32(raw[place + 4 : end - 4]) != _number(raw, end - 4):
            raise _Broken
        yield name, raw[place + 8 : end - 4] if name == b"IHDR" else b""
        if name == b"IEND":
            return
        place = end


def _number(raw: bytes, place: int) -> int:
    return int(struct.unpack_from(">I", raw, place)[0])


def _jpeg_size(raw: bytes) -> tuple[int, int]:
    """From the first frame; the end mark has to come after it, whatever is appended there."""
    place = 2
    while True:
        if raw[place] != 0xFF:
            raise _Broken
        marker = raw[place + 1]
        if marker == 0xFF:
            place += 1
        elif marker in _BARE_MARKERS:
            place += 2
        elif marker in _FRAMES:
            height, width = struct.unpack_from(">HH", raw, place + 5)
            if raw.rfind(b"\xff\xd9") < place:
                raise _Broken
            return width, height
        else:
            (length,) = struct.unpack_from(">H", raw, place + 2)
            if marker in (0xD9, 0xDA) or length < 2:
                raise _Broken
            place += 2 + length


def _webp_size(raw: bytes) -> tuple[int, int]:
    """From the first chunk: lossy, lossless or extended."""
    (length,) = struct.unpack_from("<I", raw, 4)
    if length + 8 > len(raw):
        raise _Broken
    name, content = raw[12:16], raw[20:]
    if name == b"VP8 " and content[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", content, 6)
        return width & 0x3FFF, height & 0x3FFF
    if name == b"VP8L" and content[0] == 0x2F:
        (bits,) = struct.unpack_from("<I", content, 1)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8X":
        sides = content[4:7] + b"\0" + content[7:10] + b"\0"
        width, height = struct.unpack("<II", sides)
        return width + 1, height + 1
    raise _Broken


_SIZES: dict[PictureKind, Callable[[bytes], tuple[int, int]]] = {
    "PNG": _png_size,
    "JPEG": _jpeg_size,
    "WebP": _webp_size,
}
