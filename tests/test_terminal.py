"""The terminal's own part: what is shown, slash commands, stopping and leaving."""

from __future__ import annotations

import asyncio
import codecs
import io
import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from moodreel.agent.channels import chat, output, screens, show
from moodreel.agent.channels.chat import Talk, respond
from moodreel.agent.reply import Event, Pick
from rich.console import Console

from .channel_stand_in import PICKS, StandIn, answer

ROOT = Path(__file__).parents[1]
_STYLE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


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


def drawn(width: int, *, colour: bool = True) -> tuple[screens.Drawn, io.StringIO]:
    file = io.StringIO()
    made = Console(
        file=file, width=width, force_terminal=colour, markup=False, emoji=False, highlight=False
    )
    return screens.Drawn(made), file


@pytest.mark.parametrize("width", [30, 50, 80, 140])
def test_picks_fit_the_width_and_lose_nothing(width: int) -> None:
    screen, file = drawn(width)
    screen.whole(answer())
    lines = _STYLE.sub("", file.getvalue()).splitlines()
    assert max(map(len, lines)) <= width
    shown = " ".join(" ".join(lines).split())
    for part in ("Sullivan's", "(1941)", "90 min", "laughs", "mood", "plot", "Old or new?"):
        assert part in shown
    assert ("━━━━━━" in shown) == (width >= show.NARROW)


def test_nothing_in_a_title_commands_the_terminal() -> None:
    screen, file = drawn(90)
    screen.whole(answer())
    rest = _STYLE.sub("", file.getvalue())
    assert "[bold]Trick[/bold] \N{REPLACEMENT CHARACTER}[31mred" in rest
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", rest)


def test_bars_show_the_share() -> None:
    assert show.bar(0) == "──────"
    assert show.bar(0.5) == "━━━───"
    assert show.bar(7) == "━━━━━━"


def test_plain_output_has_no_escape_codes(capsys: pytest.CaptureFixture[str]) -> None:
    screens.Plain().whole(answer("Text with \x1b[31m colour"))
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "[Tonight: light.]" in printed


def test_json_escapes_what_could_command_a_terminal() -> None:
    text = output.as_json({"title": "é \x9b31m \u202e \x1b"})
    assert json.loads(text) == {"title": "é \x9b31m \u202e \x1b"}
    assert "é" in text
    assert output.clean(text) == text


async def test_words_stream_where_there_is_no_list() -> None:
    screen, file = drawn(80, colour=False)
    agent = StandIn(answer("Heat runs 170 minutes.", picks=()))
    reply = await screen.follow(agent.stream("how long?", "c1"))
    assert reply is agent.reply
    assert file.getvalue().count("Heat runs 170 minutes.") == 1


async def test_a_list_is_shown_once_as_a_table() -> None:
    screen, file = drawn(100, colour=False)
    await screen.follow(StandIn().stream("light", "c1"))
    assert file.getvalue().count("Sullivan's Travels") == 1
    assert file.getvalue().count("Something light.") == 1
    assert file.getvalue().index("Zorblax") > file.getvalue().index("laughs on the road")


def waiting(pick: Pick) -> Pick:
    return pick.model_copy(update={"reason": ""})


def line(number: int, pick: Pick) -> str:
    return f"{number}. {show.label(pick.title, pick.year)}: {pick.reason}"


async def streamed(file: io.StringIO, *pieces: Event | str) -> AsyncIterator[Event]:
    """A turn in pieces; text that starts with "=" says what must be on the screen by then."""
    for piece in pieces:
        if isinstance(piece, Event):
            yield piece
        elif piece.startswith("="):
            assert piece[1:] in _STYLE.sub("", file.getvalue())
        elif piece.startswith("!"):
            assert piece[1:] not in _STYLE.sub("", file.getvalue())
        else:
            yield Event(event="text", text=piece)


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("width", [40, 100])
async def test_each_pick_is_drawn_when_its_line_comes(width: int, colour: bool) -> None:
    screen, file = drawn(width, colour=colour)
    first, second = PICKS
    whole = f"Something light.\n\n{line(1, first)}\n{line(2, second)}\n\nOld or new?"
    events = streamed(
        file,
        Event(event="picks", picks=(waiting(first), waiting(second))),
        "!Sullivan",
        "Something light.",
        "=Something light.",
        "!Sullivan",
        Event(event="reason", picks=(first,)),
        f"\n\n{line(1, first)}",
        "=laughs on the road.",
        "!Trick",
        Event(event="reason", picks=(second,)),
        f"\n{line(2, second)}",
        "=Trick",
        "=A reason with",
        "\n\nOld or new?",
        Event(event="reply", reply=answer(whole)),
    )
    reply = await screen.follow(events)
    printed = _STYLE.sub("", file.getvalue())
    assert reply is not None
    assert [printed.count(part) for part in ("Sullivan's", "Trick", "Old or new?")] == [1, 1, 1]
    assert ("━" in printed) and printed.endswith("Old or new?\n")


async def test_text_in_any_pieces_is_shown_once() -> None:
    text = f"Something light.\n\n{line(1, PICKS[0])}\n{line(2, PICKS[1])}\n\n1. is no pick."
    for size in range(1, 40):
        screen, file = drawn(120, colour=False)
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        given: tuple[Event | str, ...] = (Event(event="picks", picks=PICKS), *pieces)
        await screen.follow(streamed(file, *given, Event(event="reply", reply=answer(text))))
        printed = " ".join(file.getvalue().split())
        for part in ("Something light.", "laughs on the road.", "with � a bell", "1. is no pick."):
            assert printed.count(part) == 1


async def test_a_turn_that_is_stopped_ends_its_line_and_draws_nothing_more() -> None:
    async def stopped() -> AsyncIterator[Event]:
        yield Event(event="picks", picks=tuple(map(waiting, PICKS)))
        yield Event(event="text", text="Something light.")
        raise asyncio.CancelledError

    screen, file = drawn(100, colour=False)
    with pytest.raises(asyncio.CancelledError):
        await screen.follow(stopped())
    assert file.getvalue() == "Something light.\n"


def test_a_list_that_the_words_leave_out_is_shown_all_the_same() -> None:
    screen, file = drawn(100, colour=False)
    screen.whole(answer("Here you are."))
    assert file.getvalue().count("Sullivan's Travels") == 1


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
