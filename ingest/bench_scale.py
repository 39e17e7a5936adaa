"""How searching grows with the catalogue: exact, by an index, and by what else there is."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from .bench_apart import Clock, Measured, Row, asked_of
from .bench_hybrid import Question, ask_catalogue, ask_local, fill_local, questions
from .bench_numpy import Plain
from .bench_store import MANY
from .edge import EdgeCatalogue
from .edge_index import KIND, build_index
from .embedding import choose_embedder
from .item import Item
from .starter.films import starter_items

Tell = Callable[[str], None]
Turns = Callable[[Path], Measured]
PLAIN = 100_000
"""Up to how many items numpy is measured too: it holds all vectors in memory."""
_STEP = 2_000
_ASKED = 40
_TOLD = ("recall@10", "fill", "index", "open", "memory", "of it files", "disk")


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


def measure_scale(
    sizes: Sequence[int], tell: Tell, turns: Turns | None = None, minutes: float = 30
) -> list[Row]:
    """A filtered hybrid query at every size, by each store; see `moodreel.ingest.bench_hybrid`.

    Recall counts the ten best against those of plain numpy, which looks at every item that
    passes; above `PLAIN` items against those of the exact catalogue. Texts are embedded with the
    light embedder. Every store is measured in a process of its own.

    Args:
        sizes: numbers of items.
        tell: hears what is done.
        turns: measures turns over the catalogue in a folder.
        minutes: for each size; what is not done by then says so in its row.
    """
    rows: list[Row] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="moodreel-scale-") as folder:
            rows += _Size(size, Path(folder) / "catalogue", tell, Clock(60 * minutes)).rows(turns)
    return rows


class _Size:
    """One size: its catalogue, and the rows that it has so far."""

    def __init__(self, size: int, folder: Path, tell: Tell, clock: Clock) -> None:
        self._size, self._folder, self._tell, self._clock = size, folder, tell, clock
        self._rows: list[Row] = []

    def rows(self, turns: Turns | None) -> list[Row]:
        """Measure everything that the time is enough for."""
        filled = self._try("fill", fill, self._folder, self._size)
        if filled is None:
            return self._rows
        truth = self._try("numpy", ask_numpy, self._folder) if self._size <= PLAIN else None
        exact = self._try("qdrant-edge, exact", ask_stored, self._folder)
        right = next((each.found for each in (truth, exact) if each), [])
        self._add("numpy", truth, right)
        self._add("qdrant-edge, exact", exact, right, filled.more)
        if self._size <= MANY:
            local = self._try("qdrant-client, local mode", ask_local_mode, self._folder)
            self._add("qdrant-client, local mode", local, right)
        built = self._built()
        if built:
            name = f"qdrant-edge, {KIND}"
            indexed = self._try(name, ask_stored, self._folder)
            self._add(name, indexed, right, built)
        if turns:
            self._add("turns of the agent", self._try("turns of the agent", turns, self._folder))
        return self._rows

    def _built(self) -> Row:
        """Build the index; how long it took, or nothing where there was no time for it."""
        began = time.perf_counter()
        self._tell(f"{self._size:,} items: index")
        try:
            self._clock.check()
            build_index(self._folder, self._clock.check)
        except TimeoutError:
            self._late("index")
            return {}
        return {"index": f"{time.perf_counter() - began:.1f} s"}

    def _try(self, what: str, work: Callable[..., Measured], *given: object) -> Measured | None:
        self._tell(f"{self._size:,} items: {what}")
        try:
            return self._clock.run(work, *given)
        except TimeoutError:
            self._late(what)
            return None

    def _late(self, what: str) -> None:
        told = f"not done in {self._clock.seconds / 60:g} min"
        self._rows.append(_row(self._size, what, {"p50": told}))

    def _add(
        self,
        store: str,
        measured: Measured | None,
        right: Sequence[Sequence[str]] = (),
        more: Row | None = None,
    ) -> None:
        if measured is not None:
            shown = {**figures(measured, right), **measured.more, **(more or {})}
            self._rows.append(_row(self._size, store, shown))


def figures(measured: Measured, right: Sequence[Sequence[str]]) -> Row:
    """The first query, the others' median and 95th percentile, their processor, and recall.

    Args:
        measured: at least two queries.
        right: what each should have found; empty where nobody knows.
    """
    first, *later = measured.taken
    busy = measured.worked[1:]
    pairs = zip(measured.found, right, strict=True) if right else ()
    shares = [len({*mine} & {*known}) / len(known) for mine, known in pairs if known]
    late = sorted(later)[int(0.95 * len(later))]
    return {
        "first": f"{1e3 * first:.1f} ms",
        "p50": f"{1e3 * statistics.median(later):.2f} ms",
        "p95": f"{1e3 * late:.2f} ms",
        "processor": f"{1e3 * statistics.median(busy):.2f} ms" if busy else "",
        "recall@10": f"{statistics.fmean(shares):.3f}" if shares else "",
    }


def _row(size: int, store: str, known: Row) -> Row:
    named = ("first", "p50", "p95", "processor", *_TOLD)
    return {"items": f"{size:,}", "store": store, **{name: known.get(name, "") for name in named}}


def fill(folder: Path, size: int) -> Measured:
    """A new catalogue of that many items."""
    began = time.perf_counter()
    catalogue, drawn = EdgeCatalogue.create(folder, choose_embedder("light")), drawn_items(size)
    try:
        while batch := [*islice(drawn, _STEP)]:
            catalogue.upsert(batch)
    finally:
        catalogue.close()
    return Measured(more={"fill": f"{time.perf_counter() - began:.1f} s"})


def ask_stored(folder: Path) -> Measured:
    """The catalogue as it is."""
    began = time.perf_counter()
    catalogue = EdgeCatalogue.open(folder, choose_embedder("light"))
    more = {"open": f"{time.perf_counter() - began:.2f} s"}
    more["disk"] = f"{(catalogue.summary().bytes or 0) / 1e6:,.0f} MB"
    try:
        return asked_of(_questions(catalogue), lambda one: ask_catalogue(catalogue, one), more)
    finally:
        catalogue.close()


def ask_numpy(folder: Path) -> Measured:
    """Plain numpy over what the catalogue holds."""
    catalogue = EdgeCatalogue.open(folder, choose_embedder("light"))
    try:
        return asked_of(_questions(catalogue), Plain(catalogue).ask, {})
    finally:
        catalogue.close()


def ask_local_mode(folder: Path) -> Measured:
    """qdrant-client's local mode with what the catalogue holds."""
    catalogue = EdgeCatalogue.open(folder, choose_embedder("light"))
    began = time.perf_counter()
    client = fill_local(catalogue)
    more = {"fill": f"{time.perf_counter() - began:.1f} s"}
    try:
        return asked_of(_questions(catalogue), lambda one: ask_local(client, one), more)
    finally:
        catalogue.close()


def _questions(catalogue: EdgeCatalogue) -> list[Question]:
    """What is asked: plots and moods of items that are not in the catalogue."""
    return questions(catalogue, [*drawn_items(_ASKED, seed=2)])
