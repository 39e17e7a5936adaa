# ruff: noqa: E501
# A pattern of alternatives reads best one alternative a line.
"""Release years: "before 1970", "from the 90s", "recent", "not older than me, I'm 35"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ....ingest.limits import Subjects, Years
from ...edits import Edit, LimitEdit, Nudge, Wish
from .message import Finding, Message, Reader
from .numbers import NUMBER, number
from .spots import Spot, after, apart, before, lifted, spots

Range = tuple[int | None, int | None]
"""First and last year, ends included; None is open."""

_DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fourties": 1940, "fifties": 1950,
    "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000,
    "naughties": 2000, "aughts": 2000, "two thousands": 2000, "twenty tens": 2010,
}  # fmt: skip
_WORD_DECADE = "|".join(_DECADES)
_YEAR = r"(?:1[89]\d\d|20[0-4]\d)(?![\d'%]|s\b|\s*(?:min|people|times|km|miles|dollars|euros))"
_DECADE = rf"(?:(?:(?:early|mid|late)[- ]?(?:to[- ]?late[- ]?)?)?(?:(?:18|19|20)\d0['’]?s|['’]?[0-9]0['’]?s|(?:nineteen[- ])?(?:{_WORD_DECADE})))(?![\w])"
_TIME = rf"(?:the (?:year )?|year )?(?:{_DECADE}|{_YEAR})"
_SPAN = rf"(?P<a>{_TIME})\s*(?:-|–|to|till|until|and|or|through|thru|/|,|&)\s*(?:the )?(?:(?:early|mid|late) )?(?P<b>{_TIME})"
_NO = r"(?:no|not|nothing|none|n't|never|don't want(?: anything)?)(?: anything| any| films?| movies?| from| made| released| made| older films| much)*"

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w#$£€.]){pattern}"))
    for name, pattern in (
        ("latest", rf"{_NO} (?:after|newer than|later than|past|since|more recent than|from after|beyond)\s+(?P<t>{_TIME})"),
        ("earliest", rf"{_NO} (?:before|older than|earlier than|pre|from before|prior to)[- ]+(?P<t>{_TIME})"),
        ("older", rf"{_NO} older than (?P<n>{NUMBER}|a couple of|a few|a) (?P<unit>years?|decades?)(?: old)?"),
        ("not_older_me", rf"{_NO} (?:much )?older than (?:me|i am|myself|us|we are|i'm)\b|{_NO} before i was born|(?:made|from|released|came out)? ?(?:since|after) i was born|(?:in|during) my (?:own )?lifetime|younger than (?:me|i am)\b"),
        ("older_me", r"older than (?:me|i am|myself|us|we are)\b|(?:made |from )?before (?:i|we) (?:was|were) (?:even )?born|before my time"),
        ("birth", r"(?:from|in|of)?(?: the)? year (?:that )?i was born|my birth year"),
        ("span", rf"(?:(?:from|in|released|made|either)\s+)*(?:the )?(?:between\s+|from\s+)?{_SPAN}(?: films?| movies?)?"),
        ("before", rf"(?:from |made |released |anything )*(?:before|pre|prior to|earlier than|older than)[- ]*(?P<t>{_TIME})"),
        ("until", rf"(?:up to|until|till|up till|no later than|not later than|by the end of|at the latest)\s+(?P<t>{_TIME})|(?P<t2>{_TIME}) (?:or|and) (?:earlier|before|older)\b"),
        ("after", rf"(?:from |made |released |anything )*(?:after|newer than|later than|more recent than|past|beyond)\s+(?P<t>{_TIME})|(?:from )?post[- ](?P<t2>{_YEAR})"),
        ("since", rf"(?:from |made |released |anything )*(?:since|starting(?: in| from)?|no (?:older|earlier) than|not (?:older|earlier) than)\s+(?P<t>{_TIME})|(?:from )?(?P<t2>{_TIME})(?:\s*\+| onwards?| and up| or (?:later|newer|after|more recent)| and (?:later|newer|after|on|onwards)| up\b)"),
        ("past_years", rf"(?:from |in |within |of |released |made )*(?:the |these )?(?:last|past|previous) (?:(?P<n>{NUMBER}|couple of|few|several) )?(?P<unit>(?<!last )(?<!past )(?<!previous )years?|years|decades?)\b"),
        ("young", rf"(?:less|fewer|no more|not more) than (?P<n>{NUMBER}) (?P<unit>years?|decades?) old|under (?P<n2>{NUMBER}) years old(?! (?:kids?|child))"),
        ("aged", rf"(?:at least|more than|over|older than) (?P<n>{NUMBER}|a few) (?P<unit>years?|decades?) old(?! (?:kids?|child))|older than (?P<n2>{NUMBER}) years"),
        ("this_year", r"(?:from |released |made |out |in )*this year(?:'s)?\b"),
        ("last_year", r"(?:from |released |made |out |in )*last year(?:'s)?\b"),
        ("this_decade", r"(?:from |of |in )*(?:this|the current) decade\b"),
        ("last_decade", r"(?:from |of |in )*(?:the )?previous decade\b"),
        ("century21", r"(?:from |of |in )*(?:this century|(?:the )?(?:21st|twenty[- ]first|current) century)\b|\bthis millennium\b|\bpost-?millennium\b"),
        ("century20", r"(?:from |of |in )*(?:(?:the )?(?:20th|twentieth|last|previous) century)\b"),
        ("covid", r"(?:from |made |released )*(?:since|after|post)[- ](?:the )?(?:covid(?:-?19)?|pandemic|lockdown)\b"),
        ("precovid", r"(?:from |made |released )*(?:before|pre)[- ](?:the )?(?:covid(?:-?19)?|pandemic|lockdown)\b"),
        ("recent", r"(?:fairly |pretty |quite |more or less |relatively )?(?:recent|recently (?:released|made|out))(?: (?:releases?|years|times|one|ones))?\b(?!ly)|(?:brand[- ]new|new releases?|new(?:est|ly) (?:released|films?|movies?|ones?)|newest|(?:the |your )?latest (?:films?|movies?|releases?|ones?|thing)|just (?:came out|out|released)|(?:fresh )?out now|in (?:theaters|theatres|cinemas) now|hot off the press)\b"),
        ("new", r"(?:new|newish|new-ish|modern|contemporary|up[- ]to[- ]date|present[- ]day)(?=(?: \w+){0,2} (?:films?|movies?|cinema|flicks?|stuff|ones?|comed(?:y|ies)|thrillers?|horrors?|dramas?|releases?|westerns?|romcoms?|animations?)\b)|\b(?:newish|not too old|something (?:more )?modern|contemporary)\b"),
        ("no_old", rf"{_NO} (?:too |very |really |that |so |anything |super |all that )*(?:old(?:[- ]fashioned)?|ancient|dated|vintage|retro)\b(?: (?:films?|movies?|ones?|stuff|classics?))?"),
        ("old", r"(?:really |very |good |great )?(?:old(?:[- ](?:school|timey|fashioned|skool))?|vintage|retro|oldies?|golden oldies?|classics?|ancient)(?=(?: (?:school|hollywood|timey|black|style))*(?: [\w-]+){0,2} (?:films?|movies?|cinema|flicks?|stuff|ones?|comed(?:y|ies)|thrillers?|horrors?|dramas?|hollywood|westerns?|romances?|musicals?|classics?|noirs?|pictures?|whodunn?its?|myster(?:y|ies)|romcoms?|adventures?|slashers?|horror|sci-?fi|animations?|slapstick|disney|kung)\b)|\b(?:something|anything|an?|the|some|any|real|proper|true|all[- ]time|cult|old|golden|hollywood)(?: really| very| more| bit| good)? (?:classics?|old(?:er|ie)?[- ]?(?:school|fashioned|timey)?|vintage|retro|oldies?)(?=\s*(?:$|[.,!?;]|but|and|with|please|or|from|that|for|tonight))|(?<=like )(?:the )?classics|(?<=love )(?:the )?classics|^(?:classics?|oldies|vintage|retro|old(?:[- ]school)?)(?=\s*[.,!?]|$)"),
        ("silent_era", r"(?:from |of )*(?:the )?silent[- ](?:era|age|days)\b|\bsilent (?:films?|movies?|cinema|comed(?:y|ies)|pictures?|ones?|classics?)\b"),
        ("golden_age", r"(?:from |of )*(?:the )?(?:golden age(?: of (?:hollywood|cinema))?|(?:old|classic|classical|golden age) hollywood|studio era)\b"),
        ("pre_code", r"pre[- ]?code\b"),
        ("pre_war", r"(?:from )?(?:pre[- ]?war|before the (?:second world )?war|before (?:ww2|wwii|world war (?:ii|two|2)))\b"),
        ("post_war", r"post[- ]?war(?= (?:films?|movies?|cinema|era|years|italy|hollywood))\b"),
        ("new_hollywood", r"new hollywood\b"),
        ("monochrome", r"(?:in )?(?:black[- ]?(?:and|&|n|'n')[- ]?white|b ?& ?w|b/w|monochrome)\b(?: (?:films?|movies?|ones?|stuff|pictures?))?"),
        ("in_colour", r"(?:must be |has to be |only )?in colou?r\b|colou?r (?:films?|movies?) only"),
        ("around", rf"(?:from )?(?:around|about|circa|c\.|roughly|approximately|somewhere around|~)\s*(?P<t>{_TIME})"),
        ("exact", rf"(?:(?:from|released in|made in|in|of|out in|year|came out in|during) (?:the )?)?(?P<t>{_DECADE}|{_YEAR})"),
    )
)  # fmt: skip
_AGE = re.compile(
    r"\b(?:i'm|i am|am|aged|my age is|age)\s*(?P<age>1\d|[2-9]\d)\b(?!\s*(?:min|%|hours?))"
)
_BORN = re.compile(r"\bborn in (?:'?(?P<short>\d\d)\b(?!\d)|(?P<year>19\d\d|20[0-2]\d))")
_SETTING = re.compile(r"\bborn(?: in)?\s*$|" 
    r"\b(?:set|takes? place|taking place|happens?|based|about|story|life|living|events?)(?: \w+){0,2} (?:in|during|around|on)(?: the)?(?: (?:early|mid|late))?\s*$|\b(?:about|set)(?: in)? the\s*$|\bset in\s*$|\b(?:set|takes? place|taking place|happens?|happening)\s*$"
)
_OF_LIFE = re.compile(r"\b(?:my|his|her|their|our|your)(?: (?:early|mid|late))?[- ]*$")
_STYLE = re.compile(
    r"\s*(?:[- ]?(?:vibes?|style|styled|feel|feeling|aesthetics?|nostalgia|inspired|throwback|music|soundtrack|fashion|setting|kids?|look|atmosphere))\b"
)

_COLOUR_RULES = 1967
"""The Academy dropped its black-and-white cinematography award after the films of 1966."""


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Limits on release years, and pulls towards newer or older films."""
    found = list(_findings(message, reader))
    return _joined(apart(found), message)


