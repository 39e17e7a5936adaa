"""Languages and countries: "in French", "a Korean film", "no subtitles", "Bollywood", "British"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ....ingest.limits import Genres, Languages
from ...edits import Edit, LimitEdit, Wish
from ...plan import Chat
from .message import Finding, Message, Reader
from .origins import COUNTRIES, ENGLISH_SPEAKING, NAMES, ORIGINS, PLACES
from .spots import Spot, after, apart, before, lifted, spots

_LIST = rf"(?:{NAMES})(?:(?:\s*(?:,|/|or|and|&)\s*)(?:{NAMES}))*"
_SUBTITLES = r"(?:sub-?titles?|subtitled|subbed|subs|reading (?:the )?(?:text|subtitles))"
_FOREIGN = (
    r"(?:foreign[- ]?language|foreign|non[- ]english(?:[- ]language)?|not in english"
    r"|world cinema|international|arthouse from abroad|from abroad|(?:in|from) (?:another"
    r"|other|a different|different) (?:language|languages|country|countries))"
)
_NOUN = (
    r"(?:films?|movies?|cinema|flicks?|ones?|language|speaking|stuff|pictures?|new wave"
    r"|productions?|directors?)"
)

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w'-]){pattern}"))
    for name, pattern in (
        (
            "anime",
            r"(?:an |some )?animes?\b(?: (?:films?|movies?|style))?|japanese (?:animation|animated"
            r"|cartoons?)(?: (?:films?|movies?))?",
        ),
        (
            "spoken",
            rf"(?:spoken |only |all |strictly |must be "
            rf"|has to be )*in (?:the )?(?P<l>{_LIST})(?: language| only| please)?(?! (?:city|town"
            rf"|countryside|village|class|school|restaurant))(?![\w-])",
        ),
        (
            "english_only",
            r"english(?:[- ]language|[- ]speaking)?(?: (?:films?|movies?|ones?|stuff))? (?:only"
            r"|please)\b|only (?:in )?english\b|english[- ](?:language|speaking)\b(?: (?:films?"
            r"|movies?|ones?))?|in my (?:own )?language",
        ),
        (
            "subtitles",
            rf"(?:(?:films?|movies?|anything|something|stuff|ones?|that|which|has|have|having|need"
            rf"|needs|want|to|read|reading|with|watch) )*{_SUBTITLES}(?: (?:films?|movies?|ones?"
            rf"|stuff))?",
        ),
        (
            "foreign",
            rf"{_FOREIGN}(?: {_NOUN})?(?! (?:policy|affairs|agent|legion|correspondent|exchange"
            rf"|minister|spy|spies|intrigue))(?![\w])",
        ),
        ("dubbed", r"(?:dubbed|dubbing|dubs)\b(?: (?:films?|movies?|ones?|versions?))?"),
        ("non", rf"non[- ](?P<l>{NAMES})(?:[- ]language)?(?: {_NOUN})?(?![\w-])"),
        (
            "country",
            rf"(?:made in|from|produced in|out of|of)(?: the)? (?P<c>(?:{PLACES})(?:(?:\s*(?:,|/"
            rf"|or|and|&)\s*)(?:{PLACES}))*|(?:u\.?k\.?|britain|great britain|england|ireland"
            rf"|scotland|america|the us|usa|u\.s\.a?\.?|australia|canada"
            rf"|new zealand)(?: cinema)?)(?![\w'-])",
        ),
        ("origin", rf"(?P<l>{_LIST})(?:[- ](?:language|speaking))?(?: {_NOUN})?(?![\w'-])"),
    )
)
_FOLLOWS = re.compile(
    r"\s*(?:$|[.,;!?:)]|(?:films?|movies?|cinema|flicks?|ones?|language|stuff|pictures?"
    r"|new wave|or|and|but|with|from|that|where|please|about|set|for|tonight|made|by|which"
    r"|only|kind|style|hit|hits|gem|gems|classics?|cult|indie|art|arthouse|blockbusters?|"
    r"comed(?:y|ies)|dramas?|thrillers?|horrors?|horror|westerns?|musicals?|romances?"
    r"|romantic|romcoms?|rom-coms?|sci|scifi|science fiction|fantasy|animations?|animated"
    r"|action|crime|mystery|mysteries|noirs?|documentar(?:y|ies)|whodunits?|gangster|ghost"
    r"|war|period|costume|revenge|heist|vampire|zombie|monster|martial|family|kids|coming"
    r"|road|spy|detective|police|teen|dark|black|funny|quirky|weird|slow|sad|feel|warm"
    r"|cosy|cozy|gritty|recent|modern|new|old|silent|short|long|mind|psychological"
    r"|supernatural|melodramas?|satires?|is|isn't|are|would|sounds?|works?|fine|ok|okay|in"
    r"|on|under|i|we|no|not|too|also|instead|series|masterpieces?)\b|\d|[\w-]+ (?:films?"
    r"|movies?|dramas?|comed(?:y|ies)|thrillers?|horrors?|westerns?|romances?|musicals?"
    r"|documentar(?:y|ies))\b)"
)
_SUBJECT_BEFORE = re.compile(
    r"\b(?:about|story of|set in|speak|speaks|learning|learn|eating|ordered|teaching"
    r"|my)(?: an?| the| some)?\s*$"
)
_OVER_ENGLISH = re.compile(
    r"\s*(?:teacher|countryside|patient|class|lit|literature|village|rose|breakfast|major|channel)"
)


_DESCRIBED = re.compile(
    r"\b(?:those|these|they|they're|that|it|that's|it's|all of (?:them|those|these))"
    r"(?: (?:are|were|is|was|all|only|just|both|mostly|very|too|so|a bit|kind of))*\s*$"
)
_HAILS = re.compile(
    r"\b(?:i'm|i am|we're|we are|he's|she's|is|are|they're|was|come|comes|friends?|family)"
    r"(?: (?:originally|actually|all|both|here|writing))*\s*$"
)


_FINE = re.compile(
    r"\s*(?:totally |perfectly |all |also )?(?:fine|ok|okay|cool|good|no problem|alright|welcome)"
    r"(?: (?:too|by me|with me|by us|with us|for me|for us))?\s*(?:$|[.,;!?])"
)


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Limits on the original language, and wishes for English-speaking countries."""
    return apart(list(_findings(message, reader)))


