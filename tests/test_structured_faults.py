"""Structured answers against the protocol: which faults are mended, told, or of no matter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace

import pytest
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedOllama
from moodreel.agent.engines.ledger import Ledger
from moodreel.agent.engines.llm.chat import ChatRequest, Ending, Piece
from moodreel.agent.engines.llm.ollama_chat import OllamaChat
from moodreel.agent.engines.llm.structured import (
    Unusable,
    ask,
    parsed,
)
from moodreel.errors import EngineError

from .structured_stage import GOOD, PRIVATE, REQUEST, Plan, Spoken, asked


@pytest.fixture
async def server() -> AsyncIterator[ScriptedOllama]:
    async with ScriptedOllama(reply=lambda body: GOOD) as running:
        yield running


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
