"""Whether what trailers say finds films of their kind: ``moodreel eval trailers --data FOLDER``.

The captions of each trailer are looked up among the starter films, its own left out, and among the
other trailers. Chance is how many of those looked through share a genre with it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from ..errors import BadSource, MoodreelError
from ..ingest.catalogue import Catalogue, Probe, Space
from ..ingest.embedding import TEXT_SPACES, unit_rows
from ..ingest.starter import open_catalogue
from .community_check import interval
from .essence import parts
from .genre_data import Told, films, trailers

DEPTH = 10
_SPACES: tuple[Space, ...] = ("plot", "overall")

Array = NDArray[np.float64]
Row = tuple[str, list[float], list[float]]
"""What was looked through, the share of the first ten that share a genre, and chance, a trailer."""


def pooled(catalogue: Catalogue, text: str, space: Space) -> NDArray[np.float32]:
    """The vector of a text in a space, the mean of its parts."""
    assert space in TEXT_SPACES  # noqa: S101 - traits are not made of texts
    mean = catalogue.embed(parts(text), space).mean(axis=0, keepdims=True)
    return np.asarray(unit_rows(mean)[0])


def among_films(catalogue: Catalogue, told: Sequence[Told], space: Space) -> Row:
    """What each trailer finds among the films of a catalogue but its own."""
    genres = {item.id: frozenset(item.genres) for item in catalogue.items()}
    found, chance = [], []
    for each in told:
        probe = Probe(space, pooled(catalogue, each.text, space))
        hits = catalogue.search([probe], exclude={each.imdb_id}, limit=DEPTH)
        others = [of for name, of in genres.items() if name != each.imdb_id]
        found.append(_sharing(each, [genres[hit.id] for hit in hits]))
        chance.append(_sharing(each, others))
    return f"the starter films, {space} vectors", found, chance


def _sharing(told: Told, others: Sequence[frozenset[str]]) -> float:
    """The share of others with a genre of this one."""
    return float(np.mean([bool(set(told.genres) & other) for other in others]))


def among_trailers(catalogue: Catalogue, told: Sequence[Told]) -> Row:
    """What each trailer finds among the others."""
    rows = np.array([pooled(catalogue, each.text, "overall") for each in told])
    likeness = rows @ rows.T
    np.fill_diagonal(likeness, -np.inf)
    genres = [frozenset(each.genres) for each in told]
    found, chance = [], []
    for place, each in enumerate(told):
        nearest = np.argsort(-likeness[place], kind="stable")[:DEPTH].tolist()
        found.append(_sharing(each, [genres[at] for at in nearest]))
        chance.append(_sharing(each, [*genres[:place], *genres[place + 1 :]]))
    return "the other trailers", found, chance


def measure(catalogue: Catalogue, told: Sequence[Told]) -> list[Row]:
    """All ways of looking them up."""
    return [*(among_films(catalogue, told, space) for space in _SPACES),
            among_trailers(catalogue, told)]  # fmt: skip


def _shown(row: Row, seed: int = 1) -> list[str]:
    name, found, chance = row
    low, high = interval(found, seed)
    gain_low, gain_high = interval([f - c for f, c in zip(found, chance, strict=True)], seed)
    return [
        name, f"{np.mean(found):.3f} ({low:.3f}-{high:.3f})", f"{np.mean(chance):.3f}",
        f"{np.mean(found) - np.mean(chance):.3f} ({gain_low:.3f}-{gain_high:.3f})",
    ]  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 where the data is missing."""
    parser = argparse.ArgumentParser(description="Measure similarity search from captions.")
    parser.add_argument("folder", type=Path, nargs="?", help="the folder with the data sets")
    asked = parser.parse_args(arguments)
    try:
        if asked.folder is None:
            raise BadSource("the captions of trailers are needed: name their folder with --data")
        told = trailers(asked.folder, films(asked.folder))
        with TemporaryDirectory() as home:
            catalogue = open_catalogue(Path(home))
            try:
                rows = measure(catalogue, told)
            finally:
                catalogue.close()
    except MoodreelError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return error.exit_code
    header = ("looked through", f"of {DEPTH} share a genre", "chance", "more than chance")
    shown = Table(*header, title=f"Captions of {len(told)} trailers, 95 % intervals")
    for row in rows:
        shown.add_row(*_shown(row))
    Console(width=110).print(shown)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