def _findings(message: Message, reader: Reader) -> Iterator[Finding]:
    for name, rule in _RULES:
        for spot in spots(message, rule):
            edits = _read(name, spot, reader)
            if edits is not None:
                yield Finding(spot.start, spot.end, edits)


def _read(name: str, spot: Spot, reader: Reader) -> tuple[Edit, ...] | None:
    if name in _OTHERS:
        return _OTHERS[name](spot, reader)
    if _OF_LIFE.search(before(spot)) or _STYLE.match(after(spot)):
        return None
    if name in {"exact", "span", "around"} and _SETTING.search(before(spot)):
        return None
    if name == "exact" and not _year_like(spot):
        return None
    years = _range(name, spot, reader)
    if years is None:
        return None
    sense = spot.polarity
    if sense.exempted:
        return lifted(reader, "years", "year", spot.meant)
    if sense.negated and name not in {"latest", "earliest", "older", "not_older_me"}:
        years = _outside(years)
        if years is None:
            return (Wish(text=f"films {spot.words}", avoid=True, words=spot.meant, embed=False),)
    return (_limit(years, spot.meant, lasting=sense.lasting),)


def _limit(years: Range, words: str, *, lasting: bool = False) -> LimitEdit:
    limit = Years(earliest=_within(years[0]), latest=_within(years[1]))
    return LimitEdit(limit=limit, words=words, lasting=lasting)


