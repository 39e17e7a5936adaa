"""A model that describes by the text alone, and a program of it that can be killed anywhere."""

from __future__ import annotations

import asyncio
import hashlib
import random
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from moodreel.ingest import describe
from moodreel.ingest.describe import Answer, Describing
from moodreel.ingest.item import AXES, MOOD_TAGS, Axes, Provenance
from moodreel.ingest.run import ledger_of
from moodreel.ingest.waiting import Wanted, waiting

from .ingest_stage import Fuse, opened

MODEL = "test:1b"
DAY = date(2026, 5, 4)


def written(text: str, model: str = MODEL) -> dict[str, Any]:
    """Descriptors that only depend on the text, and differ between texts."""
    dice = random.Random(hashlib.sha256(text.encode()).hexdigest())  # noqa: S311 - a test
    last = text.rsplit(maxsplit=1)[-1]
    return {
        "mood": f"It feels like {last}.", "target_audience": "Those who like it.",
        "plot_essence": f"Somebody wants {last}", "mood_tags": tuple(dice.sample(MOOD_TAGS, 3)),
        "archetypes": ("quest",), "axes": Axes(**{name: dice.randrange(5) for name in AXES}),
        "genres": ("Mystery",), "tags": (last.lower(),), "unsure": False,
        "provenance": Provenance(how="generated", by=model, made=DAY),
    }  # fmt: skip


class Asked:
    """Answers for a model, noting what it is asked and how many at a time."""

    def __init__(
        self, answer: Callable[[str], Answer] = lambda text: Answer(written(text))
    ) -> None:
        self.texts: list[str] = []
        self.most = 0
        self._now = 0
        self._answer = answer

    async def __call__(self, text: str) -> Answer:
        self.texts.append(text)
        self._now += 1
        self.most = max(self.most, self._now)
        await asyncio.sleep(0)
        self._now -= 1
        return self._answer(text)


def main(home: Path, steps: int) -> None:
    """Describe what waits in batches of 4, killed at a step (0 for never)."""
    describe.BATCH = 4
    catalogue = opened(home)
    ledger = ledger_of(home, catalogue)
    fuse = Fuse(steps)
    for name in ("note_described", "note_stored", "note_failed"):
        fuse.around(ledger, name)
    for name in ("_put", "_save"):
        fuse.around(catalogue, name)

    def answer(text: str) -> Answer:
        fuse.burn()
        return Answer(None, "no words") if text.endswith("7.") else Answer(written(text))

    names = waiting(catalogue, ledger, Wanted(MODEL)).items
    asyncio.run(Describing(catalogue, ledger, MODEL, Asked(answer)).run(names, jobs=3))
    ledger.close()
    catalogue.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
