"""The parity table: the same scripts through every channel, turn by turn.

``python -m tests.measure_parity [EVERY]`` plays every EVERYth script of ``tests/dialogues`` that
needs no setting up (10 where nothing is said), and the scripts of ``tests/test_parity.py``.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from moodreel.agent.replay.load import Loaded, load
from moodreel.agent.replay.script import Setup
from moodreel.agent.settings import load_settings
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.starter import open_catalogue
from rich.console import Console
from rich.table import Table

from .conftest import ROOT, copy_folder
from .players import CHANNELS
from .test_parity import SCRIPTS, traces

PARTS = ("picks", "profile", "text", "understood", "trace")


def chosen(every: int, folder: Path) -> list[Loaded]:
    """The scripts to play."""
    own = folder / "parity.yaml"
    own.write_text(SCRIPTS, encoding="utf-8")
    suite = load(sorted((ROOT / "tests" / "dialogues").rglob("*.yaml")))
    plain = [each for each in suite if each.script.setup == Setup()]
    return [*load([own]), *plain[::every]]


def compared(direct: Sequence[Any], other: Sequence[Any]) -> Counter[str]:
    """How many turns came out alike, by part of the answer."""
    alike = Counter(turns=len(direct))
    for mine, theirs in zip(direct, other, strict=True):
        alike.update(part for part in PARTS if mine[part] == theirs[part])
    return alike


async def measure(every: int, folder: Path, starter: Catalogue, built: Path) -> Table:
    """A row a channel."""
    alike = {name: Counter[str]() for name in CHANNELS if name != "python"}
    scripts = chosen(every, folder)
    for loaded in scripts:
        direct = await traces(loaded, "python", built, folder, starter)
        for name, counts in alike.items():
            counts.update(compared(direct, await traces(loaded, name, built, folder, starter)))
    table = Table("channel", "turns", *PARTS, title=f"{len(scripts)} scripts, as through Python")
    for name, counts in alike.items():
        table.add_row(name, *(str(counts[part]) for part in ("turns", *PARTS)))
    return table


def main(every: int) -> None:
    """Print the table."""
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="moodreel-parity-") as name:
        folder = Path(name)
        settings = load_settings(home=folder / "built", engine="builtin")
        open_catalogue(settings.home, settings.embedder).close()
        starter = open_catalogue(copy_folder(settings.home, folder / "read"), settings.embedder)
        Console().print(asyncio.run(measure(every, folder, starter, settings.home)))
        starter.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
