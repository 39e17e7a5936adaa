"""One script comes out alike on every channel: films, words, profile and tool calls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from moodreel.agent.replay.load import Loaded, load
from moodreel.agent.replay.playing import Playing
from moodreel.agent.replay.result import RunResult
from moodreel.ingest.catalogue import Catalogue

from .conftest import copy_folder
from .players import CHANNELS

SCRIPTS = """
scenario: Said and pressed
turns:
  - user: rough week, I'd like something warm and funny, not animated, under two hours
  - press: {act: seen, item: "#1"}
  - press: {act: more_like, item: "#2", dimension: mood}
  - user: the second one but lighter
  - press: {act: undo}
  - press: {act: recommend}
---
scenario: Asked and answered
turns:
  - user: Ich möchte etwas wie "Dune" — aber kürzer & <b>ruhiger</b>
  - press: {act: recommend}
  - press: {act: loved, item: "#2"}
  - press: {act: disliked, item: "#3"}
  - press: {act: why, item: "#1"}
  - user: "nothing before 1990; who directed number 1?"
"""
TIMED = ("timings_ms", "calls")


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Loaded, ...]:
    path = tmp_path_factory.mktemp("parity") / "scripts.yaml"
    path.write_text(SCRIPTS, encoding="utf-8")
    return load([path])


async def trace(loaded: Loaded, channel: str, home: Path, starter: Catalogue) -> list[Any]:
    """All that a script's turns came to on a channel, but for times."""
    async with CHANNELS[channel](home) as player:
        run = await Playing(loaded.script, player, starter, year=2026).run()
    assert _unbroken(run)
    data = run.model_dump(mode="json")
    return [{k: v for k, v in turn.items() if k not in TIMED} for turn in data["turns"]]


def _unbroken(run: RunResult) -> bool:
    return all(turn.text and not turn.error for turn in run.turns)


async def traces(
    loaded: Loaded, channel: str, built: Path, folder: Path, starter: Catalogue
) -> list[Any]:
    """The script on a channel, over a data folder that is new and the channel's own."""
    home = copy_folder(built, folder / f"{channel}-{loaded.script.scenario}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOODREEL_HOME", str(home))
        return await trace(loaded, channel, home, starter)


@pytest.mark.parametrize("channel", [name for name in CHANNELS if name != "python"])
async def test_a_channel_gives_what_python_gives(
    channel: str, scripts: tuple[Loaded, ...], built_home: Path, starter: Catalogue, tmp_path: Path
) -> None:
    for loaded in scripts:
        direct = await traces(loaded, "python", built_home, tmp_path, starter)
        assert await traces(loaded, channel, built_home, tmp_path, starter) == direct
        assert any(turn["picks"] for turn in direct) and any(turn["trace"] for turn in direct)
