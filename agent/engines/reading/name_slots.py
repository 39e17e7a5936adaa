"""Names where only a name can stand, spelt otherwise than the catalogue has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from ....ingest.limits import People
from ....ingest.people import PersonMatch
from ...edits import LimitEdit, Wish
from .message import Finding, Message, Reader
from .negation import polarity

_SLOT = re.compile(
    r"\b(?P<cue>directed by|films? by|movies? by|something by|anything by|nothing by"
    r"|starring|stars|featuring|films? with|movies? with|something with|anything with"
    r"|nothing with|by director|from director|with actor|with actress) (?:the )?"
    r"(?P<name>(?:[A-Z][\w.'-]*)(?: (?:de|del|di|du|la|le|van|von|der|[A-Z][\w.'-]*)){0,3})|"
    r"\b(?P<cue3>(?:directed|made|something|anything|nothing|films?|movies?|stuff|one|some"
    r"|or|and|not) by|^by)"
    r" (?P<name3>[^\W\d_]{4,})(?![\w'-])|"
    r"\b(?P<cue4>an?|any|another|some|no|early|late|classic|old|more|good)"
    r" (?P<name4>[^\W\d_]{4,})(?= (?:films?|movies?|flicks?)\b)|"
    r"\b(?P<cue2>directed by"
    r"|starring) (?P<name2>[^\W\d_][\w'-]+ [^\W\d_][\w'-]+)(?=\s*(?:$|[.,!?]))"
)
_ENOUGH = 80.0
"""Below this score (0 to 100) a misspelt name is taken for somebody else's."""


def in_slots(message: Message, reader: Reader, taken: Sequence[Finding]) -> Iterator[Finding]:
    """Names after "directed by" and the like that were not spelt as the catalogue has them."""
    for match in _SLOT.finditer(message.text):
        group = next(name for name in ("name", "name2", "name3", "name4") if match[name])
        start, end = match.start(group), match.end(group)
        if not message.free(start, end) or any(f.start < end and start < f.end for f in taken):
            continue
        name = match[group]
        if len(name) < 4 or name.lower() in {"subtitles", "kids", "friends", "family"}:
            continue
        if group in ("name3", "name4") and not _known_director(reader, name):
            continue
        yield _slot(message, match, (start, end), reader)


def _known_director(reader: Reader, name: str) -> bool:
    """Whether a word in lower case is the surname of one director, spelt right."""
    found = reader.catalogue.people.find_person(name)[:2]
    alone = len(found) == 1 or (len(found) == 2 and found[1].score < found[0].score)
    return bool(found) and alone and found[0].exact and found[0].director


def _slot(
    message: Message, match: re.Match[str], place: tuple[int, int], reader: Reader
) -> Finding:
    name = message.text[slice(*place)]
    cue = (match["cue"] or match["cue2"] or match["cue3"] or "films by").lower()
    sense = polarity(message, match.start(), place[1])
    words = message.text[min(sense.start, match.start()) : place[1]]
    best = _best(reader, name)
    if best is None:
        wish = Wish(
            text=f"{cue.split()[-1]} {name}", avoid=sense.against, words=words, strength=0.6
        )
        return Finding(match.start(), place[1], (wish,), unread=(name,))
    role: Literal["people", "directors"] = (
        "directors" if "by" in cue and best.director else "people"
    )
    against = sense.against or cue.startswith(("nothing", "not"))
    limit = People(none_of=(best.name,)) if against else People(role=role, all_of=(best.name,))
    return Finding(
        match.start(), place[1], (LimitEdit(limit=limit, words=words, lasting=sense.lasting),)
    )


def _best(reader: Reader, name: str) -> PersonMatch | None:
    found = reader.catalogue.people.find_person(name)
    return found[0] if found and found[0].score >= _ENOUGH else None
