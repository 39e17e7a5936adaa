"""A conversation as a file: Markdown, JSON, or a test."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable

from ...replay.save import as_script
from ...state import Json


def as_markdown(whole: Json) -> str:
    """The dialogue, readable anywhere; what was typed stays as it was typed."""
    said = [
        f"**{'You' if each['role'] == 'user' else 'Moodreel'}**\n\n{_quoted(each['text'])}"
        for each in whole["dialogue"]
    ]
    return "\n\n".join(["# A conversation with Moodreel", *said]) + "\n"


def _quoted(text: str) -> str:
    """Text that no Markdown reader takes for markup."""
    marked = "".join(f"\\{c}" if c in r"\`*_{}[]<>#|!" else c for c in text)
    return "\n".join(f"> {line}".rstrip() for line in marked.splitlines())


def as_json(whole: Json) -> str:
    """Everything kept of the conversation."""
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


WRITERS: dict[str, Callable[[Json], str]] = {
    "md": as_markdown,
    "json": as_json,
    "yaml": as_script,
}
"""How each kind of file is written; ``yaml`` is the script that plays the conversation again."""


def offered(name: str, text: str) -> str:
    """What the page needs to offer a file to its visitor; it hears of it when it is another.

    So no two are the same: the same file may be wanted twice.
    """
    return json.dumps({"name": name, "text": text, "offer": secrets.token_hex(4)})
