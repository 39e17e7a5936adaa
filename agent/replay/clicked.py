"""What was not typed, in the words that the dialogue keeps of it."""

from __future__ import annotations

from ...ingest.catalogue import Catalogue
from ..clicks import feedback_click, list_click, undo_click
from .script import Press


def in_words(press: Press, catalogue: Catalogue) -> str:
    """What a press is called; its item is an id by now."""
    if press.act == "undo":
        return undo_click(1)[0]
    if press.act == "recommend":
        return list_click()[0]
    item = catalogue.get([press.item])[press.item]
    return feedback_click(item, press.act, press.dimension)[0]
