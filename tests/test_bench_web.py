"""The bench of the page: real visitors of a real server, and what counts as an error."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest

pytest.importorskip("gradio", reason="the page needs Gradio: pip install 'moodreel[web]'")

from moodreel.agent import bench
from moodreel.agent.bench import web_check
from moodreel.agent.bench.web import (
    Load,
    Memory,
    error_rows,
    favourites,
    memory_rows,
    turn_rows,
    visited,
    warmed,
)
from moodreel.agent.bench.web_check import Said, problem
from moodreel.agent.bench.web_server import (
    clock_seconds,
    processor_time,
    resident,
    serving,
    state,
)
from moodreel.agent.bench.web_tab import Layout, Tab, Trouble
from moodreel.agent.bench.web_visitor import TALKS, Figures, Turn, Visitor
from moodreel.errors import UsageError, WorkError

Json = dict[str, Any]
CARD = (
    '<article class="mr-card"><button type="button" data-to="chat" data-act="seen" data-id="tt1"'
    ' data-dimension="overall" aria-label="Seen it: Fish &amp; Chips: Two (1999)">x</button>'
    "</article>"
)


# --- a real server ----------------------------------------------------------------------------


async def test_a_few_visitors_are_measured_without_an_error(home: Path) -> None:
    told: list[str] = []
    with serving(home) as server:
        load = await visited(server, told.append, users=3, seconds=12, think=0.3)
        assert "Traceback" not in server.said()
    turns = load.figures.turns
    assert [str(each) for each in load.figures.troubles] == []
    assert turns
    assert load.figures.conversations >= 3
    for turn in turns:
        assert 0 < turn.first <= turn.answered <= turn.drawn
    assert load.memory[0].bytes > 50e6
    assert load.memory[-1].seconds >= 11
    assert 0 < load.spent < 12 * 64
    assert "3 visitors talk for 12 s" in told


async def test_a_visitor_goes_the_way_of_a_browser(home: Path) -> None:
    """What is said is kept under the visitor's own address, and drawn in every part of the page."""
    with serving(home) as server:
        async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
            layout = Layout.of((await client.get("/config")).json())
            ann, ben = Tab(client, layout), Tab(client, layout)
            for tab in (ann, ben):
                await tab.open()
            await asyncio.gather(
                ann.type("box", "I loved Heat (1995), what next?"),
                ben.type("box", "nothing scary please"),
            )
            await ann.settled()
            await ben.settled()
            assert problem(ann.at("dialogue"), [Said("I loved Heat (1995), what next?")], ()) == ""
            assert "Heat (1995)" in ann.at("taste-chips")
            assert "Heat (1995)" not in ben.at("taste-chips")
            assert web_check.listed(ann.at("sessions")) == [ann.at("where")]
            assert ann.at("where") != ben.at("where")
            seen = next(b for b in web_check.presses(ann.at("dialogue")) if b["data-act"] == "seen")
            data = {name: seen[f"data-{name}"] for name in ("act", "id", "dimension")}
            await ann.press("bridge-chat", "select", data)
            await ann.settled()
            film = web_check.film_of(seen)
            assert film in web_check.text_of(ann.at("taste-chips"))
            said = [Said("I loved Heat (1995), what next?"), Said(film, pressed=True)]
            assert problem(ann.at("dialogue"), said, ()) == ""
            await ann.press("new", "click")
            await ann.settled()
            assert ann.at("dialogue") == []
            with pytest.raises(LookupError):
                await ann.press("box", "no such event")
            with pytest.raises(Trouble, match="handler failed"):
                await ann.press("dialogue", "edit")
            for tab in (ann, ben):
                await tab.close()


async def test_a_server_that_ends_is_no_result(home: Path) -> None:
    with serving(home) as server:
        server.end()
        with pytest.raises(WorkError, match="ended by itself"):
            server.memory()
        assert state(server.url) == ""


def test_processor_time_is_that_of_work_not_of_waiting() -> None:
    before, counted = processor_time(os.getpid()), time.process_time()
    sum(range(20_000_000))
    # The system counts in hundredths.
    worked = time.process_time() - counted
    assert processor_time(os.getpid()) - before == pytest.approx(worked, abs=0.05)


def test_times_of_ps_are_read() -> None:
    assert clock_seconds("1:02.50") == 62.5
    assert clock_seconds("01:02:03") == 3723
    assert clock_seconds("2-01:02:03") == 2 * 86400 + 3723


def test_resident_memory_is_in_bytes() -> None:
    before = resident(os.getpid())
    held = b"x" * 60_000_000
    assert 50e6 < resident(os.getpid()) - before < 70e6
    del held


# --- what counts as an error ------------------------------------------------------------------


