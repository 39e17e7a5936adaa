# ruff: noqa: E501
"""Messages that only make sense by what was said before them."""

from __future__ import annotations

import pytest
from moodreel.agent.choosing import choose, none_of_them
from moodreel.agent.edits import Anchor, AnchorPart, Attitude, Forget, ItemRef, LimitEdit, Wish
from moodreel.agent.engines.base import Turn
from moodreel.agent.engines.reading.read import read
from moodreel.agent.plan import Tell
from moodreel.agent.profile import Entry, TasteProfile, apply
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.limits import People

from .plan_words import FIVE, core, plan, rows, words

# The list on the table: 1 Heat, 2 Collateral, 3 Up, 4 Drive, 5 Finding Nemo.
ON_A_LIST = rows("""
the second one but less violent => like #2; less violence than #2; recommend
number 4 but funnier => like #4; more humour than #4; recommend
the last one, only shorter => like #-1; less length than #-1; recommend
#3 but I want it darker => like #3; less lightness than #3; recommend
Drive, but warmer => like Drive 2011; more warmth than Drive 2011; recommend
the first is closest => like #1; recommend
the second one but is it long? => interested #2; tell runtime #2
we both hated Passengers => disliked Passengers 2016; recommend
both of us loved Amelie => loved Amélie 2001; recommend
none of us have seen Elf => chat noted
these are all too old => more newness; recommend
all of these are so depressing => more lightness; recommend
they're all comedies => limit no comedy; recommend
her => like Her 2013; recommend
not that, something else => not_tonight #1; recommend
k perfect => chat accepted
up => interested Up 2009; chat accepted
more like that => recommend
more like those but older => less newness; recommend
no, undo again => undo 1; recommend
the last two again => tell any #-2 #-1
is it in black and white? => tell colour #1
where can I watch the second? => tell unlisted #2
is number 4 based on a true story? => tell true_story #4
how does the first one end? => tell ending #1
I have a cat => chat aside
seen all of them except 3 => seen #1; seen #2; seen #4; seen #5; recommend
nr 1 I know => seen #1; recommend
option 5 has too much magic => not_tonight #5; recommend
the shortest pls => interested #3; chat accepted
which ones shortest => tell runtime all by shortest
ill try it => interested #1; chat accepted
ok 5 => interested #5; chat accepted
4 it is => interested #4; chat accepted
neither, thanks => recommend
actually no => recommend
the little one is 4 => limit fit for age 4; wish young children aged 4 and their family; recommend
we did Elf and The Holiday last year => seen Elf 2003; seen The Holiday 2006; recommend
wheres number 2 set? => tell plot #2
ok forget all that => reset tonight; chat noted; ask
hows number 4 rated => tell age #4
the third one, seen it => seen #3; recommend
not the first three, the others look fine => not_tonight #1; not_tonight #2; not_tonight #3; \
interested #4; interested #5; recommend
the others sound decent, just not the first three => interested #4; interested #5; \
not_tonight #1; not_tonight #2; not_tonight #3; recommend
the second got any nudity in it? => tell content #2
has the fourth got nudity? => tell content #4
another 5 => recommend
another three please => recommend 3
did I say I hate horror? => chat profile
have I told you that we saw Elf? => chat profile
is the second longer than the first? => tell runtime #2 #1 by longer
swap the first for something newer => not_tonight #1; more newness; recommend
put the third back => interested #3; chat accepted
the 2nd one looks alrite => interested #2; chat accepted
evenin, how long is the first? => tell runtime #1
whatever => recommend
my mum gets offended easily => wish nothing crude, for somebody easily offended; \
avoid sensual or disturbing or violent; recommend
my mum doesn't get offended easily => chat unclear
dunno => recommend
something for us then => recommend
one last list => recommend
others please => recommend
any others? => recommend
what do you know about us? => chat profile
I usually enjoy westerns, just not today => limit no western; recommend
Heat was great, though its story is boring => liked Heat 1995; disliked Heat 1995 (plot); recommend
like Heat but funny => like Heat 1995; wish funny; more humour than Heat 1995; recommend
I loved Mann's Heat => loved Heat 1995; recommend
ninety minutes is fine => limit at most 90 minutes; recommend
the first one is too soppy => not_tonight #1; less warmth; recommend
#1 would be too fluffy for us => not_tonight #1; less lightness; recommend
#2 is too nerve-racking => not_tonight #2; less tension; recommend
number 2 is too rambling for me => not_tonight #2; recommend
#1 would be not romantic enough for the two of us => not_tonight #1; recommend
these look fine, but something calmer => less tension; recommend
these are fine, but darker please => less lightness; recommend
not bad, but less creepy => less scares; recommend
could it be more ordinary? => less strangeness; recommend
Ha, number 2, I know that one by heart already => seen #2; recommend
I've seen the first one, years ago at a friend's place => seen #1; recommend
none of these jump out at me => not_tonight #1; not_tonight #2; not_tonight #3; not_tonight #4; not_tonight #5; recommend
no preference, you choose => recommend
something full of adrenaline => wish adrenaline; recommend
Drive is the kind of thing I enjoy => liked Drive 2011; recommend
my favourites are things like Heat, if that tells you anything => like Heat 1995; recommend
""")
TAKEN_BACK = rows("""
on second thoughts, never mind funny => forget funny
actually, forget the funny part => forget funny
I changed my mind about funny => forget funny
hm no wait, scrap funny => forget funny
ditch funny, acutally => forget funny
forget scary => wish scary
""")
BEFORE_ANY_LIST = rows("""
heat => like Heat 1995; recommend
it => like It 2017; recommend
the thing => like The Thing 1982; recommend
her => like Her 2013; recommend
nope => chat unclear
Not a fan of Isle of Dogs. => disliked Isle of Dogs; recommend
I'm vegan => chat aside
my phone is on 3 percent => chat aside
""")


