"""How many films are asked for: "give me three", "just one"."""

from __future__ import annotations

import re

from .message import Finding
from .scene import MARK, Scene
from .words import words_of

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "a single": 1, "a couple": 2,
    "a couple of": 2, "a few": 3, "a dozen": 12, "twice": 2,
}  # fmt: skip


_COUNT = re.compile(
    r"\b(?P<ask>give|show|recommend|suggest|list|pick|find|get|send|name|want|need|like|see"
    r"|just|only|top|gimme|maybe|have|a list of|tell|make it|another)(?: me| us)?(?: just"
    r"| only| like| maybe| about| the| your| top| best| a list of| another)* (?P<n>one"
    r"|a single|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|a couple"
    r"(?: of)?|a few|a dozen)\b(?! (?:hours?|minutes?|mins?|years?|kids?|children|star|or|of "
    r"(?:us|my)|more than|about|like that|with|from|set|where|that|year|people|nights?|days?"
    r"|times?|am|pm|and a half|word|%))(?P<noun>(?: [\w'-]+){0,3}? (?:films?|movies?|ideas?"
    r"|picks?|suggestions?|options?|titles?|recommendations?|more|others?|choices|ones"
    r"|flicks))?"
    r"|(?:^|[.,!?;]\s*|\b(?:please|and|but|want)\s+)(?P<n2>one|two|three|four|five|six|seven"
    r"|eight|nine|ten|\d{1,2}) (?:(?:good|great|more|other|different|best|funny|scary|new|old"
    r"|[\w-]+) ){0,2}?(?:films?|movies?|ideas|picks?|suggestions?|options|titles"
    r"|recommendations?|flicks)\b"
)


def count(scene: Scene) -> tuple[int | None, list[Finding]]:
    """How many films a message asks for, 1 to 20, and where it says so."""
    for match in _COUNT.finditer(scene.sketch):
        word = match["n"] or match["n2"]
        number = NUMBERS.get(word) or (int(word) if word.isdigit() else 0)
        lone = match["n"] and not match["noun"]
        if lone and not _count_alone(scene, match):
            continue
        if number >= 1 and scene.free(*match.span()) and MARK not in match.group():
            start = match.start("n") if match["n"] else match.start("n2")
            return min(number, 20), [Finding(*scene.outward(start, match.end()))]
    return None, []


def _count_alone(scene: Scene, match: re.Match[str]) -> bool:
    """Whether a number without "films" behind it still counts films ("just one", "give me 3")."""
    after = scene.sketch[match.end() :]
    if match["ask"] in _ORDERS and _PLURAL.match(after):
        return True
    if match["ask"] == "another" and match["n"] != "one":
        return re.match(r"\s*(?:$|[.,!?;]|please)", after) is not None
    if match["ask"] in ("like", "have", "want", "need", "see", "tell", "maybe", "another"):
        return False
    return bool(
        re.match(
            r"\s*(?:$|[.,!?;]|please|for|then|instead|tonight|this time"
            r"|like (?:it|that|this|those|these|them|¤)|similar|along the lines)",
            after,
        )
    )


_ORDERS = words_of("""
    give show recommend suggest list find pick name get send gimme just only top
""")


_PLURAL = re.compile(
    r"\s+(?:[a-z-]+ ){0,2}?(?!hours|minutes|mins|years|days|kids|times|nights)[a-z-]{3,}s\b"
)
