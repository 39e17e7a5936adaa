"""Many conversations over several processes that share a database: speed, and nothing lost.

``python -m moodreel.agent.bench.workers --conversations 500 --turns 6 --workers 4``

Each conversation hops to another process with every turn, and every twentieth message is delivered
to two processes at once. Afterwards each profile and dialogue is compared with the same messages
said to one agent, one after the other.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from ...errors import WorkError
from ...ingest.starter import open_catalogue
from ..companion import MovieAgent
from ..conversations import Conversations, MemoryConversations, open_conversations
from ..engines.builtin import BuiltinEngine
from ..lasting import wanted
from ..session import Session
from ..settings import Settings, load_settings
from . import Table, percentile
from .messages import CONVERSATIONS
from .postgres_server import PostgresServer

_TWICE = 20
"""One message in so many is delivered to two workers at once."""


@dataclass(frozen=True)
class Load:
    """What is measured: so many conversations of so many turns, some of them at once."""

    conversations: int
    turns: int
    workers: int
    at_once: int

    def session(self, number: int) -> Session:
        """Who talks in a conversation, and where."""
        return Session("bench", f"room-{number % 10}", str(number), f"user-{number}")

    def messages(self, number: int) -> list[str]:
        """What is said in a conversation."""
        return list(islice(cycle(CONVERSATIONS[number % len(CONVERSATIONS)]), self.turns))


@dataclass
class Seen:
    """What came of it: seconds of each turn, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    twice: int = 0
    spent: float = 0.0


