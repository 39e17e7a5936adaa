"""The program where standard streams are closed, or speak another encoding."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from moodreel.agent.channels.streams import as_utf8

PROGRAM = [sys.executable, "-W", "error", "-m", "moodreel"]
PLAIN = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def run(command: str, home: Path, **extra: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command line of the shell in which ``moodreel`` is the program."""
    program = shlex.join(PROGRAM)
    environment = {**os.environ, "MOODREEL_HOME": str(home), **extra}
    return subprocess.run(
        ["sh", "-c", command.replace("moodreel", program, 1)],
        capture_output=True,
        env=environment,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("moodreel chat <&-", 0),
        ("moodreel ask - <&-", 2),
        ("moodreel ask hello >&-", 0),
        ("moodreel ask hello 2>&-", 0),
        ("moodreel ask hello >/dev/full", 1),
    ],
)
def test_a_stream_that_is_closed_or_full(home: Path, command: str, code: int) -> None:
    done = run(command, home)
    assert done.returncode == code, done.stderr
    assert b"unexpected" not in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"moodreel ask --conversation" not in done.stdout


@pytest.mark.parametrize("extra", [PLAIN, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "1"}])
def test_letters_are_understood_whatever_the_locale_says(home: Path, extra: dict[str, str]) -> None:
    done = run("moodreel ask --json 'something like Amélie'", home, **extra)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["understood"] == ["Like Amélie (2001)."]


def test_wrong_use_shows_how(home: Path) -> None:
    done = run("moodreel", home)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) > 10
    assert not done.stdout
    one_line = run("moodreel similar Heat --count 0", home).stderr.decode()
    assert one_line.count("\n") == 1
    assert one_line.endswith("or equal to 1. See: moodreel --help\n")


def test_a_bad_conversation_name_is_not_said_to_begin(home: Path) -> None:
    done = run(f"moodreel ask hello --conversation {'x' * 300}", home)
    assert done.returncode == 2
    assert b"begins here" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_typed_bytes_are_read_as_what_they_were(encoding: str) -> None:
    typed = "Amélie 🙂".encode().decode(encoding, "surrogateescape")
    assert as_utf8(typed, encoding) == "Amélie 🙂"
    assert as_utf8("caf\xe9", "latin-1") == "café"
    assert as_utf8("\udcff", "utf-8") == "\udcff"
