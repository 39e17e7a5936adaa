"""Running scripts: each as often as it asks, on several processors or beside each other."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from ..settings import load_settings
from .cassettes import Cassettes
from .load import Loaded
from .options import RunOptions
from .processes import Placed, as_they_come, in_processes, workers
from .repeating import play_script
from .result import Report, ScriptResult
from .setup import Stage

Heard = Callable[[ScriptResult], None]


async def run(
    loaded: Sequence[Loaded], options: RunOptions | None = None, heard: Heard = lambda result: None
) -> Report:
    """Play scripts and check every answer; nothing is written into anybody's data folder.

    Args:
        loaded: scripts, as `moodreel.agent.replay.load` reads them.
        options: how to play them.
        heard: called with each script's result as it comes, in any order.

    Returns:
        The results in the order of the scripts, which are the same whatever ``jobs`` is.

    Raises:
        BadScript: a setup names what there is not.
        EngineError: the engine of the options can't serve.
        UsageError: there is no recording to play back.
    """
    options = options or RunOptions()
    started, clock = now(), time.perf_counter()
    cassettes = Cassettes(options.record, options.replay)
    results: dict[int, ScriptResult] = {}
    with tempfile.TemporaryDirectory(prefix="moodreel-replay-") as folder:
        stage = Stage(Path(folder), options.engine, cassettes.engine)
        async with aclosing(_played(loaded, options, stage)) as playing:
            async for place, result in playing:
                results[place] = result
                heard(result)
    report = report_of([results[place] for place in sorted(results)], options, started)
    spent = round(time.perf_counter() - clock, 3)
    return report.model_copy(update={"seconds": spent, "unused": tuple(cassettes.unused)})


def now() -> str:
    """The time as a report has it: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def report_of(results: Sequence[ScriptResult], options: RunOptions, started: str) -> Report:
    """Results with what is true of all of them."""
    engine = options.engine or "builtin"
    return Report(
        moodreel=version("moodreel"),
        engine=engine,
        model="" if engine == "builtin" else load_settings().model,
        taped=options.replay is not None,
        started=started,
        scripts=tuple(results),
    )


async def _played(
    loaded: Sequence[Loaded], options: RunOptions, stage: Stage
) -> AsyncGenerator[Placed]:
    """Results as they come, each with the place of its script."""
    placed = list(enumerate(loaded))
    ruled = [each for each in placed if options.engine_of(each[1]) == "builtin"]
    count = workers(len(ruled), options.jobs)
    apart = ruled if count > 1 else []
    here = [each for each in placed if each not in apart]
    parts = [in_processes(apart, options, stage.folder, count)] if apart else []
    parts += [_here(here, options, stage)] if here else []
    try:
        for part in parts:
            async with aclosing(part) as results:
                async for result in results:
                    yield result
    finally:
        stage.close()


async def _here(
    scripts: Sequence[tuple[int, Loaded]], options: RunOptions, stage: Stage
) -> AsyncGenerator[Placed]:
    """Play scripts in this process, as many beside each other as the options say."""
    gate = asyncio.Semaphore(options.jobs)

    async def one(place: int, loaded: Loaded) -> Placed:
        async with gate:
            return place, await play_script(stage, loaded, options)

    playing = [asyncio.ensure_future(one(*each)) for each in scripts]
    async with aclosing(as_they_come(playing)) as results:
        async for result in results:
            yield result
