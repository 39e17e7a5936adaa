# ruff: noqa: E501
"""Wishes read from messages: moods, states, company, nudges, free text, negation, slips."""

from __future__ import annotations

import pytest
from moodreel.agent.edits import LimitEdit, Nudge, Wish
from moodreel.agent.engines.reading.message import Message
from moodreel.agent.engines.reading.negation import polarity
from moodreel.agent.engines.reading.spelling import mend_word
from moodreel.agent.profile import Entry, TasteProfile
from moodreel.ingest.limits import Genres

from .wishes import code, codes, edits, unread

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
"""
STAYING = """
I want to wallow | mood +sad
i'm sad, let me wallow | mood +sad
I'm sad and need a good cry | mood +tearjerker
sad, and I want to stay sad | mood +sad
I'm heartbroken and want something that matches my mood | mood +sad
"""
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
"""
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
im bored | mood +exciting
"""
EMOJI = """
😂 | mood +funny
something 👻 | mood +spooky
😭😭😭 | mood +tearjerker
❤️ | mood +romantic
🤯 please | mood +mind-bending
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
TABLES = (
    TOLD,
    NAMED,
    CHAT,
    QUALITIES,
    STATES,
    STAYING,
    REFUSED,
    NUDGES,
    COMPANY,
    LEFT,
    TYPOS,
    EMOJI,
    EVERYDAY,
)


def _cases(table: str) -> list[tuple[str, set[str]]]:
    rows = [line.split("|", 1) for line in table.strip().splitlines()]
    return [
        (said.strip(), {c.strip() for c in read.split(";") if c.strip()}) for said, read in rows
    ]


@pytest.mark.parametrize(("said", "read"), [case for table in TABLES for case in _cases(table)])
def test_wishes_are_read(said: str, read: set[str]) -> None:
    found = codes(said)
    assert found == {_whole(part, found) for part in read}


def _whole(part: str, found: set[str]) -> str:
    """Audience texts may go on after what the table has of them."""
    return next((each for each in found if part.startswith("for ") and each.startswith(part)), part)


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
"""


@pytest.mark.parametrize(
    ("said", "word", "kind"),
    [tuple(part.strip() for part in line.split("|")) for line in NEGATION.strip().splitlines()],
)
def test_negation_has_its_scope(said: str, word: str, kind: str) -> None:
    start = said.lower().index(word)
    assert polarity(Message.of(said), start, start + len(word)).kind == kind


def test_titles_do_not_negate() -> None:
    said = "No Country for Old Men was scary"
    message = Message.of(said)
    message.taken[: len("No Country for Old Men")] = [True] * len("No Country for Old Men")
    start = said.index("scary")
    assert polarity(message, start, start + 5).kind == "plain"


def test_degree_words_change_the_target() -> None:
    def humour(said: str) -> float:
        wish = edits(said)[0]
        assert isinstance(wish, Wish)
        return wish.axes["humour"]

    assert humour("a bit funny") < humour("funny") < humour("extremely funny")


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


@pytest.mark.parametrize(
    "word",
    ["bloke", "heist", "friend", "there", "minute", "whether", "quite", "place",
     "finnish", "convent", "witches", "trainer", "consent", "interests"],
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


@pytest.mark.parametrize("said", ["sad day", "had a miserable week", "what a grim evening"])
def test_how_somebody_is_is_not_what_they_want(said: str) -> None:
    [wish] = edits(said)
    assert "feel-good" in str(wish)


def test_a_state_is_told_as_a_sentence() -> None:
    assert "when you're in for a rainy day" in str(edits("it's a rainy day"))


def test_evidence_is_verbatim() -> None:
    for table in TABLES:
        for said, _ in _cases(table):
            assert all(edit.words and edit.words in said for edit in edits(said)), said


def test_reading_is_deterministic() -> None:
    said = "warm and funny, not too long, nothing scary, from the 90s, with Tom Hanks"
    assert [code(edit) for edit in edits(said)] == [code(edit) for edit in edits(said)]
