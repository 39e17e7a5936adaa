"""The taste profile: edits, contradiction, undo, sentences, JSON."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moodreel.agent.conflicts import remainder
from moodreel.agent.edits import (
    Anchor,
    AnchorPart,
    Attitude,
    Edit,
    Forget,
    ItemRef,
    LimitEdit,
    Nudge,
    Reset,
    Undo,
    Weigh,
    Wish,
)
from moodreel.agent.profile import TasteProfile, apply, diff
from moodreel.agent.sentences import sentence, understood, with_evidence
from moodreel.ingest.item import AXES, MOOD_TAGS
from moodreel.ingest.limits import (
    Age,
    AxisBound,
    Content,
    Genres,
    Languages,
    Limit,
    People,
    Runtime,
    Subjects,
    Years,
)

HEAT = ItemRef(id="h", title="Heat", year=1995)
ELF = ItemRef(id="e", title="Elf", year=2003)
PADDINGTON = ItemRef(id="p", title="Paddington 2", year=2017)


def told(*turns: Sequence[Edit]) -> TasteProfile:
    profile = TasteProfile()
    for number, edits in enumerate(turns, start=1):
        profile = apply(profile, edits, number)
    return profile


def lines(profile: TasteProfile) -> list[str]:
    return [sentence(entry) for entry in profile.active]


def feel(item: ItemRef, feeling: str, **more: object) -> Attitude:
    return Attitude.model_validate({"item": item, "feeling": feeling, **more})


def no(*genres: str) -> LimitEdit:
    return LimitEdit(limit=Genres(none_of=genres), words=f"no {' '.join(genres)}")


def only(*genres: str, words: str = "") -> LimitEdit:
    return LimitEdit(limit=Genres(all_of=genres), words=words)


def limit(value: Limit, **more: object) -> LimitEdit:
    return LimitEdit.model_validate({"limit": value, **more})


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ([[feel(HEAT, "loved")]], ["You loved Heat (1995)."]),
        ([[feel(HEAT, "disliked")], [feel(HEAT, "liked")]], ["You liked Heat (1995)."]),
        (
            [[feel(HEAT, "seen")], [feel(HEAT, "loved")]],
            ["You've seen Heat (1995).", "You loved Heat (1995)."],
        ),
        (
            [[feel(ELF, "not_tonight")], [feel(ELF, "interested")]],
            ["You're curious about Elf (2003)."],
        ),
        (
            [[feel(HEAT, "liked", dimension="mood")], [feel(HEAT, "disliked", dimension="plot")]],
            ["You liked the mood of Heat (1995).", "You didn't like the story of Heat (1995)."],
        ),
        ([[no("Horror")], [only("Horror")]], ["Only horror."]),
        ([[only("Comedy")], [only("Western")]], ["Only western."]),
        (
            [[only("Comedy")], [only("Romance", words="also romantic")]],
            ["Only comedy.", "Only romance."],
        ),
        ([[only("Comedy"), only("Romance")]], ["Only comedy.", "Only romance."]),
        (
            [[limit(Genres(any_of=("Horror", "Thriller")))], [no("Horror")]],
            ["No horror.", "Only thriller."],
        ),
        ([[no("Horror")], [no("War")]], ["No horror.", "No war."]),
        (
            [[limit(Years(latest=1970))], [limit(Years(earliest=1990))]],
            ["From 1990 or later."],
        ),
        (
            [[limit(Runtime(longest=120)), limit(Runtime(shortest=80))]],
            ["Between 80 and 120 minutes."],
        ),
        (
            [[limit(Runtime(longest=120))], [limit(Runtime(longest=90))]],
            ["At most 90 minutes."],
        ),
        (
            [[limit(People(none_of=("Michael Bay",)))], [limit(People(all_of=("Michael Bay",)))]],
            ["With Michael Bay."],
        ),
        (
            [[limit(Languages(none_of=("fr",)))], [limit(Languages(any_of=("fr", "it")))]],
            ["In French or Italian."],
        ),
        (
            [[limit(Subjects(none_of=("zombies",)))], [Wish(text="a zombie")]],
            ["Tonight: a zombie."],
        ),
        (
            [[Wish(text="funny and dark", moods=("funny", "dark"))],
             [Wish(text="dark", avoid=True, moods=("dark",))]],
            ["Rather not: dark.", "Tonight: funny and dark."],
        ),
        (
            [[Wish(text="light", axes={"lightness": 4})],
             [Wish(text="bleak", axes={"lightness": 0})]],
            ["Tonight: bleak."],
        ),
        (
            [[limit(AxisBound(axis="scares", at_most=1))], [Nudge(quality="scares", amount=1)]],
            ["Scarier than last time."],
        ),
        ([[Weigh(dimension="plot", weight=0)], [Weigh(dimension="plot", weight=2)]],
         ["Story counts a lot."]),
        (
            [[Anchor(parts=(AnchorPart(item=HEAT),))], [Anchor(parts=(AnchorPart(item=ELF),))]],
            ["Like Elf (2003)."],
        ),
        (
            [[Anchor(parts=(AnchorPart(item=ELF, dimension="mood"),
                            AnchorPart(item=HEAT, dimension="plot")))]],
            ["The mood of Elf (2003) with the story of Heat (1995)."],
        ),
    ],
)  # fmt: skip
def test_the_later_word_wins(turns: list[list[Edit]], expected: list[str]) -> None:
    assert lines(told(*turns)) == expected


def test_a_step_leaves_the_mood_and_an_opposite_wish_ends_it() -> None:
    sad = Wish(text="sad", moods=("sad", "tearjerker"), axes={"lightness": 0})
    lighter = Nudge(quality="lightness", amount=1.5)
    cheerful = Wish(text="cheerful", moods=("feel-good",), axes={"lightness": 4})

    def wanted(*turns: list[Edit]) -> list[Wish]:
        return [e.content for e in told(*turns).active if isinstance(e.content, Wish)]

    [first], [stepped], [twice] = (
        wanted([sad]),
        wanted([sad], [lighter]),
        wanted([sad], [lighter], [lighter]),
    )
    assert stepped.moods == twice.moods == first.moods
    assert first.strength > stepped.strength > twice.strength > 0
    assert "lightness" not in stepped.axes
    assert [wish.text for wish in wanted([sad], [cheerful])] == ["cheerful"]


def test_what_lost_is_kept_with_its_evidence() -> None:
    profile = told([feel(HEAT, "disliked", words="hated heat")], [feel(HEAT, "loved")])
    first, second = profile.entries
    assert (first.status, first.superseded_by) == ("superseded", second.id)
    assert with_evidence(first) == "You didn't like Heat (1995). (“hated heat”, turn 1)"


def test_steps_one_way_add_up_and_a_step_back_starts_anew() -> None:
    lighter, darker = Nudge(quality="lightness", amount=3), Nudge(quality="lightness", amount=-3)

    def amount(*turns: Sequence[Edit]) -> float:
        (entry,) = told(*turns).active
        assert isinstance(entry.content, Nudge)
        return entry.content.amount

    assert amount([lighter], [lighter]) == 4
    assert amount([lighter], [darker]) == -3
    assert amount([lighter], [darker], [darker]) == -4


def test_undo_takes_back_turn_after_turn() -> None:
    profile = told([no("Horror")], [only("Horror")], [feel(ELF, "seen")])
    once = apply(profile, [Undo()], 4)
    assert lines(once) == ["Only horror."]
    twice = apply(once, [Undo()], 5)
    assert lines(twice) == ["No horror."]
    assert lines(apply(profile, [Undo(turns=9)], 4)) == []


def test_undo_said_with_news_takes_back_only_what_was_before() -> None:
    profile = apply(told([no("Horror")]), [feel(ELF, "seen"), Undo()], 2)
    assert lines(profile) == ["You've seen Elf (2003)."]


@pytest.mark.parametrize(
    ("about", "left"),
    [
        ("I said no horror", ["At most two hours.", "You've seen Elf (2003)."]),
        ("the runtime limit", ["No horror.", "You've seen Elf (2003)."]),
        ("how long", ["No horror.", "You've seen Elf (2003)."]),
        ("elf", ["No horror.", "At most two hours."]),
        (
            "the thing about zebras",
            ["No horror.", "At most two hours.", "You've seen Elf (2003)."],
        ),
    ],
)
def test_forgetting_undoes_only_what_it_names(about: str, left: list[str]) -> None:
    before = told([no("Horror")], [limit(Runtime(longest=120))], [feel(ELF, "seen")])
    after = apply(before, [Forget(about=about)], 4)
    assert lines(after) == left
    if after != before:
        assert apply(after, [Undo()], 5).active == before.active


def test_reset_for_tonight_keeps_taste_and_who_is_watching() -> None:
    everything: list[Edit] = [
        feel(HEAT, "loved"),
        feel(ELF, "not_tonight"),
        Wish(text="long shots", lasting=True),
        Wish(text="silly"),
        limit(Age(youngest=6)),
        limit(Content(none_of=("animal harm",))),
        limit(Runtime(longest=90)),
        Nudge(quality="humour", amount=1),
    ]
    profile = told(everything, [Reset()])
    assert lines(profile) == [
        "You loved Heat (1995).", "You like long shots.", "Fit for age 6.", "No animal harm.",
    ]  # fmt: skip
    assert lines(told(everything, [Reset(scope="all")])) == []
    assert apply(profile, [Undo()], 3).active == told(everything).active


def test_what_was_understood_names_news_not_remainders() -> None:
    before = told([limit(Genres(any_of=("Horror", "Thriller")), words="horror or thriller")])
    after = apply(before, [no("Horror")], 2)
    assert understood(diff(before, after)) == ("No horror.",)
    assert with_evidence(after.active[-1]) == "Only thriller. (“horror or thriller”, turn 1)"
    back = apply(after, [Undo()], 3)
    assert understood(diff(after, back)) == (
        "Back again: only horror or thriller.", "Taken back: no horror.",
        "Taken back: only thriller.",
    )  # fmt: skip


ITEMS = st.sampled_from([HEAT, ELF, PADDINGTON])
GENRES = st.lists(st.sampled_from(["Horror", "Comedy", "War"]), min_size=1, max_size=2).map(tuple)
LIMITS: st.SearchStrategy[Limit] = st.one_of(
    st.builds(Genres, none_of=GENRES),
    st.builds(Genres, all_of=GENRES),
    st.builds(Years, earliest=st.integers(1920, 2000)),
    st.builds(Runtime, longest=st.integers(60, 200)),
    st.builds(People, none_of=st.just(("Michael Bay",))),
    st.builds(Languages, any_of=st.just(("fr",))),
    st.builds(AxisBound, axis=st.sampled_from(AXES), at_most=st.integers(0, 3)),
    st.builds(Subjects, none_of=st.just(("zombies",))),
    st.builds(Age, youngest=st.integers(4, 18)),
)
WISHES = st.builds(
    Wish,
    text=st.sampled_from(["funny", "zombies", "slow rain"]),
    avoid=st.booleans(),
    moods=st.lists(st.sampled_from(MOOD_TAGS[:4]), max_size=2).map(tuple),
    axes=st.dictionaries(st.sampled_from(AXES[:3]), st.sampled_from([0.0, 2.0, 4.0]), max_size=2),
    genres=st.lists(st.sampled_from(["Horror", "Comedy"]), max_size=1).map(tuple),
    lasting=st.booleans(),
)
SAYINGS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(
        Attitude,
        item=ITEMS,
        feeling=st.sampled_from(
            ["loved", "liked", "disliked", "seen", "interested", "not_tonight"]
        ),
    ),
    st.builds(Anchor, parts=st.builds(AnchorPart, item=ITEMS).map(lambda part: (part,))),
    WISHES,
    st.builds(LimitEdit, limit=LIMITS, lasting=st.booleans()),
    st.builds(Nudge, quality=st.sampled_from(AXES), amount=st.sampled_from([-2.0, -1.0, 1.0, 2.0])),
    st.builds(
        Weigh, dimension=st.sampled_from(["mood", "plot"]), weight=st.sampled_from([0.0, 2.0])
    ),
    st.builds(Forget, about=st.sampled_from(["horror", "heat", "years"])),
    st.just(Reset()),
)
TURNS = st.lists(st.lists(SAYINGS, min_size=1, max_size=3), min_size=1, max_size=5)


@given(TURNS, st.lists(SAYINGS, min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_undo_gives_back_exactly_what_was_active(turns: list[list[Edit]], last: list[Edit]) -> None:
    before = told(*turns)
    after = apply(before, last, len(turns) + 1)
    if after == before:
        return
    undone = apply(after, [Undo()], len(turns) + 2)
    assert undone.active == before.active
    assert undone.entries[: len(before.entries)] == before.entries


@given(TURNS)
@settings(max_examples=200, deadline=None)
def test_json_round_trips_are_stable(turns: list[list[Edit]]) -> None:
    profile = told(*turns)
    text = profile.model_dump_json()
    assert TasteProfile.model_validate_json(text) == profile
    assert TasteProfile.model_validate_json(text).model_dump_json() == text


@given(TURNS)
@settings(max_examples=200, deadline=None)
def test_no_two_active_entries_contradict_each_other(turns: list[list[Edit]]) -> None:
    active = told(*turns).active
    for place, earlier in enumerate(active):
        for later in active[place + 1 :]:
            same_turn = earlier.turn == later.turn
            rest = remainder(earlier.content, later.content, same_turn=same_turn)
            assert rest == earlier.content, (sentence(earlier), sentence(later))


@given(TURNS)
@settings(max_examples=100, deadline=None)
def test_every_entry_keeps_a_stable_id_and_reads_as_a_sentence(turns: list[list[Edit]]) -> None:
    profile = told(*turns)
    assert [entry.id for entry in profile.entries] == [
        f"e{place}" for place in range(1, len(profile.entries) + 1)
    ]
    for entry in profile.entries:
        text = sentence(entry)
        assert text.endswith(".") and text[0].isupper() and "  " not in text
