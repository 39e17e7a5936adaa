"""Folders of a catalogue that are busy, broken, strange or read-only: one sentence each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from moodreel.errors import (
    CatalogueBroken,
    CatalogueBusy,
    CatalogueMismatch,
    StorageError,
    UsageError,
)
from moodreel.ingest.catalogue import Probe
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.manifest import load_manifest

from .doubles import HashEmbedder
from .films import FILMS

EMBEDDER = HashEmbedder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "catalogue"


@pytest.fixture
def small(folder: Path) -> Iterator[EdgeCatalogue]:
    made = EdgeCatalogue.create(folder, EMBEDDER)
    made.upsert(FILMS[:120])
    yield made
    made.close()


OPEN = """
import os
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from doubles import HashEmbedder
from moodreel.errors import MoodreelError
from moodreel.ingest.edge import EdgeCatalogue
if {user!r} is not None:
    os.setuid({user!r})
try:
    getattr(EdgeCatalogue, {how!r})(Path({folder!r}), HashEmbedder()).close()
except MoodreelError as error:
    print(type(error).__name__, error)
"""


def in_another_process(folder: Path, how: str = "open", user: int | None = None) -> str:
    code = OPEN.format(tests=str(Path(__file__).parent), folder=str(folder), how=how, user=user)
    environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=False, timeout=60, env=environment,
        cwd="/",
    )  # fmt: skip
    return done.stdout.strip() or done.stderr


def test_a_second_process_is_told_to_wait(small: EdgeCatalogue, folder: Path) -> None:
    said = in_another_process(folder)
    assert said.startswith("CatalogueBusy")
    assert "open in another program" in said
    with pytest.raises(CatalogueBusy, match="close that one"):
        EdgeCatalogue.open(folder, EMBEDDER)
    with pytest.raises(UsageError, match="holds a catalogue"):
        EdgeCatalogue.create(folder, EMBEDDER)
    assert small.count() == 120


def test_after_close_every_use_is_refused(folder: Path) -> None:
    made = EdgeCatalogue.create(folder, EMBEDDER)
    made.upsert(FILMS[:3])
    made.close()
    made.close()
    for use in (lambda: made.search([]), made.count, lambda: made.upsert(FILMS[:1])):
        with pytest.raises(UsageError, match="is closed"):
            use()
    again = EdgeCatalogue.open(folder, EMBEDDER)
    assert again.count() == 3
    again.close()


@pytest.mark.parametrize("other", [HashEmbedder(name="other/1"), HashEmbedder(dimension=16)])
def test_another_embedder_is_refused(folder: Path, other: HashEmbedder) -> None:
    EdgeCatalogue.create(folder, EMBEDDER).close()
    with pytest.raises(CatalogueMismatch, match=r"filled by the embedder 'hash/1'.*indexed anew"):
        EdgeCatalogue.open(folder, other)


def test_no_catalogue_here(tmp_path: Path) -> None:
    assert not EdgeCatalogue.exists(tmp_path)
    with pytest.raises(CatalogueBroken, match=r"no readable manifest\.json"):
        EdgeCatalogue.open(tmp_path, EMBEDDER)


def test_an_interrupted_create_is_done_again(folder: Path) -> None:
    EdgeCatalogue.create(folder, EMBEDDER).close()
    (folder / "manifest.json").unlink()
    made = EdgeCatalogue.create(folder, EMBEDDER)
    assert made.count() == 0
    made.close()
    (folder / "mine.txt").write_text("kept")
    EdgeCatalogue.remove(folder)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    (folder / "mine.txt").unlink()
    EdgeCatalogue.remove(folder)
    assert not folder.exists()


def damage(path: Path, how: str) -> None:
    if how == "gone":
        path.unlink()
    elif how == "garbage":
        with path.open("r+b") as file:
            file.write(b"\xff\x13junk" * 20)
    else:
        os.truncate(path, path.stat().st_size // 2 if how == "half" else 0)


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("closed") / "catalogue"
    made = EdgeCatalogue.create(folder, EMBEDDER)
    made.upsert(FILMS[:100])
    made.close()
    return folder


@pytest.mark.parametrize("how", ["half", "empty", "garbage", "gone"])
@pytest.mark.parametrize(
    "name",
    [
        "manifest.json",
        "edge_config.json",
        "segment.json",
        "mutable_id_tracker.mappings",
        "payload_storage/tracker.dat",
        "payload_storage/bitmask.dat",
        "vector_storage-mood/vectors/chunk_0.mmap",
        "vector_storage-mood/vectors/status.dat",
        "vector_storage-words/store/page_0.dat",
    ],
)
def test_damage_is_told_in_one_sentence_or_does_no_harm(
    closed: Path, tmp_path: Path, name: str, how: str
) -> None:
    folder = tmp_path / "damaged"
    subprocess.run(["cp", "-R", str(closed), str(folder)], check=True)
    damage(next(path for path in folder.rglob("*") if str(path).endswith(name)), how)
    try:
        opened = EdgeCatalogue.open(folder, EMBEDDER)
    except CatalogueBroken as error:
        assert str(folder) in str(error)
        assert "delete that folder" in str(error)
        assert "\n" not in str(error)
    else:
        # The engine's files are larger than what is in them, so half of one may hold it all.
        assert list(opened.items()) == sorted(FILMS[:100], key=lambda film: film.id)
        probe = Probe("mood", opened.embed([FILMS[0].mood], "mood")[0])
        assert len(opened.search([probe], words="prison", limit=100)) == 100
        opened.close()


def test_a_write_that_was_cut_short_is_not_taken_for_damage(closed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cut"
    subprocess.run(["cp", "-R", str(closed), str(folder)], check=True)
    load_manifest(folder).model_copy(update={"items": None}).save(folder)
    opened = EdgeCatalogue.open(folder, EMBEDDER)
    assert opened.count() == 100
    opened.upsert(FILMS[100:101])
    opened.close()
    assert load_manifest(folder).items == 101


@pytest.fixture
def open_to_all(closed: Path) -> Iterator[Path]:
    """A copy outside pytest's private folders, so that another user can reach it."""
    folder = Path("/tmp") / f"moodreel-test-{os.getpid()}" / "catalogue"  # noqa: S108
    folder.parent.mkdir(mode=0o755)
    subprocess.run(["cp", "-R", str(closed), str(folder)], check=True)
    yield folder
    shutil.rmtree(folder.parent)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_folder_that_may_not_be_written_is_told(open_to_all: Path) -> None:
    said = in_another_process(open_to_all, user=65534)
    assert said.startswith("StorageError"), said
    assert "make the folder writable" in said
    said = in_another_process(open_to_all.parent / "new", "create", user=65534)
    assert said.startswith("StorageError"), said


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="MOODREEL_HOME"):
        EdgeCatalogue.create(tmp_path / "file" / "catalogue", EMBEDDER)