def shown(*messages: tuple[str, str]) -> list[Json]:
    names = {"user": "text", "assistant": "value"}
    return [{"role": role, "content": [{names[role]: text}]} for role, text in messages]


GOOD = '<div class="mr-reply"><p>You loved Heat (1995). Try these:</p>' + CARD + "</div>"
HI = [Said("hi & bye", films=True)]


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        (GOOD, ""),
        ("", "not complete"),
        ('<div class="mr-reply"></div>', "not complete"),
        (GOOD.replace('"mr-reply"', '"mr-reply" aria-busy="true"'), "not complete"),
        ('<p class="mr-problem">Something went wrong here</p>' + CARD, "a problem"),
        ("<p>Nothing fits.</p>", "without films"),
        (GOOD.replace("Heat (1995)", "Fish &amp; Chips (1998)"), "somebody else"),
    ],
)
def test_an_answer_is_looked_at(answer: str, wrong: str) -> None:
    found = problem(
        shown(("user", "hi &amp; bye"), ("assistant", answer)), HI, {"Fish & Chips (1998)"}
    )
    assert (wrong in found) if wrong else (found == "")


@pytest.mark.parametrize(
    "dialogue",
    [
        [],
        shown(("assistant", GOOD)),
        shown(("user", "hi"), ("assistant", GOOD)),
        shown(
            ("user", "hi & bye"), ("assistant", GOOD), ("user", "of others"), ("assistant", GOOD)
        ),
        shown(("user", "hi & bye")),
    ],
    ids=["nothing", "no words", "other words", "more words", "no answer"],
)
def test_other_words_than_were_said_are_an_error(dialogue: list[Json]) -> None:
    assert problem(dialogue, HI, ()) != ""


def test_a_press_is_shown_as_a_sentence_with_its_film() -> None:
    dialogue = shown(("user", "seen: Heat (1995)"), ("assistant", GOOD))
    assert problem(dialogue, [Said("Heat (1995)", pressed=True)], ()) == ""
    assert problem(dialogue, [Said("Alien (1979)", pressed=True)], ()) != ""


def test_buttons_are_read_as_a_browser_reads_them() -> None:
    (button,) = web_check.presses(shown(("user", "hi"), ("assistant", GOOD)))
    assert (button["data-id"], web_check.film_of(button)) == ("tt1", "Fish & Chips: Two (1999)")


def test_nobody_elses_favourite_can_be_named_by_chance() -> None:
    films = favourites(50)
    assert len(set(films)) == 50
    assert films == favourites(50)
    said = " ".join(message for talk in TALKS for message in talk)
    assert [film for film in films if film.rpartition(" (")[0] in said] == []


# --- a server that answers wrongly ------------------------------------------------------------


CONFIG: Json = {
    "components": [
        {"id": number, "type": kind, "props": {"elem_id": name, "value": None}}
        for number, (name, kind) in enumerate(
            [
                ("box", "textbox"),
                ("dialogue", "chatbot"),
                ("where", "html"),
                ("sessions", "html"),
                ("taste-chips", "html"),
                ("new", "button"),
                ("bridge-chat", "html"),
            ]
        )
    ],
    "dependencies": [
        {"id": number, "targets": [target], "backend_fn": True, "inputs": inputs,
         "outputs": outputs, "trigger_after": None}
        for number, (target, inputs, outputs) in enumerate(
            [
                ([9, "load"], [], [1, 2, 3, 4]),
                ([0, "submit"], [0], [1]),
                ([5, "click"], [], [1]),
                ([6, "select"], [], [1]),
            ]
        )
    ],
}  # fmt: skip

Answer = Callable[[Json], Json | int]


def stand_in(answers: Answer) -> httpx.MockTransport:
    """A page whose handlers answer so: with a message of the queue, or a status instead."""
    coming: list[Json] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/":
            return httpx.Response(200)
        if request.url.path.endswith("/queue/join"):
            asked = json.loads(request.content)
            given: Json | int = (
                {"output": {"data": [[], "-", "", ""]}, "success": True}
                if asked["fn_index"] == 0
                else answers(asked)
            )
            if isinstance(given, int):
                return httpx.Response(given, text="no")
            event = str(len(coming))
            coming.append({"msg": "process_completed", "event_id": event, **given})
            return httpx.Response(200, json={"event_id": event})
        if request.url.path.endswith("/queue/data"):
            return httpx.Response(200, stream=Stream(coming))
        return httpx.Response(200, text="data: ALIVE")

    return httpx.MockTransport(answer)


class Stream(httpx.AsyncByteStream):
    """A stream of events that ends after what there is."""

    def __init__(self, coming: list[Json]) -> None:
        self.coming = coming

    async def __aiter__(self) -> AsyncIterator[bytes]:
        await asyncio.sleep(0)
        for message in self.coming:
            yield f"data: {json.dumps(message)}\n\n".encode()


