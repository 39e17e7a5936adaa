"""How many films are asked for, and what is said of more than a list may have."""

from __future__ import annotations

from pathlib import Path

import pytest
from moodreel import MovieAgent, Settings
from moodreel.agent.plan import Recommend
from moodreel.ingest.catalogue import Catalogue

from .plan_words import plan, words

COUNTED = {
    "20 funny films": (20, "wish funny"),
    "give me ten sad ones": (10, "wish sad"),
    "3 short comedies": (3, "limit only comedy"),
    "half a dozen westerns": (6, "limit only western"),
    "can i get 15 light-hearted films from the 90s": (15, "wish light-hearted"),
    "a couple of scary movies": (2, "wish scary"),
    "ten of the saddest films ever": (10, "wish saddest"),
    "one good thriller": (1, "limit only thriller"),
    "top 10 horror": (10, "limit only horror"),
    "recommend me 8 anime": (8, "limit only animation"),
}


@pytest.mark.parametrize(("message", "read"), COUNTED.items())
def test_a_number_and_the_wish_behind_it(
    message: str, read: tuple[int, str], starter: Catalogue
) -> None:
    found = plan(starter, message)
    assert [act.count for act in found.acts if isinstance(act, Recommend)] == [read[0]]
    assert read[1] in words(found)


@pytest.mark.parametrize(
    "message",
    [
        "I've seen 3 Bond films, something funny", "films from the last 3 years",
        "my two kids like comedies", "we are 3 comedy fans", "two people trapped in a room",
        "three films I love: Heat, Alien and Up", "a film about two brothers",
        "100 minutes at most", "my 3 favourite comedies are Elf, Big and Up",
    ],
)  # fmt: skip
def test_other_numbers_count_no_films(message: str, starter: Catalogue) -> None:
    found = plan(starter, message)
    assert [act.count for act in found.acts if isinstance(act, Recommend)] in ([], [5])


async def test_more_than_a_list_has_is_said(home: Path) -> None:
    settings = Settings(home=home, engine="builtin", conversations="memory")
    async with await MovieAgent.open(settings) as agent:
        many = await agent.send("50 comedies please", "many")
        assert len(many.picks) == 20
        assert any("20 films at most" in notice for notice in many.notices)
        enough = await agent.send("20 comedies please", "enough")
        assert len(enough.picks) == 20
        assert enough.notices == ()
