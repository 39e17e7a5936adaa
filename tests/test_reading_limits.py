# ruff: noqa: E501
"""Limits read from messages: years, length, language, genre, people, age, content, subjects."""

from __future__ import annotations

import pytest
from moodreel.agent.profile import TasteProfile, apply

from .wishes import codes, edits, unread

YEARS = """
before 1970 | years -1969
made before 1955 | years -1954
pre-1940 | years -1939
something from the 90s | years 1990-1999
anything from the nineties | years 1990-1999
80s films | years 1980-1989
'70s cinema | years 1970-1979
a film from the 1960s | years 1960-1969
early 2000s | years 2000-2003
late eighties | years 1987-1989
60s or 70s | years 1960-1979
between 1950 and 1965 | years 1950-1965
from 1980 to 1989 | years 1980-1989
1972-1978 | years 1972-1978
after 2010 | years 2011-
made since 2015 | years 2015-
from 2018 onwards | years 2018-
2005 or later | years 2005-
nothing newer than 1985 | years -1985
nothing before 1990 | years 1990-
not from before 1980 | years 1980-
older than 2000 | years -1999
newer than 2012 | years 2013-
released in 1994 | years 1994-1994
around 1975 | years 1972-1978
recent | years 2020-
the last ten years | years 2016-
the past two decades | years 2006-
this decade | years 2020-
last year | years 2025-2025
21st century | years 2000-
since covid | years 2020-
not older than me, I'm 35 | years 1991-
nothing older than I am, im 28 | years 1998-
older than me, I was born in 1990 | years -1989
after 1980 but before 1995 | years 1981-1994
golden age of Hollywood | years 1930-1960
nothing too old | years 1986-
no old movies | years 1996-
in colour | subject -black and white; years 1967-
no black and white please | subject -black and white; years 1967-
old films | less newness
a classic film | less newness
nothing from the 90s | years - not 1990-1999
before 2000 but nothing from the 1980s | years -1999 not 1980-1989
late 80s early 90s | years 1987-1993
nothing too modern | less newness
he's 70 so nothing too modern | for people aged 70; less newness
from my childhood, I was born in 1985 | years 1988-1998
silent films | years -1936; plot silent film
"""
RUNTIME = """
switch my brain off for an hour and a half | mood +silly; runtime -101
I've been waiting for two hours |
2 hours to kill | runtime -120
something for my lunch break | runtime -70
a quick one | runtime -100
under two hours | runtime -119
less than an hour and a half | runtime -89
shorter than 95 minutes | runtime -94
about 90 minutes | runtime 79-101
around 2 hours | runtime 105-135
max 100 min | runtime -100
100 minutes tops | runtime -100
nothing over 2 hrs | runtime -120
no longer than 105 mins | runtime -105
at most 110 minutes | runtime -110
I only have 80 minutes | runtime -80
we've got an hour and a half | runtime -90
at least 3 hours | runtime 180-
over two and a half hours | runtime 151-
between 80 and 110 minutes | runtime 80-110
90-100 minutes | runtime 90-100
1h45 | runtime 92-118
2h max | runtime -120
something short | runtime -100
a long one | runtime 150-
not too long | runtime -125
nothing long | runtime -125
I don't have much time | runtime -125
a quick watch | runtime -100
a two-hour film | runtime 105-135
undr 2 hrs | runtime -119
worked 10 hours today |
it was a long drive |
"""
LANGUAGES = """
in French | lang any fr
a Korean film | lang any ko
something Japanese or Korean | lang any ja|ko
no subtitles | lang any en
in french would be cool | lang any fr
subtitles fine |
I can't read subtitles | lang any en
English only | lang any en
not in English | lang -en
foreign films | lang -en
world cinema | lang -en
non-English | lang -en
Bollywood | lang any hi
nothing French | lang -fr
a film from Japan | lang any ja
Scandinavian | lang any sv|da|no|fi|is
a British film | lang any en; text British film
anime | genre +Animation; lang any ja
no anime | lang -ja
I don't mind subtitles |
subtitles are fine |
french fries | plot french fries
an Italian drama | lang any it; genre +Drama
in a foreign language | lang -en
"""
GENRES = """
a western | genre +Western
sci-fi | genre +Science Fiction
sci fi comedies | genre +Science Fiction; genre +Comedy
horror or thriller | genre any Horror|Thriller
comedies and thrillers | genre any Comedy|Thriller
drama, mystery or crime | genre any Drama|Mystery|Crime
no animation | genre -Animation
not animated | genre -Animation
nothing animated please | genre -Animation
no cartoons | genre -Animation
live action only | genre -Animation
anything but westerns | genre -Western
I can't stand musicals | genre -Musical
musicals aren't my thing | genre -Musical
sick of horror | genre -Horror
no horror, no westerns | genre -Horror; genre -Western
neither horror nor war films | genre -Horror; genre -War
romcom | genre +Romance; genre +Comedy
a romantic comedy | genre +Romance; genre +Comedy
whodunnit | genre +Mystery; plot whodunit murder mystery
a documentary | genre +Documentary
film noir | genre +Film Noir
a comedy with some romance | genre +Comedy; like Romance
I love westerns | like Western
I'd love a western | genre +Western
horror is fine |
no romance | genre -Romance; romance<=1
comdey | genre +Comedy
a thriler | genre +Thriller
action comedy | genre +Action; genre +Comedy
not a musical, something else | genre -Musical
a war movie | genre +War
a sports film | genre +Sport
hold the romance | genre -Romance; romance<=1
a biopic | genre +Biography
fantasy adventure | genre +Fantasy; genre +Adventure
"""
PEOPLE = """
with Tilda Swinton | people +Tilda Swinton
a film with tom hanks | people +Tom Hanks
starring Cate Blanchett | people +Cate Blanchett
directed by Kurosawa | people +Akira Kurosawa directors
films by Wong Kar-wai | people +Wong Kar-Wai directors
a Hitchcock | people +Alfred Hitchcock directors
any hitchcock | people +Alfred Hitchcock directors
anything with denzel | people +Denzel Washington
keanu | people +Keanu Reeves
kurosawa or ozu | people any Akira Kurosawa|Yasujirō Ozu directors
none of us like will ferrell | people -Will Ferrell
almodovar ones i've all seen | people -Pedro Almodóvar
I've seen all the Nolan films | people -Christopher Nolan
any Miyazaki films? | people +Hayao Miyazaki directors
nothing by Michael Bay | people -Michael Bay
no Adam Sandler | people -Adam Sandler
Brad Pitt or George Clooney | people any Brad Pitt|George Clooney
i hate tom cruise | people -Tom Cruise
anything but Nicolas Cage | people -Nicolas Cage
something by Greta Gerwig | people +Greta Gerwig directors
with Meryl Streep in it | people +Meryl Streep
directed by Tarentino | people +Quentin Tarantino directors
"""
COMPANY = """
my kids are 6 and 9 | age 6; for young children aged 6 and their family
for a 4 year old | age 4; for young children aged 4 and their family
my 8-year-old loves dinosaurs | age 8; for children aged 8 and their family; plot dinosaurs
my daughter just turned 10 | age 10; for children aged 10 and their family
kids aged 7 to 11 | age 7; for children aged 7 and their family
with my kids | age 6; for children and their parents
family movie night | age 6; for the whole family together, children included
something for the whole family | age 6; for the whole family, children included
with my teenage son | age 13; for teenagers
kid-friendly | age 6; for the whole family, children included
PG-13 or below | rated G|PG|PG-13
nothing R-rated | rated G|PG|PG-13
rated R | rated R
PG at most | rated G|PG
the kids are asleep | for adults, once the children are asleep
no kids films | genre -Family; for not films made for young children
with my wife | for a couple watching together
alone tonight | for watching alone
just me tonight | for watching alone
just me and the wife | for a couple watching together
I'm 35 years old |
for my two-year-old | age 2; for young children aged 2 and their family
"""
CONTENT = """
no dog dies | spare animal harm
too squeamish for gore | spare gore
the dog must not die | spare animal harm
the cat mustn't get hurt | spare animal harm
where the dog doesn't die | spare animal harm
no dead animals | spare animal harm
no gore | spare gore
minus the gore | spare gore
I can't handle gore | spare gore
nothing with suicide | spare suicide
no sexual violence | spare sexual violence
no nudity | spare sex and nudity
no sex scenes please | spare sex and nudity
no swearing | spare strong language
no drugs | spare drug use
nothing with cancer | spare serious illness
no dead parents | spare parent death
trigger: child abuse | spare child harm; spare abuse; spare sexual violence
no torture | spare torture
no jump scares | scares<=2
no violence | violence<=1
no violence at all | violence<=0
not too violent | violence<=2
without the violence | violence<=1
nothing scary | scares<=1
not too scary | scares<=2
not that scary please | scares<=2
nothing scary or violent | scares<=1; violence<=1
neither gory nor scary | spare gore; scares<=1
gore is fine |
violence doesn't bother me |
"""
SUBJECTS = """
no zombies | subject -zombies
enough superheroes | subject -superheroes
sick of vampires and clowns | subject -vampires; subject -clowns
nothing about boxing | subject -boxing
I have a phobia of spiders | subject -spiders
no spoilers |
about chess | plot chess
a film about a lonely robot | plot lonely robot
set in Tokyo | plot set in tokyo
a heist | plot heist
time travel | plot time travel
a Christmas movie | plot Christmas
based on a true story | plot based on a true story
something with pirates | plot pirates
a movie about two sisters who run a bakery | plot two sisters who run a bakery
"""
TOGETHER = """
my dad loves war movies, i hate them | genre -War
with Tilda Swinton or by the Coen brothers | people any Tilda Swinton|Ethan Coen|Joel Coen
the Wachowskis | people any Lana Wachowski|Lilly Wachowski directors
something by hitchcock | people +Alfred Hitchcock directors
a war film without battle scenes | genre +War; violence<=2
spooky but no jump scares | mood +spooky; scares<=2
Christmas but not cheesy | plot Christmas; mood -campy
non violent thriller | violence<=1; genre +Thriller
those are all american. foreign please | lang -en
from Taiwan or Japan | lang any zh|ja
anything japanese that isn't anime | lang any ja; genre -Animation
a comedy for people who hate romcoms | genre +Comedy
no animation, but something funny | genre -Animation; mood +funny
a 90s thriller under two hours, no gore | years 1990-1999; genre +Thriller; runtime -119; spare gore
French comedy from the 60s, not too long | lang any fr; genre +Comedy; years 1960-1969; runtime -125
nothing animated, nothing over 100 minutes and no subtitles | genre -Animation; runtime -100; lang any en
a western with Clint Eastwood before 1975 | genre +Western; people +Clint Eastwood; years -1974
horror, but no jump scares and nothing newer than 1990 | genre +Horror; scares<=2; years -1990
sci-fi about artificial intelligence | genre +Science Fiction; plot artificial intelligence
for my 7 year old, no scary stuff | age 7; for children aged 7 and their family; scares<=1
"""


