"""Ratings as a signal: stored whole or not at all, heeded where there are some, silent else."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from moodreel.errors import CommunityBroken, StorageError
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.community import (
    FOLDER,
    MANIFEST,
    Community,
    Facts,
    Model,
    community_of,
    community_problem,
    keep_community,
    load_model,
    save_model,
    use_model,
)
from moodreel.ingest.ease import Neighbours
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.item import Item
from moodreel.ingest.limits import Years
from moodreel.tools.query import Like, Query
from moodreel.tools.reasons import reason
from moodreel.tools.retrieve import assess, liked_items, retrieve
from moodreel.tools.weights import COMMUNITY, KINDRED, KINDRED_BESIDE_RATINGS, LIKES

from .doubles import HashEmbedder

STORIES = {
    "alpha": "a lighthouse keeper waits for a ship",
    "bravo": "a chess player loses her queen",
    "carol": "bakers argue over a wedding cake",
    "delta": "a submarine goes silent under ice",
    "eagle": "a choir travels by night bus",
}


@pytest.fixture
def small(tmp_path: Path) -> EdgeCatalogue:
    made = EdgeCatalogue.create(tmp_path / "small", HashEmbedder())
    made.upsert([
        Item(id=name, title=name.title(), year=1990 + place, plot_essence=text, popularity=0.5)
        for place, (name, text) in enumerate(STORIES.items())
    ])  # fmt: skip
    return made


def model_of(
    weights: dict[tuple[str, str], float], names: tuple[str, ...] = tuple(STORIES), note: str = "x"
) -> Model:
    """A model with these weights; who is loved together is what weighs more than half."""
    table = np.zeros((len(names), len(names)), np.float32)
    for (one, other), weight in weights.items():
        table[names.index(one), names.index(other)] = weight
    places = np.argsort(-np.abs(table), axis=1, kind="stable").astype(np.int32)
    ordered = np.take_along_axis(table, places, axis=1)
    facts = Facts(
        source=note, people=9, likes=20, items=len(names), ridge=300, made="2020-01-01T00:00:00"
    )
    return Model(facts, names, Neighbours(places, ordered.astype(np.float16), ordered > 0.5))


BOTH = model_of({("alpha", "eagle"): 1.0, ("bravo", "carol"): 1.0, ("alpha", "delta"): 0.25})


def first(catalogue: Catalogue, *likes: Like) -> str:
    return retrieve(catalogue, Query(likes=likes))[0].id


def test_a_model_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    assert load_model(tmp_path) is None
    stored = save_model(tmp_path, BOTH)
    found = load_model(tmp_path)
    assert found is not None
    assert found.facts == stored
    assert found.names == BOTH.names
    assert isinstance(found.neighbours.weights, np.memmap)
    likes = {"alpha": 0.7, "bravo": -0.6, "unheard of": 1.0}
    np.testing.assert_array_equal(found.scores(likes), BOTH.scores(likes))
    assert found.scores(likes).tolist() == pytest.approx([0, 0, -0.6, 0.175, 0.7], abs=1e-3)
    assert found.akin("alpha") == ("eagle",)
    assert found.akin("unheard of") == ()


def test_a_new_model_replaces_the_old_one_for_readers_too(tmp_path: Path) -> None:
    reader = Community(tmp_path)
    assert reader.model is None
    save_model(tmp_path, BOTH)
    before = reader.model
    assert before is not None
    assert before.akin("bravo") == ("carol",)
    save_model(tmp_path, model_of({("bravo", "delta"): 1.0}))
    after = reader.model
    assert after is not None
    assert after.akin("bravo") == ("delta",)
    assert before.akin("bravo") == ("carol",)  # who still reads the old one is not disturbed
    assert len([p for p in (tmp_path / FOLDER).iterdir() if p.is_dir()]) == 1


def test_what_an_interrupted_writing_left_is_no_model(tmp_path: Path) -> None:
    save_model(tmp_path, BOTH)
    (tmp_path / FOLDER / "0123456789abcdef").mkdir()
    (tmp_path / FOLDER / (MANIFEST + ".new")).write_text("{")
    found = load_model(tmp_path)
    assert found is not None
    assert found.names == BOTH.names


@pytest.mark.parametrize("damage", ["manifest", "names", "array", "missing", "short"])
def test_a_damaged_model_is_refused_and_lists_go_without(
    tmp_path: Path, small: EdgeCatalogue, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    place = tmp_path / FOLDER / save_model(tmp_path, BOTH).folder
    if damage == "manifest":
        (tmp_path / FOLDER / MANIFEST).write_text("{}")
    elif damage == "names":
        (place / "names.json").write_bytes(b"[\xff")
    elif damage == "array":
        (place / "weights.npy").write_bytes(b"nothing")
    elif damage == "missing":
        (place / "places.npy").unlink()
    else:
        np.save(place / "together.npy", np.zeros((2, 3), np.bool_))
    with pytest.raises(CommunityBroken, match="ingest them again"):
        load_model(tmp_path)
    keep_community(small, tmp_path)
    assert community_of(small) is None
    assert "without ratings" in caplog.text
    assert "ingest them again" in community_problem(small)
    assert retrieve(small, Query(likes=(Like(id="alpha"),)))


def test_a_folder_that_can_not_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    with pytest.raises(StorageError, match="refused to write"):
        save_model(tmp_path, BOTH)


def test_one_favourite_brings_what_the_same_people_love(small: EdgeCatalogue) -> None:
    use_model(small, BOTH)
    assert first(small, Like(id="alpha")) == "eagle"
    assert first(small, Like(id="bravo")) == "carol"


def test_a_dislike_pushes_and_a_wish_in_one_dimension_does_not_count(small: EdgeCatalogue) -> None:
    use_model(small, BOTH)
    everything = list(small.items())
    disliked = assess(small, Query(likes=(Like(id="alpha", weight=-0.6),)), everything)
    said = {c.id: c.parts.get("community", 0.0) for c in disliked}
    assert said["eagle"] < said["delta"] < said["carol"] == 0.0
    only_mood = assess(small, Query(likes=(Like(id="alpha", dimension="mood"),)), everything)
    assert not any("community" in candidate.parts for candidate in only_mood)


def test_the_signal_is_bounded_however_many_favourites(small: EdgeCatalogue) -> None:
    loud = model_of({(one, "eagle"): 9.0 for one in ("alpha", "bravo", "carol", "delta")})
    use_model(small, loud)
    likes = tuple(Like(id=name, weight=2) for name in ("alpha", "bravo", "carol", "delta"))
    best = retrieve(small, Query(likes=likes))[0]
    assert best.id == "eagle"
    assert 0.9 * COMMUNITY < best.parts["community"] <= COMMUNITY


def test_limits_and_exclusions_bind_what_ratings_bring(small: EdgeCatalogue) -> None:
    use_model(small, BOTH)
    early = Query(likes=(Like(id="alpha"),), limits=(Years(latest=1992),))
    assert {c.id for c in retrieve(small, early)} == {"bravo", "carol"}
    without = Query(likes=(Like(id="alpha"),), exclude=("eagle",))
    assert "eagle" not in {c.id for c in retrieve(small, without)}


def test_without_ratings_nothing_changes(starter: Catalogue) -> None:
    likes = tuple(Like(id=item.id, weight=0.7) for item in list(starter.items())[:300:100])
    plain = retrieve(starter, Query(likes=likes), 30)
    use_model(starter, model_of({("a", "b"): 1.0}, ("a", "b")))
    try:
        strangers = retrieve(starter, Query(likes=likes), 30)
    finally:
        use_model(starter, None)
    assert [(c.id, c.score, c.scores) for c in plain] == [
        (c.id, c.score, c.scores) for c in strangers
    ]
    assert not any("community" in candidate.parts for candidate in plain)


def test_items_that_are_gone_are_passed_over(small: EdgeCatalogue) -> None:
    use_model(small, BOTH)
    small.delete(["eagle"])
    found = retrieve(small, Query(likes=(Like(id="alpha"),)))
    assert found[0].id == "delta"
    assert "eagle" not in {candidate.id for candidate in found}


def test_reasons_say_it_where_people_do_love_both(small: EdgeCatalogue) -> None:
    use_model(small, BOTH)
    query = Query(likes=(Like(id="alpha"),))
    known = liked_items(small, query)
    items = small.get(["eagle", "delta"])
    assert "kindred" in [fact.kind for fact in reason(items["eagle"], query, known).facts]
    # A weight alone is not yet a crowd.
    assert "kindred" not in [fact.kind for fact in reason(items["delta"], query, known).facts]


def test_manifest_says_where_it_comes_from(tmp_path: Path) -> None:
    save_model(tmp_path, model_of({("alpha", "bravo"): 1}, note="ratings.csv"))
    said = json.loads((tmp_path / FOLDER / MANIFEST).read_text())
    assert (said["source"], said["people"], said["likes"], said["items"]) == (
        "ratings.csv",
        9,
        20,
        5,
    )
    assert len(said["folder"]) == 16


def test_kindred_lists_step_back_only_for_favourites_that_ratings_tell_of(tmp_path: Path) -> None:
    kin = EdgeCatalogue.create(tmp_path / "kin", HashEmbedder())
    kin.upsert([
        Item(id="alpha", title="Alpha", plot_essence=STORIES["alpha"], kindred=("bravo",)),
        Item(id="bravo", title="Bravo", plot_essence=STORIES["bravo"]),
    ])  # fmt: skip

    def likeness(*rated: str) -> float:
        use_model(kin, model_of({}, rated) if rated else None)
        return retrieve(kin, Query(likes=(Like(id="alpha"),)))[0].parts["likes"]

    assert likeness("somebody", "else") == likeness()
    assert likeness("alpha", "else") == pytest.approx(
        likeness() - LIKES * 0.75 * (KINDRED - KINDRED_BESIDE_RATINGS)
    )
