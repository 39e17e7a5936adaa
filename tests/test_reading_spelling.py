"""Slips of fingers and short forms of chats: mended where they are some, left where not."""

from __future__ import annotations

import pytest
from moodreel.agent.engines.reading.spelling import mend_word, plain

from .wishes import assert_read, cases, edits, unread

TYPOS = """
somthing funy | mood +funny
romntic | mood +romantic
upliftng | mood +uplifting
thoght provoking | mood +thought-provoking
scarry | mood +scary
hilarius | mood +funny
funnyyyy | mood +funny
FUNNY | mood +funny
dont want anythin sad | mood -sad; lightness>=2
comdey with zombis | genre +Comedy; plot zombies
something swaery | mood +funny
a humerous film | mood +funny
a romantc commedy | genre +Romance; genre +Comedy
creppy | mood +creepy
a mistery | genre +Mystery
histerical | mood +funny
filosofikal | mood +meditative
a sykological thriller | genre +Thriller; plot psychological thriller
a commidy | genre +Comedy
westurns | genre +Western
im bored | mood +exciting
"""
CHAT = """
sth w/ robots w/o gore | plot robots; spare gore
gimme smth les depresing | more lightness
feelin down tbh, cheer me up pls | mood +uplifting; mood +uplifting
nto too scary pls | scares<=2
film fo me wiht trains | plot trains
u got sum funny stuff 4 me | mood +funny
somethin mor recent | more newness
effervescent | mood +playful
something lugubrious | mood +melancholic
tired of superheroes | subject -superheroes
very scary, i don't scare easily | mood +scary
not many explosions | mood -adrenaline
"""


@pytest.mark.parametrize(("said", "read"), [*cases(TYPOS), *cases(CHAT)])
def test_slips_are_read_as_what_was_meant(said: str, read: set[str]) -> None:
    assert_read(said, read)


@pytest.mark.parametrize(
    "word",
    ["bloke", "heist", "friend", "there", "minute", "whether", "quite", "place",
     "finnish", "convent", "witches", "trainer", "consent", "interests", "sisters", "derailed",
     "buster", "kubrick", "furiosa", "solomon", "blanchett", "mothra", "mister",
     "drinking", "settlers", "outsiders", "spookier"],
)  # fmt: skip
def test_ordinary_words_are_left_alone(word: str) -> None:
    assert mend_word(word) == word


@pytest.mark.parametrize(
    "said",
    [
        "evning, something funny",
        "acutally something funny",
        "somthing funny, tomorow evenng, definetly",
        "my gran joins us; something funny",
        "becuase we can: something funny",
    ],
)
def test_slips_in_words_around_a_wish_are_no_wishes(said: str) -> None:
    assert unread(said) == []
    assert "evning" not in str(edits(said))


def test_a_mended_word_is_what_the_reply_calls_it() -> None:
    assert [edit.text for edit in edits("a humerous film") if edit.edit == "wish"] == ["humorous"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("the last 1, is it scary?", "the last one, is it scary?"),
        ("the 2nd 1", "the 2nd one"),
        ("the first 1 hour", "the first 1 hour"),
        ("give me 1", "give me 1"),
    ],
)
def test_a_digit_stands_for_one_of_a_list(typed: str, read: str) -> None:
    assert plain(typed).text == read
