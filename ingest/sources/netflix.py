"""The titles of Netflix and of Disney+, as their Kaggle tables have them."""

from __future__ import annotations

import re
from typing import Any

from .columns import Table
from .values import text

_LENGTH = re.compile(r"^\d+ (min|Seasons?)$")
_COLUMNS = {
    "key": "show_id", "title": "title", "kind": "type", "directors": "director", "cast": "cast",
    "year": "release_year", "age_rating": "rating", "runtime_min": "duration",
    "genres": "listed_in", "text": "description",
}  # fmt: skip
_NEEDS = frozenset({"show_id", "type", "title", "release_year", "duration", "listed_in"})


def _mend(values: dict[str, Any]) -> str | None:
    """Put a length that slipped into the rating where it belongs."""
    rating = text(values.get("age_rating"))
    if _LENGTH.match(rating):
        values["age_rating"] = ""
        values["runtime_min"] = text(values.get("runtime_min")) or rating
        values["repaired"].append("a length in the column of ratings")
    return None


class _Titles(Table):
    """One service's table: the columns are the same, so the file's name says whose it is."""

    def detect(self, path: Any) -> bool:
        """Whether the file has the columns, and for Disney+ its name too."""
        disney = "disney" in path.name.lower()
        return super().detect(path) and disney == (self.name == "disney")


NETFLIX = _Titles("netflix", "netflix_titles.csv", _NEEDS, _COLUMNS, _mend, {
    "directors": ",", "cast": ",", "genres": ","})  # fmt: skip
DISNEY = _Titles("disney", "disney_plus_titles.csv", _NEEDS, _COLUMNS, _mend, {
    "directors": ",", "cast": ",", "genres": ","})  # fmt: skip
