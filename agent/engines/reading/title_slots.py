"""Places of a sentence where a film's title belongs."""

from __future__ import annotations

import re

from ....ingest.item import fold
from ....ingest.titles import Mention as Candidate
from .feelings import cues
from .scene import FILM, LINK, MARK, Scene
from .words import words_of

# Titles that are function words: in lower case they are never titles.
LITTLE = words_of("""
    it her him us them me you he she they we this that these those his hers i x m a the if who
    what why how when where so no yes up down now here there then more once one two nine all
    some any none ok us
""")


# Of these, the ones that no sentence begins with: "Her was great" can only be the film.
_NEVER_SUBJECTS = words_of("""
    her him us me them up
""")


_ASKED = re.compile(
    r"(?:(?:have|'ve|has) (?:you|u) (?:got|seen|heard (?:of|about))|(?:do|did) you (?:have"
    r"|know|like|see|stock|recommend)|you know|got|is|was|are|were|does|did|what about"
    r"|how about|who(?:'s| is| was| are)?(?: the)? (?:in|made|directed|stars? in|plays in"
    r"|wrote|behind)|(?:director|cast|plot|story|runtime|length|ending|rating|year|star|stars"
    r"|actors?) (?:of|in|for)|(?:tell|remind) (?:me|us)(?: more| something| a bit)? about"
    r"|what do you know about|know (?:anything )?about|(?:info|details|more|anything) (?:on"
    r"|about)|how long (?:is|was)|when (?:was|did|is)|why(?: did you (?:pick|suggest|recommend"
    r"|choose))?|what(?:'s| is| was| happens)(?: in)?|heard of|called|titled|named|compare"
    r"|between|or|than|vs|versus|and|with|from|of|in|about|for|by|not|no|but|forget|i said"
    r"|i meant|mean|meant|think of|thought of|maybe|say|try)\s+$"
)


_INTRO = (
    r"\s*:?\s+(?:(?:both|also|the (?:movie|film|original|first|old|new|one)|movies? (?:like"
    r"|such as|called)|films? (?:like|such as|called)|called|titled|named|all of|most of|maybe"
    r"|say|e\.g\.|for example)\s+)?(?:(?:[\w.-]+ ){0,2}[\w.-]+'s? )?$"
)


_ENDS = re.compile(
    r"(?:'s)?\s*(?:$|[.,;:!?)\]…*_\"/&+-]|(?:and|or|but|again|too|also|though|yesterday|last"
    r"|because|when|for|with|so|ten|many|at|on|in|as|from|by|if|as well|please|already|twice"
    r"|instead|tonight|a lot|very much|so much|was|is|were|are|sucked|bored|rocks|ages"
    r"|recently|both|where|meets|crossed|to|would|can|could|thx|countless"
    r"|(?:about |like |at least )?(?:a |one )?(?:hundred|million|thousand|dozen|couple|few|\w+)"
    r" (?:of )?times|thanks|lol|i|we|my|which|it"
    r"|that|who|since|before|\d+ times|is|isn't|wasn't|didn't|than|just|really|except|without"
    r"|only|minus|set|funnier|darker|shorter|lighter|yet|have|any|ok|either|tho|pls|please|doesn't|suitable|scary|good"
    r"|better)\b|¤|👍|👎|❤|😍|<3)"
)


def written_plainly(text: str) -> bool:
    """Whether capitals mean something: the text is neither shouted nor in headline case."""
    words = re.findall(r"[^\W\d_]+", text)
    capital = sum(word[0].isupper() for word in words)
    return not words or (capital <= max(4, 0.6 * len(words)) and not text.isupper())


def _capital(scene: Scene, candidate: Candidate) -> bool:
    """Whether a capital inside a sentence marks a title."""
    if candidate.capitalised:
        return True
    before = scene.message.text[: candidate.start].rstrip(" \"'*_(")
    inside = bool(before) and before[-1] not in ".!?\n:"
    return inside and candidate.text[:1].isupper() and written_plainly(scene.message.text)


# --- places where titles stand ----------------------------------------------------------------