def _cases(table: str) -> list[tuple[str, set[str]]]:
    rows = [line.split("|", 1) for line in table.strip().splitlines()]
    return [
        (said.strip(), {c.strip() for c in read.split(";") if c.strip()}) for said, read in rows
    ]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        case
        for table in (
            YEARS,
            RUNTIME,
            LANGUAGES,
            GENRES,
            PEOPLE,
            COMPANY,
            CONTENT,
            SUBJECTS,
            TOGETHER,
        )
        for case in _cases(table)
    ],
)
def test_limits_are_read(said: str, read: set[str]) -> None:
    assert codes(said) == read


@pytest.mark.parametrize("table", [YEARS, RUNTIME, LANGUAGES, GENRES, PEOPLE, CONTENT, TOGETHER])
def test_evidence_is_verbatim(table: str) -> None:
    for said, _ in _cases(table):
        assert all(edit.words and edit.words in said for edit in edits(said)), said


def test_unknown_person_is_owned_up_to() -> None:
    assert unread("starring Zork Blatwick") == ["Zork Blatwick"]


def test_huge_messages_stay_small() -> None:
    long = "gibbering wordlets " * 10_000
    assert all(len(edit.words) <= 300 for edit in edits(long))


def test_empty_messages_mean_nothing() -> None:
    assert edits("") == [] == edits("   \n ") == edits("?!") == edits("\x00\x01")


GOES_ON = """
something from the nineties | or the 2000s | years 1990-2009
something from the 50s | and 80s | years 1950-1989 not 1960-1979
before 1990 | nothing from the 60s | years -1989 not 1960-1969
a western | or a thriller | genre any Western|Thriller
in French | or Italian | lang any fr|it
with Tom Hanks | or Meg Ryan | people any Tom Hanks|Meg Ryan
a western | a thriller | genre +Thriller
"""


@pytest.mark.parametrize(
    ("first", "then", "read"),
    [tuple(part.strip() for part in line.split(" | ")) for line in GOES_ON.strip().splitlines()],
)
def test_or_widens_what_was_asked_for(first: str, then: str, read: str) -> None:
    profile = apply(TasteProfile(), edits(first), 1)
    assert codes(then, profile) == {read}
