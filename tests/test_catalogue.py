"""The catalogue in a folder: storing and searching."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from moodreel.errors import UsageError
from moodreel.ingest.bench_scale import drawn_items
from moodreel.ingest.bench_store import (
    RandomEmbedder,
    ask_edge,
    ask_local,
    compare,
    fill_local,
    synthetic_items,
)
from moodreel.ingest.catalogue import Catalogue, Probe
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.embedding import item_texts
from moodreel.ingest.fusion import MOST_WORDS, fuse, standardise
from moodreel.ingest.item import Dimension, Item
from moodreel.ingest.limits import Genres, Years, conditions
from moodreel.ingest.manifest import load_manifest
from moodreel.ingest.memory import Memory, names_of_all
from moodreel.ingest.people import PeopleIndex
from moodreel.ingest.points import point_id
from moodreel.ingest.titles import TitleIndex
from moodreel.ingest.traits import aim, traits_of
from moodreel.ingest.words import query_words, without_carriers

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


def items(*texts: str) -> list[Item]:
    return [
        Item(id=f"i{n}", title=f"Title {n}", plot_essence=text, popularity=n / 10)
        for n, text in enumerate(texts)
    ]


# --- storing --------------------------------------------------------------------------------


def test_items_come_back_as_they_were_and_survive_closing(folder: Path) -> None:
    made = EdgeCatalogue.create(folder, EMBEDDER)
    seen: list[tuple[int, int]] = []
    made.upsert(FILMS[:80], lambda done, total: seen.append((done, total)))
    made.set_note("version", {"n": 3})
    made.close()
    again = EdgeCatalogue.open(folder, EMBEDDER)
    try:
        assert list(again.items()) == sorted(FILMS[:80], key=lambda film: film.id)
        assert again.note("version") == {"n": 3}
        assert again.note("other") is None
        assert seen[-1][0] == seen[-1][1]
    finally:
        again.close()


def test_get_keeps_the_order_asked_for_and_leaves_out_the_unknown(small: EdgeCatalogue) -> None:
    ids = [FILMS[5].id, "nobody", FILMS[2].id, FILMS[5].id]
    assert list(small.get(ids)) == [FILMS[5].id, FILMS[2].id]


def test_upsert_replaces_and_delete_removes_everywhere(small: EdgeCatalogue) -> None:
    film = FILMS[0]
    assert small.find(film.title)[0].id == film.id
    small.upsert([film.model_copy(update={"title": "Quite Another Name", "year": 1901})])
    assert small.count() == 120
    assert small.find("Quite Another Name")[0].id == film.id
    assert not small.find(film.title)
    assert small.count(conditions([Years(latest=1901)])) == 1
    assert small.delete([film.id, "nobody", film.id]) == 1
    assert small.count() == 119
    assert not small.get([film.id])
    assert not small.find("Quite Another Name")
    assert small.delete([film.id]) == 0


def test_of_one_id_twice_in_a_batch_the_last_counts(folder: Path) -> None:
    made = EdgeCatalogue.create(folder, EMBEDDER)
    first = Item(id="a", title="First")
    made.upsert([first, first.model_copy(update={"title": "Second"})])
    assert made.get(["a"])["a"].title == "Second"
    made.upsert([])
    assert made.count() == 1
    made.close()


def test_summary_counts_sources_kinds_and_gaps(folder: Path) -> None:
    made = EdgeCatalogue.create(folder, EMBEDDER)
    talk = Item(id="t", title="A Talk", kind="podcast", source="me", mood="calm")
    made.upsert([*FILMS[:3], talk])
    summary = made.summary()
    assert (summary.items, summary.embedder) == (4, "hash/1")
    assert summary.sources == {"starter": 3, "me": 1}
    assert summary.kinds == {"film": 3, "podcast": 1}
    assert summary.gaps["year"] == summary.gaps["axes"] == 1
    assert "mood" not in summary.gaps
    assert summary.bytes
    made.close()


def test_facets_are_counted_under_conditions(small: EdgeCatalogue) -> None:
    counts = small.facet("genres", conditions([Genres(any_of=("Horror",))]))
    assert counts["horror"] == max(counts.values())
    assert sum("Horror" in film.genres for film in FILMS[:120]) == counts["horror"]
    assert list(counts.values()) == sorted(counts.values(), reverse=True)


# --- vectors --------------------------------------------------------------------------------


def test_counts_are_those_of_what_is_stored_now(small: EdgeCatalogue) -> None:
    horror = conditions([Genres(any_of=("Horror",))])
    [film, *_] = (item for item in small.items() if "Horror" in item.genres)
    before = small.count(horror), small.count()
    assert (small.count(horror), small.count()) == before
    small.delete([film.id])
    assert (small.count(horror), small.count()) == (before[0] - 1, before[1] - 1)
    small.upsert([film])
    assert (small.count(horror), small.count()) == before


def test_vectors_are_centred_once_there_are_enough_items(folder: Path) -> None:
    made = EdgeCatalogue.create(folder, EMBEDDER)
    made.upsert(FILMS[:30])
    texts = [item_texts(film)["mood"] for film in FILMS[:100]]
    raw = EMBEDDER.embed(texts[:1])[0]
    np.testing.assert_allclose(made.vectors([FILMS[0].id], "mood")[FILMS[0].id], raw, atol=1e-6)
    made.upsert(FILMS[30:100])
    ids = [film.id for film in FILMS[:100]]
    stored = made.vectors(ids, "mood")
    assert len(stored) == 100
    rows = np.array([stored[item_id] for item_id in ids])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert (
        np.linalg.norm(rows.mean(axis=0))
        < 0.1
        < np.linalg.norm(EMBEDDER.embed([film.mood for film in FILMS[:100]]).mean(axis=0))
    )
    asked = made.embed(texts, "mood")
    np.testing.assert_allclose(asked, rows, atol=1e-5)
    means = load_manifest(folder).means
    made.upsert(FILMS[100:110])
    assert load_manifest(folder).means == means
    made.close()


def test_items_without_texts_keep_zero_vectors_and_are_no_hits_of_their_own(folder: Path) -> None:
    made = EdgeCatalogue.create(folder, EMBEDDER)
    made.upsert([*items(*["red apple"] * 3), Item(id="bare", title="Bare")])
    assert not made.vectors(["bare"], "plot")["bare"].any()
    hits = made.search([Probe("plot", made.embed(["red apple"], "plot")[0])])
    assert hits[-1].id == "bare"
    assert hits[-1].similarities == (0.0,)
    made.close()


def test_traits_have_no_texts(small: EdgeCatalogue) -> None:
    with pytest.raises(UsageError, match="aim"):
        small.embed(["sad"], "traits")


# --- searching ------------------------------------------------------------------------------


def test_search_finds_what_a_probe_is_about(starter: Catalogue) -> None:
    probe = Probe("plot", starter.embed(["a shark terrorises a seaside town"], "plot")[0])
    titles = [starter.get([hit.id])[hit.id].title for hit in starter.search([probe], limit=5)]
    assert "Jaws" in titles


def test_words_find_names(starter: Catalogue) -> None:
    hits = starter.search([], words="please recommend something with Tilda Swinton", limit=10)
    with_her = {film.id for film in FILMS if "Tilda Swinton" in film.cast}
    assert with_her
    assert with_her <= {hit.id for hit in hits}
    assert all(hit.words > 0 for hit in hits if hit.id in with_her)


def test_conditions_and_exclusions_bind_every_branch(starter: Catalogue) -> None:
    limits = [Years(earliest=1990), Genres(none_of=("Drama",))]
    probe = Probe("overall", starter.embed(["a quiet family drama"], "overall")[0])
    banned = [film.id for film in FILMS[:300]]
    hits = starter.search(
        [probe, Probe("traits", aim({"sad": 1.0}))],
        words="family drama mother",
        conditions=conditions(limits),
        exclude=banned,
        limit=50,
    )
    found = starter.get(hit.id for hit in hits)
    assert len(hits) == 50
    assert not set(found) & set(banned)
    assert all(limit.allows(item) for item in found.values() for limit in limits)


def test_every_hit_has_every_similarity(starter: Catalogue) -> None:
    probes = [
        Probe("mood", starter.embed(["warm and gentle"], "mood")[0]),
        Probe("traits", aim({"funny": 1.0}), 0.5),
        Probe("plot", starter.embed(["a murder"], "plot")[0], -1.0),
    ]
    hits = starter.search(probes, words="detective", limit=30)
    given_ids = starter.similarities([hit.id for hit in hits], probes)
    for hit in hits:
        np.testing.assert_allclose(hit.similarities, given_ids[hit.id].similarities, atol=1e-5)
        vector = starter.vectors([hit.id], "mood")[hit.id]
        assert hit.similarities[0] == pytest.approx(float(vector @ probes[0].vector), abs=1e-5)
    assert set(starter.similarities(["nobody"], probes)) == set()


def test_negative_probes_push_down_and_never_retrieve(starter: Catalogue) -> None:
    liked = Probe("plot", starter.embed(["a detective solves a murder"], "plot")[0])
    dark = aim({"dark": 1.0, "disturbing": 1.0})
    before = [hit.id for hit in starter.search([liked], limit=10)]
    after = [hit.id for hit in starter.search([liked, Probe("traits", dark, -2.0)], limit=10)]

    def darkness(ids: list[str]) -> float:
        return sum(float(dark @ traits_of(item)) for item in starter.get(ids).values())

    assert darkness(after) < darkness(before)
    only = starter.search([Probe("traits", dark, -1.0)], limit=10)
    popular = starter.search([], limit=10)
    assert darkness([hit.id for hit in only]) < darkness([hit.id for hit in popular])


def test_without_probes_the_best_known_come_first(starter: Catalogue) -> None:
    hits = starter.search([], limit=5)
    known = sorted(FILMS, key=lambda film: (-film.popularity, film.id))
    assert [hit.id for hit in hits] == [film.id for film in known[:5]]
    assert starter.search([], limit=0) == []


def test_which_of_equals_are_found_does_not_hang_on_the_order_of_storing(tmp_path: Path) -> None:
    """Hundreds of films are as funny; of popularity there may be none that is known."""
    unknown = [film.model_copy(update={"popularity": 0.0}) for film in FILMS[:600]]
    funny = Probe("traits", aim({"funny": 1.0}))
    found = []
    for name, films in (("one", unknown), ("other", unknown[::-1])):
        catalogue = EdgeCatalogue.create(tmp_path / name, HashEmbedder())
        # In several writes, which the engine spreads over its segments.
        for start in range(0, len(films), 150):
            catalogue.upsert(films[start : start + 150])
        found.append([catalogue.search(probes, limit=50) for probes in ([funny], [])])
        catalogue.close()
    granted = sum("funny" in film.mood_tags for film in unknown)
    assert granted > 2 * 50
    assert found[0] == found[1]


def test_nothing_passes_nothing_found(starter: Catalogue) -> None:
    never = conditions([Years(latest=1880)])
    probe = Probe("plot", starter.embed(["anything"], "plot")[0])
    assert starter.search([probe], words="anything", conditions=never) == []
    assert starter.similarities([], [probe]) == {}


def test_equal_scores_go_by_popularity_then_id(folder: Path) -> None:
    made = EdgeCatalogue.create(folder, EMBEDDER)
    same = [
        Item(id=i, title="T", plot_essence="red apple", popularity=p)
        for i, p in (("b", 0.5), ("a", 0.5), ("c", 0.9))
    ]
    made.upsert(same)
    probe = Probe("plot", made.embed(["red apple"], "plot")[0])
    assert [hit.id for hit in made.search([probe])] == ["c", "a", "b"]
    made.close()


def test_searching_twice_and_from_threads_gives_the_same(starter: Catalogue) -> None:
    probe = Probe("mood", starter.embed(["lonely neon nights"], "mood")[0])
    first = starter.search([probe], words="neon", limit=20)
    results: list[object] = []

    def run() -> None:
        results.extend(starter.search([probe], words="neon", limit=20) for _ in range(5))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [first] * 20


def test_reading_while_another_thread_writes(small: EdgeCatalogue) -> None:
    problems: list[BaseException] = []

    def write() -> None:
        for film in FILMS[200:230]:
            small.upsert([film])
            small.delete([film.id])

    def read() -> None:
        probe = Probe("traits", aim({"funny": 1.0}))
        try:
            for _ in range(60):
                found = small.get(hit.id for hit in small.search([probe], limit=100))
                assert len(found) >= 90
                small.titles.mentions("have you seen the Matrix")
        except BaseException as error:  # noqa: BLE001 - carried to the test's own thread
            problems.append(error)

    threads = [threading.Thread(target=run) for run in (write, read, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert small.count() == 120


# --- fusion and words -------------------------------------------------------------------------


def test_names_of_many_items_come_from_one_reading() -> None:
    films = [*drawn_items(4_300)]
    readings: list[int] = []

    def everything() -> Iterator[Item]:
        readings.append(1)
        return iter(films)

    memory = Memory(point_id, lambda: names_of_all(everything()), threading.RLock())
    titles, people = TitleIndex(films), PeopleIndex(films)
    for film in films[::150]:
        assert memory.titles.find(film.title) == titles.find(film.title) != []
        for name in (film.cast[0], film.cast[0].removesuffix("s")[:-1]):
            assert memory.people.find_person(name) == people.find_person(name)
    assert memory.titles.titles() == {film.title for film in films}
    assert len(readings) == 1


def test_fusion_weighs_standardised_probes_and_caps_words() -> None:
    table = np.array([[0.9, 0.1, 0.5], [0.2, 0.2, 0.2]])
    np.testing.assert_allclose(standardise(table)[1], 0)
    scores = fuse(table, [1.0, 1.0], np.zeros(3))
    assert scores.argmax() == 0
    assert fuse(table, [-1.0, 1.0], np.zeros(3)).max() <= 0
    rare = np.zeros(1_000)
    rare[7] = 12.0
    assert fuse(np.zeros((0, 1_000)), [], rare).max() == MOST_WORDS


def test_carrier_words_say_nothing() -> None:
    assert without_carriers("Can you recommend me a good film about Whales?") == "about whales"[6:]
    assert query_words("something good to watch tonight please") is None
    assert query_words("") is None


# --- the same on another store -----------------------------------------------------------------


def test_filtered_search_gives_what_qdrant_client_gives(folder: Path) -> None:
    many = synthetic_items(300)
    made = EdgeCatalogue.create(folder, RandomEmbedder())
    made.upsert(many)
    local = fill_local(made, many)
    for text in ("a heist", "two sisters"):
        asked: dict[Dimension, Any] = {"plot": made.embed([text], "plot")[0]}
        ids = [item_id for item_id, _ in ask_edge(made, asked)]
        assert ids == [item_id for item_id, _ in ask_local(local, asked)]
        assert len(ids) == 20
    local.close()
    made.close()


def test_both_stores_are_timed_side_by_side() -> None:
    rows = compare(sizes=[200])
    assert [row["items"] for row in rows] == ["200", "200"]
    assert len({row["store"] for row in rows}) == 2
    assert all(row["query p50"].endswith(" ms") for row in rows)