def _within(year: int | None) -> int | None:
    return None if year is None else min(max(year, 1870), 2100)


def _outside(years: Range) -> Range | None:
    """The years that are left when a half-open range is unwanted; None for a closed one."""
    earliest, latest = years
    if earliest is not None and latest is not None:
        return None
    return (latest + 1, None) if latest is not None else (None, (earliest or 0) - 1)


def _year_like(spot: Spot) -> bool:
    """Whether a bare four-digit number stands where a year would, not a quantity or a title."""
    if before(spot).endswith("("):
        return False
    if not spot.match.group().isdigit():
        return True
    return not re.match(
        r"\s*(?:\w+s\b(?<!films)(?<!movies)(?<!comedies)(?<!thrillers)(?<!dramas)(?<!westerns)(?<!horrors)(?<!releases))",
        after(spot),
    )


def time_range(text: str) -> Range | None:
    """The years that a year or decade covers: ``"late 90s"`` is 1997 to 1999."""
    text = text.strip().lower()
    year = re.search(r"(?<!\d)(1[89]\d\d|20[0-4]\d)(?!['’]?s)", text)
    if year:
        return int(year.group()), int(year.group())
    start = _decade(text)
    if start is None:
        return None
    part = re.search(r"\b(early|mid|late)", text)
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(
        part.group(1) if part else "", (0, 9)
    )
    return start + first, start + last


