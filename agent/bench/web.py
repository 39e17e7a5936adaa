"""Many people at the chat page of one server at once: how long they wait, and what it takes.

Every visitor is a browser session of its own that goes the page's way: the queue that its presses
go through, the stream that answers are drawn by, and all that is drawn anew after each turn. What
the browser itself needs to show it is not measured.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import httpx
from rapidfuzz.fuzz import partial_ratio

from ...errors import WorkError
from ...ingest.starter import starter_items
from . import Table, percentile, run
from .messages import EVENING
from .web_server import WebServer, serving
from .web_tab import Layout, Tab, Trouble
from .web_visitor import TALKS, Figures, Visitor

Tell = Callable[[str], None]

USERS = 50
SECONDS = 180.0
THINK = 6.5
"""Mean seconds between an answer and the next message; some people read, some press at once."""
_WATCHED = 15.0
_ALIKE = 80


@dataclass(frozen=True)
class Memory:
    """Resident memory of the server, in bytes, so many seconds after the visitors came.

    ``at`` is the same moment on the clock of `time.monotonic`.
    """

    seconds: float
    at: float
    bytes: int


@dataclass(frozen=True)
class Load:
    """What came of a measurement: the visitors' figures and the server's memory, once a second.

    ``spent`` is the server's processor time in seconds, from the first visitor's coming on.
    """

    figures: Figures
    memory: Sequence[Memory]
    seconds: float
    busy: str
    spent: float


def tables_of_web(
    tell: Tell, *, users: int = USERS, seconds: float = SECONDS, think: float = THINK
) -> list[Table]:
    """Time, errors and memory of so many users at once, for so many seconds.

    Raises:
        WorkError: the server failed to start, or ended.
    """
    with tempfile.TemporaryDirectory(prefix="moodreel-bench-") as folder:
        home = Path(folder)
        tell("Building the catalogue")
        run(home, "catalogue", "--json")
        tell("Starting a server")
        with serving(home) as server:
            load = asyncio.run(visited(server, tell, users, seconds, think))
    title = f"Web: {users} visitors for {seconds:.0f} s, one server, {os.cpu_count()} cores"
    rows = [*turn_rows(load), *error_rows(load), *memory_rows(load), ["load average", load.busy]]
    return [Table(title, ["measure", "value"], rows)]


async def visited(server: WebServer, tell: Tell, users: int, seconds: float, think: float) -> Load:
    """What came of it when all users were there, after one to warm up.

    Raises:
        WorkError: the server ended, or doesn't answer.
    """
    # The server ends connections that are idle for five seconds; using one just then would fail,
    # where a browser tries again.
    limits = httpx.Limits(
        max_connections=None, max_keepalive_connections=None, keepalive_expiry=2.0
    )
    timeout = httpx.Timeout(60, read=None)
    async with httpx.AsyncClient(
        base_url=server.url, limits=limits, timeout=timeout, trust_env=False
    ) as client:
        layout = Layout.of((await client.get("/config")).raise_for_status().json())
        tab = partial(Tab, client, layout)
        tell("Warming up")
        await warmed(tab())
        figures, before, spent = Figures(), busy(), server.spent()
        tell(f"{users} visitors talk for {seconds:.0f} s")
        talking = asyncio.create_task(_all(tab, figures, users, seconds, think))
        try:
            memory = await _watched(server, figures, talking, tell)
            await talking
        finally:
            talking.cancel()
    both = f"{before} before, {busy()} after"
    return Load(figures, memory, seconds, both, server.spent() - spent)


async def warmed(tab: Tab) -> None:
    """Have one evening, so that all that is loaded when it is first needed is there.

    Raises:
        WorkError: the page doesn't answer.
    """
    try:
        await tab.open()
        for message in EVENING:
            await tab.type("box", message)
            await tab.settled()
    except (Trouble, httpx.HTTPError) as error:
        raise WorkError(f"The measured page doesn't answer ({error}).") from error
    finally:
        await tab.close()


async def _all(
    tab: Callable[[], Tab], figures: Figures, users: int, seconds: float, think: float
) -> None:
    """All visitors, who come one after another within the first moments."""
    films = favourites(users)
    end = time.monotonic() + seconds

    async def one(number: int, film: str) -> None:
        await asyncio.sleep(think * number / users)
        others = [other for other in films if other != film]
        visitor = Visitor(tab, figures, film, others, think=think, seed=number)
        await visitor.stay(end)

    async with asyncio.TaskGroup() as group:
        for number, film in enumerate(films):
            group.create_task(one(number, film))


def favourites(users: int) -> list[str]:
    """A film for each user, as title and year, that nothing else they say could name."""
    messages = [message.casefold() for talk in TALKS for message in talk]
    films = [
        item.label
        for item in starter_items()
        if all(partial_ratio(item.title.casefold(), said) < _ALIKE for said in messages)
    ]
    return Random(users).sample(films, users)  # noqa: S311 (a repeatable choice, no secret)


async def _watched(
    server: WebServer, figures: Figures, talking: asyncio.Task[None], tell: Tell
) -> list[Memory]:
    """The server's memory, once a second as long as there is talk; tells of progress and troubles.

    Raises:
        WorkError: the server ended.
    """
    begun, told, heard = time.monotonic(), 0.0, 0
    memory = [Memory(0.0, begun, server.memory())]
    while not talking.done():
        await asyncio.wait([talking], timeout=1.0)
        now = time.monotonic()
        memory.append(Memory(now - begun, now, server.memory()))
        for trouble in figures.troubles[heard:]:
            tell(f"{memory[-1].seconds:.0f} s: {trouble}")
        heard = len(figures.troubles)
        if memory[-1].seconds - told >= _WATCHED:
            told = memory[-1].seconds
            tell(
                f"{told:.0f} s: {len(figures.turns)} turns, {len(figures.troubles)} errors,"
                f" {_mb(memory[-1].bytes)}"
            )
    return memory


def turn_rows(load: Load) -> list[list[str]]:
    """How many turns there were and how long they took."""
    turns, seen = load.figures.turns, load.figures
    if not turns:
        return [["turns", "0"]]
    return [
        ["turns", f"{len(turns)}, {seen.presses} of them presses on films"],
        ["conversations", str(seen.conversations)],
        ["turns a second", f"{len(turns) / load.seconds:.1f}"],
        ["turn, p50 and p95", _times([turn.answered for turn in turns])],
        ["turn, worst", f"{1000 * max(turn.answered for turn in turns):.0f} ms"],
        ["first drawing of a turn, p50 and p95", _times([turn.first for turn in turns])],
        ["whole page up to date, p50 and p95", _times([turn.drawn for turn in turns])],
        ["server's processor time a turn", f"{1000 * load.spent / len(turns):.0f} ms"],
    ]


def error_rows(load: Load) -> list[list[str]]:
    """How many errors there were, and of which kinds."""
    kinds = Counter(trouble.kind for trouble in load.figures.troubles)
    return [
        ["errors", str(kinds.total())],
        *([f"error: {kind}", str(count)] for kind, count in kinds.most_common()),
    ]


def memory_rows(load: Load) -> list[list[str]]:
    """The server's resident memory, and by how much a turn lets it grow once all are there."""
    first, last = load.memory[0], load.memory[-1]
    settled = next(each for each in load.memory if each.seconds >= load.seconds / 3)
    later = [turn for turn in load.figures.turns if turn.begun >= settled.at]
    growth = last.bytes - settled.bytes
    return [
        ["memory, warmed up", _mb(first.bytes)],
        [f"memory, after {settled.seconds:.0f} s", _mb(settled.bytes)],
        ["memory, at the end", _mb(last.bytes)],
        ["memory growth", _mb(last.bytes - first.bytes)],
        [
            "of it after the first third",
            f"{_mb(growth)}, {growth / max(len(later), 1) / 1e3:.0f} kB a turn",
        ],
    ]


def busy() -> str:
    """What else the machine does: its load average of one minute, where the system tells."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"


def _times(seconds: Sequence[float]) -> str:
    return f"{1000 * percentile(seconds, 50):.0f} ms and {1000 * percentile(seconds, 95):.0f} ms"


def _mb(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
