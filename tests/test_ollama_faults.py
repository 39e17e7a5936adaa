"""What goes wrong with Ollama is told in one clause, and what a model says wrong passed on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedOllama
from moodreel.agent.engines.llm.chat import Ending
from moodreel.agent.engines.llm.ollama_chat import OllamaChat
from moodreel.agent.engines.llm.place import ModelMissing, NotOllama, ServerUnreachable
from moodreel.errors import EngineError

from .ollama_talk import ANSWER, PRIVATE, REQUEST, chat, clause, written


@pytest.fixture
async def server() -> AsyncIterator[ScriptedOllama]:
    async with ScriptedOllama(reply=lambda body: ANSWER) as running:
        yield running


CLAUSES = {
    Fault.REFUSE: (ServerUnreachable, "nothing answers at http://127.0.0.1:"),
    Fault.DROP: (EngineError, "broke off in the middle"),
    Fault.RESET: (EngineError, "broke off in the middle"),
    Fault.SILENT_END: (EngineError, "broke off in the middle"),
    Fault.GARBAGE: (EngineError, "not written as Ollama writes"),
    Fault.WRONG_SHAPE: (EngineError, "not written as Ollama writes"),
    Fault.HTML: (NotOllama, "is not Ollama"),
    Fault.REDIRECT: (NotOllama, "sends on to another address"),
    Fault.NOT_FOUND: (ModelMissing, "ollama pull gemma3:4b"),
    Fault.NO_ROUTE: (NotOllama, "is not Ollama"),
    Fault.ERROR: (EngineError, "HTTP 500): llama runner process has terminated"),
    Fault.MEMORY: (EngineError, "requires more system memory"),
    Fault.TOO_MANY: (EngineError, "busy"),
    Fault.BUSY: (EngineError, "busy"),
    Fault.ERROR_LINE: (EngineError, "an error was encountered"),
    Fault.NO_SPACE: (EngineError, "no space left"),
    Fault.LOADED: (EngineError, "empty"),
    Fault.RUNAWAY: (EngineError, "went on beyond 500 tokens"),
}


@pytest.mark.parametrize("fault", CLAUSES, ids=lambda fault: fault.name)
async def test_a_fault_of_the_server_is_told_in_one_clause(
    server: ScriptedOllama, fault: Fault
) -> None:
    server.fail(fault)
    kind, words = CLAUSES[fault]
    with pytest.raises(EngineError) as caught:
        await written(chat(server))
    text = str(caught.value)
    assert type(caught.value) is kind
    assert words in text
    assert not text.endswith((".", "!")) and "\n" not in text and len(text) < 300
    assert PRIVATE not in text


ANSWERED = {
    Fault.EMPTY: "",
    Fault.CUT: ANSWER[: len(ANSWER) // 2],
    Fault.FENCE: f"```json\n{ANSWER}\n```\n",
}


@pytest.mark.parametrize("fault", ANSWERED, ids=lambda fault: fault.name)
async def test_what_a_model_says_wrong_is_passed_on(server: ScriptedOllama, fault: Fault) -> None:
    server.fail(fault)
    text, ending = await written(chat(server))
    assert text == ANSWERED[fault]
    assert ending is not None and ending.reason == ("length" if fault is Fault.CUT else "stop")


async def test_a_limit_of_tokens_is_told_from_the_end(server: ScriptedOllama) -> None:
    text, ending = await written(chat(server), replace(REQUEST, num_predict=5))
    assert text == ANSWER[:20]
    assert ending == Ending("length", "gemma3:4b", 17, 5)


@pytest.mark.parametrize(("limit", "reason"), [(5, "length"), (500, "stop")])
async def test_old_servers_give_no_reason_but_a_count(
    server: ScriptedOllama, limit: int, reason: str
) -> None:
    server.fail(Fault.NO_REASON)
    _, ending = await written(chat(server), replace(REQUEST, num_predict=limit))
    assert ending is not None and ending.reason == reason


async def test_counts_that_are_missing_are_none(server: ScriptedOllama) -> None:
    server.fail(Fault.NO_COUNT)
    assert (await written(chat(server)))[1] == Ending("stop", "gemma3:4b", None, None)


async def test_another_models_name_is_passed_on(server: ScriptedOllama) -> None:
    server.fail(Fault.OTHER_MODEL)
    ending = (await written(chat(server)))[1]
    assert ending is not None and ending.model == "other-model:7b"


@pytest.mark.parametrize("fault", [Fault.SLOW, Fault.STALL])
async def test_silence_ends_after_the_timeout(server: ScriptedOllama, fault: Fault) -> None:
    server.fail(fault)
    assert await clause(chat(server, 0.1)) == "it said nothing for 0.1 s"
    assert await server.until(lambda: server.left == 1)


async def test_a_server_that_is_no_web_server() -> None:
    closed = asyncio.Event()

    async def banner(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"}}")
        writer.write(b"SSH-2.0-OpenSSH_9.2p1\r\n\r\n")
        writer.close()
        await writer.wait_closed()
        closed.set()

    listener = await asyncio.start_server(banner, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        assert "is not Ollama" in await clause(OllamaChat(f"http://127.0.0.1:{port}", 5.0))
        await closed.wait()


async def test_an_unknown_model_is_missing(server: ScriptedOllama) -> None:
    text = await clause(chat(server), replace(REQUEST, model="llama9:3b"))
    assert text == "it has no model 'llama9:3b', get it with: ollama pull llama9:3b"
