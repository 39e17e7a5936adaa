"""A catalogue that an earlier version laid out is brought up, and loses nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from moodreel.errors import CatalogueMismatch
from moodreel.ingest import edge_points
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.item import Item
from moodreel.ingest.limits import Condition
from moodreel.ingest.manifest import LAYOUT, load_manifest
from moodreel.ingest.points import payload
from moodreel.ingest.starter import open_catalogue
from moodreel.ingest.static import StaticEmbedder

from .conftest import copy_folder

OWN = Item(id="own-1", title="Our holiday", mood="Sunny.", plot_essence="A dog swims.", source="me")
DOGS = Condition(facet="subjects", operation="any", values=("dog",))
EMBEDDER = StaticEmbedder()


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the layout before this one: every subject and degree a value of its own."""
    folder = tmp_path_factory.mktemp("earlier")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edge_points, "facts", payload)
        catalogue = open_catalogue(folder, EMBEDDER)
        catalogue.upsert([OWN])
        catalogue.set_note("mine", 7)
        catalogue.close()
    place = folder / "catalogue"
    load_manifest(place).model_copy(update={"layout": 1}).save(place)
    return folder


def test_it_keeps_items_vectors_and_notes(earlier: Path, tmp_path: Path) -> None:
    home = copy_folder(earlier, tmp_path / "home")
    told: list[tuple[int, int]] = []
    catalogue = open_catalogue(home, EMBEDDER, lambda *at: told.append(at))
    try:
        assert told[-1] == (1537, 1537)
        assert (len(list(catalogue.items())), catalogue.note("mine")) == (1537, 7)
        assert catalogue.get(["own-1"]) == {"own-1": OWN}
        held = [item.id for item in catalogue.items() if DOGS.holds(item)]
        assert "own-1" in held and catalogue.count([DOGS]) == len(held)
        before = load_manifest(earlier / "catalogue")
        assert load_manifest(home / "catalogue").means == before.means
        [vector] = catalogue.vectors(["own-1"], "plot").values()
        fresh = catalogue.embed(["A dog swims."], "plot")[0]
        assert float(vector @ fresh) == pytest.approx(1, abs=1e-4)
    finally:
        catalogue.close()
    told.clear()
    open_catalogue(home, EMBEDDER, lambda *at: told.append(at)).close()
    assert told == []


def test_one_that_is_interrupted_is_done_again(earlier: Path, tmp_path: Path) -> None:
    home = copy_folder(earlier, tmp_path / "home")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_catalogue(home, EMBEDDER, stop)
    catalogue = open_catalogue(home, EMBEDDER)
    try:
        assert catalogue.get(["own-1"]) == {"own-1": OWN}
    finally:
        catalogue.close()


def test_outside_a_data_folder_it_is_refused(earlier: Path, tmp_path: Path) -> None:
    copy_folder(earlier, tmp_path / "home")
    with pytest.raises(CatalogueMismatch, match="earlier layout"):
        EdgeCatalogue.open(tmp_path / "home" / "catalogue", EMBEDDER)


def test_what_only_an_earlier_layout_noted_is_dropped(earlier: Path, tmp_path: Path) -> None:
    home = copy_folder(earlier, tmp_path / "home")
    manifest = home / "catalogue" / "manifest.json"
    noted = json.loads(manifest.read_text()) | {"layout": 2, "index": "int8"}
    manifest.write_text(json.dumps(noted))
    catalogue = open_catalogue(home, EMBEDDER)
    try:
        assert catalogue.get(["own-1"]) == {"own-1": OWN}
    finally:
        catalogue.close()
    assert "index" not in json.loads(manifest.read_text())


@pytest.mark.parametrize(
    "later", [{"layout": 99}, {"schema_version": 99}, {"layout": LAYOUT, "shelves": [1]}]
)
def test_one_of_a_later_version_is_left_alone(
    earlier: Path, tmp_path: Path, later: dict[str, Any]
) -> None:
    home = copy_folder(earlier, tmp_path / "home")
    manifest = home / "catalogue" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | later))
    before = manifest.read_bytes()
    with pytest.raises(CatalogueMismatch, match="later version of Moodreel: bring Moodreel up"):
        open_catalogue(home, EMBEDDER)
    assert manifest.read_bytes() == before
