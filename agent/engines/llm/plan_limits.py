"""From a model's limits to those of the catalogue; what can't be one is dropped or wished for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rapidfuzz import fuzz, process

from ....ingest.catalogue import Catalogue
from ....ingest.facets import CONTENT
from ....ingest.item import fold
from ....ingest.limits import (
    Age,
    AxisBound,
    Content,
    Kinds,
    Limit,
    Ratings,
    Runtime,
    Subjects,
    Years,
)
from ..reading.content import SPARED
from .plan_names import CLOSE, Bounds, genres, languages, made, name_list, people
from .plan_reply import LimitOut

SENSIBLE_MINUTES = range(15, 601)
_GROWN_UP = 18
_UNDER = re.compile(
    r"\b(?:under|less than|below|shorter than|fewer than|unter|weniger als|kürzer als"
    r"|moins de|menos de|meno di|minder dan|onder|inferior)\b|<(?!=)",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:over|more than|longer than|above|über|mehr als|länger als|plus de|más de|mais de|più di"
    r"|meer dan)\b"
    r"|>(?!=)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:no|not|nothing|never|none|don't|nicht|kein\w*|pas|rien|nada|niente|geen)\b"
)
_BEFORE = re.compile(r"\b(?:before|pre|older than|vor|avant|antes de|prima del)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|post|newer than|nach|après|después de|dopo il)\b", re.IGNORECASE)
_NONE_OF = re.compile(
    r"^\W*(?:(?:no|not|nothing|never|without|kein\w*|ohne|nicht|pas|sans|aucun\w*|sin|nada|ningun\w*"
    r"|niente|senza|nessun\w*|geen|zonder|sem|nem|nenhum\w*|ingen|inga|utan|uden|nie|bez|żadn\w*"
    r"|без|не|нет|никак\w*) (?!only|just|nur|seulement|s[oó]lo|soltanto|alleen|apenas|только"
    r"|problem|matter|need|doubt|idea)|不要|不想|别|別|没有|沒有)",
    re.IGNORECASE,
)
_STEM = 4
"""Letters that a name shares with its forms in other languages."""
_NAMED = ("genres", "people", "languages", "subjects")
_DECADE = re.compile(r"'?(\d{2}|\d{4})'?s")
_RATINGS = ("G", "PG", "PG-13", "R", "NC-17")
_SPARED = tuple((re.compile(spared.pattern), spared) for spared in SPARED)


def bounds_of(out: LimitOut, catalogue: Catalogue, year: int) -> Bounds:
    """One limit as the model wrote it; never raises, whatever numbers and names it has.

    Args:
        out: what the model wrote.
        catalogue: knows which genres, people and kinds there are.
        year: the present year.
    """
    bounds, out = Bounds(), _signed(out)
    for limit in _READ[out.limit](out, catalogue, bounds):
        if not (isinstance(limit, Years) and _future(limit, year)):
            bounds.limits.append(limit)
    return bounds


def _signed(out: LimitOut) -> LimitOut:
    """With the sign of its own words: "keine Horrorfilme" never wants them."""
    refused = out.limit in _NAMED and out.only and not out.never and _NONE_OF.match(out.words)
    # "No subtitles" wants the language that it doesn't name.
    if refused and (out.limit != "languages" or _stem_in(out.only[0], out.words)):
        return out.model_copy(update={"only": [], "never": out.only})
    return out


def _stem_in(name: str, words: str) -> bool:
    return fold(name)[:_STEM] in fold(words)


def _sided(
    low: int | None, high: int | None, words: str, most: re.Pattern[str], least: re.Pattern[str]
) -> tuple[int | None, int | None]:
    """Bounds on the side that their words speak of: "under 100" has no lower one.

    Args:
        low: as the model wrote it.
        high: likewise.
        words: quoted from the message.
        most: finds "under"; with a "not" before it, it is "over".
        least: finds "over".
    """
    if low is not None and high is not None and low != high:
        return min(low, high), max(low, high)
    bound = low if high is None else high
    under, over = most.search(words) is not None, least.search(words) is not None
    if under == over:
        return low, high
    return (None, bound) if under != bool(_NOT.search(words.lower())) else (bound, None)


def _future(limit: Years, year: int) -> bool:
    """Whether only films that are not made yet would do."""
    return limit.earliest is not None and limit.earliest > year + 2


def _years(out: LimitOut, catalogue: Catalogue, bounds: Bounds) -> Iterator[Limit]:
    unwanted = [year for name in out.never for year in _span(name)]
    if unwanted:
        yield from made(Years, none_of=tuple(dict.fromkeys(unwanted)))
    low, high = _sided(_year(out.low), _year(out.high), out.words, _BEFORE, _AFTER)
    named = [year for name in out.only for year in _span(name)]
    if low is None and high is None and named:
        low, high = min(named), max(named)
    # "Before 1990" is up to 1989: a model that copies the year means it, not one year more.
    if high is not None and low is None and _BEFORE.search(out.words) and str(high) in out.words:
        high -= 1
    if low is not None and high is None and _AFTER.search(out.words) and str(low) in out.words:
        low += 1
    yield from made(Years, earliest=low, latest=high)


def _year(value: int | None) -> int | None:
    """A year of four digits; two digits are of the last century."""
    if value is not None and 20 <= value < 100:
        value += 1900
    return value if value is not None and 1870 <= value <= 2100 else None


def _span(name: str) -> list[int]:
    """The years of "1994", "1980s", "80s"; none for other words."""
    decade = _DECADE.fullmatch(name.strip())
    if decade:
        first = _year(int(decade[1])) or 0
        return list(range(first - first % 10, first - first % 10 + 10)) if first else []
    single = _year(int(name)) if name.strip().isdecimal() and len(name) < 6 else None
    return [single] if single else []


def _minutes(out: LimitOut, catalogue: Catalogue, bounds: Bounds) -> Iterator[Limit]:
    low, high = _sided(_length(out.low), _length(out.high), out.words, _UNDER, _OVER)
    plain = not _NOT.search(out.words.lower())
    # "Under two hours" leaves out a film of two hours sharp, "nothing over two hours" does not.
    if high is not None and plain and high % 10 == 0 and _UNDER.search(out.words):
        high -= 1
    if low is not None and plain and low % 10 == 0 and _OVER.search(out.words):
        low += 1
    yield from made(Runtime, shortest=low, longest=high)


def _length(value: int | None) -> int | None:
    """Minutes; a few are hours."""
    if value is not None and 1 <= value <= 5:
        value *= 60
    return value if value in SENSIBLE_MINUTES else None


def _age(out: LimitOut, catalogue: Catalogue, bounds: Bounds) -> Iterator[Limit]:
    rated = {name.strip().upper().replace("PG13", "PG-13") for name in out.only} & set(_RATINGS)
    if rated:
        highest = max(map(_RATINGS.index, rated))
        yield from made(Ratings, any_of=_RATINGS[: highest + 1])
        return
    youngest = out.low if out.low is not None else out.high
    if youngest is not None and 0 <= youngest < _GROWN_UP:
        yield from made(Age, youngest=youngest)


def _content(out: LimitOut, catalogue: Catalogue, bounds: Bounds) -> Iterator[Limit]:
    for name in name_list(out.never):
        yield from _spared(name)


def _spared(name: str) -> Iterator[Limit]:
    """What sparing somebody something comes to, as the builtin engine has it."""
    plain = re.sub(r"[-_]", " ", name).lower().strip()
    meant = next((spared for rule, spared in _SPARED if rule.fullmatch(plain)), None)
    near = process.extractOne(plain, CONTENT.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
    if meant is not None:
        if meant.axis is not None:
            yield from made(AxisBound, axis=meant.axis, at_most=meant.most)
        for each in meant.classes:
            yield from made(Content, none_of=(each,))
    elif near is not None:
        yield from made(Content, none_of=(near[0],))
    else:
        yield from made(Subjects, none_of=(name,))


def _subjects(out: LimitOut, catalogue: Catalogue, bounds: Bounds) -> Iterator[Limit]:
    bounds.wanted += name_list(out.only)
    for name in name_list(out.never):
        yield from made(Subjects, none_of=(name,))


def _kinds(out: LimitOut, catalogue: Catalogue, bounds: Bounds) -> Iterator[Limit]:
    have = catalogue.facet("kind")
    named = {fold(name) for name in out.only}
    wanted = tuple(kind for kind in have if kind in named or f"{kind}s" in named)
    if wanted and len(wanted) < len(have):
        yield from made(Kinds, any_of=wanted)


_READ: dict[str, Callable[[LimitOut, Catalogue, Bounds], Iterator[Limit]]] = {
    "years": _years,
    "minutes": _minutes,
    "genres": genres,
    "people": people,
    "languages": languages,
    "age": _age,
    "content": _content,
    "subjects": _subjects,
    "kinds": _kinds,
}
