"""What a text claims of an item's genres, and of how it was made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..ingest.item import fold
from .claims_text import Said, supported

_F = r"(?:films?|movies?|flicks?|pictures?|stor(?:y|ies)|tales?|capers?|epics?|adventures?|sagas?)"
_A = r"(?:\b(?:an?|this|another|here['’]s an?|more|proper|pure|the) (?:[\w'-]+ ){0,2}?)"


@dataclass(frozen=True)
class _Word:
    """How one kind of film is said, and the genres of which an item needs one to be called so."""

    pattern: re.Pattern[str]
    genres: frozenset[str]


def _word(pattern: str, *genres: str) -> _Word:
    return _Word(re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.IGNORECASE), frozenset(genres))


# Words that say a genre wherever they stand; others only as "a drama" or "action film".
_WORDS: tuple[_Word, ...] = (
    _word(r"animat(?:ed|ions?)|anime|cartoons?|stop[- ]motion|claymation", "animation"),
    _word(r"horror(?!s)(?! of\b)|slashers?|horror[- ](?:comedy|film|movie)s?", "horror"),
    _word(r"musicals?(?! (?:score|talent|taste|theme|cues?|career|prodigy|instruments?|genius))"
          r"|song[- ]and[- ]dance", "musical", "music"),
    _word(r"(?<!mock )documentar(?:y|ies)(?! (?:style|feel|realism|crew|maker))", "documentary"),
    _word(r"(?:spaghetti |revisionist |neo-)?westerns?(?! (?:world|front|culture|society"
          r"|civili\w+|europe\w*|frontier|town|germany|union|ideas|eyes|audiences|pacific"
          r"|coast))", "western"),
    _word(r"sci-?fi|science[- ]fiction|space operas?", "science fiction"),
    _word(r"thrillers?", "thriller"),
    _word(r"rom-?coms?|romantic comed(?:y|ies)", "romance"),
    _word(r"comed(?:y|ies)", "comedy"),
    _word(r"films? noirs?|(?<!neo-)noirs?", "film noir", "crime", "thriller", "mystery"),
    _word(r"neo-noirs?", "crime", "thriller", "mystery", "film noir"),
    _word(r"biopics?|biograph(?:y|ies|ical)", "biography"),
    _word(r"whodunn?its?", "mystery", "crime"),
    _word(r"mockumentar(?:y|ies)|spoofs?|parod(?:y|ies)", "comedy"),
    _word(rf"war (?:dramas?|{_F})|combat films?", "war"),
    _word(rf"fantas(?:y|ies)(?: (?:{_F}|worlds?))", "fantasy"),
    _word(rf"{_A}fantasy(?=\s*[.,;:]|\s+(?:and|as|with|at|by|for|in)\b|\s*$)", "fantasy"),
    _word(rf"(?:action|action-packed) (?:{_F}|comedy|thriller)|{_A}actioner", "action"),
    _word(r"adventure (?:films?|movies?|stor(?:y|ies)|tales?)", "adventure"),
    _word(rf"{_A}(?:crime|gangster|mob|mafia) (?:{_F}|dramas?|thrillers?)|crime (?:{_F}|dramas?"
          r"|thrillers?)", "crime"),
    _word(rf"mystery (?:{_F})|(?<!the )(?:an?|another|proper) (?:[\w'-]+ )?mystery", "mystery"),
    _word(rf"romantic (?:films?|movies?|dramas?)|romance (?:{_F})|\ba (?:[\w'-]+ )?romance",
          "romance"),
    _word(r"(?:an?|another|pure|proper) (?:(?!family|courtroom|legal)[\w'-]+ )?drama(?: films?| at"
          r" heart)?|dramas?(?= films?)", "drama"),
    _word(rf"family (?:films?|movies?|adventures?|comed(?:y|ies))|children['’]s {_F}",
          "family", "animation"),
    _word(r"sports? (?:films?|movies?|dramas?|stor(?:y|ies))", "sport"),
    _word(rf"histor(?:y|ical) (?:{_F}|dramas?)", "history", "war", "biography"),
)  # fmt: skip


def wrong_genres(said: Said) -> Iterable[str]:
    """Genres that are claimed and lacking, or denied and there.

    A word that the item's own texts have is fine: what has the tag "space western" may be called
    a western.
    """
    genres = {fold(name) for name in said.item.genres}
    for word in _WORDS:
        for match in word.pattern.finditer(said.plain):
            told = match[0].strip()
            if said.denied(*match.span()):
                if _flatly_denied(said, match) and word.genres & genres == word.genres:
                    yield f"it is {told}"
            elif not (word.genres & genres or _own(said, told) or said.of_other(match.end())):
                yield f"it is not {told}"


_TELLING = re.compile(
    r"(?:animat|anime|cartoon|horror|slasher|musical|documentar|western|sci|science|thriller|comed"
    r"|rom|noir|biop|whodun|mockument|spoof|parod|war\b|fantas|action|adventur|crime|gangster|mob|mafia"
    r"|myster|drama|sport|histor)[\w-]*",
    re.IGNORECASE,
)


def _own(said: Said, told: str) -> bool:
    """Whether the item's tags or mood have a telling word of a genre."""
    words = [word for found in _TELLING.findall(told) for word in (found, found.rstrip("s"))]
    return any(supported(said.kinds, word) for word in words)


def _flatly_denied(said: Said, match: re.Match[str]) -> bool:
    """Whether the very next word denies: "no horror", "not a musical", not "less horror"."""
    before = said.plain[: match.start()]
    return (
        re.search(r"(?:\b(?:no|without|not|never)|n['’]t)(?: an?)?\s*$", before, re.I) is not None
    )


# How something is said to be made: until which year it was usual, and the genres that bear it.
_MAKING: tuple[tuple[str, int, frozenset[str]], ...] = (
    (r"silent (?:films?|movies?|era|comedy|classic)", 1935, frozenset()),
    (r"black[- ]and[- ]white|monochrome", 1965, frozenset()),
    (r"true (?:life )?stor(?:y|ies)|true[- ]life|real[- ]life stor(?:y|ies)|real events", 0,
     frozenset({"biography", "documentary", "history", "war"})),
    (r"(?:an?|the|its) (?:sequel|prequel|remake|reboot|spin-?off)\b|remade from", 0, frozenset()),
    (r"based on (?:the|a|an) (?:\w+ )?(?:novel|book|play|comic|short story|memoir)|adapted from", 0,
     frozenset()),
)  # fmt: skip
_MAKING_RULES = tuple(
    (re.compile(rf"\b(?:{pattern})", re.IGNORECASE), until, genres)
    for pattern, until, genres in _MAKING
)


def wrong_making(said: Said) -> Iterable[str]:
    """How it was made, as far as no fact of it speaks for that."""
    known = {fold(name) for name in said.item.genres}
    for rule, until, genres in _MAKING_RULES:
        for match in rule.finditer(said.plain):
            usual = said.item.year is not None and said.item.year <= until
            own = said.supports(match[0]) or said.supports(match[0].split()[-1])
            if not (usual or own or genres & known or said.denied(*match.span())):
                yield f"nothing says {match[0]!r}"
    live = re.search(r"\blive[- ]action\b", said.plain, re.IGNORECASE)
    if live and "animation" in known and not said.denied(*live.span()):
        yield "it is animated"
