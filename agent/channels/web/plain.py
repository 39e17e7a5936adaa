"""Text of films and people as it was written, and never as markup."""

from __future__ import annotations

import unicodedata
from html import escape


def plain(text: str) -> str:
    """Text for HTML and its attributes, escaped and without what can't be seen."""
    return escape(visible(text), quote=True)


def visible(text: str) -> str:
    """Text without its unseen characters.

    Control characters and those that turn the direction of what follows have no place in
    a name, and could hide or move what stands next to it.
    """
    return "".join(char for char in text if not _unseen(char))


def _unseen(char: str) -> bool:
    if char in "\n\t":
        return False
    return unicodedata.category(char) in ("Cc", "Cs") or char in _TURNS


_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
