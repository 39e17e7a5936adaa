"""What "it" means: the film that the conversation is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ...edits import Anchor, Attitude, Edit, ItemRef, Nudge
from .message import Finding
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


_FAULT = re.compile(
    r"^\W*(?:(?:hmm+|no|nah|ok|oh|sorry|but|sounds good but)[\s,.]+)*(?:(?:it|that|this|that one)"
    r"(?:'s| is| sounds| looks)? )?(?:still |probably |just )?(?:a bit |a little |way |far |much )?"
    r"too \w+(?: \w+){0,3}\W*$"
)


def found_wanting(scene: Scene, findings: Iterable[Finding]) -> list[Finding]:
    """ "Too long for tonight" after one film was spoken of: less of it than that film has."""
    if not scene.reader.turn.focus or not _FAULT.match(scene.text):
        return list(findings)
    than = focus(scene)[0]
    return [
        replace(finding, edits=tuple(_than(edit, than) for edit in finding.edits))
        for finding in findings
    ]


def _than(edit: Edit, than: ItemRef) -> Edit:
    compared = isinstance(edit, Nudge) and edit.than is None
    return edit.model_copy(update={"than": than}) if compared else edit


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
