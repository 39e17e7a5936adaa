# ruff: noqa: E501
"""Wishes read from messages: what is refused, nudges, company, free text, everyday mixtures."""

from __future__ import annotations

import pytest
from moodreel.agent.edits import LimitEdit, Nudge
from moodreel.agent.profile import Entry, TasteProfile
from moodreel.ingest.limits import Genres

from .wishes import assert_read, cases, code, codes, edits, unread

REFUSED = """
nothing sad | mood -sad; lightness>=2
no sad endings | mood -sad; lightness>=2
not depressing | mood -sad; lightness>=2
not too dark | mood -dark; lightness>=1
nothing weird | mood -quirky; strangeness<=1
not too weird | mood -quirky; strangeness<=2
nothing silly | mood -silly
nothing too slow | mood -slow-burn; demand<=2
I don't want anything depressing | mood -sad; lightness>=2
nothing cheesy | mood -campy
spooky but not scary | mood +spooky; scares<=1
funny, not silly | mood +funny; mood -silly
it doesn't have to be funny |
I don't mind sad |
not only funny but clever | mood +funny; mood +cerebral
nothing stressful | mood -tense; tension<=1
"""
NUDGES = """
funnier | more humour
a bit lighter | more lightness
darker please | less lightness
more romantic | more romance
less violent | less violence
not as violent | less violence
less sentimental | less warmth
shorter | less length
newer | more newness
older ones | less newness
weirder | more strangeness
more obscure | less fame
better known | more fame
less mainstream | less fame
too long | less length
too old | more newness
too dark | more lightness
too scary for me | less scares
way too violent | less violence
not funny enough | more humour
smarter | more demand
slower | more demand; less tension
faster paced | more tension; less demand
too slow | less demand; more tension
a bit more grown-up | more demand
more suspense | more tension
less gore | less violence
warmer | more warmth
fewer jump scares | less scares
less weird and more romantic | less strangeness; more romance
my older brother |
"""
COMPANY = """
first date | for a first date: charming and easy to talk about; mood -disturbing
with grandma | for watching with grandparents: gentle, nothing crude; mood -sensual
with the boys | for a night with the lads: big laughs and action
girls night | for a girls' night in with friends
office party | for colleagues from work: broadly appealing, nothing awkward; mood -sensual
date night | for date night for a couple; mood -disturbing
with friends | for a group of friends watching together
with my parents | for watching with parents: broadly appealing, nothing awkward; mood -sensual
just me and the dog | for watching alone; for a pet for company
me, my wife and the cat | for a couple watching together; for a pet for company
curled up with my cats | for a pet for company
my dog and I want a comedy | for a pet for company; genre +Comedy
movie night w 5 mates, beers involved | for a group of friends watching together
my kid is 8 and my teen is 15 | age 8; for children aged 8 and their family; for teenagers
what should I show my film snob boyfriend | for film lovers and cinephiles
with kids in it | plot a story about kids
90s kids films | years 1990-1999; age 6; for the whole family, children included
a film about a dog | plot dog
a boy and his dog | plot boy and his dog
something with a cat in it | plot cat
"""
LEFT = """
something with submarines | plot submarines
can you recommend a good movie for tonight? |
hi |
please suggest me a film |
I want to see something |
a revenge story in the old west | plot revenge story in the old west
I'm looking for a good film about grief | plot grief
like Tarantino's dialogue | text Tarantino's dialogue
hm ok, films about trains | plot trains
a good cry but nobody dies | mood +tearjerker; plot not a death
sci fi for someone who hates sci fi | genre +Science Fiction
subtitles are annoying | lang any en
nothing rude please | spare sex and nudity; spare strong language
something to watch while I iron | mood +gentle
a darker one of theirs | less lightness
no plot needed |
something for a plane, 3 hours to kill | runtime -180
something short for the flight | runtime -100
something we can talk about afterwards | mood +thought-provoking
a film about baseball for someone who knows nothing about baseball | plot baseball
uhm something erm funny | mood +funny
"""
EVERYDAY = """
ok so I've had the worst week ever, give me something silly | mood +feel-good; mood +silly
any good heist movies from the seventies? | plot heist; years 1970-1979
thrillers shorter than 100 minutes please | genre +Thriller; runtime -99
a Spanish ghost story | lang any es; mood +spooky
something with Frances McDormand that isn't too depressing | people +Frances McDormand; mood -sad; lightness>=1
i want to be terrified | mood +scary
give me a musical that's not a cartoon | genre +Musical; genre -Animation
no romance no musicals just explosions | genre -Romance; romance<=1; genre -Musical; mood +adrenaline
my nephew is 5 and scared of everything | age 5; for young children aged 5 and their family
a proper old-school whodunit | less newness; genre +Mystery; plot whodunit murder mystery
black and white noir | text black and white; genre +Film Noir
I'd prefer something made in the last five years | years 2021-
can't do subtitles tonight | lang any en
nothing with animals being hurt | spare animal harm
in the mood for a weepie | mood +tearjerker
we have exactly 2 hours | runtime -120
a visually gorgeous sci-fi, slow is fine | mood +awe-inspiring; genre +Science Fiction
tense courtroom drama | mood +tense; genre +Drama; plot courtroom trial lawyer
funny horror | mood +funny; genre +Horror
horror that isn't gory | genre +Horror; spare gore
not another superhero film | subject -superhero
anything without Mark Wahlberg | people -Mark Wahlberg
films by the Coen brothers | people any Ethan Coen|Joel Coen directors
a Danish thriller from after 2005 | lang any da; genre +Thriller; years 2006-
too sentimental for me | less warmth
a bit more action and a bit less talk | more tension; less demand
longer than 2.5 hours is fine too |
family-friendly animation, nothing sad | age 6; for the whole family, children included; genre +Animation; mood -sad; lightness>=2
I love slow, melancholy films | mood +slow-burn; mood +melancholic
something to watch with my mum | for watching with parents: broadly appealing, nothing awkward; mood -sensual
beautiful but bleak | mood +awe-inspiring; mood +bleak
existential sci fi with a twist | mood +meditative; genre +Science Fiction; mood +mind-bending
my ex just got engaged ugh | mood +uplifting
post-apocalyptic road movie | plot post-apocalyptic road movie
feel-good sports film | mood +feel-good; genre +Sport
underdog story about boxing | mood +triumphant; plot boxing
pls no jumpscares im a wimp | scares<=2
nothing pretentious | mood -cerebral; demand<=1; strangeness<=1
nostalgic 80s adventure for the whole family | mood +nostalgic; years 1980-1989; genre +Adventure; age 6; for the whole family, children included
we're two tired parents, the kids are in bed | mood +feel-good; for adults, once the children are asleep
a film set in Paris, romantic but not cheesy | plot set in paris; mood +romantic; mood -campy
sumthing liek a fairy tale | mood +whimsical
hate gore, love tension | spare gore; mood +tense
85 to 95 mins | runtime 85-95
something Hitchcock would have liked | people +Alfred Hitchcock directors
a documentary about music | genre +Documentary; plot music
under 90 mins, black comedy, british | runtime -89; genre +Comedy; plot black comedy; lang any en; text British film
animated but for adults | genre +Animation; for adults, once the children are asleep
I want my mind blown | mood +mind-bending
no war, no politics | spare war; subject -war; subject -politics
mid 90s indie romance | years 1994-1996; mood +quirky; genre +Romance
I need to laugh | mood +funny
the more obscure the better | less fame
cosy mystery, nothing violent | mood +cosy; genre +Mystery; violence<=1
hidden gems | less fame
nothing mainstream | less fame
oscar winners | more fame
less than 2 hours, more than 90 minutes | runtime 91-119
a movie without swearing for my grandparents | for watching with grandparents: gentle, nothing crude; mood -sensual; spare strong language
they're turning 7 | age 7; for children aged 7 and their family
my dad loves westerns | like Western
nothing my dad would hate, he loves westerns | like Western
in the mood to be scared | mood +scary
that one was funny |
it was a bit slow and weird |
I should check it out |
"""
TOLD = """
my boss is a nightmare, the kids are ill |
I'm stuck at home with a broken leg | mood +adventurous
we lost the cup final and my knee hurts | mood +feel-good
my brother is scary |
friend's coming over, she's pregnant |
need something funny my attention span is gone | mood +funny
no subtitles i'm too tired to read | lang any en; mood +feel-good
nah |
just surprise me |
my father loves Buster Keaton | people +Buster Keaton
weird question, do you have anything about mushrooms | plot mushrooms
I have a thing for submarines | plot submarines
my kid is obsessed with dinosaurs | plot dinosaurs; age 6; for children
"""
NAMED = """
lighthouse keepers going mad | plot lighthouse keepers going mad
a bloke stuck up a mountain with a dodgy radio | plot bloke stuck up a mountain with a dodgy radio
a film where nothing happens | plot nothing happens
something dystopian that isn't teen | plot dystopian; plot not teen
grief that isn't miserable | plot grief; mood -sad; lightness>=2
"""
TABLES = (
    TOLD,
    NAMED,
    REFUSED,
    NUDGES,
    COMPANY,
    LEFT,
    EVERYDAY,
)


