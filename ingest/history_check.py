"""How much of real histories is found in the catalogue, as a table, and rows to check by hand.

``python -m moodreel.ingest.history_check FOLDER`` prints, for every export below the folder
(Letterboxd, IMDb, MovieLens), how many films are matched, ambiguous and unmatched and how many
rows are left out; then rows drawn at random, two fifths of them matched, a fifth ambiguous and two
fifths unmatched, each with the item that it was matched with, its candidates, or what in the
catalogue is named nearly so.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..errors import MoodreelError, UsageError
from .catalogue import Catalogue
from .history import Film, HistoryImport, read_history
from .starter import open_catalogue

_PATTERNS = ("*letterboxd*/*.csv", "*imdb-export*/*.csv")
_MOVIELENS = "movielens-latest-small"
_PERSON = "1"
_HEADER = ("file", "rows", "films", "matched", "ambiguous", "unmatched", "skipped", "seconds")


def _sources(folder: Path) -> Iterator[tuple[str, list[Path], str | None]]:
    for pattern in _PATTERNS:
        for path in sorted(folder.glob(pattern)):
            yield f"{path.parent.name}/{path.name}", [path], None
    if (folder / _MOVIELENS).is_dir():
        yield f"{_MOVIELENS} (user {_PERSON})", [folder / _MOVIELENS], _PERSON


def _row(name: str, found: HistoryImport, seconds: float) -> list[str]:
    parts = (len(found.matched), len(found.ambiguous), len(found.unmatched))
    skipped = sum(map(len, found.skipped.values()))
    counts = (found.rows, sum(parts), *parts, skipped)
    return [name, *(f"{count}" for count in counts), f"{seconds:.2f}"]


_Row = tuple[str, Film, list[str]]
"""A file, a film as it stands there, and what it is held against."""


def _drawn(found: Mapping[str, HistoryImport], catalogue: Catalogue, many: int) -> Iterator[str]:
    """Rows to check by hand, with their outcome."""
    chance = random.Random(0)  # noqa: S311
    for outcome, share in (("matched", 2), ("ambiguous", 1), ("unmatched", 2)):
        rows = [row for name, each in found.items() for row in _rows(name, each, outcome)]
        for name, film, ids in chance.sample(rows, min(max(1, many * share // 5), len(rows))):
            wrote = f"{film.label}" + (f" [{film.original_title}]" if film.original_title else "")
            place = f"{name.partition('/')[0]}/{film.place}"
            against = ids or [each.id for each in catalogue.find(film.title)[:3]]
            items = catalogue.get(against)
            shown = "; ".join(f"{i.label}, {', '.join(i.directors)}" for i in items.values())
            yield f"{outcome}\t{place}\t{wrote}\t{film.imdb_id or ''}\t{shown}"


def _rows(name: str, found: HistoryImport, outcome: str) -> Iterator[_Row]:
    if outcome == "matched":
        yield from ((name, film, [key]) for key, film in found.matched.items())
    elif outcome == "ambiguous":
        yield from ((name, d.film, [c.id for c in d.candidates]) for d in found.ambiguous)
    else:
        yield from ((name, film, []) for film in found.unmatched)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both; 2 where the folder has no history."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--drawn", type=int, default=50, help="rows to check by hand")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        catalogue = open_catalogue(Path(home))
        try:
            return _printed(asked.folder, catalogue, asked.drawn)
        except MoodreelError as error:
            print(error)  # noqa: T201
            return error.exit_code
        finally:
            catalogue.close()


def _printed(folder: Path, catalogue: Catalogue, many: int) -> int:
    sources = list(_sources(folder))
    if not sources:
        raise UsageError(f"There is no history below {str(folder)!r}; name the folder of exports.")
    print("\t".join(_HEADER))  # noqa: T201
    all_found = {}
    for name, paths, person in sources:
        started = time.perf_counter()
        found = read_history(paths, catalogue, person)
        all_found[name] = found
        print("\t".join(_row(name, found, time.perf_counter() - started)))  # noqa: T201
        for reason, places in found.skipped.items():
            print(f"\t{len(places)} skipped: {reason}")  # noqa: T201
        for repair, places in found.repaired.items():
            print(f"\t{len(places)} repaired: {repair}")  # noqa: T201
    print("\noutcome\tplace\tas written\tid\theld against")  # noqa: T201
    for line in _drawn(all_found, catalogue, many):
        print(line)  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
