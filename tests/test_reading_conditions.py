"""Conditions: "a comedy unless it's animated", and what no limit can say, which is owned up to."""

from __future__ import annotations

from pathlib import Path

import pytest
from moodreel import MovieAgent, Settings
from moodreel.ingest.catalogue import Catalogue

from .plan_words import plan, rows, words

WISHED_BUT_FOR = rows("""
a comedy unless it's animated => limit only comedy; limit no animation; recommend
a thriller, unless it's over 2 hours => limit only thriller; limit at most two hours; recommend
something funny except when it's a musical => wish funny; limit no musical; recommend
a western unless it's in black and white => limit only western; limit no black and white; limit from 1967 or later; recommend
a horror but only if it's not gory => limit only horror; limit no gore; recommend
a western provided it's not too long => limit only western; limit at most 125 minutes; recommend
""")  # noqa: E501
REFUSED_BUT_FOR = rows("""
no musicals except if they're old => limit no musical; recommend
not horror, unless it's a comedy => limit no horror; recommend
no westerns unless it's a comedy => limit no western; recommend
""")


@pytest.mark.parametrize(("message", "read"), WISHED_BUT_FOR)
def test_a_wish_goes_without_its_exception(
    message: str, read: list[str], starter: Catalogue
) -> None:
    found = plan(starter, message)
    assert (words(found), found.unread) == (read, ())


@pytest.mark.parametrize(("message", "read"), REFUSED_BUT_FOR)
def test_a_refusal_stays_and_its_exception_is_owned_up_to(
    message: str, read: list[str], starter: Catalogue
) -> None:
    found = plan(starter, message)
    assert words(found) == read
    assert [part in message for part in found.unread] == [True]


async def test_what_changes_nothing_is_not_said_to_be_searched_for(home: Path) -> None:
    settings = Settings(home=home, engine="builtin", conversations="memory")
    async with await MovieAgent.open(settings) as agent:
        refused = await agent.send("no musicals except if they're old", "a")
        assert "“except if they're old”, so it changes nothing" in refused.notices[0]
        unknown = await agent.send("something very A24", "b")
        assert "“A24”, so I only searched for the words" in unknown.notices[0]


@pytest.mark.parametrize("message", ["something Ghibli-ish", "ghibliesque", "a ghibli-like film"])
def test_a_studio_that_the_tags_know_is_found_by_its_manner(
    message: str, starter: Catalogue
) -> None:
    found = plan(starter, message)
    assert [word.lower() for word in words(found)] == ["wish ghibli", "recommend"]
    assert found.unread == ()
