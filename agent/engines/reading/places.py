"""Places in the last list: "the second one", "#2", "the last two"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...edits import ItemRef
from .scene import MARK, Mention, MentionKind, Scene

ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7, "eighth": 8, "8th": 8,
    "ninth": 9, "9th": 9, "tenth": 10, "10th": 10, "last": -1, "final": -1, "top": 1, "bottom": -1,
    "former": 1, "latter": -1, "middle": 0,
}  # fmt: skip


_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS = {word: n for n, word in enumerate(_WORDS, start=1)} | {str(n): n for n in range(1, 21)}


_ORDINAL = "|".join(ORDINALS)


_NUMBER = r"one|two|three|four|five|six|seven|eight|nine|ten|1?\d|20"


_THING = (
    r"(?:ones?|films?|movies?|picks?|options?|suggestions?|choices?|titles?|recommendations?"
    r"|recs?|of (?:those|these|them|the (?:list|bunch|lot|five|three)))"
)


_STOPS = (
    r"(?=\s*(?:$|[.,;:!?)¤]|(?:and|or|but|is|was|looks?|sounds?|seems?|please|too|again"
    r"|instead|with|for|then|though|because|so|not|isn't|wasn't|if|as|are|were|i|we|already"
    r"|didn't|did|does|which|appeals?|tempts?|grabs|interests|intrigues|any|really|very|good|ok|okay|suitable|scary|funny|sad|violent"
    r"|long|short|like|appropriate|have|has|more|better|less|most|best|than|end|ends|come|made"
    r"|available|about|bit|rather|one's|got|gets?|contains?|includes?|features?|works?|fits?"
    r"|back|\w+er than)\b))"
)


PLACES = re.compile(
    rf"\b(?:the |my |your |that |this )?(?:very )?(?P<ordinal>{_ORDINAL})(?: (?P<many>two|three"
    r"|four|five|six|seven|eight|nine|ten|[2-9]|few|couple|couple of))?(?: "
    rf"(?P<thing>{_THING})\b|{_STOPS})"
    r"|(?:#|\b(?:number|no\.|nr\.?|num|option|pick|film|movie|choice|suggestion|the number) ?)"
    rf"(?P<number>{_NUMBER})(?:\s*(?:,|and|&|or|vs\.?|versus|with|to)\s*#?"
    rf"(?P<more>{_NUMBER})\b)?(?!\w|[./]\d)"
)


def mention(
    scene: Scene, span: tuple[int, int], refs: Iterable[ItemRef], kind: MentionKind
) -> list[Mention]:
    """A mention of something at a span of the sketch, or nothing when there is no such thing."""
    pointed = tuple(dict.fromkeys(refs))
    start, end = span
    end -= len(scene.sketch[start:end]) - len(scene.sketch[start:end].rstrip())
    if not pointed or MARK in scene.sketch[start:end] or not scene.free(start, end):
        return []
    return [Mention(*scene.outward(start, end), pointed, kind)]


def places(match: re.Match[str], size: int) -> list[ItemRef]:
    if match["number"]:
        named = [match["number"], *([match["more"]] if match["more"] else [])]
        return [ItemRef(position=NUMBERS[n]) for n in named if n in NUMBERS]
    place = ORDINALS[match["ordinal"]] or (size + 1) // 2
    many = match["many"]
    if not many:
        return [ItemRef(position=place)] if abs(place) <= max(size, 5) else []
    count = min(NUMBERS.get(many, 2 if "couple" in many else 3), size)
    if place == -1:
        return [ItemRef(position=-n) for n in range(count, 0, -1)]
    return [ItemRef(position=n) for n in range(1, count + 1)] if place == 1 else []
