"""What a text claims of an item's age rating and language, and what it says is not in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ..ingest.facets import suitable_from
from ..ingest.item import AxisName
from ..ingest.language import LANGUAGES
from .claims_text import Said

_RATING = re.compile(
    r"\b(?:[Rr]ated|[Rr]ating(?: of)?|[Cc]ertificate)\s+"
    r"(?P<a>[A-Z]{1,2}(?:-\d\d?|-MA)?|\d\d?A?)(?![\w-])"
    r"|\b(?P<b>[A-Z]{1,2}(?:-\d\d?)?|\d\d?A?)(?:-|\s)(?:rated|rating|certificate)\b"
    r"|(?<![\w-])(?P<c>PG-13|NC-17|PG|TV-\w+)(?![\w-])"
)
_RATINGS = {"G", "PG", "PG-13", "R", "NC-17"}
_FOR_YOUNG = re.compile(
    r"\b(?:family|kid|child)[- ]friendly\b|\bfor (?:all ages|the whole family)\b"
    r"|\b(?:suitable|fine|fit|safe|good|right|made|ideal)(?: \w+)? for (?:all ages|everyone"
    r"|everybody|(?:the |your |young |small |little )*(?:kids|children|(?:whole )?family|kiddies"
    r"|little ones))\b",
    re.IGNORECASE,
)
_TOO_OLD = 13


def wrong_rating(said: Said) -> Iterable[str]:
    """Another age rating than the item's, or fitness for children that its facts speak against."""
    for match in _RATING.finditer(said.plain):
        told = next(group for group in match.groups() if group)
        known = (said.item.age_rating or "").upper()
        meant = told in _RATINGS or told[0].isdigit() or len(told) > 2
        if told.upper() != known and meant and not said.denied(*match.span()):
            yield f"it is not rated {told}"
    for match in _FOR_YOUNG.finditer(said.plain):
        if suitable_from(said.item) >= _TOO_OLD and not said.denied(*match.span()):
            yield "it is not for children"


_COUNTRIES = {
    "France": "fr", "Germany": "de", "Italy": "it", "Spain": "es", "Portugal": "pt",
    "Brazil": "pt", "Japan": "ja", "Korea": "ko", "South Korea": "ko", "China": "zh",
    "Hong Kong": "cn", "Taiwan": "zh", "India": "hi", "Russia": "ru", "Sweden": "sv",
    "Denmark": "da", "Norway": "no", "Finland": "fi", "Iran": "fa", "Turkey": "tr",
    "Poland": "pl", "Mexico": "es", "Argentina": "es", "Thailand": "th", "Indonesia": "id",
    "Britain": "en", "England": "en", "America": "en", "Australia": "en", "Hollywood": "en",
}  # fmt: skip
_ADJECTIVES = {
    **{name: {code} for code, name in LANGUAGES.items()},
    "Chinese": {"zh", "cn"}, "Iranian": {"fa"}, "Brazilian": {"pt"}, "Mexican": {"es"},
    "Argentine": {"es"}, "Argentinian": {"es"}, "Indian": {"hi", "te", "ta", "bn"},
    "Bollywood": {"hi"}, "Taiwanese": {"zh"}, "Austrian": {"de"}, "British": {"en"},
    "American": {"en"}, "Australian": {"en"}, "Scottish": {"en"}, "Canadian": {"en", "fr"},
    "Belgian": {"fr", "nl"}, "Scandinavian": {"sv", "da", "no", "is"}, "Nordic":
    {"sv", "da", "no", "is", "fi"}, "Irish": {"en", "ga"},
}  # fmt: skip
_MADE = (
    r"(?:films?|movies?|cinema|pictures?|dramas?|comed(?:y|ies)|thrillers?|westerns?|horror"
    r"|romances?|animations?|anime|documentar(?:y|ies)|musicals?|classics?|production|noir|mystery|import"
    r"|sci-fi|epics?|gem|masterpiece|blockbuster|new wave|original)"
)
_ADJECTIVE = re.compile(
    rf"(?<![\w-])(?P<l>{'|'.join(_ADJECTIVES)})(?:(?P<speech>-language|-speaking|-made)|(?P<made>"
    rf"(?:[ -](?:\w+[ -]){{0,2}}?){_MADE}\b))|\b[Ii]n (?P<in>"
    rf"{'|'.join(LANGUAGES.values())})(?=\s*(?:$|[.,;:!?)]|with\b|and\b|but\b|as\b|dialogue\b))"
)
_FROM_COUNTRY = re.compile(
    rf"\b(?i:from|made in|out of|produced in) (?P<c>{'|'.join(_COUNTRIES)})\b"
)
_FOREIGN = re.compile(
    r"\b(?:with|has|read(?:ing)?|the|in) subtitles\b|\bsubtitled\b|\bforeign[- ]language\b"
    r"|\b(?:not|isn['’]t) in English\b",
    re.IGNORECASE,
)


def wrong_language(said: Said) -> Iterable[str]:
    """Languages and countries of origin that the item's language contradicts."""
    known = said.item.language or ""
    for match in _ADJECTIVE.finditer(said.plain):
        told = match["l"] or match["in"]
        # "It deals in French and Indian war" speaks of a subject.
        subject = " ".join(said.plain[match.end("l" if match["l"] else "in") :].split()[:2])
        fits = (
            known in _ADJECTIVES[told]
            or (match["made"] and said.supports(told))
            or (len(subject.split()) == 2 and said.supports(f"{told} {subject}"))
        )
        if not (fits or said.denied(*match.span()) or said.of_other(match.end())):
            yield f"it is not {told}"
    for match in _FROM_COUNTRY.finditer(said.plain):
        told, code = match["c"], _COUNTRIES[match["c"]]
        same = known == code or {known, code} <= {"zh", "cn"}
        if not (same or said.supports(told) or said.denied(*match.span())):
            yield f"it is not from {told}"
    for match in _FOREIGN.finditer(said.plain):
        if known == "en" and not said.denied(*match.span()):
            yield "it is in English"


_ABSENT: tuple[tuple[AxisName, int, str], ...] = (
    ("violence", 2, r"violence|gore|blood(?:shed)?|bloodshed|killing|brutality"),
    ("scares", 2, r"scares?|jump[- ]scares?|frights?|horror|nothing scary"),
    ("romance", 3, r"romance|love story|love interest"),
    ("humour", 3, r"jokes?|humou?r|laughs?"),
)
_DENIES: dict[AxisName, re.Pattern[str]] = {
    axis: re.compile(
        r"\b(?:no|without(?: any)?|zero|free of|not a drop of|nothing in the way of)\s+"
        rf"(?:real |graphic |actual |on-screen )?(?:{words})\b|\b(?:{words})-free\b",
        re.IGNORECASE,
    )
    for axis, _, words in _ABSENT
}


def wrong_absence(said: Said) -> Iterable[str]:
    """Something said to be absent of which the item has a good deal."""
    axes = said.item.axes
    for axis, least, _ in _ABSENT if axes is not None else ():
        match = _DENIES[axis].search(said.plain)
        if match and axes is not None and axes.of(axis) >= least:
            yield f"it has {axis}"


LABEL_CHECKS: tuple[Callable[[Said], Iterable[str]], ...] = (
    wrong_rating, wrong_language, wrong_absence,
)  # fmt: skip
