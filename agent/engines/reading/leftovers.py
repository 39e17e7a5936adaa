"""What nothing else read: words of content in wishing position become a free-text wish."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...edits import Edit, Wish
from .carriers import CARRIERS, SOUNDS
from .letters import pronounceable
from .likely_moods import likely_moods
from .message import Finding, Message, Reader
from .negation import cue_places, polarity
from .numbers import number
from .spelling import mend_word
from .standing import clause_openings, standing
from .subjects import known_subject
from .words import words_of

LONGEST = 300
"""Characters of leftover text that are searched for."""

_CONTRACTED = re.compile(r"'(?:s|re|ve|ll|d|m)$")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_BREAK = re.compile(r"[.,;:!?()\n\"]|\s[-–—]\s|[<>{}\[\]|`*_#=\\~^@]+|\s/\s")
# Markup, addresses and calls: nobody's wish.
_MARKUP = re.compile(
    r"<[^<>\n]{0,200}>|\[[^\]\n]*\]\([^)\n]*\)|(?:https?://|www\.)\S+|\S+@\S+\.\w+|\w+\([^)\n]{0,80}\)"
    r"|&\w{2,8};|\{\{.*?\}\}|\$\{.*?\}"
)
# Turns of phrase that ask for nothing.
_IDIOM = re.compile(
    r"\b(?:wouldn't (?:hurt|go amiss)|go wild"
    r"|(?:weird|quick|random|silly|odd|stupid|dumb) question"
    r"|where (?:do|should|shall) i start|what should i start with|first time(?: watching)?"
    r"|long story short|help me out|for once|to be honest|to be fair|no idea why|(?:as|so) long as"
    r"|provid(?:ed|ing)(?: that)?"
    r"|can't (?:decide|choose|remember|think|make up my mind)|hard to please|(?:like|as) usual"
    r"|(?:as|so) (?:much|long|far) as|in (?:it|them|there)|at least|surprise me|do your worst"
    r"|(?:i'm|i am) looking at you|hit me|do your thing|thank god|my god|of course|for a change"
    r"|not (?:too |so |half |that )?bad(?: at all)?|if that (?:tells|says|helps)(?: you)?"
    r"(?: anything| much)?|jumps? out(?: at (?:me|us|you))?|at (?:a|my|our) (?:friend|mate)'?s'?"
    r" (?:place|house|flat)|by heart|(?:somewhere|something) in between|in the middle"
    r"|half ?way between|(?:for|on) (?:an?|the|my|our) (?:long )?(?:plane|flight|train|bus|coach"
    r"|journey|car ride)|(?:someone|somebody|people|anyone) who (?:knows?|understands?)"
    r" (?:nothing|very little|little) about \w+|full of|as (?:hell|fuck|anything|you like|can be)"
    r"|af"
    r"|no preferences?|up your sleeve)\b"
)
_INTENSE = words_of("""
    massively hugely majorly seriously horribly terribly mildly slightly totally utterly mad dead
    bare proper hella wicked pure lowkey highkey straight deadass guy
