"""`moodreel ingest video` as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..shell import Shell
from .stage import ID, sound


@pytest.mark.usefixtures("stub")
def test_the_command_makes_items_of_files(shell: Shell, home: Path, tmp_path: Path) -> None:
    assert home.exists()
    files = [str(sound(tmp_path / f"Talk {n}.wav", n)) for n in (2, 3)]
    done = shell("ingest", "video", *files, "--json")
    assert [each["title"] for each in done.data["videos"]] == ["Talk 2", "Talk 3"]
    assert {each["by"] for each in done.data["videos"]} == {"faster-whisper small"}
    again = shell("ingest", "video", *files, "--json")
    assert [each["id"] for each in again.data["videos"]] == [
        each["id"] for each in done.data["videos"]
    ]
    assert shell("catalogue", "--json").data["sources"]["video"] == 2


def test_wrong_use_is_a_sentence(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    assert shell("ingest", "video", "nothing here").is_one_sentence("is no video")
    missing = shell("ingest", "video", str(sound(tmp_path / "a.wav")))
    assert missing.code == 2
    assert "--download" in missing.err
    assert shell("ingest", "video", ID, ID, "--title", "One").is_one_sentence("one by one")
