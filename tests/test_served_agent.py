"""The commands and the companion where a Qdrant server has the catalogue."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from moodreel.agent.channels.doctor import examine
from moodreel.agent.companion import MovieAgent
from moodreel.agent.settings import load_settings
from moodreel.errors import BadSettings, CatalogueMismatch, CatalogueUnreachable
from moodreel.ingest import server_client
from moodreel.ingest.starter import open_catalogue
from pydantic import SecretStr

from .conftest import copy_folder
from .qdrant_server import Fault, LoopbackQdrant, serving
from .shell import Shell

KEY = "k-3c9e1f"


@pytest.fixture(scope="module")
def qdrant() -> Iterator[LoopbackQdrant]:
    with serving(LoopbackQdrant(key=KEY)) as running:
        yield running


@pytest.fixture(scope="module")
def pushed(
    qdrant: LoopbackQdrant, built_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> LoopbackQdrant:
    """A server with the starter films, put there by the command."""
    home = copy_folder(built_home, tmp_path_factory.mktemp("pushed") / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOODREEL_HOME", str(home))
        patch.setenv("MOODREEL_CATALOGUE_API_KEY", KEY)
        from moodreel.agent.channels.terminal import main  # noqa: PLC0415

        with pytest.raises(SystemExit) as left:
            main(["catalogue", "push", qdrant.url])
    assert left.value.code == 0
    return qdrant


@pytest.fixture
def served(pushed: LoopbackQdrant, monkeypatch: pytest.MonkeyPatch) -> LoopbackQdrant:
    """The settings of somebody who uses that server."""
    monkeypatch.setenv("MOODREEL_CATALOGUE_URL", pushed.url)
    monkeypatch.setenv("MOODREEL_CATALOGUE_API_KEY", KEY)
    monkeypatch.setattr(server_client, "_READING", ())
    monkeypatch.setattr(server_client, "_WRITING", ())
    return pushed


def doctored() -> tuple[str, str, str]:
    found = next(check for check in examine() if check.name == "catalogue")
    return found.state, found.says, found.remedy


@pytest.mark.usefixtures("served")
def test_commands_use_the_server_and_need_no_catalogue_of_their_own(
    shell: Shell, tmp_path: Path
) -> None:
    summary = shell("catalogue", "--json").data
    assert summary["items"] == 1536
    assert summary["bytes"] is None
    assert "unknown" in shell("catalogue").out
    assert shell("similar", "Heat", "--json").data["similar"]
    assert not (tmp_path / "home" / "catalogue").exists()
    table = tmp_path / "own.csv"
    table.write_text("title,year,overview\nOur Own Harbour,1994,A calm town by the sea.\n")
    assert shell("ingest", "table", str(table), "--json").data["added"] == 1
    assert shell("ingest", "table", str(table), "--json").data["added"] == 1  # told again, not done
    assert shell("similar", "Our Own Harbour", "--json").data["similar"]
    assert shell("catalogue", "--json").data["items"] == 1537


def test_the_same_list_as_from_a_folder(
    served: LoopbackQdrant, shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish = "something warm and funny like Paddington 2, under two hours, nothing animated"
    from_server = shell("ask", "--json", wish).data
    monkeypatch.delenv("MOODREEL_CATALOGUE_URL")
    from_folder = shell("ask", "--json", wish).data
    assert [p["id"] for p in from_server["picks"]] == [p["id"] for p in from_folder["picks"]]
    assert from_server["reply"] == from_folder["reply"]


def test_doctor_says_what_the_server_holds(
    served: LoopbackQdrant, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, says, _ = doctored()
    assert state == "ok"
    assert served.url in says
    assert "filled by" in says
    monkeypatch.setenv("MOODREEL_CATALOGUE_COLLECTION", "other")
    assert "nothing yet" in doctored()[1]
    monkeypatch.setenv("MOODREEL_CATALOGUE_API_KEY", "k-000")
    state, says, remedy = doctored()
    assert (state, "k-000" in says + remedy) == ("broken", False)
    assert "MOODREEL_CATALOGUE_API_KEY" in remedy


@pytest.mark.usefixtures("served")
def test_another_embedder_is_not_forced_on_others(tmp_path: Path) -> None:
    settings = load_settings(embedder="light")
    if open_catalogue(tmp_path, server=settings.server).embedder.name.startswith("wordllama"):
        pytest.skip("the light embedder filled it: the MiniLM weights are not installed")
    with pytest.raises(CatalogueMismatch, match="MOODREEL_EMBEDDER=auto"):
        open_catalogue(tmp_path, "light", server=settings.server)


async def test_a_conversation_outlives_its_server(served: LoopbackQdrant, tmp_path: Path) -> None:
    settings = load_settings(engine="builtin", conversations="memory", home=tmp_path)
    async with await MovieAgent.open(settings) as agent:
        first = await agent.send("a funny heist film, nothing violent", "a")
        served.faults = [Fault(".", "drop")]
        with pytest.raises(CatalogueUnreachable, match="start it") as error:
            await agent.send("older, please", "a")
        assert KEY not in str(error.value)
        served.faults = []
        second = await agent.send("older, please", "a")
        assert second.turn == first.turn + 1
        assert second.picks
        assert not {p.id for p in second.picks} & {p.id for p in first.picks}


async def test_two_workers_share_one_server(
    served: LoopbackQdrant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moodreel.ingest.server.FRESH_SECONDS", 0.0)
    one, other = [
        await MovieAgent.open(
            load_settings(engine="builtin", conversations="memory", home=tmp_path / name)
        )
        for name in ("one", "other")
    ]
    try:
        await one.send("hello", "a")
        item = next(iter(one.catalogue.get(["tt0113277"]).values()))
        own = item.model_copy(update={"id": "own-2", "title": "Blue Lantern Quay", "source": "me"})
        await asyncio.to_thread(one.catalogue.upsert, [own])
        reply = await other.send("I loved Blue Lantern Quay", "a")
        assert any("Blue Lantern Quay" in line for line in reply.understood)
        await asyncio.to_thread(other.catalogue.delete, ["own-2"])
        asked = len(served.asked)
        assert one.catalogue.find("Blue Lantern Quay"), "an event loop doesn't wait for a server"
        assert len(served.asked) == asked
        reply = await one.send("I loved Blue Lantern Quay", "a")
        assert not any("Blue Lantern Quay" in line for line in reply.understood)
    finally:
        await one.close()
        await other.close()


def test_the_first_use_builds_where_nothing_is(tmp_path: Path) -> None:
    with serving(LoopbackQdrant()) as empty:
        server = load_settings(catalogue_url=empty.url).server
        steps: list[tuple[int, int]] = []
        opened = open_catalogue(tmp_path, "light", lambda *s: steps.append(s), server=server)
        assert opened.summary().sources == {"starter": 1536}
        assert steps[-1] == (1536, 1536)
        opened.close()
        steps.clear()
        open_catalogue(tmp_path, "auto", lambda *s: steps.append(s), server=server).close()
        assert not steps
        assert len(empty.collections()) == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"catalogue_url": "ftp://x"}, "is no address"),
        ({"catalogue_url": "http://a b"}, "is no address"),
        ({"catalogue_url": "http://x:99999"}, "is no address"),
        ({"catalogue_url": "http://me:secret@x"}, "catalogue_api_key"),
        ({"catalogue_url": "http://x?api-key=secret"}, "catalogue_api_key"),
        ({"catalogue_url": "http://10.0.0.7:6333", "catalogue_api_key": "secret"}, "use https"),
        ({"catalogue_url": "http://x", "catalogue_api_key": "sécret"}, "copy it again"),
        ({"catalogue_collection": "a/b"}, "MOODREEL_CATALOGUE_COLLECTION"),
        ({"catalogue_shards": 0}, "MOODREEL_CATALOGUE_SHARDS"),
        ({"catalogue_quantisation": "tiny"}, "MOODREEL_CATALOGUE_QUANTISATION"),
        ({"catalogue_seconds": 0}, "MOODREEL_CATALOGUE_SECONDS"),
    ],
)
def test_contradictions_are_refused_at_start(given: dict[str, str], words: str) -> None:
    with pytest.raises(BadSettings, match=words) as error:
        load_settings(**given)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("localhost", "http://localhost:6333"),
        ("qdrant:7000", "http://qdrant:7000"),
        ("https://x.example/path/", "https://x.example:6333/path"),
        ("http://[::1]", "http://[::1]:6333"),
    ],
)
def test_addresses_are_understood(url: str, whole: str) -> None:
    server = load_settings(catalogue_url=url).server
    assert server
    assert server.url == whole


def test_a_key_may_go_to_this_machine_and_over_tls() -> None:
    key = SecretStr("secret")
    for url in ("http://127.0.0.1", "https://x.example"):
        server = load_settings(catalogue_url=url, catalogue_api_key=key).server
        assert server
        assert server.key == "secret"


def test_pushing_needs_a_server(shell: Shell, home: Path) -> None:
    assert shell("catalogue", "push").is_one_sentence("moodreel catalogue push http://")
    done = shell("catalogue", "push", "http://127.0.0.1:9")
    assert done.code == 1
    assert done.is_one_sentence("Qdrant server answers at http://127.0.0.1:9", "start it")
