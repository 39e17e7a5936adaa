"""What is said of a list that was shown: too much of something, not that old, something instead."""

from __future__ import annotations

import pytest
from moodreel.agent.edits import LimitEdit, Wish
from moodreel.agent.profile import Entry, TasteProfile
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.limits import Genres

from .plan_words import FIVE, plan, rows, words

# The list on the table: 1 Heat, 2 Collateral, 3 Up, 4 Drive, 5 Finding Nemo.
SAID_OF_A_LIST = rows("""
no not that old => more newness; recommend
not that long => less length; recommend
hmm not that violent => less violence; recommend
nothing that old please => more newness; recommend
too dark => more lightness; recommend
bit slow this lot => less demand; more tension; recommend
all a bit heavy => more lightness; recommend
these look a bit grim => more lightness; recommend
too american => avoid American; recommend
spookier => more scares; recommend
stupider => more humour; recommend
5 more => recommend
hmm not that => not_tonight #1; recommend
and not true stories => avoid true stories; recommend
""")


@pytest.mark.parametrize(("message", "read"), SAID_OF_A_LIST)
def test_complaints_are_measured_by_the_list(
    message: str, read: list[str], starter: Catalogue
) -> None:
    assert words(plan(starter, message, shown=[FIVE])) == read


@pytest.mark.parametrize("message", ["too much", "that's too much", "a bit much for me, tbh"])
def test_too_much_is_of_what_a_list_has_most_of(message: str, starter: Catalogue) -> None:
    horror = [m.id for title in ("The Shining", "The Exorcist", "It", "Hereditary")
              for m in starter.find(title)[:1]]  # fmt: skip
    romance = [m.id for title in ("Titanic", "The Notebook", "Her", "La La Land")
               for m in starter.find(title)[:1]]  # fmt: skip
    assert words(plan(starter, message, shown=[horror]))[0] in ("less scares", "more lightness")
    assert words(plan(starter, message, shown=[romance]))[0] == "less romance"
    assert "recommend" not in words(plan(starter, message))


def test_without_a_list_nothing_is_compared(starter: Catalogue) -> None:
    assert words(plan(starter, "not that long"))[0].startswith("limit at most")


SAD = Wish(text="sad", dimension="mood", moods=("sad",), axes={"lightness": 0}, words="sad")
WESTERN = LimitEdit(limit=Genres(all_of=("Western",)), words="a western")
NO_HORROR = LimitEdit(limit=Genres(none_of=("Horror",)), words="no horror")
CHESS = Wish(text="chess", dimension="plot", words="about chess")
SAID: tuple[Wish | LimitEdit, ...] = (SAD, WESTERN, NO_HORROR, CHESS)
BEFORE = TasteProfile(
    entries=tuple(Entry(id=f"e{n}", turn=1, content=said) for n, said in enumerate(SAID, start=1))
)


@pytest.mark.parametrize(
    ("message", "gone"),
    [
        ("something scary instead", {"e1", "e2"}),
        ("a comedy instead of that", {"e1", "e2"}),
        ("about dogs instead", {"e4"}),
        ("something scary", set()),
        ("something funny instead of gory", set()),
    ],
)
def test_instead_takes_back_what_was_wished_of_the_kind(
    message: str, gone: set[str], starter: Catalogue
) -> None:
    found = plan(starter, message, shown=[FIVE], profile=BEFORE)
    assert {edit.entry for edit in found.edits if edit.edit == "forget"} == gone


@pytest.mark.parametrize("message", ["both then", "hmm, a mix of both?", "why not both"])
def test_both_joins_the_last_choice(message: str, starter: Catalogue) -> None:
    choice = LimitEdit(limit=Genres(any_of=("Comedy", "Horror")), words="comedy or horror")
    before = TasteProfile(entries=(Entry(id="e1", turn=1, content=choice),))
    found = plan(starter, message, shown=[FIVE], profile=before)
    assert words(found) == ["limit only comedy and horror", "recommend"]
    assert not any(edit.edit == "limit" for edit in plan(starter, message, shown=[FIVE]).edits)


@pytest.mark.parametrize("message", ["black and white is fine", "any language is fine"])
def test_what_is_fine_is_noted(message: str, starter: Catalogue) -> None:
    assert words(plan(starter, message, shown=[FIVE])) == ["chat noted"]
