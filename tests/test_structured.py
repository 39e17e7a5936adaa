"""From streamed text to a validated object: asking, mending once, following, noting."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedOllama
from moodreel.agent.engines.ledger import Ledger
from moodreel.agent.engines.llm.chat import Message
from moodreel.agent.engines.llm.ollama_chat import OllamaChat
from moodreel.agent.engines.llm.structured import (
    Cut,
    Unusable,
    ask,
    repair_request,
)
from moodreel.errors import EngineError

from .structured_stage import GOOD, REQUEST, Plan, Spoken, asked, followed

SNAPSHOTS = Path(__file__).with_name("snapshots")


@pytest.fixture
async def server() -> AsyncIterator[ScriptedOllama]:
    async with ScriptedOllama(reply=lambda body: GOOD) as running:
        yield running


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
