"""How many films are asked for: "give me three", "20 funny films", "just one"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .genres import GENRE_NAMED
from .message import Finding
from .numbers import WORDED, number
from .scene import Scene
from .words import words_of

_VAGUE = {
    "a single": 1, "a couple of": 2, "a couple": 2, "a few": 3, "half a dozen": 6, "a dozen": 12,
    "a hundred": 100, "twice": 2,
}  # fmt: skip
_N = (
    r"(?:half a dozen|a (?:single|couple(?: of)?|few|dozen|hundred)"
    rf"|[1-9]\d{{0,2}}(?![\d%]|'?s\b|th\b|st\b|nd\b|rd\b)|{WORDED})"
)
_ORDER = (
    r"(?:give|show|recommend|suggest|list|pick|find|get|send|name|want|need|like|see"
    r"|just|only|top|gimme|maybe|have|a list of|tell|make it|another)"
)
_LONE = re.compile(
    rf"\b(?P<ask>{_ORDER})(?: me| us)?(?: just| only| like| maybe| about| the| your| top| best"
    rf"| a list of| another)* (?P<n>{_N})\b(?! (?:hours?|minutes?|mins?|years?|kids?|children|star"
    r"|or|of (?:us|my)|more than|about|like that|with|from|set|where|that|year|people|nights?"
    r"|days?|times?|am|pm|and a half|word|%))(?P<more> (?:more|others?))?"
)
_NOUN = re.compile(
    r"(?:films?|movies?|flicks?|ideas?|picks?|suggestions?|options?|titles?|recommendations?|recs?"
    r"|more|others?|choices|ones|classics?|gems?|epics?|blockbusters?|tear-?jerkers?|weepies?"
    r"|chillers?|anime|crowd[- ]?pleasers?|masterpieces?|oldies|favou?rites?|shorts|hits|capers?"
    r"|feel[- ]?goods?)\b(?!')"
)
_OF_PEOPLE = re.compile(
    r"[ -](?:fans?|lovers?|buffs?|nerds?|actors?|actress(?:es)?|stars?|queens?|legends?|writers?"
    r"|heroes|hero)\b"
)
_COUNTED = re.compile(rf"(?<![\w'$£€.,:#/-])(?:top[ -])?(?P<n>{_N})(?= )(?! (?:or|to|and) )")
# What stands right before a number that counts no wish: "my two …", "in three …", "seen ten …".
_NOT_WISHED = re.compile(
    r"\b(?:my|our|his|her|their|your|the|these|those|first|last|past|previous|next|all|both|in|of"
    r"|than|part|number|no|volume|vol|seen|watched|saw|loved|liked|hated|know|own|between|under"
    r"|over|after|for|from|with|every|at|like)\s+$"
)
_ASKED = re.compile(
    r"\b(?:give|show|recommend|suggest|list|pick|find|get|send|name|want|need|gimme|top|like|love)"
    r"(?: me| us| the| your| about| at least| top)+ $"
)
_APART = words_of("""
    about with without from for in on at to by is are was were that which who where when and or but
    if than because hour hours minute minutes min mins year years day days week weeks month months
    night nights time times star stars kid kids child children people person men women friends
    i i'm i've we you he she they it if then like old between
""")
"""Words that no number reaches across to what it counts."""
_TOLD = re.compile(
    r" (?:(?:that|which) )?(?:i|we)(?:'ve| have)? (?!(?:can|could|might|would|will|should)\b)\w"
)


def count(scene: Scene) -> tuple[int | None, list[Finding]]:
    """How many films a message asks for, from 1 on, and where it says so."""
    for match in [*_counted(scene), *_alone(scene)]:
        wanted, end = amount(match["n"]), match.end("n")
        start = match.start() if match.group().startswith("top") else match.start("n")
        if wanted >= 1 and scene.free(start, end):
            return wanted, [Finding(*scene.outward(start, end))]
    return None, []


def amount(said: str) -> int:
    """What a number in words or digits comes to; 0 for anything else."""
    return _VAGUE.get(said) or int(number(said) or 0)


def _counted(scene: Scene) -> Iterator[re.Match[str]]:
    """Numbers with what they count behind them: "20 funny films", "ten of the best westerns"."""
    for match in _COUNTED.finditer(scene.sketch):
        lead = scene.sketch[: match.start()]
        end = _head(scene.sketch, match.end())
        told = end is not None and _TOLD.match(scene.sketch, end)
        if end is None or told or (_NOT_WISHED.search(lead) and not _ASKED.search(lead)):
            continue
        yield match


_OF_THE = re.compile(r" of (?:the|your|these|those)(?: very)?(?= )")
_WORD = re.compile(r" ([\w'-]+),?")


def _head(text: str, at: int) -> int | None:
    """Where the noun ends that a number before ``at`` counts, at most four words on."""
    of = _OF_THE.match(text, at)
    at = of.end() if of else at
    for _ in range(5):
        noun = _NOUN.match(text, at + 1) or GENRE_NAMED.match(text, at + 1)
        if noun:
            return None if _OF_PEOPLE.match(text, noun.end()) else noun.end()
        word = _WORD.match(text, at)
        if word is None or word[1] in _APART:
            return None
        at = word.end()
    return None


def _alone(scene: Scene) -> Iterator[re.Match[str]]:
    """Numbers with nothing that they count behind them: "just one", "give me 3"."""
    for match in _LONE.finditer(scene.sketch):
        if match["more"] or _count_alone(scene, match):
            yield match


def _count_alone(scene: Scene, match: re.Match[str]) -> bool:
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


_ORDERS = words_of("give show recommend suggest list find pick name get send gimme just only top")
_PLURAL = re.compile(
    r"\s+(?:[a-z-]+ ){0,2}?(?!hours|minutes|mins|years|days|kids|times|nights)[a-z-]{3,}s\b"
)
