"""What "it" means: the film that the conversation is about."""

from __future__ import annotations

import re

from ...edits import ItemRef
from .scene import Scene

_WHOLE = re.compile(r"\b(?:love|like|hate|dislike) $")


def means_the_list(scene: Scene, at: int) -> bool:
    """Whether "love it" speaks of the list as a whole: several films, none spoken of since."""
    reacts = _WHOLE.search(scene.sketch[:at])
    return reacts is not None and len(scene.shown) > 1 and not scene.reader.turn.focus


def focus(scene: Scene) -> tuple[ItemRef, ...]:
    """The film last spoken of since the last list, else that list's first, else nothing."""
    spoken = scene.reader.turn.focus
    if spoken:
        return (_pointed(scene, spoken[-1]),)
    return (ItemRef(position=1),) if scene.shown else ()


def _pointed(scene: Scene, item_id: str) -> ItemRef:
    """A reference to an item of the catalogue: by its place in the last list, else by title."""
    if item_id in scene.shown:
        return ItemRef(position=scene.shown.index(item_id) + 1)
    item = scene.reader.catalogue.get([item_id]).get(item_id)
    return ItemRef(title=item.title, year=item.year) if item else ItemRef()
