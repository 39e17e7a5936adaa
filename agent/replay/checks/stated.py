"""What a text states of films, found by its form: labels, years, decades, lengths and names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ....ingest.catalogue import Catalogue
from ....ingest.item import Item, fold
from ....ingest.titles import Mention

_LABEL = re.compile(r"[*_”\"]*\s\(((?:18|19|20)\d\d)\)")
_YEAR = re.compile(r"\b(?:18[7-9]|19\d|20[0-4])\d\b")
_DECADE = re.compile(r"\b((?:18|19|20)\d)0s\b")
_LENGTH = re.compile(r"\b(?:(?P<hours>\d) hours?(?: and)? )?(?P<minutes>\d{1,3})[ -]minutes?\b")
_DIRECTED = re.compile(r"\bdirected by (?P<who>[^.,;:()]+)", re.IGNORECASE)
_NAMES = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*)+")
_EMPHASISED = re.compile(r"(?<![\w*])\*([^*\n]{1,120})\*(?![\w*])")


@dataclass(frozen=True)
class Text:
    """A text, the films that it may speak of where it names none, and what was said before it.

    ``allowed`` are words that may be repeated: the person's own, and the limits that hold.
    """

    text: str
    about: tuple[Item, ...]
    allowed: str
    catalogue: Catalogue


def false_statements(told: Text) -> Iterator[str]:
    """Sentences on what a text says that no film it speaks of bears."""
    mentions = told.catalogue.titles.mentions(told.text)
    films = tuple({item.id: item for item in (*_named(told, mentions), *told.about)}.values())
    yield from _labels(told, mentions, films)
    yield from _titles(told, mentions, films)
    own = f" {fold(told.allowed)} {' '.join(map(_written, films))} "
    yield from _years(told.text, films, own)
    yield from _lengths(told.text, films, own)
    yield from _people(told, films, own)


def named_films(text: str, catalogue: Catalogue) -> tuple[Item, ...]:
    """The films that a text names as titles are written: with a capital, or in quotes."""
    told = Text(text, (), "", catalogue)
    return _named(told, catalogue.titles.mentions(text))


def _named(told: Text, mentions: Iterable[Mention]) -> tuple[Item, ...]:
    plain = [m for m in mentions if m.quoted or m.capitalised or m.year or not m.common]
    ids = [match.id for mention in plain for match in mention.matches if _dated(mention, match)]
    return tuple(told.catalogue.get(dict.fromkeys(ids)).values())


def _dated(mention: Mention, match: object) -> bool:
    return mention.year is None or mention.year == getattr(match, "year", None)


def _written(item: Item) -> str:
    """All that is written of a film in words, folded."""
    texts = (item.title, *item.alternative_titles, item.mood, item.target_audience,
             item.plot_essence, *item.tags, *item.archetypes, *item.content_notes)  # fmt: skip
    return " ".join(map(fold, texts))


def _labels(told: Text, mentions: Sequence[Mention], films: Sequence[Item]) -> Iterator[str]:
    """A year in brackets belongs to the title before it."""
    for found in _LABEL.finditer(told.text):
        year, before = int(found[1]), told.text[: found.start()]
        titled = [mention for mention in mentions if mention.end == found.start()]
        right = any(match.year == year for mention in titled for match in mention.matches)
        if not right and not any(i.year == year and before.endswith(i.title) for i in films):
            name = titled[0].text if titled else " ".join(before.split()[-4:])
            yield f"There is no “{name}” of {year} here."


def _titles(told: Text, mentions: Sequence[Mention], films: Sequence[Item]) -> Iterator[str]:
    """What is set off like a title is one, or was said by the person."""
    known = {fold(title) for item in films for title in (item.title, *item.alternative_titles)}
    spans = {fold(mention.text) for mention in mentions} | known
    for found in _EMPHASISED.finditer(told.text):
        title = fold(found[1])
        if title not in spans and title not in fold(told.allowed):
            yield f"There is no film called “{found[1]}” here."


def _years(text: str, films: Sequence[Item], own: str) -> Iterator[str]:
    years = {str(item.year) for item in films if item.year}
    for found in _YEAR.finditer(text):
        if found[0] not in years and f" {found[0]} " not in own:
            yield f"The year {found[0]} is that of no film it speaks of."
    for found in _DECADE.finditer(text):
        if not any(year.startswith(found[1]) for year in years) and fold(found[0]) not in own:
            yield f"No film it speaks of is from the {found[0]}."


def _lengths(text: str, films: Sequence[Item], own: str) -> Iterator[str]:
    lengths = {item.runtime_min for item in films}
    for found in _LENGTH.finditer(text):
        minutes = 60 * int(found["hours"] or 0) + int(found["minutes"])
        if minutes not in lengths and f" {minutes} " not in own and fold(found[0]) not in own:
            yield f"No film it speaks of runs {minutes} minutes."


def _people(told: Text, films: Sequence[Item], own: str) -> Iterator[str]:
    people = {fold(name) for item in films for name in (*item.directors, *item.cast)}
    strange = any(
        not _in([fold(pair[0])], own) and fold(pair[0]) not in people
        for pair in _NAMES.finditer(told.text)
    )
    for mention in told.catalogue.people.person_mentions(told.text) if strange else ():
        names = {fold(match.name) for match in mention.matches}
        if mention.full and mention.capitalised and not names & people and not _in(names, own):
            yield f"{mention.text} has no part in a film it speaks of."
    directors = {fold(name) for item in films for name in item.directors}
    for found in _DIRECTED.finditer(told.text):
        who = fold(found["who"])
        if not any(name in who for name in directors) and who not in own:
            yield f"No film it speaks of was directed by {found['who'].strip()}."


def _in(names: Iterable[str], own: str) -> bool:
    return any(f" {name} " in own for name in names)