def _decade(text: str) -> int | None:
    digits = re.search(r"(\d{2,4})['’]?s", text)
    if digits:
        number_ = int(digits.group(1))
        return number_ if number_ > 100 else (2000 if number_ in {0, 10} else 1900) + number_
    return next((start for word, start in _DECADES.items() if word in text), None)


def _range(name: str, spot: Spot, reader: Reader) -> Range | None:
    """The years that a rule's match stands for."""
    year = reader.turn.year
    if name in _EPOCHS:
        return _EPOCHS[name](year)
    if name in {"older", "past_years", "young", "aged"}:
        return _counted(name, spot, year)
    if name in {"not_older_me", "older_me", "birth"}:
        return _by_birth(name, spot.message, year)
    if name == "span":
        first, last = time_range(spot.match["a"]), time_range(spot.match["b"])
        return (
            (min(first[0] or 0, last[0] or 0), max(first[1] or 0, last[1] or 0))
            if first and last
            else None
        )
    covered = time_range(spot.group("t") or spot.group("t2") or "")
    if covered is None:
        return None
    first_year, last_year = covered[0] or 0, covered[1] or 0
    return {
        "before": (None, first_year - 1), "until": (None, last_year), "latest": (None, last_year),
        "after": (last_year + 1, None), "since": (first_year, None), "earliest": (first_year, None),
        "around": (first_year - 3, last_year + 3), "exact": (first_year, last_year),
    }[name]  # fmt: skip


def _counted(name: str, spot: Spot, year: int) -> Range:
    count = number(spot.group("n") or spot.group("n2") or "1")
    if count is None:
        count = 5 if (spot.group("n") or "") in {"few", "several"} else 1
    if spot.group("n") in {"few", "a few"}:
        count = 5
    unit = 10 if (spot.group("unit") or "").startswith("decade") else 1
    start = year - int(count * unit)
    return (None, start) if name == "aged" else (start, None)


def _by_birth(name: str, message: Message, year: int) -> Range | None:
    """Ranges that need the user's age: nothing without one in the same message."""
    age, born = _AGE.search(message.plain.text), _BORN.search(message.plain.text)
    if born:
        short = born["short"]
        birth = (
            int(born["year"]) if born["year"] else (2000 if int(short) < 20 else 1900) + int(short)
        )
    elif age:
        birth = year - int(age["age"])
    else:
        return None
    return {"not_older_me": (birth, None), "older_me": (None, birth - 1)}.get(name, (birth, birth))


