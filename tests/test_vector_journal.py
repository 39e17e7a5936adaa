"""The journal of vectors: what was embedded stays, whatever happens to the program or the file."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from moodreel.errors import CatalogueBusy, StorageError
from moodreel.ingest.vector_journal import VectorJournal, settle
from numpy.typing import NDArray

NAME = "ollama/small@01234567/1"
DIMENSION = 6


def unit(*seeds: int) -> NDArray[np.float32]:
    rows = np.array([np.random.default_rng(seed).standard_normal(DIMENSION) for seed in seeds])
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "vectors.journal"


def kept(file: Path, texts: list[str], name: str = NAME, dimension: int = DIMENSION) -> list[str]:
    with VectorJournal.open(file, name, dimension) as journal:
        return sorted(journal.known(texts))


def fill(file: Path, texts: list[str], name: str = NAME) -> None:
    with VectorJournal.open(file, name, DIMENSION) as journal:
        journal.add(texts, unit(*range(len(texts))))


def test_vectors_come_back_as_they_were_given(file: Path) -> None:
    texts = ["one", "Amélie 🙂", "\ud800 half", "", "x" * 100_000]
    rows = unit(1, 2, 3, 4, 5)
    rows[3] = 0
    with VectorJournal.open(file, NAME, DIMENSION) as journal:
        journal.add(texts, rows)
    with VectorJournal.open(file, NAME, DIMENSION) as journal:
        found = journal.known([*texts, "unknown"])
        assert len(journal) == 5
    assert found.keys() == set(texts)
    for text, row in zip(texts, rows, strict=True):
        np.testing.assert_array_equal(found[text], row)


def test_thousands_of_texts_are_found_in_one_call(file: Path) -> None:
    texts = [f"text {n}" for n in range(2_345)]
    fill(file, texts)
    assert len(kept(file, texts)) == 2_345


def test_nobody_reads_the_texts_in_the_file(file: Path) -> None:
    fill(file, ["a very private note"])
    assert b"private" not in file.read_bytes()


def test_embedders_and_dimensions_do_not_mix(file: Path) -> None:
    fill(file, ["one"])
    assert kept(file, ["one"], name="ollama/small@99999999/1") == []
    assert kept(file, ["one"], dimension=DIMENSION + 1) == []
    assert kept(file, ["one"]) == ["one"]


def test_a_vector_that_rotted_is_embedded_again(file: Path) -> None:
    fill(file, ["one", "two", "three"])
    base = sqlite3.connect(file)
    keys = [row[0] for row in base.execute("SELECT text FROM vectors ORDER BY text")]
    for key, vector in zip(
        keys, [np.full(DIMENSION, np.nan), np.full(DIMENSION, 9.0)], strict=False
    ):
        blob = vector.astype("<f4").tobytes()
        base.execute("UPDATE vectors SET vector = ? WHERE text = ?", (blob, key))
    base.commit()
    base.close()
    assert len(kept(file, ["one", "two", "three"])) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"this is no journal at all" * 50,
        lambda whole: whole[:2_000],
        lambda whole: whole[:4_096] + b"\x5a" * (len(whole) - 4_096),
        lambda whole: b"\0" * len(whole),
        lambda whole: b"",
    ],
    ids=["text", "cut", "overwritten", "zeros", "empty"],
)
def test_a_damaged_file_is_begun_anew(
    damage: object, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    texts = [f"text {n}" for n in range(400)]
    fill(file, texts)
    broken = damage(file.read_bytes())  # type: ignore[operator]
    file.write_bytes(broken)
    with caplog.at_level(logging.WARNING):
        assert kept(file, texts) == []
        assert bool(caplog.records) == bool(broken)
    fill(file, texts)
    assert len(kept(file, texts)) == 400


def test_a_file_of_somebody_else_is_begun_anew(file: Path) -> None:
    base = sqlite3.connect(file)
    base.execute("CREATE TABLE vectors (other TEXT)")
    base.close()
    fill(file, ["one"])
    assert kept(file, ["one"]) == ["one"]


def test_a_killed_program_leaves_every_batch_it_added(file: Path) -> None:
    script = (
        "import os, pathlib, signal, sys, numpy\n"
        "from moodreel.ingest.vector_journal import VectorJournal\n"
        f"with VectorJournal.open(pathlib.Path(sys.argv[1]), {NAME!r}, {DIMENSION}) as journal:\n"
        "    for n in range(5):\n"
        f"        journal.add([f'text {{n}}'], numpy.eye({DIMENSION}, dtype='float32')[n:n + 1])\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(file)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert kept(file, [f"text {n}" for n in range(9)]) == [f"text {n}" for n in range(5)]


def test_a_second_program_is_told_at_once(file: Path) -> None:
    script = (
        "import pathlib, sys\n"
        "from moodreel.errors import CatalogueBusy\n"
        "from moodreel.ingest.vector_journal import VectorJournal\n"
        "try:\n"
        f"    with VectorJournal.open(pathlib.Path(sys.argv[1]), {NAME!r}, {DIMENSION}): pass\n"
        "except CatalogueBusy as error: print(error)\n"
    )
    command = [sys.executable, "-c", script, str(file)]
    with VectorJournal.open(file, NAME, DIMENSION) as journal:
        journal.add(["one"], unit(1))
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "another program is filling the catalogue in" in told
        assert "wait for it" in told
        with (
            pytest.raises(CatalogueBusy),
            VectorJournal.open(file, NAME, DIMENSION),
        ):
            pass
        journal.add(["two"], unit(2))
    assert subprocess.run(command, capture_output=True, check=True).stdout == b""
    assert kept(file, ["one", "two"]) == ["one", "two"]


def test_settling_removes_what_is_done_and_the_file_with_the_last_of_it(file: Path) -> None:
    fill(file, ["one", "two"])
    fill(file, ["one"], name="another/1")
    settle(file, NAME, DIMENSION, ["one"])
    assert kept(file, ["one", "two"]) == ["two"]
    assert kept(file, ["one"], name="another/1") == []
    settle(file, NAME, DIMENSION, ["two", "never there"])
    assert list(file.parent.iterdir()) == []
    settle(file, NAME, DIMENSION, ["two"])
    assert list(file.parent.iterdir()) == []


def test_a_full_disk_is_a_sentence_and_keeps_what_was_added(file: Path) -> None:
    texts = [f"text {n}" for n in range(5_000)]
    with VectorJournal.open(file, NAME, DIMENSION) as journal:
        journal.add(["before"], unit(7))
        # SQLite's own limit on the file gives the same error as a disk without room.
        pages = journal._base.execute("PRAGMA page_count").fetchone()[0]
        journal._base.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StorageError, match=r"full.*MOODREEL_HOME"):
            journal.add(texts, unit(*range(5_000)))
    assert kept(file, ["before", *texts]) == ["before"]


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_that_refuses_is_a_sentence(file: Path) -> None:
    file.parent.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="MOODREEL_HOME"):
            fill(file, ["one"])
    finally:
        file.parent.chmod(0o700)


def test_a_folder_in_its_place_is_a_sentence(file: Path) -> None:
    file.mkdir()
    with pytest.raises(StorageError, match="MOODREEL_HOME"):
        fill(file, ["one"])
    with pytest.raises(StorageError, match="MOODREEL_HOME"):
        fill(file.parent / "nowhere" / "file", ["one"])
