"""The command line as a person calls it, run in the process of the test."""

from __future__ import annotations

import gc
import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from moodreel.agent.channels.terminal import main


class Outcome(NamedTuple):
    """What a command left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)

    def is_one_sentence(self, *parts: str) -> bool:
        """Whether stderr is one line for a person that has these words in it."""
        assert self.err.count("\n") == 1, self.err
        assert self.err.startswith("moodreel: ")
        return all(part in self.err for part in parts)


def prepare(home: Path, *arguments: str, **settings: str) -> str:
    """Run a command on a data folder that several tests begin with; what it printed."""
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as out:
        for name, value in {"MOODREEL_HOME": str(home), **settings}.items():
            patch.setenv(name, value)
        try:
            with pytest.raises(SystemExit) as left, redirect_stderr(io.StringIO()):
                main(list(arguments))
        finally:
            gc.enable()
    assert not left.value.code
    return out.getvalue()


class Shell:
    """Runs commands in this process, which is much quicker than starting one for each."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._patch = monkeypatch

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Outcome:
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self._capsys.readouterr()
        try:
            with pytest.raises(SystemExit) as left:
                main(list(arguments))
        finally:
            gc.enable()
        code = left.value.code
        return Outcome(code if isinstance(code, int) else 0, *self._capsys.readouterr())