@pytest.mark.parametrize(("message", "expected"), ON_A_LIST)
def test_what_is_said_of_a_list(starter: Catalogue, message: str, expected: list[str]) -> None:
    assert words(plan(starter, message, shown=[FIVE])) == expected


@pytest.mark.parametrize(("message", "expected"), TAKEN_BACK)
def test_a_wish_that_stands_is_taken_back_by_its_word(
    starter: Catalogue, message: str, expected: list[str]
) -> None:
    """A word that nothing in the profile is about is no taking back."""
    wished = apply(TasteProfile(), plan(starter, "something funny").edits, 1)
    assert words(plan(starter, message, profile=wished))[:1] == expected


@pytest.mark.parametrize(("message", "expected"), BEFORE_ANY_LIST)
def test_a_title_or_a_sentence_alone(starter: Catalogue, message: str, expected: list[str]) -> None:
    assert core(plan(starter, message)) == expected


@pytest.mark.parametrize(
    ("message", "title"),
    [
        ("number 2 from before", "Up"),
        ("I meant the first list, number 2", "Collateral"),
        ("the third from the previous list", "Finding Nemo"),
        ("the first one you ever showed me", "Heat"),
    ],
)
def test_earlier_lists_are_counted_in(starter: Catalogue, message: str, title: str) -> None:
    lists = [FIVE[:2], (FIVE[3], FIVE[2], FIVE[4]), FIVE[:1]]
    found = plan(starter, message, shown=lists)
    assert [e.item.title for e in found.edits if isinstance(e, Attitude)] == [title]


def test_the_last_two_may_come_from_two_lists(starter: Catalogue) -> None:
    found = plan(starter, "the last two again", shown=[FIVE[:3], FIVE[4:]])
    assert words(found) == ["tell any Up 2009 Finding Nemo 2003"]


HEAT = ItemRef(title="Heat", year=1995, id="tt0113277")
UP = ItemRef(title="Up", year=2009, id="tt1049413")
LOVED_AND_SEEN = TasteProfile(
    entries=(
        Entry(id="e1", turn=1, content=Attitude(item=HEAT, feeling="loved")),
        Entry(id="e2", turn=1, content=Attitude(item=UP, feeling="seen")),
        Entry(id="e3", turn=1, content=LimitEdit(limit=People(all_of=("Meg Ryan",)))),
        Entry(id="e4", turn=1, content=Wish(text="Tom Hanks", people=("Tom Hanks",))),
    )
)


@pytest.mark.parametrize(
    ("message", "entry"),
    [
        ("forget that I loved Heat", "e1"),
        ("take back Heat", "e1"),
        ("never mind Heat", "e1"),
        ("take back that we've seen Up", "e2"),
        ("actually I haven't seen Up", "e2"),
        ("I never saw Up, sorry", "e2"),
        ("remove Up from the seen list", "e2"),
        ("please take Up off the list of films I've watched", "e2"),
        ("never mind Meg Ryan", "e3"),
        ("forget about Tom Hanks", "e4"),
    ],
)
def test_what_was_said_of_a_film_or_a_person_is_taken_back(
    starter: Catalogue, message: str, entry: str
) -> None:
    found = plan(starter, message, profile=LOVED_AND_SEEN)
    assert [e.entry for e in found.edits if isinstance(e, Forget)] == [entry]
    assert len(found.edits) == 1


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("forget that I loved Drive", ["chat unclear"]),
        ("forget Collateral", ["not_tonight Collateral 2004", "recommend"]),
        ("forget that I hated Heat", []),
    ],
)
def test_what_was_never_said_is_not_taken_back(
    starter: Catalogue, message: str, expected: list[str]
) -> None:
    found = plan(starter, message, profile=LOVED_AND_SEEN)
    assert not [e for e in found.edits if isinstance(e, Forget)]


