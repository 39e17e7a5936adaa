"""A small catalogue to read sources into, and a program of it that can be killed anywhere."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from moodreel.ingest import run
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.item import Axes, Item, Provenance
from moodreel.ingest.run import Job, ingest, ledger_of
from moodreel.ingest.sources import source_for

from .doubles import HashEmbedder

BY = Provenance(how="derived", by="test 1")
CALM = Axes(lightness=2, warmth=2, humour=2, tension=1, scares=0, violence=0, romance=0,
            strangeness=0, demand=1)  # fmt: skip


def describe(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Descriptors that only depend on the text."""
    return [
        {
            "mood": f"Like {text[:20]}", "target_audience": "Anybody.", "plot_essence": text[:60],
            "mood_tags": ("gentle",), "archetypes": (), "axes": CALM, "genres": ("Drama",),
            "tags": (text.split()[0].lower(),), "provenance": BY,
        }
        for text in texts
    ]  # fmt: skip


def opened(home: Path, items: Iterable[Item] = ()) -> EdgeCatalogue:
    """The catalogue of a data folder, made with some items where there is none."""
    home.mkdir(exist_ok=True)
    if EdgeCatalogue.exists(home / "catalogue"):
        return EdgeCatalogue.open(home / "catalogue", HashEmbedder())
    made = EdgeCatalogue.create(home / "catalogue", HashEmbedder())
    made.upsert([*items])
    return made


def contents(home: Path) -> str:
    """Everything that a catalogue holds, as text to compare."""
    catalogue = opened(home)
    try:
        items = [item.model_dump(mode="json") for item in catalogue.items()]
        vectors = catalogue.vectors([item["id"] for item in items], "overall")
    finally:
        catalogue.close()
    told = {name: [round(float(x), 4) for x in row] for name, row in sorted(vectors.items())}
    return json.dumps([items, told], sort_keys=True)


class Fuse:
    """Ends this process, as SIGKILL does, at the nth step of writing."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def burn(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str) -> None:
        """Burn before and after every call of a method."""
        real = getattr(owner, name)

        def call(*args: Any, **named: Any) -> Any:
            self.burn()
            found = real(*args, **named)
            self.burn()
            return found

        setattr(owner, name, call)


def main(home: Path, path: Path, steps: int) -> None:
    """Read a table into a catalogue in small batches, killed at a step (0 for never)."""
    run.BATCH = 16
    catalogue = opened(home)
    ledger = ledger_of(home, catalogue)
    fuse = Fuse(steps)
    for owner, name in ((ledger, "note"), (ledger, "note_run"), (catalogue, "_put"),
                        (catalogue, "_save")):  # fmt: skip
        fuse.around(owner, name)
    ingest(Job(source_for("table", path), path), catalogue, ledger, describe)
    ledger.close()
    catalogue.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
