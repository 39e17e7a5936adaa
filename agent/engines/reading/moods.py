"""Moods: what a film should feel like, and how the user feels, read into tags and axes.

A quality ("warm and funny") is wanted as named. A state ("I'm sad", "rough day") asks for
what helps, unless the user says that they want to stay in it ("let me wallow").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ....ingest.item import AxisName
from ....ingest.limits import AxisBound
from ...edits import Edit, LimitEdit, Wish
from .lexicon import LONGEST, MOST, QUALITY, SIGN, STATE, STAY, Meaning
from .message import Finding, Message, Reader
from .negation import Polarity, polarity
from .negators import LIGHT
from .spots import COMMENT, lifted
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
_DEGREE = re.compile(
    r"(?:^|(?<=\W))(?:(?P<strong>very|most|really|super|so|extremely|absolutely|incredibly"
    r"|seriously|truly|properly|totally|utterly|insanely|hugely|massively|ridiculously"
    r"|mega|proper|bloody|damn|fucking|freaking|wildly|deeply|genuinely|completely"
    r"|thoroughly)|"
    r"(?P<weak>a bit|a little|a little bit|a tad|slightly|somewhat|kind of|sort of|fairly"
    r"|mildly|a touch|lightly|vaguely|moderately|not overly|a smidge|quietly|subtly|gently"
    r"|ish|maybe))(?: of)?(?: an?)?\s*$"
)
_ORIGIN = {"quality": QUALITY, "state": STATE, "stay": STAY}
_HARMFUL: tuple[AxisName, ...] = (
    "scares", "violence", "tension", "strangeness", "demand", "romance",
)  # fmt: skip
_FOND = re.compile(
    r"\b(?<!'d )(?<!would )(?:i|we) (?:really |usually |always |generally |mostly "
    r"|tend to )*(?:love|like|enjoy|prefer|adore)(?: \w+){0,2}\s*$"
)


@dataclass(frozen=True)
class _Phrase:
    """A phrase of the lexicon in a message; ``at`` and ``until`` are places in the plain text."""

    start: int
    end: int
    at: int
    until: int
    meaning: Meaning
    sort: Sort


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Wishes for moods, and against them."""
    found = list(_phrases(message))
    staying = any(_stays(message, phrase) for phrase in found)
    kept = [phrase for phrase in found if not (staying and phrase.sort == "state")]
    findings = [Finding(p.start, p.end, _edits(message, p, reader)) for p in kept]
    quiet = [Finding(p.start, p.end) for p in found if staying and p.sort == "state"]
    return [*findings, *quiet, *_signs(message)]


def _stays(message: Message, phrase: _Phrase) -> bool:
    """Whether the user asks for sadness itself."""
    if phrase.sort == "stay":
        return True
    wanted = phrase.sort == "quality" and {"sad", "tearjerker"} & set(phrase.meaning.moods)
    return bool(wanted) and polarity(message, phrase.start, phrase.end).kind == "plain"


def _phrases(message: Message) -> Iterator[_Phrase]:
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


def _longest(message: Message, words: list[re.Match[str]], n: int) -> _Phrase | None:
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
            return _Phrase(start, end, at, until, _ORIGIN[sort][key], sort)
    return None


def _known(words: str) -> str | None:
    """The phrase of the lexicon that words are, whoever they are said of: "make her laugh"."""
    for key in (words, _WHOSE.sub("my", words), _WHOM.sub("me", words)):
        if key in QUALITY or key in STATE or key in STAY:
            return key
    return None


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


def _edits(message: Message, phrase: _Phrase, reader: Reader) -> tuple[Edit, ...]:
    sense = polarity(message, phrase.start, phrase.end)
    words = message.text[sense.start : sense.end].strip()
    if phrase.sort != "quality":
        return (_for_state(message, phrase),)
    if sense.exempted:
        return tuple(e for axis in phrase.meaning.axes for e in lifted(reader, "axis", axis, words))
    if sense.against:
        return _against(phrase, sense, words)
    return (_wanted(message, phrase),)


