"""From how a model names a film ("#2", "it", "by Nolan", "Heat (1995)") to references."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....ingest.catalogue import Catalogue
from ....ingest.item import fold
from ...edits import ItemRef
from ..base import Turn
from ..reading.places import NUMBERS, ORDINALS

_LONGEST_NAME = 200
_PLACE = re.compile(r"(?:#|no\.? ?|nr\.? ?|number |option |film |pick )\s*(-?\d{1,2})")
_ORDINAL = re.compile(
    rf"(?:the )?({'|'.join(ORDINALS)})(?: (?:one|film|movie|pick|in the list|on the list))?"
)
_IT = frozenset(
    {"it", "that", "this", "that one", "this one", "that film", "this film", "that movie",
     "this movie", "the film", "the movie"}
)  # fmt: skip
_ALL = frozenset({"all", "them", "these", "those", "all of them", "they", "the list", "#all"})
_DATED = re.compile(r"(?P<title>.+?)\s*[(\[](?P<year>(?:18|19|20)\d\d)[)\]]")
_SEVERAL = re.compile(r"\s*(?:[,;&+]\s*(?:and\s+)?|\s(?:and|und|et|y|e|en|och|og)\s)\s*")
_BY = re.compile(r"(?:the (?:one|film|movie) )?(?:by|with|from) (?P<who>.+)", re.IGNORECASE)


def refs_of(film: str, turn: Turn, catalogue: Catalogue, year: int | None = None) -> list[ItemRef]:
    """What a model's name of a film stands for: usually one reference, several for "all".

    Empty when it stands for nothing: no name, a place without a list, "it" without a film.
    """
    name = re.sub(r"\s+", " ", film).strip(" \"'“”‘’")[:_LONGEST_NAME].strip()
    plain = name.lower()
    if not name:
        return []
    if plain in _ALL:
        return [ItemRef(position=n + 1) for n in range(len(_last(turn)))]
    # A small model writes "It" for the film and for the pronoun; only the film has a capital.
    if plain in _IT and name != "It":
        return _spoken_of(turn)
    place = _place(plain, turn, catalogue)
    if place is not None:
        return [ItemRef(position=place)] if _last(turn) else []
    person = _person(name, turn, catalogue)
    return [person] if person else _listed(name, turn, catalogue) or [titled(name, year)]


def _listed(name: str, turn: Turn, catalogue: Catalogue) -> list[ItemRef]:
    """Several films in one name, "#2, #3" or "Up and Heat"; empty where it is one, or unknown."""
    parts = [part for part in _SEVERAL.split(name) if part]
    if len(parts) < 2 or _exact(name, catalogue):
        return []
    known = all(_exact(p, catalogue) or _place(p.lower(), turn, catalogue) for p in parts)
    return [ref for part in parts for ref in refs_of(part, turn, catalogue)] if known else []


def _exact(name: str, catalogue: Catalogue) -> bool:
    return any(match.exact for match in catalogue.find(name))


def titled(name: str, year: int | None = None) -> ItemRef:
    """A title with the year behind it or given; a year that films can't have is left out."""
    dated = _DATED.fullmatch(name)
    if dated:
        name, year = dated["title"], int(dated["year"])
    return ItemRef(title=name, year=year if year and 1870 <= year <= 2100 else None)


def _last(turn: Turn) -> Sequence[str]:
    return turn.shown[-1] if turn.shown else ()


def _spoken_of(turn: Turn) -> list[ItemRef]:
    """What "it" means: the film last spoken of, else the first of the last list."""
    if turn.focus:
        return [ItemRef(id=turn.focus[-1])]
    return [ItemRef(position=1)] if _last(turn) else []


def _place(plain: str, turn: Turn, catalogue: Catalogue) -> int | None:
    """A place in the last list, from 1, or from -1 backwards; None for another name."""
    if found := _PLACE.fullmatch(plain):
        return int(found[1]) or None
    if found := _ORDINAL.fullmatch(plain):
        return ORDINALS[found[1]] or (len(_last(turn)) + 1) // 2 or None
    number = NUMBERS.get(plain)
    listed = number is not None and number <= len(_last(turn))
    return number if listed and not _exact(plain, catalogue) else None


def _person(name: str, turn: Turn, catalogue: Catalogue) -> ItemRef | None:
    """ "by Nolan" as the shown film of a person; None where it is a title ("By the Sea")."""
    by = _BY.fullmatch(name)
    if by is None or not turn.shown or _exact(name, catalogue):
        return None
    return ItemRef(person=by["who"]) if catalogue.people.find_person(by["who"]) else None


def key_of(ref: ItemRef, turn: Turn, catalogue: Catalogue) -> str:
    """What two references to one item have in common: its id where it can be told, else a name."""
    if ref.id is not None:
        return ref.id
    if ref.position is not None:
        last = _last(turn)
        place = ref.position - 1 if ref.position > 0 else ref.position
        return last[place] if -len(last) <= place < len(last) else f"#{ref.position}"
    if ref.title:
        matches = [match for match in catalogue.find(ref.title, ref.year) if match.exact]
        near = [m for m in matches if ref.year is None or m.year in (ref.year, None)]
        return near[0].id if near else fold(ref.title)
    return f"by {fold(ref.person or '')}"
