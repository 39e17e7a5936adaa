"""What "it" means: the film that the conversation is about."""

from __future__ import annotations

import re

from ....ingest.item import fold
from ...edits import ItemRef
from ..base import Turn
from .places import PLACES, places
from .scene import Scene

_WHOLE = re.compile(r"\b(?:love|like|hate|dislike) $")


def means_the_list(scene: Scene, at: int) -> bool:
    """Whether "love it" speaks of the list as a whole: several films, none spoken of since."""
    reacts = _WHOLE.search(scene.sketch[:at])
    return reacts is not None and len(scene.shown) > 1 and not _spoken_focus(scene)


def focus(scene: Scene) -> tuple[ItemRef, ...]:
    """What "it" means: the film last spoken of by itself since the last list, else its first."""
    if not scene.shown:
        return ()
    return _spoken_focus(scene) or (ItemRef(position=1),)


def _spoken_focus(scene: Scene) -> tuple[ItemRef, ...]:
    spoken = _spoken_of(scene.reader.turn)
    for text in spoken:
        places = _quick_place(text, len(scene.shown))
        if places:
            return places
        titled = _titled(scene, text)
        if titled:
            return titled
    return ()


def _spoken_of(turn: Turn) -> list[str]:
    """The user's messages since the reply that showed the last list, newest first, at most four."""
    spoken: list[str] = []
    for role, text in reversed(turn.history[-8:]):
        if role == "user":
            spoken.append(text)
        elif len(re.findall(r"\(\d{4}\)|^\s*\d[.)]", text, re.MULTILINE)) >= 2:
            break
    return spoken


def _quick_place(text: str, size: int) -> tuple[ItemRef, ...]:
    matches = list(PLACES.finditer(text.lower()))
    places = [places(match, size) for match in matches]
    single = [refs[0] for refs in places if len(refs) == 1]
    return (single[-1],) if single else ()


def _titled(scene: Scene, text: str) -> tuple[ItemRef, ...]:
    folded = f" {fold(text)} "
    items = scene.reader.catalogue.get(scene.shown)
    for place, id_ in enumerate(scene.shown, 1):
        name = fold(items[id_].title).removeprefix("the ") if id_ in items else ""
        if len(name) > 3 and f" {name} " in folded:
            return (ItemRef(position=place),)
    return ()
