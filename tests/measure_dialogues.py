"""The suite on both engines, by ability: `python -m tests.measure_dialogues`.

The model's path is the real client against the scripted server, whose model understands what the
builtin engine reads (`tests/test_dialogues_llm.py`).
"""

# ruff: noqa: T201 - it prints, that is its purpose.

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from moodreel.agent.replay.load import load
from moodreel.agent.replay.options import RunOptions
from moodreel.agent.replay.repeating import play_script
from moodreel.agent.replay.result import ScriptResult
from moodreel.agent.replay.run import report_of
from moodreel.agent.replay.setup import Stage
from moodreel.agent.replay.statistics import Group, groups

from .test_dialogues_llm import DIALOGUES, ModelServer


async def played(stage: Stage) -> list[ScriptResult]:
    """Every script once, one after the other."""
    return [await play_script(stage, each, RunOptions()) for each in load([DIALOGUES])]


def table(results: list[ScriptResult]) -> dict[str, Group]:
    """The groups of some results by name, the last one of all."""
    return {group.name: group for group in groups(report_of(results, RunOptions(), ""))}


def main() -> None:
    """Play and print."""
    with TemporaryDirectory() as folder:
        begun = time.perf_counter()
        builtin = asyncio.run(played(Stage(Path(folder) / "builtin", "builtin")))
        between = time.perf_counter()
        served = ModelServer()
        with served.server:
            model = asyncio.run(played(Stage(Path(folder) / "model", "ollama", served.engine)))
        ended = time.perf_counter()
    both = table(builtin), table(model)
    print("| ability | scripts | builtin | model's path |\n|---|--:|--:|--:|")
    for name, group in both[0].items():
        ways = (f"{each[name].passed} of {group.scripts - group.known}" for each in both)
        print(f"| {name} | {group.scripts} | {' | '.join(ways)} |")
    print(f"\n{between - begun:.0f} s and {ended - between:.0f} s, one after the other")
    for result in [*builtin, *model]:
        if not result.passed:
            print(f"{result.scenario}: {result.known_failure or 'failed'}")


if __name__ == "__main__":
    main()
