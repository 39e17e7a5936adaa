# ruff: noqa: E501
"""References to what was shown, feedback, questions, commands, small talk, answers."""

from __future__ import annotations

import pytest
from moodreel.agent.edits import Forget, LimitEdit, Nudge, Wish
from moodreel.agent.plan import Recommend
from moodreel.agent.profile import Entry, TasteProfile
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.limits import Genres, Runtime

from .plan_words import FIVE, core, plan, rows, words

# The list on the table: 1 Heat, 2 Collateral, 3 Up, 4 Drive, 5 Finding Nemo.
REFERENCES = rows("""
I'll take the second => interested #2; chat accepted
the second one => interested #2; chat accepted
#2 => interested #2; chat accepted
2 => interested #2; chat accepted
number three please => interested #3; chat accepted
I'll go with number 4 => interested #4; chat accepted
let's watch the third => interested #3; chat accepted
loved the first one => loved #1; recommend
I've seen the last two => seen #-2; seen #-1; recommend
already saw the first two => seen #1; seen #2; recommend
seen 1 and 3 => seen #1; seen #3; recommend
I hated the third => disliked #3; recommend
seen them all => seen #1; seen #2; seen #3; seen #4; seen #5; recommend
seen it => seen #1; recommend
more like number 3 => like #3; recommend
more like the fish one => like #5; recommend
something like the second but funnier => like #2; recommend
the animated one with the balloons looks fun => interested #3; chat accepted
I'll take the Pixar one with the clownfish => interested #5; chat accepted
not the first one => not_tonight #1; recommend
not that one, but the second is close => not_tonight #1; like #2; recommend
the fourth sounds great => interested #4; chat accepted
the fourth sounds boring => not_tonight #4; recommend
Heat looks good => interested Heat 1995; chat accepted
I've seen Heat and Up => seen Heat 1995; seen Up 2009; recommend
seen the first, loved the second => seen #1; loved #2; recommend
I liked the fourth more than the second => liked #4; recommend
the shorter one => interested #3; chat accepted
the oldest one please => interested #1; chat accepted
""")

FEEDBACK = rows("""
love it => chat accepted
perfect, thanks => chat accepted
sounds good => chat accepted
great list! => chat accepted
👍 => chat accepted
ok => chat accepted
nah => recommend
no => recommend
nope, none of these => not_tonight #1; not_tonight #2; not_tonight #3; not_tonight #4; not_tonight #5; recommend
meh => recommend
boring => recommend
not really my thing => recommend
something else => recommend
anything else? => recommend
next => recommend
more => recommend
show me more => recommend
different ones please => recommend
what else have you got? => recommend
any others? => recommend
got any more? => recommend
keep going => recommend
👎 => recommend
don't like any of them => not_tonight #1; not_tonight #2; not_tonight #3; not_tonight #4; not_tonight #5; recommend
another one => recommend
""")

QUESTIONS = rows("""
why that one? => tell why #1
why? => tell why all
why did you pick the second? => tell why #2
what's it about? => tell plot #1
what is the third one about => tell plot #3
what's Up about? => tell plot Up 2009
is it scary? => tell scary #1
how scary is number 4? => tell scary #4
who made it? => tell director #1
who directed the last one? => tell director #-1
who's in it => tell cast #1
who stars in Collateral? => tell cast Collateral 2004
how long is it? => tell runtime #1
how long is the second one => tell runtime #2
which is shorter? => tell runtime all by shorter
which one is the funniest => tell funny all by funniest
is 1 scarier than 4? => tell scary #1 #4 by scarier
which of the first two is shorter? => tell runtime #1 #2 by shorter
is the second one ok for my 8 year old? => tell age #2
can my kids watch the third one? => tell age #3
is it suitable for children? => tell age #1
does the dog die? => tell content all
does the dog die in Up? => tell content Up 2009
any sex in the second one? => tell content #2
what year is it from? => tell year #1
when did number 2 come out? => tell year #2
is it in English? => tell language #1
is the first one subtitled? => tell language #1
what's it like? => tell mood #1
have you got Coco? => tell known Coco 2017
do you have Parasite => tell known Parasite 2019
what do you know about Chinatown? => tell any Chinatown 1974
tell me more about 3 => tell any #3
more info on the first => tell any #1
compare 1 and 3 => tell compare #1 #3 by better
the first or the second? => tell compare #1 #2 by better
is it violent? => tell violent #1
is Heat sad? => tell sad Heat 1995
is it funny => tell funny #1
does it have a happy ending? => tell ending #1
what have I told you? => chat profile
what do you know about me => chat profile
whats on my profile then => chat profile
what's in my taste profile? => chat profile
show my profile => chat profile
is it in English? and something funnier please => tell language #1; recommend
why the third? also nothing over two hours please => tell why #3; recommend
is the fourth any good? => tell any #4
what genre is it? => tell genre #1
""")

