"""What nothing else read: its words of content become a free-text wish."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...edits import Wish
from .message import Finding, Message, Reader
from .negation import cue_places, polarity
from .spelling import mend_word
from .subjects import known_subject
from .words import words_of

LONGEST = 300
"""Characters of leftover text that are searched for."""

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_BREAK = re.compile(r"[.,;:!?()\n\"]|\s[-–—]\s")
_SENTENCE = re.compile(r"[.!?\n]+(?=\s|$)")
_REQUEST = re.compile(
    r"\b(?:want|wanna|need|looking|give|gimme|recommend|suggest|something|anything|prefer|mood|show"
    r"|any|some|another|hoping|craving|fancy|feel like|feeling like|find|in the vein|similar"
    r"|i'd like|i'd love|would like|would love|let's|how about|what about|maybe|please|more"
    r"|loves?|likes?|enjoys?|hates?|into|no|without|not|nothing|avoid|with)\b"
)
_TALK = re.compile(
    r"\b(?:i|i'm|i've|i'll|it|it's|that|that's|this|he|she|they|you|we|was|were|is|are|did|does"
    r"|do|have|has|had|will|would|could|should|my|your|what|who|how|why|when|where|thanks?)\b"
)
# Words that carry a wish, a negation or a courtesy without saying what is wished for.
_CARRIERS = words_of("""
    a about absolute absolutely accept accepting actor actress actually add after afternoon again
    ago agree ah aha ahead all almost alone along alright also although always am amazing an and
    another any anybody anyone anything anyway anywhere apparently appreciate are area aren't argh
    around as asap ask asked at available avoid away awesome back based basically be because been
    before being believe besides best better big bit bored born both bother boyfriend bring
    brother brothers btw but by bye came can can't cant cast cause certainly check cheers choice
    choose cinema come comes coming consider content cool could couldn't course cousin coward
    currently dad date daughter day days definitely did didn't director dislike do does doesn't
    doing don't done dont each eg either element elements else end ending endings enjoy enjoyed
    enjoys enough er erm especially etc even evening ever every everyone everything exactly
    excellent except expected expecting extremely fairly family fan fans fantastic fav faves
    favorite favorites favourite favourites feature features featuring feel feeling feels few film
    films finally find finds fine finish first flavour flick flicks fond for forgot found friend
    friends from fun further general generally genre genres get gets getting girlfriend give given
    gives glad go goes going gonna good goodbye goody got gotta great guess guys ha had haha
    hahaha half hand happen has hasn't hate hates have haven't having he hear heard hello help her
    here hers hey hi him his hit hmm honestly hope hour hours how however huge hulu husband i i'd
    i'll i'm i've idea ideally ideas ie if im imho imo in include including incredibly indeed
    instead interested interesting into involved involving is isn't it it'd it'll it's its itself
    ive job just keep kid kids kind kinda kinds know known last lately later least less let let's
    like liked likes list literally little lol long look looking looks lot lots love loved lovely
    loves made mainly make makes many match matter may maybe me mean meant meh might min mind mine
    mins minus minute minutes mom moment month mood more morning most mostly movie movies much mum
    must my myself need needed needs neither netflix never next nice night no nobody none nor not
    nothing now obviously occasionally of off oh ok okay old older oldest on once one ones only
    ooh open opinion option options or order other others otherwise ought our out over own parents
    particular particularly partner past pep perfect perhaps person pick picks picture plan
    planning please plenty pls plus plz point possible possibly prefer preferably preferred pretty
    prime probably proper put quite rather real really reason rec recommend recommendation
    recommendations recommended recs remember repeats research right said same saw say says scene
    scenes seat see seeing seem seems seen set several shall she should shouldn't show shows sick
    simply since sister sisters skip slightly so some somebody somehow someone something sometimes
    somewhat somewhere son soon sort sorts sound sounds spare spend spoiler spoilers stand
    starring stars start started stay still stuff style such suggest suggested suggestion
    suggestions super sure take taking talk tbh tell than thank thanks that that's the their them
    themselves then there there's theres these they they're thing things think thinking this those
    though thought three through thx time times tired title titles to today together tomorrow tone
    tonight too took totally trailer tried true try trying turn two ty type types la ugh uh um
    understand until up upon us use usual usually very via vibe vibes viewing vs wait want wanted
    wanting wants was wasn't watch watchable watched watches watching way ways we we'd we'll we're
    we've week weekend weeks welcome well went were what what's whatever whatsoever when where
    whether which while who who's whole whom whose why wife will wimp wish with within without
    won't wonder wonderful wondering work worked works worth would wouldn't wow wuss yeah year
    years yep yes yet you you'd you'll you're you've younger youngest your yours yourself yup
""")


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """One wish for each untaken stretch that has words of content, the longest ones first."""
    stretches = [s for s in _stretches(message) if _asks(message, s) and _content(message, s)]
    stretches.sort(key=lambda s: s[0] - s[1])
    findings: list[Finding] = []
    budget = LONGEST
    for start, end in stretches[:6]:
        finding = _wish(message, start, end, budget, reader)
        budget -= end - start
        if finding is not None:
            findings.append(finding)
        if budget <= 0:
            break
    return sorted(findings, key=lambda finding: finding.start)


def _asks(message: Message, stretch: tuple[int, int]) -> bool:
    """Whether the sentence asks for something or only names it; mere talk is left alone."""
    text = message.text[: stretch[1] + 80]
    start = max((m.end() for m in _SENTENCE.finditer(text, 0, stretch[0])), default=0)
    stop = next((m.start() for m in _SENTENCE.finditer(text, stretch[1])), len(text))
    sentence = message.text[start:stop].lower()
    return _REQUEST.search(sentence) is not None or _TALK.search(sentence) is None


def _stretches(message: Message) -> Iterator[tuple[int, int]]:
    """Places without taken characters or a mark that ends a clause, in the first few lines."""
    start = None
    limit = min(len(message.text), len(message.plain.text) + LONGEST)
    ends = {m.start() for m in _BREAK.finditer(message.text, 0, limit)}
    for place in range(limit + 1):
        closed = place == limit or message.taken[place] or place in ends
        if start is None and not closed:
            start = place
        elif start is not None and closed:
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


def _mended(text: str) -> str:
    """A text with its typing errors mended; names and the rest stay as typed."""
    return _WORD.sub(lambda m: _kept(m.group()), text)


def _kept(word: str) -> str:
    lower = word.lower()
    return word if word != lower or mend_word(lower) == lower else mend_word(lower)


def _says_something(word: str) -> bool:
    if len(word) < 2 or word.isdigit():
        return False
    return not all(part in _CARRIERS for part in word.split())


def _wish(message: Message, start: int, end: int, budget: int, reader: Reader) -> Finding | None:
    """The stretch from its first to its last word of content, carrier words at its ends gone."""
    words = _content(message, (start, end))
    first, last = words[0].start(), words[-1].end()
    first, last = _widened(message.text, (start, end), (first, last), reader)
    text = _mended(message.text[first:last][: max(budget, 0)].strip())
    said = [mend_word(word.group().lower()) for word in words if word.end() <= first + budget]
    if not text or not said:
        return None
    sense = polarity(message, first, last)
    if sense.exempted:
        return Finding(first, last)
    known = any(known_subject(word, reader) for word in said[:12])
    wish = Wish(
        text=" ".join(text.split()),
        dimension="plot" if known else "overall",
        avoid=sense.against,
        strength=0.8 if known else 0.5,
        words=message.text[min(sense.start, first) : last][:LONGEST],
    )
    return Finding(first, last, (wish,), unread=() if known else (text,))


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
