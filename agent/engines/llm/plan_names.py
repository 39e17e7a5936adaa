"""Limits by name: genres, people and languages as a catalogue writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from rapidfuzz import fuzz, process

from ....ingest.catalogue import Catalogue
from ....ingest.item import fold
from ....ingest.language import LANGUAGES
from ....ingest.limits import Genres, Languages, Limit, People
from ..reading.genre_kinds import KINDS
from .plan_reply import LimitOut

CLOSE = 86.0
"""Percent (rapidfuzz) from which a misspelt genre, language or content is taken for one."""
_LONGEST_NAME = 80
_EITHER = re.compile(r"\b(?:or|oder|ou|o|of|either)\b|/", re.IGNORECASE)
_CODES = {name.lower(): code for code, name in LANGUAGES.items()} | {"chinese": "zh", "farsi": "fa"}
_FOREIGN = frozenset({"foreign", "foreign language", "non english", "not english"})


@dataclass
class Bounds:
    """Limits that stand, texts that are only wished for or avoided, names nobody knows."""

    limits: list[Limit] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def made(kind: Callable[..., Limit], **values: Any) -> Iterator[Limit]:
    """A limit, if these values make one."""
    given = {name: value for name, value in values.items() if value not in (None, ())}
    try:
        yield kind(**given)
    except ValidationError:
        return


def name_list(names: Sequence[str]) -> list[str]:
    cleaned = (re.sub(r"\s+", " ", name).strip()[:_LONGEST_NAME] for name in names)
    return list(dict.fromkeys(name for name in cleaned if any(map(str.isalnum, name))))


def genres(out: LimitOut, catalogue: Catalogue, bounds: Bounds) -> Iterator[Limit]:
    wanted, strange = split_genres(name_list(out.only), catalogue)
    # No limit refuses two genres together only: "no romcoms" goes without romances.
    unwanted, stranger = split_genres(name_list(out.never), catalogue, most=1)
    bounds.wanted += strange
    bounds.unwanted += stranger
    if wanted:
        how = "any_of" if len(wanted) > 1 and _EITHER.search(out.words) else "all_of"
        yield from made(Genres, **{how: tuple(wanted)})
    if unwanted:
        yield from made(Genres, none_of=tuple(unwanted))


def split_genres(
    names: Sequence[str], catalogue: Catalogue, most: int | None = None
) -> tuple[list[str], list[str]]:
    """Genres that the catalogue has, by its names, and the other names as they were given.

    A name such as "romcom" stands for several; ``most`` is how many of them count.
    """
    have = catalogue.facet("genres")
    known: list[str] = []
    strange: list[str] = []
    for name in names:
        found = _genres_called(name, have)
        known += [genre.title() for genre in found[:most]]
        strange += [] if found else [name]
    return list(dict.fromkeys(known)), strange


def _genres_called(name: str, have: dict[str, int]) -> list[str]:
    """The catalogue's genres that a name stands for: "sci-fi", "romcom", "Comedies"."""
    folded = fold(name)
    if folded in have:
        return [folded]
    for kind in KINDS:
        if kind.names and re.fullmatch(kind.pattern, name.lower()):
            found = [next((n for n in names if n in have), "") for names in kind.names]
            return found if all(found) else []
    near = process.extractOne(folded, have.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return [near[0]] if near else []


def people(out: LimitOut, catalogue: Catalogue, bounds: Bounds) -> Iterator[Limit]:
    wanted = _persons(name_list(out.only), catalogue, bounds)
    unwanted = _persons(name_list(out.never), catalogue, bounds)
    if wanted:
        either = len(wanted) > 1 and _EITHER.search(out.words)
        yield from made(People, **{"any_of" if either else "all_of": tuple(wanted)})
    if unwanted:
        yield from made(People, none_of=tuple(unwanted))


def _persons(names: Sequence[str], catalogue: Catalogue, bounds: Bounds) -> list[str]:
    found = [(name, full_name(name, catalogue)) for name in names]
    bounds.unknown += [name for name, full in found if full is None]
    return list(dict.fromkeys(full for _, full in found if full))


def full_name(name: str, catalogue: Catalogue) -> str | None:
    """Somebody as the catalogue writes the name; of several, who has most films; None: nobody."""
    matches = catalogue.people.find_person(name)
    return matches[0].name if matches else None


def languages(out: LimitOut, catalogue: Catalogue, bounds: Bounds) -> Iterator[Limit]:
    if any(fold(name) in _FOREIGN for name in out.only):
        yield from made(Languages, none_of=("en",))
        return
    wanted = _codes(name_list(out.only), bounds)
    unwanted = ["en"] if any(fold(n) == "english" for n in out.never) else []
    unwanted += _codes(name_list(out.never), bounds)
    if wanted:
        yield from made(Languages, any_of=tuple(wanted))
    if unwanted:
        yield from made(Languages, none_of=tuple(dict.fromkeys(unwanted)))


def _codes(names: Sequence[str], bounds: Bounds) -> list[str]:
    found = [(name, language_code(name)) for name in names]
    bounds.unknown += [name for name, code in found if code is None]
    return list(dict.fromkeys(code for _, code in found if code))


def language_code(name: str) -> str | None:
    """The ISO 639-1 code of a language by code or English name, misspelt or not."""
    folded = fold(name)
    if folded in LANGUAGES:
        return folded
    near = process.extractOne(folded, _CODES.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return _CODES[near[0]] if near else None
