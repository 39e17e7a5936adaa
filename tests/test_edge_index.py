"""The index of a large catalogue: built beside it, used, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from moodreel.errors import CatalogueBroken
from moodreel.ingest import edge_index
from moodreel.ingest.bench_store import synthetic_items
from moodreel.ingest.catalogue import Probe
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.edge_index import build_index, wanted
from moodreel.ingest.limits import Years, conditions

from .doubles import HashEmbedder

EMBEDDER = HashEmbedder()
LATE = conditions([Years(earliest=1990)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = EdgeCatalogue.create(tmp_path / "catalogue", EMBEDDER)
    made.upsert(synthetic_items(300))
    made.close()
    return tmp_path / "catalogue"


def _found(catalogue: EdgeCatalogue) -> list[str]:
    probe = Probe("plot", catalogue.embed(["a heist in a casino"], "plot")[0])
    return [hit.id for hit in catalogue.search([probe], conditions=LATE, limit=20)]


def test_graphs_hold_every_vector_and_find_the_same(folder: Path) -> None:
    catalogue = EdgeCatalogue.open(folder, EMBEDDER)
    before, told = _found(catalogue), catalogue.summary().index
    catalogue.close()
    build_index(folder)
    catalogue = EdgeCatalogue.open(folder, EMBEDDER)
    try:
        assert (told, catalogue.summary().index) == ("exact", "HNSW (100% of the vectors)")
        assert _found(catalogue) == before and len(before) == 20
    finally:
        catalogue.close()


def test_what_comes_and_goes_after_it_is_seen(folder: Path) -> None:
    build_index(folder)
    catalogue = EdgeCatalogue.open(folder, EMBEDDER)
    try:
        gone, *_ = _found(catalogue)
        new = [item.model_copy(update={"id": f"new-{item.id}"}) for item in synthetic_items(20)]
        catalogue.upsert(new)
        catalogue.delete([gone])
        assert gone not in _found(catalogue)
        probe = Probe("plot", catalogue.vectors([new[3].id], "plot")[new[3].id])
        assert catalogue.search([probe], limit=2)[0].id in (new[3].id, new[3].id[4:])
        assert "HNSW (9" in catalogue.summary().index
    finally:
        catalogue.close()


def test_only_a_large_catalogue_with_many_new_items_wants_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = edge_index.ENOUGH - 1
    assert not wanted(few, 0) and wanted(few + 1, 0) and wanted(few + 1, 0.7)
    assert not wanted(few + 1, 0.9)
    monkeypatch.setattr(edge_index, "ENOUGH", 300)
    for indexed in (False, True):
        catalogue = EdgeCatalogue.open(folder, EMBEDDER)
        assert catalogue.wants_index() is not indexed
        catalogue.close()
        build_index(folder)


def test_an_open_catalogue_is_left_alone_and_says_so(folder: Path) -> None:
    catalogue = EdgeCatalogue.open(folder, EMBEDDER)
    try:
        with pytest.raises(CatalogueBroken, match="can't be built") as refused:
            build_index(folder)
        assert "open in another program" in str(refused.value)
        assert len(_found(catalogue)) == 20
    finally:
        catalogue.close()
