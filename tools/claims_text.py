"""A sentence on an item, made ready for checking what it claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..ingest.catalogue import Catalogue
from ..ingest.item import Item, fold
from ..ingest.titles import Mention
from .names import is_name
from .query import Query

BLANK = "▢"
"""Stands for every character of a title that may be named, and of the user's own words."""

QUOTED = re.compile(r"[“\"«]([^”\"»]{1,200})[”\"»]|(?<!\w)[‘']([^’']{2,80})[’'](?!\w)")
EMPHASISED = re.compile(r"(?<![\w*])\*([^*\n]{1,120})\*(?![\w*])|(?<!\w)_([^_\n]{1,120})_(?!\w)")
_CLAUSE = re.compile(r"[.;:!?()]|\s[–—-]\s")
_COMMA = re.compile(r",\s(?!(?:[\w'-]+ ){0,3}n?or\b)|\s(?:but|and|though|yet|while)\s")
_DENIAL = re.compile(
    r"\b(?:no|not(?! (?:only|just|merely|simply|least)\b)|never|without|nothing"
    r"|none|neither|nor|hardly|barely|scarcely|free of|instead of|rather than|minus"
    r"|skips?|skipping|spares?|sparing|avoids?|avoiding|lacks?|lacking"
    r"|short on|less of an?|far from|steers? clear of)\b|n['’]t\b",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(r"-free\b|\s(?:is|are) (?:absent|missing)")
_OF_OTHER = re.compile(r"[^.;:,▢]{0,25}?\b(?:of|in|from|as in|like)\s+(?:the\s+)?▢")
_FAR = 45
# Titles shorter than this are only seen in quotation marks; in lower case than that.
_LEAST, _LEAST_LOWER = 2, 8
_CAPITAL_BEFORE = re.compile(r"(?<![.!?:] )(?<!^)\b[A-ZÀ-Þ][\w'’-]*[.]?[ -]$")
_CAPITAL_BEHIND = re.compile(r"(?:['’]s)?[.]?[ -][A-ZÀ-Þ]")


@dataclass(frozen=True)
class Place:
    """Where a sentence names an item that it may name."""

    start: int
    end: int
    item: Item


@dataclass(frozen=True)
class Said:
    """A text and what its claims are measured by.

    ``plain`` has the same length as ``text``: titles in ``places`` and words that the user
    wrote are blanked out; so are, in ``nameless``, the names of people of the items. ``own`` are
    the words of the texts of the item, folded, with a blank
    at each end; ``kinds`` only those that may say what kind of film it is: tags, archetypes and
    the mood. ``strangers`` are titles that are named and must not be.
    """

    text: str
    plain: str
    nameless: str
    item: Item
    places: tuple[Place, ...]
    own: str
    kinds: str
    strangers: tuple[str, ...] = ()

    @property
    def others(self) -> list[Item]:
        """The items besides this one that are named."""
        found = {place.item.id: place.item for place in self.places}
        return [item for name, item in found.items() if name != self.item.id]

    def supports(self, words: str) -> bool:
        """Whether the item's own texts have these words, side by side."""
        return supported(self.own, words)

    def denied(self, start: int, end: int) -> bool:
        """Whether a place is negated: "no horror in it", "not a musical", "horror-free"."""
        around = _CLAUSE.split(self.plain[max(0, start - _FAR) : start])[-1]
        listed = re.match(r"(?:, [\w'-]+)* n?or\b", self.plain[end:]) or re.search(
            r"\bn?or $", around
        )
        before = around if listed else _COMMA.split(around)[-1]
        return bool(_DENIAL.search(before) or _DENIED_AFTER.match(self.plain, end))

    def of_other(self, end: int) -> bool:
        """Whether what ends here is said of another film: "the comedy of *Airplane!*"."""
        behind = _OF_OTHER.match(self.plain, end)
        if behind is None:
            return False
        at = behind.end() - 1
        return any(p.start <= at < p.end and p.item.id != self.item.id for p in self.places)


def said(
    text: str, item: Item, others: Mapping[str, Item], catalogue: Catalogue, query: Query
) -> Said:
    """A text on an item that may also name ``others``, ready for checking."""
    allowed = {**others, item.id: item}
    own = own_words(item)
    mentions = catalogue.titles.mentions(text)
    places = _places(text, mentions, allowed)
    plain = _blanked(text, [(place.start, place.end) for place in places])
    plain = _blanked(plain, _user_words(plain, query))
    nameless = _blanked(plain, _names(plain, allowed.values()))
    strange = strangers(nameless, mentions, lambda words: supported(own, words))
    kinds = _folded((*item.tags, *item.archetypes, item.mood))
    return Said(text, plain, nameless, item, tuple(places), own, kinds, tuple(strange))


def supported(own: str, words: str) -> bool:
    """Whether words stand side by side in folded texts, as they are or in the genitive."""
    folded = fold(words)
    return bool(folded) and (f" {folded} " in own or f" {folded}s " in own)


def own_words(item: Item) -> str:
    """All that is written about an item, folded, with a blank at each end.

    Not the audience: that text names other films and their makers.
    """
    texts = (
        item.title, *item.alternative_titles, *item.tags, *item.archetypes, *item.content_notes,
        *item.mood_tags, item.mood, item.plot_essence,
    )  # fmt: skip
    return _folded(texts)


def _folded(texts: Iterable[str]) -> str:
    return f" {' '.join(filter(None, map(fold, texts)))} "


def _places(text: str, mentions: list[Mention], allowed: Mapping[str, Item]) -> list[Place]:
    """Where allowed items are named: by a name that the catalogue knows, or to the letter."""
    found = [
        Place(mention.start, mention.end, allowed[match.id])
        for mention in mentions
        if mention.quoted or mention.capitalised or not mention.common
        for match in mention.matches
        if match.id in allowed
    ]
    first = {place.start: place for place in reversed(found)}
    for item in allowed.values():
        for start, end in _written(text, item.title):
            if not any(place.start < end and start < place.end for place in first.values()):
                first[start] = Place(start, end, item)
    return sorted(first.values(), key=lambda place: place.start)


def _written(text: str, title: str) -> Iterator[tuple[int, int]]:
    """Where a title stands as it is written, not inside other words."""
    for match in re.finditer(rf"(?<!\w){re.escape(title)}(?!\w)", text):
        yield match.start(), match.end()


def _names(text: str, items: Iterable[Item]) -> list[tuple[int, int]]:
    """Where people of items are named in full."""
    people = {name for item in items for name in (*item.directors, *item.cast)}
    spans = [(text.find(name), len(name)) for name in people]
    return [(start, start + length) for start, length in spans if start >= 0]


def _user_words(text: str, query: Query) -> list[tuple[int, int]]:
    """Quotations of what the user wished for."""
    wished = {fold(wish.text) for wish in query.texts} | {fold(query.words)}
    return [
        match.span()
        for match in QUOTED.finditer(text)
        if fold(match[1] or match[2] or "") in wished
    ]


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + BLANK * (end - start) + text[end:]
    return text


def strangers(plain: str, mentions: list[Mention], fine: Callable[[str], bool]) -> list[str]:
    """Titles in a text whose allowed ones are blanked out, as written.

    Args:
        plain: the text.
        mentions: what the catalogue's titles find in the text before blanking.
        fine: whether words are about something else, so that they are no title.
    """
    found = [
        mention.text
        for mention in mentions
        if BLANK not in plain[mention.start : mention.end] and _is_title(plain, mention, fine)
    ]
    quotations = [(match, False) for match in EMPHASISED.finditer(plain)]
    quotations += [(match, True) for match in QUOTED.finditer(plain)]
    for match, doubtful in quotations:
        words = match[1] or match[2] or ""
        if _like_a_title(words) and words not in found and not (doubtful and fine(words)):
            found.append(words)
    return found


def _is_title(plain: str, mention: Mention, fine: Callable[[str], bool]) -> bool:
    if fine(mention.text):
        return False
    if mention.quoted:
        return mention.text[:1].isupper() or not mention.common
    if mention.capitalised:
        named = _part_of_name(plain, mention) or is_name(mention.text.lower())
        return mention.whole and not named
    long = len(mention.text) >= _LEAST_LOWER and " " in mention.text
    return mention.whole and not mention.common and long


def _part_of_name(plain: str, mention: Mention) -> bool:
    """Whether one word stands beside other words with capitals: "Paul Thomas Anderson"."""
    beside = _CAPITAL_BEFORE.search(plain[: mention.start]) or _CAPITAL_BEHIND.match(
        plain, mention.end
    )
    return " " not in mention.text and (beside is not None or len(mention.text) < _LEAST)


def _like_a_title(words: str) -> bool:
    """Whether quoted words are written like a title, known or not."""
    big = words[:1].isupper() or words[:1].isdigit()
    return BLANK not in words and big and len(words.split()) <= 9
