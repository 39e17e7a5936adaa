"""Reading pictures: kinds told by their bytes, sizes by their headers, the rest by a sentence."""

from __future__ import annotations

import base64
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.errors import UsageError
from moodreel.ingest.pictures import (
    MAX_BYTES,
    MAX_SIDE,
    is_picture,
    kind_of,
    picture_of,
    read_picture,
)

# 7 × 5 pixels of red, written by Pillow.
LOSSY = "UklGRjIAAABXRUJQVlA4ICYAAABwAQCdASoHAAUAB0CWJaACdAFAAAD+5AFjCaSdH8zfhR8nUAAAAA=="
LOSSLESS = "UklGRh4AAABXRUJQVlA4TBEAAAAvBgABAAdQjyLXo/+BiOh/AAA="
EXTENDED = (
    "UklGRlYAAABXRUJQVlA4WAoAAAAQAAAABgAABAAAQUxQSAoAAAABB9CDiAhERP8DVlA4ICYAAABwAQCdASoHAAUA"
    "B0CWJaACdAFAAAD+5AFjCaSdH8zfhR8nUAAAAA=="
)


def chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def png(width: int, height: int) -> bytes:
    """A PNG file whose header claims this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    content = zlib.compress(b"\0" * 22)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", content) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def jpeg(width: int, height: int, frame: int = 0xC0) -> bytes:
    """The markers of a JPEG file: two segments, frame, scan, end."""
    segment = b"\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0" + b"\xff\xfe\x00\x06\xff\xc0\xff\xd9"
    size = struct.pack(">BHH", 8, height, width)
    start = b"\xff" + bytes([frame]) + b"\x00\x0b" + size + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + segment + b"\xff" + start + b"\xff\xda\x00\x08\1\1\0\0\x3f\0AB\xff\xd9"


FILES = {
    "png": png(7, 5),
    "jpeg": jpeg(7, 5),
    "progressive": jpeg(7, 5, 0xC2),
    "lossy": base64.b64decode(LOSSY),
    "lossless": base64.b64decode(LOSSLESS),
    "extended": base64.b64decode(EXTENDED),
}


@pytest.mark.parametrize("name", FILES)
def test_a_picture_and_its_size(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.anything"
    path.write_bytes(FILES[name])
    found = read_picture(path)
    assert (found.width, found.height) == (7, 5)
    assert found.data == FILES[name]
    assert is_picture(found.data)
    assert found.kind.lower() in (name, "jpeg", "webp")


@pytest.mark.parametrize("name", FILES)
def test_a_picture_that_was_cut(name: str) -> None:
    whole = FILES[name]
    for length in range(1, len(whole)):
        with pytest.raises(UsageError, match=r"broken|no PNG"):
            picture_of(whole[:length], "cut")


def test_what_is_appended_does_no_harm() -> None:
    for raw in FILES.values():
        assert picture_of(raw + b"trailing", "x").width == 7


def test_a_png_that_was_altered() -> None:
    raw = bytearray(FILES["png"])
    raw[50] ^= 1
    with pytest.raises(UsageError, match="broken PNG"):
        picture_of(bytes(raw), "x")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b"GIF89a" + b"\0" * 40, "is GIF, not PNG, JPEG or WebP; save it"),
        (b"BM\xae\0\0\0" + b"\0" * 40, "is BMP"),
        (b"\0\0\0\x20ftypavif\0\0\0\0", "is AVIF"),
        (b"\0\0\0\x20ftypheic\0\0\0\0", "HEIC"),
        (b"%PDF-1.7\n", "PDF"),
        (b"hello", "no PNG, JPEG or WebP picture"),
        (b"\0" * 100, "no PNG, JPEG or WebP picture"),
        (b"<svg xmlns='x'/>", "no PNG, JPEG or WebP picture"),
        (png(0, 5), "broken PNG"),
        (jpeg(5, 0), "broken JPEG"),
        (png(2**31, 2**31), "pixels"),
        (png(MAX_SIDE + 1, 1), "pixels"),
        (jpeg(16_000, 16_000), "pixels"),
        (FILES["png"] + b"\0" * MAX_BYTES, "20 MB"),
    ],
)
def test_what_is_no_picture_gets_a_sentence(raw: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says) as refused:
        picture_of(raw, "that file")
    assert "'that file'" in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("text", ["BMW makes cars.", "IIII", "GIF is a format", "RIFF WEBP", ""])
def test_a_text_is_no_picture(text: str) -> None:
    assert not is_picture(text.encode())


def test_what_is_no_file(tmp_path: Path) -> None:
    for path, says in [(tmp_path / "no.png", "no file"), (tmp_path, "folder")]:
        with pytest.raises(UsageError, match=says):
            read_picture(path)


@given(
    head=st.sampled_from([raw[:n] for raw in FILES.values() for n in (4, 8, 12, 20, 30, 60)]),
    rest=st.binary(max_size=200),
)
def test_any_bytes_are_a_picture_or_get_a_sentence(head: bytes, rest: bytes) -> None:
    raw = head + rest
    try:
        found = picture_of(raw, "x")
    except UsageError:
        return
    assert found.kind == kind_of(raw)
    assert 1 <= found.width <= MAX_SIDE
