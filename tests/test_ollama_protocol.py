"""The real langchain-ollama and ollama clients against a server that speaks Ollama's API."""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace

import pytest
from moodreel.agent.bench.scripted_ollama import EVERY, Fault, ScriptedOllama
from moodreel.agent.engines.llm.chat import Ending, Message, Piece
from moodreel.agent.engines.llm.ollama_chat import OllamaChat
from moodreel.agent.engines.llm.server import OllamaServer

from .ollama_talk import ANSWER, PRIVATE, REQUEST, chat, clause, written


@pytest.fixture
async def server() -> AsyncIterator[ScriptedOllama]:
    async with ScriptedOllama(reply=lambda body: ANSWER) as running:
        yield running


async def test_everything_that_matters_is_said_to_the_server(server: ScriptedOllama) -> None:
    await written(chat(server), replace(REQUEST, temperature=0.4, seed=7, keep_alive="3m"))
    body = server.asked()[0]
    assert body["model"] == "gemma3:4b"
    assert body["stream"] is True and body["think"] is False
    assert body["format"] == REQUEST.schema
    assert body["keep_alive"] == "3m"
    assert body["options"] == {"num_ctx": 8192, "num_predict": 500, "temperature": 0.4, "seed": 7}
    assert [(each["role"], each["content"]) for each in body["messages"]] == [
        ("system", "You rank films."),
        ("user", PRIVATE),
    ]


async def test_no_seed_is_sent_where_none_is_wanted(server: ScriptedOllama) -> None:
    await written(chat(server), replace(REQUEST, seed=None))
    assert "seed" not in server.asked()[0]["options"]


async def test_pictures_travel_as_base64(server: ScriptedOllama) -> None:
    pictures = (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"\xff\xd8\xff")
    await written(chat(server), replace(REQUEST, messages=(Message("user", "Look.", pictures),)))
    sent = server.asked()[0]["messages"][0]
    assert [base64.b64decode(each) for each in sent["images"]] == list(pictures)
    assert sent["content"].strip() == "Look."


async def test_half_a_surrogate_pair_does_not_stop_a_request(server: ScriptedOllama) -> None:
    text, _ = await written(chat(server), replace(REQUEST, messages=(Message("user", "a\ud83db"),)))
    assert text == ANSWER
    assert server.asked()[0]["messages"][0]["content"] == "a?b"


async def test_the_answer_comes_in_pieces_and_ends_with_its_counts(server: ScriptedOllama) -> None:
    pieces = [piece async for piece in chat(server).stream(REQUEST)]
    assert "".join(piece.text for piece in pieces) == ANSWER
    assert len(pieces) > len(ANSWER) / 5
    assert [piece.ending for piece in pieces[:-1]] == [None] * (len(pieces) - 1)
    assert pieces[-1] == Piece(ending=Ending("stop", "gemma3:4b", 17, -(-len(ANSWER) // 4)))


@pytest.mark.parametrize("segment", [1, 2, 3, 7])
async def test_characters_split_between_packets_stay_whole(segment: int) -> None:
    async with ScriptedOllama(reply=lambda body: ANSWER, segment=segment, chunk=1) as server:
        assert (await written(chat(server)))[0] == ANSWER


async def test_a_big_answer_arrives_whole() -> None:
    big = json.dumps({"opening": "Wärme 😀 " * 40_000}, ensure_ascii=False)
    async with ScriptedOllama(reply=lambda body: big, chunk=None) as server:
        text, ending = await written(chat(server), replace(REQUEST, num_predict=200_000))
    assert text == big
    assert ending is not None and ending.reason == "stop"


async def test_twenty_at_once_are_not_mixed_up() -> None:
    def echo(body: dict[str, object]) -> str:
        return json.dumps(body["messages"])

    async with ScriptedOllama(reply=echo) as server:
        client = chat(server, 30.0)
        requests = [
            replace(REQUEST, messages=(Message("user", f"number {number} " * 20),))
            for number in range(20)
        ]
        got = await asyncio.gather(*(written(client, request) for request in requests))
    assert [json.loads(text)[0]["content"] for text, _ in got] == [
        request.messages[0].text for request in requests
    ]


def test_one_client_serves_several_event_loops() -> None:
    with ScriptedOllama(reply=lambda body: ANSWER) as server:
        client = chat(server)
        for _ in range(2):
            assert asyncio.run(written(client))[0] == ANSWER


async def test_closing_the_answer_stops_the_model(server: ScriptedOllama) -> None:
    server.fail(Fault.STALL)
    async with aclosing(chat(server).stream(REQUEST)) as pieces:
        async for piece in pieces:
            assert piece.text
            break
    # Waiting for it blocks this loop: nothing may be left for later, nor for the collector.
    assert server.wait_until(lambda: server.left == 1)
    assert not server.seen[0].done


async def test_an_error_of_the_reader_stops_the_model(server: ScriptedOllama) -> None:
    server.fail(Fault.STALL)

    async def read() -> None:
        async with aclosing(chat(server).stream(REQUEST)) as pieces:
            async for _ in pieces:
                raise LookupError("of the reader's own")

    with pytest.raises(LookupError):
        await read()
    assert await server.until(lambda: server.left == 1)


@pytest.mark.parametrize("fault", [Fault.SLOW, Fault.STALL])
async def test_cancelling_stops_the_model(server: ScriptedOllama, fault: Fault) -> None:
    server.fail(fault)
    task = asyncio.create_task(written(chat(server)))
    assert await server.until(lambda: len(server.seen) == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await server.until(lambda: server.left == 1)


async def test_after_a_stop_the_next_answer_is_whole(server: ScriptedOllama) -> None:
    client = chat(server)
    for _ in range(3):
        async with aclosing(client.stream(REQUEST)) as pieces:
            await anext(pieces)
    assert (await written(client))[0] == ANSWER


# Where it goes


async def test_proxies_of_the_environment_are_not_for_this_machine(
    server: ScriptedOllama, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert (await written(chat(server)))[0] == ANSWER
    assert await OllamaServer(server.url).version() == "0.12.6"


async def test_user_and_password_are_sent_but_never_shown(server: ScriptedOllama) -> None:
    url = server.url.replace("//", "//anna:p%40ss@")
    await written(OllamaChat(url, 5.0))
    await OllamaServer(url).version()
    wanted = "Basic " + base64.b64encode(b"anna:p@ss").decode()
    assert [each.headers.get("authorization") for each in server.seen] == [wanted, wanted]
    server.fail(Fault.HTML, EVERY)
    told = await clause(OllamaChat(url, 5.0))
    assert "anna" not in told and "p%40ss" not in told and "p@ss" not in told


async def test_nothing_is_traced_elsewhere(
    server: ScriptedOllama, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "nothing")
    monkeypatch.setattr(
        "langchain_core.tracers.langchain.LangChainTracer.__init__",
        lambda *args, **kwargs: made.append(args),
    )
    await written(chat(server))
    assert not made


def test_the_clients_are_not_imported_before_they_are_needed() -> None:
    code = (
        "import sys, moodreel.agent.engines.llm.server, moodreel.agent.engines.llm.structured\n"
        "print([name for name in ('httpx', 'ollama', 'langchain_ollama') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
