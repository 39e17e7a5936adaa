"""References into lists before the last: "number 2 from before", "the first one you showed me"."""

from __future__ import annotations

import re

from ...edits import ItemRef
from .places import NUMBERS, PLACES, places
from .scene import MARK, Mention, Scene

_LISTS = r"(?:list|batch|set|round|lot|selection|suggestions|picks|recommendations|results)"
_SHOWED = r"(?:showed|suggested|gave|recommended|mentioned|listed|offered|named)(?: me| us)?"
_LIST = re.compile(
    rf"(?:(?:from|in|of|on) )?(?:the|that|your) (?:very )?(?P<which>first|second|third|original"
    rf"|initial|previous|earlier|prior|old|other|last) {_LISTS}(?: (?:that )?you {_SHOWED})?"
    r"|from (?:before|earlier|last time|the (?:list|one|ones|batch) before(?: that| this)?)"
    r"|(?:in|on|of|from) the (?:list|batch) before(?: that| this)?|from the (?:beginning|start)"
    rf"|(?:that )?you (?:originally |had |first |initially )?{_SHOWED}(?: (?P<when>first|before"
    r"|earlier|at first|initially|originally|at the (?:start|beginning)|last time))"
    rf"|(?:that )?you(?:'ve)? (?P<ever>ever) {_SHOWED}"
)
_FIRST = frozenset(["first", "original", "initial", "ever", "initially", "originally"])
_TAIL = re.compile(r"\b(?:the )?last (?P<many>two|three|four|five|six|[2-9])\b(?! (?:lists|years))")


def earlier(scene: Scene) -> list[Mention]:
    """Films of earlier lists that a message points at by list and place."""
    if not scene.shown:
        return []
    found = []
    for match in _LIST.finditer(scene.sketch):
        place = _beside(scene, match)
        ids = _ids(scene, match)
        if place is None or MARK in scene.sketch[place.start() : place.end()]:
            continue
        refs = places(place, len(ids))
        named = [ids[_index(ref, len(ids))] for ref in refs if _within(ref, len(ids))]
        start, end = min(place.start(), match.start()), max(place.end(), match.end())
        found += [_mention(scene, start, end, named)] if named else []
    return [*found, *([] if found else _across(scene))]


def _beside(scene: Scene, listed: re.Match[str]) -> re.Match[str] | None:
    """The place that stands right before or behind the words for a list."""
    start, end = listed.span()
    bare = scene.sketch[:start] + " " * (end - start) + scene.sketch[end:]
    for place in PLACES.finditer(bare):
        between = bare[place.end() : start] if place.end() <= start else bare[end : place.start()]
        if re.fullmatch(r"\s*,?\s*(?:(?:the )?(?:one|film|movie))?\s*", between):
            return place
    return None


def _ids(scene: Scene, listed: re.Match[str]) -> tuple[str, ...]:
    """The list that is meant; "before" is the one before the last."""
    lists = scene.reader.turn.shown
    which = listed["which"] or listed["when"] or listed["ever"] or "before"
    if {*which.split()} & _FIRST or "start" in listed.group() or "beginning" in listed.group():
        return lists[0]
    if which in ("second", "third"):
        place = 1 if which == "second" else 2
        return lists[place] if place < len(lists) else lists[-1]
    return lists[-1] if which == "last" or len(lists) < 2 else lists[-2]


def _index(ref: ItemRef, size: int) -> int:
    place = ref.position or 1
    return place - 1 if place > 0 else size + place


def _within(ref: ItemRef, size: int) -> bool:
    return ref.position is not None and 0 < abs(ref.position) <= size


def _across(scene: Scene) -> list[Mention]:
    """ "The last two" after a list of one: the last two films that were shown."""
    match = _TAIL.search(scene.sketch)
    if match is None:
        return []
    count = NUMBERS[match["many"]]
    seen = [each for ids in scene.reader.turn.shown for each in ids]
    if count <= len(scene.shown) or count > len(seen):
        return []
    return [_mention(scene, *match.span(), seen[-count:])]


def _mention(scene: Scene, start: int, end: int, ids: list[str]) -> Mention:
    items = scene.reader.catalogue.get(ids)
    known = [each for each in ids if each in items]
    refs = tuple(ItemRef(title=items[i].title, year=items[i].year) for i in known)
    while scene.sketch[end - 1].isspace():
        end -= 1
    return Mention(*scene.outward(start, end), refs, "place", tuple(known))