async def met_by_one(answers: Answer, seconds: float = 0.4) -> Figures:
    """What a visitor meets with at such a page."""
    figures = Figures()
    async with httpx.AsyncClient(transport=stand_in(answers), base_url="http://page") as client:
        visitor = Visitor(
            lambda: Tab(client, Layout.of(CONFIG)),
            figures,
            "Heat (1995)",
            ["Alien (1979)"],
            think=0.01,
            seed=1,
        )
        await visitor.stay(asyncio.get_running_loop().time() + seconds)
    return figures


def echo(text: str) -> Answer:
    """Answers every message with the same words."""

    def answers(asked: Json) -> Json:
        said = asked["data"][0] if asked["data"] else ""
        drawn = shown(("user", said), ("assistant", text)) if said else []
        return {"output": {"data": [drawn]}, "success": True}

    return answers


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        (lambda _: 503, "refused: the queue is full"),
        (lambda _: 500, "status 500"),
        (lambda _: {"output": {"error": "no"}, "success": False}, "handler failed"),
        (echo("<p>Nothing.</p>"), "an answer without films"),
        (echo("<p>You loved Alien (1979).</p>" + CARD), "an answer to somebody else"),
        (echo('<p class="mr-problem">no</p>' + CARD), "a problem is shown instead of an answer"),
    ],
    ids=["full", "broken", "failing", "empty", "mixed up", "sorry"],
)
async def test_wrong_answers_are_errors_by_kind(answers: Answer, kind: str) -> None:
    figures = await met_by_one(answers)
    assert {each.kind for each in figures.troubles} == {kind}
    rows = error_rows(Load(figures, (), 1.0, "", 0.0))
    count = str(len(figures.troubles))
    assert rows == [["errors", count], [f"error: {kind}", count]]


async def test_a_page_that_fails_from_the_start_is_not_measured() -> None:
    async with httpx.AsyncClient(transport=stand_in(lambda _: 500), base_url="http://page") as page:
        with pytest.raises(WorkError, match=r"doesn't answer .status 500"):
            await warmed(Tab(page, Layout.of(CONFIG)))


async def test_a_dialogue_that_loses_its_first_message_is_an_error() -> None:
    figures = await met_by_one(echo(GOOD))
    assert figures.turns
    assert {each.kind for each in figures.troubles} == {
        "the dialogue shows other words than were said"
    }


# --- figures ----------------------------------------------------------------------------------


def load_of(*answered: float, seconds: float = 10.0) -> Load:
    turns = [Turn(place + 0.0, a / 2, a, a * 2) for place, a in enumerate(answered)]
    memory = [Memory(s + 0.0, s + 0.0, int(5e8 + s * 1e6)) for s in range(11)]
    return Load(Figures(turns, conversations=2, presses=1), memory, seconds, "", 0.3 * len(turns))


def test_times_are_those_of_the_turns() -> None:
    said = dict(turn_rows(load_of(*[0.01 * n for n in range(1, 101)])))
    assert said["turns"] == "100, 1 of them presses on films"
    assert said["turns a second"] == "10.0"
    assert said["turn, p50 and p95"] == "500 ms and 950 ms"
    assert said["turn, worst"] == "1000 ms"
    assert said["first drawing of a turn, p50 and p95"] == "250 ms and 475 ms"
    assert said["server's processor time a turn"] == "300 ms"
    assert turn_rows(load_of()) == [["turns", "0"]]


def test_memory_growth_is_shared_by_the_turns_after_the_first_third() -> None:
    said = dict(memory_rows(load_of(*[1.0] * 10)))
    assert said["memory, warmed up"] == "500 MB"
    assert said["memory, after 4 s"] == "504 MB"
    assert said["memory growth"] == "10 MB"
    assert said["of it after the first third"] == "6 MB, 1000 kB a turn"


# --- without Gradio ---------------------------------------------------------------------------


def test_without_gradio_the_page_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        bench, "find_spec", lambda name: None if name == "gradio" else find_spec(name)
    )
    ran: list[str] = []
    monkeypatch.setattr(bench, "core", lambda _: ran.append("core"))
    monkeypatch.setattr(bench, "catalogue", lambda _: ran.append("catalogue"))
    monkeypatch.setattr("moodreel.agent.bench.ollama.tables_of_ollama", lambda _: [])
    told: list[str] = []
    bench.measure("all", told.append)
    assert ran == ["core", "catalogue"]
    assert told == [f"Leaving out the page: {bench.NO_PAGE}"]
    with pytest.raises(UsageError, match="needs Gradio"):
        bench.measure("web", told.append)
