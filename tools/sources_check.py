"""How quickly data sets are read, and what comes of their rows.

``python -m moodreel.tools.sources_check DIR [--embedder light|minilm] [--limit N]`` reads every
data set in a folder into a catalogue of its own, then all of them into one, and prints a table:
rows by what became of them, seconds, and where the time went.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from ..errors import BadSource
from ..ingest.edge import EdgeCatalogue
from ..ingest.embedding import Embedder, choose_embedder
from ..ingest.ledger import Ledger
from ..ingest.merge import Derived
from ..ingest.report import IngestReport
from ..ingest.run import Job, ingest, ledger_of
from ..ingest.sources.record import AS_IT_IS, Record, Source
from ..ingest.sources.registry import AUTO, source_for
from .describing import builtin_describe

TABLES_OF_ONES_OWN = "table"
"""The source that takes any table with titles: as much a list of somebody's as a data set."""


class TimedEmbedder:
    """An embedder that knows how many seconds it took."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self.name, self.dimension = inner.name, inner.dimension
        self.seconds = 0.0

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """As the inner one does."""
        began = perf_counter()
        try:
            return self._inner.embed(texts, progress)
        finally:
            self.seconds += perf_counter() - began


@dataclass(frozen=True)
class Reading:
    """What came of one data set: its report, and seconds of the processor.

    ``inside`` are the seconds of embedding while texts were described, which the report counts
    as describing.
    """

    name: str
    report: IngestReport
    inside: float
    processor: float

    def as_data(self) -> dict[str, Any]:
        """The numbers, with shares of the time that add up to 1."""
        told, whole = self.report, self.report.seconds or 1.0
        spent = {
            "reading": told.reading_seconds,
            "describing": told.describing_seconds - self.inside,
            "embedding": told.embedding_seconds + self.inside,
            "storing": told.storing_seconds,
        }
        return {
            "sample": self.name,
            "source": told.source,
            **{name: getattr(told, name) for name in ("read", "added", "merged", "updated")},
            "skipped": dict(told.skipped),
            "without_text": told.without_text,
            "seconds": round(told.seconds, 2),
            "processor_seconds": round(self.processor, 2),
            "items_per_second": round(told.rate),
            "shares": {name: round(seconds / whole, 3) for name, seconds in spent.items()},
        }


def samples(folder: Path) -> Iterator[tuple[str, Path, Source]]:
    """The data sets in a folder, by the source that recognises them: folders, else their files."""
    for path in sorted(folder.iterdir()):
        found = _recognised(path)
        if found is not None:
            yield path.name, path, found
        elif path.is_dir():
            for file in sorted(path.iterdir()):
                if file.is_file() and (known := _recognised(file)) is not None:
                    yield f"{path.name}/{file.name}", file, known


def _recognised(path: Path) -> Source | None:
    try:
        found = source_for(AUTO, path)
    except BadSource:
        return None
    if found.name == TABLES_OF_ONES_OWN or (path.is_dir() and not _mostly_read(found, path)):
        return None
    return found


def _mostly_read(source: Source, folder: Path) -> bool:
    """Whether at least half of a folder makes items: many have a text file beside other things."""
    first = [*islice(source.records(folder, AS_IT_IS), 100)]
    return 2 * sum(isinstance(row, Record) for row in first) >= len(first) > 0


@contextmanager
def fresh(embedder: Embedder) -> Iterator[tuple[EdgeCatalogue, Ledger]]:
    """An empty catalogue with its ledger, gone at the end."""
    home = Path(tempfile.mkdtemp(prefix="moodreel-sources-"))
    catalogue = EdgeCatalogue.create(home / "catalogue", embedder)
    ledger = ledger_of(home, catalogue)
    try:
        yield catalogue, ledger
    finally:
        ledger.close()
        catalogue.close()
        shutil.rmtree(home)


class Measurement:
    """Reads data sets with one embedder; its descriptions are made ready beforehand.

    ``begins`` is told the name of each data set.
    """

    def __init__(
        self,
        embedder: Embedder,
        limit: int | None,
        begins: Callable[[str], None] = lambda name: None,
    ) -> None:
        self.embedder = TimedEmbedder(embedder)
        self._limit = limit
        self._begins = begins
        self._inside = 0.0
        self._derive = builtin_describe(self.embedder)
        self._derive(["What is made ready once is not counted."])

    def _describe(self, texts: Sequence[str]) -> Sequence[Derived]:
        before = self.embedder.seconds
        found = self._derive(texts)
        self._inside += self.embedder.seconds - before
        return found

    def read(
        self, name: str, path: Path, source: Source, *, into: tuple[EdgeCatalogue, Ledger]
    ) -> Reading:
        """Read one data set into a catalogue."""
        self._begins(name)
        job = Job(source, path, limit=self._limit)
        inside, processor = self._inside, process_time()
        report = ingest(job, *into, self._describe)
        return Reading(name, report, self._inside - inside, process_time() - processor)

    def each(self, folder: Path) -> Iterator[Reading]:
        """Every data set, each in a catalogue of its own."""
        for sample in samples(folder):
            with fresh(self.embedder) as into:
                yield self.read(*sample, into=into)

    def together(self, folder: Path) -> Iterator[Reading]:
        """Every data set, one after the other in one catalogue."""
        with fresh(self.embedder) as into:
            for sample in samples(folder):
                yield self.read(*sample, into=into)


_HEADER = ("sample", "source", "read", "added", "merged", "updated", "skipped", "no text", "s",
           "cpu s", "items/s", "reading", "describing", "embedding", "storing")  # fmt: skip


def _row(told: dict[str, Any]) -> list[str]:
    counts = [f"{told[name]:,}" for name in ("read", "added", "merged", "updated")]
    skipped = "; ".join(f"{count} {reason}" for reason, count in told["skipped"].items()) or "0"
    return [
        told["sample"], told["source"], *counts, skipped, f"{told['without_text']:,}",
        f"{told['seconds']:.1f}", f"{told['processor_seconds']:.1f}",
        f"{told['items_per_second']:,}", *(f"{share:.0%}" for share in told["shares"].values()),
    ]  # fmt: skip


def _sum(title: str, told: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Several data sets as one."""
    counted = ("read", "added", "merged", "updated", "without_text", "seconds",
               "processor_seconds")  # fmt: skip
    whole = {name: sum(each[name] for each in told) for name in counted}
    seconds = whole["seconds"] or 1.0
    shares = {
        name: sum(each["shares"][name] * each["seconds"] for each in told) / seconds
        for name in (told[0]["shares"] if told else ())
    }
    skipped = sum(sum(each["skipped"].values()) for each in told)
    return {
        "sample": title, "source": "", **whole, "skipped": {"rows": skipped} if skipped else {},
        "items_per_second": round(whole["read"] / seconds), "shares": shares,
    }  # fmt: skip


