"""How searching grows with the catalogue: exact, along graphs, and by plain numpy."""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from .bench_store import LIMITS
from .catalogue import Probe, Vector
from .edge import EdgeCatalogue
from .edge_index import build_index
from .embedding import Embedder, choose_embedder
from .item import Item
from .limits import broken, conditions
from .starter.films import starter_items

_STEP = 2_000
_ASKED = 40
_FOUND = 10
Row = dict[str, str]


def drawn_items(count: int, seed: int = 1) -> Iterator[Item]:
    """Items of their own words: mood, audience, plot and facts each from another starter film."""
    draw, films = random.Random(seed), starter_items()  # noqa: S311 (what is measured)
    for number in range(count):
        base, mood, plot, other = draw.choices(films, k=4)
        sentences = [*plot.plot_essence.split(". "), *other.plot_essence.split(". ")]
        told = ". ".join(draw.sample(sentences, min(3, len(sentences))))
        yield base.model_copy(
            update={
                "id": f"drawn-{number}",
                "title": f"{plot.title.split()[0]} {other.title.split()[-1]} {number}",
                "mood": mood.mood,
                "mood_tags": mood.mood_tags,
                "axes": mood.axes,
                "target_audience": other.target_audience,
                "plot_essence": told,
                "tags": (*plot.tags[:3], *other.tags[:3]),
                "kindred": (),
            }
        )


@dataclass(frozen=True)
class Measured:
    """Seconds of each query, and the ids that it found."""

    taken: list[float]
    found: list[list[str]]

    def row(self, items: int, store: str, truth: Measured, more: Mapping[str, str]) -> Row:
        """As a row of the table; ``truth`` is the same asked of all vectors that pass."""
        pairs = zip(self.found, truth.found, strict=True)
        shares = [len(set(mine) & set(right)) / len(right) for mine, right in pairs if right]
        late = sorted(self.taken)[int(0.95 * len(self.taken))]
        return {
            "items": f"{items:,}",
            "store": store,
            "p50": f"{1e3 * statistics.median(self.taken):.2f} ms",
            "p95": f"{1e3 * late:.2f} ms",
            "recall@10": f"{statistics.fmean(shares):.3f}" if shares else "",
            **{name: more.get(name, "") for name in ("fill", "index", "open", "memory", "disk")},
        }


def measure_scale(sizes: Sequence[int], tell: Callable[[str], None]) -> list[Row]:
    """A filtered query at every size: exact, along graphs, and with plain numpy; see `LIMITS`.

    Recall counts the ten nearest by plot against those of plain numpy, which looks at every vector
    that passes. Texts are embedded with the light embedder.
    """
    rows: list[Row] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="moodreel-scale-") as folder:
            rows += _at(size, Path(folder) / "catalogue", tell)
    return rows


def _at(size: int, folder: Path, tell: Callable[[str], None]) -> list[Row]:
    embedder = choose_embedder("light")
    tell(f"{size:,} items: filling")
    fill = _timed(lambda: _fill(folder, embedder, size))
    catalogue, opened = _opened(folder, embedder)
    asked = _questions(catalogue)
    truth = _ask(asked, _numpy(catalogue))
    more = {"fill": f"{fill:.1f} s", "open": f"{opened:.2f} s", **_space(catalogue)}
    exact = _ask(asked, lambda vector: _nearest(catalogue, vector))
    catalogue.close()
    tell(f"{size:,} items: building the index")
    built = _timed(lambda: build_index(folder))
    catalogue, opened = _opened(folder, embedder)
    graphs = _ask(asked, lambda vector: _nearest(catalogue, vector))
    later = {"index": f"{built:.1f} s", "open": f"{opened:.2f} s", **_space(catalogue)}
    catalogue.close()
    return [
        truth.row(size, "numpy", truth, {}),
        exact.row(size, "qdrant-edge, exact", truth, more),
        graphs.row(size, "qdrant-edge, HNSW", truth, later),
    ]


def _fill(folder: Path, embedder: Embedder, size: int) -> None:
    catalogue, drawn = EdgeCatalogue.create(folder, embedder), drawn_items(size)
    try:
        while batch := [*islice(drawn, _STEP)]:
            catalogue.upsert(batch)
    finally:
        catalogue.close()


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _opened(folder: Path, embedder: Embedder) -> tuple[EdgeCatalogue, float]:
    began = time.perf_counter()
    return EdgeCatalogue.open(folder, embedder), time.perf_counter() - began


def _questions(catalogue: EdgeCatalogue) -> list[Vector]:
    """What is asked: plots of items that are not in the catalogue."""
    plots = [item.plot_essence for item in drawn_items(_ASKED, seed=2)]
    return [*catalogue.embed(plots, "plot")]


def _nearest(catalogue: EdgeCatalogue, vector: Vector) -> list[str]:
    hits = catalogue.search([Probe("plot", vector)], conditions=conditions(LIMITS), limit=_FOUND)
    return [hit.id for hit in hits]


def _numpy(catalogue: EdgeCatalogue) -> Callable[[Vector], list[str]]:
    """The same by one product of all vectors that pass, which are laid out beforehand."""
    ids = [item.id for item in catalogue.items() if not broken(item, LIMITS)]
    held = catalogue.vectors(ids, "plot")
    matrix = np.array([held[name] for name in ids], dtype=np.float32)

    def nearest(vector: Vector) -> list[str]:
        return [ids[place] for place in np.argsort(-(matrix @ vector), kind="stable")[:_FOUND]]

    return nearest


def _ask(asked: Sequence[Vector], nearest: Callable[[Vector], list[str]]) -> Measured:
    nearest(asked[0])
    taken, found = [], []
    for vector in asked:
        began = time.perf_counter()
        found.append(nearest(vector))
        taken.append(time.perf_counter() - began)
    return Measured(taken, found)


def _space(catalogue: EdgeCatalogue) -> dict[str, str]:
    """Memory of this process now, where the system tells it, and the catalogue on disk."""
    status = Path("/proc/self/statm")
    pages = int(status.read_text().split()[1]) if status.exists() else 0
    memory = f"{pages * os.sysconf('SC_PAGE_SIZE') / 1e6:,.0f} MB" if pages else ""
    return {"memory": memory, "disk": f"{(catalogue.summary().bytes or 0) / 1e6:,.0f} MB"}
