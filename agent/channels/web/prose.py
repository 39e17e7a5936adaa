"""Sentences of an answer as HTML: escaped, with titles set as titles are."""

from __future__ import annotations

from ..wording import TITLE
from .plain import plain


def prose(text: str) -> str:
    """The text, escaped; what stands between single stars is a title and set in italics."""
    return TITLE.sub(r"<em>\1</em>", plain(text))


def paragraphs(text: str, kind: str = "text") -> str:
    """The text as paragraphs of the class ``mr-KIND``; an empty line divides them."""
    blocks = (block.strip() for block in text.split("\n\n"))
    return "".join(f'<p class="mr-{kind}">{prose(block)}</p>' for block in blocks if block)
