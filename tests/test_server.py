"""The catalogue on a server: what goes wrong on the way, and many processes at once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from moodreel.errors import (
    CatalogueBroken,
    CatalogueMismatch,
    CatalogueRefused,
    CatalogueUnreachable,
    MoodreelError,
    UsageError,
)
from moodreel.ingest import server as serving_module
from moodreel.ingest import server_client
from moodreel.ingest.catalogue import Probe
from moodreel.ingest.item import Item
from moodreel.ingest.server import ServerCatalogue
from moodreel.ingest.server_client import ServerClient
from moodreel.ingest.server_draft import ServerHome, begin, live
from moodreel.ingest.server_place import ServerPlace
from moodreel.ingest.server_state import Writer, writer_key

from .doubles import HashEmbedder
from .films import FILMS
from .qdrant_server import Fault, LoopbackQdrant, serving

EMBEDDER = HashEmbedder()
KEY = "k-3c9e1f"


@pytest.fixture
def qdrant() -> Iterator[LoopbackQdrant]:
    with serving(LoopbackQdrant(key=KEY)) as running:
        yield running


@pytest.fixture
def place(qdrant: LoopbackQdrant) -> ServerPlace:
    return ServerPlace(qdrant.url, KEY, seconds=10)


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between attempts, which nobody waits for."""
    taken: list[float] = []
    monkeypatch.setattr(server_client, "time", SimpleNamespace(sleep=taken.append))
    return taken


