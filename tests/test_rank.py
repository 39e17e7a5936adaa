"""Ranking: choosing, verifying, refilling."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.item import MOOD_TAGS, Item
from moodreel.ingest.limits import Age, Limit, People, Runtime, Years, broken
from moodreel.tools.query import Like, MoodWish, Query
from moodreel.tools.rank import RankedItem, Ranking, rank_items, repair, verify
from moodreel.tools.retrieve import retrieve


@pytest.fixture(scope="module")
def popular(starter: Catalogue) -> list[Item]:
    return list(starter.get(hit.id for hit in starter.search([], limit=40)).values())


def places(*ids: str) -> Ranking:
    return Ranking(items=tuple(RankedItem(id=name, reason="Because.") for name in ids))


def test_a_ranking_has_reasons_and_scores(starter: Catalogue, popular: list[Item]) -> None:
    ranking = rank_items(starter, Query(moods=(MoodWish(tag="funny"),)), popular, 5)
    assert len(ranking.items) == 5
    for place in ranking.items:
        assert place.reason.endswith((".", "!", "?", "…"))
        assert set(place.scores) == {"mood", "audience", "plot", "overall"}


def test_order_of_candidates_does_not_matter(starter: Catalogue, popular: list[Item]) -> None:
    query = Query(moods=(MoodWish(tag="epic"),))
    backwards = rank_items(starter, query, popular[::-1], 5)
    assert rank_items(starter, query, popular, 5) == backwards


@pytest.mark.parametrize("count", [0, -1])
def test_none_wanted_none_given(starter: Catalogue, popular: list[Item], count: int) -> None:
    assert rank_items(starter, Query(), popular, count).items == ()


def test_no_candidates_no_ranking(starter: Catalogue) -> None:
    assert rank_items(starter, Query(), [], 5).items == ()


def test_all_that_may_be_listed_is_listed(starter: Catalogue, popular: list[Item]) -> None:
    query = Query(limits=(Years(latest=1980),))
    allowed = [item for item in popular if not broken(item, query.limits)]
    assert len(rank_items(starter, query, popular, 40).items) == len(allowed)


def test_repeated_candidates_count_once(starter: Catalogue, popular: list[Item]) -> None:
    assert len(rank_items(starter, Query(), [popular[0]] * 5, 5).items) == 1


def test_verify_drops_strangers_repeats_and_what_was_excluded(popular: list[Item]) -> None:
    one, two, three, four = (item.id for item in popular[:4])
    query = Query(likes=(Like(id=two),), exclude=(three,))
    checked = verify(places(one, "tt0", one, two, three, four), query, popular)
    assert [place.id for place in checked.items] == [one, four]


def test_verify_drops_what_breaks_a_limit(popular: list[Item]) -> None:
    limit = Runtime(longest=120)
    ids = [item.id for item in popular]
    checked = verify(places(*ids), Query(limits=(limit,)), popular)
    assert {place.id for place in checked.items} == {i.id for i in popular if limit.allows(i)}


def test_repair_refills_and_keeps_what_was_right(starter: Catalogue, popular: list[Item]) -> None:
    first = popular[7].id
    mended = repair(starter, places(first, "tt0"), Query(), popular, 5)
    assert mended.items[0] == RankedItem(id=first, reason="Because.", scores=mended.items[0].scores)
    assert mended.items[0].scores
    assert len({place.id for place in mended.items}) == 5


def test_repair_writes_missing_reasons(starter: Catalogue, popular: list[Item]) -> None:
    bare = Ranking(items=(RankedItem(id=popular[3].id, reason="  "),), opening="Here:")
    mended = repair(starter, bare, Query(), popular, 1)
    assert mended.opening == "Here:"
    assert mended.items[0].reason.strip()


def test_repair_cuts_what_is_too_long(starter: Catalogue, popular: list[Item]) -> None:
    full = places(*(item.id for item in popular))
    assert len(repair(starter, full, Query(), popular, 3).items) == 3


def test_people_asked_for_may_fill_the_list(starter: Catalogue) -> None:
    limit = People(role="directors", any_of=("Hayao Miyazaki",))
    query = Query(limits=(limit,))
    items = [candidate.item for candidate in retrieve(starter, query, 40)]
    assert len(rank_items(starter, query, items, 5).items) == min(5, len(items)) > 2


LIMITS: st.SearchStrategy[Limit] = st.one_of(
    st.builds(Years, latest=st.integers(1960, 2020)),
    st.builds(Runtime, longest=st.integers(80, 140)),
    st.builds(Age, youngest=st.integers(6, 17)),
)


@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data(), limits=st.lists(LIMITS, max_size=2))
def test_whatever_a_ranker_says_the_list_is_sound(
    starter: Catalogue, popular: list[Item], data: st.DataObject, limits: list[Limit]
) -> None:
    ids = [item.id for item in popular]
    said = data.draw(st.lists(st.sampled_from([*ids, "tt0", ""]).filter(bool), max_size=8))
    barred = data.draw(st.lists(st.sampled_from(ids), max_size=4))
    tags = data.draw(st.lists(st.sampled_from(MOOD_TAGS), max_size=2, unique=True))
    query = Query(
        moods=tuple(MoodWish(tag=tag) for tag in tags), limits=tuple(limits), exclude=tuple(barred)
    )
    mended = repair(starter, places(*said), query, popular, 5)
    chosen = [place.id for place in mended.items]
    allowed = [i for i in popular if i.id not in barred and not broken(i, query.limits)]
    assert len(chosen) == len(set(chosen)) == min(5, len(allowed))
    assert set(chosen) <= {item.id for item in allowed}