def in_place(scene: Scene, candidate: Candidate) -> bool:
    """Whether a doubtful title stands in a title's slot."""
    start, end = scene.inward(candidate.start, candidate.end)
    if _means_other_words(scene, candidate.text, start):
        return False
    if fold(candidate.text) in LITTLE and not _capital(scene, candidate):
        if fold(candidate.text) in _NEVER_SUBJECTS and candidate.text[:1].isupper():
            return _predicate_follows(scene, start, end) or _right_after_cue(scene, start, end)
        return fold(candidate.text) in ("up", "once") and _right_after_cue(scene, start, end)
    if _predicate_follows(scene, start, end) or _written_so(scene, candidate, start, end):
        return True
    if not _ENDS.match(scene.text, end):
        return False
    return _right_after_cue(scene, start, end) or _asked_about(scene, candidate, start)


def _means_other_words(scene: Scene, said: str, start: int) -> bool:
    """Whether words in lower case are no title here: "no heat", "the kind of thing"."""
    listed = said == "the others" and bool(scene.shown)
    return listed or (said.islower() and _NO_TITLE_BEHIND.search(scene.text[:start]) is not None)


_NO_TITLE_BEHIND = re.compile(r"\b(?:no|(?:kind|sort|type)s? of) $")


_REACH = 200
"""Characters around a doubtful title that are looked at: a sentence and its list of films."""


def _window(scene: Scene, start: int, end: int) -> tuple[str, int, int]:
    """The sketch around a span with the span marked as a film, and the span's place in it."""
    first = max(0, start - _REACH)
    around = scene.sketch[first:start] + MARK * (end - start) + scene.sketch[end : end + _REACH]
    return around, start - first, end - first


def _right_after_cue(scene: Scene, start: int, end: int) -> bool:
    sketch, start, end = _window(scene, start, end)
    ahead = [cue for cue in cues(sketch[:end]) if cue.side == "after" and cue.end <= start]
    head = re.search(rf"(?:{FILM}{LINK})+$", sketch[:start])
    if head and any(0 <= head.start() - cue.end < _NEAR for cue in ahead):
        return True
    return any(re.fullmatch(_INTRO, sketch[cue.end : start]) for cue in ahead)


_NEAR = 25
"""Characters between a cue and the list of films that it governs, at most."""


def _predicate_follows(scene: Scene, start: int, end: int) -> bool:
    """Whether a title opens a clause and something that is said of films follows."""
    sketch, start, end = _window(scene, start, end)
    if _OPENS.search(sketch[:start]) is None:
        return False
    return any(cue.side == "before" and cue.start == end for cue in cues(sketch))


def _written_so(scene: Scene, candidate: Candidate, start: int, end: int) -> bool:
    """Whether a capital stands where only films do: "Heat, ¤, ¤", "Heat's atmosphere"."""
    if not candidate.text[:1].isupper():
        return False
    first = not scene.sketch[:start].strip() or scene.sketch[:start].rstrip().endswith(":")
    follows = re.match(rf"{LINK}{FILM}", scene.sketch[end : end + _REACH])
    return (first and follows is not None) or _OWN_SIDE.match(scene.sketch, end) is not None


_OWN_SIDE = re.compile(
    r"'s (?:mood|tone|vibes?|atmosphere|feel|plot|story|premise|storyline|ending|pacing"
    r"|humou?r|soundtrack|visuals|cast)\b"
)
"""What only a film has: "Heat's atmosphere"."""


_OPENS = re.compile(r"(?:^|[.,;!?:(]|\b(?:and|but|that|because|think|thought)|¤)\s*(?:the )?$")


def _asked_about(scene: Scene, candidate: Candidate, start: int) -> bool:
    """Whether a question or a list puts a film there; only a capital makes that enough."""
    asked = _ASKED.search(scene.sketch[:start])
    if asked is None:
        return False
    known = asked.group().strip()
    capital = candidate.text[:1].isupper()
    return (
        capital
        or known in _SURE_QUESTIONS
        or known.startswith(
            (
                "have you",
                "'ve you",
                "do you know",
                "tell",
                "what do you know",
                "who",
                "how long is",
                "is ",
                "called",
                "titled",
            )
        )
    )


_SURE_QUESTIONS = frozenset({"heard of", "called", "titled", "named"})