_EPOCHS: dict[str, Callable[[int], Range]] = {
    "this_year": lambda year: (year, year),
    "last_year": lambda year: (year - 1, year - 1),
    "this_decade": lambda year: (year // 10 * 10, None),
    "last_decade": lambda year: (year // 10 * 10 - 10, year // 10 * 10 - 1),
    "century21": lambda _: (2000, None),
    "century20": lambda _: (1900, 1999),
    "covid": lambda _: (2020, None),
    "precovid": lambda _: (None, 2019),
    "recent": lambda year: (year - 6, None),
    "golden_age": lambda _: (1930, 1960),
    "pre_code": lambda _: (1929, 1934),
    "pre_war": lambda _: (None, 1939),
    "post_war": lambda _: (1945, 1959),
    "new_hollywood": lambda _: (1967, 1982),
}


def _new(spot: Spot, reader: Reader) -> tuple[Edit, ...] | None:
    """ "Modern" and "new film" pull towards newer ones without shutting others out."""
    if spot.polarity.exempted:
        return lifted(reader, "years", "year", spot.meant)
    amount = -1.0 if spot.polarity.against else 1.0
    return (Nudge(quality="newness", amount=amount, words=spot.meant),)


def _old(spot: Spot, reader: Reader) -> tuple[Edit, ...] | None:
    """ "Old" and "classic" pull towards older films; only refusing them is a limit."""
    if spot.polarity.exempted:
        return lifted(reader, "years", "year", spot.meant)
    if spot.polarity.against:
        return _no_old(spot, reader)
    return (Nudge(quality="newness", amount=-2, words=spot.meant),)


def _no_old(spot: Spot, reader: Reader) -> tuple[Edit, ...] | None:
    soft = re.search(r"\b(?:too|very|really|that|so|super|all that)\b", spot.meant.lower())
    back = 40 if soft or spot.polarity.softened else 30
    return (_limit((reader.turn.year - back, None), spot.meant),)


def _silent(spot: Spot, reader: Reader) -> tuple[Edit, ...] | None:
    if spot.polarity.against:
        return (_limit((1930, None), spot.meant),)
    wish = Wish(text="silent film", dimension="plot", words=spot.meant)
    return (_limit((None, 1936), spot.meant), wish)


def _monochrome(spot: Spot, reader: Reader) -> tuple[Edit, ...] | None:
    """Colour is no fact of an item, so refusing black and white also sets a year."""
    sense = spot.polarity
    if sense.exempted:
        return lifted(reader, "years", "year", spot.meant)
    if sense.against:
        subject = LimitEdit(limit=Subjects(none_of=("black and white",)), words=spot.meant)
        return (subject, _limit((_COLOUR_RULES, None), spot.meant, lasting=sense.lasting))
    return (Wish(text="black and white", words=spot.meant),)


def _in_colour(spot: Spot, reader: Reader) -> tuple[Edit, ...] | None:
    subject = LimitEdit(limit=Subjects(none_of=("black and white",)), words=spot.words)
    return (subject, _limit((_COLOUR_RULES, None), spot.words))


_OTHERS: dict[str, Callable[[Spot, Reader], tuple[Edit, ...] | None]] = {
    "new": _new,
    "old": _old,
    "no_old": _no_old,
    "silent_era": _silent,
    "monochrome": _monochrome,
    "in_colour": _in_colour,
}


@dataclass(frozen=True)
class _Half:
    """A finding that sets one end only."""

    finding: Finding
    edit: LimitEdit
    years: Years


def _joined(findings: list[Finding], message: Message) -> list[Finding]:
    """ "After 1980 but before 1995" as one limit, since a later one would replace the first."""
    halves = [
        _Half(finding, edit, edit.limit)
        for finding in findings
        for edit in finding.edits
        if isinstance(edit, LimitEdit) and isinstance(edit.limit, Years)
    ]
    if len(halves) < 2:
        return findings
    one, two = halves[0], halves[-1]
    earliest = max((h.years.earliest for h in halves if h.years.earliest), default=None)
    latest = min((h.years.latest for h in halves if h.years.latest), default=None)
    if earliest is not None and latest is not None and earliest > latest:
        return findings
    words = message.text[one.finding.start : two.finding.end]
    whole = LimitEdit(
        limit=Years(earliest=earliest, latest=latest), words=words, lasting=two.edit.lasting
    )
    return [_with_years(finding, one.finding, whole) for finding in findings]


def _with_years(finding: Finding, first: Finding, whole: LimitEdit) -> Finding:
    others = [
        e for e in finding.edits if not (isinstance(e, LimitEdit) and isinstance(e.limit, Years))
    ]
    edits = (*others, whole) if finding is first else tuple(others)
    return Finding(finding.start, finding.end, edits, finding.acts, finding.intents, finding.unread)
