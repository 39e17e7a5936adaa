"""Text of films and people as it was written, and never as markup."""

from __future__ import annotations

from html import escape

from ..wording import visible

__all__ = ["plain", "visible"]


def plain(text: str) -> str:
    """Text for HTML and its attributes, escaped and without what can't be seen."""
    return escape(visible(text), quote=True)
