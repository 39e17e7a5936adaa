"""Phrases of mood in a message, and whether each is a film's quality or how somebody feels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .lexicon import LONGEST, QUALITY, STATE, STAY, Meaning
from .message import Message
from .negation import polarity
from .spots import COMMENT
from .standing import tells
from .words import words_of

Sort = Literal["quality", "state", "stay"]

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SELF = re.compile(
    r"(?:\b(?:i'm|i am|am|we're|we are|i've been|been|being|feeling|feel|feels|felt|i was"
    r"|getting|got|having|had|have|has|he's|she's|is|are|after|because|since|mood is"
    r"|mood:?|today i|everyone's|it's been|it was|been a)"
    r"(?: (?:a|an|the|all|so|really|very|pretty|quite|kind of|sort of|bit|little|just"
    r"|super|totally|completely|absolutely|too|such|feeling|rather|somewhat|still|honestly"
    r"|currently|incredibly|extremely|both|and|not|always|day|today|of|\w+ and"
    r"|\w+ly))*)\s*$"
)
_HOUR = re.compile(r"\b(?:day|night|evening|sunday|afternoon|season)\b")
_IMPERATIVE = re.compile(
    r"\b(?:want|wants|need|needs|wanna|mood for|for|something|anything|some|film|movie"
    r"|give me|let me|let's|make me|makes me|to|find me|show me|that's|which is|that is"
    r"|looking for|it's|be|them|recommend|suggest)\b[^.!?;]*$"
)
_FILM = re.compile(
    r"\s*(?:\w+ (?:and |but )?)?(?:films?|movies?|flicks?|one|ones|comed(?:y|ies)|dramas?"
    r"|thrillers?|romances?|stor(?:y|ies)|ending|endings|stuff|music|pictures?|musicals?"
    r"|animation|horror)\b"
)
_WEARY = re.compile(r"\b(?:tired|bored|sick|done|exhausted|fed up|pissed off|annoyed)$")
_ILL_AT_EASE = re.compile(r"\s*(?:stupid|dumb|old|sick|bad|worse|guilty|ill|uncomfortable|small)\b")
_NOT_OF_FILMS = re.compile(r"\s*(?:questions?|requests?|ask|taste|boss|colleague|neighbou?rs?)\b")
_WISHED = re.compile(
    r"\b(?:want|wanna|need|let me|let's|make me|ready|rather|like|love|just|help me|able"
    r"|going|time|in the mood|mood)(?: (?:to|just|really|be able to))*\s*$"
)
_ORIGIN = {"quality": QUALITY, "state": STATE, "stay": STAY}


@dataclass(frozen=True)
class Phrase:
    """A phrase of the lexicon in a message; ``at`` and ``until`` are places in the plain text."""

    start: int
    end: int
    at: int
    until: int
    meaning: Meaning
    sort: Sort


def phrases(message: Message) -> Iterator[Phrase]:
    """The longest phrases of the lexicon, from left to right."""
    plain = message.plain
    words = list(_WORD.finditer(plain.text))
    n = 0
    while n < len(words):
        phrase = _longest(message, words, n)
        if phrase is None:
            n += 1
            continue
        yield phrase
        while n < len(words) and words[n].start() < phrase.until:
            n += 1


def _longest(message: Message, words: list[re.Match[str]], n: int) -> Phrase | None:
    text = message.plain.text
    for length in range(min(LONGEST, len(words) - n), 0, -1):
        last = words[n + length - 1]
        key = _known(" ".join(word.group() for word in words[n : n + length]))
        if key is None:
            continue
        at, until = words[n].start(), last.end()
        start, end = message.plain.span(at, until)
        if not message.free(start, end) or re.search(r"[.!?;,]", text[at:until]):
            continue
        sort = _sort(key, text, at, until)
        ill = key.endswith(" feel") and _ILL_AT_EASE.match(text, until)
        if sort == "quality" and (ill or _NOT_OF_FILMS.match(text, until)):
            sort = None
        if sort == "quality" and not _HOUR.search(key):
            told = _comments(text, at) or _told(message, start, end)
            sort = None if told else sort
        if sort is not None:
            return Phrase(start, end, at, until, _ORIGIN[sort][key], sort)
    return None


def _known(words: str) -> str | None:
    """The phrase of the lexicon that words are, whoever they are said of: "make her laugh"."""
    for key in (words, _DEGREE.sub(" ", words), _WHOSE.sub("my", words), _WHOM.sub("me", words)):
        if key in QUALITY or key in STATE or key in STAY:
            return key
    return None


_DEGREE = re.compile(
    r"(?<=\w) (?:a (?:little )?bit|a little|really|very|so|pretty|quite|rather|kind of|sort of"
    r"|totally|properly|absolutely|super) (?=\w)"
)
_WHOM = re.compile(
    r"(?<=\w )(?:us|him|her|them|you|everyone|everybody|someone|somebody"
    r"|(?:my|our|his|her|the|a) (?!mind|mood|spirits|day|heart|head|brain)[a-z]+)\b"
)
_WHOSE = re.compile(
    r"\b(?:our|his|her|their|your|(?:every(?:one|body)|some(?:one|body))(?:'?s)?"
    r"|(?:my|our) \w+'s)(?= )"
)


def _told(message: Message, start: int, end: int) -> bool:
    """Whether a plain quality is part of what somebody tells: "my boss is scary"."""
    sense = polarity(message, start, end)
    return sense.kind == "plain" and tells(message, start, end)


def _comments(text: str, at: int) -> bool:
    """Whether a sentence says what a film was like: "that one was funny"."""
    sentence = re.split(r"[.!?;\n]", text[max(0, at - 120) : at])[-1]
    return COMMENT.match(sentence) is not None or sentence.endswith("what ")


def _sort(key: str, text: str, at: int, until: int) -> Sort | None:
    """Whether a phrase names a film's quality, the user's state, or a state to stay in."""
    before, after = text[max(0, at - 60) : at], text[until : until + 24]
    before = re.split(r"[.!?;\n]", before)[-1]
    if key in STAY and (_WISHED.search(before) or " " not in key or key not in STATE):
        return "stay"
    if key not in STATE:
        return "quality" if key in QUALITY else None
    if _WEARY.search(key) and re.match(r"\s+of\b", after):
        return None
    alone = key in QUALITY or (" " not in key and key in _MARKED)
    marker = _SELF.search(before)
    if marker and not _FILM.match(after) and not _IMPERATIVE.search(before[marker.start() :]):
        return "state"
    if not alone:
        return "state"
    return "quality" if key in QUALITY else None


# Single words of state that mean something else unless somebody says that they are it.
_MARKED = words_of(
    "down low beat alone lost stuck thrilled empty excited stress happy upset restless"
    " numb angry furious "
    "adventurous blah cross curious rejected disappointed isolated detached hollow spent"
    " nervous cranky "
    "crying hopeless poorly flu sick promoted buzzing worried divorced irritated raging motivated "
    "recovering celebrating deadline deadlines beat pumped shattered crappy agitated headache"
)
