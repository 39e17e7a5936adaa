"""README.md is run, not trusted."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from moodreel.ingest.minilm import MINILM

from .readme import ROOT, TYPED, blocks, commands, printed_dialogue, written_dialogue

PROGRAM = ".venv/bin/moodreel"


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def test_every_command_is_make_or_moodreel() -> None:
    for command in commands():
        program, *rest = shlex.split(command)
        assert program in ("make", PROGRAM)
        assert program != "make" or set(rest) <= _targets()


@pytest.mark.parametrize(
    "command", [c for c in commands() if c.startswith(PROGRAM) and not c.endswith("chat")]
)
def test_the_commands_work(command: str, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "moodreel", *shlex.split(command)[1:]],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "MOODREEL_HOME": str(home)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("code", blocks("python"))
def test_the_examples_run(code: str, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
        env={**os.environ, "MOODREEL_HOME": str(home)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.skipif(MINILM.problem() is not None, reason="printed with MiniLM: make install")
def test_the_dialogue_is_what_the_program_prints(home: Path) -> None:
    written = written_dialogue()
    typed = [line for line in TYPED.read_text("utf-8").splitlines() if line]
    assert [line[2:] for line in written.splitlines() if line.startswith("> ")] == typed
    assert len(typed) >= 4
    assert written == printed_dialogue(home), "print it anew with: make readme"
