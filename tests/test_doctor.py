"""The doctor: each finding has a state that is true and, where something is amiss, a remedy."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from moodreel import MovieAgent
from moodreel.agent.channels import doctor
from moodreel.agent.channels.doctor import examine, usable
from moodreel.agent.engines.llm.finding import Finding
from moodreel.agent.settings import load_settings
from moodreel.ingest import embedding
from moodreel.ingest.starter import open_catalogue


def by_name(checks: list[Finding]) -> dict[str, Finding]:
    return {check.name: check for check in checks}


@pytest.mark.parametrize(
    ("file", "name", "remedy"),
    [("community/manifest.json", "ratings", "ingest them again"),
     ("genres.npz", "genres", "moodreel ingest genres")],
)  # fmt: skip
def test_what_was_learnt_and_can_not_be_read(home: Path, file: str, name: str, remedy: str) -> None:
    assert by_name(examine())[name].state == "ok"
    (home / file).parent.mkdir(exist_ok=True)
    (home / file).write_text("{}")
    found = by_name(examine())[name]
    assert found.state == "missing"
    assert remedy in found.remedy
    assert "can't be read" in found.says


@pytest.mark.usefixtures("home")
def test_a_working_place() -> None:
    checks = examine()
    assert usable(checks)
    found = by_name(checks)
    assert found["catalogue"].says.startswith("1,536 items")
    assert all(check.remedy for check in checks if check.state != "ok")


def test_nothing_is_built_by_looking(tmp_path: Path) -> None:
    found = by_name(examine())
    assert found["catalogue"].state == "ok"
    assert "first use builds it" in found["catalogue"].says
    assert not (tmp_path / "home" / "catalogue").exists()


def test_a_catalogue_in_use_or_broken(home: Path) -> None:
    held = open_catalogue(home)
    busy = by_name(examine())["catalogue"]
    held.close()
    assert busy.state == "broken"
    assert str(home) in busy.says
    (home / "catalogue" / "manifest.json").write_text("{", encoding="utf-8")
    assert by_name(examine())["catalogue"].state == "broken"


def test_a_place_that_refuses(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    check = doctor.data_folder(tmp_path / "file" / "below")
    assert check.state == "broken"
    assert "MOODREEL_HOME" in check.remedy


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.room(tmp_path / "not" / "there" / "yet").state == "ok"
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000))
    assert doctor.room(tmp_path).state == "broken"


@pytest.mark.usefixtures("home")
def test_missing_weights_are_no_disaster(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "The package 'x' isn't installed; run make install."
    monkeypatch.setattr(embedding, "missing_weights", lambda: sentence)
    check = by_name(examine())["embedder"]
    assert check.state == "missing"
    assert "'x' isn't installed → run make install" in check.line()
    assert check.remedy == "run make install"
    assert usable([check])


def test_settings_that_can_not_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOODREEL_EMBEDDER", "best")
    checks = examine()
    assert not usable(checks)
    assert "MOODREEL_EMBEDDER" in by_name(checks)["settings"].says


def test_conversations_are_counted_where_they_are_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOODREEL_HOME", str(home))
    assert by_name(examine())["conversations"].says == "none yet"
    with MovieAgent.open_sync(load_settings(engine="builtin")) as agent:
        agent.send_sync("something warm", "ann")
        agent.send_sync("something warm", "ben")
    assert by_name(examine())["conversations"].says == "2 kept"
    (home / "conversations.sqlite").write_bytes(b"no database" * 999)
    check = by_name(examine())["conversations"]
    assert check.state == "broken"
    assert "move that file away" in check.remedy


def test_a_database_that_does_not_answer_is_told_without_its_password(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOODREEL_HOME", str(home))
    monkeypatch.setenv("MOODREEL_DATABASE", "postgresql://ann:pw-of-ann@127.0.0.1:9/films")
    check = by_name(examine())["conversations"]
    assert check.state == "broken"
    assert "127.0.0.1:9/films" in check.says
    assert "pw-of-ann" not in check.line()


def test_extras_say_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doctor.EXTRAS, "web", ("no_such_package", "the page"))
    check = doctor.optional("web")
    assert (check.state, check.remedy) == ("missing", "pip install 'moodreel[web]'")
    monkeypatch.setitem(doctor.EXTRAS, "web", ("json", "the page"))
    assert doctor.optional("web").state == "ok"
