"""What a text claims of an item's year and length, and how it compares with another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ..ingest.item import AxisName, Item
from .claims_text import Said
from .wording import LESS, MORE

_YEAR = re.compile(
    r"(?<![\d.,:$£€#-])(?<!\d )((?:18[7-9]|19\d|20\d)\d)(?![\d%]|[.,:]\d|-year|s\b|['’]s\b)"
)
_BOUND = re.compile(
    r"\b(?:(?P<before>before|until|up to|by|pre-?)|(?P<after>after|since|post-?)|(?P<span>between"
    r"|to|and|through))\s*$",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\b(?:(?:between|from)\s+)?((?:18|19|20)\d\d)\s*(?:-|–|to|and|until)\s*((?:18|19|20)\d\d)\b"
)
_FROM_YEAR = re.compile(r"[*_\"”'’»]*,?\s*(?:\(|\[|from |of )?")
_OF_YEAR = re.compile(r"(?:['’]s)?\s*[*_\"“'‘«]*")
_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60,
    "seventies": 70, "eighties": 80, "nineties": 90, "noughties": 2000,
}  # fmt: skip
_DECADE = re.compile(
    rf"(?<![\w$£€])(?:((?:18[7-9]|19\d|20\d)0)['’]?s|['’‘]?([2-9]0)['’]?s|({'|'.join(_DECADES)}))\b",
    re.IGNORECASE,
)
_SETTING = re.compile(
    r"\b(?:set|takes place|unfolds|plays out|life|lived|back) in (?:the )?(?:early |mid-?|late )?$"
    r"|\bin (?:his|her|their|your|my|one's) (?:early |mid-?|late )?$|\b(?:in|of) \w+'s $",
    re.IGNORECASE,
)
_MADE_IN = re.compile(
    r"\b(?:made|released|shot|filmed|produced|out) in (?:the )?(?:early |mid-?|late )?$"
    r"|\b(?:films?|movies?|pictures?) (?:of|from) (?:the )?(?:early |mid-?|late )?$",
    re.IGNORECASE,
)


def wrong_years(said: Said) -> Iterable[str]:
    """Years and decades of release that aren't the item's, nor those of an item named beside."""
    for match in _YEAR.finditer(said.plain):
        if not (_right_year(said, match) or said.supports(match[1])):
            yield f"it is not from {match[1]}"
    for match in _DECADE.finditer(said.plain):
        if not _right_decade(said, match):
            yield f"it is not from the {match[0]}"


def _right_year(said: Said, match: re.Match[str]) -> bool:
    year, told = said.item.year, int(match[1])
    for span in _RANGE.finditer(said.plain):
        if span.start() <= match.start() < span.end():
            return year is not None and int(span[1]) <= year <= int(span[2])
    bound = _BOUND.search(said.plain[: match.start()])
    if year is not None and bound and bound["before"]:
        return year < told or (year == told and bound["before"].lower() not in ("before", "pre"))
    if year is not None and bound and bound["after"]:
        return year > told or (year == told and bound["after"].lower() == "since")
    return told == year or _beside(said, match, told)


def _beside(said: Said, match: re.Match[str], year: int) -> bool:
    """Whether a year stands right behind or before an item that is from then."""
    return any(
        place.item.year == year
        and (
            _FROM_YEAR.fullmatch(said.plain, place.end, match.start())
            if place.end <= match.start()
            else _OF_YEAR.fullmatch(said.plain, match.end(), place.start)
        )
        for place in said.places
    )


def _right_decade(said: Said, match: re.Match[str]) -> bool:
    short = match[2] or _DECADES.get((match[3] or "").lower())
    decade = int(match[1] or short or 0)
    full = decade if decade > 100 else (2000 if decade == 0 else 1900) + decade
    dated = [said.item.year, *(other.year for other in said.others)]
    if any(year is not None and year // 10 * 10 == full for year in dated[:1]):
        return True
    made = _MADE_IN.search(said.plain[: match.start()]) is not None
    about = said.supports(f"{full}s") and not made
    if about or said.denied(*match.span()) or said.of_other(match.end()):
        return True
    bound = _BOUND.search(said.plain[: match.start()].removesuffix("the "))
    year = said.item.year
    if bound and year is not None and (bound["before"] or bound["after"]):
        return year < full if bound["before"] else year >= full
    setting = _SETTING.search(said.plain[: match.start()]) is not None
    return setting and (year is None or full <= year)


_SMALL = {
    "an": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_NUMBER = rf"(?:\d+(?:\.\d+)?|{'|'.join(_SMALL)})"
_LENGTH = re.compile(
    rf"(?<![\w.])(?:(?P<h>{_NUMBER}|an? [a-z]+(?= hour))(?P<half>[ -]and[ -]a[ -]half)?"
    r"[ -]?(?:hours?|hrs?|h)\b(?P<tail>[ -]and[ -]a[ -]half)?"
    rf"(?:[ ,]*(?:and )?(?P<hm>{_NUMBER})[ -]?(?:minutes?|mins?|m)?\b)?"
    rf"|(?P<m>{_NUMBER}(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)(?:-odd)?[ -]?"
    r"(?:minut(?:es?|en|os|i)|mins?)\b)"
    r"(?P<than> (?:shorter|longer|less|more|before|after|later|earlier)\b)?",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\b(?:under|below|within|inside|less than|fewer than|shorter than|short of|at most"
    r"|no more than|no longer than|not even)\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:over|above|more than|longer than|at least|upwards of|beyond|past)\s*$", re.IGNORECASE
)
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|some|approximately|close to|a good|a little over|just over"
    r"|just under|a little under|nearly|almost|barely|just shy of|shy of"
    r"|only|just|a brisk|a lean|a tight|a full)\s*$",
    re.IGNORECASE,
)
# "An hour" alone is part of a story.
_TAKES = re.compile(
    r"\b(?:in|under|within|over|than|about|around|runs?|takes?|lasts?|just|only|barely|nearly|almost)"
    r"\s*$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:\bnot|\bnever|n['’]t)(?: (?:run|take|last|need|ask|quite|a|an|for|over|under|more than"
    r"|less than))*\s*$",
    re.IGNORECASE,
)
_SHORTEST_RUNTIME = 40
_ROUND, _LOOSE = 12, 20


def wrong_length(said: Said) -> Iterable[str]:
    """Running times that are not the item's; what is shorter than 40 minutes is part of a plot."""
    for match in _LENGTH.finditer(said.plain):
        minutes = _minutes(match)
        if minutes < _SHORTEST_RUNTIME or match["than"] or said.supports(match[0]):
            continue
        if minutes == 60 and not _TAKES.search(said.plain[: match.start()]):
            continue
        if not _right_length(said, match, minutes):
            yield f"it does not take {match[0].strip()}"


