"""Settings: from the environment, a file and arguments; what contradicts is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from moodreel.agent.settings import load_settings
from moodreel.errors import (
    BadSettings,
)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"engine": "gpt"}, "MOODREEL_ENGINE"),
        ({"ollama_url": "ftp://box"}, "ollama_url is no address"),
        ({"candidates": 5, "picks": 6}, "raise candidates or lower picks"),
        ({"plan_seconds": 0}, "MOODREEL_PLAN_SECONDS"),
        ({"embedder": "huge"}, "MOODREEL_EMBEDDER"),
    ],
)
def test_settings_that_contradict_are_refused(given: dict[str, object], says: str) -> None:
    with pytest.raises(BadSettings, match=says):
        load_settings(**given)


def test_settings_come_from_the_environment_and_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("MOODREEL_PICKS=3\nMOODREEL_CANDIDATES=12\nOTHER=1\n")
    monkeypatch.setenv("MOODREEL_CANDIDATES", "40")
    settings = load_settings()
    assert (settings.picks, settings.candidates) == (3, 40)
    assert settings.home == tmp_path / "home"


@pytest.mark.parametrize(
    "name", ["tmdb_key", "discord_token", "slack_bot_token", "slack_app_token",
             "slack_signing_secret"],
)  # fmt: skip
def test_keys_are_taken_without_the_blanks_that_copying_adds(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"MOODREEL_{name.upper()}", " xoxb-1\n")
    assert getattr(load_settings(), name).get_secret_value() == "xoxb-1"
    monkeypatch.setenv(f"MOODREEL_{name.upper()}", " ")
    assert getattr(load_settings(), name) is None
    with pytest.raises(BadSettings, match=f"{name} has characters that no key has"):
        load_settings(**{name: "xoxb 1"})


def test_a_data_folder_is_a_whole_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("MOODREEL_HOME", "~/films")
    assert load_settings().home == tmp_path / "films"
    monkeypatch.setenv("MOODREEL_HOME", "")
    assert load_settings().home.name == "moodreel"
    monkeypatch.setenv("MOODREEL_HOME", "~nobody-of-this-name/films")
    with pytest.raises(BadSettings, match="nobody-of-this-name"):
        load_settings()


def test_a_settings_file_that_is_no_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(b"MOODREEL_PICKS=\xff\xfe")
    with pytest.raises(BadSettings, match="can't be read"):
        load_settings()
