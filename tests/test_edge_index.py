"""The index of a large catalogue: built beside it, used, and never in the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from moodreel.errors import CatalogueBroken, StorageError
from moodreel.ingest import edge_index, edge_shard
from moodreel.ingest.bench_store import synthetic_items
from moodreel.ingest.catalogue import Probe
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.edge_index import build_index, wanted
from moodreel.ingest.limits import Years, conditions
from moodreel.ingest.sparse_files import copy_sparse

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


def test_an_index_holds_every_vector_and_finds_the_same(folder: Path) -> None:
    catalogue = EdgeCatalogue.open(folder, EMBEDDER)
    before, told = _found(catalogue), catalogue.summary().index
    catalogue.close()
    assert build_index(folder)
    catalogue = EdgeCatalogue.open(folder, EMBEDDER)
    try:
        assert told == "exact"
        assert catalogue.summary().index == "int8 (100% of the vectors)"
        assert _found(catalogue) == before and len(before) == 20
    finally:
        catalogue.close()


def test_scores_are_as_exact_as_without_an_index(folder: Path) -> None:
    def scores() -> dict[str, tuple[float, ...]]:
        catalogue = EdgeCatalogue.open(folder, EMBEDDER)
        try:
            probes = [Probe(s, catalogue.embed(["a heist"], s)[0]) for s in ("plot", "mood")]
            hits = catalogue.search(probes, words="casino", conditions=LATE, limit=30)
            return {hit.id: (*hit.similarities, hit.words) for hit in hits}
        finally:
            catalogue.close()

    before = scores()
    build_index(folder)
    after = scores()
    assert len(before) == 30
    assert len(before.keys() & after.keys()) >= 29
    for item_id in before.keys() & after.keys():
        assert after[item_id] == pytest.approx(before[item_id], abs=1e-5)


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
        assert "int8 (9" in catalogue.summary().index
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


def test_it_is_built_while_the_catalogue_is_open_and_used_from_the_next_time_on(
    folder: Path,
) -> None:
    catalogue = EdgeCatalogue.open(folder, EMBEDDER)
    try:
        before = _found(catalogue)
        assert not build_index(folder)
        assert (_found(catalogue), catalogue.summary().index) == (before, "exact")
    finally:
        catalogue.close()
    catalogue = EdgeCatalogue.open(folder, EMBEDDER)
    try:
        assert (_found(catalogue), catalogue.summary().index[:4]) == (before, "int8")
        assert not (folder / edge_index.NEXT).exists()
    finally:
        catalogue.close()


def test_an_index_of_what_has_changed_since_is_thrown_away(folder: Path) -> None:
    catalogue = EdgeCatalogue.open(folder, EMBEDDER)
    try:
        build_index(folder)
        gone, *others = _found(catalogue)
        catalogue.delete([gone])
    finally:
        catalogue.close()
    catalogue = EdgeCatalogue.open(folder, EMBEDDER)
    try:
        assert catalogue.summary().index == "exact"
        assert gone not in _found(catalogue) and {*others} <= {*_found(catalogue)}
        assert not (folder / edge_index.NEXT).exists()
    finally:
        catalogue.close()


def test_one_that_is_interrupted_leaves_the_catalogue_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(folder, stop)
    monkeypatch.setattr(edge_index, "_in_own_process", lambda *_: (folder / "next").mkdir())
    (folder / "next").mkdir()
    build_index(folder)
    catalogue = EdgeCatalogue.open(folder, EMBEDDER)
    try:
        assert (len(_found(catalogue)), catalogue.summary().index) == (20, "exact")
    finally:
        catalogue.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it runs to its end")
def test_a_kill_ends_the_building_too_and_leaves_nothing(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from moodreel.ingest.edge_index import build_index\n"
        "build_index(Path(sys.argv[1]), lambda at: print('began', flush=True))"
    )
    builder = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert builder.stdout is not None and builder.stdout.readline() == "began\n"
    while builder.poll() is None and not (folder / "next").exists():
        time.sleep(0.01)
    builder.kill()
    builder.wait()
    builder.stdout.close()
    EdgeCatalogue.open(folder, EMBEDDER).close()
    time.sleep(1)
    assert not (folder / "next").exists()


@pytest.mark.parametrize("moved", [("shard",), ("shard", "next/shard")])
def test_one_that_is_killed_while_it_is_put_in_its_place_is_there_the_next_time(
    folder: Path, moved: tuple[str, ...]
) -> None:
    open_ = EdgeCatalogue.open(folder, EMBEDDER)
    build_index(folder)
    open_.close()
    for name, place in zip(moved, ("old", "shard"), strict=False):
        (folder / name).rename(folder / place)
    catalogue = EdgeCatalogue.open(folder, EMBEDDER)
    try:
        assert len(_found(catalogue)) == 20
        assert "100%" in catalogue.summary().index
        assert not (folder / "old").exists() and not (folder / "next").exists()
    finally:
        catalogue.close()


@pytest.mark.skipif(not hasattr(os, "SEEK_DATA"), reason="this system tells no holes")
def test_the_copy_takes_no_more_room_than_the_catalogue(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    with source.open("wb") as file:
        file.write(b"begin")
        file.seek(50_000_000)
        file.write(b"middle")
        file.truncate(90_000_000)
    copy_sparse(str(source), str(target))
    assert target.read_bytes() == source.read_bytes()
    assert target.stat().st_blocks <= source.stat().st_blocks
    for plain in (b"", b"all of it"):
        source.write_bytes(plain)
        copy_sparse(str(source), str(target))
        assert target.read_bytes() == plain


def test_a_disk_without_room_for_it_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = shutil.disk_usage(folder)._replace(free=edge_shard.ROOM + 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: few)
    monkeypatch.setattr(edge_index, "_ROOM", 1e6)
    with pytest.raises(StorageError, match="nearly full"):
        build_index(folder)
    assert not (folder / "next").exists()


def test_a_broken_catalogue_has_none(folder: Path) -> None:
    shutil.rmtree(folder / "shard")
    with pytest.raises(CatalogueBroken, match="can't be built"):
        build_index(folder)
    assert not (folder / "next").exists()