@pytest.fixture
def small(place: ServerPlace) -> Iterator[ServerCatalogue]:
    made = built(place)
    yield made
    made.close()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask who wrote before every look-up."""
    monkeypatch.setattr(serving_module, "FRESH_SECONDS", 0.0)


def built(place: ServerPlace, films: int = 80) -> ServerCatalogue:
    ServerHome(place).build(EMBEDDER, lambda made: made.upsert(FILMS[:films]))
    return ServerCatalogue.open(place, EMBEDDER)


def said(error: pytest.ExceptionInfo[MoodreelError]) -> str:
    """The one sentence, which never has the key."""
    text = str(error.value)
    assert "\n" not in text
    assert KEY not in text
    chained = error.value.__cause__ or error.value.__context__
    assert error.value.__suppress_context__ or chained is None
    return text


# --- storing ----------------------------------------------------------------------------------


def test_what_is_stored_comes_back_and_goes(small: ServerCatalogue, place: ServerPlace) -> None:
    small.set_note("version", {"n": 3})
    film = FILMS[0].model_copy(update={"title": "Quite Another Name"})
    small.upsert([film])
    assert small.delete([FILMS[1].id, "nobody"]) == 1
    again = ServerCatalogue.open(place, EMBEDDER)
    assert again.note("version") == {"n": 3}
    assert again.get([film.id, FILMS[1].id]) == {film.id: film}
    assert again.find("Quite Another Name")[0].id == film.id
    assert len(list(again.items())) == again.count() == 79
    again.close()
    again.close()
    with pytest.raises(UsageError, match="closed"):
        again.search([])


def test_a_note_that_is_none_is_no_note(small: ServerCatalogue) -> None:
    small.set_note("x", 1)
    small.set_note("x", None)
    assert small.note("x") is None


def test_the_layout_is_the_one_in_the_settings(qdrant: LoopbackQdrant) -> None:
    place = ServerPlace(qdrant.url, KEY, shards=3, replicas=2, quantisation="scalar")
    built(place).close()
    made = next(b for b in qdrant.requests("^PUT /collections/[^/]+$") if b)
    assert (made["shard_number"], made["replication_factor"]) == (3, 2)
    assert made["vectors"]["mood"]["quantization_config"]["scalar"]["type"] == "int8"
    assert made["vectors"]["traits"].get("quantization_config") is None
    indexed = {body["field_name"]: body["field_schema"] for body in qdrant.requests("/index$")}
    assert indexed["year"] == indexed["write"] == "integer"
    assert indexed["people"] == "keyword"
    assert indexed["renown"] == "float"


@pytest.mark.parametrize(("most", "exact"), [(80, True), (79, False)])
def test_small_catalogues_are_searched_exactly(
    most: int, exact: bool, place: ServerPlace, qdrant: LoopbackQdrant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("moodreel.ingest.server_store.EXACT_UNTIL", most)
    opened = built(place)
    opened.search([Probe("plot", opened.embed(["a murder"], "plot")[0])], words="murder")
    dense, words = qdrant.requests("/query/batch$")[-2]["searches"]
    assert dense["params"]["exact"] is exact
    assert dense["params"]["quantization"]["rescore"]
    assert words.get("params") is None
    opened.close()


# --- a server that fails ------------------------------------------------------------------------


@pytest.mark.parametrize("route", ["PUT .*/points$", "/index$", "PATCH", "PUT /collections/[^/]+$"])
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.usefixtures("naps")
def test_what_is_written_is_written_again_until_it_is_there(
    route: str, late: bool, place: ServerPlace, qdrant: LoopbackQdrant
) -> None:
    qdrant.faults = [
        Fault(route, "drop", times=2, late=late, skip=1),
        Fault(route, "status", times=1, status=503),
    ]
    opened = built(place)
    assert opened.count() == 80
    assert not any(fault.times for fault in qdrant.faults[:1] if route != "PUT /collections/[^/]+$")
    opened.close()


def test_pauses_grow_and_end(place: ServerPlace, qdrant: LoopbackQdrant, naps: list[float]) -> None:
    opened = built(place)
    qdrant.faults = [Fault("PUT .*/points$", "status", status=500, said=f"disk {KEY} full")]
    with pytest.raises(CatalogueUnreachable) as error:
        opened.upsert([FILMS[100]])
    assert "500, disk … full" in said(error)
    assert naps == sorted(naps)
    assert len(naps) == 5
    assert not opened.get([FILMS[100].id])
    qdrant.faults = []
    opened.upsert([FILMS[100]])
    assert opened.get([FILMS[100].id])
    opened.close()


def test_a_busy_server_is_given_the_time_it_asks_for(
    small: ServerCatalogue, qdrant: LoopbackQdrant, naps: list[float]
) -> None:
    qdrant.faults = [Fault("/query/batch$", "status", times=1, status=429, retry_after=1)]
    assert small.search([])
    assert naps == [1.0]


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (Fault(".", "status", status=401), CatalogueRefused, "MOODREEL_CATALOGUE_API_KEY"),
        (Fault(".", "status", status=403), CatalogueRefused, "403"),
        (Fault(".", "status", status=500), CatalogueUnreachable, "try again"),
        (Fault(".", "status", status=503), CatalogueUnreachable, "503"),
        (Fault(".", "status", status=429), CatalogueUnreachable, "429"),
        (Fault(".", "status", status=400), CatalogueBroken, "doctor"),
        (Fault(".", "status", status=404), CatalogueBroken, "push"),
        (Fault(".", "drop"), CatalogueUnreachable, "no Qdrant server answers"),
        (Fault(".", "body", said="<html>"), CatalogueUnreachable, "is no Qdrant server"),
        (Fault(".", "body", said="{}"), CatalogueUnreachable, "is no Qdrant server"),
    ],
)
@pytest.mark.usefixtures("naps")
def test_each_fault_is_one_sentence(
    fault: Fault, kind: type[MoodreelError], words: str, place: ServerPlace, qdrant: LoopbackQdrant
) -> None:
    built(place).close()
    qdrant.faults = [fault]
    with pytest.raises(kind) as error:
        ServerCatalogue.open(place, EMBEDDER)
    assert words in said(error)


@pytest.mark.usefixtures("small")
def test_a_server_that_is_too_slow_is_asked_once(
    place: ServerPlace, qdrant: LoopbackQdrant, naps: list[float]
) -> None:
    hurried = ServerCatalogue.open(replace(place, seconds=1), EMBEDDER)
    hangs = Fault("/query/batch$", "hang", seconds=1.5, times=5)
    qdrant.faults = [hangs]
    with pytest.raises(CatalogueUnreachable) as error:
        hurried.search([])
    assert "within 1 s" in said(error)
    assert "MOODREEL_CATALOGUE_SECONDS" in said(error)
    assert (hangs.times, naps) == (4, [])
    hurried.close()


@pytest.mark.usefixtures("naps")
def test_nobody_there(place: ServerPlace) -> None:
    with pytest.raises(CatalogueUnreachable, match="start it") as error:
        ServerCatalogue.open(ServerPlace("http://127.0.0.1:9", KEY), EMBEDDER)
    assert "http://127.0.0.1:9" in said(error)


def test_a_wrong_key_is_refused(qdrant: LoopbackQdrant) -> None:
    wrong = "k-000"
    with pytest.raises(CatalogueRefused) as error:
        ServerCatalogue.open(ServerPlace(qdrant.url, wrong), EMBEDDER)
    assert wrong not in said(error)


def test_no_key_in_logs_or_names(
    place: ServerPlace, caplog: pytest.LogCaptureFixture, qdrant: LoopbackQdrant
) -> None:
    caplog.set_level(logging.DEBUG)
    qdrant.faults = [Fault("PATCH", "status", times=1, status=500)]
    built(place).close()
    assert caplog.text
    assert KEY not in caplog.text + repr(place)


def test_a_certificate_of_nobody(tmp_path: Path, naps: list[float]) -> None:
    with serving(LoopbackQdrant(), certificate=own_certificate(tmp_path)) as qdrant:
        with pytest.raises(CatalogueUnreachable, match="can't be trusted") as error:
            ServerCatalogue.open(ServerPlace(qdrant.url), EMBEDDER)
        assert "SSL_CERT_FILE" in said(error)
    assert naps == []


def own_certificate(folder: Path) -> Path:
    """Key and certificate of 127.0.0.1 that nobody vouches for, in one file."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, form, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