COMMANDS = rows("""
undo => undo 1; recommend
undo that => undo 1; recommend
scratch that => undo 1; recommend
undo the last two => undo 2; recommend
forget that I said no horror => forget horror; recommend
definetly ditch the swearing thing => forget swearing; recommend
never mind the year thing => forget year; recommend
drop the runtime limit => forget runtime; recommend
forget what I said about subtitles => forget subtitles; recommend
start over => reset tonight; chat noted; ask
new search => reset tonight; chat noted; ask
forget everything => reset all; chat noted; ask
now something completely different: a heist => reset tonight; recommend
what can you do => chat help
help => chat help
show me those again => again
what did you show me? => again
go back to the first list => again
mood matters most => weigh mood 2; recommend
I don't care about the plot => weigh plot 0; recommend
focus on the story => weigh plot 2; recommend
give me three => recommend 3
just one => recommend 1
ten films please => recommend 10
show me 3 comedies => recommend 3
""")

MIXED = rows("""
ooh the third looks lovely => interested #3; chat accepted
hmm, not feeling any of those => not_tonight #1; not_tonight #2; not_tonight #3; not_tonight #4; not_tonight #5; recommend
already know number one => seen #1; recommend
that second pick is too violent => disliked #2; recommend
who plays the lead in the fourth? => tell cast #4
what's the runtime of the last one => tell runtime #-1
is there any nudity in number 2? => tell content #2
could a ten year old watch Up? => tell age Up 2009
is Collateral on the scary side? => tell scary Collateral 2004
which would be best for kids? => tell age all by best
can you tell me why you chose Drive => tell why Drive 2011
what's the deal with the second one? => tell plot #2
more along the lines of the fourth => like #4; recommend
watched 1, 2 and 4 already => seen #1; seen #2; seen #4; recommend
ok let's do the fish movie => interested #5; chat accepted
nothing grabs me, next please => recommend
same but shorter => recommend
hated Drive => disliked Drive 2011; recommend
can we go back to the earlier picks? => again
take back the horror rule => forget horror; recommend
oops, undo => undo 1; recommend
let's begin again => reset tonight; chat noted; ask
wipe my profile => reset all; chat noted; ask
I mostly care about the atmosphere => weigh mood 2; recommend
story doesn't matter to me => weigh plot 0; recommend
could you recommend four more? => recommend 4
cheers, that's perfect => chat accepted
you're brilliant => chat thanks
what are you exactly? => chat who
how does this work? => chat help
the first one sounds good but is it long? => interested #1; tell runtime #1
I think I'd enjoy number 5 => interested #5; chat accepted
nope. too violent. => recommend
the second and the fourth, tell me more => tell any #2 #4
only the third appeals => interested #3; chat accepted
we already own Finding Nemo => seen Finding Nemo 2003; recommend
who's the actor in Drive => tell cast Drive 2011
are any of these funny? => tell funny #1 #2 #3 #4 #5
do any of them have subtitles? => tell language #1 #2 #3 #4 #5
which has the happiest ending? => tell mood all by happiest
how about something with less shooting than Heat => recommend
why Up??? => tell why Up 2009
tell me about Heat and Drive => tell any Heat 1995 Drive 2011
remind me what the first was about => tell plot #1
not Heat again => not_tonight Heat 1995; recommend
show me the list again => again
actually forget the comedy bit => forget comedy; recommend
no wait, undo that please => undo 1; recommend
hm I've seen three of those, the first three => seen #1; seen #2; seen #3; recommend
great, we'll watch Collateral tonight. thanks! => interested Collateral 2004; chat accepted
""")

SMALL_TALK = rows("""
hello => chat greeting
hi there! => chat greeting
good evening => chat greeting
thanks => chat thanks
thank you so much! => chat thanks
bye => chat goodbye
good night => chat goodbye
who are you? => chat who
are you a robot? => chat who
you're useless => chat unclear
asdfgh => chat unclear
?? => chat unclear
what's the weather => chat aside
I want to kill myself => chat danger
i don't want to live anymore => chat danger
recommend me a film => recommend; ask
what should I watch tonight? => recommend; ask
surprise me => recommend; ask
""")


@pytest.mark.parametrize(
    ("message", "expected"), [*REFERENCES, *FEEDBACK, *QUESTIONS, *COMMANDS, *MIXED]
)
def test_talk_about_a_list(starter: Catalogue, message: str, expected: list[str]) -> None:
    assert core(plan(starter, message, shown=[FIVE])) == expected


@pytest.mark.parametrize(("message", "expected"), SMALL_TALK)
def test_talk_before_any_list(starter: Catalogue, message: str, expected: list[str]) -> None:
    assert core(plan(starter, message)) == expected


@pytest.mark.parametrize(
    "message",
    [
        "a film about suicide", "nothing with self-harm please", "I could die laughing",
        "something to die for", "my dad wants a war film", "a killer thriller",
    ],
)  # fmt: skip
def test_dark_subjects_are_no_danger(starter: Catalogue, message: str) -> None:
    assert "danger" not in plan(starter, message).intents


