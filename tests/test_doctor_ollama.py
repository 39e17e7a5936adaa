"""The doctor and Ollama: every kind of trouble told apart, and models pulled without loss."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from moodreel.agent.bench.scripted_ollama import EVERY, Fault, ScriptedModel, ScriptedOllama
from moodreel.agent.bench.scripted_shapes import GEMMA, NOMIC
from moodreel.agent.channels.doctor import to_be_refilled
from moodreel.agent.engines.llm import diagnosis, engine, rank_prompt
from moodreel.agent.engines.llm.diagnosis import diagnose, needed_context, needed_embedding
from moodreel.agent.engines.llm.finding import Finding, parted
from moodreel.agent.settings import Settings
from moodreel.ingest.manifest import Manifest
from moodreel.ingest.ollama_place import embedder_name

NOBODY = "http://127.0.0.1:9"
READY = '{"ready": true}'
ROOMY: dict[str, Any] = {"rank_candidates": 60, "candidates": 60, "picks": 20}


def model(**changed: Any) -> ScriptedModel:
    return ScriptedModel(**{"name": "gemma3:4b", **changed})


@pytest.fixture
def ollama() -> Iterator[ScriptedOllama]:
    with ScriptedOllama(reply=lambda _: READY) as server:
        yield server


def settings(server: ScriptedOllama | None = None, **given: Any) -> Settings:
    return Settings(**{"ollama_url": server.url if server else NOBODY, **given})


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    names = [finding.name for finding in findings]
    assert len(set(names)) == len(names)
    return {finding.name: finding for finding in findings}


async def looked(given: Settings, **more: Any) -> dict[str, Finding]:
    found = by_name(await diagnose(given, **more))
    for finding in found.values():
        assert (finding.state == "ok") == (not finding.remedy)
        assert "\n" not in finding.line()
    return found


# --- all is well ------------------------------------------------------------------------------


async def test_all_is_well(ollama: ScriptedOllama) -> None:
    remarks: list[str] = []
    found = await looked(settings(ollama), remark=remarks.append)
    assert list(found) == ["ollama", "chat model", "context", "answer", "pictures"]
    assert {finding.state for finding in found.values()} == {"ok"}
    assert found["ollama"].says.endswith(f"at {ollama.url}")
    assert found["chat model"].says == "gemma3:4b, 4.3B, Q4_K_M, 3.3 GB"
    assert found["context"].says == "8,192 tokens of the 131,072 it holds"
    assert found["answer"].says.startswith("loaded and answered in ")
    assert remarks == ["Loading gemma3:4b; this may take a minute."]
    again = await looked(settings(ollama), remark=remarks.append)
    assert again["answer"].says.startswith("answered in ")
    assert len(remarks) == 1


async def test_it_is_tried_as_it_is_used(ollama: ScriptedOllama) -> None:
    await looked(settings(ollama, num_ctx=16_384, keep_alive="3m"))
    (body,) = ollama.asked("chat")
    assert body["options"]["num_ctx"] == 16_384
    assert body["keep_alive"] == "3m"
    assert body["format"]["required"] == ["ready"]


async def test_builtin_asks_nobody(ollama: ScriptedOllama) -> None:
    found = await looked(settings(ollama, engine="builtin"))
    assert list(found) == ["ollama"]
    assert "builtin" in found["ollama"].says
    assert ollama.seen == []


# --- the server -------------------------------------------------------------------------------


async def test_nobody_there() -> None:
    auto, wished = await looked(settings()), await looked(settings(engine="ollama"))
    assert (auto["ollama"].state, wished["ollama"].state) == ("missing", "broken")
    assert list(auto) == list(wished) == ["ollama"]
    assert auto["ollama"].says == f"nothing answers at {NOBODY}"
    assert "ollama serve" in auto["ollama"].remedy
    assert auto["ollama"].remedy.endswith("; until then the builtin engine serves")
    assert "MOODREEL_ENGINE=builtin" in wished["ollama"].remedy


@pytest.mark.parametrize(
    ("fault", "says", "remedy"),
    [
        (Fault.HTML, "is not Ollama", "MOODREEL_OLLAMA_URL"),
        (Fault.NO_ROUTE, "is not Ollama", "MOODREEL_OLLAMA_URL"),
        (Fault.GARBAGE, "is not Ollama", "MOODREEL_OLLAMA_URL"),
        (Fault.WRONG_SHAPE, "is not Ollama", "MOODREEL_OLLAMA_URL"),
        (Fault.REDIRECT, "sends on to another address", "MOODREEL_OLLAMA_URL"),
        (Fault.BUSY, "is busy", "try again"),
        (Fault.REFUSE, "nothing answers", "ollama serve"),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
async def test_something_else_is_there(fault: Fault, says: str, remedy: str) -> None:
    with ScriptedOllama(faults={EVERY: fault}) as server:
        given = settings(ollama_url=server.url.replace("//", "//ann:secret@"))
        found = await looked(given)
    assert list(found) == ["ollama"]
    assert found["ollama"].state == "missing"
    assert says in found["ollama"].says
    assert remedy in found["ollama"].remedy
    assert "secret" not in found["ollama"].line()


@pytest.mark.parametrize(
    ("version", "state"),
    [("0.4.7", "missing"), ("0.5.0", "ok"), ("0.12.6-rc1", "ok"), ("0.0.0", "ok"), ("dev", "ok")],
)
async def test_versions(version: str, state: str) -> None:
    with ScriptedOllama(reply=lambda _: READY, version=version) as server:
        found = await looked(settings(server))
    assert found["ollama"].state == state
    assert (len(found) == 1) == (state != "ok")


# --- the chat model ---------------------------------------------------------------------------


async def test_a_missing_model(ollama: ScriptedOllama) -> None:
    found = await looked(settings(ollama, model="qwen3:8b", engine="ollama"))
    assert list(found) == ["ollama", "chat model"]
    assert found["chat model"].state == "broken"
    assert found["chat model"].remedy == "ollama pull qwen3:8b, or: moodreel doctor --pull"
    assert ollama.asked("chat") == []


async def test_a_model_that_cannot_chat() -> None:
    with ScriptedOllama(models=[NOMIC]) as server:
        found = await looked(settings(server, model="nomic-embed-text"))
    assert "can't chat" in found["chat model"].says
    assert len(found) == 2


async def test_a_model_without_eyes() -> None:
    with ScriptedOllama(reply=lambda _: READY, models=[model(capabilities=("completion",))]) as s:
        found = await looked(settings(s))
    assert found["pictures"].state == "missing"
    assert "gemma3:4b" in found["pictures"].remedy


async def test_an_old_server_does_not_say_what_a_model_can() -> None:
    with ScriptedOllama(reply=lambda _: READY, models=[model(capabilities=())]) as server:
        found = await looked(settings(server))
    assert list(found) == ["ollama", "chat model", "context", "answer"]


@pytest.mark.parametrize(
    ("holds", "given", "says", "remedy"),
    [
        (6_000, {}, "holds 6,000 tokens, but MOODREEL_NUM_CTX is 8,192", "MOODREEL_NUM_CTX=6000"),
        (2_048, {}, "holds 2,048 tokens", "set MOODREEL_MODEL to a model that holds more"),
        (131_072, ROOMY, "not all candidates fit", "MOODREEL_NUM_CTX=9216"),
    ],
)
async def test_a_context_that_is_too_small(
    holds: int, given: dict[str, Any], says: str, remedy: str
) -> None:
    with ScriptedOllama(reply=lambda _: READY, models=[model(context=holds)]) as server:
        found = await looked(settings(server, **given))
    assert found["context"].state == "missing"
    assert says in found["context"].says
    assert remedy in found["context"].remedy


def test_what_prompts_need_is_what_is_sent() -> None:
    sent = (rank_prompt._ENOUGH, rank_prompt._FOR_SO_MANY, rank_prompt._PER_CANDIDATE)
    assert sent == (diagnosis.RANK_PROMPT, diagnosis.RANKED, diagnosis.PER_CANDIDATE)
    assert (engine._RANK_ANSWER, engine._PER_PICK) == (diagnosis.RANK_ANSWER, diagnosis.PER_PICK)
    assert needed_context(Settings()) <= 4_096
    assert needed_context(Settings(**ROOMY)) > 8_192


@pytest.mark.parametrize(
    ("fault", "says", "remedy"),
    [
        (Fault.MEMORY, "gemma3:4b (3.3 GB) is too large for the memory here: model requires more"
         " system memory (5.3 GiB) than is available (3.1 GiB)", "MOODREEL_MODEL to a smaller"),
        (Fault.LOADED, "gemma3:4b was loaded but said nothing yet", "try again"),
        (Fault.ERROR, "llama runner process has terminated", "log"),
        (Fault.BUSY, "the server is busy", "try again"),
        (Fault.DROP, "broke off", ""),
        (Fault.GARBAGE, "not written as Ollama writes", "log"),
        (Fault.WRONG_SCHEMA, "does not keep to the form", "update Ollama"),
        (Fault.PROSE, "does not keep to the form", "update Ollama"),
        (Fault.EMPTY, "does not keep to the form", "update Ollama"),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)  # fmt: skip
async def test_a_model_that_does_not_answer(fault: Fault, says: str, remedy: str) -> None:
    with ScriptedOllama(reply=lambda _: READY, faults=fault) as server:
        found = await looked(settings(server))
    assert found["answer"].state == "missing"
    assert says in found["answer"].says
    assert remedy in found["answer"].remedy
    assert found["context"].state == "ok"


async def test_a_model_that_is_loading_or_slow(ollama: ScriptedOllama) -> None:
    ollama.fail(Fault.SLOW, nth=1)
    loading = await looked(settings(ollama), seconds=0.3)
    assert loading["answer"].says == "no answer within 0.3 s: gemma3:4b is still loading"
    assert await ollama.until(lambda: ollama.left == 1)
    ollama.heal()
    assert (await looked(settings(ollama)))["answer"].state == "ok"
    ollama.fail(Fault.STALL)
    slow = await looked(settings(ollama), seconds=0.3)
    assert slow["answer"].says == "no answer within 0.3 s: gemma3:4b is busy or slow"
    ollama.release()


@pytest.mark.parametrize("kind", ["show", "tags", "ps"])
@pytest.mark.parametrize("fault", [Fault.DROP, Fault.GARBAGE, Fault.ERROR, Fault.HTML])
async def test_a_server_that_fails_half_way(kind: str, fault: Fault) -> None:
    with ScriptedOllama(reply=lambda _: READY, faults={kind: fault}) as server:
        found = await looked(settings(server))
    assert found["ollama"].state == "ok"
    assert found["chat model"].state == ("ok" if kind == "ps" else "missing")
    assert len(found) == (5 if kind == "ps" else 2)


async def test_many_at_once(ollama: ScriptedOllama) -> None:
    found = await asyncio.gather(*(diagnose(settings(ollama)) for _ in range(10)))
    assert all(finding.state == "ok" for each in found for finding in each)


# --- the embedding model ----------------------------------------------------------------------


def filled_by(home: Path, name: str) -> None:
    folder = home / "catalogue"
    folder.mkdir(parents=True)
    Manifest(embedder=name, dimension=8).save(folder)


async def test_an_embedding_model_that_is_used(ollama: ScriptedOllama, tmp_path: Path) -> None:
    given = settings(ollama, embedder="ollama", home=tmp_path / "none")
    assert (await looked(given))["embedding model"].says == "nomic-embed-text, 274 MB"
    other = given.model_copy(update={"embedding_model": "mxbai-embed-large"})
    missing = (await looked(other))["embedding model"]
    assert missing.state == "missing"
    assert "ollama pull mxbai-embed-large" in missing.remedy


async def test_the_model_that_filled_the_catalogue(ollama: ScriptedOllama, tmp_path: Path) -> None:
    filled_by(tmp_path, embedder_name("nomic-embed-text", NOMIC.digest[:8]))
    given = settings(ollama, home=tmp_path)
    assert (await looked(given))["embedding model"].state == "ok"
    assert (await looked(given.model_copy(update={"engine": "builtin"})))["embedding model"]
    assert needed_embedding(given.model_copy(update={"embedder": "minilm"})) is None


async def test_another_version_of_it(ollama: ScriptedOllama, tmp_path: Path) -> None:
    filled_by(tmp_path, embedder_name("nomic-embed-text", "0" * 8))
    found = (await looked(settings(ollama, home=tmp_path)))["embedding model"]
    assert found.state == "missing"
    assert "another version" in found.says


async def test_a_catalogue_filled_by_another_model(tmp_path: Path) -> None:
    filled_by(tmp_path, embedder_name("mxbai-embed-large", "0" * 8))
    given = settings(home=tmp_path, embedder="ollama")
    needed = needed_embedding(given)
    assert needed
    assert needed.model == "nomic-embed-text"
    assert to_be_refilled(given, tmp_path / "catalogue") == "ollama/mxbai-embed-large@00000000/1"
    kept = given.model_copy(update={"embedding_model": "mxbai-embed-large"})
    assert to_be_refilled(kept, tmp_path / "catalogue") is None


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe"])
async def test_a_broken_manifest_is_not_this_part_s_matter(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "manifest.json").write_bytes(content)
    assert needed_embedding(settings(home=tmp_path)) is None


def test_clauses_come_apart_at_what_to_do() -> None:
    assert parted("it is busy, try again in a while") == ("it is busy", "try again in a while")
    assert parted("a, b; set X") == ("a, b", "set X")
    assert parted("it died")[1].startswith("see Ollama's log")
    assert GEMMA.name == "gemma3:4b"
