"""Saving a profile and bringing it in: nothing is lost, nothing in a file is trusted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.edits import Anchor, AnchorPart, Attitude, ItemRef, LimitEdit, Nudge, Wish
from moodreel.agent.profile import TasteProfile, apply
from moodreel.agent.profile_file import LARGEST, MOST_ENTRIES, read, written
from moodreel.agent.settings import Settings
from moodreel.errors import UsageError
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.limits import Genres, Years

MESSAGES = (
    "I loved Heat", "I've seen Alien", "something warm and funny", "no horror", "lighter",
    "a horror comedy in French", "my 8 year old watches", "the mood of Amélie", "under two hours",
    "from the 90s", "I never watch musicals", "nothing with Tom Cruise", "also war films",
    "mood matters most", "I hated Alien", "no gore", "older", "not from the 80s",
)  # fmt: skip


def contents(profile: TasteProfile) -> list[str]:
    return sorted(entry.content.model_dump_json() for entry in profile.active)


async def told(catalogue: Catalogue, messages: list[str]) -> TasteProfile:
    agent = MovieAgent(Settings(), catalogue, MemoryConversations())
    profile = TasteProfile()
    for message in messages:
        profile = (await agent.send(message, "a")).profile
    return profile


@settings(max_examples=25, deadline=None)
@given(said=st.lists(st.sampled_from(MESSAGES), min_size=1, max_size=6, unique=True))
async def test_what_was_saved_comes_back(starter: Catalogue, said: list[str]) -> None:
    profile = await told(starter, said)
    if not profile.active:
        return
    brought = read(written(profile).encode(), starter)
    assert brought.missing == ()
    assert contents(apply(TasteProfile(), brought.edits, 1)) == contents(profile)


def file_of(*entries: object, **more: object) -> bytes:
    whole = {"moodreel": "taste profile", "version": 1, "entries": [*entries], **more}
    return json.dumps(whole).encode()


def loved(**item: object) -> dict[str, Any]:
    return {"edit": "attitude", "item": item, "feeling": "loved"}


HEAT = {"item": {"title": "Heat", "year": 1995}}
NO_HORROR = {"edit": "limit", "limit": {"limit": "genres", "none_of": ["Horror"]}}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no taste profile"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "no taste profile"),
        (b"{}", "no taste profile"),
        (b"[1, 2]", "no taste profile"),
        (b'"text"', "no taste profile"),
        (b"[" * 100_000, "no taste profile"),
        (b'{"moodreel": "taste profile", "version": 1, "entries": [NaN]}', "no taste profile"),
        (b"x" * (LARGEST + 1), "larger than"),
        (file_of(NO_HORROR, version=2), "has the version '2'"),
        (file_of(NO_HORROR, version="<b>" * 50), "has the version"),
        (file_of(), "is empty"),
        (file_of(entries=None), "is empty"),
        (file_of(*[NO_HORROR] * (MOST_ENTRIES + 1)), "401 entries"),
        (file_of(*[NO_HORROR] * 121), "more than can be weighed"),
        (file_of(*[{"edit": "wish", "text": "rain " * 300}] * 7), "more than can be weighed"),
        (file_of(*[{"edit": "anchor", "parts": [HEAT] * 31}]), "more than can be weighed"),
        (
            file_of(*[{"edit": "wish", "text": "x", "people": [str(n) for n in range(99)]}] * 4),
            "more than can be weighed",
        ),
        (
            file_of(
                *[{"edit": "limit", "limit": {"limit": "subjects", "none_of": ["x"] * 99}}] * 4
            ),
            "more than can be weighed",
        ),
        (file_of({"edit": "forget", "about": "all"}), "can't be read"),
        (file_of({"edit": "undo", "turns": 3}), "can't be read"),
        (file_of({"edit": "reset", "scope": "all"}), "can't be read"),
        (file_of("no horror"), "can't be read"),
        (file_of(None), "can't be read"),
        (file_of({**NO_HORROR, "more": 1}), "can't be read"),
        (file_of({"edit": "limit", "limit": {"limit": "age", "youngest": 99}}), "can't be read"),
        (file_of({"edit": "weigh", "dimension": "mood", "weight": 1e9}), "beyond all measure"),
        (file_of({"edit": "limit", "limit": {"limit": "runtime", "longest": 10**30}}), "beyond"),
        (file_of({"edit": "wish", "text": "x" * 2_001}), "beyond all measure"),
        (file_of({"edit": "wish", "text": "\ud800"}), "beyond all measure"),
        (file_of({"edit": "wish", "text": "x", "genres": ["g"] * 101}), "beyond all measure"),
        (file_of({"edit": "wish", "text": "x", "axes": {"humour": 99}}), "impossible"),
    ],
)
def test_what_is_no_profile_is_refused_in_one_sentence(
    starter: Catalogue, data: bytes, says: str
) -> None:
    with pytest.raises(UsageError) as refused:
        read(data, starter)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 250


def test_a_film_is_found_by_title_and_year_whatever_its_id_elsewhere(starter: Catalogue) -> None:
    heat = starter.find("Heat", 1995)[0].id
    other = starter.find("Alien", 1979)[0].id
    entries = (
        loved(id="elsewhere-17", title="Heat", year=1995),
        loved(id=other, title="Heat", year=1995),
    )
    for entry in entries:
        [edit] = read(file_of(entry), starter).edits
        assert isinstance(edit, Attitude)
        assert edit.item == ItemRef(id=heat, title="Heat", year=1995)


def test_films_that_are_not_here_are_left_out_and_named(starter: Catalogue) -> None:
    unknown = {"title": "A Film Nobody Made", "year": 1931}
    entries = (
        loved(**unknown),
        loved(title="Heat", year=1950),
        loved(position=1),
        NO_HORROR,
        {"edit": "nudge", "quality": "humour", "amount": 1, "than": unknown},
        {"edit": "anchor", "parts": [{"item": unknown}, {"item": {"title": "Heat", "year": 1995}}]},
        {"edit": "anchor", "parts": [{"item": unknown}]},
    )
    brought = read(file_of(*entries), starter)
    assert brought.missing == ("A Film Nobody Made (1931)", "Heat (1950)", "an item")
    limit, nudge, anchor = brought.edits
    assert isinstance(limit, LimitEdit)
    assert isinstance(nudge, Nudge)
    assert nudge.than is None
    assert isinstance(anchor, Anchor)
    assert [part.item.title for part in anchor.parts] == ["Heat"]


def test_hundreds_of_films_are_no_burden(starter: Catalogue) -> None:
    films = [item for item in starter.items() if item.year][:MOST_ENTRIES]
    brought = read(file_of(*(loved(title=f.title, year=f.year) for f in films)), starter)
    assert len(brought.edits) + len(brought.missing) == MOST_ENTRIES
    assert len(brought.missing) < 5


def test_a_saved_profile_says_its_words_and_nothing_that_was_taken_back() -> None:
    heat = ItemRef(id="h", title="Heat", year=1995)
    profile = TasteProfile()
    profile = apply(profile, [Wish(text="rain", words="“rain” <b>")], 1)
    profile = apply(profile, [LimitEdit(limit=Years(earliest=1990)), Anchor(parts=(
        AnchorPart(item=heat),))], 2)  # fmt: skip
    profile = apply(profile, [LimitEdit(limit=Years(latest=1960))], 3)
    profile = apply(profile, [LimitEdit(limit=Genres(none_of=("War",)))], 4)
    whole = json.loads(written(profile))
    assert (whole["moodreel"], whole["version"]) == ("taste profile", 1)
    assert [entry["edit"] for entry in whole["entries"]] == ["wish", "anchor", "limit", "limit"]
    assert whole["entries"][0]["words"] == "“rain” <b>"
    assert "1990" not in written(profile)
