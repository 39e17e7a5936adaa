"""How well texts are described: held-out films of the catalogue against what is authored.

Run ``python -m moodreel.tools.describe_check``. 100 starter films are taken out, described
from their mood and plot texts alone, and compared with a baseline that always says the most
common moods and genres and the mean degrees.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..ingest.catalogue import Catalogue
from ..ingest.item import AXES, Item
from ..ingest.starter import open_catalogue
from .derive import Deriver
from .vocabulary import Array, Labels

HELD_OUT = 100


@dataclass(frozen=True)
class Quality:
    """Micro-averaged F1 of mood tags and genres (0 to 1); mean absolute error in degrees."""

    moods: float
    axes: float
    genres: float


def held_out(items: Sequence[Item], count: int) -> list[Item]:
    """``count`` items spread evenly over all."""
    places = np.linspace(0, len(items) - 1, count).round().astype(int)
    return [items[place] for place in places.tolist()]


def check(catalogue: Catalogue, count: int = HELD_OUT) -> tuple[Quality, Quality]:
    """Quality of the deriver, and of the baseline, on ``count`` held-out items."""
    items = sorted(catalogue.items(), key=lambda item: item.id)
    tested = held_out(items, count)
    out = {item.id for item in tested}
    deriver = Deriver(catalogue, without=out)
    found = [deriver.derive(f"{item.plot_essence} {item.mood}") for item in tested]
    derived = Quality(
        moods=f1((t.mood_tags, f.mood_tags) for t, f in zip(tested, found, strict=True)),
        axes=float(
            np.mean([_error(t, f.axes.model_dump()) for t, f in zip(tested, found, strict=True)])
        ),
        genres=f1((t.genres, f.genres) for t, f in zip(tested, found, strict=True)),
    )
    return derived, baseline([item for item in items if item.id not in out], tested)


def baseline(known: Sequence[Item], tested: Sequence[Item]) -> Quality:
    """Always the five commonest moods, the two commonest genres and the mean degrees."""
    labels = Labels.of(known)
    mean: Array = labels.matrix(known).mean(axis=0)
    moods = _commonest([tag for item in known for tag in item.mood_tags], 5)
    genres = _commonest([genre for item in known for genre in item.genres], 2)
    degrees = dict(zip(AXES, np.rint(mean[labels.axes]).astype(int).tolist(), strict=True))
    return Quality(
        moods=f1((item.mood_tags, moods) for item in tested),
        axes=float(np.mean([_error(item, degrees) for item in tested])),
        genres=f1((item.genres, genres) for item in tested),
    )


def f1(pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> float:
    """Micro-averaged F1 of (true, found) label sets."""
    both = total = 0
    for true, found in pairs:
        both += len(set(true) & set(found))
        total += len(set(true)) + len(set(found))
    return 2 * both / total if total else 0.0


def _commonest(labels: Sequence[str], count: int) -> list[str]:
    return sorted(set(labels), key=lambda label: (-labels.count(label), label))[:count]


def _error(item: Item, degrees: dict[str, int]) -> float:
    return float(np.mean([abs(degrees[a] - item.axes.of(a)) for a in AXES if item.axes]))


def main() -> int:
    """Print both as a table."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = open_catalogue(Path(folder))
        try:
            results = dict(zip(("derived", "baseline"), check(catalogue), strict=True))
        finally:
            catalogue.close()
    sys.stdout.write(f"{'':10}{'mood F1':>9}{'axes MAE':>10}{'genre F1':>10}\n")
    for name, quality in results.items():
        sys.stdout.write(
            f"{name:10}{quality.moods:9.3f}{quality.axes:10.3f}{quality.genres:10.3f}\n"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
