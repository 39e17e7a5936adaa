"""How fast Moodreel is on this machine and how much memory it takes: ``moodreel bench``."""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ...errors import UsageError, WorkError
from .messages import CONVERSATIONS

STARTS = 7
SIZES = (1_000, 10_000)
FIRST = "something warm and funny like Paddington 2 but not animated, under two hours"
NO_PAGE = "The page needs Gradio; get it with: pip install 'moodreel[web]'"


@dataclass(frozen=True)
class Table:
    """Results as they are printed: a title, a header, and rows of texts."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Run:
    """One finished process: seconds to its first output, peak resident memory in bytes."""

    seconds: float
    peak: int


def measure(
    part: str,
    tell: Callable[[str], None],
    sizes: Sequence[int] | None = None,
    minutes: int = 30,
) -> list[Table]:
    """The tables of a part: ``core``, ``ollama``, ``web``, ``catalogue``, ``scale`` or ``all``.

    ``tell`` hears of progress, and of what ``all`` leaves out because it isn't installed; ``all``
    leaves out ``scale`` too, which takes long. ``sizes`` are those of ``scale``, which
    stops measuring a size after so many ``minutes``.

    Raises:
        UsageError: what the part measures is not installed.
        WorkError: a measured process failed.
    """
    tables = []
    if part in ("core", "all"):
        tables.append(core(tell))
    if part in ("ollama", "all"):
        from .ollama import tables_of_ollama  # noqa: PLC0415 (it loads the model's client)

        tables += tables_of_ollama(tell)
    if part == "web" or (part == "all" and has_page(tell)):
        tables += visits(tell)
    if part == "scale":
        tables.append(scale(tell, sizes or SIZES, minutes))
    if part in ("catalogue", "all"):
        tables.append(catalogue(tell))
    return tables


def has_page(tell: Callable[[str], None]) -> bool:
    """Whether the chat page can be measured; says so where it can't."""
    if find_spec("gradio"):
        return True
    tell(f"Leaving out the page: {NO_PAGE}")
    return False


def visits(tell: Callable[[str], None]) -> list[Table]:
    """Many visitors of the chat page at once.

    Raises:
        UsageError: Gradio is not installed.
        WorkError: the measured server failed.
    """
    if not find_spec("gradio"):
        raise UsageError(NO_PAGE)
    from .web import tables_of_web  # noqa: PLC0415 (it loads Gradio's client)

    return tables_of_web(tell)


def core(tell: Callable[[str], None]) -> Table:
    """Build, start, warm turns and memory, in a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="moodreel-bench-") as folder:
        home = Path(folder)
        tell("Building the catalogue")
        build = run(home, "catalogue", "--json")
        tell(f"Starting {STARTS} processes")
        # One start that isn't counted brings the files into the disk cache.
        starts = [run(home, "ask", "--json", FIRST) for _ in range(STARTS + 1)][1:]
        opened = statistics.median([run(home, "catalogue", "--json").seconds for _ in range(3)])
        turns = asyncio.run(warm_turns(home))
        long = run(home, "chat", said="\n".join(m for c in CONVERSATIONS for m in c))
    seconds = sorted(start.seconds for start in starts)
    return Table(
        f"Core: {os.cpu_count()} cores, Python {sys.version.split()[0]}",
        ["measure", "value"],
        [
            ["process start to first answer, median", f"{statistics.median(seconds):.2f} s"],
            ["process start to first answer, worst", f"{seconds[-1]:.2f} s ({STARTS} runs)"],
            ["warm turn, p50", f"{1000 * percentile(turns, 50):.0f} ms ({len(turns)} messages)"],
            ["warm turn, p95", f"{1000 * percentile(turns, 95):.0f} ms"],
            ["catalogue build, once", f"{max(build.seconds - opened, 0):.1f} s"],
            ["peak memory, one answer", f"{max(s.peak for s in starts) / 1e6:.0f} MB"],
            [f"peak memory, chat of {len(turns)} messages", f"{long.peak / 1e6:.0f} MB"],
        ],
    )


def run(home: Path, *arguments: str, said: str = "") -> Run:
    """Run one command in a process of its own over a data folder.

    Raises:
        WorkError: it failed; the message has what it said.
    """
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as heard, tempfile.TemporaryFile() as failed:
        heard.write(said.encode())
        heard.seek(0)
        process = subprocess.Popen(  # noqa: S603 (this interpreter, arguments from this file)
            [sys.executable, "-m", "moodreel", *arguments],
            env={**os.environ, "MOODREEL_HOME": str(home)},
            stdin=heard,
            stdout=subprocess.PIPE,
            stderr=failed,
        )
        assert process.stdout is not None  # noqa: S101 (it was asked for)
        process.stdout.read(1)
        answered = time.perf_counter() - begun
        process.stdout.read()
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            failed.seek(0)
            said_last = failed.read().decode(errors="replace").strip()[-300:]
            raise WorkError(f"The measured command {arguments[0]!r} failed: {said_last}")
    # Linux counts in units of 1,024 bytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(answered, usage.ru_maxrss * unit)


async def warm_turns(home: Path) -> list[float]:
    """Seconds per turn over all bench conversations, one process, after one turn to warm up."""
    from ..companion import MovieAgent  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415

    agent = await MovieAgent.open(load_settings(home=home))
    taken = []
    try:
        await agent.send("hello", "warm-up")
        await agent.send("a quiet drama about grief", "warm-up")
        for number, messages in enumerate(CONVERSATIONS):
            for message in messages:
                begun = time.perf_counter()
                await agent.send(message, f"bench-{number}")
                taken.append(time.perf_counter() - begun)
    finally:
        await agent.close()
    return taken


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest value that at least ``share`` percent of all values don't exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def scale(tell: Callable[[str], None], sizes: Sequence[int], minutes: int) -> Table:
    """The same filtered query on catalogues of several sizes, and turns over them."""
    from ...ingest.bench_scale import measure_scale  # noqa: PLC0415
    from .scale_turns import turns_over  # noqa: PLC0415

    rows = measure_scale(sizes, tell, turns_over, minutes)
    return Table("Scale", list(rows[0]), [[*row.values()] for row in rows])


def catalogue(tell: Callable[[str], None]) -> Table:
    """The same filtered query on the embedded store and on qdrant-client's local mode."""
    from ...ingest.bench_store import compare  # noqa: PLC0415

    tell("Filling both stores")
    rows = compare()
    return Table("Catalogue", list(rows[0]), [[str(v) for v in row.values()] for row in rows])