""")
_OWNED = re.compile(
    r"\b(?:my|our|his|her|your|their|(?:before|ahead of|after) (?:an?|my|work))\s+$", re.IGNORECASE
)
_STRAY = re.compile(r"[^\w\s'&%+-]+")


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """One wish for each untaken stretch that asks for something, the longest ones first.

    Words that are none ("asdkjh") are only owned up to.
    """
    stretches = [s for s in _stretches(message) if _content(message, s)]
    stretches.sort(key=lambda s: s[0] - s[1])
    findings: list[Finding] = []
    budget = LONGEST
    for start, end in stretches[:6]:
        finding = _read(message, start, end, budget, reader)
        budget -= end - start
        if finding is not None:
            findings.append(finding)
        if budget <= 0:
            break
    return sorted(findings, key=lambda finding: finding.start)


def _stretches(message: Message) -> Iterator[tuple[int, int]]:
    """Places without taken characters or a mark that ends a clause, in the first few lines."""
    limit = min(len(message.text), len(message.plain.text) + LONGEST)
    closed = [*message.taken[:limit], True]
    holes = [m.span() for rule in (_BREAK, _MARKUP) for m in rule.finditer(message.text, 0, limit)]
    plain = message.plain
    phrases = [*clause_openings(message), *(m.span() for m in _IDIOM.finditer(plain.text))]
    holes += [plain.span(start, end) for start, end in phrases if end > start]
    for first, last in holes:
        closed[first : min(last, limit)] = [True] * (min(last, limit) - first)
    start = None
    for place, ends in enumerate(closed):
        if start is None and not ends:
            start = place
        elif start is not None and ends:
            yield start, place
            start = None


def _content(message: Message, stretch: tuple[int, int]) -> list[re.Match[str]]:
    """The words of content of a stretch."""
    cues = cue_places(message)
    return [
        word
        for word in _WORD.finditer(message.text, *stretch)
        if _says_something(mend_word(word.group().lower()))
        and not any(start <= word.start() < end for start, end in cues)
    ]


def _says_something(word: str) -> bool:
    if len(word) < 2 or word.isdigit() or (word.isalpha() and number(word) is not None):
        return False
    return not all(_light(part) for part in word.split())


def _light(word: str) -> bool:
    bare = _CONTRACTED.sub("", word)
    return any(one in CARRIERS or one in SOUNDS for one in (word, bare))


def _read(message: Message, start: int, end: int, budget: int, reader: Reader) -> Finding | None:
    words = _content(message, (start, end))
    first, last = words[0].start(), words[-1].end()
    stands = standing(message, first, last)
    alone = len(words) == 1 and (
        words[0].group().lower() in _INTENSE or _OWNED.search(message.text, 0, first) is not None
    )
    if stands == "told" or alone:
        return None
    if not any(_word(word.group(), reader) for word in words):
        said = _said(message.text[first:last])
        return Finding(first, last, unread=(said,)) if said else None
    return _wish(message, (start, end), words, budget, reader)


_NUMBERED = re.compile(r"[a-z]{1,6}\d{1,3}")
"""Names such as A24."""
_AFTER_THE_MANNER = re.compile(r"(?<=\w{3})-?(?:ish|esque|like)\b", re.IGNORECASE)


def _word(typed: str, reader: Reader) -> bool:
    """Whether this is a word at all, of English or of the catalogue."""
    word = mend_word(typed.lower())
    return (
        pronounceable(word) or _NUMBERED.fullmatch(word) is not None or known_subject(word, reader)
    )


def _wish(
    message: Message,
    stretch: tuple[int, int],
    words: list[re.Match[str]],
    budget: int,
    reader: Reader,
) -> Finding | None:
    """The stretch from its first to its last word of content, carrier words at its ends gone."""
    core = words[0].start(), words[-1].end()
    first, last = _widened(message.text, stretch, core, reader)
    text = _said(_mended(message.text[first:last][: max(budget, 0)]))
    said = [mend_word(word.group().lower()) for word in words if word.end() <= first + budget]
    like = _AFTER_THE_MANNER.sub("", text)
    if len(said) == 1 and like != text and known_subject(like, reader):
        text, said = like, [like.lower()]
    if not text or not said:
        return None
    sense = polarity(message, first, last)
    if sense.exempted:
        return Finding(first, last)
    evidence = message.text[min(sense.start, first) : last][:LONGEST]
    known = any(known_subject(word, reader) for word in said[:12])
    moods = None if known or len(said) > 1 else likely_moods(said[0], reader)
    edit: Edit = Wish(
        text=text,
        dimension="mood" if moods else "plot" if known else "overall",
        avoid=sense.against,
        moods=moods or (),
        strength=0.8 if known else 0.7 if moods else 0.5,
        words=evidence,
    )
    return Finding(first, last, (edit,), unread=() if known or moods else (text,))


def _mended(text: str) -> str:
    """A text with its typing errors mended; names and the rest stay as typed."""
    return _WORD.sub(lambda m: _kept(m.group()), text)


def _kept(word: str) -> str:
    lower = word.lower()
    return word if word != lower or mend_word(lower) == lower else mend_word(lower)


def _said(text: str) -> str:
    """A text without marks that are no part of words."""
    return " ".join(_STRAY.sub(" ", text).split())


def _widened(
    text: str, stretch: tuple[int, int], core: tuple[int, int], reader: Reader
) -> tuple[int, int]:
    """The core with a carrier word at either end that belongs to a known subject: "time travel"."""
    first, last = core
    outside = list(_WORD.finditer(text, *stretch))
    lead = [word for word in outside if word.end() <= first][-1:]
    trail = [word for word in outside if word.start() >= last][:1]
    inside = _WORD.findall(text[first:last])
    if lead and known_subject(f"{lead[0].group()} {inside[0]}", reader):
        first = lead[0].start()
    if trail and known_subject(f"{inside[-1]} {trail[0].group()}", reader):
        last = trail[0].end()
    return first, last
