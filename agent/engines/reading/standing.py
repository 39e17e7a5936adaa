"""How words stand in their clause: asked for, merely named, or part of what somebody tells.

"I just want something with trains" asks; "trains in the snow" names; "my train was late"
tells about a life and wishes for nothing, whatever its words are.
"""

from __future__ import annotations

import re
from typing import Literal

from .message import Message
from .spots import inward

Standing = Literal["asked", "named", "told"]

_AUX = (
    r"(?:am|is|are|was|were|be|been|have|has|had|do|does|did|can|could|will|would|should|might|must"
    r"|may|isn't|aren't|wasn't|weren't|haven't|hasn't|hadn't|don't|doesn't|didn't|can't|couldn't"
    r"|won't|wouldn't)"
)
# Where a clause begins; people who type without stops begin one with "i'm", "my boss is".
_OPENS = re.compile(
    r"[.!?;:\n]+(?=\s|$)|,|\s[-–—]+\s|\.{2,}|[()]"
    r"|\b(?:but|because|since|although|though|while|whereas|so|then|unless|cause|otherwise)\b"
    r"|\b(?:that|which|who)"
    r"(?= (?:isn't|aren't|doesn't|don't|won't|is not|are not|hasn't|haven't)\b)"
    r"|\band\b(?=\s+(?:just |really |now |also |then )?(?:i|i'm|i'd|i've|i'll|we|we're|we'd|we've"
    r"|he|he's|she|she's|they|they're|my|our|it's|the \w+ (?:is|are|was|were))\b)"
    r"|(?<!where)(?<!when)(?<!that)(?<!who)(?<!than)(?<!like)(?<!as)(?<!if)(?<!about)(?<!what)"
    r"(?<!how)(?<!mean)(?<!think)(?<!whatever)(?<!can)(?<!could)(?<!may)(?<!should)(?<!shall)(?<!thing)(?<!film)(?<!movie)(?<!one)(?:\s)(?=(?:i'm|i've|i|we're|we've|we|she's|she|he's|he"
    r"|they're|they)\s\w)"
    rf"|\s(?=(?:my|our)(?: [\w-]+){{1,3}}? {_AUX}\b)"
)
_SENTENCE = re.compile(r"[.!?\n]+(?=\s|$)")

_WHO = (
    r"(?:i|we|he|she|they|you|it|this|that|these|those|there|everyone|everybody|nobody|somebody"
    r"|someone|people|work|life|today|tonight|yesterday|tomorrow|school|college|uni"
    r"|(?:my|our|his|her|their|your|the|this|that|these|those)"
    r"(?: (?!who|that|which|where|when|with|about|in|of|there)[\w-]+){1,3}?)"
)
_PRONOUN = r"(?:i|we|he|she|they|you|it|my \w+|our \w+)"
_VERB = (
    r"(?:got|get|gets|went|go|goes|keeps?|kept|come|comes|came|makes?|made|says?|said|tells?|told|reckons?"
    r"|takes?|took|feels?|felt|thinks?|thought|know|knows|knew|saw|lost|broke|left|starts?|finish"
    r"|spent|hope|guess|live|lives|work|works|found|gave|ate|drove|slept|woke|quit|hurt|hurts"
    r"|need to|needs to|(?!need)\w+ed)"
)
_ADVERB = (
    r"(?:just|really|still|all|both|also|never|always|only|finally|actually|literally|already"
    r"|basically|honestly|\w+ly)"
)
_FILLER = (
    r"(?:and|so|but|because|since|as|if|when|while|after|well|ok|okay|oh|also|plus|then|ugh|man"
    r"|honestly|tbh|lol|cause|cos|hi|hey|hello|yeah|yes|no|nah|like|today|tonight|yesterday|right"
    r"|anyway|basically|sorry|god|guys|though|now|hmm|actually)"
)
_TELLS = re.compile(
    rf"\W*(?:{_FILLER}\W+)*(?:"
    rf"{_WHO}(?:(?:'(?:m|s|re|ve|d|ll))\b|(?: {_ADVERB})* {_AUX}\b)"
    rf"|{_PRONOUN}(?: {_ADVERB})* {_VERB}\b"
    rf"|(?:i|we|he|she|they)(?: {_ADVERB})* [\w']+"
    r"|(?:just |only |still |already |recently )*(?:had|got|stuck|finished|finishing|came|being"
    r"|having|been|spent|watched|saw|seen|tried|working|waiting|sitting|lying|trying)\b)"
)
_FILM = (
    r"(?:something|anything|nothing|somewhere|films?|movies?|flicks?|stuff|ones?|stor(?:y|ies)"
    r"|tales?|comed(?:y|ies)|dramas?|thrillers?|horrors?|romances?|westerns?|cartoons?|classics?)"
)
# What people want to do when they want a film.
_DO = (
    r"(?:see|watch|find|laugh|be|feel|cry|sob|weep|scream|think|relax|chill|unwind|escape|switch|turn"
    r"|forget|calm|cheer|wind|decompress|de-?stress|recover|distract|zone|cool|rest|experience|enjoy|lose|smile|wallow|sing|giggle|believe|try|learn|travel|hear|have|get)"
)
_REQUEST = re.compile(
    rf"\b(?:wants?(?! to (?!{_DO}\b))|wanted(?= an?\b| some)"
    rf"|wish for|needs?(?! to (?!{_DO}\b))"
    r"|fancy|fancies|crav(?:e|es|ing)"
    r"|prefer|look(?:ing)? for|searching for|(?:i'm|we're) after|in the mood for|mood for|feel like"
    r"|feeling like|feeling|up for|hoping for|could do with|could use|keen on"
    r"|(?:can|could|may) (?:i|we) (?:get|have|see|watch)|love|loves|like|likes"
    r"|enjoys?|into|fans? of|obsessed with|thing for|partial to|give (?:me|us)|show (?:me|us)"
    r"|find (?:me|us)|got any|any|recommend|suggest(?:ions?|ed)?|suggestions for|ideas for"
    r"|let's (?:see|watch|have|go)"
    r"|how about|what about|maybe|perhaps|ideally|preferably|please|more|another|hates?|avoid"
    r"|dislikes?|can't stand|tired of|sick of|bored of|no|not|without|nothing|plenty of|lots of"
    r"|loads of|a bit of|some)\b"
    rf"|\b{_FILM}\b"
)
_AHEAD = 40
_COURTEOUS = re.compile(r"\W*(?:please|pls|if possible|if you can|would be (?:nice|great|good))\b")


