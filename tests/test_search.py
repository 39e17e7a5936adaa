"""Retrieval: what a query finds, how it is scored, and that limits hold."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.item import AXES, MOOD_TAGS, Axes, Item
from moodreel.ingest.limits import (
    Age,
    AxisBound,
    Content,
    Genres,
    Languages,
    Limit,
    Runtime,
    Years,
    broken,
)
from moodreel.tools.background import BEND, bend
from moodreel.tools.diversity import diversify, same_series, series_name
from moodreel.tools.evaluate import (
    WithoutKindred,
    by_space,
    composed,
    composition_table,
    ndcg,
    recall,
)
from moodreel.tools.query import AxisWish, Like, MoodWish, Preference, Query, TextWish
from moodreel.tools.retrieve import assess, retrieve
from moodreel.tools.scoring import Candidate

from .doubles import HashEmbedder


def film(name: str, **facts: object) -> Item:
    return Item.model_validate({"id": name, "title": name, **facts})


def found(catalogue: Catalogue, title: str, year: int | None = None) -> str:
    return next(match.id for match in catalogue.find(title, year) if match.exact)


def axes(**degrees: int) -> Axes:
    return Axes.model_validate({axis: degrees.get(axis, 1) for axis in AXES})


@pytest.fixture
def small(tmp_path: Path) -> EdgeCatalogue:
    catalogue = EdgeCatalogue.create(tmp_path / "small", HashEmbedder())
    catalogue.upsert(
        [
            film("bank", plot_essence="thieves rob a bank", mood="cold steel", popularity=0.9),
            film("vault", plot_essence="thieves rob a vault", mood="warm tea", popularity=0.2),
            film("farm", plot_essence="a pig grows up", mood="warm tea and jam", popularity=0.5),
            film("noon", plot_essence="a duel", year=1952, kindred=("farm",), genres=("Western",)),
        ]
    )
    return catalogue


def test_an_empty_query_gives_the_best_known(small: EdgeCatalogue) -> None:
    assert [c.id for c in retrieve(small, Query(), 3)] == ["bank", "farm", "vault"]


def test_a_text_finds_its_plot(small: EdgeCatalogue) -> None:
    query = Query(texts=(TextWish(text="a pig grows up", dimension="plot"),))
    assert retrieve(small, query)[0].id == "farm"


def test_liked_disliked_and_excluded_items_never_come_back(small: EdgeCatalogue) -> None:
    query = Query(likes=(Like(id="bank"), Like(id="farm", weight=-1)), exclude=("noon",))
    assert [c.id for c in retrieve(small, query)] == ["vault"]


def test_kindred_of_a_favourite_come_though_nothing_else_is_alike(small: EdgeCatalogue) -> None:
    candidate = retrieve(small, Query(likes=(Like(id="noon"),)))[0]
    assert candidate.id == "farm"


def test_unknown_ids_are_ignored(small: EdgeCatalogue) -> None:
    query = Query(likes=(Like(id="nothing"), Like(id="gone", dimension="plot")), exclude=("no",))
    assert len(retrieve(small, query)) == 4


def test_a_soft_genre_finds_what_is_not_popular(small: EdgeCatalogue) -> None:
    assert retrieve(small, Query(genres=("western",)))[0].id == "noon"


def test_nothing_keeps_impossible_limits(small: EdgeCatalogue) -> None:
    assert retrieve(small, Query(limits=(Years(earliest=2090),))) == []


def test_an_empty_catalogue_finds_nothing(tmp_path: Path) -> None:
    catalogue = EdgeCatalogue.create(tmp_path / "empty", HashEmbedder())
    query = Query(texts=(TextWish(text="anything"),), moods=(MoodWish(tag="cosy"),))
    assert retrieve(catalogue, query) == []


def test_assess_scores_what_no_search_would_find(small: EdgeCatalogue) -> None:
    items = list(small.get(["noon", "bank"]).values())
    query = Query(texts=(TextWish(text="thieves rob a bank", dimension="plot"),))
    assert [c.id for c in assess(small, query, items)] == ["bank", "noon"]


def test_scores_are_the_sum_of_their_parts_and_shown_from_0_to_1(starter: Catalogue) -> None:
    query = Query(
        likes=(Like(id=found(starter, "Heat")),),
        moods=(MoodWish(tag="stylish"),),
        preferences=(Preference(towards="older"),),
    )
    for candidate in retrieve(starter, query, 30):
        assert candidate.score == pytest.approx(sum(candidate.parts.values()))
        assert set(candidate.scores) == {"mood", "audience", "plot", "overall"}
        assert all(0 <= value <= 1 for value in candidate.scores.values())


def test_a_dimension_that_nothing_was_said_about_shows_the_middle(starter: Catalogue) -> None:
    candidate = retrieve(starter, Query(moods=(MoodWish(tag="cosy"),)))[0]
    assert candidate.scores["plot"] == candidate.scores["audience"] == 0.5
    assert candidate.scores["mood"] > 0.7


def test_the_same_query_gives_the_same_list(starter: Catalogue) -> None:
    query = Query(likes=(Like(id=found(starter, "Alien")),), texts=(TextWish(text="the sea"),))
    assert retrieve(starter, query) == retrieve(starter, query)


def test_wishes_for_moods_are_met_and_unwanted_ones_avoided(starter: Catalogue) -> None:
    query = Query(
        moods=(MoodWish(tag="uplifting"), MoodWish(tag="sad", weight=-1)),
        axes=(AxisWish(axis="warmth", target=4),),
    )
    best = [c.item for c in retrieve(starter, query, 10)]
    assert all("uplifting" in item.mood_tags and "sad" not in item.mood_tags for item in best)


@pytest.mark.parametrize(("axis", "target"), [("humour", 4), ("scares", 0), ("romance", 4)])
def test_like_a_film_but_more_or_less_of_something(
    starter: Catalogue, axis: str, target: int
) -> None:
    liked = found(starter, "The Shining")
    like = Like(id=liked)
    plain = retrieve(starter, Query(likes=(like,)), 8)
    wish = AxisWish.model_validate({"axis": axis, "target": target, "weight": 1.2})
    bent = retrieve(starter, Query(likes=(like,), axes=(wish,)), 8)

    def distance(candidates: list[Candidate]) -> float:
        return float(sum(abs(getattr(c.item.axes, axis) - target) for c in candidates))

    assert distance(bent) < distance(plain)


@pytest.mark.parametrize(
    ("towards", "fact", "sign"),
    [("newer", "year", 1), ("older", "year", -1), ("shorter", "runtime_min", -1)],
)
def test_preferences_pull(starter: Catalogue, towards: str, fact: str, sign: int) -> None:
    like = Like(id=found(starter, "Heat"))
    pull = Preference.model_validate({"towards": towards})
    plain = retrieve(starter, Query(likes=(like,)), 8)
    pulled = retrieve(starter, Query(likes=(like,), preferences=(pull,)), 8)
    difference = sum(getattr(c.item, fact) for c in pulled) - sum(
        getattr(c.item, fact) for c in plain
    )
    assert difference * sign > 0


def test_obscure_is_obscure(starter: Catalogue) -> None:
    pulled = retrieve(starter, Query(preferences=(Preference(towards="obscure"),)), 10)
    assert max(c.item.popularity for c in pulled) < 0.3


def test_a_dislike_pushes_its_likes_down(starter: Catalogue) -> None:
    liked, hated = found(starter, "Heat"), found(starter, "Collateral")
    kin = Like(id=liked)
    plain = [c.id for c in retrieve(starter, Query(likes=(kin,)), 120)]
    pushed = [c.id for c in retrieve(starter, Query(likes=(kin, Like(id=hated, weight=-1))), 120)]
    near = [name for name in starter.get([hated])[hated].kindred if name in plain]
    places = [pushed.index(name) if name in pushed else len(pushed) for name in near]
    assert sum(places) > sum(plain.index(name) for name in near)
    assert hated not in pushed


def test_a_composed_wish_is_near_both(starter: Catalogue) -> None:
    """Against averaging vectors, judged by authored facts and not by vectors."""
    rows = {name: numbers for name, *numbers in composition_table(starter, 40)}
    ours = rows.pop("composed")
    for theirs in rows.values():
        assert ours[0] > theirs[0]
        assert ours[1] > 1.3 * theirs[1]
        assert ours[2] < theirs[2]


def test_kindred_films_are_found_without_their_lists(starter: Catalogue) -> None:
    asked = [item for item in starter.items() if item.kindred][::16]
    ours = composed(WithoutKindred(starter))
    plain = by_space(starter, "overall")
    score = sum(recall(ours(item), item.kindred) for item in asked) / len(asked)
    base = sum(recall(plain(item), item.kindred) for item in asked) / len(asked)
    assert score > 0.42
    assert score > base


def test_measures() -> None:
    assert recall(["a", "b"], ["b", "c"]) == 0.5
    assert ndcg(["a", "b"], ["a", "b"]) == 1
    assert ndcg(["x", "a"], ["a"]) == pytest.approx(0.6309, abs=1e-4)


LIMITS = st.lists(
    st.one_of(
        st.builds(Years, earliest=st.integers(1930, 2000)),
        st.builds(Runtime, longest=st.integers(80, 150)),
        st.builds(Genres, none_of=st.sampled_from([("Horror",), ("Animation", "Drama")])),
        st.builds(Languages, any_of=st.sampled_from([("en",), ("fr", "ja")])),
        st.builds(Age, youngest=st.integers(6, 18)),
        st.builds(Content, none_of=st.sampled_from([("gore",), ("suicide", "war")])),
        st.builds(AxisBound, axis=st.sampled_from(AXES), at_most=st.integers(1, 3)),
    ),
    max_size=3,
)


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data(), limits=LIMITS)
def test_limits_hold_whatever_is_wished(
    starter: Catalogue, data: st.DataObject, limits: list[Limit]
) -> None:
    ids = [hit.id for hit in starter.search([], limit=60)]
    query = Query(
        likes=tuple(Like(id=i) for i in data.draw(st.lists(st.sampled_from(ids), max_size=2))),
        moods=tuple(
            MoodWish(tag=tag, weight=data.draw(st.sampled_from([1.0, -1.0])))
            for tag in data.draw(st.lists(st.sampled_from(MOOD_TAGS), max_size=2))
        ),
        genres=data.draw(st.sampled_from([(), ("Western",), ("Comedy", "Crime")])),
        limits=tuple(limits),
        exclude=tuple(data.draw(st.lists(st.sampled_from(ids), max_size=5))),
    )
    barred = {*query.exclude, *(like.id for like in query.likes)}
    candidates = retrieve(starter, query, 40)
    assert len({c.id for c in candidates}) == len(candidates)
    for candidate in candidates:
        assert not broken(candidate.item, query.limits)
        assert candidate.id not in barred


def test_bending_keeps_the_order_and_the_bounds() -> None:
    bent = bend(np.array([-50.0, -1.0, 0.0, 1.0, 2.0, 50.0]))
    assert list(bent) == sorted(bent)
    assert abs(bent).max() <= BEND
    assert bent[2] == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Rocky", "Rocky II", True),
        ("Toy Story", "Toy Story 3", True),
        ("The Lord of the Rings: The Two Towers", "The Lord of the Rings: The Return of", True),
        ("Harry Potter and the Goblet of Fire", "Harry Potter and the Order", False),
        ("The Lion King", "The Lion King", True),
        ("Heat", "Heathers", False),
        ("The Mummy", "The Muppets", False),
        ("Blade Runner", "Blade Runner 2049", True),
    ],
)
def test_series_by_title(one: str, other: str, same: bool) -> None:
    assert same_series(film("1", title=one), film("2", title=other)) is same


def test_series_by_people_and_subjects() -> None:
    shared = {"cast": ("Daniel Radcliffe",), "tags": ("wizard school", "magic")}
    one = film("1", title="Harry Potter and the Goblet of Fire", **shared)
    assert same_series(one, film("2", title="Harry Potter and the Order", **shared))
    assert series_name("8½") == "8½" or series_name("8½")


def test_a_list_has_one_of_a_series_and_two_of_a_director(starter: Catalogue) -> None:
    for title in ("Toy Story", "Pulp Fiction", "Iron Man", "Spirited Away"):
        pool = retrieve(starter, Query(likes=(Like(id=found(starter, title)),)), 60)
        chosen = [c.item for c in diversify(pool, 5)]
        assert len(chosen) == 5
        for item in chosen:
            others = [other for other in chosen if other is not item]
            assert not any(same_series(item, other) for other in others)
            for name in item.directors:
                assert sum(name in other.directors for other in others) <= 1


def test_diversity_gives_way_when_nothing_else_is_left(small: EdgeCatalogue) -> None:
    same = [film(f"p{n}", title=f"Part {n}", directors=("A B",)) for n in range(4)]
    pool = [Candidate(item, 1.0 - 0.1 * n) for n, item in enumerate(same)]
    assert len(diversify(pool, 4)) == 4
