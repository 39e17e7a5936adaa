"""Negation: what a cue governs, and what stops it."""

from __future__ import annotations

import pytest
from moodreel.agent.engines.reading.message import Message
from moodreel.agent.engines.reading.negation import polarity

from .wishes import assert_read, cases

NEGATION = """
no animation, but something funny | animation | not
no animation, but something funny | funny | plain
nothing scary or violent | violent | not
not too scary | scary | not too
without the violence | violence | not
anything but westerns | westerns | except
I don't mind subtitles | subtitles | fine
never horror | horror | not
less gore please | gore | less
minus the gore | gore | not
hold the romance | romance | not
I'd rather not watch a musical | musical | not
sick of superheroes | superheroes | not
enough of war films, something light | light | plain
no horror, gore, or violence | violence | not
nothing sad and slow | slow | not
not scary and funny | funny | plain
horror is fine | horror | fine
gore is out | gore | not
not only funny but smart | funny | plain
can't get enough of heist films | heist | plain
not as violent | violent | less
it doesn't have to be funny | funny | fine
no, I want horror | horror | plain
nothing too dark or sad | sad | not too
Not horror. Something scary | scary | plain
nothing but comedies | comedies | plain
a gore-free thriller | gore | not
violence doesn't bother me | violence | fine
neither sad nor violent | violent | not
a not too scary horror | horror | plain
not very romantic french film | french | plain
not too gloomy films about dogs | dogs | plain
not too sad, gory or violent | violent | not too
not too heavy on the romance | romance | not too
not too keen on musicals | musicals | not
cosy but not twee for a rainy night | rainy | plain
nothing scary for the kids | kids | plain
not really in the mood for a musical | musical | not
i'm not up for a western | western | not
not ready for anything sad | sad | not
no patience for slow films | slow | not
"""


@pytest.mark.parametrize(
    ("said", "word", "kind"),
    [tuple(part.strip() for part in line.split("|")) for line in NEGATION.strip().splitlines()],
)
def test_negation_has_its_scope(said: str, word: str, kind: str) -> None:
    start = said.lower().index(word)
    assert polarity(Message.of(said), start, start + len(word)).kind == kind


LISTS = """
not too long or scary | runtime -125; scares<=2
nothing too long or too gory | runtime -125; violence<=2
nothing longer than 2 hours or too scary | runtime -120; scares<=2
nothing too scary or too long | runtime -125; scares<=2
not too long and funny | runtime -125; mood +funny
not too long, funny | runtime -125; mood +funny
not too long, but scary | runtime -125; mood +scary
a not too scary zombie film | scares<=2; plot zombie
not terribly violent western | violence<=2; genre +Western
without too much gore or a long runtime | spare gore; runtime -125
not crazy about horror | genre -Horror
not too old or scary | more newness; scares<=2
not too obscure, sad or violent | more fame; mood -sad; violence<=2; lightness>=1
something not too scary or long with dogs | scares<=2; runtime -125; plot dogs
"""
"""Lists that begin with a limit go on with it, up to a word that is welcome or to "but"."""


@pytest.mark.parametrize(("said", "read"), cases(LISTS))
def test_a_list_goes_on_with_a_limit(said: str, read: set[str]) -> None:
    assert_read(said, read)


MEANT = """
nothing with kids or animals dying | spare animal harm|child harm
I want to laugh but not at cheap jokes | mood +funny; plot not cheap
no jokes | mood -funny
it can be sad |
i'm done with superheroes, give me something warm | subject -superheroes; mood +heartwarming
no zombies, show me a western | subject -zombies; genre +Western
"""


@pytest.mark.parametrize(("said", "read"), cases(MEANT))
def test_what_is_refused_and_no_more(said: str, read: set[str]) -> None:
    assert_read(said, read)


def test_titles_do_not_negate() -> None:
    said = "No Country for Old Men was scary"
    message = Message.of(said)
    message.taken[: len("No Country for Old Men")] = [True] * len("No Country for Old Men")
    start = said.index("scary")
    assert polarity(message, start, start + 5).kind == "plain"
