"""Lines that leave the program: made harmless for a terminal, answer and remarks kept apart."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from ...errors import UsageError
from .streams import shows

# C0 and C1 controls except newline and tab, the marks that reorder what follows, and halves
# of surrogate pairs.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """Text that can't command a terminal: unsafe characters become the replacement character."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def say(text: str) -> None:
    """Print a part of the answer to stdout, at once."""
    print(clean(text), flush=True)  # noqa: T201


def tell(text: str) -> None:
    """Print a remark to stderr, so that stdout holds only the answer."""
    print(clean(text), file=sys.stderr, flush=True)  # noqa: T201


def complain(text: str) -> None:
    """Print an error to stderr, as one line."""
    sentence = " ".join(text.split())
    tell(f"moodreel: {sentence[:1].upper()}{sentence[1:]}")


def as_json(data: Any) -> str:
    """JSON whose strings hold no character that could command a terminal (they are escaped).

    Where stdout can't show all letters, they are escaped too: JSON loses nothing.
    """
    text = json.dumps(data, ensure_ascii=False, indent=2)
    if not shows(text):
        return json.dumps(data, indent=2)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def write_new(name: str, text: str) -> Path:
    """Write a file that is not there yet, lines ending as the text has them.

    Raises:
        UsageError: it is there, or can't be written.
    """
    path = Path(name).expanduser()
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{name!r} is there already; give another name.") from None
    except OSError as error:
        raise UsageError(f"{name!r} can't be written ({error.strerror}).") from None
    return path