def _print(title: str, told: Sequence[dict[str, Any]]) -> None:
    table = Table(title=title, title_justify="left")
    for name in _HEADER:
        left = name in ("sample", "source", "skipped")
        table.add_column(name, justify="left" if left else "right", overflow="fold")
    for each in [*told, _sum("all", told)]:
        table.add_row(*_row(each))
    console = Console()
    Console(width=console.width if console.is_terminal else 220).print(table)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with the data sets")
    parser.add_argument("--embedder", choices=("light", "minilm"), default="light")
    parser.add_argument("--limit", type=int, help="read so many rows of each")
    parser.add_argument("--json", action="store_true", help="print one object instead")
    asked = parser.parse_args(arguments)
    measurement = Measurement(
        choose_embedder(asked.embedder),
        asked.limit,
        lambda name: print(f"Reading {name}", file=sys.stderr),  # noqa: T201 (progress)
    )
    told = {
        "each in a catalogue of its own": [r.as_data() for r in measurement.each(asked.data)],
        "all in one catalogue": [r.as_data() for r in measurement.together(asked.data)],
    }
    if asked.json:
        whole = {"embedder": measurement.embedder.name, **told}
        print(json.dumps(whole, ensure_ascii=False))  # noqa: T201 (what was asked for)
        return
    for title, rows in told.items():
        _print(f"{title[0].upper()}{title[1:]}, {measurement.embedder.name}", rows)


if __name__ == "__main__":
    main()