# --- what is there is not what is wanted --------------------------------------------------------


def test_another_embedder_is_refused(small: ServerCatalogue, place: ServerPlace) -> None:
    for other in (HashEmbedder(name="hash/2"), HashEmbedder(dimension=16)):
        with pytest.raises(CatalogueMismatch, match="'hash/1'") as error:
            ServerCatalogue.open(place, other)
        assert "push" in said(error)


def test_a_collection_of_somebody_else(qdrant: LoopbackQdrant) -> None:
    qdrant.client.create_collection("moodreel", vectors_config={})
    with pytest.raises(CatalogueBroken, match="MOODREEL_CATALOGUE_COLLECTION") as error:
        ServerCatalogue.open(ServerPlace(qdrant.url, KEY), EMBEDDER)
    assert "'moodreel'" in said(error)


def test_vectors_of_another_size(small: ServerCatalogue, qdrant: LoopbackQdrant) -> None:
    facts = {"name": "x", "embedder": "hash/1", "dimension": 16}
    qdrant.client.update_collection(small.state.name, metadata={"moodreel": facts})
    with pytest.raises(CatalogueMismatch, match="other vectors"):
        ServerCatalogue.open(ServerPlace(qdrant.url, KEY), HashEmbedder(dimension=16))


def test_nothing_there(place: ServerPlace) -> None:
    with pytest.raises(CatalogueBroken, match="push"):
        ServerCatalogue.open(place, EMBEDDER)


def test_points_that_are_gone_are_missed(
    small: ServerCatalogue, place: ServerPlace, qdrant: LoopbackQdrant
) -> None:
    page, _ = qdrant.client.scroll(small.state.name, limit=3)
    qdrant.client.delete(small.state.name, [record.id for record in page])
    with pytest.raises(CatalogueBroken, match="should hold 80 items and holds 77"):
        ServerCatalogue.open(place, EMBEDDER)


# --- writes that were cut short -----------------------------------------------------------------


@pytest.mark.usefixtures("naps")
def test_a_half_written_batch_is_known_and_finished(
    small: ServerCatalogue, place: ServerPlace, qdrant: LoopbackQdrant
) -> None:
    qdrant.faults = [Fault("PUT .*/points$", "drop", skip=1)]
    with pytest.raises(CatalogueUnreachable):
        small.upsert(FILMS[80:380])
    qdrant.faults = []
    other = ServerCatalogue.open(place, EMBEDDER)
    assert other.state.unfinished
    assert 80 < other.count() < 380
    other.upsert(FILMS[80:380])
    assert other.count() == other.state.manifest.items == 380
    other.close()
    small.upsert([FILMS[0]])
    assert not small.state.unfinished
    ServerCatalogue.open(place, EMBEDDER).close()


def test_a_writer_that_died_is_forgotten_after_an_hour(
    small: ServerCatalogue, qdrant: LoopbackQdrant
) -> None:
    for age, name in ((59, "lives"), (61, "died")):
        at = datetime.now(UTC) - timedelta(minutes=age)
        entry = Writer(open=True, at=at).model_dump(mode="json")
        qdrant.client.update_collection(small.state.name, metadata={writer_key(name): entry})
    small.upsert([FILMS[90]])
    small.upsert([FILMS[91]])
    assert "lives" in small.state.writers
    assert "died" not in small.state.writers


def test_an_interrupted_build_leaves_nothing(place: ServerPlace, qdrant: LoopbackQdrant) -> None:
    def fill(made: Any) -> None:
        made.upsert(FILMS[:70])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ServerHome(place).build(EMBEDDER, fill)
    assert not qdrant.collections()


