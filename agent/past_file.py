"""What somebody has seen, rated and liked as a file that Letterboxd imports.

Its columns are of Letterboxd's import format: ``tmdbID`` where it is known, ``Title``, ``Year``,
``Directors``, ``Rating`` (stars, 0.5 to 5), ``WatchedDate`` (ISO 8601). There is none for hearts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from ..ingest.catalogue import Catalogue
from ..ingest.item import Item
from .edits import Attitude, Feeling, History
from .profile import TasteProfile

COLUMNS = ("tmdbID", "Title", "Year", "Directors", "Rating", "WatchedDate")
_SEEN: tuple[Feeling, ...] = ("loved", "liked", "disliked", "seen")


def written(profile: TasteProfile, catalogue: Catalogue) -> tuple[str, int]:
    """The file as text, and how many films are in it: all that were seen, none only wanted.

    What was said in the conversation has no stars, so it brings none.
    """
    seen = _seen(profile)
    items = catalogue.get(seen)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for key in (key for key in seen if key in items):
        writer.writerow(_row(items[key], *seen[key]))
    return text.getvalue(), sum(key in items for key in seen)


def _seen(profile: TasteProfile) -> dict[str, tuple[float | None, str]]:
    """Stars and the day by item id; the latest word on a film stands."""
    found: dict[str, tuple[float | None, str]] = {}
    for entry in profile.active:
        said = entry.content
        if isinstance(said, History):
            found |= dict(_of_history(said))
        elif isinstance(said, Attitude) and said.item.id and said.feeling in _SEEN:
            found.setdefault(said.item.id, (None, ""))
    return found


def _of_history(said: History) -> Iterator[tuple[str, tuple[float | None, str]]]:
    for key in dict.fromkeys((*said.seen, *said.ratings)):
        yield key, (said.ratings.get(key), said.seen.get(key, ""))


def _row(item: Item, rating: float | None, day: str) -> list[str]:
    return [
        str(item.tmdb_id or ""),
        item.title,
        str(item.year or ""),
        ", ".join(item.directors),
        f"{rating:g}" if rating is not None else "",
        day,
    ]
