"""A catalogue that a model in a server fills, and a companion that goes on without it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedOllama
from moodreel.agent.companion import MovieAgent
from moodreel.agent.embedding_step import CHANGED, SILENT, embedded, place_of
from moodreel.agent.engines.ledger import Ledger
from moodreel.agent.engines.reading.likely_moods import likely_moods
from moodreel.agent.settings import Settings, load_settings
from moodreel.errors import CatalogueMismatch, EmbedderSilent
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.embedding import (
    TEXT_SPACES,
    embed_items,
    item_texts,
)
from moodreel.ingest.minilm import MINILM, MiniLM
from moodreel.ingest.ollama_embedder import BATCH, OllamaEmbedder
from moodreel.ingest.ollama_place import OllamaPlace
from moodreel.ingest.starter import open_catalogue, opening, starter_items
from moodreel.tools.derive import Deriver
from moodreel.tools.query import MoodWish, Query, TextWish
from moodreel.tools.retrieve import retrieve

from .conftest import copy_folder
from .embedding_server import FAULTS, FILMS, OTHER, OWN, PREFIX, TEXTS, inputs

needs_minilm = pytest.mark.skipif(
    MINILM.problem() is not None, reason="the MiniLM weights are not installed: make install"
)


@pytest.fixture
def server() -> Iterator[ScriptedOllama]:
    with ScriptedOllama() as running:
        yield running


@pytest.fixture
def place(server: ScriptedOllama) -> OllamaPlace:
    return OllamaPlace(server.url, seconds=5.0)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A starter catalogue of 70 films."""
    monkeypatch.setattr(opening, "starter_items", lambda: list(FILMS))


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
def catalogue(filled: Path, place: OllamaPlace) -> Iterator[Catalogue]:
    opened = open_catalogue(filled, "ollama", ollama=place)
    yield opened
    opened.close()


async def test_texts_are_embedded_before_the_tools_need_them(
    catalogue: Catalogue, server: ScriptedOllama
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
    catalogue: Catalogue,
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
    catalogue: Catalogue, server: ScriptedOllama
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
    catalogue: Catalogue, server: ScriptedOllama
) -> None:
    server.seen.clear()
    assert not (await embedded(QUERY, catalogue, -1.0, Ledger())).texts
    assert server.seen == []
    assert isinstance(catalogue.embedder, OllamaEmbedder)
    assert not catalogue.embedder.resting


async def test_a_cancelled_turn_leaves_the_embedder_usable(
    catalogue: Catalogue, server: ScriptedOllama
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
    catalogue: Catalogue, server: ScriptedOllama
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


async def test_embedders_in_this_process_are_not_waited_for(starter: Catalogue) -> None:
    ledger = Ledger()
    assert await embedded(QUERY, starter, 0.0, ledger) is QUERY
    assert not ledger.calls


def test_unknown_adjectives_ask_no_server(catalogue: Catalogue, server: ScriptedOllama) -> None:
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
