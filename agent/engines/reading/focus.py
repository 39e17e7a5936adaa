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
    spoken = scene.reader.turn.focus or (
        len(just_named(scene)) == 1 and reacts and "like" in reacts.group()
    )
    return reacts is not None and len(scene.shown) > 1 and not spoken


def focus(scene: Scene) -> tuple[ItemRef, ...]:
    """The film last spoken of since the last list, else that list's first, else nothing.

    Where nothing is asked, a single film named in the message before comes ahead of the list
    that answered it: "pulp fiction", a list, "seen it".
    """
    spoken = scene.reader.turn.focus
    if spoken:
        return (_pointed(scene, spoken[-1]),)
    if not _ASKS.search(scene.text) and len(named := just_named(scene)) == 1:
        return named
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


def just_named(scene: Scene) -> tuple[ItemRef, ...]:
    """The films that the message before spoke well or plainly of, where no list had them."""
    turn = scene.reader.turn
    last = [e.content for e in turn.profile.active if e.turn == turn.number - 1]
    told = [said.item for said in last if isinstance(said, Attitude) and said.feeling in _NAMED]
    told += [p.item for said in last if isinstance(said, Anchor) for p in said.parts]
    known = {id_ for ids in turn.shown for id_ in ids}
    named = dict.fromkeys(item for item in told if item.id not in known)
    return tuple(ItemRef(title=item.title, year=item.year) for item in named)


_NAMED = ("loved", "liked", "seen", "interested")


def _pointed(scene: Scene, item_id: str) -> ItemRef:
    """A reference to an item of the catalogue: by its place in the last list, else by title."""
    if item_id in scene.shown:
        return ItemRef(position=scene.shown.index(item_id) + 1)
    item = scene.reader.catalogue.get([item_id]).get(item_id)
    return ItemRef(title=item.title, year=item.year) if item else ItemRef()