def _minutes(match: re.Match[str]) -> float:
    if match["m"]:
        first, *rest = re.split(r"[ -]", match["m"].lower(), maxsplit=1)
        units = {"one": 1, "six": 6, "seven": 7, "eight": 8, "nine": 9} | _SMALL
        return _number(first) + (units.get(rest[0], 0) if rest else 0)
    half = 30 if match["half"] or match["tail"] else 0
    return 60 * _number(match["h"]) + half + (_number(match["hm"]) if match["hm"] else 0)


def _number(words: str) -> float:
    first = words.lower().split()[0]
    return float(_SMALL.get(first, 0) or (first if first[0].isdigit() else 0))


def _right_length(said: Said, match: re.Match[str], told: float) -> bool:
    real, before = said.item.runtime_min, said.plain[: match.start()]
    if real is None:
        return False
    digits = (match["hm"] or match["m"] or "")[:1].isdigit()
    exact = digits or bool(match["hm"])
    slack = int(told % 10 == 0) if exact else _ROUND
    if _ABOUT.search(before):
        slack = max(slack, 5) if exact else _LOOSE
    if _UP_TO.search(before):
        return real > told - slack if _NOT.search(before) else real <= told
    if _FROM.search(before):
        return real <= told + slack if _NOT.search(before) else real >= told
    if _NOT.search(before):
        return abs(real - told) > 1
    return abs(real - told) <= (
        slack if not (match["m"] and match["m"].isdigit()) else min(slack, 2)
    )


_NEWER = {"newer": 1, "later": 1, "more recent": 1, "older": -1, "earlier": -1}
_LONGER = {"longer": 1, "shorter": -1, "tighter": 0}
_COMPARED: dict[str, AxisName] = {word: axis for axis, word in MORE.items()} | {
    word: axis for axis, word in LESS.items()
}
_SADDER = ("sadder", "darker")
_COMPARISON = re.compile(
    rf"\b({'|'.join([*_NEWER, *_LONGER, *_COMPARED, *_SADDER])}) than (?:in )?[*_\"“‘]?(?=▢)",
    re.IGNORECASE,
)


def wrong_comparisons(said: Said) -> Iterable[str]:
    """Comparisons with an item that is named which turn the facts round."""
    for match in _COMPARISON.finditer(said.plain):
        other = next((p.item for p in said.places if p.start <= match.end() < p.end), None)
        if other is None or said.denied(*match.span()):
            continue
        if _difference(said.item, other, match[1].lower()) < 0:
            yield f"it is not {match[1]} than {other.title}"


def _difference(item: Item, other: Item, word: str) -> int:
    """Above 0 where a comparison is right, below where it is the other way, 0 where unknown."""
    if word in _NEWER and item.year and other.year:
        return _NEWER[word] * (item.year - other.year)
    if word in _LONGER and item.runtime_min and other.runtime_min:
        return _LONGER[word] * (item.runtime_min - other.runtime_min)
    axis: AxisName | None = _COMPARED.get(word, "lightness" if word in _SADDER else None)
    if axis is None or item.axes is None or other.axes is None:
        return 0
    down = word in _SADDER or word == LESS[axis]
    return (-1 if down else 1) * (item.axes.of(axis) - other.axes.of(axis))


FACT_CHECKS: tuple[Callable[[Said], Iterable[str]], ...] = (
    wrong_years, wrong_length, wrong_comparisons,
)  # fmt: skip
