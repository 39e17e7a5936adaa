"""What "it" means: the film that the conversation is about."""

from __future__ import annotations

import re

from ...edits import Anchor, Attitude, ItemRef
from .scene import Scene

_WHOLE = re.compile(r"\b(?:love|like|hate|dislike) $")


def means_the_list(scene: Scene, at: int) -> bool:
    """Whether "love it" speaks of the list as a whole: several films, none spoken of since."""
    reacts = _WHOLE.search(scene.sketch[:at])
    spoken = scene.reader.turn.focus or (_just_named(scene) and reacts and "like" in reacts.group())
    return reacts is not None and len(scene.shown) > 1 and not spoken


def focus(scene: Scene) -> tuple[ItemRef, ...]:
    """The film last spoken of since the last list, else that list's first, else nothing.

    Where nothing is asked, a single film named in the message before comes ahead of the list
    that answered it: "pulp fiction", a list, "seen it".
    """
    spoken = scene.reader.turn.focus
    if spoken:
        return (_pointed(scene, spoken[-1]),)
    if not _ASKS.search(scene.text) and (named := _just_named(scene)):
        return (named,)
    return (ItemRef(position=1),) if scene.shown else ()


_ASKS = re.compile(
    r"\?|^\W*(?:and |so |but |ok |hmm+ )*(?:what|who|how|when|where|why|which|is|are|was|does"
    r"|do|did"
    r"|can|could|will|would|tell|any)\b"
)


def _just_named(scene: Scene) -> ItemRef | None:
    """The one film that the message before spoke of, where it was no film of a list."""
    turn = scene.reader.turn
    last = [e.content for e in turn.profile.active if e.turn == turn.number - 1]
    told = {content.item for content in last if isinstance(content, Attitude)}
    told |= {p.item for content in last if isinstance(content, Anchor) for p in content.parts}
    single = told.pop() if len(told) == 1 else None
    if single is None or any(single.id in ids for ids in turn.shown):
        return None
    return ItemRef(title=single.title, year=single.year)


def _pointed(scene: Scene, item_id: str) -> ItemRef:
    """A reference to an item of the catalogue: by its place in the last list, else by title."""
    if item_id in scene.shown:
        return ItemRef(position=scene.shown.index(item_id) + 1)
    item = scene.reader.catalogue.get([item_id]).get(item_id)
    return ItemRef(title=item.title, year=item.year) if item else ItemRef()