def _for_state(message: Message, phrase: _Phrase) -> Wish:
    """What helps somebody who feels like this; nothing of the state's own words is searched for."""
    meaning = phrase.meaning
    named = meaning.moods[0] if meaning.moods else meaning.name
    text = (
        named
        if phrase.sort == "stay"
        else f"{' and '.join(meaning.moods[:2])}, for when you're {_felt(meaning.name)}"
    )
    return Wish(
        text=text,
        dimension="mood",
        moods=meaning.moods,
        axes=dict(meaning.axes),
        embed=False,
        words=message.text[phrase.start : phrase.end],
    )


def _felt(name: str) -> str:
    return {
        "dumped": "getting over somebody",
        "bad day": "having a bad day",
        "can't sleep": "unable to sleep",
        "the flu": "ill",
        "a rainy day": "in for a rainy day",
    }.get(name, name)


def _wanted(message: Message, phrase: _Phrase) -> Wish:
    """A quality as named, nearer to its extreme or to the middle by its degree word."""
    before = message.plain.text[max(0, phrase.at - 24) : phrase.at]
    degree = _DEGREE.search(before)
    said = message.plain.text[phrase.at : phrase.until]
    strong = said in MOST or (degree is not None and bool(degree["strong"]))
    step = 0.75 if strong else 0.0 if degree is None else -0.75
    axes = {axis: _shift(target, step) for axis, target in phrase.meaning.axes.items()}
    strength = 1.0 if strong else 0.85 if degree is None else 0.55
    words = message.text[phrase.start : phrase.end]
    lasting = _FOND.search(message.plain.text[max(0, phrase.at - 60) : phrase.at]) is not None
    return Wish(
        text=phrase.meaning.name if len(said) > 24 or _OF_SOMEBODY.search(said) else said,
        dimension="mood",
        moods=phrase.meaning.moods,
        axes=axes,
        strength=strength,
        lasting=lasting,
        embed=False,
        words=words,
    )


_OF_SOMEBODY = re.compile(r"\b(?:me|my|us|our|him|his|her|them|their|it|up|things)\b")
"""Words by which a phrase is no quality by itself: "cheer her up" is called uplifting."""


def _shift(target: float, step: float) -> float:
    """A target moved away from the middle (2) by a positive step, towards it by a negative one."""
    if target == 2:
        return 2.0
    outward = 1 if target > 2 else -1
    return min(4.0, max(0.0, target + outward * step))


_NO_KIND = "|".join(sorted({*LIGHT, "no", "not", "at", "or", "nor", "without", "nothing", "less"}))
_KIND_OF_HUMOUR = re.compile(rf"\b(?!(?:{_NO_KIND})\b)[a-z]+[ -](?:jokes?|humou?r|laughs)$", re.I)
""""Not at cheap jokes" is still for a laugh; the word before them says what is refused."""


def _against(phrase: _Phrase, sense: Polarity, words: str) -> tuple[Edit, ...]:
    """A mood refused: avoided softly, and kept off by a bound where an axis carries it."""
    meaning = phrase.meaning
    if _KIND_OF_HUMOUR.search(words):
        return ()
    strength = 0.6 if sense.softened or sense.lessened else 1.0
    avoid = Wish(
        text=meaning.name,
        dimension="mood",
        avoid=True,
        moods=meaning.moods,
        embed=not meaning.moods,
        strength=strength,
        lasting=sense.lasting,
        words=words,
    )
    if sense.lessened:
        return (avoid,)
    bounds = tuple(_bounds(meaning, softened=sense.softened))
    return (avoid, *(LimitEdit(limit=b, lasting=sense.lasting, words=words) for b in bounds))


def _bounds(meaning: Meaning, *, softened: bool) -> Iterator[AxisBound]:
    for axis, target in meaning.axes.items():
        if axis in _HARMFUL and target >= 3:
            yield AxisBound(axis=axis, at_most=2 if softened else 1)
        elif axis == "lightness" and target <= 1:
            yield AxisBound(axis=axis, at_least=1 if softened else 2)


def _signs(message: Message) -> Iterator[Finding]:
    """Emoji, each kind once."""
    seen: list[Meaning] = []
    for place, sign in enumerate(message.text[:2_000]):
        meaning = SIGN.get(sign)
        if meaning is None or meaning in seen or not message.free(place, place + 1):
            continue
        seen.append(meaning)
        wish = Wish(
            text=meaning.name,
            dimension="mood",
            moods=meaning.moods,
            axes=dict(meaning.axes),
            embed=False,
            strength=0.7,
            words=sign,
        )
        yield Finding(place, place + 1, (wish,))
