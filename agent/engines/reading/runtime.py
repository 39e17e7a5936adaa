"""Length: "under two hours", "about 90 minutes", "a long one", "only have 80 minutes"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ....ingest.limits import Runtime
from ...edits import Edit, LimitEdit
from .lengths import DURATION, HOUR, duration
from .message import Finding, Message, Reader
from .numbers import NUMBER, number
from .spots import Spot, after, apart, before, joined, lifted, spots

Minutes = tuple[int | None, int | None]
"""Shortest and longest, ends included; None is open."""

_NO = (
    r"(?:no|not|nothing|none|n't|never|don't want(?: anything| one)?|rather not|can't be"
    r"|mustn't be|shouldn't be)(?: (?:anything|any|films?|movies?|be|go|run|one|something"
    r"|much))*"
)
_ANY = r"(?:films?|movies?|flicks?|ones?|thing|watch)"
"""Words for a film that say nothing of its kind."""
_FILM = (
    r"(?:films?|movies?|flicks?|one|ones|thing|watch|comed(?:y|ies)|thrillers?|dramas?"
    r"|horrors?|epics?|documentar(?:y|ies)|romcoms?|stor(?:y|ies)|things?|stuff|cartoons?"
    r"|animations?)"
)

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w'$£€]){pattern}"))
    for name, pattern in (
        (
            "between",
            rf"(?:between |from )?(?P<d>{DURATION}|{NUMBER})\s*(?:-|–|to"
            rf"|and)\s*(?P<d2>{DURATION})(?: long)?",
        ),
        (
            "at_most",
            rf"{_NO} (?:over|above|longer than|more than|past|exceeding|beyond)\s+(?:about "
            rf"|around )?(?P<d>{DURATION})",
        ),
        ("at_least", rf"{_NO} (?:under|below|shorter than|less than)\s+(?P<d>{DURATION})"),
        (
            "under",
            rf"(?:(?:well|way|just|comes? in|clocks? in|runs?|is|be|running) )*(?:under|less than"
            rf"|below|shorter than|fewer than|sub|<|inside)[ -]?(?:about "
            rf"|around )?(?P<d>{DURATION})(?: long| or less)?",
        ),
        (
            "at_most",
            rf"(?:(?:at )?(?:the )?(?:max(?:imum)?|most)(?: of| length| runtime)?(?: is)?:?|up to"
            rf"|within|capped at|limit(?: of| is)?|<=|under or about|(?:done|over|finished"
            rf"|wrapped up) in)\s+(?:about |around )?(?P<d>{DURATION})",
        ),
        (
            "at_most",
            rf"(?P<d>{DURATION})(?: long)?,? ?(?:max(?:imum)?\b|tops\b|at (?:the )?(?:very )?most"
            rf"|or (?:less|under|shorter|so max)|and under|limit)",
        ),
        (
            "at_most",
            rf"(?:(?:we|i|we've|i've|you've|only|just|have|has|got|there's|there is|about"
            rf"|around) )*(?:(?:only|just)(?: (?:have|has|got))?|have|i've got|we've got"
            rf"|got)(?: (?:about|around|like|maybe|roughly|just|only|got"
            rf"|exactly))*\s+(?P<d>{DURATION})(?: (?:to spare|left|free|until|before|till|to kill"
            rf"|tonight|available|max|tops)\b[^.,;!?]{{0,30}})?",
        ),
        ("at_most", rf"(?P<d>{DURATION}) to (?:kill|spare|fill|waste|burn)\b[^.,;!?]{{0,30}}"),
        (
            "over",
            rf"(?:well |way |just )?(?:over|more than|longer than|above|upwards of"
            rf"|>)\s+(?P<d>{DURATION})(?: long)?",
        ),
        (
            "at_least",
            rf"(?:at least|min(?:imum)?(?: of)?:?|no less than|>=)\s+(?P<d>{DURATION})(?: long)?"
            rf"|(?P<d2>{DURATION})(?: long)?(?: ?\+|,? (?:or (?:more|longer|over)|and up|plus"
            rf"|minimum|at least))",
        ),
        (
            "about",
            rf"(?:(?:about|around|roughly|approximately|approx\.?|circa|close to|some|~"
            rf"|more or less|give or take)\s*)(?P<d>{DURATION})(?: long| or so| ish|-ish)?",
        ),
        (
            "about",
            rf"(?P<d>{DURATION})(?:ish| ?-?ish\b| or so\b| or thereabouts| give or take| roughly"
            rf"| long\b| runtime\b|(?: long)?(?=(?: [\w-]+){{0,3}} {_FILM}\b))",
        ),
        ("bare", rf"(?P<d>{DURATION})"),
        (
            "not_long",
            rf"{_NO} (?:too |very |really |that |so |super |overly |crazy |anything |insanely "
            rf"|particularly |excessively |all that )*(?:long|lengthy|long[- ]winded"
            rf"|overlong)\b(?! (?:ago|term|distance))|not (?:a |an )?(?:overly |very "
            rf"|too )?long (?:{_FILM})|not an epic(?: length)?\b|(?:don't|do not|haven't"
            rf"|not) (?:have|got|have got) (?:much|long|a lot of|lots of|that much|too much"
            rf"|loads of) ?(?:time|long)?|(?:short|pressed) (?:on|of|for) time|(?:not much|little"
            rf"|limited) time\b|short attention span|no attention span|no (?:three"
            rf"|3)[- ]hour (?:epics?|films?|movies?|marathons?)",
        ),
        (
            "or_long",
            r"(?:(?:too|very|overly) |(?<=\bor ))(?:long|lengthy|drawn[- ]out)\b"
            r"(?! (?:ago|term|distance))",
        ),
        (
            "lunch",
            r"(?:(?:for|in|on|over|during|got|have|to fill|only) )*(?:my |a |an |the "
            r"|our )?(?:quick |short )?lunch[- ]?(?:break|hour|time)\b(?! (?:at|rush|lady))",
        ),
        ("not_short", rf"{_NO} (?:too |very |really |that |so |super )*short\b"),
        (
            "short",
            rf"(?:something |anything |a |an |one |nice and |pretty |fairly |really |very |quite "
            rf"|relatively |super |some |on the )*(?:short|shortish|short-ish|shorter side|quickie"
            rf"|bite[- ]?size[d]?)\b(?=(?: (?:and|but|or|for|sweet|little|nice|funny|sad|light"
            rf"|enough"
            rf"|please|tonight|today|runtime|length|running)\b| [\w-]+ {_FILM}\b| {_FILM}\b"
            rf"|\s*[.,;!?]|\s*$))(?: (?:and sweet|{_ANY}|runtime|running time|enough|length))?"
            rf"|(?:a |something )?quick (?:watch|film|movie|one|flick)\b|not a long one",
        ),
        (
            "long",
            rf"(?:something |anything |a |an |one |nice and |pretty |fairly |really |very |quite "
            rf"|relatively |super |some |on the |proper |good |nice |big )*(?:long|lengthy"
            rf"|longer side|epic[- ]length|marathon)\b(?=(?: (?:and (?!day|week)|but |to (?:get"
            rf"|sink|lose|fill|enjoy|dive|settle)|enough|please|tonight|{_FILM}\b|epic|sprawling"
            rf"|run(?:ning)? ?time)|,? [\w-]+ {_FILM}\b|\s*[.,;!?]|\s*$))"
            rf"(?: (?:{_ANY}|enough|run(?:ning)? ?time))?|(?:three|3|four"
            rf"|4)[- ]hour (?:epics?|marathons?)",
        ),
    )
)
_ELSEWHERE = re.compile(
    r"(?:\b(?:worked|working|slept|sleep|awake|drove|driving|waiting|waited|flight|shift"
    r"|day|commute|for|after|every|last|next|past|in|ago|of|been)(?: (?:for|about|over|the"
    r"|a|only))*)\s*$"
)
_FOR = re.compile(r"\bfor(?: about| around| like| just| only| maybe| the next| a good)*\s*$")
_BUSY = re.compile(
    r"\b(?:work\w*|slept|sleep\w*|awake|drov\w+|driv\w+|wait\w*|fl(?:ew|ying)|walk\w*"
    r"|stuck|queue\w*"
    r"|cook\w*|scroll\w*|look\w*|been|was|were|stood|sat|cried|ran|train\w*|commut\w*"
    r"|argu\w*|late)\b"
    r"[^.;!?]{0,40}$"
)
_PAST = re.compile(
    r"\s*(?:ago|later|old|away|drive|flight|shift|commute|walk|from now|of (?:sleep|work"
    r"|my|your|the|traffic)|a (?:day|week)|per|earlier|into|workout)\b"
)
_LONG_ELSEWHERE = re.compile(
    r"\b(?:all day|day|as|so|how|too|before|week|life|day was|been a|a while|take|took"
    r"|night|wait)\s*$|(?:it's|had|was|what|such|been)(?: \w+)? a (?:\w+ )?$"
)
_STRAY_LONG = re.compile(
    r"\s*(?:ago|term|distance|time|day|week|night|flight|drive|journey|shift|story|as|lost"
    r"|island|way|live|hair|haul|weekend|year|month|run|before|trip|meeting|and hard"
    r"|and tiring|and exhausting)\b"
)
SHORT, NOT_TOO_LONG, LONG, NOT_TOO_SHORT, LUNCH = 100, 125, 150, 85, 70
"""Minutes that "short", "not too long", "long", "not too short", a lunch break stand for."""
_HINT = re.compile(
    r"\d|hour|min|long|short|length|quick|time|half|lunch|epic|attention|marathon|bite"
)
"""Without any of these no rule can match, which most messages don't have."""
_SENSIBLE = range(15, 601)


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Limits on running time."""
    return joined(apart(list(_findings(message, reader))), message, Runtime, _both_ends)


def _both_ends(limits: Sequence[Runtime]) -> Runtime | None:
    """One limit with the strictest ends of several."""
    shortest = max((t.shortest for t in limits if t.shortest), default=None)
    longest = min((t.longest for t in limits if t.longest), default=None)
    if shortest is not None and longest is not None and shortest > longest:
        return None
    return Runtime(shortest=shortest, longest=longest)


def _findings(message: Message, reader: Reader) -> Iterator[Finding]:
    if not _HINT.search(message.plain.text):
        return
    for name, rule in _RULES:
        for spot in spots(message, rule):
            minutes = _minutes(name, spot)
            if minutes is not None:
                yield spot.finding(*_edits(minutes, spot, reader))


def _edits(minutes: Minutes, spot: Spot, reader: Reader) -> tuple[Edit, ...]:
    sense = spot.polarity
    if sense.exempted and minutes[1] is None:
        return lifted(reader, "runtime", "runtime", spot.meant)
    # "Two hours is fine" takes up to two hours.
    shortest = None if sense.exempted else minutes[0]
    limit = Runtime(shortest=shortest, longest=minutes[1])
    return (LimitEdit(limit=limit, words=spot.words, lasting=sense.lasting),)


def _minutes(name: str, spot: Spot) -> Minutes | None:
    """The range that a rule's match stands for, None where it is about something else."""
    if name in _PLAIN:
        return _plain(name, spot)
    length = duration(spot.group("d") or spot.group("d2") or "")
    if name == "between":
        return _between(spot)
    if length is None or length not in _SENSIBLE or not _about_a_film(name, spot):
        return None
    if name in {"about", "bare"} and spot.polarity.kind != "plain":
        return None, length if spot.polarity.exempted else length - _give(length) - 1
    if name == "bare" and _FOR.search(before(spot)):
        return None, length + _give(length)
    return _RANGES.get(name, around)(length)


