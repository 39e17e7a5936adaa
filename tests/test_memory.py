"""What a catalogue keeps in memory of its items, and how the indexes of names are built."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.ingest import memory as kept
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.item import Item
from moodreel.ingest.memory import Memory, names_of_all
from moodreel.ingest.names import first_forms, words_of
from moodreel.ingest.points import point_id

from . import films
from .doubles import HashEmbedder

FILMS = films.FILMS[:60]


def opened(folder: Path) -> EdgeCatalogue:
    """A stored catalogue of which nothing has been read yet."""
    made = EdgeCatalogue.create(folder, HashEmbedder())
    made.upsert(FILMS)
    made.close()
    return EdgeCatalogue.open(folder, HashEmbedder())


def test_reading_all_of_a_large_catalogue_keeps_what_was_read_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_PARSED", 10)
    catalogue = opened(tmp_path / "catalogue")
    wanted = [film.id for film in FILMS[:8]]
    before = catalogue.get(wanted)
    assert [*catalogue.items()] == sorted(FILMS, key=lambda film: film.id)
    after = catalogue.get(wanted)
    assert all(after[name] is before[name] for name in wanted)
    catalogue.close()


def test_reading_all_of_a_small_catalogue_keeps_all(tmp_path: Path) -> None:
    catalogue = opened(tmp_path / "catalogue")
    read = {film.id: film for film in catalogue.items()}
    assert len(read) == len(FILMS)
    assert all(film is read[name] for name, film in catalogue.get(read).items())
    catalogue.close()


@pytest.mark.parametrize("collecting", [True, False])
def test_building_the_indexes_of_names_leaves_the_collector_as_it_was(collecting: bool) -> None:
    during: list[bool] = []

    def everything() -> Iterator[Item]:
        during.append(gc.isenabled())
        yield from FILMS
        if len(during) == 1:
            raise OSError("the disk is gone")

    memory = Memory(point_id, lambda: names_of_all(everything()), threading.RLock())
    if not collecting:
        gc.disable()
    try:
        with pytest.raises(OSError, match="gone"):
            _ = memory.titles
        assert gc.isenabled() is collecting
        assert memory.titles.find(FILMS[0].title)
        assert gc.isenabled() is collecting
    finally:
        gc.enable()
    assert during == [False, False]


@given(
    text=st.text()
    | st.lists(st.sampled_from(["&", "II", "J.K.", "O’Neil", "part i"])).map(" ".join)
)
def test_first_forms_are_those_of_the_words(text: str) -> None:
    assert first_forms(text) == {word.first for word in words_of(text)}
