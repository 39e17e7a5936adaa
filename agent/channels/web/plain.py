"""Text of films and people as it was written, and never as markup."""

from __future__ import annotations

import re
from html import escape

# Controls but newline and tab, halves of surrogate pairs, marks that turn the direction of what
# follows, and the mark of byte order.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def plain(text: str) -> str:
    """Text for HTML and its attributes, escaped and without what can't be seen."""
    return escape(visible(text), quote=True)


def visible(text: str) -> str:
    """Text without its unseen characters.

    Control characters and those that turn the direction of what follows have no place in
    a name, and could hide or move what stands next to it.
    """
    return _UNSEEN.sub("", text)
