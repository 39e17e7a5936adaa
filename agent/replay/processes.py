"""Scripts in processes of their own: the builtin engine leaves no processor idle."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import tempfile
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import aclosing
from functools import cache
from pathlib import Path
from typing import TypeVar

from .load import Loaded
from .options import RunOptions
from .repeating import play_script
from .result import ScriptResult
from .setup import Stage

WORTH_IT = 6
"""Scripts that a process should have to play, since it takes some seconds to begin."""
Placed = tuple[int, ScriptResult]
Result = TypeVar("Result")


def workers(scripts: int, jobs: int) -> int:
    """How many processes so many scripts are worth, at most ``jobs``."""
    return max(1, min(jobs, scripts // WORTH_IT))


async def in_processes(
    scripts: Sequence[tuple[int, Loaded]], options: RunOptions, folder: Path, count: int
) -> AsyncGenerator[Placed]:
    """Play scripts in ``count`` processes; results as they come, with the places given.

    Whatever ends this generator early ends the processes too.
    """
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_leave_interrupts)
    loop = asyncio.get_running_loop()
    try:
        playing = [
            loop.run_in_executor(pool, _play, place, loaded, options, str(folder))
            for place, loaded in scripts
        ]
        async with aclosing(as_they_come(playing)) as results:
            async for placed in results:
                yield placed
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


async def as_they_come(playing: Sequence[asyncio.Future[Result]]) -> AsyncGenerator[Result]:
    """Results in the order in which they are ready; what is left is cancelled at the end."""
    try:
        for ready in asyncio.as_completed(playing):
            yield await ready
    finally:
        for each in playing:
            each.cancel()
        await asyncio.gather(*playing, return_exceptions=True)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that was started by a person."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@cache
def _place(folder: str) -> tuple[asyncio.Runner, Stage]:
    """What a process plays on, opened at its first script."""
    return asyncio.Runner(), Stage(Path(tempfile.mkdtemp(dir=folder)))


def _play(place: int, loaded: Loaded, options: RunOptions, folder: str) -> Placed:
    runner, stage = _place(folder)
    return place, runner.run(play_script(stage, loaded, options))
