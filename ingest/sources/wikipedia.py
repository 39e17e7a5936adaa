"""Film lists of Wikipedia as JSON, one file a decade, and the table of plots."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ...errors import BadSource
from .columns import Table, from_rows
from .files import head_of, json_objects
from .record import Options, Record, Skipped
from .values import names_of

_NAME = re.compile(r"movies.*\.json(\.gz)?$")
_COLUMNS = {
    "key": "href", "title": "title", "year": "year", "cast": "cast", "genres": "genres",
    "text": "extract",
}  # fmt: skip
_PARTS = re.compile(r"[\n;,]")
_ROLE = re.compile(r"\s*\([^()]*\)")


def _told_people(values: dict[str, Any]) -> str | None:
    """Split a cast that mixes line ends, commas and roles; a director of ``Unknown`` is nobody."""
    whole = _ROLE.sub("", str(values.get("cast") or ""))
    values["cast"] = [part.strip() for part in _PARTS.split(whole)]
    if str(values.get("directors")).strip().casefold() == "unknown":
        values["directors"] = ""
    return None


PLOTS = Table(
    name="wikipedia-plots",
    wants="wiki_movie_plots.csv with Release Year, Title, Director, Cast, Genre, Plot",
    needs=frozenset({"Release Year", "Title", "Director", "Cast", "Genre", "Plot"}),
    columns={
        "title": "Title", "year": "Release Year", "directors": "Director", "cast": "Cast",
        "genres": "Genre", "text": "Plot",
    },
    mend=_told_people,
)  # fmt: skip


class WikipediaLists:
    """The lists of films by year: a file, or a folder with one a decade."""

    name = "wikipedia"
    wants = "movies-1990s.json and its like, or the folder that has them"

    def detect(self, path: Path) -> bool:
        """Whether a file, or the first one of a folder, is such a list."""
        files = self.files(path)
        head = head_of(files[0]) if files else ""
        return head.lstrip().startswith("[") and '"title"' in head and '"cast"' in head

    def files(self, path: Path) -> list[Path]:
        """The lists, in the order of their names."""
        if path.is_dir():
            return sorted(each for each in path.iterdir() if _NAME.search(each.name))
        return [path] if path.is_file() and ".json" in path.name else []

    def records(self, path: Path, options: Options) -> Iterator[Record | Skipped]:
        """Every film of every list."""
        files = self.files(path)
        if not files:
            raise BadSource(f"there is no list of films in {str(path)!r}: give {self.wants}")
        return from_rows((row for file in files for row in _rows(file, options)), _COLUMNS, _mend)


def _rows(file: Path, options: Options) -> Iterator[dict[str, Any] | str]:
    for value in json_objects(file, options.encoding):
        yield value if isinstance(value, dict) else "not an object with a title"


def _mend(values: dict[str, Any]) -> str | None:
    """Several films may share an article, of a series for one: only all together is a key."""
    people = json.dumps(values.get("cast"), ensure_ascii=False)
    page = unquote(str(values.get("key") or ""))
    values["key"] = f"{page}|{values.get('title')}|{values.get('year')}|{people}"
    values["title"] = html.unescape(str(values.get("title") or ""))
    values["cast"] = names_of(values.get("cast") or [])
    return None
