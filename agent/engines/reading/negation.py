"""Whether words of a message are wanted or not: negation with its scope.

A cue ("no", "nothing", "not too", "I don't mind", "anything but", "less", "sick of") governs
what follows it up to a break: the end of the sentence, "but", "just", "something", a comma that
does not continue a list. Some cues follow what they govern ("horror is fine", "gore is out").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from .negators import AFTER_CUES, BREAKS, CUES, FILLER, LIGHT, STRONGER, UNWELCOME, WELCOME

if TYPE_CHECKING:
    from .message import Message

Kind = Literal["plain", "not", "not too", "less", "except", "fine"]

_SENTENCE = re.compile(r"[.!?;:\n…()]+(?=\s|$|\W)|\s[-–—]+\s|—")
_COMMA = re.compile(r",")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_OR = re.compile(r"\b(?:or|nor)\b")
_MOMENTARY = re.compile(r"\b(?:tonight|today|now|this (?:time|evening))$")
# "Not too sad, or", "not too heavy on": what follows is governed too.
_JOINED = re.compile(rf"(?:,|/|&|\b(?:and|or|nor)\b)\W*(?:(?:{'|'.join(LIGHT)})\W+)*$")
_HELD = re.compile(r"\W*(?:\w+\W+)?(?:on|of|into|with|in|about|for)\b(?:\W+(?:the|a|any))*\W*$")
_NEGATES = re.compile(r"(?:no|not|nothing|never|without|don't|isn't)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\W*(?:,|/|\b(?:or|nor|and)\b)")
# "Not twee for a rainy night" says when; "not up for a musical" says what.
_OCCASION = re.compile(
    r"(?<!\bup )(?<!\bready )(?<!\bkeen )(?<!\bmood )(?<!\blooking )(?<=\w )"
    r"for (?:an?|the|my|our|his|her|their)\b"
)
_REACH = 12
"""Words between a cue and what it governs, at most."""


@dataclass(frozen=True)
class Polarity:
    """How some words of a message are meant.

    ``kind``: "plain" is wanted; "not" unwanted; "not too" wanted in moderation at most; "less"
    wants less of it; "except" is the one thing left out ("anything but"); "fine" lifts an
    objection without wishing ("I don't mind"). ``lasting`` marks taste rather than tonight
    ("I hate …"). ``start`` and ``end`` span cue and words together, for evidence.
    """

    kind: Kind
    start: int
    end: int
    lasting: bool = False

    @property
    def negated(self) -> bool:
        """Unwanted altogether: "no X", "anything but X"."""
        return self.kind in {"not", "except"}

    @property
    def softened(self) -> bool:
        """Unwanted in strong doses: "not too X"."""
        return self.kind == "not too"

    @property
    def lessened(self) -> bool:
        """Wanted less than before: "less X", "not as X"."""
        return self.kind == "less"

    @property
    def excepted(self) -> bool:
        """Named as the exception: "anything but X"."""
        return self.kind == "except"

    @property
    def exempted(self) -> bool:
        """Accepted without being wished for: "I don't mind X"."""
        return self.kind == "fine"

    @property
    def against(self) -> bool:
        """Spoken against in any way."""
        return self.kind not in {"plain", "fine"}


@dataclass(frozen=True)
class _Cue:
    start: int
    end: int
    kind: Kind
    lasting: bool


def polarity(message: Message, start: int, end: int) -> Polarity:
    """How the words at ``start`` to ``end`` (places in ``message.text``) are meant.

    Cues inside spans that are taken already (titles: *No Country for Old Men*) don't count.
    """
    after = _cue_after(message, end)
    if after is not None:
        return Polarity(after.kind, start, after.end, after.lasting)
    cue = _cue_before(message, start)
    if cue is None:
        return Polarity("plain", start, end)
    kind = cue.kind
    if kind == "not" and _strong(message.text, cue.end, start):
        if _spent(message.text[cue.end : start]):
            return Polarity("plain", start, end)
        kind = "not too"
    return Polarity(kind, cue.start, end, cue.lasting)


def cue_places(message: Message) -> list[tuple[int, int]]:
    """Where the message has words that negate, soften or exempt."""
    return [(cue.start, cue.end) for cue in _cues(message) if cue.kind != "plain"]


def _cues(message: Message) -> list[_Cue]:
    found = message.notes.get("cues")
    if found is None:
        plain = message.plain
        found = [
            _Cue(*plain.span(m.start(), m.end()), kind, lasting)
            for m in CUES.finditer(plain.text)
            for kind, lasting in [_meaning(m.lastgroup or "")]
        ]
        message.notes["cues"] = found
    return found  # type: ignore[return-value]


def _meaning(group: str) -> tuple[Kind, bool]:
    meanings: dict[str, tuple[Kind, bool]] = {
        "fine": ("fine", False),
        "except": ("except", False),
        "less": ("less", False),
        "dislike": ("not", True),
        "not": ("not", False),
    }
    return meanings.get(group, ("plain", False))


def _cue_before(message: Message, start: int) -> _Cue | None:
    """The cue that governs the words at ``start``, if one does."""
    cues = _cues(message)
    at = bisect_right([cue.end for cue in cues], start)
    for cue in reversed(cues[:at]):
        if not message.free(cue.start, cue.end):
            if _list_of_limits(message, cue, start):
                return cue if cue.kind != "plain" else replace(cue, kind="not")
            continue
        if cue.kind == "plain" or not _governs(message.text, cue, start):
            return None
        return cue
    return None


def _list_of_limits(message: Message, cue: _Cue, start: int) -> bool:
    """Whether the words at ``start`` go on with a limit: "not too long *or scary*"."""
    ends = [end for first, end in message.limits if first <= cue.start < end <= start]
    if not ends or not _NEGATES.match(message.text, cue.start):
        return False
    return _GOES_ON.match(message.text[ends[0] : start]) is not None and _governs(
        message.text, cue, start
    )


def _governs(text: str, cue: _Cue, start: int) -> bool:
    between = text[cue.end : start].lower().removeprefix(":")
    words = _WORD.findall(between)
    if len(words) > _REACH or _SENTENCE.search(between):
        return False
    if words and text[cue.start : cue.end].lower() == "non":
        return False
    if _broken(between) or _OCCASION.search(between):
        return False
    following = text[start : start + 60].lower()
    return _list_goes_on(between, following, cue)


def _broken(between: str) -> bool:
    """Whether a word opens a new wish after the cue has found something to govern."""
    content = False
    before = ""
    for word in _WORD.findall(between):
        if word in {"but", "however", "though", "although"}:
            return True
        if content and before not in {"or", "nor"} and (BREAKS.fullmatch(word) or word == "so"):
            return True
        content = content or word not in LIGHT
        before = word
    return False


def _list_goes_on(between: str, following: str, cue: _Cue) -> bool:
    """Whether a comma or "and" in between continues the list of what the cue governs."""
    words = _WORD.findall(following)
    member = next((word for word in words if word not in LIGHT), "")
    joined = re.search(r"(?:\band\b|&|\+)\W*(?:\w+\W+){0,2}$", between) is not None
    if joined and not _OR.search(between):
        return member in UNWELCOME or (member not in WELCOME and cue.kind != "not too")
    if not _COMMA.search(between) or between.strip() in {",", ""}:
        return True
    rest = _SENTENCE.split(following)[0]
    if _OR.search(between[between.rfind(",") :]) or member in UNWELCOME:
        return True
    return bool(_OR.search(rest)) and not _broken("x " + rest[: _OR.search(rest).start()])  # type: ignore[union-attr]


def _strong(text: str, cue_end: int, start: int) -> bool:
    """Whether "too", "so", "very" … stands after the cue or before the words."""
    between = text[cue_end:start].lower()
    return STRONGER.match(between) is not None or re.search(r"\btoo\s+$", between) is not None


def _spent(between: str) -> bool:
    """Whether "too" has found its adjective: "not too sad *films about dogs*"."""
    measure = STRONGER.match(between.lower())
    rest = between[measure.end() :].lower() if measure else ""
    content = [word for word in _WORD.findall(rest) if word not in LIGHT]
    return bool(content) and not (_JOINED.search(rest) or _HELD.match(rest))


def _cue_after(message: Message, end: int) -> _Cue | None:
    """The cue that follows the words and is about them: "horror is fine"."""
    tail = message.text[end : end + 60].lower()
    filler = FILLER.match(tail)
    skipped = filler.end() if filler else 0
    if _SENTENCE.search(tail[:skipped]):
        return None
    match = AFTER_CUES.match(tail, skipped) or AFTER_CUES.match(tail)
    if match is None:
        return None
    kind: Kind = "fine" if match.lastgroup == "fine" else "not"
    lasting = kind == "not" and not _MOMENTARY.search(match.group())
    return _Cue(end, end + match.end(), kind, lasting)
