"""A limit means the same in the store, in Python and in words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.facets import CONTENT, content_classes, subject_words, suitable_from
from moodreel.ingest.item import AXES, Axes, Item, Provenance
from moodreel.ingest.language import LANGUAGES
from moodreel.ingest.limits import (
    Age,
    AxisBound,
    BaseLimit,
    Condition,
    Content,
    Genres,
    Kinds,
    Languages,
    People,
    Ratings,
    Runtime,
    Subjects,
    Years,
    broken,
    conditions,
)
from pydantic import ValidationError

from .films import FILMS

GENRES = sorted({genre for film in FILMS for genre in film.genres})
PEOPLE = sorted({name for film in FILMS for name in (*film.directors, *film.cast)})
TAGS = sorted({tag for film in FILMS for tag in film.tags})


def names(known: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """A few known names in any case, and one that nothing has."""
    cased = st.sampled_from(known).flatmap(lambda n: st.sampled_from([n, n.upper(), n.lower()]))
    return st.lists(cased | st.just("Nobody At All"), max_size=3).map(tuple)


def ends(low: int, high: int) -> st.SearchStrategy[tuple[int | None, int | None]]:
    """Two ends in order, at least one of them given."""
    number = st.integers(low, high)
    both = st.tuples(number, number).map(lambda pair: (min(pair), max(pair)))
    return st.one_of(both, number.map(lambda n: (n, None)), number.map(lambda n: (None, n)))


LIMITS: st.SearchStrategy[BaseLimit] = st.one_of(
    ends(1915, 2030).map(lambda e: Years(earliest=e[0], latest=e[1])),
    st.builds(
        Years,
        latest=st.none() | st.integers(1930, 2030),
        none_of=st.lists(st.integers(1915, 2030), min_size=1, max_size=12).map(tuple),
    ),
    ends(20, 260).map(lambda e: Runtime(shortest=e[0], longest=e[1])),
    st.builds(Languages, any_of=names(sorted(LANGUAGES)), none_of=names(sorted(LANGUAGES))),
    st.builds(Genres, all_of=names(GENRES), any_of=names(GENRES), none_of=names(GENRES)),
    st.builds(
        People,
        role=st.sampled_from(["people", "directors", "cast"]),
        all_of=names(PEOPLE).map(lambda found: found[:1]),
        any_of=names(PEOPLE),
        none_of=names(PEOPLE),
    ),
    st.builds(Age, youngest=st.integers(0, 21)),
    st.builds(
        Ratings,
        any_of=st.lists(
            st.sampled_from(["G", "PG", "PG-13", "R", "NC-17"]), min_size=1, max_size=3
        ).map(tuple),
    ),
    st.builds(Content, none_of=names(sorted(CONTENT)).filter(bool)),
    st.builds(Subjects, none_of=names(TAGS).filter(bool)),
    st.builds(Kinds, any_of=st.sampled_from([("film",), ("Film",), ("podcast", "film"), ("x",)])),
    st.tuples(st.sampled_from(AXES), ends(0, 4)).map(
        lambda found: AxisBound(axis=found[0], at_least=found[1][0], at_most=found[1][1])
    ),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(limits=st.lists(LIMITS, min_size=1, max_size=3))
def test_store_and_limit_agree_on_every_film(starter: Catalogue, limits: list[BaseLimit]) -> None:
    tests = conditions(limits)
    allowed = {film.id for film in FILMS if not broken(film, limits)}
    found = starter.search([], conditions=tests, limit=len(FILMS))
    assert {hit.id for hit in found} == allowed
    assert starter.count(tests) == len(allowed)


@given(limit=LIMITS)
def test_every_limit_is_told_and_survives_json(limit: BaseLimit) -> None:
    assert type(limit).model_validate_json(limit.model_dump_json()) == limit
    if limit.conditions():
        assert limit.sentence()


BARE = Item(id="bare", title="Bare")


@pytest.mark.parametrize(
    "limit",
    [
        Years(earliest=1900),
        Runtime(longest=500),
        Languages(any_of=("en",)),
        Languages(none_of=("en",)),
        Genres(any_of=("Drama",)),
        People(any_of=("Tilda Swinton",)),
        Age(youngest=12),
        Ratings(any_of=("G", "PG", "PG-13", "R", "NC-17")),
        AxisBound(axis="violence", at_most=4),
    ],
)
def test_a_fact_that_is_not_known_breaks_a_limit_on_it(limit: BaseLimit) -> None:
    assert not limit.allows(BARE)


@pytest.mark.parametrize(
    "limit",
    [
        Genres(none_of=("Horror",)),
        People(none_of=("Michael Bay",)),
        Content(none_of=("gore",)),
        Subjects(none_of=("zombies",)),
        Kinds(any_of=("film",)),
    ],
)
def test_what_nothing_says_is_there_is_not_barred(limit: BaseLimit) -> None:
    assert limit.allows(BARE)


def test_language_and_rating_are_compared_in_any_case() -> None:
    item = Item(id="a", title="A", language="FR", age_rating="pg-13")
    assert Languages(any_of=("fr",)).allows(item)
    assert not Languages(none_of=("fr",)).allows(item)
    assert Ratings(any_of=("PG-13",)).allows(item)


def test_subjects_match_plurals_and_phrases_but_not_parts_of_words() -> None:
    item = Item(
        id="a", title="A", tags=("zombie apocalypse",), plot_essence="A cat in a catalogue."
    )
    assert not Subjects(none_of=("zombies",)).allows(item)
    assert not Subjects(none_of=("Zombie Apocalypse",)).allows(item)
    assert not Subjects(none_of=("cats",)).allows(item)
    assert Subjects(none_of=("log",)).allows(item)
    assert Subjects(none_of=("catalog",)).allows(item)


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        (("a dog dies",), {"animal harm"}),
        (("graphic gore",), {"gore"}),
        (("sexual assault",), {"sexual violence", "sex and nudity"}),
        (("shark attack",), set()),
        (("strong language",), {"strong language"}),
        ((), set()),
    ],
)
def test_content_notes_fall_into_classes(notes: tuple[str, ...], found: set[str]) -> None:
    assert set(content_classes(notes)) == found


def test_youngest_age_rises_with_scares_and_is_18_where_unknown() -> None:
    calm = Axes(lightness=4, warmth=4, humour=3, tension=0, scares=0, violence=0, romance=0,
                strangeness=1, demand=0)  # fmt: skip
    scary = calm.model_copy(update={"scares": 3})
    rated = Item(id="a", title="A", age_rating="PG", axes=calm)
    assert suitable_from(rated) == 6
    assert suitable_from(rated.model_copy(update={"axes": scary})) == 10
    assert suitable_from(rated.model_copy(update={"age_rating": None})) == 18
    family = rated.model_copy(update={"age_rating": None, "genres": ("Family",)})
    assert suitable_from(family) == 6
    for how in ("derived", "predicted"):
        guess = {"genres": Provenance(how=how, by="a guess")}
        guessed = family.model_copy(update={"provenance": guess})
        assert suitable_from(guessed) == 18, "a guess makes nothing fit for children"


@pytest.mark.parametrize(
    ("rating", "calm_age", "scary_age"),
    [("TV-Y", 0, 10), ("TV-G", 0, 10), ("TV-Y7", 7, 10), ("TV-Y7-FV", 7, 10), ("tv-pg", 8, 10),
     ("TV-14", 14, 14), ("TV-MA", 17, 17), ("NC-17", 18, 18), ("12A", 18, 18)],
)  # fmt: skip
def test_ratings_of_television_have_ages_of_their_own(
    rating: str, calm_age: int, scary_age: int
) -> None:
    calm = Axes(**{**dict.fromkeys(AXES, 1), "scares": 0, "violence": 0})
    scary = calm.model_copy(update={"scares": 3})
    item = Item(id="a", title="A", age_rating=rating, axes=calm)
    assert suitable_from(item) == calm_age
    assert suitable_from(item.model_copy(update={"axes": scary})) == scary_age


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Years(earliest=2000, latest=1990), "swap the ends"),
        (Years, "give 'earliest'"),
        (lambda: Runtime(shortest=90, longest=60), "swap the ends"),
        (lambda: AxisBound(axis="scares"), "at_least"),
        (lambda: Condition(facet="year", operation="any", values=()), "at least 1 item"),
    ],
)
def test_impossible_limits_are_refused(build: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        build()  # type: ignore[operator]


def test_words_of_subjects_are_stems() -> None:
    assert subject_words("Time Travels") == ("time travel", "time", "travel")
    assert subject_words("!") == ()
