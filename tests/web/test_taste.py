"""The taste panel: profile and controls as two views of one thing, chips, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moodreel.agent.channels.web.taste_chips import chips_html
from moodreel.agent.channels.web.taste_controls import FIELDS, Controls, controls_of, moved
from moodreel.agent.channels.web.taste_edits import edits_of
from moodreel.agent.channels.web.taste_words import change_words
from moodreel.agent.edits import (
    Anchor,
    AnchorPart,
    Attitude,
    Edit,
    Feeling,
    ItemRef,
    LimitEdit,
    Nudge,
    Undo,
    Weigh,
    Wish,
)
from moodreel.agent.profile import Entry, TasteProfile, apply
from moodreel.agent.sentences import sentence
from moodreel.errors import UsageError
from moodreel.ingest.facets import CONTENT
from moodreel.ingest.limits import Content, Genres, Languages, Runtime, Years

GENRES = ("horror", "comedy", "drama", "science fiction", "action and adventure", "war")
CODES = ("en", "fr", "de", "cn")

names = st.lists(st.sampled_from(GENRES), max_size=4)
weights = st.integers(0, 30).map(lambda tenth: tenth / 10)
years = st.none() | st.integers(1870, 2100)
minutes = st.none() | st.integers(1, 1000)
VALUES = {
    "mood": weights, "audience": weights, "plot": weights,
    "earliest": years, "latest": years, "shortest": minutes, "longest": minutes,
    "languages": st.lists(st.sampled_from(CODES), max_size=3),
    "genres": names, "every_genre": st.booleans(), "never": names,
    "youngest": st.none() | st.integers(0, 21),
    "spared": st.lists(st.sampled_from(sorted(CONTENT)), max_size=3),
}  # fmt: skip
moves = st.lists(
    st.sampled_from(FIELDS).flatmap(lambda f: st.tuples(st.just(f), VALUES[f])), max_size=8
)


def parts(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    every = draw(st.permutations(["Horror", "comedy", "Drama", "war", "Action and Adventure"]))
    cuts = sorted(draw(st.lists(st.integers(0, 5), min_size=2, max_size=2)))
    return {
        "all_of": tuple(every[: cuts[0]]),
        "any_of": tuple(every[cuts[0] : cuts[1]]),
        "none_of": tuple(every[cuts[1] :]),
    }


@st.composite
def said(draw: st.DrawFn) -> Edit:
    """An edit as a message would bring it, of every shape that the controls have to read."""
    kind = draw(st.sampled_from(["years", "runtime", "languages", "genres", "content", "weigh"]))
    lasting = draw(st.booleans())
    words = draw(st.sampled_from(["", "also this", "and both of them"]))
    if kind == "weigh":
        dimension = draw(st.sampled_from(["mood", "audience", "plot"]))
        return Weigh.model_validate({"dimension": dimension, "weight": draw(weights)})
    if kind == "years":
        first, last = sorted([draw(st.integers(1870, 2100)), draw(st.integers(1870, 2100))])
        limit = draw(st.sampled_from([
            Years(earliest=first), Years(latest=last), Years(earliest=first, latest=last),
            Years(none_of=(first, last)), Years(earliest=first, none_of=(last,)),
        ]))  # fmt: skip
        return LimitEdit(limit=limit, lasting=lasting, words=words)
    if kind == "runtime":
        shortest = draw(st.integers(1, 200))
        length = draw(st.sampled_from([Runtime(shortest=shortest), Runtime(longest=shortest)]))
        return LimitEdit(limit=length, lasting=lasting, words=words)
    if kind == "languages":
        code, other = draw(st.permutations(CODES))[:2]
        spoken = draw(st.sampled_from([Languages(any_of=(code,)), Languages(none_of=(other,)),
                                       Languages(any_of=(code,), none_of=(other,))]))  # fmt: skip
        return LimitEdit(limit=spoken, lasting=lasting, words=words)
    if kind == "content":
        spared = draw(st.lists(st.sampled_from(sorted(CONTENT)), min_size=1, max_size=3))
        return LimitEdit(limit=Content(none_of=tuple(spared)), lasting=lasting, words=words)
    return LimitEdit(limit=Genres.model_validate(parts(draw)), lasting=lasting, words=words)


@st.composite
def profiles(draw: st.DrawFn) -> TasteProfile:
    profile = TasteProfile()
    turns = draw(st.lists(st.lists(said(), min_size=1, max_size=3), max_size=5))
    for turn, edits in enumerate(turns, start=1):
        profile = apply(profile, edits, turn)
    return profile


@settings(max_examples=400, deadline=None)
@given(profiles(), moves)
def test_the_profile_says_what_the_controls_were_set_to(
    profile: TasteProfile, set_to: list[tuple[str, object]]
) -> None:
    for turn, (field, value) in enumerate(set_to, start=10):
        wanted = moved(controls_of(profile), field, value)
        edits = edits_of(profile, wanted)
        if wanted == controls_of(profile):
            assert edits == ()
            continue
        assert change_words(controls_of(profile), wanted)
        after = apply(profile, edits, turn)
        assert controls_of(after) == wanted
        undone = apply(after, [Undo()], turn + 1)
        assert undone.active == profile.active
        profile = after


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_all_controls_set_at_once_stay_as_set(data: st.DataObject) -> None:
    controls = Controls()
    for field in data.draw(st.permutations(FIELDS)):
        controls = moved(controls, field, data.draw(VALUES[field], label=field))
    profile = apply(TasteProfile(), edits_of(TasteProfile(), controls), 1)
    assert controls_of(profile) == controls
    empty = apply(profile, edits_of(profile, Controls()), 2)
    assert controls_of(empty) == Controls()
    assert not empty.active


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("mood", 3.1, "runs from 0 to 3"),
        ("mood", "NaN", "no number"),
        ("mood", [1], "no number"),
        ("earliest", 1869, "Years run from 1870 to 2100, not 1869."),
        ("latest", "10" * 400, "no number"),
        ("latest", 1e300, "not that"),
        ("latest", "soon", "'soon' is no number"),
        ("longest", 0, "1 to 1,000 minutes"),
        ("longest", True, "no number"),
        ("youngest", 22, "0 to 21"),
        ("genres", "horror", "from the list"),
        ("genres", ["horror"] * 51, "up to 50"),
        ("genres", ["…"], "no name"),
        ("genres", [{}], "no name"),
        ("languages", ["x" * 61], "no name"),
        ("every_genre", "yes", "neither yes nor no"),
        ("entries", 1, "no control called 'entries'"),
        ("", None, "no control"),
    ],
)
def test_a_value_that_no_control_has_is_refused(field: str, value: object, says: str) -> None:
    with pytest.raises(UsageError, match=re.escape(says)):
        moved(Controls(), field, value)


def test_what_contradicts_the_control_that_was_moved_gives_way() -> None:
    decade = Controls(earliest=1990, latest=1999, genres=("comedy", "drama"), every_genre=True)
    assert moved(decade, "earliest", 2010) == replace(decade, earliest=2010, latest=None)
    assert moved(decade, "latest", "1980") == replace(decade, earliest=None, latest=1980)
    refused = moved(decade, "never", ["Comedy"])
    assert (refused.genres, refused.every_genre, refused.never) == (("drama",), False, ("comedy",))
    assert moved(refused, "genres", ["comedy"]).never == ()


def test_what_the_controls_do_not_show_stays_when_they_are_moved() -> None:
    hidden = [
        LimitEdit(limit=Years(earliest=1990, none_of=(1995,))),
        LimitEdit(limit=Languages(any_of=("fr",), none_of=("en",)), lasting=True),
    ]
    profile = apply(TasteProfile(), hidden, 1)
    for field in ("earliest", "languages"):
        profile = apply(profile, edits_of(profile, moved(controls_of(profile), field, None)), 2)
    left = {entry.content.limit for entry in profile.active}  # type: ignore[union-attr]
    assert left == {Years(none_of=(1995,)), Languages(none_of=("en",))}


def test_refused_genres_can_be_taken_back_one_by_one() -> None:
    profile = TasteProfile()
    for turn, never in enumerate((["horror"], ["horror", "war"], ["war"]), start=1):
        profile = apply(profile, edits_of(profile, Controls(never=tuple(never))), turn)
    assert [sentence(entry) for entry in profile.active] == ["No war, ever."]


HEAT = ItemRef(id="h", title='<b>Heat</b> & "Co" {{x}}', year=1995)
EVERYTHING: tuple[Edit, ...] = (
    *(Attitude(item=HEAT, feeling=f, dimension="mood" if f == "loved" else "overall")
      for f in get_args(Feeling)),
    Anchor(parts=(AnchorPart(item=HEAT, dimension="plot"), AnchorPart(item=HEAT, weight=-1))),
    Wish(text="<script>alert(1)</script>", words="</span><img src=x onerror=alert(1)>"),
    Wish(text="rain", lasting=True), Wish(text="war", avoid=True),
    LimitEdit(limit=Genres(none_of=("<i>Horror",)), words="w" * 5_000),
    Nudge(quality="humour", amount=1, than=HEAT), Weigh(dimension="plot", weight=0),
)  # fmt: skip


def entries(*edits: Edit) -> TasteProfile:
    """Each edit as an active entry, whatever it would do to the others."""
    said = (Entry.model_validate({"id": f"e{n}", "turn": n, "content": each})
            for n, each in enumerate(edits, start=1))  # fmt: skip
    return TasteProfile(entries=tuple(said))


class Chips(HTMLParser):
    """Every element of the chips, and the text outside of the tips."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_entry_is_one_chip_that_can_be_taken_back_and_says_why() -> None:
    profile = entries(*EVERYTHING)
    chips = Chips(chips_html(profile))
    buttons = [attrs for tag, attrs in chips.elements if tag == "button"]
    tips = {attrs["id"] for _, attrs in chips.elements if attrs.get("role") == "tooltip"}
    assert {b["data-id"] for b in buttons} == {entry.id for entry in profile.active}
    assert {b["data-to"] for b in buttons} == {"taste"}
    assert {b["aria-describedby"] for b in buttons} == tips
    assert {b["aria-label"] for b in buttons} == {f"Forget: {sentence(e)}" for e in profile.active}
    assert len(tips) == len(EVERYTHING)


def test_nothing_in_an_entry_is_markup() -> None:
    chips = Chips(chips_html(entries(*EVERYTHING)))
    assert {tag for tag, _ in chips.elements} == {
        "div", "h2", "ul", "li", "span", "bdi", "button"
    }  # fmt: skip
    assert "<script>alert(1)</script>" in chips.text
    assert '<b>Heat</b> & "Co" {{x}} (1995)' in chips.text
    assert "w" * 241 not in chips.text


def test_an_empty_profile_says_what_will_be_there() -> None:
    assert "will stand here" in Chips(chips_html(TasteProfile())).text
