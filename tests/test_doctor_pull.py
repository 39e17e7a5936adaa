"""``moodreel doctor --pull``: models are fetched, what fails is a sentence, and Ctrl-C lets go."""

from __future__ import annotations

import asyncio
import os
import pty
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedOllama
from moodreel.agent.bench.scripted_shapes import NOMIC
from moodreel.agent.channels.doctor_ollama import Lines, pull_model, pull_models, sentence
from moodreel.agent.engines.llm.server import OllamaServer
from moodreel.errors import EngineError

from .test_doctor_ollama import READY, settings


async def test_what_is_missing_is_pulled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ScriptedOllama(models=[NOMIC]) as server:
        await pull_models(settings(server, embedder="ollama", home=tmp_path))
        assert [body["model"] for body in server.asked("pull")] == ["gemma3:4b"]
        assert {each["model"] for each in server.asked("show")} <= {"gemma3:4b"}
        told = capsys.readouterr().err.splitlines()
        assert await OllamaServer(server.url).installed("gemma3:4b")
    assert told[0] == "Pulling gemma3:4b."
    assert [line.split(": ")[1] for line in told[1:-2]] == [
        f"{percent} % of 3.3 GB" for percent in (20, 50, 70, 100)
    ]
    assert told[-2:] == ["gemma3:4b is there now.", "nomic-embed-text is there already."]


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault.NOT_FOUND, "there is no model of this name; the names are at https://ollama.com"),
        (Fault.NO_SPACE, "the disk of the machine that Ollama runs on is full"),
        (Fault.DROP, "broke off"), (Fault.RESET, "goes on where it stopped"),
        (Fault.SILENT_END, "goes on where it stopped"), (Fault.ERROR_LINE, "goes on where"),
        (Fault.GARBAGE, "is not Ollama"), (Fault.HTML, "is not Ollama"),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)  # fmt: skip
async def test_a_pull_that_fails(fault: Fault, says: str) -> None:
    with ScriptedOllama(models=[], faults={"pull": fault}) as server:
        with pytest.raises(EngineError) as refused:
            await pull_model(OllamaServer(server.url), "gemma3:4b")
        assert says in str(refused.value)
        assert str(refused.value).startswith("'gemma3:4b' could not be pulled: ")
        server.heal()
        await pull_model(OllamaServer(server.url), "gemma3:4b")


async def test_nobody_to_pull_from() -> None:
    with pytest.raises(EngineError, match="nothing answers at"):
        await pull_models(settings())


@pytest.mark.parametrize(
    "told",
    [
        'pull model manifest: Get "https://registry.example/v2": dial tcp: lookup registry.example'
        ": no such host",
        "max retries exceeded: EOF",
        "net/http: TLS handshake timeout",
    ],
)
def test_a_library_out_of_reach(told: str) -> None:
    said = sentence("m", EngineError(f"the server reported an error: {told}"))
    assert "Ollama can't reach its library" in said


async def test_a_pull_that_is_stopped_lets_go() -> None:
    with ScriptedOllama(models=[], faults={"pull": Fault.STALL}) as server:
        pulling = asyncio.ensure_future(pull_model(OllamaServer(server.url), "gemma3:4b"))
        assert await server.until(lambda: bool(server.asked("pull")))
        pulling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await pulling
        assert await server.until(lambda: server.left == 1)


def test_lines_in_a_pipe_are_few(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines("m")
    for done in range(0, 1_001):
        lines("pulling", 5_000 * done, 5_000_000)
    lines("pulling", 0, 0)
    lines("pulling", 500, 4_000_000)
    told = capsys.readouterr().err.splitlines()
    assert told == [f"m: {percent} % of 5 MB" for percent in range(10, 101, 10)]


def run(server: ScriptedOllama, home: Path, *words: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own, with a terminal for its stderr."""
    environment = {
        **os.environ, "MOODREEL_OLLAMA_URL": server.url, "MOODREEL_HOME": str(home),
        "TERM": "xterm", "COLUMNS": "120",
    }  # fmt: skip
    mine, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "moodreel", *words],
        env=environment, stdout=subprocess.PIPE, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    process.shown = []  # type: ignore[attr-defined]
    threading.Thread(target=_read, args=(mine, process.shown), daemon=True).start()  # type: ignore[attr-defined]
    return process


def _read(terminal: int, shown: list[bytes]) -> None:
    while True:
        try:
            shown.append(os.read(terminal, 65_536))
        except OSError:
            os.close(terminal)
            return


def test_control_c_stops_a_pull(home: Path) -> None:
    with ScriptedOllama(models=[], faults={"pull": Fault.STALL}) as server:
        process = run(server, home, "doctor", "--pull")
        assert server.wait_until(lambda: bool(server.asked("pull")), 60)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 130
        assert server.wait_until(lambda: server.left == 1)
    assert out == b""
    assert "goes on where it stopped" in b"".join(process.shown).decode()  # type: ignore[attr-defined]


def test_the_command_pulls_and_then_examines(home: Path) -> None:
    with ScriptedOllama(reply=lambda _: READY, models=[]) as server:
        process = run(server, home, "doctor", "--pull")
        out, _ = process.communicate(timeout=120)
    shown = b"".join(process.shown).decode()  # type: ignore[attr-defined]
    assert process.returncode == 0
    assert "3.3" in shown
    assert "gemma3:4b is there now." in shown
    assert "ok      answer: loaded and answered in" in out.decode()
