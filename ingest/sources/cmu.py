"""The CMU Movie Summary Corpus: movie.metadata.tsv and plot_summaries.txt side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import BadSource
from .columns import from_rows
from .files import open_text, reading
from .record import Options, Record, Skipped

_METADATA, _PLOTS = "movie.metadata.tsv", "plot_summaries.txt"
_WIDTH = 9


class Cmu:
    """Plots of Wikipedia with Freebase's facts; films without a summary come without text."""

    name = "cmu"
    wants = f"a folder with {_METADATA} and {_PLOTS}"

    def detect(self, path: Path) -> bool:
        """Whether both files are there."""
        return len(self.files(path)) == 2

    def files(self, path: Path) -> list[Path]:
        """The files of the corpus that are there."""
        folder = path if path.is_dir() else path.parent
        if path.is_file() and not path.name.startswith((_METADATA, _PLOTS)):
            return []
        beside = [[folder / f"{name}{end}" for end in ("", ".gz")] for name in (_METADATA, _PLOTS)]
        return [each for pair in beside for each in pair if each.is_file()]

    def records(self, path: Path, options: Options) -> Iterator[Record | Skipped]:
        """Every film of the metadata, with its summary."""
        files = self.files(path)
        if len(files) != 2:
            raise BadSource(f"the CMU corpus is not whole in {str(path)!r}: give {self.wants}")
        return from_rows(_rows(files[0], files[1], options), _COLUMNS)


_COLUMNS = {
    "key": "id", "title": "title", "year": "date", "runtime_min": "runtime",
    "language": "language", "genres": "genres", "text": "plot",
}  # fmt: skip


def _rows(metadata: Path, plots: Path, options: Options) -> Iterator[dict[str, Any] | str]:
    told = dict(_lines(plots, options, 2))
    for cells in _lines(metadata, options, _WIDTH):
        if len(cells) < _WIDTH:
            yield "not as many columns as the corpus has"
            continue
        number, _, title, date, _, runtime, languages, _, genres = cells
        yield {
            "id": number, "title": title, "date": date, "runtime": runtime,
            "language": next(iter(_values(languages)), "").removesuffix(" Language"),
            "genres": _values(genres), "plot": told.get(number, ""),
        }  # fmt: skip


def _lines(file: Path, options: Options, width: int) -> Iterator[list[str]]:
    with open_text(file, options.encoding) as opened, reading(file):
        for line in opened:
            if line.strip():
                yield line.rstrip("\r\n").replace("\0", "").split("\t", width - 1)


def _values(freebase: str) -> list[str]:
    """The names in ``{"/m/02h40lc": "English Language"}``."""
    try:
        found = json.loads(freebase)
    except json.JSONDecodeError:
        return []
    return [str(name) for name in found.values()] if isinstance(found, dict) else []
