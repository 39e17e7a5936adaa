"""Reading what `describe` is given, and keeping what it found as an item."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import EngineError, NoWords, UsageError
from .output import tell

if TYPE_CHECKING:
    from ...ingest.item import Item
    from ...tools.descriptors import Descriptors
    from ..companion import MovieAgent
    from ..engines.base import Content
    from ..newcomers import Description

_HEAD = 64
"""Bytes that tell a picture from a text."""


def read_content(files: Sequence[Path], *, empty: bool = False) -> Content:
    """What is in files, ``-`` being stdin: one text, or pictures that belong together, or both.

    A text without words is refused unless it may be ``empty``.

    Raises:
        UsageError: one of them is missing or neither text nor picture, or there are too many.
    """
    from ...ingest.pictures import MAX_BYTES_TOGETHER, MAX_PICTURES  # noqa: PLC0415
    from ..engines.base import Content  # noqa: PLC0415

    texts: list[str] = []
    pictures: list[bytes] = []
    for file in files:
        found = _read_or_empty(file) if empty else _read(file)
        if isinstance(found, str):
            texts.append(found)
        else:
            pictures.append(found)
        if len(texts) > 1:
            raise UsageError("Describe one text at a time; only pictures may be several.")
        if len(pictures) > MAX_PICTURES or sum(map(len, pictures)) > MAX_BYTES_TOGETHER:
            most = MAX_BYTES_TOGETHER // 1_000_000
            raise UsageError(
                f"That is too much at once; give at most {MAX_PICTURES} pictures of {most} MB in"
                " all."
            )
    return Content("".join(texts), tuple(pictures))


def _read_or_empty(file: Path) -> str | bytes:
    try:
        return _read(file)
    except NoWords:
        return ""


def _read(file: Path) -> str | bytes:
    """The text of a file, or the bytes of a picture."""
    from ...ingest.documents import PICTURES, read_document, words_of  # noqa: PLC0415
    from ...ingest.pictures import MAX_BYTES, is_picture, picture_of, read_picture  # noqa: PLC0415

    if str(file) == "-":
        raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        return picture_of(raw, "stdin").data if is_picture(raw) else words_of(raw, "stdin")
    if file.suffix.lower() in PICTURES or is_picture(_head(file)):
        return read_picture(file).data
    return read_document(file)


def _head(file: Path) -> bytes:
    """The first bytes of a file; what can't be opened is refused, in a sentence, by who reads it.

    A pipe has no beginning that could be read twice.
    """
    if not file.is_file():
        return b""
    try:
        with file.open("rb") as opened:
            return opened.read(_HEAD)
    except OSError:
        return b""


def describable(content: Content, agent: MovieAgent) -> None:
    """Refuse pictures where only the builtin engine is.

    Raises:
        EngineError: with what to set.
    """
    if content.pictures and not content.text and agent.engine == "builtin":
        raise EngineError(
            "A picture takes a model that sees, through Ollama: set MOODREEL_MODEL to one, such as"
            " gemma3:4b, and MOODREEL_ENGINE to auto or ollama; moodreel doctor says what is"
            f" missing. (Now: {agent.choice})"
        )


def reading_parts(done: int, total: int) -> None:
    """Say on stderr how far the reading of something long has come."""
    tell(
        f"Read {done} of {total} parts." if done else f"That is long; reading it in {total} parts."
    )


def unseen(content: Content, found: Description) -> Iterable[str]:
    """A notice where pictures beside a text were left aside."""
    if content.pictures and found.engine == "builtin":
        yield "Only the text was read; pictures take a model that sees, through Ollama."


def added_item(
    content: Content, described: Descriptors, title: str, year: int | None = None
) -> Item:
    """A described content as an item; the same content always gets the same id."""
    from ..cold_start import ItemFacts, identity, item_of  # noqa: PLC0415

    kind = "film" if content.trailer else "text" if content.text else "picture"
    return item_of(described, title, identity(content), ItemFacts(kind, year))
