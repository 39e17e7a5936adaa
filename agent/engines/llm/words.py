"""What a server says and how it names models, made fit for a sentence."""

from __future__ import annotations

import json
import re

SAID_AT_MOST = 200

_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_CREDENTIALS = re.compile(r"//[^/\s@]+@")


def one_line(text: str, most: int = SAID_AT_MOST) -> str:
    """A text without line breaks, control and direction characters, passwords and final dot."""
    line = _CREDENTIALS.sub("//", _UNSEEN.sub(" ", text)).strip().rstrip(".")
    return line if len(line) <= most else f"{line[: most - 1]}…"


def said(text: str) -> str:
    """What a server said, on one line: its ``error`` if it is JSON."""
    if text.lstrip()[:1] == "<":
        return "a web page"
    try:
        told = json.loads(text)
        return one_line(told["error"] if isinstance(told["error"], str) else text)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return one_line(text)  # no JSON of Ollama's, so the text itself is what it said


def whole_name(name: str) -> str:
    """A model's name with its tag, in small letters: ``gemma3`` means ``gemma3:latest``.

    The registry and the folder of Ollama's own library may be written or left out.
    """
    short = name.strip().casefold().removeprefix("registry.ollama.ai/").removeprefix("library/")
    return short if ":" in short.rsplit("/", 1)[-1] else f"{short}:latest"


def same_model(one: str, other: str) -> bool:
    """Whether two names mean the same model."""
    return whole_name(one) == whole_name(other)
