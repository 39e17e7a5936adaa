"""The terminal's own part: what is shown, slash commands, stopping and leaving."""

from __future__ import annotations

import codecs
import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from moodreel.agent.channels import chat
from moodreel.agent.channels.chat import Talk, respond

from .channel_stand_in import PICKS, StandIn

ROOT = Path(__file__).parents[1]


class Notes:
    """A screen that only takes notes."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def heard(self, line: str) -> None:
        """Note the line."""
        self.said.append(f"> {line}")

    def remark(self, text: str) -> None:
        """Note the remark."""
        self.said.append(text)

    def whole(self, reply: object) -> None:
        """Note that a reply was shown."""
        self.said.append("whole reply")

    async def follow(self, events: object) -> object:
        """Read the turn to its end."""
        reply = None
        async for event in events:  # type: ignore[attr-defined]
            reply = event.reply or reply
        self.said.append("followed reply")
        return reply


@pytest.fixture
def talk() -> Talk:
    return Talk(StandIn(), "c1", Notes())  # type: ignore[arg-type]


async def test_a_message_goes_to_the_agent(talk: Talk) -> None:
    await respond(talk, "something light")
    assert talk.agent.calls == [("stream", "something light", "c1")]  # type: ignore[attr-defined]
    assert talk.picks == PICKS


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ("/why 1", ("feedback", "c1", "a", "why")),
        ("/like 2", ("feedback", "c1", "b", "liked")),
        ("/SEEN 1", ("feedback", "c1", "a", "seen")),
        ("/undo", ("undo", "c1")),
        ("/reset", ("edit_profile", "c1", "reset")),
        ("/profile", ("profile", "c1")),
    ],
)
async def test_slash_commands(talk: Talk, line: str, call: tuple[str, ...]) -> None:
    talk.picks = PICKS
    await respond(talk, line)
    assert talk.agent.calls == [call]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/wyh 1", "did you mean /why?"),
        ("/frobnicate", "no command '/frobnicate'"),
        ("/why", "number from 1 to 2"),
        ("/why 3", "number from 1 to 2"),
        ("/seen -1", "number from 1 to 2"),
        ("/like ²", "number from 1 to 2"),
        ("/export", "Name the file"),
        ("/export .", "is there already"),
        ("/export /no/such/folder/a.json", "can't be written"),
    ],
)
async def test_wrong_slash_commands_get_a_sentence(talk: Talk, line: str, says: str) -> None:
    talk.picks = PICKS
    await respond(talk, line)
    assert says in talk.screen.said[-1]  # type: ignore[attr-defined]
    assert not talk.agent.calls  # type: ignore[attr-defined]


async def test_numbers_mean_nothing_before_a_list(talk: Talk) -> None:
    await respond(talk, "/why 1")
    assert "Nothing has been recommended yet" in talk.screen.said[-1]  # type: ignore[attr-defined]


async def test_help_names_every_command(talk: Talk) -> None:
    await respond(talk, "/help")
    for name in chat.SLASHES:
        assert f"/{name}" in talk.screen.said[-1]  # type: ignore[attr-defined]


async def test_export_writes_json_and_never_overwrites(talk: Talk, tmp_path: Path) -> None:
    path = tmp_path / "talk.json"
    await respond(talk, f"/export {path}")
    written = path.read_text(encoding="utf-8")
    assert json.loads(written)["conversation"] == "c1"
    await respond(talk, f"/export {path}")
    assert "give another name" in talk.screen.said[-1]  # type: ignore[attr-defined]
    assert path.read_text(encoding="utf-8") == written


CHILD = """
import fcntl, sys, termios
if sys.stdin.isatty():
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
sys.path.insert(0, {tests!r})
from channel_stand_in import StandIn
from moodreel.agent.channels import chat
agent = StandIn(seconds={seconds})
async def opened():
    return agent
chat.open_companion = opened
chat.hold("c1")
print("calls", len(agent.calls), agent.calls[-1])
"""


class Terminal:
    """`chat` with a scripted agent, in a process of its own on a pseudo-terminal."""

    def __init__(self, seconds: float) -> None:
        code = CHILD.format(tests=str(ROOT / "tests"), seconds=seconds)
        mine, theirs = pty.openpty()
        self.shown = ""
        self._read = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._mine = mine
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
        )
        os.close(theirs)

    def type(self, text: str) -> None:
        os.write(self._mine, text.encode())

    def wait_for(self, text: str, seconds: float = 20, pressing: str = "") -> None:
        """Read on until a text comes after what was waited for before.

        ``pressing`` is pressed as long as nothing comes: Python misses a Ctrl-C that falls
        between its prompt and its waiting for a key, and a person presses it again.
        """
        end = time.monotonic() + seconds
        while (place := self.shown.find(text, self._read)) < 0:
            assert time.monotonic() < end, f"{text!r} never came: {self.shown!r}"
            if select.select([self._mine], [], [], 0.2)[0]:
                self.shown += self._decoder.decode(os.read(self._mine, 65536))
            elif pressing:
                self.type(pressing)
        self._read = place + len(text)

    def left(self) -> int:
        """Wait for the end; the exit code."""
        return self.process.wait(20)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._mine)


def test_control_c_stops_the_answer_and_then_leaves() -> None:
    with Terminal(seconds=30) as terminal:
        terminal.wait_for(chat.PROMPT)
        terminal.type("something slow\n")
        terminal.wait_for("Reading")
        terminal.type("\x03")
        terminal.wait_for("Stopped.")
        terminal.wait_for(chat.PROMPT)
        terminal.wait_for("calls 2 ('close',)", pressing="\x03")
        assert terminal.left() == 0
        assert "Traceback" not in terminal.shown


def test_a_chat_says_which_engine_answers() -> None:
    with Terminal(seconds=0) as terminal:
        terminal.wait_for(StandIn.choice)
        terminal.wait_for(chat.PROMPT)


def test_control_d_leaves() -> None:
    with Terminal(seconds=0) as terminal:
        terminal.wait_for(chat.PROMPT)
        terminal.type("something light\n")
        terminal.wait_for("Old or new?")
        terminal.wait_for(chat.PROMPT)
        terminal.type("\x04")
        terminal.wait_for("chat --conversation c1")
        assert terminal.left() == 0


def test_a_pipe_reads_as_a_dialogue() -> None:
    code = CHILD.format(tests=str(ROOT / "tests"), seconds=0)
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=b"something light\n\n/why 1\n\xff\xfe\n/quit\nnot reached\n",
        capture_output=True,
        check=False,
        timeout=60,
    )
    printed = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "> something light\n\n[Tonight: light.]\n\nSomething light.\n" in printed
    assert "not text in UTF-8" in printed
    assert "\x1b" not in printed
    assert "not reached" not in printed
    assert "calls 3 ('close',)" in printed


def test_a_closed_pipe_ends_quietly(home: Path) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "moodreel", "similar", "Heat"],
            stdout=pipe,
            stderr=subprocess.PIPE,
            env={**os.environ, "MOODREEL_HOME": str(home)},
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, b"")