def _findings(message: Message, reader: Reader) -> Iterator[Finding]:
    for name, rule in _RULES:
        for spot in spots(message, rule):
            edits = _read(name, spot, reader)
            if edits is not None:
                yield _finding(name, spot, edits)


def _finding(name: str, spot: Spot, edits: tuple[Edit, ...]) -> Finding:
    """The finding; something accepted that nothing had ruled out is noted, and that is all."""
    noted = not edits and name != "dubbed"
    return Finding(
        spot.start,
        max(spot.end, spot.polarity.end),
        edits,
        acts=(Chat(about="noted"),) if noted else (),
        intents=("prefer",) if noted else (),
        unread=_unknowable(name, spot),
    )


def _unknowable(name: str, spot: Spot) -> tuple[str, ...]:
    """Dubbing is no fact of an item, so a wish about it is owned up to."""
    return (spot.meant,) if name == "dubbed" and not spot.polarity.exempted else ()


def _read(name: str, spot: Spot, reader: Reader) -> tuple[Edit, ...] | None:
    sense = spot.polarity
    if sense.exempted or (name in ("subtitles", "foreign") and _FINE.match(after(spot))):
        return lifted(reader, "languages", "language", spot.meant)
    if name == "origin" and (_DESCRIBED.search(before(spot)) or not _of_a_film(spot)):
        return None
    if name == "country" and _HAILS.search(before(spot)):
        return None
    if name == "anime" and sense.against and _wants_japanese(reader):
        return (LimitEdit(limit=Genres(none_of=("Animation",)), words=spot.meant),)
    return _MEANINGS.get(name, _named)(spot)


def _wants_japanese(reader: Reader) -> bool:
    """Whether Japanese was asked for, so that "not anime" refuses what is animated."""
    limits = [
        entry.content.limit
        for entry in reader.turn.profile.active
        if isinstance(entry.content, LimitEdit)
    ]
    return any(isinstance(limit, Languages) and "ja" in limit.any_of for limit in limits)


