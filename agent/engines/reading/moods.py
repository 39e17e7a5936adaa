"""Moods: what a film should feel like, and how the user feels, read into tags and axes.

A quality ("warm and funny") is wanted as named. A state ("I'm sad", "rough day") asks for
what helps, unless the user says that they want to stay in it ("let me wallow").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....ingest.item import AxisName
from ....ingest.limits import AxisBound
from ...edits import Edit, LimitEdit, Wish
from .lexicon import MOST, SIGN, Meaning
from .message import Finding, Message, Reader
from .mood_phrases import Phrase, phrases
from .negation import Polarity, polarity
from .negators import LIGHT
from .spots import lifted

_DEGREE = re.compile(
    r"(?:^|(?<=\W))(?:(?P<strong>very|most|really|super|so|extremely|absolutely|incredibly"
    r"|seriously|truly|properly|totally|utterly|insanely|hugely|massively|ridiculously"
    r"|mega|proper|bloody|damn|fucking|freaking|wildly|deeply|genuinely|completely"
    r"|thoroughly)|"
    r"(?P<weak>a bit|a little|a little bit|a tad|slightly|somewhat|kind of|sort of|fairly"
    r"|mildly|a touch|lightly|vaguely|moderately|not overly|a smidge|quietly|subtly|gently"
    r"|ish|maybe))(?: of)?(?: an?)?\s*$"
)
_HARMFUL: tuple[AxisName, ...] = (
    "scares", "violence", "tension", "strangeness", "demand", "romance",
)  # fmt: skip
_FOND = re.compile(
    r"\b(?<!'d )(?<!would )(?:i|we) (?:really |usually |always |generally |mostly "
    r"|tend to )*(?:love|like|enjoy|prefer|adore)(?: \w+){0,2}\s*$"
)


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Wishes for moods, and against them."""
    found = list(phrases(message))
    staying = any(_stays(message, phrase) for phrase in found)
    kept = [phrase for phrase in found if not (staying and phrase.sort == "state")]
    findings = [Finding(p.start, p.end, _edits(message, p, reader)) for p in kept]
    quiet = [Finding(p.start, p.end) for p in found if staying and p.sort == "state"]
    return [*findings, *quiet, *_signs(message)]


def _stays(message: Message, phrase: Phrase) -> bool:
    """Whether the user asks for sadness itself."""
    if phrase.sort == "stay":
        return True
    wanted = phrase.sort == "quality" and {"sad", "tearjerker"} & set(phrase.meaning.moods)
    return bool(wanted) and polarity(message, phrase.start, phrase.end).kind == "plain"


def _edits(message: Message, phrase: Phrase, reader: Reader) -> tuple[Edit, ...]:
    sense = polarity(message, phrase.start, phrase.end)
    words = message.text[sense.start : sense.end].strip()
    if phrase.sort != "quality":
        return (_for_state(message, phrase),)
    if sense.exempted:
        return tuple(e for axis in phrase.meaning.axes for e in lifted(reader, "axis", axis, words))
    if sense.against:
        return _against(phrase, sense, words)
    return (_wanted(message, phrase),)


def _for_state(message: Message, phrase: Phrase) -> Wish:
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


def _wanted(message: Message, phrase: Phrase) -> Wish:
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


def _against(phrase: Phrase, sense: Polarity, words: str) -> tuple[Edit, ...]:
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