@pytest.mark.parametrize(("said", "read"), [case for table in TABLES for case in cases(table)])
def test_wishes_are_read(said: str, read: set[str]) -> None:
    assert_read(said, read)


def test_size_words_change_the_nudge() -> None:
    def amount(said: str) -> float:
        nudge = edits(said)[0]
        assert isinstance(nudge, Nudge)
        return nudge.amount

    assert 0 < amount("a little lighter") < amount("lighter") < amount("much lighter") <= 4


def test_dislike_lasts_and_tonight_does_not() -> None:
    lasting = [edit for edit in edits("I hate musicals") if isinstance(edit, LimitEdit)]
    tonight = [edit for edit in edits("no musicals") if isinstance(edit, LimitEdit)]
    assert [edit.lasting for edit in (*lasting, *tonight)] == [True, False]


def test_exemption_lifts_an_earlier_limit_only() -> None:
    refused = LimitEdit(limit=Genres(none_of=("Horror",)), words="no horror")
    profile = TasteProfile(entries=(Entry(id="e1", turn=1, content=refused),))
    assert codes("horror is fine actually", profile) == {"forget Horror"}
    assert codes("westerns are fine", profile) == set()


def test_what_means_nothing_here_is_owned_up_to() -> None:
    assert unread("frobnicated quuxes") == ["frobnicated quuxes"]
    assert unread("something funny") == []


@pytest.mark.parametrize("said", ["asdkjh qwe", "lkjsdf wkejrh", "<b>", "a film with qwzxv"])
def test_keyboard_noise_and_markup_are_never_wished_for(said: str) -> None:
    assert edits(said) == []


def test_noise_is_owned_up_to() -> None:
    assert unread("asdkjh qwe") == ["asdkjh qwe"]
    assert edits("<script>alert(1)</script> [x](http://a.b/c) {{y}}") == []


def test_evidence_is_verbatim() -> None:
    for table in TABLES:
        for said, _ in cases(table):
            assert all(edit.words and edit.words in said for edit in edits(said)), said


def test_reading_is_deterministic() -> None:
    said = "warm and funny, not too long, nothing scary, from the 90s, with Tom Hanks"
    assert [code(edit) for edit in edits(said)] == [code(edit) for edit in edits(said)]