def test_it_means_the_film_asked_about_last(starter: Catalogue) -> None:
    assert core(plan(starter, "is it scary?", shown=[FIVE], focus=["tt0369339"])) == [
        "tell scary #2"
    ]
    assert core(plan(starter, "seen it", shown=[FIVE], focus=["tt0369339"]))[0] == "seen #2"
    asked = plan(starter, "is it scary?", shown=[FIVE], focus=["tt2380307"])
    assert core(asked) == ["tell scary Coco 2017"]


def test_too_long_is_said_of_the_film_spoken_of(starter: Catalogue) -> None:
    said = plan(starter, "too long for tonight", shown=[FIVE], focus=["tt0369339"])
    than = [edit.than.position for edit in said.edits if isinstance(edit, Nudge) and edit.than]
    assert than == [2]


@pytest.mark.parametrize("message", ["ok you pick one", "just pick one for me"])
def test_a_choice_left_to_us_is_one_film(starter: Catalogue, message: str) -> None:
    assert plan(starter, message, shown=[FIVE]).acts == (Recommend(count=1),)


def test_forgetting_ones_phone_is_no_command(starter: Catalogue) -> None:
    said = plan(starter, "so good i'll forget my phone exists")
    assert not any(isinstance(edit, Forget) for edit in said.edits)


def test_a_story_retold_is_a_wish(starter: Catalogue) -> None:
    said = plan(starter, "the film with the guy who can't remember anything")
    assert [edit.dimension for edit in said.edits if isinstance(edit, Wish)] == ["plot"]


def test_two_people_who_want_different_things_may_have_either(starter: Catalogue) -> None:
    said = plan(starter, "He wants action, I want romance")
    limits = [edit.limit for edit in said.edits if isinstance(edit, LimitEdit)]
    assert limits == [Genres(any_of=("Action", "Romance"))]


def test_a_film_of_an_earlier_list_is_found_by_its_facts(starter: Catalogue) -> None:
    earlier = ("tt0266543", "tt0113277")
    later = ("tt0780504", "tt0369339")
    got = core(plan(starter, "what was the one with the clownfish about?", shown=[earlier, later]))
    assert got == ["tell plot Finding Nemo 2003"]


@pytest.mark.parametrize(
    "message", ["the 2021 one", "the first", "the new one", "either", "yes", "doesn't matter"]
)
def test_answers_to_a_question_change_nothing_else(starter: Catalogue, message: str) -> None:
    asked = plan(
        starter, message, question="Which Dune do you mean: Dune (1984) or Dune (2021)?",
        choices=("Dune (1984)", "Dune (2021)"),
    )  # fmt: skip
    assert asked.intents == ("answer",)
    assert not asked.edits


def test_a_favourite_in_answer_to_a_question_is_loved(starter: Catalogue) -> None:
    got = core(plan(starter, "Coco and Up", question="Which film did you love lately?"))
    assert got == ["loved Coco 2017", "loved Up 2009", "recommend"]


def _known(*limits: LimitEdit) -> TasteProfile:
    entries = tuple(Entry(id=f"e{n}", turn=1, content=limit) for n, limit in enumerate(limits))
    return TasteProfile(entries=entries)


@pytest.mark.parametrize(
    "message", ["horror is fine actually", "ok, horror is fine", "horror is back in"]
)
def test_what_was_ruled_out_is_lifted(starter: Catalogue, message: str) -> None:
    profile = _known(LimitEdit(limit=Genres(none_of=("Horror",)), words="no horror"))
    assert "forget horror" in words(plan(starter, message, profile=profile))


@pytest.mark.parametrize("message", ["any length is fine now", "length doesn't matter", "I don't care how long it is"])  # fmt: skip
def test_length_is_lifted(starter: Catalogue, message: str) -> None:
    profile = _known(LimitEdit(limit=Runtime(longest=90), words="under 90 minutes"))
    assert "forget runtime" in words(plan(starter, message, profile=profile))


@pytest.mark.parametrize(
    ("message", "intents"),
    [
        ("sounds good", {"accept"}), ("nah", {"reject"}), ("seen it", {"seen"}),
        ("what's it about?", {"inquire"}), ("too dark", {"critique"}), ("something else", {"more"}),
        ("hello", {"greet"}), ("thanks, bye", {"thank", "bye"}), ("undo", {"undo"}),
        ("I hated the second", {"reject"}), ("start over", {"reset"}), ("help", {"help"}),
    ],
)  # fmt: skip
def test_intents(starter: Catalogue, message: str, intents: set[str]) -> None:
    assert set(plan(starter, message, shown=[FIVE]).intents) == intents


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("newer", ["more newness", "recommend"]),
        ("older please", ["less newness", "recommend"]),
        ("either", ["recommend"]),
        ("no preference", ["recommend"]),
    ],
)
def test_an_answer_to_an_open_question_is_a_wish(
    starter: Catalogue, message: str, read: list[str]
) -> None:
    assert words(plan(starter, message, shown=[FIVE], question="Older or newer?")) == read