def _named(spot: Spot) -> tuple[Edit, ...]:
    """Languages or origins by name; an English-speaking country is a wish beside the language."""
    said = spot.match["l"].strip()
    country = ENGLISH_SPEAKING.get(said)
    spoken = "language" in spot.match.group() or re.match(r"(?:\w+ )*in ", spot.match.group())
    if country is not None and not spoken:
        return _english_speaking(country, spot)
    return _limit(spot, _codes(said), against=spot.polarity.against)


def _of_a_film(spot: Spot) -> bool:
    """Whether an adjective of origin is about the film: "German spy" and "French fries" aren't."""
    if _SUBJECT_BEFORE.search(before(spot)):
        return False
    named = re.search(rf" {_NOUN}$", spot.match.group())
    return named is not None or _FOLLOWS.match(after(spot)) is not None


def _codes(listed: str) -> tuple[str, ...]:
    names = re.findall(NAMES, listed)
    return tuple(dict.fromkeys(code for name in names for code in ORIGINS.get(name, ("en",))))


def _limit(spot: Spot, codes: tuple[str, ...], *, against: bool) -> tuple[Edit, ...]:
    limit = Languages(none_of=codes) if against else Languages(any_of=codes)
    return (LimitEdit(limit=limit, words=spot.meant, lasting=spot.polarity.lasting),)


def _country(spot: Spot) -> tuple[Edit, ...]:
    named = re.findall(rf"\b(?:{PLACES})\b", spot.match["c"])
    if named:
        codes = [code for place in named for code in ORIGINS[COUNTRIES[place]]]
        return _limit(spot, tuple(dict.fromkeys(codes)), against=spot.polarity.against)
    short = {
        "u": "British",
        "b": "British",
        "g": "British",
        "e": "British",
        "s": "Scottish",
        "i": "Irish",
        "c": "Canadian",
        "n": "New Zealand",
    }
    place = spot.match["c"]
    american = re.match(r"america|the us|usa|u\.s", place)
    country = (
        "American" if american else "Australian" if place.startswith("au") else short[place[0]]
    )
    return _english_speaking(country, spot)


def _english_speaking(country: str, spot: Spot) -> tuple[Edit, ...]:
    """The language can be kept to; the country can only be wished for."""
    if spot.polarity.against:
        if country == "English":
            return _limit(spot, ("en",), against=True)
        return (Wish(text=country, avoid=True, words=spot.meant, embed=True),)
    wish = Wish(text=f"{country} film", words=spot.words, strength=0.6)
    return (*_limit(spot, ("en",), against=False), *(() if country == "English" else (wish,)))


def _anime(spot: Spot) -> tuple[Edit, ...]:
    words, sense = spot.meant, spot.polarity
    if sense.against:
        if re.search(r"\bjapan(?:ese)?\b", spot.message.plain.text):
            limit = Genres(none_of=("Animation",))
            return (LimitEdit(limit=limit, words=words, lasting=sense.lasting),)
        # No fact tells anime from other Japanese or animated films; refusing it whole keeps
        # the promise, and the narrower of the two costs less.
        return (LimitEdit(limit=Languages(none_of=("ja",)), words=words, lasting=sense.lasting),)
    return (
        LimitEdit(limit=Genres(all_of=("Animation",)), words=words),
        LimitEdit(limit=Languages(any_of=("ja",)), words=words),
    )


_MEANINGS: dict[str, Callable[[Spot], tuple[Edit, ...]]] = {
    "anime": _anime,
    "dubbed": lambda spot: (),
    "subtitles": lambda spot: _limit(spot, ("en",), against=not spot.polarity.against),
    "foreign": lambda spot: _limit(spot, ("en",), against=not spot.polarity.against),
    "english_only": lambda spot: _limit(spot, ("en",), against=spot.polarity.against),
    "non": lambda spot: _limit(spot, _codes(spot.match["l"]), against=True),
    "country": _country,
}
