"""Whom and what a text names: people of the item, and titles that may be named."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..ingest.catalogue import Catalogue
from ..ingest.item import Item, fold
from ..ingest.people import PersonMention
from .claims_text import BLANK, Said
from .names import is_name

_NAME_WORD = r"[A-ZÀ-ÞŁŚŽ][\w'’.-]*"
_PARTICLE = r"(?:de|del|della|di|da|van|von|der|la|le|du|bin|al|el|ten|zu|y)"
_NAME = rf"{_NAME_WORD}(?: (?:{_PARTICLE} ){{0,2}}{_NAME_WORD}){{0,3}}"
# Words that make whoever follows or stands before them the director, or an actor.
_DIRECTED = re.compile(
    r"(?:\b(?:directed|helmed|made|shot|filmed) by|\bdirectors?|\bfilm-?maker|\bauteur"
    r"|\bdirection (?:of|by)|(?:^|[,;(])\s*by|\b(?:film|movie|drama|comedy|thriller|western|one"
    r"|work|tale|story) by|\bin the hands of)\s*,?\s*$",
    re.IGNORECASE,
)
_DIRECTS = re.compile(
    r"^['’]?s?\s*(?:,?\s*(?:who )?(?:also )?(?:directs|directed|directing|helms|helmed|shoots it"
    r"|made (?:this|it)|films it)\b|\s*(?:direction|directing|camera)\b)",
    re.IGNORECASE,
)
_STARRED = re.compile(
    r"(?:\b(?:starring|stars|star|actors?|actress|played by|performances? (?:of|by|from)"
    r"|lead|leads|featuring|led by|acted by|in the role of)|\bstar turn (?:of|by|from))\s*,?\s*$",
    re.IGNORECASE,
)
_STARS = re.compile(
    r"^(?:['’]s?\s+(?:performance|acting|turn as|role|face)|\s+(?:stars|plays|acts|playing"
    r"|starring|in the lead|in front of|as an? \w+)\b)",
    re.IGNORECASE,
)
_CUE = re.compile(
    rf"\b(?P<cue>(?i:directed by|helmed by|made by|shot by|director|starring|stars|featuring"
    rf"|written by|scored by|produced by|played by|by|with|from|actors?|actress"
    rf"|like|reminiscent of|echoes(?: of)?|fans of|as in|recalls|rivals))\s+(?P<name>{_NAME})"
)
_PAIR = re.compile(
    rf"(?<![\w'’-])(?<![.!?:;] )(?<!^){_NAME_WORD} (?:{_PARTICLE} ){{0,2}}{_NAME_WORD}"
    rf"(?: {_NAME_WORD})?"
)
_MAKERS_OF = re.compile(
    r"\b(?:makers?|directors?|creators?|people|team|man|woman)"
    r"(?: behind| of| who (?:made|directed))+ "
    r"(?:the )?[*_\"“‘]*(?=▢)",
    re.IGNORECASE,
)
_SURE_CUES = frozenset(
    {"directed by", "helmed by", "director", "starring", "stars", "written by", "played by",
     "actor", "actors", "actress", "scored by", "produced by", "featuring", "shot by",
     "like", "reminiscent of", "echoes", "echoes of", "fans of", "as in", "recalls", "rivals"}
)  # fmt: skip
_BEFORE_TITLE = re.compile(r"(?:['’]s?)?\s*,?\s*(?:in|from|of|at|made|did in)?\s*[*_\"“‘]*")
_BEHIND_TITLE = re.compile(r"[*_\"”’]*\s*\(?\s*(?:by|with|starring|directed by|was by)?\s*")
_AND_ANOTHER = re.compile(r"\s*(?:,|and|or|&|,\s*and)\s*")


def wrong_people(said: Said, catalogue: Catalogue) -> Iterable[str]:
    """People who have no part in the item, or another part than is said."""
    mentions = [
        mention
        for mention in catalogue.people.person_mentions(said.plain)
        if BLANK not in mention.text and _is_person(said, mention)
    ]
    for mention in mentions:
        problem = _part(said, mention, mentions)
        if problem:
            yield problem
    yield from _wrong_makers(said)
    taken = [(mention.start, mention.end) for mention in mentions]
    for name, start, end in _unknown_names(said):
        if not any(first < end and start < last for first, last in taken):
            yield f"nothing says who {name!r} is"


def _wrong_makers(said: Said) -> Iterable[str]:
    """ "From the director of *Heat*", where nobody directed both."""
    directors = _folded(said.item.directors)
    for match in _MAKERS_OF.finditer(said.plain):
        for place in said.places:
            other = place.item
            named = place.start <= match.end() < place.end and other.id != said.item.id
            if named and not directors & _folded(other.directors):
                yield f"it is not from the makers of {other.title}"


def _is_person(said: Said, mention: PersonMention) -> bool:
    """Whether a name means somebody: not a word of the story, nor a part of another name."""
    if any(fold(match.name) in _people(said.item) for match in mention.matches):
        return True
    whole = mention.full and " " in mention.text
    if whole or said.supports(mention.text) or not mention.capitalised:
        return whole and not said.supports(mention.text)
    around = _around(said.plain, mention.start, mention.end)
    return around == mention.text and not is_name(around.lower())


def _around(text: str, start: int, end: int) -> str:
    """A place with the capitalised words right beside it."""
    before = re.search(rf"(?:(?<![.!?] ){_NAME_WORD} )+$", text[:start])
    behind = re.match(rf"(?: {_NAME_WORD})+", text[end:])
    head = before.group() if before and before.start() > 0 else ""
    return f"{head}{text[start:end]}{behind.group() if behind else ''}"


def _part(said: Said, mention: PersonMention, all_: list[PersonMention]) -> str | None:
    """What is wrong with naming somebody, if anything."""
    names = {fold(match.name) for match in mention.matches}
    if said.denied(mention.start, mention.end) or _of_other(said, mention, names):
        return None
    if not names & _people(said.item):
        return f"{mention.text} has no part in it"
    directors, cast = _folded(said.item.directors), _folded(said.item.cast)
    before, behind = said.plain[: _run_start(said, mention, all_)], said.plain[mention.end :]
    if (_DIRECTED.search(before) or _DIRECTS.match(behind)) and not names & directors:
        return f"{mention.text} did not direct it"
    if (_STARRED.search(before) or _STARS.match(behind)) and not names & cast:
        return f"{mention.text} does not play in it"
    return None


def _run_start(said: Said, mention: PersonMention, all_: list[PersonMention]) -> int:
    """Where the list of names begins that somebody stands in: "directed by A and B"."""
    start = mention.start
    for other in reversed([each for each in all_ if each.end <= start]):
        if not _AND_ANOTHER.fullmatch(said.plain[other.end : start]):
            break
        start = other.start
    return start


def _of_other(said: Said, mention: PersonMention, names: set[str]) -> bool:
    """Whether somebody is named as of another film: "Al Pacino in *Heat*", "*Heat* by …"."""
    return any(
        place.item.id != said.item.id
        and names & _people(place.item)
        and (
            (
                place.start >= mention.end
                and _BEFORE_TITLE.fullmatch(said.plain[mention.end : place.start])
            )
            or (
                place.end <= mention.start
                and _BEHIND_TITLE.fullmatch(said.plain[place.end : mention.start])
            )
        )
        for place in said.places
    )


def _unknown_names(said: Said) -> Iterable[tuple[str, int, int]]:
    """Names of people, as they are written, whom neither the catalogue nor the item knows."""
    for match in _CUE.finditer(said.plain):
        name = match["name"]
        sure = match["cue"].lower() in _SURE_CUES
        if (" " in name or sure) and _strange(said, name) and not said.denied(*match.span("name")):
            yield name, *match.span("name")
    for match in _PAIR.finditer(said.plain):
        if _strange(said, match[0]) and not said.denied(*match.span()):
            yield match[0], *match.span()


def _strange(said: Said, name: str) -> bool:
    """Whether nothing that is known of the item has a name, and it is no place or brand."""
    bare = re.sub(r"['’]s?$", "", name)
    items = [said.item, *said.others]
    people = {fold(who) for item in items for who in (*item.directors, *item.cast)}
    known = any(fold(bare) in who or who in fold(bare) for who in people)
    words = [word for word in bare.split() if not is_name(word.lower())]
    return not (
        known or BLANK in name or said.supports(bare) or is_name(bare.lower()) or not words
        or all(said.supports(word) for word in words)
    )  # fmt: skip


def _people(item: Item) -> set[str]:
    return _folded((*item.directors, *item.cast))


def _folded(names: Iterable[str]) -> set[str]:
    return {fold(name) for name in names}
