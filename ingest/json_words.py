"""The words in a JSON document: captions, transcripts, records of a film or a video."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ..errors import UsageError

_TELLING = (
    "title", "fulltitle", "original_title", "headline", "tagline", "description", "overview",
    "summary", "synopsis", "plot", "abstract", "text", "body", "content", "transcript",
    "captions", "subtitles", "keywords", "tags", "genres",
)  # fmt: skip
"""Keys under which words about a content stand; others are read where none of these is there."""
_BROKEN = "{!r} is not whole as JSON; save it again, or give its text."
_ADDRESS = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//|^data:", re.IGNORECASE)
_MARK = re.compile(r"^[\s>]*\[[^\[\]]*\]\s*$")


def json_words(text: str, name: str) -> str:
    """The texts in a JSON document, one a line, each once.

    YouTube's captions (json3) give what is said; a transcript in segments gives each once. Of
    other records the fields that hold words about a content are read, or all of them where
    there are none of these. Addresses are left out.

    Args:
        text: the document.
        name: what it is called, for the message.

    Raises:
        UsageError: it is not JSON, or nested too deeply.
    """
    whole = _parsed(text, name)
    try:
        lines = _spoken(whole) or _told(whole) or [*_strings(whole)]
    except RecursionError:
        raise UsageError(_BROKEN.format(name)) from None
    return _whole_letters("\n".join(dict.fromkeys(lines)))


def json_title(text: str) -> str:
    """The title that a JSON record gives itself; nothing where it gives none."""
    try:
        whole = _parsed(text, "")
    except UsageError:
        return ""
    title = whole.get("title") if isinstance(whole, dict) else None
    return _whole_letters(" ".join(title.split())) if isinstance(title, str) else ""


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UsageError(_BROKEN.format(name)) from None


def _whole_letters(text: str) -> str:
    """Without halves of surrogate pairs, which JSON can spell and no text can hold."""
    return text.encode("utf-8", "replace").decode()


def _spoken(whole: Any) -> list[str]:
    """What is said in json3 captions, a line an event; events that only scroll have none."""
    events = whole.get("events") if isinstance(whole, dict) else None
    if not isinstance(events, list):
        return []
    lines = (_line(event.get("segs")) for event in events if isinstance(event, dict))
    return [line for line in lines if line and not _MARK.match(line)]


def _line(segments: Any) -> str:
    if not isinstance(segments, list):
        return ""
    pieces = [each.get("utf8") for each in segments if isinstance(each, dict)]
    return " ".join("".join(piece for piece in pieces if isinstance(piece, str)).split())


def _told(whole: Any) -> list[str]:
    """The words under telling keys, wherever they stand."""
    if isinstance(whole, list):
        return [line for each in whole for line in _told(each)]
    if not isinstance(whole, dict):
        return []
    found = [line for key in _TELLING for line in _strings(whole.get(key))]
    nested = (value for key, value in whole.items() if key not in _TELLING)
    # A transcript's whole text makes its segments a repetition.
    inside = (
        [] if isinstance(whole.get("text"), str) else [v for each in nested for v in _told(each)]
    )
    return [*found, *inside]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        line = value.strip()
        if any(letter.isalpha() for letter in line) and not _ADDRESS.match(line):
            yield line
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
