"""How turns look at a terminal and in a pipe: words, picks, bars, and nothing that commands it."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import AsyncIterator

import pytest
from moodreel.agent.channels import output, screens, show
from moodreel.agent.reply import Event, Pick
from rich.console import Console

from .channel_stand_in import PICKS, StandIn, answer

_STYLE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


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
