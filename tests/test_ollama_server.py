"""What an Ollama server says and has: its errors, models, memory and downloads."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest
from moodreel.agent.bench.scripted_ollama import EVERY, Fault, ScriptedOllama
from moodreel.agent.engines.llm.place import ModelMissing, NotOllama, Place, ServerUnreachable
from moodreel.agent.engines.llm.server import OllamaServer, answers
from moodreel.agent.engines.llm.wire import refusal
from moodreel.agent.engines.llm.words import one_line, said, same_model
from moodreel.errors import EngineError

from .ollama_talk import ANSWER, chat, written


@pytest.fixture
async def server() -> AsyncIterator[ScriptedOllama]:
    async with ScriptedOllama(reply=lambda body: ANSWER) as running:
        yield running


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"error": "out of order."}', "out of order"),
        ('{"error": {"deep": 1}}', '{"error": {"deep": 1}}'),
        ("[]", "[]"),
        ("5", "5"),
        ("", ""),
        ("\x1b[31mred\x1b[0m\r\nalert\u202e", "[31mred [0m alert"),
        ("<html><script>alert(1)</script>", "a web page"),
        ("get http://anna:secret@host/x", "get http://host/x"),
        ("[" * 100_000, "[" * 199 + "…"),
    ],
)
def test_what_a_server_says_is_made_fit(text: str, shown: str) -> None:
    assert said(text) == shown
    assert len(said(text)) <= 200


@pytest.mark.parametrize("status", [-1, 200, 302, 400, 401, 403, 404, 418, 429, 500, 502, 599])
def test_every_status_has_its_clause(status: int) -> None:
    hostile = json.dumps({"error": "boom\x1b[2J\u202e " + "x" * 5_000})
    text = str(refusal(status, hostile, Place("http://u:pw@h:1", "m", 1.0)))
    assert 10 < len(text) < 300
    assert text == one_line(text, 300) and "pw" not in text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"error": "model \'x\' not found"}', ModelMissing),
        ('{"error": "model \\"x\\" not found, try pulling it first"}', ModelMissing),
        ("404 page not found", NotOllama),
        ('{"detail": "Not Found"}', NotOllama),
        ('{"error": {"message": "The route was not found"}}', NotOllama),
        ("", NotOllama),
    ],
)
def test_a_missing_model_is_told_from_a_missing_page(text: str, kind: type[EngineError]) -> None:
    assert type(refusal(404, text, Place("http://h:1", "x", 1.0))) is kind


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("gemma3", "gemma3:latest", True),
        ("Gemma3:4b", "gemma3:4B", True),
        ("gemma3:4b", "gemma3", False),
        ("hub:5000/me/gemma3", "hub:5000/me/gemma3:latest", True),
        ("library/gemma3", "registry.ollama.ai/library/gemma3:latest", True),
    ],
)
def test_names_of_models(one: str, other: str, same: bool) -> None:
    assert same_model(one, other) is same


async def test_models_facts_and_memory(server: ScriptedOllama) -> None:
    asked = OllamaServer(server.url)
    assert await asked.version() == "0.12.6"
    assert [each.name for each in await asked.models()] == ["gemma3:4b", "nomic-embed-text:latest"]
    installed = await asked.installed("nomic-embed-text")
    assert installed is not None and installed.bytes == 274_302_450 and len(installed.digest) == 64
    assert await asked.installed("gemma3") is None
    facts = await asked.show("gemma3:4b")
    assert facts is not None
    assert (facts.context_length, facts.capabilities) == (131_072, ("completion", "vision"))
    assert (facts.parameters, facts.quantization) == ("4.3B", "Q4_K_M")
    assert await asked.show("llama9") is None
    assert await asked.loaded() == []
    await written(chat(server))
    loaded = await asked.loaded()
    assert [(each.name, each.context_length) for each in loaded] == [("gemma3:4b", 8_192)]


async def test_a_download_tells_its_progress_and_ends_with_the_model(
    server: ScriptedOllama,
) -> None:
    asked = OllamaServer(server.url)
    seen = [each async for each in asked.pull("qwen3:4b")]
    assert (seen[0].status, seen[-1].status) == ("pulling manifest", "success")
    bytes_done = [each.done for each in seen if each.done is not None]
    assert bytes_done == sorted(bytes_done) and bytes_done[-1] == seen[1].total
    assert await asked.installed("qwen3:4b") is not None


async def test_a_download_that_is_left_stops(server: ScriptedOllama) -> None:
    server.fail(Fault.STALL, "pull")
    async with aclosing(OllamaServer(server.url).pull("qwen3:4b")) as progress:
        await anext(progress)
    assert server.wait_until(lambda: server.left == 1)
    assert await OllamaServer(server.url).installed("qwen3:4b") is None


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (Fault.NOT_FOUND, ModelMissing, "there is no model 'qwen3:4b' to download"),
        (Fault.NO_SPACE, EngineError, "no space left on device"),
        (Fault.DROP, EngineError, "broke off"),
        (Fault.GARBAGE, NotOllama, "is not Ollama"),
        (Fault.REFUSE, ServerUnreachable, "nothing answers"),
    ],
)
async def test_a_download_that_fails_says_why(
    server: ScriptedOllama, fault: Fault, kind: type[EngineError], words: str
) -> None:
    server.fail(fault, "pull")
    with pytest.raises(kind, match=words):
        [each async for each in OllamaServer(server.url).pull("qwen3:4b")]


ELSEWHERE = {
    Fault.REFUSE: ServerUnreachable,
    Fault.HTML: NotOllama,
    Fault.NO_ROUTE: NotOllama,
    Fault.REDIRECT: NotOllama,
    Fault.WRONG_SHAPE: NotOllama,
    Fault.GARBAGE: NotOllama,
    Fault.DROP: EngineError,
    Fault.RESET: EngineError,
    Fault.SLOW: EngineError,
    Fault.BUSY: EngineError,
}


@pytest.mark.parametrize("fault", ELSEWHERE, ids=lambda fault: fault.name)
@pytest.mark.parametrize("question", ["version", "models", "loaded", "show"])
async def test_what_is_not_ollama_is_told_from_what_is_not_there(
    server: ScriptedOllama, fault: Fault, question: str
) -> None:
    server.fail(fault, EVERY)
    asked = OllamaServer(server.url, 0.2)
    with pytest.raises(EngineError) as caught:
        await (asked.show("gemma3:4b") if question == "show" else getattr(asked, question)())
    assert type(caught.value) is ELSEWHERE[fault]


async def test_whether_anything_listens(server: ScriptedOllama) -> None:
    assert await answers(server.url)
    server.fail(Fault.REFUSE, EVERY)
    assert not await answers(server.url)
    assert not await answers("http://127.0.0.1:1")
    assert not server.seen
