"""Files that a script names, and the error of a setup that can't be made."""

from __future__ import annotations

from pathlib import Path

from ...errors import BadScript
from .load import Loaded

Where = tuple[str | int, ...]


def text_of(loaded: Loaded, path: Path, *where: str | int) -> str:
    """The text of a file; relative paths start from the script.

    Raises:
        BadScript: it can't be read; ``where`` is the key that names it.
    """
    try:
        return (loaded.folder / path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or "it is no text in UTF-8"
        raise refused(loaded, f"{str(path)!r} can't be read ({said})", *where) from None


def refused(loaded: Loaded, problem: str, *where: str | int) -> BadScript:
    """What is wrong with a setup; ``where`` is the key in the script that says it."""
    return loaded.place(*where).error(f"{problem.rstrip('.')}.")
