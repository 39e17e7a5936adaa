"""Which film of a catalogue a script names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...errors import UnknownItem
from ...ingest.catalogue import Catalogue
from ...ingest.item import Item
from ...ingest.titles import TitleMatch

_MOST_NAMED = 5
_WHOLE_TITLE = 99.0
"""The score of a title that is said whole; less is a part of one."""
_WITH_YEAR = re.compile(r"(?P<title>.+?)\s*\((?P<year>\d{4})\)")


def the_item(catalogue: Catalogue, name: str, year: int | None = None) -> Item:
    """The item with this id, title, or title and year (``Heat (1995)``).

    Raises:
        UnknownItem: the catalogue has none, or several; says which.
    """
    by_id = catalogue.get([name]).get(name)
    if by_id is not None:
        return by_id
    parts = _WITH_YEAR.fullmatch(name)
    title = parts["title"] if parts and year is None else name
    year = int(parts["year"]) if parts and year is None else year
    return _only(catalogue, name, _meant(catalogue.find(title, year), year))


def _meant(matches: Sequence[TitleMatch], year: int | None) -> list[TitleMatch]:
    """The exact matches; where some have the whole title, only those."""
    found = [each for each in matches if each.exact and year in (None, each.year)]
    return [each for each in found if each.score >= _WHOLE_TITLE] or found


def _only(catalogue: Catalogue, name: str, matches: Sequence[TitleMatch]) -> Item:
    if not matches:
        raise UnknownItem(f"there is no film {name!r} in this catalogue; check title and year")
    if len(matches) > 1:
        labels = [f"{match.title} ({match.year})" for match in matches[:_MOST_NAMED]]
        raise UnknownItem(f"{name!r} may mean {' or '.join(labels)}; give its year or id")
    return catalogue.get([matches[0].id])[matches[0].id]
