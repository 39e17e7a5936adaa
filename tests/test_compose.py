"""docker-compose.yml and the Dockerfile: read and held against what they speak of, not run."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from moodreel.agent.channels.terminal import app
from moodreel.agent.settings import Settings, load_settings
from typer.main import get_command

from .conftest import ROOT

SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
PAGE = SERVICES["services"]["page"]


def _lines(word: str) -> list[str]:
    whole = DOCKERFILE.replace("\\\n", " ")
    return [line.removeprefix(word).strip() for line in whole.splitlines() if line.startswith(word)]


def test_the_page_knows_its_three_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {n: v.replace("${POSTGRES_PASSWORD}", "pw") for n, v in PAGE["environment"].items()}
    names = {f"MOODREEL_{name.upper()}" for name in Settings.model_fields}
    assert given.keys() <= names
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.server
    hosts = (settings.server.url, settings.postgres or "", settings.ollama_url)
    assert [re.sub(r".*[/@](\w+):\d+.*", r"\1", host) for host in hosts] == [
        "qdrant", "postgres", "ollama",
    ]  # fmt: skip
    assert {"qdrant", "postgres", "ollama"} == PAGE["depends_on"].keys()


def test_the_server_is_of_the_clients_version() -> None:
    """qdrant-client asks for a server that is at most one minor version away."""
    pinned = re.search(r"^qdrant-client==1\.(\d+)", (ROOT / "constraints.txt").read_text(), re.M)
    served = re.fullmatch(r"qdrant/qdrant:v1\.(\d+)\.\d+", SERVICES["services"]["qdrant"]["image"])
    assert pinned
    assert served
    assert abs(int(pinned[1]) - int(served[1])) <= 1


def test_every_service_and_volume_is_there() -> None:
    services = SERVICES["services"]
    assert PAGE["depends_on"].keys() < services.keys()
    used = {volume.split(":")[0] for each in services.values() for volume in each["volumes"]}
    assert used == SERVICES["volumes"].keys()
    waited = {n for n, how in PAGE["depends_on"].items() if how["condition"] == "service_healthy"}
    assert all("healthcheck" in services[name] for name in waited)


def test_only_the_page_is_open_and_only_to_this_machine() -> None:
    opened = {name: each["ports"] for name, each in SERVICES["services"].items() if "ports" in each}
    assert opened == {"page": ["127.0.0.1:7860:7860"]}


def test_no_password_is_written_down() -> None:
    found = SERVICES["services"]["postgres"]["environment"]["POSTGRES_PASSWORD"]
    assert found.startswith("${POSTGRES_PASSWORD:?")


def test_the_image_installs_what_is_there_and_starts_a_command() -> None:
    (target,) = re.findall(r"^make (\w+)", _lines("RUN")[1])
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    extras = _lines("RUN")[1].partition("EXTRAS=")[2].split(",")
    declared = (ROOT / "pyproject.toml").read_text("utf-8")
    assert all(re.search(rf"^{extra} = \[", declared, re.MULTILINE) for extra in extras)
    program, command, *options = json.loads(_lines("CMD")[0])
    assert program == ".venv/bin/moodreel"
    known = get_command(app).commands[command]  # type: ignore[attr-defined]
    assert {option for each in known.params for option in each.opts} >= set(options[::2])
    assert _lines("EXPOSE") == [options[3]]


def test_nothing_private_goes_into_the_image() -> None:
    left_out = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {".env", ".git", ".venv"} <= set(left_out)
