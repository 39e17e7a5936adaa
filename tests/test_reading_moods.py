"""Moods read from messages: qualities, states of people, staying in them, signs, degrees."""

from __future__ import annotations

import pytest
from moodreel.agent.edits import Wish

from .wishes import assert_read, cases, edits

QUALITIES = """
funny | mood +funny
something to make me laugh | mood +funny
hilarious | mood +funny
I need a laugh | mood +funny
warm and funny | mood +heartwarming; mood +funny
heartwarming | mood +heartwarming
feel-good | mood +feel-good
cheer me up | mood +uplifting
uplifting | mood +uplifting
cosy | mood +cosy
a cozy rainy sunday | mood +cosy
chill | mood +gentle
mindless fun | mood +silly
a popcorn movie | mood +silly
dark but funny | mood +dark; mood +funny
trippy | mood +mind-bending
mess with my head | mood +mind-bending
whimsical | mood +whimsical
spooky | mood +spooky
epic | mood +epic
slow burn | mood +slow-burn
visually stunning | mood +awe-inspiring
stylish | mood +stylish
quirky | mood +quirky
bleak | mood +bleak
gritty | mood +gritty
edge of my seat | mood +tense
nail-biting | mood +tense
something to make me think | mood +thought-provoking
existential | mood +meditative
a good cry | mood +tearjerker
I want to cry | mood +tearjerker
nostalgic | mood +nostalgic
so bad it's good | mood +campy
romantic | mood +romantic
inspiring | mood +inspiring
bittersweet | mood +bittersweet
weird | mood +quirky
a scary movie | mood +scary
heart pounding | mood +adrenaline
want to feel alive | mood +exciting
sad but hopeful | mood +bittersweet
adventurous | mood +adventurous
magical | mood +magical
gripping from start to finish | mood +gripping
clever | mood +cerebral
escapism | mood +magical
soothing and gentle | mood +cosy; mood +gentle
a sad film | mood +sad
I'm in the mood for something sad | mood +sad
dreamy | mood +dreamlike
atmospheric | mood +eerie
eccentric and witty | mood +quirky; mood +witty
black humour | mood +funny
satirical | mood +satirical
the saddest film there is | mood +sad
your scariest | mood +scary
"""
STATES = """
I'm sad | mood +uplifting
i am so sad today | mood +uplifting
I'm sad and want cheering up | mood +uplifting
feeling down | mood +uplifting
feeling a bit low tonight | mood +uplifting
rough day at work | mood +feel-good
I had an awful week | mood +feel-good
just got dumped | mood +uplifting
my girlfriend and I broke up | for a couple watching together; mood +uplifting
can't sleep | mood +gentle
hungover | mood +feel-good
I'm bored | mood +exciting
my brain is fried | mood +feel-good
I'm exhausted | mood +feel-good
so stressed | mood +gentle
I'm anxious about my exam | mood +gentle
feeling lonely | mood +heartwarming
I'm furious | mood +funny
I got promoted | mood +feel-good
home sick with the flu | mood +feel-good
I feel stuck | mood +inspiring
stuck in a rut | mood +exciting
I feel numb | mood +tender
cabin fever | mood +adventurous
I'm heartbroken | mood +gentle
need an escape | mood +adventurous
my dog died | mood +gentle
feeling a bit rubbish | mood +uplifting
feeling really low | mood +uplifting
my girlfriend left me | mood +uplifting
going through a divorce | mood +uplifting
massively hungover | mood +feel-good
hungover as hell | mood +feel-good
cant get to sleep | mood +gentle
it's been one of those days | mood +feel-good
just finished my finals!! | mood +feel-good
"""
FOR_SOMEBODY = """
something to cheer her up | mood +uplifting
something to cheer up my mum | mood +uplifting
need to cheer my flatmate up | mood +uplifting
make my dad laugh | mood +funny
a film to make them cry | mood +tearjerker
something to lift everyones spirits | mood +uplifting
take my mind off things | mood +gripping
to take her mind off work | mood +gripping
need to get out of my own head | mood +gripping
"""
STAYING = """
I want to wallow | mood +sad
i'm sad, let me wallow | mood +sad
I'm sad and need a good cry | mood +tearjerker
sad, and I want to stay sad | mood +sad
I'm heartbroken and want something that matches my mood | mood +sad
"""
EMOJI = """
😂 | mood +funny
something 👻 | mood +spooky
😭😭😭 | mood +tearjerker
❤️ | mood +romantic
🤯 please | mood +mind-bending
"""
TABLES = (QUALITIES, STATES, FOR_SOMEBODY, STAYING, EMOJI)


@pytest.mark.parametrize(("said", "read"), [case for table in TABLES for case in cases(table)])
def test_moods_are_read(said: str, read: set[str]) -> None:
    assert_read(said, read)


def test_degree_words_change_the_target() -> None:
    def humour(said: str) -> float:
        wish = edits(said)[0]
        assert isinstance(wish, Wish)
        return wish.axes["humour"]

    assert humour("a bit funny") < humour("funny") < humour("extremely funny")
    assert humour("funny") < humour("the funniest")


@pytest.mark.parametrize("said", ["sad day", "had a miserable week", "what a grim evening"])
def test_how_somebody_is_is_not_what_they_want(said: str) -> None:
    [wish] = edits(said)
    assert "feel-good" in str(wish)


def test_a_state_is_told_as_a_sentence() -> None:
    assert "when you're in for a rainy day" in str(edits("it's a rainy day"))
    assert "when you're ill" in str(edits("I've got the flu"))
    assert "when you're grieving" in str(edits("my dog died"))
