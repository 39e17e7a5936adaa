"""Choosing the engine: Ollama where it can serve, a reason where it can't, nobody waits long."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedModel, ScriptedOllama
from moodreel.agent.bench.scripted_shapes import NOMIC
from moodreel.agent.engines import choose
from moodreel.agent.engines.choose import choose_engine
from moodreel.agent.settings import Settings, load_settings
from moodreel.errors import BadSettings
from moodreel.ingest.catalogue import Catalogue

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def ollama() -> Iterator[ScriptedOllama]:
    with ScriptedOllama() as server:
        yield server


def settings(**given: Any) -> Settings:
    return Settings(**{"ollama_url": NOBODY, **given})


async def test_auto_takes_ollama(ollama: ScriptedOllama, starter: Catalogue) -> None:
    chosen = await choose_engine(settings(ollama_url=ollama.url), starter)
    assert (chosen.engine.name, chosen.says) == ("ollama", "Ollama with gemma3:4b.")
    assert chosen.as_wished
    assert ollama.asked("chat") == []


async def test_auto_without_ollama(starter: Catalogue) -> None:
    chosen = await choose_engine(settings(), starter)
    assert chosen.engine.name == "builtin"
    assert chosen.says == f"The builtin engine: nothing answers at {NOBODY}."


async def test_builtin_asks_nobody(ollama: ScriptedOllama, starter: Catalogue) -> None:
    chosen = await choose_engine(settings(engine="builtin", ollama_url=ollama.url), starter)
    assert (chosen.engine.name, chosen.says) == ("builtin", "The builtin engine, as set.")
    assert ollama.seen == []


async def test_a_model_that_is_missing(ollama: ScriptedOllama, starter: Catalogue) -> None:
    chosen = await choose_engine(settings(ollama_url=ollama.url, model="qwen3:8b"), starter)
    assert chosen.engine.name == "builtin"
    assert chosen.says == (
        "The builtin engine: Ollama is there, but has no model 'qwen3:8b';"
        " get it with: ollama pull qwen3:8b"
    )


@pytest.mark.parametrize("name", ["llama3", "llama3:latest"])
async def test_a_name_without_its_tag(name: str, starter: Catalogue) -> None:
    with ScriptedOllama(models=[ScriptedModel("llama3:latest")]) as server:
        chosen = await choose_engine(settings(ollama_url=server.url, model=name), starter)
    assert chosen.engine.name == "ollama"


async def test_a_model_that_cannot_chat(starter: Catalogue) -> None:
    with ScriptedOllama(models=[NOMIC]) as server:
        given = settings(ollama_url=server.url, model="nomic-embed-text")
        chosen = await choose_engine(given, starter)
    assert chosen.engine.name == "builtin"
    assert "can't chat; set MOODREEL_MODEL" in chosen.says


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault.HTML, "is not Ollama"), (Fault.NO_ROUTE, "is not Ollama"),
        (Fault.GARBAGE, "is not Ollama"), (Fault.WRONG_SHAPE, "is not Ollama"),
        (Fault.ERROR, "error"), (Fault.TOO_MANY, "busy"), (Fault.BUSY, "busy"),
        (Fault.DROP, ""), (Fault.RESET, ""), (Fault.REDIRECT, "another address"),
        (Fault.REFUSE, "nothing answers"),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)  # fmt: skip
@pytest.mark.parametrize("kind", ["version", "show"])
async def test_a_server_with_a_fault(
    fault: Fault, says: str, kind: str, starter: Catalogue
) -> None:
    with ScriptedOllama(faults={kind: fault}) as server:
        given = settings(ollama_url=server.url.replace("//", "//ann:secret@"))
        auto = await choose_engine(given, starter)
        wished = await choose_engine(given.model_copy(update={"engine": "ollama"}), starter)
    assert (auto.engine.name, wished.engine.name) == ("builtin", "ollama")
    for chosen in (auto, wished):
        assert says in chosen.says
        assert "secret" not in chosen.says
        assert "ann" not in chosen.says
        assert chosen.says.endswith(".")
        assert not chosen.says.endswith("..")
    assert wished.says.startswith("Ollama with gemma3:4b, as set; for now ")
    assert not wished.as_wished


@pytest.mark.parametrize("kind", ["version", "show"])
async def test_a_server_that_says_nothing(
    kind: str, starter: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choose, "ASK_SECONDS", 0.2)
    with ScriptedOllama(faults={kind: Fault.SLOW}) as server:
        chosen = await choose_engine(settings(ollama_url=server.url), starter)
        server.release()
    assert chosen.engine.name == "builtin"
    assert "said nothing for 0.2 s" in chosen.says
    assert choose.PROBE_SECONDS + 2.5 <= 3


async def test_a_model_name_that_is_no_name(ollama: ScriptedOllama, starter: Catalogue) -> None:
    odd = "x\x1b[31m\n" * 50
    chosen = await choose_engine(settings(ollama_url=ollama.url, model=odd), starter)
    assert chosen.engine.name == "builtin"
    assert "\x1b" not in chosen.says
    assert "\n" not in chosen.says


async def test_many_at_once(
    ollama: ScriptedOllama, starter: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Twenty at once on a busy machine may take longer than one person would wait.
    monkeypatch.setattr(choose, "PROBE_SECONDS", 30.0)
    monkeypatch.setattr(choose, "ASK_SECONDS", 30.0)
    given = [settings(ollama_url=ollama.url), settings()] * 10
    found = await asyncio.gather(*(choose_engine(each, starter) for each in given))
    assert [each.engine.name for each in found] == ["ollama", "builtin"] * 10


async def test_looking_for_nobody_is_quick(starter: Catalogue) -> None:
    began = time.perf_counter()
    await choose_engine(settings(), starter)
    assert time.perf_counter() - began < choose.PROBE_SECONDS


def test_without_ollama_no_client_is_loaded() -> None:
    program = (
        "import asyncio, sys\n"
        "from moodreel.agent.engines.choose import problem_with\n"
        "from moodreel.agent.settings import Settings\n"
        "before = set(sys.modules)\n"
        f"said = asyncio.run(problem_with(Settings(ollama_url={NOBODY!r})))\n"
        "assert said.startswith('nothing answers'), said\n"
        "print(sorted({'ollama', 'langchain_ollama'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("box", "http://box:11434"),
        ("box:8080", "http://box:8080"),
        (":8080", "http://127.0.0.1:8080"),
        ("0.0.0.0", "http://127.0.0.1:11434"),  # noqa: S104
        ("http://ann:p%40ss@0.0.0.0:8080/", "http://ann:p%40ss@127.0.0.1:8080"),
        ("[::]:8080", "http://[::1]:8080"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("::1", "http://[::1]:11434"),
        ("https://box.example", "https://box.example"),
        ("https://box.example/ollama/", "https://box.example/ollama"),
        (' "127.0.0.1:8080" ', "http://127.0.0.1:8080"),
        ("http://0.0.0.0.example:1", "http://0.0.0.0.example:1"),
    ],
)
def test_addresses_are_understood_as_ollama_understands_them(
    monkeypatch: pytest.MonkeyPatch, given: str, url: str
) -> None:
    monkeypatch.delenv("MOODREEL_OLLAMA_URL", raising=False)
    monkeypatch.setenv("OLLAMA_HOST", given)
    assert load_settings().ollama_url == url
    assert load_settings(ollama_url=url).ollama_url == url


@pytest.mark.parametrize(
    "given", ["http://", "ftp://box", "bad host", "box:99999", "box:x", "[::1", "://", "//"]
)
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(BadSettings, match="is no address"):
        load_settings(ollama_url=given)
