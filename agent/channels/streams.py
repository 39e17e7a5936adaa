"""Standard streams and arguments as the rest can rely on them, whatever the surroundings are."""

from __future__ import annotations

import io
import os
import sys


def ready_streams() -> None:
    """Make stdin, stdout and stderr usable.

    One that was closed becomes the null device, so that no file opened later takes its number.
    A terminal that can't show a letter shows a question mark, and bytes typed at one that are no
    text in its encoding are kept for `as_utf8`: neither is a reason to stop.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream, errors in (
        (sys.stdin, "surrogateescape"),
        (sys.stdout, "replace"),
        (sys.stderr, "replace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)


def as_utf8(text: str, encoding: str | None = None) -> str:
    """Text whose bytes were UTF-8 although the locale said otherwise; any other as it was.

    Args:
        text: as it was decoded, with ``surrogateescape``.
        encoding: what decoded it; that of arguments and file names where none is given.
    """
    used = encoding or sys.getfilesystemencoding()
    try:
        return text.encode(used, "surrogateescape").decode("utf-8")
    except UnicodeError:
        return text


def shows(text: str) -> bool:
    """Whether stdout can show every letter of a text."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