def test_what_killed_builds_left_is_removed_in_time(
    place: ServerPlace, qdrant: LoopbackQdrant
) -> None:
    client = ServerClient(place)
    old, fresh = (begin(client, EMBEDDER, "build", {}) for _ in range(2))
    client.close()
    at = (datetime.now(UTC) - timedelta(minutes=61)).isoformat()
    qdrant.client.update_collection(old.name, metadata={"begun": at})
    built(place, 70).close()
    assert old.name not in qdrant.collections()
    assert fresh.name in qdrant.collections()
    assert len(qdrant.collections()) == 2


def test_of_two_that_build_the_first_stays(place: ServerPlace, qdrant: LoopbackQdrant) -> None:
    def fill(made: Any) -> None:
        built(place, 70).close()
        made.upsert(FILMS[:75])

    ServerHome(place).build(EMBEDDER, fill)
    opened = ServerCatalogue.open(place, EMBEDDER)
    assert opened.count() == 70
    assert len(qdrant.collections()) == 1
    opened.close()


# --- several processes --------------------------------------------------------------------------


@pytest.mark.usefixtures("at_once")
def test_what_one_writes_the_others_know(small: ServerCatalogue, place: ServerPlace) -> None:
    other = ServerCatalogue.open(place, EMBEDDER)
    assert other.titles.find("Our Own Harbour") == []
    own = Item(id="own", title="Our Own Harbour", mood="calm", directors=("Ada Vale",))
    small.upsert([own])
    assert other.find("Our Own Harbour")[0].id == "own"
    assert other.get(["own"]) == {"own": own}
    assert other.people.find_person("Ada Vale")
    changed = own.model_copy(update={"title": "Their Harbour"})
    other.upsert([changed])
    assert small.get(["own"])["own"].title == "Their Harbour"
    assert not small.find("Our Own Harbour")
    assert other.delete(["own"]) == 1
    assert small.get(["own"]) == {}
    assert not small.find("Their Harbour")
    assert small.summary().items == other.summary().items == 80
    small.set_note("n", 1)
    assert other.note("n") == 1
    other.close()


def test_nobody_asks_all_the_time(small: ServerCatalogue, qdrant: LoopbackQdrant) -> None:
    def asked() -> int:
        return len(qdrant.requests("^GET /collections/moodreel$"))

    before = asked()
    for _ in range(20):
        small.search([], limit=3)
        small.find("Heat")
    assert asked() <= before + 10


@pytest.mark.usefixtures("at_once")
def test_only_what_is_new_is_read(
    small: ServerCatalogue, place: ServerPlace, qdrant: LoopbackQdrant
) -> None:
    other = ServerCatalogue.open(place, EMBEDDER)
    small.upsert([FILMS[100]])
    small.upsert([FILMS[101]])
    before = len(qdrant.asked)
    assert FILMS[101].id in other.get([FILMS[101].id])
    scrolled = [body for line, body in qdrant.asked[before:] if line.endswith("/scroll")]
    assert [body["with_payload"] for body in scrolled] == [["item"]]
    other.close()


@pytest.mark.usefixtures("at_once")
def test_many_writers_are_forgotten_and_nothing_is_missed(
    place: ServerPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving_module, "MANY_WRITERS", 3)
    reader = built(place)
    for film in FILMS[100:110]:
        writer = ServerCatalogue.open(place, EMBEDDER)
        writer.upsert([film])
        writer.close()
        assert film.id in reader.get([film.id])
        assert len(reader.state.writers) <= 4
    assert reader.count() == 90
    reader.close()


@pytest.mark.usefixtures("naps")
def test_it_comes_back_with_the_server(place: ServerPlace) -> None:
    qdrant = LoopbackQdrant()
    with serving(qdrant):
        port = int(qdrant.url.rpartition(":")[2])
        opened = built(ServerPlace(qdrant.url))
        assert opened.search([])
    with pytest.raises(CatalogueUnreachable):
        opened.search([])
    with serving(qdrant, port=port):
        assert opened.search([])
    opened.close()


def test_live_is_none_where_nothing_is(place: ServerPlace) -> None:
    client = ServerClient(place)
    assert live(client) is None
    client.close()


def test_an_old_server_is_told_apart(
    place: ServerPlace, monkeypatch: pytest.MonkeyPatch, qdrant: LoopbackQdrant
) -> None:
    real = qdrant.client.create_collection

    def without_metadata(*args: Any, metadata: Any, **named: Any) -> bool:
        return real(*args, **named)

    monkeypatch.setattr(qdrant.client, "create_collection", without_metadata)
    with pytest.raises(CatalogueBroken, match=r"1\.16"):
        built(place)
    assert not qdrant.collections()
