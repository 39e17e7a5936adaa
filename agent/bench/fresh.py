"""Seconds from ``make run`` in a new clone to a page that answers.

Run as a program: ``python -m moodreel.agent.bench.fresh``. It clones the repository that it is
part of, so what isn't committed isn't there, and takes packages as pip does on this machine: from
its cache where it has one, from the network with ``PIP_NO_CACHE_DIR=1`` (uv: ``UV_NO_CACHE=1``).
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
from rich.console import Console

from ...errors import UsageError, WorkError
from . import Table
from .web_check import Said, problem
from .web_server import state
from .web_tab import Layout, Tab

ROOT = Path(__file__).parents[2]
LONGEST = 1_800.0
"""Seconds after which there should be a page."""
FIRST = "something warm and funny, not animated, under two hours"
_PLACE = re.compile(r"Moodreel is at (http://\S+)")


class Start:
    """A ``make run`` that was just begun, and what it wrote."""

    def __init__(self, clone: Path, process: subprocess.Popen[bytes], log: Path) -> None:
        """Look at a process in the folder of a clone."""
        self.clone = clone
        self.begun = time.perf_counter()
        self.process = process
        self._log = log

    def seconds(self) -> float:
        """Seconds since it began."""
        return time.perf_counter() - self.begun

    def said(self) -> str:
        """All it wrote so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def installed(self) -> bool:
        """Whether the environment is complete, embedding weights included."""
        return (self.clone / ".venv" / ".weights").exists()

    def url(self) -> str:
        """Where the page is; empty until it says so."""
        found = _PLACE.search(self.said())
        return found[1] if found else ""

    def ready(self) -> bool:
        """Whether the page says that the catalogue is built."""
        return bool(self.url()) and state(self.url()) == "ready"

    def wait(self, what: str) -> float:
        """Wait until ``installed``, ``url`` or ``ready``; the seconds since it began.

        Raises:
            WorkError: it ended before, or took longer than ``LONGEST``.
        """
        while not getattr(self, what)():
            if self.process.poll() is not None:
                raise WorkError(f"make run ended: {self.said().strip()[-300:]!r}")
            if self.seconds() > LONGEST:
                raise WorkError(f"make run wasn't {what} within {LONGEST:.0f} s.")
            time.sleep(0.1)
        return self.seconds()


@contextmanager
def started(folder: Path) -> Iterator[Start]:
    """``make run`` in a new clone, with a data folder of its own; ends with the block.

    Raises:
        UsageError: this is no clone of the repository.
    """
    clone, log = folder / "moodreel", folder / "log"
    _clone(clone)
    own = {"MOODREEL_HOME": str(folder / "home"), "MOODREEL_ENGINE": "builtin"}
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["make", "run"],  # noqa: S607 (where make is differs)
            cwd=clone,
            env={**os.environ, **own},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield Start(clone, process, log)
        finally:
            # The page is served by a child of make's.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def _clone(target: Path) -> None:
    if not (ROOT / ".git").exists():
        raise UsageError(f"{str(ROOT)!r} is no clone of the repository; run this in one.")
    subprocess.run(  # noqa: S603 (two folders, no shell)
        ["git", "clone", "--quiet", str(ROOT), str(target)],  # noqa: S607 (where git is differs)
        check=True,
    )


def fresh() -> Table:
    """Seconds from ``make run`` until each thing is there.

    Raises:
        UsageError: this is no clone of the repository.
        WorkError: it didn't come to an answer with films.
    """
    with (
        tempfile.TemporaryDirectory(prefix="moodreel-fresh-") as folder,
        started(Path(folder)) as start,
    ):
        until = {
            "environment made": start.wait("installed"),
            "page answers": start.wait("url"),
            "catalogue ready": start.wait("ready"),
        }
        asyncio.run(answered(start.url()))
        until["first answer with films"] = start.seconds()
    rows = [[what, f"{seconds:.1f} s"] for what, seconds in until.items()]
    return Table("From make run in a new clone", ["until", "seconds"], rows)


async def answered(url: str) -> None:
    """Say something at a page.

    Raises:
        WorkError: the answer isn't one, or has no films.
    """
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as client:
        tab = Tab(client, Layout.of((await client.get("/config")).raise_for_status().json()))
        try:
            await tab.open()
            await tab.type("box", FIRST)
            wrong = problem(tab.at("dialogue"), [Said(FIRST, films=True)], ())
        finally:
            await tab.close()
    if wrong:
        raise WorkError(f"The page answered wrongly: {wrong}.")


if __name__ == "__main__":
    measured = fresh()
    console = Console(highlight=False)
    console.print(measured.title)
    for what, seconds in measured.rows:
        console.print(f"{what:<26}{seconds:>10}")
