"""Which films a script means: by title, title and year, id, or place in the list before."""

from __future__ import annotations

import re

from ....errors import UnknownItem
from ....ingest.item import Item
from .base import Seen

_PLACE = re.compile(r"#(\d+)")
_WHOLE_TITLE = 99.0
"""The score of a title that is said whole; less is a part of one, or a misspelt one."""


def films_called(name: str, seen: Seen) -> dict[str, Item]:
    """The films that a script's name fits, by id; there may be several of one title.

    ``#2`` is the second film of the last list before this turn.

    Raises:
        UnknownItem: none does, so what the script says of it could never fail.
    """
    place = _PLACE.fullmatch(name.strip())
    ids = _at(int(place[1]), seen) if place else _titled(name, seen)
    found = seen.catalogue.get(ids)
    if not found:
        raise UnknownItem(f"There is no film {name!r} in this catalogue.")
    return found


def _titled(name: str, seen: Seen) -> list[str]:
    matches = seen.catalogue.find(name)
    whole = [match.id for match in matches if match.exact and match.score >= _WHOLE_TITLE]
    return [name, *whole]


def _at(place: int, seen: Seen) -> list[str]:
    last = seen.last_list()
    picks = last.picks if last else ()
    if not 1 <= place <= len(picks):
        raise UnknownItem(f"There is no film #{place}: the list before has {len(picks)}.")
    return [picks[place - 1].id]
