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

import httpx
import ollama
import pytest
from langchain_ollama import OllamaEmbeddings
from moodreel.agent.bench.scripted_ollama import EVERY, Fault, ScriptedModel, ScriptedOllama
from moodreel.agent.engines.llm.chat import ChatRequest, Ending, Message, Piece
from moodreel.agent.engines.llm.ollama_chat import OllamaChat
from moodreel.agent.engines.llm.place import ModelMissing, NotOllama, Place, ServerUnreachable
from moodreel.agent.engines.llm.server import OllamaServer, answers
from moodreel.agent.engines.llm.wire import refusal
from moodreel.agent.engines.llm.words import one_line, said, same_model
from moodreel.errors import EngineError

ANSWER = '{"order": ["f1", "f2"], "opening": "Zwei stille Filme für heute – 静かな夜に 😀"}'
PRIVATE = "my very private wish"
REQUEST = ChatRequest(
    model="gemma3:4b",
    messages=(Message("system", "You rank films."), Message("user", PRIVATE)),
    schema={"type": "object", "properties": {"order": {"type": "array"}}},
    num_ctx=8_192,
    num_predict=500,
)


@pytest.fixture
async def server() -> AsyncIterator[ScriptedOllama]:
    async with ScriptedOllama(reply=lambda body: ANSWER) as running:
        yield running


def chat(server: ScriptedOllama, seconds: float = 10.0) -> OllamaChat:
    return OllamaChat(server.url, seconds)


async def written(client: OllamaChat, request: ChatRequest = REQUEST) -> tuple[str, Ending | None]:
    pieces = [piece async for piece in client.stream(request)]
    return "".join(piece.text for piece in pieces), pieces[-1].ending


async def clause(client: OllamaChat, request: ChatRequest = REQUEST) -> str:
    with pytest.raises(EngineError) as caught:
        await written(client, request)
    return str(caught.value)


# What is sent, and what comes back


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


# What goes wrong

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


# Stopping


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


# What a server says, in a sentence


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


# What a server has


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


# The scripted server itself


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
