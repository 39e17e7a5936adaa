"""The bench of several workers: a small load over two processes, all of it as said to one agent."""

from __future__ import annotations

from pathlib import Path

from moodreel.agent.bench.workers import Load, measure

from .conftest import copy_folder


async def test_a_small_load_is_answered_whole(
    database: str, built_home: Path, tmp_path: Path
) -> None:
    copy_folder(built_home, tmp_path / "home")
    told: list[str] = []
    table = await measure(Load(4, 6, 2, 4), tmp_path, database, told.append)
    rows = {row[0]: row[1] for row in table.rows}
    assert rows["turns answered"] == "24"
    assert rows["errors"] == "0"
    assert rows["delivered to two workers at once"] == "2"
    for what in ("profiles", "dialogues", "lasting taste"):
        assert rows[f"{what} as said to one agent"] == "4 of 4"
    assert told
