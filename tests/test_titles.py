"""Finding films and people by what others call them."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from moodreel.ingest.item import Item
from moodreel.ingest.names import words_of
from moodreel.ingest.people import PeopleIndex
from moodreel.ingest.title_match import meant
from moodreel.ingest.titles import Mention, TitleIndex

from .films import FILMS
from .measure_titles import many_items

TITLES = TitleIndex(FILMS)
PEOPLE = PeopleIndex(FILMS)


SUMMER = "Summer of Soul (...Or, When the Revolution Could Not Be Televised) (2021)"


def found(name: str, year: int | None = None) -> list[str]:
    """Labels of the items that a name means: one, or a choice."""
    return [f"{m.title} ({m.year})" for m in meant(TITLES.find(name, year))]


# --- by name ----------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(film=st.sampled_from(FILMS))
def test_every_film_is_found_by_title_and_year(film: Item) -> None:
    best = TITLES.find(film.title, film.year)[0]
    assert best.exact
    assert best.score == 100
    assert film.id in {match.id for match in meant(TITLES.find(film.title, film.year))}
    assert film.id in {match.id for match in TITLES.find(film.title.lower())}
    assert TITLES.find(film.label)[0].id == film.id


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Matrix, The", "The Matrix (1999)"),
        ("matrix", "The Matrix (1999)"),
        ("amelie", "Amélie (2001)"),
        ("wall e", "WALL·E (2008)"),
        ("Wall-E", "WALL·E (2008)"),
        ("spiderman", "Spider-Man (2002)"),
        ("Rocky 2", "Rocky II (1979)"),
        ("rocky ii", "Rocky II (1979)"),
        ("Toy Story Three", "Toy Story 3 (2010)"),
        ("godfather 2", "The Godfather Part II (1974)"),
        ("kill bill 2", "Kill Bill: Vol. 2 (2004)"),
        ("12 angry men", "12 Angry Men (1957)"),
        ("twelve angry men", "12 Angry Men (1957)"),
        ("7 samurai", "Seven Samurai (1954)"),
        ("mr and mrs smith", "Mr. & Mrs. Smith (2005)"),
        ("alien 3", "Alien³ (1992)"),
        ("8 1/2", "8½ (1963)"),
        ("batman vs superman", "Batman v Superman: Dawn of Justice (2016)"),
        ("Empire Strikes Back", "Star Wars: Episode V - The Empire Strikes Back (1980)"),
        ("star wars empire strikes back", "Star Wars: Episode V - The Empire Strikes Back (1980)"),
        ("fellowship of the ring", "The Lord of the Rings: The Fellowship of the Ring (2001)"),
        ("a new hope", "Star Wars: Episode IV - A New Hope (1977)"),
        ("summer of soul", SUMMER),
        ("birdman", "Birdman or (The Unexpected Virtue of Ignorance) (2014)"),
        ("eternal sunshine", "Eternal Sunshine of the Spotless Mind (2004)"),
        ("dune 1984", "Dune (1984)"),
        ("Dune (2021)", "Dune: Part One (2021)"),
        ("dune 2020", "Dune: Part One (2021)"),
        ("shawshenk redemtion", "The Shawshank Redemption (1994)"),
        ("pulp ficton", "Pulp Fiction (1994)"),
        ("godfater", "The Godfather (1972)"),
        ("inglorious bastards", "Inglourious Basterds (2009)"),
        ("good will haunting", "Good Will Hunting (1997)"),
        ("shawshank", "The Shawshank Redemption (1994)"),
        ("silence of lambs", "The Silence of the Lambs (1991)"),
        ("harry potter 3", "Harry Potter and the Prisoner of Azkaban (2004)"),
        ("2001", "2001: A Space Odyssey (1968)"),
    ],
)  # fmt: skip
def test_names_people_use(name: str, label: str) -> None:
    assert found(name) == [label]


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("dune", {"Dune (1984)", "Dune: Part One (2021)"}),
        ("lion king", {"The Lion King (1994)", "The Lion King (2019)"}),
        (
            "lord of the rings",
            {
                "The Lord of the Rings: The Fellowship of the Ring (2001)",
                "The Lord of the Rings: The Two Towers (2002)",
                "The Lord of the Rings: The Return of the King (2003)",
            },
        ),
    ],
)
def test_what_is_ambiguous_is_a_choice(name: str, labels: set[str]) -> None:
    assert set(found(name)) == labels


def test_initials_name_a_series() -> None:
    assert set(found("LOTR")) == set(found("lord of the rings"))


@pytest.mark.parametrize(
    "name",
    ["Heart", "Hear", "Itt", "Hup", "Ups", "zorblax 9", "", "!!", "the", "Upp", "Hers", "Ust"],
)
def test_short_names_are_never_misspelt_ones(name: str) -> None:
    assert [match for match in TITLES.find(name) if match.score > 70] == []
    assert TITLES.fuzzy(name) == []


def test_a_number_is_not_a_slip() -> None:
    assert "Zombieland" not in {match.title for match in TITLES.fuzzy("zombieland 7")}
    assert TITLES.find("Paddington 3") == []


def test_the_wrong_year_makes_a_match_doubtful() -> None:
    near, far = TITLES.find("Heat", 1996)[0], TITLES.find("Heat", 1950)[0]
    assert near.exact
    assert near.score == 95
    assert not far.exact
    assert far.score == 75


def test_an_article_that_the_title_lacks_makes_a_plain_word_doubtful() -> None:
    assert not TITLES.find("The Room")[0].exact
    assert TITLES.find("the joker")[0].exact


def _long_without_numbers(title: str) -> bool:
    """A misspelt number ("ive") is another word, not a slip."""
    words = words_of(title)
    return len(title.replace(" ", "")) >= 13 and not any(word.later.isdigit() for word in words)


@settings(max_examples=150, deadline=None)
@given(
    film=st.sampled_from([f for f in FILMS if _long_without_numbers(f.title)]),
    place=st.integers(1, 100),
    letter=st.sampled_from(string.ascii_lowercase),
    kind=st.sampled_from(["drop", "double", "swap", "replace"]),
)
def test_long_titles_survive_one_slip(film: Item, place: int, letter: str, kind: str) -> None:
    title = film.title.lower()
    at = place % (len(title) - 1)
    word = title[title.rfind(" ", 0, at) + 1 :].split()[0] if title[at] != " " else ""
    if not (len(word) > 3 and title[at].isalpha() and title[at + 1].isalpha()):
        return
    changed = {
        "drop": title[:at] + title[at + 1 :],
        "double": title[: at + 1] + title[at:],
        "swap": title[:at] + title[at + 1] + title[at] + title[at + 2 :],
        "replace": title[:at] + letter + title[at + 1 :],
    }[kind]
    assume(not TITLES.exactly(changed))  # "The Intouchables" is one slip from another film.
    assert film.id in {match.id for match in TITLES.find(changed)}, changed


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("one upon a time in the west", ["Once Upon a Time in the West"]),
        ("ten musketeers", []),
        ("guardians of the galaxy ten", []),
        ("ocean's seven", []),
        ("ocean's elevn", ["Ocean's Eleven"]),
    ],
)
def test_a_slip_that_makes_a_number_is_one_and_another_number_is_another_film(
    said: str, titles: list[str]
) -> None:
    assert [match.title for match in TITLES.find(said)] == titles


def test_alternative_titles_and_changes_are_followed() -> None:
    index = TitleIndex(
        [Item(id="a", title="Seven", alternative_titles=("Se7en", "Los siete pecados"))]
    )
    assert [match.id for match in index.find("se7en")] == ["a"]
    assert index.find("los siete pecados")[0].title == "Seven"
    index.upsert([Item(id="a", title="Eight"), Item(id="b", title="Interstellar")])
    assert index.find("se7en") == []
    assert index.find("8")[0].id == "a"
    assert index.find("intersteler")[0].id == "b"
    index.delete(["b", "nobody"])
    assert index.find("interstellar") == []
    assert TitleIndex().find("anything") == []
    assert TitleIndex().mentions("anything") == []


# --- in free text -----------------------------------------------------------------------------


def mentioned(text: str) -> list[Mention]:
    return TITLES.mentions(text)


def strong(text: str) -> list[str]:
    """What counts wherever it stands, without a slot for titles around it."""
    return [
        m.text for m in mentioned(text) if m.quoted or m.capitalised or (m.whole and not m.common)
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("i loved the dark knight and pulp fiction", ["the dark knight", "pulp fiction"]),
        ("have you seen 'Her'?", ["Her"]),
        ("something like *Moon* please", ["Moon"]),
        ("we watched Up last night", ["Up"]),
        ("I loved Heat", ["Heat"]),
        ("it's up to you, tell her about us", []),
        ("the one with the talking bear", []),
        ("we drive in the heat of the night with the old crash test", []),
        ("In a room. It was big", []),
        ("Blade Runner 2049 over Blade Runner", ["Blade Runner 2049", "Blade Runner"]),
        ("Paddington 2's humour", ["Paddington 2"]),
        ("I saw the Joker twice", ["Joker"]),
        ("I like The Room", []),
        ("zombieland 7 was fun", []),
        ("watched Moana 3 times", ["Moana"]),
        ("it follows this boy through school", []),
        ("i want something lighter", []),
    ],
)
def test_what_counts_as_a_title(text: str, names: list[str]) -> None:
    assert strong(text) == names


def test_common_words_are_offered_for_slots() -> None:
    heat, drive = mentioned("i loved heat and drive")
    assert (heat.common, heat.capitalised, heat.quoted) == (True, False, False)
    assert [match.title for match in drive.matches] == ["Drive"]


def test_years_belong_to_the_title_beside_them() -> None:
    new, old = mentioned("I want Dune (2021), not the 1984 Dune")
    assert (new.text, new.year, [m.year for m in new.matches]) == ("Dune", 2021, [2021])
    assert (old.text, old.year, [m.year for m in old.matches]) == ("Dune", 1984, [1984])
    (plain,) = mentioned("Casablanca from 1942")
    assert plain.year == 1942


@settings(max_examples=150, deadline=None)
@given(film=st.sampled_from(FILMS), before=st.sampled_from(["I loved ", 'what about "', "“", ""]))
def test_a_title_in_a_text_is_found_in_its_place(film: Item, before: str) -> None:
    text = f"{before}{film.title}"
    start = len(before)
    there = [m for m in mentioned(text) if m.start < len(text) and m.end > start]
    assert film.id in {match.id for m in there for match in m.matches}
    for mention in mentioned(text):
        assert text[mention.start : mention.end] == mention.text


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_is_survived(text: str) -> None:
    ends = 0
    for mention in mentioned(text):
        assert ends <= mention.start < mention.end <= len(text)
        ends = mention.end
    TITLES.find(text)
    PEOPLE.person_mentions(text)
    PEOPLE.find_person(text)


# --- people -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("tilda swinton", ["Tilda Swinton"]),
        ("Kurosawa", ["Akira Kurosawa"]),
        ("Tarentino", ["Quentin Tarantino"]),
        ("scorcese", ["Martin Scorsese"]),
        ("robert downey", ["Robert Downey Jr."]),
        ("samuel jackson", ["Samuel L. Jackson"]),
        ("Day-Lewis", ["Daniel Day-Lewis"]),
        ("the Coens", ["Ethan Coen", "Joel Coen"]),
        ("coen brothers", ["Ethan Coen", "Joel Coen"]),
        ("the Wachowskis", ["Lana Wachowski", "Lilly Wachowski"]),
        ("bong joon-ho", ["Bong Joon Ho"]),
        ("Keanu", ["Keanu Reeves"]),
        ("heat", []),
        ("the rock", []),
        ("", []),
    ],
)
def test_people_by_what_others_call_them(name: str, people: list[str]) -> None:
    assert [match.name for match in PEOPLE.find_person(name)] == people


def test_a_shared_surname_gives_everybody_the_busiest_first() -> None:
    found = PEOPLE.find_person("Anderson")
    assert {"Wes Anderson", "Paul Thomas Anderson"} <= {match.name for match in found}
    assert [match.films for match in found] == sorted((m.films for m in found), reverse=True)
    assert all(match.director and match.score == 90 for match in found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("anything with Tilda Swinton", [["Tilda Swinton"]]),
        ("a kurosawa film", [["Akira Kurosawa"]]),
        ("nothing by Michael Bay or zack snyder", [["Michael Bay"], ["Zack Snyder"]]),
        ("the Coens' best", [["Ethan Coen", "Joel Coen"]]),
        ("Scorsese's early work", [["Martin Scorsese"]]),
        ("a stone cold young fox in the hill", []),
        ("Stone was good", []),
    ],
)
def test_people_in_free_text(text: str, names: list[list[str]]) -> None:
    mentions = PEOPLE.person_mentions(text)
    assert [[match.name for match in m.matches] for m in mentions] == names
    assert all(text[m.start : m.end] == m.text for m in mentions)


def test_people_follow_changes() -> None:
    index = PeopleIndex([Item(id="a", title="A", directors=("Ann Example",))])
    assert index.find_person("example")[0].director
    index.upsert([Item(id="a", title="A", cast=("Bob Example", "Ann Example"))])
    assert [match.director for match in index.find_person("Example")] == [False, False]
    index.delete(["a"])
    assert index.find_person("Ann Example") == []


# --- size -------------------------------------------------------------------------------------


def test_large_catalogues_and_long_texts_are_managed() -> None:
    index = TitleIndex(many_items(30_000))
    label = many_items(78)[77].title
    assert any(match.title == label and match.exact for match in index.find(label))
    assert all(not match.exact for match in index.find("a tittle that nobodi has"))
    text = " ".join(film.plot_essence for film in FILMS)[:200_000]
    assert all(text[m.start : m.end] == m.text for m in TITLES.mentions(text))
