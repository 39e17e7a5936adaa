"""The embedder that lives in a server: right vectors, or a sentence."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedModel, ScriptedOllama
from moodreel.agent.bench.scripted_shapes import NOMIC, whole_name
from moodreel.errors import CatalogueMismatch, EmbedderSilent
from moodreel.ingest import ollama_embedder
from moodreel.ingest.embedding import (
    choose_embedder,
    embedder_named,
)
from moodreel.ingest.ollama_embedder import BATCH, REMEMBERED, OllamaEmbedder
from moodreel.ingest.ollama_place import OllamaPlace, embedder_name, place_named

from .embedding_server import FAULTS, OTHER, PREFIX, TEXTS, inputs


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def server() -> Iterator[ScriptedOllama]:
    with ScriptedOllama() as running:
        yield running


@pytest.fixture
def place(server: ScriptedOllama) -> OllamaPlace:
    return OllamaPlace(server.url, seconds=5.0)


@pytest.fixture
def embedder(server: ScriptedOllama, place: OllamaPlace) -> OllamaEmbedder:
    made = OllamaEmbedder.installed(place)
    server.seen.clear()
    return made


# --- the embedder -----------------------------------------------------------------------------


def test_its_name_says_which_version_and_its_dimension_was_found(server: ScriptedOllama) -> None:
    made = OllamaEmbedder.installed(OllamaPlace(server.url, "nomic-embed-text:latest"))
    assert made.dimension == 16
    assert made.name == embedder_name("nomic-embed-text", made.digest)
    assert made.digest == NOMIC.digest[:8]
    assert made.name == OllamaEmbedder.installed(OllamaPlace(server.url)).name
    again = embedder_named(made.name, 16, OllamaPlace(server.url, "something-else"))
    assert isinstance(again, OllamaEmbedder)
    assert (again.name, again.dimension, again.place.model) == (made.name, 16, "nomic-embed-text")


def test_no_proxy_stands_between_a_program_and_its_own_machine(
    monkeypatch: pytest.MonkeyPatch, server: ScriptedOllama
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    made = OllamaEmbedder.installed(OllamaPlace(server.url))
    assert made.embed(["a lighthouse"]).shape == (1, 16)


@pytest.mark.parametrize("kind", ["tags", "embed"])
def test_texts_are_sent_to_no_other_address(server: ScriptedOllama, kind: str) -> None:
    server.fail(Fault.REDIRECT, kind)
    with pytest.raises(EmbedderSilent, match="sends on to another address"):
        OllamaEmbedder.installed(OllamaPlace(server.url))


@pytest.mark.parametrize(
    "model", ["nomic-embed-text", "hf.co/me/My_Model-GGUF:Q4_K_M", "bge-m3:567m", "a@b"]
)
def test_names_are_read_as_they_are_written(model: str) -> None:
    found = place_named(embedder_name(model, "0123abcd"), OllamaPlace("http://there:1"))
    assert found == (OllamaPlace("http://there:1", model), "0123abcd")


@pytest.mark.parametrize(
    "name", ["minilm-l6-v2/1", "ollama/x", "ollama/x@1234/1", "ollama/x@0123abcd/9", ""]
)
def test_other_names_are_not_taken_for_one(name: str) -> None:
    assert place_named(name, OllamaPlace()) is None


def test_vectors_are_in_order_of_length_one_and_zero_for_empty_texts(
    embedder: OllamaEmbedder, server: ScriptedOllama
) -> None:
    texts = ["one", "", "Amélie 🙂", " \n\t", "one", "\ud800 half", "<b>x</b>\x00", "א ב"]
    found = embedder.embed(texts)
    assert found.shape == (8, 16)
    assert found.dtype == np.float32
    lengths = np.linalg.norm(found, axis=1)
    np.testing.assert_allclose(lengths, [1, 0, 1, 0, 1, 1, 1, 1], atol=1e-6)
    np.testing.assert_array_equal(found[0], found[4])
    alone = OllamaEmbedder(embedder.place, embedder.digest, 16)
    np.testing.assert_allclose(np.vstack([alone.embed([text]) for text in texts]), found, atol=1e-6)
    assert embedder.embed([]).shape == (0, 16)
    sent = inputs(server)
    assert sent[:2] == [PREFIX + "one", PREFIX + "Amélie 🙂"]
    assert all(text.startswith(PREFIX) and text != PREFIX for text in sent)


def test_the_context_and_the_time_in_memory_are_said(
    embedder: OllamaEmbedder, server: ScriptedOllama
) -> None:
    embedder.embed(["one"])
    (body,) = server.asked("embed")
    assert body["options"]["num_ctx"] == 2_048
    assert body["keep_alive"] == 600
    assert body["model"] == "nomic-embed-text"
    assert body.get("truncate", True) is True


@pytest.mark.parametrize(
    ("model", "prefix"),
    [
        ("nomic-embed-text:v1.5", "clustering: "),
        ("me/Nomic-Embed-Text-v2-moe", "clustering: "),
        ("embeddinggemma:300m", "task: clustering | query: "),
        ("jeffh/intfloat-multilingual-e5-large:f16", "query: "),
        ("E5-large", "query: "),
        ("granite5", ""),
        ("mxbai-embed-large", ""),
        ("all-minilm", ""),
    ],
)
def test_a_prefix_goes_before_texts_where_the_model_was_taught_one(model: str, prefix: str) -> None:
    with ScriptedOllama(
        models=[ScriptedModel(whole_name(model), capabilities=("embedding",))]
    ) as server:
        OllamaEmbedder.installed(OllamaPlace(server.url, model)).embed(["one"])
        assert inputs(server)[-1] == prefix + "one"


def test_many_texts_go_in_batches_with_progress_and_are_not_remembered(
    embedder: OllamaEmbedder, server: ScriptedOllama
) -> None:
    steps: list[tuple[int, int]] = []
    found = embedder.embed([*TEXTS, "", TEXTS[0]], lambda *step: steps.append(step))
    assert max(len(body["input"]) for body in server.asked("embed")) == BATCH
    assert sorted(inputs(server)) == sorted(PREFIX + text for text in TEXTS)
    assert len(steps) == -(-len(TEXTS) // BATCH)
    assert steps == sorted(steps)
    assert steps[-1] == (len(TEXTS) + 2, len(TEXTS) + 2)
    assert not embedder.remembers(TEXTS[:1])
    np.testing.assert_array_equal(found[0], found[-1])


def test_recent_texts_are_remembered_up_to_a_limit(
    embedder: OllamaEmbedder, server: ScriptedOllama
) -> None:
    embedder.embed(["one", "two"])
    asked = len(server.seen)
    assert embedder.remembers(["two", "", "one "])
    embedder.embed(["two", "one ", ""])
    assert len(server.seen) == asked
    for start in range(0, REMEMBERED + 50, 50):
        embedder.embed([f"text {n}" for n in range(start, start + 50)])
        assert embedder.remembers(["two"]), "what is about to be searched for is kept"
    assert not embedder.remembers(["one"])
    assert len(embedder._recent) == REMEMBERED


def test_threads_share_one_embedder(embedder: OllamaEmbedder) -> None:
    expected = {n: embedder.embed([f"text {n}"])[0] for n in range(6)}
    fresh = OllamaEmbedder(embedder.place, embedder.digest, 16)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: fresh.embed([f"text {n % 6}"])[0], range(48)))
    for n, vector in enumerate(found):
        np.testing.assert_array_equal(vector, expected[n % 6])


# --- what goes wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(("fault", "says"), FAULTS, ids=lambda value: getattr(value, "name", None))
def test_every_fault_is_a_sentence_and_is_not_waited_for_again(
    fault: Fault, says: str, server: ScriptedOllama, place: OllamaPlace
) -> None:
    clock = Clock()
    quick = OllamaPlace(place.url, seconds=0.3 if fault is Fault.SLOW else 5.0)
    digest = OllamaEmbedder.installed(place).digest
    embedder = OllamaEmbedder(quick, digest, 16, now=clock)
    held = embedder.embed(["held"])
    server.fail(fault, "embed")
    with pytest.raises(EmbedderSilent, match="nomic-embed-text") as raised:
        embedder.embed(["one", "two"])
    assert says in str(raised.value)
    assert "MOODREEL_EMBEDDER=minilm" in str(raised.value)
    assert server.url in str(raised.value)
    server.heal()
    asked = len(server.seen)
    assert embedder.resting
    with pytest.raises(EmbedderSilent, match="a moment ago"):
        embedder.embed(["one"])
    np.testing.assert_array_equal(embedder.embed(["held"]), held)
    assert len(server.seen) == asked
    clock.now += 61
    assert not embedder.resting
    assert embedder.embed(["one"]).any()


@pytest.mark.parametrize("fault", [fault for fault, _ in FAULTS[:14]], ids=lambda f: f.name)
@pytest.mark.parametrize("kind", ["tags", "embed"])
def test_a_server_that_fails_at_the_beginning_is_a_sentence(
    fault: Fault, kind: str, server: ScriptedOllama, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ollama_embedder, "BULK_SECONDS", 0.3)
    server.fail(fault, kind)
    with pytest.raises(EmbedderSilent, match="did not answer at"):
        OllamaEmbedder.installed(OllamaPlace(server.url, seconds=0.3))


def test_a_model_that_is_not_installed_says_how_to_get_it(server: ScriptedOllama) -> None:
    for model in ("no-such-model", "nomic-embed-text:v9", "nomic"):
        with pytest.raises(EmbedderSilent, match=f"run `ollama pull {model}`"):
            choose_embedder("ollama", OllamaPlace(server.url, model))


def test_a_chat_model_without_vectors_is_a_sentence(server: ScriptedOllama) -> None:
    server.fail(Fault.EMPTY, "embed")
    with pytest.raises(EmbedderSilent, match="0 vectors came for 1 texts"):
        OllamaEmbedder.installed(OllamaPlace(server.url))


def test_a_password_in_the_address_is_sent_and_never_shown(server: ScriptedOllama) -> None:
    url = server.url.replace("://", "://me:s3cret@")
    embedder = OllamaEmbedder.installed(OllamaPlace(url))
    assert all(
        {k.lower(): v for k, v in each.headers.items()}["authorization"].startswith("Basic ")
        for each in server.seen
    )
    server.fail(Fault.ERROR, "embed")
    with pytest.raises(EmbedderSilent) as raised:
        embedder.embed(["one"])
    assert "s3cret" not in str(raised.value)
    assert "s3cret" not in embedder.name


@contextmanager
def stub(vectors: Any, limit: int = 10**9) -> Iterator[tuple[OllamaPlace, list[list[str]]]]:
    """A server of one model; more characters than ``limit`` in a text it refuses."""
    asked: list[list[str]] = []

    class Stub(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            pass

        def do_GET(self) -> None:
            self._send(200, {"models": [{"model": "m:latest", "digest": "sha256:" + "ab" * 32}]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(body["input"])
            if max(map(len, body["input"])) > limit:
                self._send(400, {"error": "the input length exceeds the context length"})
                return
            self._send(200, {"model": "m", "embeddings": vectors(body["input"])})

        def _send(self, status: int, answer: Any) -> None:
            whole = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(whole)))
            self.end_headers()
            self.wfile.write(whole)

    with ThreadingHTTPServer(("127.0.0.1", 0), Stub) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield OllamaPlace(f"http://127.0.0.1:{running.server_port}", "m"), asked
        finally:
            running.shutdown()
            thread.join()


def lengths_of(texts: list[str]) -> list[list[float]]:
    return [[float(len(text)), 1.0] for text in texts]


def test_a_text_that_is_too_long_for_the_model_is_cut_and_the_others_are_not() -> None:
    with stub(lengths_of, limit=512) as (place, asked):
        found = OllamaEmbedder.installed(place).embed(["short", "x" * 1_000, "y" * 100_000, "z"])
        whole = lengths_of(["short", "x" * 500, "y" * 375, "z"])
        expected = np.array(whole) / np.linalg.norm(whole, axis=1, keepdims=True)
        np.testing.assert_allclose(found, expected, atol=1e-6)
        assert max(len(text) for batch in asked for text in batch) == 6_000


def test_a_model_that_takes_nothing_is_asked_only_some_times() -> None:
    with stub(lengths_of, limit=5) as (place, asked):
        embedder = OllamaEmbedder.installed(place)
        with pytest.raises(EmbedderSilent, match="exceeds the context length"):
            embedder.embed(["many words in a text"] * 3 + ["other words, very many"])
        assert len(asked) < 10


def test_batches_shrink_where_the_server_breaks_under_them(
    embedder: OllamaEmbedder, server: ScriptedOllama
) -> None:
    server.fail(Fault.ERROR, "embed", when=lambda body: len(body["input"]) > 8)
    found = embedder.embed(TEXTS)
    assert found.any(axis=1).all()
    refused = [each for each in server.seen if each.fault is Fault.ERROR]
    assert len(refused) == 3


@pytest.mark.parametrize(
    "rows",
    [
        [[1e300, 1e300]],
        [[0.0, 0.0]],
        [[float("inf"), 1.0]],
        [[]],
        [["a", "b"]],
        [[None, 1.0]],
        "text",
        [[[1.0]]],
        [1.0],
        [[1.0, 2.0, 3.0]],
        None,
    ],
    ids=repr,
)
def test_numbers_that_are_no_vector_are_refused(rows: Any) -> None:
    answers: list[Any] = [[[3.0, 4.0]], rows]
    with stub(lambda texts: answers.pop(0)) as (place, _):
        embedder = OllamaEmbedder.installed(place)
        with pytest.raises(EmbedderSilent, match="'m' did not answer"):
            embedder.embed(["one"])


def test_an_address_that_is_none_is_a_sentence() -> None:
    for url in ("http://127.0.0.1:9", "http://localhost:9/path", "http://[::1]:9"):
        with pytest.raises(EmbedderSilent, match="nothing listens there"):
            OllamaEmbedder.installed(OllamaPlace(url))


# --- another version --------------------------------------------------------------------------


def test_another_version_under_the_same_name_is_noticed(
    embedder: OllamaEmbedder, server: ScriptedOllama
) -> None:
    with ScriptedOllama(models=[OTHER]) as changed:
        place = OllamaPlace(changed.url)
        other = OllamaEmbedder.installed(place)
        assert other.name != embedder.name
        stale = embedder_named(embedder.name, 16, place)
        assert stale is not None
        embeds = len(changed.asked("embed"))
        with pytest.raises(CatalogueMismatch, match=r"is now version .*delete the folder"):
            stale.embed(["one"])
        assert len(changed.asked("embed")) == embeds


def test_the_version_is_looked_up_now_and_then_only(
    server: ScriptedOllama, place: OllamaPlace
) -> None:
    clock = Clock()
    digest = OllamaEmbedder.installed(place).digest
    embedder = OllamaEmbedder(place, digest, 16, now=clock)
    server.seen.clear()
    for n in range(5):
        embedder.embed([f"text {n}"])
    assert len(server.asked("tags")) == 1
    clock.now += 61
    embedder.embed(["later"])
    assert len(server.asked("tags")) == 2