_PLAIN: dict[str, Minutes] = {
    "lunch": (None, LUNCH),
    "not_long": (None, NOT_TOO_LONG),
    "or_long": (None, NOT_TOO_LONG),
    "not_short": (NOT_TOO_SHORT, None),
    "short": (None, SHORT),
    "long": (LONG, None),
}
_RANGES: dict[str, Callable[[int], Minutes]] = {
    # "Under two hours" leaves out a film of two hours sharp.
    "under": lambda length: (None, length - 1),
    "over": lambda length: (length + 1, None),
    "at_most": lambda length: (None, length),
    "at_least": lambda length: (length, None),
}


def _give(length: int) -> int:
    return max(10, length // 8)


def around(length: int) -> Minutes:
    """What "about" a length covers: an eighth to either side, 10 minutes at least."""
    return length - _give(length), length + _give(length)


def _plain(name: str, spot: Spot) -> Minutes | None:
    if name == "or_long" and not (spot.polarity.negated or spot.polarity.softened):
        return None
    if name == "long" and (_LONG_ELSEWHERE.search(before(spot)) or _STRAY_LONG.match(after(spot))):
        return None
    if name in {"short", "long"} and spot.polarity.against:
        return _PLAIN["not_short" if name == "short" else "not_long"]
    return _PLAIN[name]


def _between(spot: Spot) -> Minutes | None:
    high = duration(spot.match["d2"])
    low = duration(spot.match["d"])
    if low is None:
        bare = number(spot.match["d"]) or 0
        in_hours = re.search(rf"{HOUR}\b", spot.match["d2"]) and bare <= 5
        low = int(bare * 60) if in_hours else int(bare)
    if high is None or low not in _SENSIBLE or high not in _SENSIBLE or low > high:
        return None
    return low, high


def _about_a_film(name: str, spot: Spot) -> bool:
    """Whether a length is a film's, not that of a working day or a flight."""
    if _PAST.match(after(spot)):
        return False
    if name != "bare":
        return not (name in {"over", "about"} and _ELSEWHERE.search(before(spot)))
    if _FOR.search(before(spot)) and not _BUSY.search(before(spot, 60)):
        return True
    alone = not re.search(r"\w", spot.message.text[: spot.start] + spot.message.text[spot.end :])
    return alone or not _ELSEWHERE.search(before(spot))