def standing(message: Message, start: int, end: int) -> Standing:
    """How the words at ``start`` to ``end`` (places in ``message.text``) stand."""
    text = message.plain.text
    first, last = inward(message, start, end)
    opened = _clause_start(message, first)
    if tells(message, start, end):
        return "told"
    if _requests(text, opened, first) or _COURTEOUS.match(text, last):
        return "asked"
    return "told" if _continues_telling(text, opened) else "named"


def tells(message: Message, start: int, end: int) -> bool:
    """Whether the clause of these words tells something and asks for nothing."""
    text = message.plain.text
    first, last = inward(message, start, end)
    opened = _clause_start(message, first)
    telling = _TELLS.match(text, opened, min(len(text), last + 40))
    return telling is not None and not _asks_after(text, telling, first)


def _asks_after(text: str, telling: re.Match[str], first: int) -> bool:
    """Whether a request follows the subject of a clause: "I've a thing for …", "I'd love …"."""
    subject = text[telling.start() : telling.end()]
    verb = re.search(rf"[\w']+$|{_VERB}$", subject)
    at = telling.start() + verb.start() if verb else telling.end()
    return _requests(text, at, first)


def _requests(text: str, start: int, end: int) -> bool:
    """Whether a request begins in a span; it may look at the words that follow."""
    return any(match.start() < end for match in _REQUEST.finditer(text, start, end + 12))


def _continues_telling(text: str, opened: int) -> bool:
    """Whether an earlier part of the sentence tells something and none of it asks."""
    begun = _last_end(_SENTENCE, text, opened)
    earlier = text[begun:opened]
    return _TELLS.match(earlier) is not None and _REQUEST.search(earlier) is None


def clause_openings(message: Message) -> list[tuple[int, int]]:
    """What opens a clause, as spans of ``message.plain.text``, in order."""
    found = message.notes.get("openings")
    if found is None:
        found = message.notes["openings"] = [m.span() for m in _OPENS.finditer(message.plain.text)]
    return found  # type: ignore[return-value]


def _clause_start(message: Message, place: int) -> int:
    return max((end for _, end in clause_openings(message) if end <= place), default=0)


def _last_end(rule: re.Pattern[str], text: str, before: int) -> int:
    """Where the last match that ends by a place ends; the rule may look at what follows."""
    ends = (match.end() for match in rule.finditer(text, 0, before + _AHEAD))
    return max((end for end in ends if end <= before), default=0)
