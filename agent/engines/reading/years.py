"""Release years: "before 1970", "from the 90s", "recent", "not older than me, I'm 35"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ....ingest.limits import Subjects, Years
from ...edits import Edit, LimitEdit, Nudge, Wish
from .message import Finding, Message, Reader
from .numbers import number
from .spots import Spot, after, apart, before, joined, lifted, spots
from .year_rules import DECADES, HINT, RULES

Range = tuple[int | None, int | None]
"""First and last year, ends included; None is open."""

_AGE = re.compile(
    r"\b(?:i'm|i am|am|aged|my age is|age)\s*(?P<age>1\d|[2-9]\d)\b(?!\s*(?:min|%|hours?))"
)
_BORN = re.compile(r"\bborn in (?:'?(?P<short>\d\d)\b(?!\d)|(?P<year>19\d\d|20[0-2]\d))")
_SETTING = re.compile(
    r"\bborn(?: in)?\s*$|"
    r"\b(?:set|takes? place|taking place|happens?|based|about|story|life|living"
    r"|events?)(?: \w+){0,2} (?:in|during|around|on)(?: the)?(?: (?:early|mid|late))?\s*$"
    r"|\b(?:about|set)(?: in)? the\s*$|\bset in\s*$|\b(?:set|takes? place|taking place"
    r"|happens?|happening)\s*$"
)
_OF_LIFE = re.compile(r"\b(?:my|his|her|their|our|your)(?: (?:early|mid|late))?[- ]*$")
_STYLE = re.compile(
    r"\s*(?:[- ]?(?:vibes?|style|styled|feel|feeling|aesthetics?|nostalgia|inspired"
    r"|throwback|music|soundtrack|fashion|setting"
    r"|kids?(?! (?:films?|movies?|stuff))|look|atmosphere))\b"
)

_NEGATING = frozenset({"latest", "earliest", "older", "not_older_me"})
"""Rules whose own words hold the negation."""
_COLOUR_RULES = 1967
"""The Academy dropped its black-and-white cinematography award after the films of 1966."""


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Limits on release years, and pulls towards newer or older films."""
    found = list(_findings(message, reader))
    return joined(apart(found), message, Years, _both_ends)


def _findings(message: Message, reader: Reader) -> Iterator[Finding]:
    if not HINT.search(message.plain.text):
        return
    for name, rule in RULES:
        for spot in spots(message, rule):
            edits = _read(name, spot, reader)
            if edits is not None:
                yield Finding(spot.start, spot.end, edits)


def _read(name: str, spot: Spot, reader: Reader) -> tuple[Edit, ...] | None:
    if name in _OTHERS:
        return _OTHERS[name](spot, reader)
    years = None if _elsewhere(name, spot) else _range(name, spot, reader)
    if years is None:
        return None
    sense = spot.polarity
    if sense.exempted:
        return lifted(reader, "years", "year", spot.meant)
    if sense.negated and name not in _NEGATING:
        limit = _outside(years)
        return (LimitEdit(limit=limit, words=spot.meant, lasting=sense.lasting),)
    return (_limit(years, spot.meant, lasting=sense.lasting),)


def _elsewhere(name: str, spot: Spot) -> bool:
    """Whether a time is not that of a film's release: somebody's age, a setting, a style."""
    if _OF_LIFE.search(before(spot)) or _STYLE.match(after(spot)):
        return True
    if name in {"exact", "span", "around"} and _SETTING.search(before(spot)):
        return True
    return name == "exact" and not _year_like(spot)


def _limit(years: Range, words: str, *, lasting: bool = False) -> LimitEdit:
    limit = Years(earliest=_within(years[0]), latest=_within(years[1]))
    return LimitEdit(limit=limit, words=words, lasting=lasting)


def _within(year: int | None) -> int | None:
    return None if year is None else min(max(year, 1870), 2100)


def _outside(years: Range) -> Years:
    """The limit that leaves a range of years out."""
    earliest, latest = map(_within, years)
    if earliest is None:
        return Years(earliest=_within((latest or 0) + 1))
    if latest is None:
        return Years(latest=_within(earliest - 1))
    return Years(none_of=tuple(range(earliest, latest + 1)))


def _year_like(spot: Spot) -> bool:
    """Whether a bare four-digit number stands where a year would, not a quantity or a title."""
    if before(spot).endswith("("):
        return False
    if not spot.match.group().isdigit():
        return True
    return not re.match(
        r"\s*(?:\w+s\b(?<!films)(?<!movies)(?<!comedies)(?<!thrillers)(?<!dramas)(?<!westerns)"
        r"(?<!horrors)(?<!releases))",
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
    return next((start for word, start in DECADES.items() if word in text), None)


def _range(name: str, spot: Spot, reader: Reader) -> Range | None:
    """The years that a rule's match stands for."""
    year = reader.turn.year
    if name in _EPOCHS:
        return _EPOCHS[name](year)
    if name in {"older", "past_years", "young", "aged"}:
        return _counted(name, spot, year)
    if name in _LIVED:
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
        "before": (None, first_year - 1),
        "until": (None, last_year),
        "latest": (None, last_year),
        "after": (last_year + 1, None),
        "since": (first_year, None),
        "earliest": (first_year, None),
        "around": (first_year - 3, last_year + 3),
        "exact": (first_year, last_year),
    }[name]


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
    return {
        "not_older_me": (birth, None),
        "older_me": (None, birth - 1),
        "birth": (birth, birth),
        "childhood": (birth + 3, birth + 13),
        "teens": (birth + 12, birth + 20),
    }[name]


_LIVED = frozenset({"not_older_me", "older_me", "birth", "childhood", "teens"})


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


def _both_ends(limits: Sequence[Years]) -> Years | None:
    """One limit with the strictest ends of several; None where nothing would be left."""
    earliest = max((s.earliest for s in limits if s.earliest), default=None)
    latest = min((s.latest for s in limits if s.latest), default=None)
    if earliest is not None and latest is not None and earliest > latest:
        return _side_by_side(limits)
    left_out = tuple(sorted({year for limit in limits for year in limit.none_of}))
    return Years(earliest=earliest, latest=latest, none_of=left_out)


def _side_by_side(limits: Sequence[Years]) -> Years | None:
    """ "Late 80s, early 90s": spans that share no year are alternatives."""
    spans = [(one.earliest, one.latest) for one in limits if one.earliest and one.latest]
    if len(spans) < len(limits):
        return None
    wanted = {year for first, last in spans for year in range(first or 0, (last or 0) + 1)}
    gaps = set(range(min(wanted), max(wanted) + 1)) - wanted
    return Years(earliest=min(wanted), latest=max(wanted), none_of=tuple(sorted(gaps)))
