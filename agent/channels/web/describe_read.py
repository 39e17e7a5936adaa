"""What is put in to be described: a text that was typed, or a file that was dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ....errors import UsageError
from ....ingest.documents import decode, words_of
from ....ingest.json_words import json_title
from ....ingest.pictures import (
    MAX_BYTES,
    MAX_BYTES_TOGETHER,
    MAX_PICTURES,
    is_picture,
    picture_of,
)
from ...engines.base import Content

_SUBTITLES = {".srt", ".vtt"}
_LONGEST_HEADING = 80
_LANGUAGE = re.compile(r"[._-][a-z]{2,3}(?:[-_][A-Za-z]{2,4})?$")
_HEADING = re.compile(r"^\s*#{1,3}\s+(?P<title>\S.*?)\s*#*\s*$")


@dataclass(frozen=True)
class Given:
    """A content, and what it may be called; an empty title where nothing tells."""

    content: Content
    title: str = ""
    kind: str = "text"


def read_given(text: object, files: str | Sequence[str] | None) -> Given:
    """The content that is meant; reads the files, so it blocks.

    Several files are pictures that belong together.

    Raises:
        UsageError: there is neither, or both, or the files can't be described.
    """
    typed = text.strip() if isinstance(text, str) else ""
    paths = [Path(each) for each in ([files] if isinstance(files, str) else files or ())]
    if not paths and not typed:
        raise UsageError("There is nothing to describe yet; paste a text or drop a file.")
    if not paths:
        return Given(Content(_whole(typed)), _heading(typed))
    if typed:
        raise UsageError("There are a text and a file; clear one of them, so that I know which.")
    return _from_file(paths[0]) if len(paths) == 1 else _together(paths)


def _together(paths: Sequence[Path]) -> Given:
    """Several pictures as one content, called after the first.

    Raises:
        UsageError: there are too many, or one of them is no picture.
    """
    if len(paths) > MAX_PICTURES or sum(map(_size, paths)) > MAX_BYTES_TOGETHER:
        most = MAX_BYTES_TOGETHER // 1_000_000
        raise UsageError(f"That is too much at once; drop {MAX_PICTURES} pictures, {most} MB.")
    given = [_from_file(path) for path in paths]
    text = next((each for each, one in zip(paths, given, strict=True) if one.content.text), None)
    if text is not None:
        raise UsageError(f"{text.name!r} is a text; describe it alone. Only pictures go together.")
    pictures = tuple(picture for each in given for picture in each.content.pictures)
    return Given(Content(pictures=pictures), given[0].title, "picture")


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _from_file(path: Path) -> Given:
    try:
        with path.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError:
        raise UsageError(f"{path.name!r} didn't arrive whole; drop it again.") from None
    called = _called(path)
    if not raw:
        raise UsageError(f"{path.name!r} is empty; drop another file.")
    if is_picture(raw):
        return Given(Content(pictures=(picture_of(raw, path.name).data,)), called, "picture")
    words = words_of(raw, path.name)
    if path.suffix.lower() in _SUBTITLES:
        return Given(Content(words), called, "film")
    record = json_title(decode(raw, path.name)) if path.suffix.lower() == ".json" else ""
    return Given(Content(words), record or _heading(words) or called)


def _whole(text: str) -> str:
    """Without halves of surrogate pairs, which no file and no answer can hold."""
    return text.encode("utf-8", "replace").decode()


def _heading(text: str) -> str:
    """The first line where it is a title: marked as one, or short, alone and no sentence."""
    first, _, rest = text.strip().partition("\n")
    marked = _HEADING.match(first)
    if marked:
        return marked["title"][:_LONGEST_HEADING]
    alone = rest.startswith(("\n", "\r\n")) and len(first) <= _LONGEST_HEADING
    return first.strip() if alone and not first.rstrip().endswith((".", "!", "?", ":", ",")) else ""


def _called(path: Path) -> str:
    """A title out of a file's name: ``big_buck.en.srt`` is "Big buck"."""
    stem = path.stem
    if path.suffix.lower() in {*_SUBTITLES, ".json"}:
        stem = _LANGUAGE.sub("", stem)
    words = " ".join(re.sub(r"[._-]+", " ", stem).split())
    return f"{words[:1].upper()}{words[1:]}"