def test_something_like_those_means_the_films_just_named(starter: Catalogue) -> None:
    films = (ItemRef(title="Heat", year=1995), ItemRef(title="Barry Lyndon", year=1975))
    seen = [Attitude(item=film, feeling="seen") for film in films]
    entries = [Entry(id=f"e{n}", turn=1, content=said) for n, said in enumerate(seen, 1)]
    named = TasteProfile(entries=tuple(entries))
    shown = [FIVE[1:]]
    found = plan(starter, "something like those", shown=shown, profile=named, number=2)
    assert words(found) == ["like Heat 1995 + Barry Lyndon 1975", "recommend"]
    later = plan(starter, "something like those", shown=shown, profile=named, number=3)
    assert words(later) == ["recommend"]


def _said(content: Attitude | Anchor) -> TasteProfile:
    return TasteProfile(entries=(Entry(id="e1", turn=1, content=content),))


def test_and_another_film_goes_on_with_what_was_said(starter: Catalogue) -> None:
    seen = _said(Attitude(item=ItemRef(title="Heat", year=1995), feeling="seen"))
    found = plan(starter, "oh and barry lyndon too", shown=[FIVE], profile=seen, number=2)
    assert words(found) == ["seen Barry Lyndon 1975", "recommend"]
    late = plan(starter, "oh and barry lyndon too", shown=[FIVE], profile=seen, number=4)
    assert words(late) == ["like Barry Lyndon 1975", "recommend"]


def test_and_another_film_is_asked_the_same(starter: Catalogue) -> None:
    turn = Turn(
        "and the second?", 3, TasteProfile(), shown=(FIVE,),
        history=(("user", "how long is the first one?"), ("assistant", "170 minutes.")),
    )  # fmt: skip
    assert words(read(turn, starter)) == ["tell runtime #2"]


def test_and_another_film_joins_the_anchor(starter: Catalogue) -> None:
    like = _said(Anchor(parts=(AnchorPart(item=ItemRef(title="Heat", year=1995)),)))
    found = plan(starter, "and Barry Lyndon", profile=like, number=2)
    assert words(found) == ["like Heat 1995 + Barry Lyndon 1975", "recommend"]


@pytest.mark.parametrize(
    ("answer", "year"),
    [
        ("the lynch one", 1984), ("the old one", 1984), ("1984", 1984), ("from the 80s", 1984),
        ("sorry, I meant the one with Kyle MacLachlan in it, from when I was a kid", 1984),
        ("part two", 2024), ("number 2", 2024), ("the newest", 2024), ("the first one", 2021),
    ],
)  # fmt: skip
def test_an_answer_names_any_fact(starter: Catalogue, answer: str, year: int) -> None:
    items = [starter.get([m.id])[m.id] for m in starter.find("Dune")]
    items.sort(key=lambda item: (2021, 2024, 1984).index(item.year or 0))
    assert [item.year for item in choose(answer, items)] == [year]


def test_an_answer_may_fit_several_or_none(starter: Catalogue) -> None:
    items = [starter.get([m.id])[m.id] for m in starter.find("Dune")]
    assert len(choose("both villeneuve films", items)) == 2
    assert choose("something funny with dogs instead please", items) == ()
    assert none_of_them("no, neither")
    assert not none_of_them("none too long please")


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("which of these is the shortest?", "shortest"),
        ("which one is the funniest", "funniest"),
        ("what's the newest of them?", "newest"),
    ],
)
def test_looking_for_the_extreme_of_a_list_is_a_question(
    message: str, word: str, starter: Catalogue
) -> None:
    shown = (("tt0113277", "tt0133093", "tt0468569", "tt0137523", "tt0111161"),)
    plan = read(Turn(message=message, number=2, profile=TasteProfile(), shown=shown), starter)
    (act,) = plan.acts
    assert isinstance(act, Tell)
    assert act.compare == word
    assert not plan.edits
