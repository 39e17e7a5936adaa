"""What is known of a person before the first turn of a script: a profile and films watched."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ...errors import UnknownItem, UsageError
from ...ingest.catalogue import Catalogue
from ...ingest.item import Item
from ..companion import MovieAgent
from ..edits import Attitude, Edit, Feeling
from ..profile_file import read as read_profile
from ..resolve import reference
from .files import refused, text_of
from .items import the_item
from .load import Loaded
from .script import Rated


async def begin(loaded: Loaded, agent: MovieAgent, conversation: str) -> None:
    """Put what is known of the person into a conversation, as one turn before the first.

    Raises:
        BadScript: a film is not in the catalogue, or a file can't be read.
    """
    edits = [*_past(loaded, agent.catalogue), *_profile(loaded, agent.catalogue)]
    if edits:
        await agent.edit_profile(conversation, edits)


def _profile(loaded: Loaded, catalogue: Catalogue) -> Sequence[Edit]:
    said = loaded.script.setup.profile
    if not isinstance(said, Path):
        return [_resolved(loaded, edit, catalogue, place) for place, edit in enumerate(said)]
    data = text_of(loaded, said, "setup", "profile").encode()
    try:
        brought = read_profile(data, catalogue)
    except UsageError as error:
        raise refused(loaded, str(error), "setup", "profile") from None
    if brought.missing:
        raise refused(loaded, f"there is no film {brought.missing[0]!r} here", "setup", "profile")
    return brought.edits


def _resolved(loaded: Loaded, edit: Edit, catalogue: Catalogue, place: int) -> Edit:
    """An edit whose film, if it is an attitude, is known to be in the catalogue."""
    if not isinstance(edit, Attitude) or edit.item.id or not edit.item.title:
        return edit
    title, year = edit.item.title, edit.item.year
    item = _item(loaded, catalogue, title, year, "setup", "profile", place)
    return edit.model_copy(update={"item": reference(item)})


def _past(loaded: Loaded, catalogue: Catalogue) -> list[Edit]:
    """The history as attitudes: a film that was rated was seen as well."""
    said = loaded.script.setup.history
    rated = _csv(loaded, said) if isinstance(said, Path) else list(said)
    edits: dict[tuple[str, Feeling], Edit] = {}
    for place, one in enumerate(rated):
        item = _item(loaded, catalogue, one.item, None, "setup", "history", place)
        for feeling in feelings(one):
            words = f"{feeling}: {item.label}"
            edit = Attitude(item=reference(item), feeling=feeling, words=words)
            edits[item.id, feeling] = edit
    return list(edits.values())


_LOVED, _LIKED, _DISLIKED = 4.5, 3.5, 2.0


def feelings(rated: Rated) -> tuple[Feeling, ...]:
    """What a rating says: 4.5 and more loved, 3.5 and more liked, up to 2 disliked; seen anyway."""
    if rated.feeling in ("interested", "not_tonight"):
        return (rated.feeling,)
    opinion = rated.feeling or _opinion(rated.rating)
    return (opinion, "seen") if opinion not in (None, "seen") else ("seen",)


def _opinion(rating: float | None) -> Feeling | None:
    if rating is None or _DISLIKED < rating < _LIKED:
        return None
    if rating >= _LIKED:
        return "loved" if rating >= _LOVED else "liked"
    return "disliked"


def _csv(loaded: Loaded, path: Path) -> list[Rated]:
    """The films of a CSV file with ``title`` and perhaps ``year`` and ``rating``."""
    text = text_of(loaded, path, "setup", "history")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if "title" not in (rows.fieldnames or ()):
        raise refused(loaded, f"{path.name} has no column 'title'", "setup", "history")
    films = []
    for row in rows:
        try:
            films.append(_rated(row))
        except (ValidationError, ValueError):
            said = f"{path.name}, line {rows.line_num}: {json.dumps(row, ensure_ascii=False)[:120]}"
            raise refused(loaded, f"{said} is no film with a rating", "setup", "history") from None
    return films


def _rated(row: dict[str, Any]) -> Rated:
    title, year = (row["title"] or "").strip(), (row.get("year") or "").strip()
    if not title:
        raise ValueError("no title")
    rating = (row.get("rating") or "").strip()
    return Rated(
        item=f"{title} ({int(year)})" if year else title,
        rating=float(rating) if rating else None,
    )


def _item(
    loaded: Loaded, catalogue: Catalogue, name: str, year: int | None, *where: str | int
) -> Item:
    try:
        return the_item(catalogue, name, year)
    except UnknownItem as error:
        raise refused(loaded, str(error), *where) from None
