"""The starter films, their vectors, and the catalogue that they are built into."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from moodreel.errors import CatalogueBusy, CatalogueMismatch, EmbedderMissing, StorageError
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.embedding import TEXT_SPACES, item_texts
from moodreel.ingest.item import MOOD_TAGS, Item
from moodreel.ingest.minilm import MINILM, MiniLM
from moodreel.ingest.run import Job, ingest, ledger_of
from moodreel.ingest.shipped import FILE as VECTORS
from moodreel.ingest.shipped import shipped_vectors
from moodreel.ingest.sources import source_for
from moodreel.ingest.split import split
from moodreel.ingest.starter import open_catalogue, opening, starter_items, starter_version
from moodreel.ingest.starter.films import FILE, FilmRecord, starter_records
from moodreel.ingest.static import StaticEmbedder
from moodreel.ingest.weights import Weights
from pydantic import ValidationError

from .doubles import HashEmbedder
from .ingest_stage import describe

needs_minilm = pytest.mark.skipif(
    MINILM.problem() is not None, reason="the MiniLM weights are not installed: make install"
)
OWN = Item(id="own-1", title="Our holiday", kind="video", mood="Sunny.", source="me")


# --- the file ---------------------------------------------------------------------------------


def test_every_record_meets_the_schema_and_keeps_its_fields() -> None:
    records = starter_records()
    lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    assert len(records) == len(lines) == 1536
    for record, line in zip(records, lines, strict=True):
        assert record.model_dump(exclude_unset=True) == line


def test_the_catalogue_is_closed_in_itself() -> None:
    items = starter_items()
    ids = {item.id for item in items}
    assert len(ids) == len(items)
    for item in items:
        assert set(item.kindred) <= ids - {item.id}, item.label
        assert len(set(item.kindred)) == len(item.kindred)
        assert len(set(item.mood_tags)) == len(item.mood_tags)
    assert {item.source for item in items} == {"starter"}
    assert {item.provenance["*"].how for item in items} == {"authored"}


def test_the_mood_vocabulary_is_the_one_in_the_file() -> None:
    assert json.loads(FILE.with_name("moods.json").read_text()) == list(MOOD_TAGS)


@pytest.mark.parametrize(
    "change",
    [
        {"mood_tags": ["happyish", "funny", "dark"]},
        {"axes": {"lightness": 1}},
        {"runtime_min": "142"},
        {"surprise": 1},
        {"id": "111161"},
        {"kindred": []},
        {"plot_essence": ""},
        {"age_rating": "18"},
    ],
)
def test_the_schema_is_strict(change: dict[str, Any]) -> None:
    record = json.loads(FILE.read_text(encoding="utf-8").splitlines()[0])
    FilmRecord.model_validate_json(json.dumps(record))
    with pytest.raises(ValidationError):
        FilmRecord.model_validate_json(json.dumps({**record, **change}))


def test_the_version_names_the_embedder() -> None:
    assert starter_version("a/1") == starter_version("a/1") != starter_version("b/1")


# --- the vectors ------------------------------------------------------------------------------


def test_shipped_vectors_cover_every_text() -> None:
    stored = shipped_vectors()
    assert stored is not None
    assert stored.embedder == MiniLM.name
    texts = {item_texts(item)[space] for item in starter_items() for space in TEXT_SPACES}
    missing = np.count_nonzero(~stored.known(sorted(texts)))
    assert missing == 0, "run python -m moodreel.ingest.starter.build_vectors"
    assert len(stored.keys) == len(texts)
    assert VECTORS.stat().st_size < 2_500_000


@needs_minilm
def test_shipped_vectors_are_what_the_embedder_gives() -> None:
    stored = shipped_vectors()
    assert stored is not None
    texts = [item_texts(item)[space] for item in starter_items()[::97] for space in TEXT_SPACES]
    cosines = (stored.vectors(texts) * MiniLM().embed(texts)).sum(axis=1)
    assert len(texts) == 64
    assert cosines.min() > 0.999


# --- the built catalogue ----------------------------------------------------------------------


def _state(home: Path) -> set[str]:
    return {path.name for path in home.iterdir()}


def test_first_use_builds_with_progress_and_later_uses_do_not(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    steps: list[tuple[int, int]] = []
    opened = open_catalogue(home, progress=lambda done, total: steps.append((done, total)))
    assert opened.summary().sources == {"starter": 1536}
    assert steps[0] == (0, 1536)
    assert steps[-1] == (1536, 1536)
    opened.close()
    assert "catalogue.draft" not in _state(home)
    steps.clear()
    open_catalogue(home, progress=lambda done, total: steps.append((done, total))).close()
    assert not steps


@pytest.mark.parametrize("moment", ["upsert", "set_note", "close"])
def test_an_interrupted_build_is_done_again(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: EdgeCatalogue, *args: Any) -> None:
        real(self, *args)
        raise KeyboardInterrupt

    real = getattr(EdgeCatalogue, moment)
    small = starter_items()[:70]
    monkeypatch.setattr(opening, "starter_items", lambda: small)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(EdgeCatalogue, moment, interrupted)
        open_catalogue(tmp_path, HashEmbedder())
    assert not EdgeCatalogue.exists(tmp_path / "catalogue")
    opened = open_catalogue(tmp_path, HashEmbedder())
    assert opened.count() == 70
    opened.close()


def test_a_killed_build_leaves_a_draft_that_nobody_uses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = EdgeCatalogue.create(tmp_path / "catalogue.draft", HashEmbedder())
    half.upsert(starter_items()[:10])
    half.close()
    (tmp_path / "catalogue").mkdir()
    monkeypatch.setattr(opening, "starter_items", lambda: starter_items()[:70])
    opened = open_catalogue(tmp_path, HashEmbedder())
    assert opened.count() == 70
    opened.close()
    assert "catalogue.draft" not in _state(tmp_path)


def test_a_new_version_replaces_starter_films_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    films = starter_items()[:80]
    monkeypatch.setattr(opening, "starter_items", lambda: films[:70])
    opened = open_catalogue(tmp_path, HashEmbedder())
    taken = films[1].model_copy(update={"title": "My own record", "source": "me"})
    opened.upsert([OWN, taken])
    opened.close()

    changed = films[0].model_copy(update={"title": "Another title"})
    monkeypatch.setattr(opening, "starter_items", lambda: [changed, films[1], *films[5:80]])
    monkeypatch.setattr(opening, "starter_version", lambda embedder: "next")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(EdgeCatalogue, "set_note", _interrupt)
        open_catalogue(tmp_path, HashEmbedder())
    opened = open_catalogue(tmp_path, HashEmbedder())
    found = {item.id: item for item in opened.items()}
    opened.close()
    assert found.keys() == {OWN.id, *(film.id for film in [*films[:2], *films[5:80]])}
    assert found[changed.id].title == "Another title"
    assert found[taken.id] == taken
    assert found[OWN.id] == OWN


def test_a_new_version_keeps_what_other_sources_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    films = [film.model_copy(update={"runtime_min": None}) for film in starter_items()[:70]]
    monkeypatch.setattr(opening, "starter_items", lambda: films)
    opened = open_catalogue(tmp_path, HashEmbedder())
    table = tmp_path / "own.csv"
    rows = [f"{film.imdb or film.id},{film.title},77,a told tag" for film in films[:2]]
    table.write_text("\n".join(["imdb_id,title,runtime,tags", *rows]), encoding="utf-8")
    ledger = ledger_of(tmp_path, opened)
    report = ingest(Job(source_for("table", table), table), opened, ledger, describe)
    ledger.close()
    assert report.merged == 2
    opened.close()

    changed = films[0].model_copy(update={"title": "Another title"})
    monkeypatch.setattr(opening, "starter_items", lambda: [changed, *films[2:]])
    monkeypatch.setattr(opening, "starter_version", lambda embedder: "next")
    opened = open_catalogue(tmp_path, HashEmbedder())
    ledger = ledger_of(tmp_path, opened)
    found = opened.get([changed.id, films[1].id])
    assert (found[changed.id].title, found[changed.id].runtime_min) == ("Another title", 77)
    assert found[films[1].id].runtime_min == 77, "what somebody else told of it stays"
    merge = next(e for e in ledger.merges() if e.item == changed.id)
    _, alone = split(opened, ledger, f"{merge.source}/{merge.key}")
    ledger.close()
    opened.close()
    assert alone.title == "Another title"
    assert alone.runtime_min is None


def _interrupt(*args: Any) -> None:
    raise KeyboardInterrupt


@needs_minilm
def test_a_catalogue_of_starter_films_moves_to_the_better_embedder(tmp_path: Path) -> None:
    open_catalogue(tmp_path, "light").close()
    opened = open_catalogue(tmp_path)
    assert opened.embedder.name == MiniLM.name
    assert opened.count() == 1536
    opened.close()
    opened = open_catalogue(tmp_path, "light")
    assert opened.embedder.name == StaticEmbedder.name
    opened.close()


@needs_minilm
def test_a_catalogue_with_items_of_ones_own_keeps_its_embedder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = starter_items()[:70]
    monkeypatch.setattr(opening, "starter_items", lambda: small)
    opened = open_catalogue(tmp_path, "light")
    opened.upsert([OWN])
    opened.close()
    opened = open_catalogue(tmp_path, "auto")
    assert opened.embedder.name == StaticEmbedder.name
    opened.close()
    with pytest.raises(CatalogueMismatch, match=r"items of your own.*MOODREEL_EMBEDDER=auto"):
        open_catalogue(tmp_path, "minilm")


@needs_minilm
def test_weights_that_went_away_are_asked_for_or_done_without(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = Weights("moodreel_no_such_package", MINILM.files, MINILM.remedy)
    with monkeypatch.context() as patch:
        opened = open_catalogue(home)
        opened.upsert([OWN])
        opened.close()
        patch.setattr(MiniLM.__init__, "__defaults__", (gone,))
        with pytest.raises(EmbedderMissing, match="make install"):
            open_catalogue(home)
    opened = open_catalogue(home)
    opened.delete([OWN.id])
    opened.close()
    monkeypatch.setattr(MiniLM.__init__, "__defaults__", (gone,))
    opened = open_catalogue(home)
    assert opened.embedder.name == StaticEmbedder.name
    assert opened.count() == 1536
    opened.close()


def test_another_embedder_is_refused(home: Path) -> None:
    with pytest.raises(CatalogueMismatch, match="hash/1"):
        open_catalogue(home, HashEmbedder())


def test_programs_that_start_together_share_one_build(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from moodreel.errors import CatalogueBusy\n"
        "from moodreel.ingest.starter import open_catalogue\n"
        "try: opened = open_catalogue(pathlib.Path(sys.argv[1]), 'light')\n"
        "except CatalogueBusy as error: print('busy', error)\n"
        "else: print('opened', opened.count()); opened.close()\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    told = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert "opened 1536\n" in told
    assert all(line.startswith(("opened 1536", "busy the catalogue in")) for line in told)
    opened = open_catalogue(tmp_path, "light")
    assert opened.count() == 1536
    opened.close()


def test_a_catalogue_held_by_another_is_busy(home: Path) -> None:
    first = open_catalogue(home)
    with pytest.raises(CatalogueBusy, match="MOODREEL_HOME"):
        open_catalogue(home)
    first.close()
    open_catalogue(home).close()


def test_waiting_for_a_build_ends_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE_SECONDS", 0.05)
    with opening._alone(tmp_path), pytest.raises(CatalogueBusy, match="building the catalogue"):
        open_catalogue(tmp_path, HashEmbedder())


def test_a_folder_that_refuses_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    with pytest.raises(StorageError, match="MOODREEL_HOME"):
        open_catalogue(file / "home", HashEmbedder())
    with pytest.raises(StorageError, match="MOODREEL_HOME"):
        open_catalogue(file, HashEmbedder())


def test_a_full_disk_is_a_sentence_and_leaves_no_half_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        if target.name != "catalogue":
            return real(self, target)
        raise OSError(errno.ENOSPC, "No space left on device")

    real = Path.replace
    monkeypatch.setattr(opening, "starter_items", lambda: starter_items()[:70])
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(StorageError, match="No space left"):
            open_catalogue(tmp_path, HashEmbedder())
    assert _state(tmp_path) <= {"catalogue.lock"}
    open_catalogue(tmp_path, HashEmbedder()).close()
