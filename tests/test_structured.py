"""From streamed text to a validated object: reading, validating, mending, noting."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedOllama
from moodreel.agent.engines.ledger import Ledger
from moodreel.agent.engines.llm.chat import ChatClient, ChatRequest, Ending, Message, Piece
from moodreel.agent.engines.llm.ollama_chat import OllamaChat
from moodreel.agent.engines.llm.reading import Reading, clean
from moodreel.agent.engines.llm.structured import (
    Cut,
    Unusable,
    ask,
    follow,
    parsed,
    repair_request,
)
from moodreel.errors import EngineError
from pydantic import BaseModel, ConfigDict, Field

SNAPSHOTS = Path(__file__).with_name("snapshots")
PRIVATE = "my very private wish"


class Deed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    do: Literal["recommend", "tell", "chat"]
    count: int | None = Field(default=None, ge=1, le=20)


class Plan(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    mood: str
    answers: list[Deed] = Field(min_length=1)


GOOD = '{"mood": "a \\"quiet\\" {evening}", "answers": [{"do": "recommend", "count": 5}]}'
REQUEST = ChatRequest(
    model="gemma3:4b",
    messages=(Message("system", "You plan."), Message("user", PRIVATE)),
    schema=Plan.model_json_schema(),
    num_ctx=8_192,
    num_predict=300,
)


class Spoken(ChatClient):
    """Says one text after the other, in pieces; keeps the requests and whether it was closed."""

    def __init__(self, *texts: str, reason: str = "stop", size: int = 4) -> None:
        self.texts = list(texts)
        self.reason = reason
        self.size = size
        self.requests: list[ChatRequest] = []
        self.pieces = 0
        self.closed = 0

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Piece, None]:
        self.requests.append(request)
        text = self.texts.pop(0)
        try:
            for at in range(0, len(text), self.size):
                self.pieces += 1
                yield Piece(text[at : at + self.size])
            yield Piece(ending=Ending(self.reason, request.model, 20, 9))
        finally:
            self.closed += 1


async def asked(client: ChatClient, ledger: Ledger | None = None) -> Plan:
    given_ledger = ledger or Ledger()
    return await ask(
        client, REQUEST, Plan, step="plan", prompt_hash="deadbeef", estimated=21,
        ledger=given_ledger,
    )  # fmt: skip


async def followed(client: ChatClient, ledger: Ledger) -> AsyncGenerator[str, None]:
    texts = follow(
        client, REQUEST, step="rank", prompt_hash="deadbeef", estimated=21, ledger=ledger
    )
    async with aclosing(texts):
        async for text in texts:
            yield text


@pytest.fixture
async def server() -> AsyncIterator[ScriptedOllama]:
    async with ScriptedOllama(reply=lambda body: GOOD) as running:
        yield running


# Reading


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GOOD, GOOD),
        (f"  \n{GOOD}\n\n", GOOD),
        (f"```json\n{GOOD}\n```", GOOD),
        (f"```\n{GOOD}\n``` and so on {{x}}", GOOD),
        (f"Here is {{your}} plan: {GOOD} Enjoy {{it}}!", GOOD),
        (f'<think>\nmaybe {{"a": 1}}\n</think>\n{GOOD}', GOOD),
        (f"<THINKING>hm</THINKING>{GOOD}", GOOD),
        (f'So {{"mood": 1}} it is not.\n</think>{GOOD}', GOOD),
        (f'<think>never ends {{"a": 1}} {GOOD}', ""),
        ('{"mood": "</think> {"}', '{"mood": "</think> {"}'),
        ('So: {"</thinking>": {"a": 1}}', '{"</thinking>": {"a": 1}}'),
        (f"{GOOD}\n</think>", GOOD),
        ('{"mood": "ends in the middle', '{"mood": "ends in the middle'),
        ('{"a": "\\\\"} and "quoted"', '{"a": "\\\\"}'),
        ('{"a": "\\""}}}', '{"a": "\\""}'),
        ("{}", "{}"),
        ('{ \n "a": 1}', '{ \n "a": 1}'),
        ('[{"a": 1}]', '{"a": 1}'),
        ("", ""),
        ("I'm sorry, I can't do that.", ""),
        ("{single: 'quotes'}", ""),
        ("{" * 50_000, ""),
        ("\ufeff" + GOOD, GOOD),
    ],
)
def test_the_json_is_found_in_what_is_around_it(text: str, found: str) -> None:
    assert clean(text) == found
    for size in (1, 2, 5):
        reading = Reading()
        for at in range(0, len(text) if len(text) < 5_000 else 0, size):
            reading.add(text[at : at + size])
        assert reading.text == (found if len(text) < 5_000 else "")


@settings(deadline=None)
@given(
    st.dictionaries(st.text(), st.recursive(st.text() | st.integers(), st.lists), min_size=1),
    st.text().filter(lambda text: "{" not in text and "<think" not in text.lower()),
    st.text(),
    st.integers(min_value=1, max_value=9),
)
def test_any_object_is_found_however_it_is_cut(
    value: dict[str, Any], before: str, after: str, size: int
) -> None:
    written = json.dumps(value, ensure_ascii=False)
    text = before + written + after
    reading, grown = Reading(), ""
    for at in range(0, len(text), size):
        now = reading.add(text[at : at + size])
        if "</think" not in after.lower():
            assert now.startswith(grown)
            grown = now
    if "</think" not in after.lower():
        assert reading.whole and json.loads(reading.text) == value
        assert reading.raw == text
    assert reading.text == clean(text)


def test_a_million_characters_in_small_pieces_are_read_once() -> None:
    text = json.dumps({"opening": 'say "hm" {now} \\ ' * 10_000})
    reading = Reading()
    for at in range(0, len(text), 64):
        reading.add(text[at : at + 64])
    assert reading.whole and reading.text == text


# Validating


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the answer is empty"),
        ("  \n", "the answer is empty"),
        ("no idea", "the answer has no JSON object"),
        ('{"mood": "x"}', "answers: Field required"),
        ('{"mood": 1, "answers": [{"do": "chat"}]}', "mood: Input should be a valid string"),
        (
            '{"mood": "x", "answers": [{"do": "sing"}]}',
            "answers.0.do: Input should be 'recommend', 'tell' or 'chat'",
        ),
        (
            '{"mood": "x", "answers": [{"do": "chat", "count": "5"}]}',
            "answers.0.count: Input should be a valid integer",
        ),
        (
            '{"mood": "x", "answers": [{"do": "chat", "count": 99}]}',
            "answers.0.count: Input should be less than or equal to 20",
        ),
        ('{"mood": "x", "answers": []}', "answers: List should have at least 1 item"),
        ('{"mood": "x", "answers": [', "Invalid JSON: EOF while parsing"),
        ('{"mood": "\\ud800", "answers": [{"do": "chat"}]}', "Invalid JSON: "),
        ('{"mood": "x" "answers": 1}', "Invalid JSON: "),
        ('{"a": ' + "[" * 5_000 + "]" * 5_000 + "}", "Invalid JSON: recursion limit"),
    ],
)
def test_what_is_wrong_is_said_in_short(text: str, problem: str) -> None:
    with pytest.raises(Unusable) as caught:
        parsed(text, Plan)
    assert problem in str(caught.value)
    assert len(str(caught.value)) < 450 and "\n" not in str(caught.value)


def test_what_was_written_is_never_repeated() -> None:
    hostile = {"mood": [PRIVATE], "answers": [{"do": PRIVATE}], f"<b>{PRIVATE * 9}\n\x1b": 1}
    with pytest.raises(Unusable) as caught:
        parsed(json.dumps(hostile), Plan)
    text = str(caught.value)
    assert text.count(PRIVATE) <= 1  # a field that was made up is named, in short
    assert "\x1b" not in text and "\n" not in text and len(text) < 300


def test_at_most_three_problems_are_named() -> None:
    deeds = [{"do": "sing"}] * 50
    with pytest.raises(Unusable, match=r"answers\.2\.do: .*; and 47 more$"):
        parsed(json.dumps({"mood": "x", "answers": deeds}), Plan)


# Asking


async def test_a_good_answer_is_one_call_in_the_ledger() -> None:
    ledger, client = Ledger(), Spoken(GOOD)
    plan = await asked(client, ledger)
    assert plan.mood == 'a "quiet" {evening}' and plan.answers[0].count == 5
    (call,) = ledger.calls
    assert (call.step, call.model, call.prompt) == ("plan", "gemma3:4b", "deadbeef")
    assert (call.estimated, call.counted, call.answered, call.problem) == (21, 20, 9, "")
    assert call.first is not None and 0 <= call.first <= call.seconds
    assert client.closed == 1 and not ledger.notices


async def test_a_wrong_answer_is_mended_once() -> None:
    wrong = '{"mood": "x", "answers": [{"do": "sing"}]}'
    ledger, client = Ledger(), Spoken(wrong, GOOD)
    assert (await asked(client, ledger)).answers[0].do == "recommend"
    first, second = ledger.calls
    assert "answers.0.do" in first.problem and not second.problem
    again = client.requests[1]
    assert again.messages[:2] == REQUEST.messages
    assert again.messages[2] == Message("assistant", wrong)
    assert again.messages[3].role == "user"
    assert "answers.0.do: Input should be 'recommend'" in again.messages[3].text
    assert replace(again, messages=REQUEST.messages) == REQUEST
    assert second.estimated > first.estimated


async def test_there_is_no_third_try() -> None:
    ledger, client = Ledger(), Spoken("nothing", "nothing again", GOOD)
    with pytest.raises(Unusable, match="no JSON object"):
        await asked(client, ledger)
    assert len(client.requests) == 2
    assert [call.problem for call in ledger.calls] == ["the answer has no JSON object"] * 2


async def test_a_cut_answer_is_asked_for_again_shorter() -> None:
    client = Spoken(GOOD[:20], GOOD[:30], reason="length")
    with pytest.raises(Cut, match="the answer was cut at 9 tokens"):
        await asked(client)
    assert "shorter" in client.requests[1].messages[-1].text


async def test_a_limit_reached_behind_the_object_does_no_harm() -> None:
    assert (await asked(Spoken(GOOD + "\n" * 50, reason="length"))).answers


async def test_a_model_that_cannot_stop_is_stopped() -> None:
    client = Spoken(GOOD + "\n" * 100_000)
    ledger = Ledger()
    assert (await asked(client, ledger)).answers
    assert client.pieces < 100 and client.closed == 1
    assert ledger.calls[0].counted is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the answer is empty"),
        (GOOD[:-1], "the answer ends in the middle of its JSON"),
        ("<think>hm", "the answer has no JSON object"),
    ],
)
async def test_an_answer_without_an_object_says_so(text: str, problem: str) -> None:
    ledger = Ledger()
    with pytest.raises(Unusable, match=problem):
        await asked(Spoken(text, text), ledger)
    assert [call.problem for call in ledger.calls] == [problem, problem]


@pytest.mark.parametrize("room", [0, 150, 400, 10_000])
def test_a_repair_shows_only_what_fits(room: int) -> None:
    estimated = REQUEST.num_ctx - REQUEST.num_predict - room
    long = json.dumps({"mood": "ä" * 9_000})
    again = repair_request(REQUEST, long, Unusable("bad"), estimated)
    own = [message.text for message in again.messages[2:-1]]
    assert sum(len(text) for text in own) <= min(1_501, 2 * room)
    assert bool(own) is (room > 120)
    assert again.messages[-1].role == "user" and "bad" in again.messages[-1].text


@pytest.mark.parametrize("problem", [Cut("the answer was cut at 9 tokens"), Unusable("a: bad")])
def test_the_prompt_of_a_repair_is_its_snapshot(problem: Unusable) -> None:
    again = repair_request(REQUEST, GOOD, problem).messages[2:]
    text = "\n\n".join(f"[{message.role}]\n{message.text}" for message in again) + "\n"
    path = SNAPSHOTS / f"prompt_repair{'_cut' * isinstance(problem, Cut)}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_a_repair_takes_its_problem_as_it_is() -> None:
    again = repair_request(REQUEST, "{{problem}}", "use {{braces}} <well>")
    assert "use {{braces}} <well>" in again.messages[-1].text


# Against the protocol

MENDED = {
    Fault.EMPTY: "the answer is empty",
    Fault.CUT: "the answer was cut at",
    Fault.WRONG_SCHEMA: "mood: Field required",
    Fault.ONLY_THINKING: "the answer has no JSON object",
}
HARMLESS = (Fault.PROSE, Fault.FENCE, Fault.THINKING, Fault.ENDLESS, Fault.NO_COUNT,
            Fault.NO_REASON, Fault.CUT_PROMPT, Fault.OTHER_MODEL)  # fmt: skip
FATAL = (Fault.REFUSE, Fault.DROP, Fault.RESET, Fault.SILENT_END, Fault.GARBAGE,
         Fault.WRONG_SHAPE, Fault.HTML, Fault.REDIRECT, Fault.NOT_FOUND, Fault.NO_ROUTE,
         Fault.ERROR, Fault.MEMORY, Fault.TOO_MANY, Fault.BUSY, Fault.ERROR_LINE, Fault.LOADED,
         Fault.SLOW, Fault.STALL)  # fmt: skip


@pytest.mark.parametrize("fault", MENDED, ids=lambda fault: fault.name)
async def test_a_fault_of_the_answer_is_mended(server: ScriptedOllama, fault: Fault) -> None:
    server.fail(fault, nth=1)
    ledger = Ledger()
    assert (await asked(OllamaChat(server.url, 10.0), ledger)).mood
    assert [bool(call.problem) for call in ledger.calls] == [True, False]
    assert MENDED[fault] in ledger.calls[0].problem
    assert len(server.asked()) == 2


@pytest.mark.parametrize("fault", MENDED, ids=lambda fault: fault.name)
async def test_a_fault_that_stays_is_told(server: ScriptedOllama, fault: Fault) -> None:
    server.fail(fault)
    with pytest.raises(Unusable) as caught:
        await asked(OllamaChat(server.url, 10.0))
    assert MENDED[fault] in str(caught.value) and PRIVATE not in str(caught.value)
    assert len(server.asked()) == 2


@pytest.mark.parametrize("fault", HARMLESS, ids=lambda fault: fault.name)
async def test_some_faults_need_no_mending(server: ScriptedOllama, fault: Fault) -> None:
    server.fail(fault)
    ledger = Ledger()
    assert await asked(OllamaChat(server.url, 10.0), ledger) == parsed(GOOD, Plan)
    assert [call.problem for call in ledger.calls] == [""]


@pytest.mark.parametrize("fault", FATAL, ids=lambda fault: fault.name)
async def test_a_fault_of_the_server_is_not_asked_again(
    server: ScriptedOllama, fault: Fault
) -> None:
    server.fail(fault)
    ledger = Ledger()
    with pytest.raises(EngineError) as caught:
        await asked(OllamaChat(server.url, 0.2), ledger)
    assert not isinstance(caught.value, Unusable)
    assert [call.problem for call in ledger.calls] == [str(caught.value)]
    assert len(server.asked()) <= 1


async def test_another_models_name_is_told_once(server: ScriptedOllama) -> None:
    server.fail(Fault.OTHER_MODEL)
    ledger = Ledger()
    for _ in range(2):
        await asked(OllamaChat(server.url, 10.0), ledger)
    assert ledger.notices == ["Ollama answered with other-model:7b instead of gemma3:4b."]
    assert ledger.calls[0].model == "other-model:7b"


async def test_latest_is_no_other_model() -> None:
    class Latest(Spoken):
        async def stream(self, request: ChatRequest) -> AsyncGenerator[Piece, None]:
            yield Piece(GOOD, Ending("stop", "GEMMA3:latest"))

    ledger = Ledger()
    await ask(
        Latest(), replace(REQUEST, model="gemma3"), Plan, step="plan", prompt_hash="", estimated=1,
        ledger=ledger,
    )  # fmt: skip
    assert not ledger.notices


async def test_a_cancelled_question_stops_the_model_and_is_noted(server: ScriptedOllama) -> None:
    server.fail(Fault.STALL)
    ledger = Ledger()
    task = asyncio.create_task(asked(OllamaChat(server.url, 10.0), ledger))
    assert await server.until(lambda: len(server.seen) == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await server.until(lambda: server.left == 1)
    assert [call.problem for call in ledger.calls] == ["stopped before its end"]


async def test_a_bug_is_no_engine_error() -> None:
    class Broken(Spoken):
        async def stream(self, request: ChatRequest) -> AsyncGenerator[Piece, None]:
            yield Piece('{"mo')
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await asked(Broken())


# Following


def _grows(texts: Sequence[str]) -> bool:
    return all(later.startswith(earlier) for earlier, later in pairwise(texts))


@pytest.mark.parametrize("fault", [None, Fault.PROSE, Fault.FENCE, Fault.THINKING])
async def test_following_shows_the_json_as_it_grows(
    server: ScriptedOllama, fault: Fault | None
) -> None:
    if fault:
        server.fail(fault)
    ledger = Ledger()
    texts = [text async for text in followed(OllamaChat(server.url, 10.0), ledger)]
    assert texts[-1] == GOOD and _grows(texts) and len(texts) > 10
    assert [(call.step, call.problem) for call in ledger.calls] == [("rank", "")]


@pytest.mark.parametrize(
    ("fault", "kind", "problem"),
    [
        (Fault.CUT, Cut, "was cut at"),
        (Fault.EMPTY, Unusable, "is empty"),
        (Fault.DROP, EngineError, "broke off"),
        (Fault.ERROR_LINE, EngineError, "an error was encountered"),
        (Fault.STALL, EngineError, "said nothing for 0.2 s"),
    ],
)
async def test_following_keeps_what_came_before_a_fault(
    server: ScriptedOllama, fault: Fault, kind: type[EngineError], problem: str
) -> None:
    server.fail(fault)
    ledger, texts = Ledger(), []
    with pytest.raises(kind, match=problem):
        async for text in followed(OllamaChat(server.url, 0.2), ledger):
            texts.append(text)
    if fault is not Fault.EMPTY:
        assert GOOD.startswith(texts[-1]) and len(texts[-1]) > len(GOOD) // 3
    assert [problem in call.problem for call in ledger.calls] == [True]
    assert len(server.asked()) == 1


async def test_leaving_in_the_middle_stops_the_model(server: ScriptedOllama) -> None:
    server.fail(Fault.STALL)
    ledger = Ledger()
    async with aclosing(followed(OllamaChat(server.url, 10.0), ledger)) as texts:
        async for _ in texts:
            break
    assert await server.until(lambda: server.left == 1)
    assert [call.problem for call in ledger.calls] == ["stopped before its end"]


async def test_twenty_questions_at_once_keep_apart() -> None:
    def echo(body: dict[str, Any]) -> str:
        return json.dumps({"mood": body["messages"][0]["content"], "answers": [{"do": "chat"}]})

    async with ScriptedOllama(reply=echo) as server:
        client, ledgers = OllamaChat(server.url, 30.0), [Ledger() for _ in range(20)]
        plans = await asyncio.gather(
            *(
                ask(
                    client,
                    replace(REQUEST, messages=(Message("user", f"mood {number}"),)),
                    Plan,
                    step="plan",
                    prompt_hash="",
                    estimated=number,
                    ledger=ledger,
                )
                for number, ledger in enumerate(ledgers)
            )
        )
    assert [plan.mood for plan in plans] == [f"mood {number}" for number in range(20)]
    assert [ledger.calls[0].estimated for ledger in ledgers] == list(range(20))