def test_a_disk_that_is_nearly_full_is_told_before_anything_is_written(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    with pytest.raises(StorageError, match="nearly full"):
        EdgeCatalogue.open(closed, HashEmbedder())
    with pytest.raises(StorageError, match="nearly full"):
        EdgeCatalogue.create(tmp_path / "new", HashEmbedder())
    assert not (tmp_path / "new").exists()


def test_what_is_noted_for_the_next_opening_is_only_a_help(
    folder: Path, small: EdgeCatalogue, caplog: pytest.LogCaptureFixture
) -> None:
    held = [item.id for item in small.items()]
    small.close()
    known = folder / "known.json"
    for told in (b"", b"{", b'{"written": 99, "popularity": {"nobody": 1}}', None):
        known.unlink(missing_ok=True)
        if told is not None:
            known.write_bytes(told)
        again = EdgeCatalogue.open(folder, EMBEDDER)
        assert [item.id for item in again.items()] == held
        again.close()
    known.unlink()
    known.with_suffix(".json.new").mkdir()
    again = EdgeCatalogue.open(folder, EMBEDDER)
    assert [item.id for item in again.items()] == held
    again.close()
    assert "the next opening reads every item" in caplog.text
    known.with_suffix(".json.new").rmdir()
    EdgeCatalogue.open(folder, EMBEDDER).close()
    assert known.exists()
