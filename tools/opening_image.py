"""The picture that a film's mood text opens with, as a reason may quote it."""

from __future__ import annotations

import re

from ..ingest.item import Item
from .names import cased

_IMAGE = re.compile(r"[^.:;!?]+(?=[.:;!?])")
_PRAISE = re.compile(
    r"\b(?:best|greatest|finest|masterpiece|masterly|perfect|brilliant|superb|immortal|classic|"
    r"must-see|wonderful|terrific|never bettered)\b",
    re.IGNORECASE,
)


def opening_image(item: Item) -> str | None:
    """The first few words of the mood text where they make a picture by themselves.

    Only texts that a person or a model wrote are drawn on: derived ones are made of tags.
    """
    provenance = item.provenance.get("mood") or item.provenance.get("*")
    first = _IMAGE.match(item.mood)
    if first is None or (provenance is not None and provenance.how == "derived"):
        return None
    image = first.group().strip()
    if not 3 <= len(image.split()) <= 13 or _PRAISE.search(image) or image.count("(") % 2:
        return None
    return image


def lowered(image: str) -> str:
    """An image as it stands after a colon: its first letter small unless it is a name."""
    first, _, rest = image.partition(" ")
    small = first[:1].lower() + first[1:]
    opening = " ".join([small, *rest.split()[:3]]).lower()
    spelt_so = bool(first[1:]) and not first[1:].rstrip(",").islower()
    named = (first.endswith(",") and rest[:1].isupper()) or cased(opening)[:1].isupper()
    kept = first if spelt_so or named else small
    return f"{kept} {rest}"
