"""Moving a catalogue to a server: resumable, in place at once, and nothing of one's own lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from moodreel.errors import CatalogueUnreachable, UsageError
from moodreel.ingest import server_client
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.item import Item
from moodreel.ingest.push import push
from moodreel.ingest.server import ServerCatalogue
from moodreel.ingest.server_place import ServerPlace

from .doubles import HashEmbedder
from .films import FILMS
from .qdrant_server import Fault, LoopbackQdrant, serving

EMBEDDER = HashEmbedder()
OWN = Item(id="own", title="Our Own Harbour", mood="calm", source="me")


@pytest.fixture
def qdrant(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackQdrant]:
    monkeypatch.setattr(server_client, "_READING", ())
    monkeypatch.setattr(server_client, "_WRITING", ())
    with serving(LoopbackQdrant()) as running:
        yield running


@pytest.fixture
def place(qdrant: LoopbackQdrant) -> ServerPlace:
    return ServerPlace(qdrant.url)


@pytest.fixture
def source(tmp_path: Path) -> Iterator[EdgeCatalogue]:
    made = EdgeCatalogue.create(tmp_path / "catalogue", EMBEDDER)
    made.upsert(FILMS[:600])
    made.set_note("starter", "v1")
    yield made
    made.close()


def _opened(place: ServerPlace) -> ServerCatalogue:
    return ServerCatalogue.open(place, EMBEDDER)


def test_everything_comes_along_and_nothing_is_embedded(
    source: EdgeCatalogue, place: ServerPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[tuple[int, int]] = []
    with monkeypatch.context() as patch:
        patch.delattr(HashEmbedder, "embed")
        pushed = push(source, place, watch=lambda *step: steps.append(step))
    assert (pushed.items, pushed.already) == (600, 0)
    assert steps == [(256, 600), (512, 600), (600, 600)]
    opened = _opened(place)
    assert list(opened.items()) == list(source.items())
    assert opened.note("starter") == "v1"
    np.testing.assert_array_equal(opened.embed(["a"], "plot"), source.embed(["a"], "plot"))
    opened.close()


def test_a_push_that_was_cut_short_goes_on(
    source: EdgeCatalogue, place: ServerPlace, qdrant: LoopbackQdrant
) -> None:
    qdrant.faults = [Fault("PUT .*/points$", "drop", skip=3)]
    with pytest.raises(CatalogueUnreachable):
        push(source, place)
    assert not qdrant.client.collection_exists("moodreel")
    qdrant.faults = []
    changed = next(iter(source.items())).model_copy(update={"title": "Changed Since"})
    gone = list(source.items())[5]
    source.upsert([changed])
    source.delete([gone.id])
    sent = len(qdrant.requests("PUT .*/points$"))
    pushed = push(source, place)
    again = [p for body in qdrant.requests("PUT .*/points$")[sent:] for p in body["points"]]
    assert pushed.items == 599
    assert pushed.already == 599 - len(again) > 300
    assert changed.id in {point["payload"]["id"] for point in again}
    opened = _opened(place)
    assert list(opened.items()) == list(source.items())
    assert len(qdrant.collections()) == 1
    opened.close()


def test_searches_go_on_while_another_one_is_pushed(
    source: EdgeCatalogue, place: ServerPlace, qdrant: LoopbackQdrant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("moodreel.ingest.server.FRESH_SECONDS", 0.0)
    push(source, place)
    reader = _opened(place)
    source.delete([film.id for film in FILMS[:300]])
    found: list[int] = []

    def look(done: int, total: int) -> None:
        found.append(len(reader.search([], limit=700)))

    push(source, place, replace=True, watch=look)
    assert found == [600, 600]
    assert len(reader.search([], limit=700)) == reader.count() == 300
    assert len(qdrant.collections()) == 1
    source.upsert([OWN])
    push(source, place)
    assert reader.get(["own"]) == {"own": OWN}
    reader.upsert([OWN.model_copy(update={"title": "Later"})])
    assert _titles(place) == "Later"
    reader.close()


def _titles(place: ServerPlace) -> str:
    opened = _opened(place)
    title = opened.get(["own"])["own"].title
    opened.close()
    return title


def test_what_only_the_server_has_is_not_dropped_unasked(
    source: EdgeCatalogue, place: ServerPlace
) -> None:
    push(source, place)
    opened = _opened(place)
    opened.upsert([OWN])
    with pytest.raises(UsageError, match=r"1 items .*\(own\).*--replace"):
        push(source, place)
    assert opened.count() == 601
    assert push(source, place, replace=True).items == 600
    opened.close()


def test_what_is_added_while_a_push_runs_is_not_dropped(
    source: EdgeCatalogue, place: ServerPlace
) -> None:
    push(source, place)
    opened = _opened(place)
    source.upsert([FILMS[700]])
    with pytest.raises(UsageError, match="--replace"):
        push(source, place, watch=lambda done, total: opened.upsert([OWN]))
    assert opened.get(["own"]) == {"own": OWN}
    opened.close()


@pytest.mark.parametrize("step", ["PATCH", "POST /collections/aliases", "DELETE"])
@pytest.mark.parametrize("late", [False, True])
def test_cut_short_at_the_end_it_ends_the_same(
    step: str, late: bool, source: EdgeCatalogue, place: ServerPlace, qdrant: LoopbackQdrant
) -> None:
    push(source, place)
    source.upsert([OWN])
    qdrant.faults = [Fault(step, "drop", late=late, times=1)]
    with pytest.raises(CatalogueUnreachable):
        push(source, place)
    assert push(source, place).items == 601
    opened = _opened(place)
    assert opened.count() == 601
    opened.close()


def test_a_push_of_another_state_is_begun_anew(
    source: EdgeCatalogue, place: ServerPlace, qdrant: LoopbackQdrant, tmp_path: Path
) -> None:
    qdrant.faults = [Fault("PUT .*/points$", "drop", skip=1)]
    with pytest.raises(CatalogueUnreachable):
        push(source, place)
    qdrant.faults = []
    other = EdgeCatalogue.create(tmp_path / "other", HashEmbedder(name="hash/2"))
    other.upsert(FILMS[:70])
    assert push(other, place).already == 0
    assert len(qdrant.collections()) == 1
    other.close()
