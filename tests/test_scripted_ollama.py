"""The server that stands in for Ollama speaks as Ollama does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import ollama
import pytest
from langchain_ollama import OllamaEmbeddings
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedModel, ScriptedOllama
from moodreel.agent.engines.llm.ollama_chat import OllamaChat
from moodreel.agent.engines.llm.server import answers

from .ollama_talk import ANSWER, REQUEST, chat, written


@pytest.fixture
async def server() -> AsyncIterator[ScriptedOllama]:
    async with ScriptedOllama(reply=lambda body: ANSWER) as running:
        yield running


async def test_it_answers_in_one_piece_where_asked_to(server: ScriptedOllama) -> None:
    client = ollama.AsyncClient(server.url)
    messages = [{"role": "user", "content": "hi"}]
    whole = await client.chat("gemma3:4b", messages, stream=False)
    assert (whole.message.content, whole.done_reason, whole.eval_count) == (ANSWER, "stop", 19)
    loaded = await client.chat("gemma3:4b", [])
    assert (loaded.done, loaded.done_reason, loaded.message.content) == (True, "load", "")
    await client.close()  # type: ignore[no-untyped-call]


async def test_it_refuses_as_ollama_does(server: ScriptedOllama) -> None:
    async with httpx.AsyncClient(base_url=server.url) as web:
        assert (await web.get("/")).text == "Ollama is running"
        assert (await web.get("/api/nothing")).text == "404 page not found"
        assert (await web.post("/api/chat", content=b"{oops")).status_code == 400
        missing = await web.post("/api/chat", json={"model": "x", "messages": []})
        assert (missing.status_code, missing.json()) == (404, {"error": "model 'x' not found"})
        blind = await web.post("/api/chat", json={"model": "nomic-embed-text", "messages": []})
        assert "does not support chat" in blind.json()["error"]
        image = {"role": "user", "content": "", "images": ["???"]}
        bad = await web.post("/api/chat", json={"model": "gemma3:4b", "messages": [image]})
        assert bad.status_code == 400


async def test_it_writes_the_fields_of_the_documented_api(server: ScriptedOllama) -> None:
    async with httpx.AsyncClient(base_url=server.url) as web:
        body = {"model": "gemma3:4b", "messages": [{"role": "user", "content": "<hi> & bye"}]}
        answer = await web.post("/api/chat", json=body)
        assert answer.headers["content-type"] == "application/x-ndjson"
        *lines, last = [json.loads(line) for line in answer.text.splitlines()]
        assert all(line["done"] is False and line["message"]["content"] for line in lines)
        assert set(last) == {
            "model", "created_at", "message", "done", "done_reason", "total_duration",
            "load_duration", "prompt_eval_count", "prompt_eval_duration", "eval_count",
            "eval_duration",
        }  # fmt: skip
        embedded = await web.post("/api/embed", json={"model": "nomic-embed-text", "input": "a"})
        assert set(embedded.json()) == {
            "model", "embeddings", "total_duration", "load_duration", "prompt_eval_count",
        }  # fmt: skip


def test_it_embeds_the_same_text_alike() -> None:
    with ScriptedOllama(dimension=5) as server:
        client = OllamaEmbeddings(
            model="nomic-embed-text", base_url=server.url, client_kwargs={"trust_env": False}
        )
        first, second, third = client.embed_documents(["a", "b", "a"])
        assert first == third != second
        assert len(first) == 5 and sum(x * x for x in first) == pytest.approx(1.0)
        assert client._client is not None
        client._client.close()  # type: ignore[no-untyped-call]


async def test_a_rule_holds_for_the_request_it_names(server: ScriptedOllama) -> None:
    server.fail(Fault.EMPTY, nth=2)
    server.fail(Fault.FENCE, when=lambda body: "7b" in body["model"])
    texts = [(await written(chat(server)))[0] for _ in range(3)]
    assert texts == [ANSWER, "", ANSWER]
    async with ScriptedOllama(
        lambda body: "{}", Fault.FENCE, models=[ScriptedModel("x:7b")]
    ) as other:
        assert (await written(chat(other), replace(REQUEST, model="x:7b")))[0].startswith("```")


async def test_it_listens_again_at_the_same_place(server: ScriptedOllama) -> None:
    url = server.url
    server.fail(Fault.REFUSE)
    assert not await answers(url)
    server.heal()
    assert (await written(OllamaChat(url, 5.0)))[0] == ANSWER


async def test_who_waits_goes_on_when_released(server: ScriptedOllama) -> None:
    server.fail(Fault.STALL)
    task = asyncio.create_task(written(chat(server)))
    assert await server.until(lambda: len(server.seen) == 1)
    server.release()
    assert (await task)[0] == ANSWER