class Worker:
    """A process that answers."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._number = 0
        self._listening: asyncio.Task[None] | None = None

    @staticmethod
    async def start(home: Path, database: str) -> Worker:
        """Start one on a data folder of its own, and wait until it is ready."""
        given = {"HOME": str(home), "DATABASE": database, "ENGINE": "builtin"}
        own = {f"MOODREEL_{name}": value for name, value in given.items()}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "moodreel.agent.bench.worker"),
            env={**os.environ, **own},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        worker = Worker(process)
        await worker._line()
        worker._listening = asyncio.create_task(worker._listen())
        return worker

    async def ask(self, session: Session, turn_id: str, message: str) -> dict[str, Any]:
        """Have it take a turn; what it says of it."""
        self._number += 1
        number, answer = self._number, asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        asked = {"conversation": session.key, "turn_id": turn_id, "message": message}
        assert self._process.stdin  # noqa: S101 - it is a pipe
        self._process.stdin.write(json.dumps({"number": number, **asked}).encode() + b"\n")
        await self._process.stdin.drain()
        return dict(await answer)

    async def stop(self) -> None:
        """Let it come to its end."""
        assert self._process.stdin  # noqa: S101 - it is a pipe
        self._process.stdin.close()
        await self._process.wait()
        if self._listening:
            await asyncio.gather(self._listening, return_exceptions=True)

    async def _listen(self) -> None:
        while True:
            said = await self._line()
            self._waiting.pop(said["number"]).set_result(said)

    async def _line(self) -> dict[str, Any]:
        assert self._process.stdout  # noqa: S101 - it is a pipe
        line = await self._process.stdout.readline()
        if not line:
            error = WorkError("A worker ended before its work did; see what it said above.")
            for each in self._waiting.values():
                each.set_exception(error)
            raise error
        return dict(json.loads(line))


async def measure(load: Load, folder: Path, database: str, tell: Callable[[str], None]) -> Table:
    """Play the load over workers, and compare what is kept with the same said to one agent."""
    home = folder / "home"
    catalogue = await asyncio.to_thread(open_catalogue, home)
    catalogue.close()
    async with AsyncExitStack() as stack:
        tell(f"starting {load.workers} workers, each with a copy of the catalogue")
        workers = [await _started(home, place, database) for place in range(load.workers)]
        for worker in workers:
            stack.push_async_callback(worker.stop)
        seen = await _played(load, workers, tell)
    tell("saying the same to one agent, one message after the other")
    alike, serial = await _compared(load, home, load_settings(home=home, database=database))
    return _table(load, seen, alike, serial)


async def _started(home: Path, place: int, database: str) -> Worker:
    own = home.with_name(f"home-{place}")
    # `cp` keeps the holes of mostly empty files.
    await asyncio.to_thread(subprocess.run, ["cp", "-R", str(home), str(own)], check=True)
    return await Worker.start(own, database)


async def _played(load: Load, workers: Sequence[Worker], tell: Callable[[str], None]) -> Seen:
    seen, free, began = Seen(), asyncio.Semaphore(load.at_once), time.perf_counter()

    async def talk(number: int) -> None:
        async with free:
            for turn, message in enumerate(load.messages(number)):
                await _turn(load, workers, seen, (number, turn), message)
        if (number + 1) % max(1, load.conversations // 10) == 0:
            tell(f"{len(seen.seconds):,} turns answered")

    await asyncio.gather(*(talk(number) for number in range(load.conversations)))
    seen.spent = time.perf_counter() - began
    return seen


async def _turn(
    load: Load, workers: Sequence[Worker], seen: Seen, place: tuple[int, int], message: str
) -> None:
    number, turn = place
    here = number + turn
    twice = (number * load.turns + turn) % _TWICE == 0 and len(workers) > 1
    asked = [workers[(here + more) % len(workers)] for more in range(1 + twice)]
    began = time.perf_counter()
    said = await asyncio.gather(
        *(worker.ask(load.session(number), f"t{turn}", message) for worker in asked)
    )
    seen.seconds.append(time.perf_counter() - began)
    seen.twice += twice
    seen.errors += [answer["error"] for answer in said if "error" in answer]
    seen.errors += [
        f"turn {turn + 1} was answered as {answer['turn']}"
        for answer in said
        if answer.get("turn", turn + 1) != turn + 1
    ]


@dataclass(frozen=True)
class Alike:
    """How many conversations have the same profile, dialogue and lasting taste as said to one."""

    profiles: int
    dialogues: int
    tastes: int


async def _compared(load: Load, home: Path, settings: Settings) -> tuple[Alike, float]:
    catalogue = await asyncio.to_thread(open_catalogue, home)
    kept = await open_conversations(settings)
    try:
        shared = MovieAgent(settings, catalogue, kept, BuiltinEngine(catalogue))
        alone = MovieAgent(settings, catalogue, MemoryConversations(), BuiltinEngine(catalogue))
        began = time.perf_counter()
        for number in range(load.conversations):
            for message in load.messages(number):
                await alone.send(message, load.session(number))
        spent = time.perf_counter() - began
        return await _alike(load, shared, alone, kept), spent
    finally:
        await kept.close()
        catalogue.close()


async def _alike(load: Load, shared: MovieAgent, alone: MovieAgent, kept: Conversations) -> Alike:
    profiles = dialogues = tastes = 0
    for number in range(load.conversations):
        session = load.session(number)
        profile = await alone.profile(session)
        profiles += await shared.profile(session) == profile
        dialogues += await shared.history(session) == await alone.history(session)
        links = (await alone._kept(session)).links
        said = [row.content for row in await kept.lasting(session.owner) if row.content]
        tastes += said == [content for content in wanted(profile, links).values() if content]
    return Alike(profiles, dialogues, tastes)


def _table(load: Load, seen: Seen, alike: Alike, serial: float) -> Table:
    turns, all_of = len(seen.seconds), f"of {load.conversations:,}"
    rows = [
        ("turns answered", f"{turns:,}"),
        ("turns/s", f"{turns / seen.spent:.1f}"),
        ("turns/s, one agent alone, in memory", f"{turns / serial:.1f}"),
        ("median of a turn", f"{1000 * percentile(seen.seconds, 50):.0f} ms"),
        ("95th percentile", f"{1000 * percentile(seen.seconds, 95):.0f} ms"),
        ("errors", f"{len(seen.errors):,}"),
        ("delivered to two workers at once", f"{seen.twice:,}"),
        ("profiles as said to one agent", f"{alike.profiles:,} {all_of}"),
        ("dialogues as said to one agent", f"{alike.dialogues:,} {all_of}"),
        ("lasting taste as said to one agent", f"{alike.tastes:,} {all_of}"),
        *(("error", text) for text in seen.errors[:5]),
    ]
    title = (
        f"{load.conversations:,} conversations of {load.turns} turns over {load.workers} workers,"
        f" {load.at_once} at once"
    )
    return Table(title, ("what", "value"), rows)


def main() -> None:
    """Measure with the numbers of the command line, and print the table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    for name, usual in (("conversations", 500), ("turns", 6), ("workers", 4), ("at-once", 8)):
        options.add_argument(f"--{name}", type=int, default=usual)
    options.add_argument("--database", help="where to keep them; else a Postgres server of its own")
    given = options.parse_args()
    load = Load(given.conversations, given.turns, given.workers, given.at_once)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="moodreel-bench-")))
        database = given.database or stack.enter_context(PostgresServer()).make("bench")
        table = asyncio.run(
            measure(load, folder, database, lambda text: print(text, file=sys.stderr))  # noqa: T201
        )
    print(table.title)  # noqa: T201
    for what, value in table.rows:
        print(f"  {what:<38} {value}")  # noqa: T201


if __name__ == "__main__":
    main()
