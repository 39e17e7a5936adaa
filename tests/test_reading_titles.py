# ruff: noqa: E501
"""Which words are titles, what is thought of the films, and what tonight shall be like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.engines.reading.listed import one_line
from moodreel.ingest.catalogue import Catalogue

from .plan_words import core, plan, rows, words

ATTITUDES = rows("""
my top ten: 1. Heat 2. The Matrix 3. Alien => loved Heat 1995; loved The Matrix 1999; loved Alien 1979; recommend
Heat's atmosphere is amazing but the story was dull => loved Heat 1995 (mood); disliked Heat 1995 (plot); recommend
top 3: Heat, Alien, Up => loved Heat 1995; loved Alien 1979; loved Up 2009; recommend
favourites are 1) Jaws 2) Alien => loved Jaws 1975; loved Alien 1979; recommend
I loved Heat and Collateral but hated Drive; seen Elf already, Up too => loved Heat 1995; loved Collateral 2004; disliked Drive 2011; seen Elf 2003; seen Up 2009; recommend
i loved the dark knight and heat => loved The Dark Knight 2008; loved Heat 1995; recommend
Loved Amélie, liked Paddington, hated Saw. => loved Amélie 2001; liked Paddington 2014; disliked Saw 2004; recommend
i really liked coco => liked Coco 2017; recommend
Heat was great, Collateral bored me => liked Heat 1995; disliked Collateral 2004; recommend
Parasite is one of my favourites => loved Parasite 2019; recommend
My favourite films are Alien and Jaws => loved Alien 1979; loved Jaws 1975; recommend
my all time favorite movie is the godfather => loved The Godfather 1972; recommend
can't get enough of Paddington 2 => loved Paddington 2 2017; recommend
I'm obsessed with Interstellar => loved Interstellar 2014; recommend
not a fan of Titanic => disliked Titanic 1997; recommend
I'm not a huge fan of Gravity or Interstellar => disliked Gravity 2013; disliked Interstellar 2014; recommend
I didn't like Joker => disliked Joker 2019; recommend
we fell asleep during Tenet => disliked Tenet 2020; recommend
we walked out of Babylon => disliked Babylon 2022; recommend
Inception is overrated => disliked Inception 2010; recommend
Avatar did nothing for me => disliked Avatar 2009; recommend
Her wasn't for me => disliked Her 2013; recommend
Barbie? meh, Oppenheimer was brilliant => disliked Barbie 2023; loved Oppenheimer 2023; recommend
I rewatched Groundhog Day ten times => loved Groundhog Day 1993; seen Groundhog Day 1993; recommend
we've seen Elf => seen Elf 2003; recommend
already watched Knives Out last week => seen Knives Out 2019; recommend
I've already seen Up and Coco => seen Up 2009; seen Coco 2017; recommend
Moana: seen it => seen Moana 2016; recommend
I watched Whiplash yesterday and loved it => seen Whiplash 2014; loved Whiplash 2014; recommend
I saw Sicario and it was amazing => seen Sicario 2015; loved Sicario 2015; recommend
want to see Past Lives => interested Past Lives 2023; recommend
I've been meaning to watch Chinatown => interested Chinatown 1974; recommend
heard great things about Minari => interested Minari 2020; recommend
my wife hated Titanic => not_tonight Titanic 1997; recommend
my wife and I loved Titanic => loved Titanic 1997; recommend
my kids loved Coco => liked Coco 2017; recommend
my dad has seen Gladiator => not_tonight Gladiator 2000; recommend
never seen Jaws => chat noted
I haven't seen Casablanca => chat noted
I haven't seen Casablanca but I want to => interested Casablanca 1942; recommend
anything but Frozen => not_tonight Frozen 2013; recommend
please not Frozen again => not_tonight Frozen 2013; recommend
I adore "Up" => loved Up 2009; recommend
I loved *Her* => loved Her 2013; recommend
I loved It => loved It 2017; recommend
Loved It and Her and Us => loved It 2017; loved Her 2013; loved Us 2019; recommend
Loved Amelie and wall-e => loved Amélie 2001; loved WALL·E 2008; recommend
I loved the shawshenk redemtion => loved The Shawshank Redemption 1994; recommend
loved pulp ficton => loved Pulp Fiction 1994; recommend
LOVED THE MATRIX, HATED AVATAR => loved The Matrix 1999; disliked Avatar 2009; recommend
I loved Zorblax 9 => loved Zorblax 9; recommend
we loved Heat, Zorblax Returns and Coco => loved Heat 1995; loved Zorblax Returns; loved Coco 2017; recommend
I loved Dune => loved Dune; recommend
I loved Dune (2021) => loved Dune: Part One 2021; recommend
I loved Dune from 1984 => loved Dune 1984; recommend
I liked the new Dune => liked Dune: Part One 2021; recommend
the original King Kong was great => liked King Kong 1933; recommend
I hated the 2019 Lion King => disliked The Lion King 2019; recommend
Liked Heat, wasn't keen on Thief => liked Heat 1995; disliked Thief 1981; recommend
Drive? Loved it. Baby Driver? Not so much. => loved Drive 2011; disliked Baby Driver 2017; recommend
I like Ghibli stuff, Spirited Away especially => liked Spirited Away 2001; recommend
Casablanca makes me cry every time, love it => loved Casablanca 1942; recommend
I grew up on The Goonies => loved The Goonies 1985; recommend
I love the plot of Memento => loved Memento 2000 (plot); recommend
big fan of Blade Runner => loved Blade Runner 1982; recommend
i loved blade runner so much!! => loved Blade Runner 1982; recommend
rocky is the best => loved Rocky 1976; recommend
my husband thinks Moonlight is boring => not_tonight Moonlight 2016; recommend
i could watch the princess bride every day => loved The Princess Bride 1987; seen The Princess Bride 1987; recommend
loved heat => loved Heat 1995; recommend
""")

ANCHORS = rows("""
what would suit somebody who loves Heat? => like Heat 1995; recommend
something for fans of Alien and Jaws => like Alien 1979 + Jaws 1975; recommend
something as far from Titanic as possible => like not Titanic 1997; recommend
the opposite of Saw => like not Saw 2004; recommend
more like Heat than like Drive => like Heat 1995 + not Drive 2011; recommend
something like Paddington 2 but funnier => like Paddington 2 2017; recommend
like heat but shorter => like Heat 1995; recommend
films similar to Parasite => like Parasite 2019; recommend
in the vein of Knives Out => like Knives Out 2019; recommend
something like Alien meets Paddington => like Alien 1979 + Paddington 2014; recommend
the mood of Amélie with the plot of Heat => like Amélie 2001 (mood) + Heat 1995 (plot); recommend
same vibe as Lost in Translation, story like Die Hard, for kids => like Lost in Translation 2003 (mood) + Die Hard 1988 (plot); recommend
I want Amélie's humour and the story of Memento => like Amélie 2001 (mood) + Memento 2000 (plot); recommend
as funny as Airplane! => like Airplane! 1980; recommend
something that reminds me of Stand by Me => like Stand by Me 1986; recommend
a Korean Heat => like Heat 1995; recommend
Blade Runner but happier => like Blade Runner 1982; recommend
movies like up => like Up 2009; recommend
anything like "Her" => like Her 2013; recommend
something like the new Dune => like Dune: Part One 2021; recommend
Dune by Lynch => like Dune 1984; recommend
I want something like The Batman => like The Batman 2022; recommend
something like Lord of the Rings => like Lord of the Rings; recommend
Paddington 2 => like Paddington 2 2017; recommend
Heat => like Heat 1995; recommend
amelie please => like Amélie 2001; recommend
more films like Whiplash and Black Swan => like Whiplash 2014 + Black Swan 2010; recommend
a film along the lines of Before Sunrise => like Before Sunrise 1995; recommend
similar in tone to Fargo => like Fargo 1996 (mood); recommend
the look of Drive and the heart of Paddington => like Drive 2011 (mood) + Paddington 2014; recommend
what's like Inception => like Inception 2010; recommend
""")

MIXED = rows("""
Absolutely adored Little Women => loved Little Women 2019; recommend
The Shining gave me nightmares but I loved it => loved The Shining 1980; recommend
my girlfriend can't stand Wes Anderson but we both liked The Grand Budapest Hotel => liked The Grand Budapest Hotel 2014; recommend
ive seen the joker => seen Joker 2019; recommend
ive seen no country => seen No Country for Old Men 2007; recommend
i've watched heat a hundred times => seen Heat 1995; recommend
Saw Get Out twice already => seen Get Out 2017; recommend
i cant stand la la land => disliked La La Land 2016; recommend
Didn't care much for The Irishman => disliked The Irishman 2019; recommend
Whiplash blew me away => loved Whiplash 2014; recommend
Couldn't finish Mulholland Drive => disliked Mulholland Drive 2001; recommend
I've been wanting to watch Rear Window => interested Rear Window 1954; recommend
top three: Alien, Fargo, Amadeus => loved Alien 1979; loved Fargo 1996; loved Amadeus 1984; recommend
We watched Jaws last night, something along those lines => seen Jaws 1975; like Jaws 1975; recommend
Ratatouille meets Heat => like Ratatouille 2007 + Heat 1995; recommend
got anything in the style of Amélie? => like Amélie 2001 (mood); recommend
same energy as Mad Max Fury Road => like Mad Max: Fury Road 2015 (mood); recommend
the atmosphere of Blade Runner but a comedy => like Blade Runner 1982 (mood); recommend
Please no more Titanic => not_tonight Titanic 1997; recommend
Forrest Gump is my comfort movie => loved Forrest Gump 1994; recommend
I thought Interstellar was way too long => disliked Interstellar 2014; recommend
Is there something like Get Out but less violent => like Get Out 2017; recommend
I enjoyed both Knives Out and Clue => liked Knives Out 2019; liked Clue 1985; recommend
my favourite of all time has to be Casablanca => loved Casablanca 1942; recommend
have u seen Oldboy => tell known Oldboy 2003
more like spirited away less like akira => like Spirited Away 2001; not_tonight Akira 1988; recommend
we want to rewatch Jurassic Park => interested Jurassic Park 1993; recommend
a fun version of Seven => like Seven 1995; recommend
gimme some more stuff like Tangled and Moana => like Tangled 2010 + Moana 2016; recommend
I need a good laugh => recommend
not in the mood for Inception => not_tonight Inception 2010; recommend
I'd like to watch Paddington => interested Paddington 2014; recommend
hey! i just watched past lives and cried so much, more like that please 😭 => seen Past Lives 2023; like Past Lives 2023; recommend
ok so I love Fargo and The Big Lebowski, what else? => loved Fargo 1996; loved The Big Lebowski 1998; recommend
we're big Pixar people: Coco, Up, Inside Out are all favourites => loved Coco 2017; loved Up 2009; loved Inside Out 2015; recommend
no Titanic please, I've seen it a hundred times => not_tonight Titanic 1997; seen Titanic 1997; recommend
Arrival but as a comedy => like Arrival 2016; recommend
The Godfather is great but too long for tonight => liked The Godfather 1972; recommend
what would I like if I loved Amélie? => like Amélie 2001; recommend
I liked Parasite, not so much Snowpiercer => liked Parasite 2019; disliked Snowpiercer 2013; recommend
my son is obsessed with Cars => liked Cars 2006; recommend
I have never watched The Godfather, should I? => tell any The Godfather 1972
is Heat better than Collateral? => tell any Heat 1995 Collateral 2004 by better
something between Her and Ex Machina => like Her 2013 + Ex Machina 2014; recommend
if you liked Whiplash what would you pick => like Whiplash 2014; recommend
Saw Dune, the new one, loved it => seen Dune: Part One 2021; loved Dune: Part One 2021; recommend
films with the charm of Amélie => like Amélie 2001 (mood); recommend
i want the story of The Martian with the mood of Lost in Translation => like The Martian 2015 (plot) + Lost in Translation 2003 (mood); recommend
I'm after a feel like Stand By Me => like Stand by Me 1986 (mood); recommend
fell asleep in the middle of Tenet lol => disliked Tenet 2020; recommend
can you find me a film about a heist that isn't Heat => not_tonight Heat 1995; recommend
I've watched all of Alien, Aliens, and Predator => seen Alien 1979; seen Aliens 1986; seen Predator 1987; recommend
""")

NOT_TITLES = (
    "cheer me up", "something big and loud", "I want it to be funny", "old films please",
    "a big budget film", "something for her and me", "heat wave tonight, need something cool",
    "wake me up", "find us a comedy", "we need a hero", "drive me crazy with suspense",
    "it has to be short", "nothing too old", "a room full of friends, what to watch",
    "my brave little girl is five", "signs of life would be nice", "once more with feeling",
    "something like my dad would enjoy", "I've seen everything", "life is hard right now",
    "my mother is coming over", "we split the bill, now a film", "good soul food for the mind",
    "taken aback by a twist", "I want to laugh", "speed is not important", "us two tonight",
    "a film about the moon", "it's cold, let's stay in and watch something", "some action",
)  # fmt: skip


@pytest.mark.parametrize(("message", "expected"), [*ATTITUDES, *MIXED])
def test_attitudes_are_read(starter: Catalogue, message: str, expected: list[str]) -> None:
    assert core(plan(starter, message)) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I loved:\n- Heat\n- Alien", ["loved Heat 1995", "loved Alien 1979", "recommend"]),
        ("Heat\nThe Matrix\nAlien", ["like Heat 1995 + The Matrix 1999 + Alien 1979", "recommend"]),
        ("seen:\r\n1. Up\r\n2. Jaws", ["seen Up 2009", "seen Jaws 1975", "recommend"]),
        ("Hated these\n* Up\n* Heat", ["disliked Up 2009", "disliked Heat 1995", "recommend"]),
    ],
)
def test_a_pasted_list_is_read_like_a_sentence(
    starter: Catalogue, message: str, expected: list[str]
) -> None:
    assert words(plan(starter, message)) == expected


@pytest.mark.parametrize(
    "text",
    ["give me 2. thanks", "1917 and 300", "something funny.\nNot too long.", "3. Up 7. Heat", "\n"],
)
def test_what_is_no_list_stays_as_it_is(text: str) -> None:
    assert one_line(text) == text


@given(st.text(alphabet="ab1.2)-*\n\r ,;:", max_size=60))
def test_a_list_keeps_its_places(text: str) -> None:
    assert len(one_line(text)) == len(text)


@pytest.mark.parametrize(("message", "expected"), ANCHORS)
def test_anchors_are_read(starter: Catalogue, message: str, expected: list[str]) -> None:
    assert core(plan(starter, message)) == expected


@pytest.mark.parametrize("message", NOT_TITLES)
def test_everyday_words_are_no_titles(starter: Catalogue, message: str) -> None:
    about = ("loved", "liked", "disliked", "seen", "interested", "not_tonight", "like ")
    assert not [word for word in words(plan(starter, message)) if word.startswith(about)]


def test_a_nudge_compares_with_the_film_it_was_said_of(starter: Catalogue) -> None:
    assert "more humour than Heat 1995" in words(plan(starter, "like Heat but funnier"))
    assert "less length than Heat 1995" in words(plan(starter, "like Heat but shorter"))
    assert "more scares than Jaws 1975" in words(plan(starter, "something scarier than Jaws"))


def test_origin_beside_an_anchor_becomes_a_limit(starter: Catalogue) -> None:
    assert "limit in Korean" in words(plan(starter, "a Korean Heat"))


def test_words_of_an_edit_are_the_users_own(starter: Catalogue) -> None:
    message = "Well, I LOVED Heat (1995)!"
    edit = plan(starter, message).edits[0]
    assert edit.words
    assert edit.words in message
