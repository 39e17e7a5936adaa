"""The names of titles and people are noted beside a catalogue, and are the same when read again."""

from __future__ import annotations

import hashlib
import json
import logging
import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest
from moodreel.agent.warming import warm
from moodreel.ingest import edge
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.edge_names import NAME, RULES
from moodreel.ingest.item import Item
from moodreel.ingest.memory import Memory, Names, names_of_all
from moodreel.ingest.people import PeopleIndex
from moodreel.ingest.people_register import KeptPeople
from moodreel.ingest.starter.films import starter_items
from moodreel.ingest.stored import StoredCatalogue
from moodreel.ingest.title_register import KeptTitles
from moodreel.ingest.titles import TitleIndex

from .doubles import HashEmbedder

FILMS = sorted(starter_items(), key=lambda film: film.id)
FEW = FILMS[:40]
# Seconds that a thread is given at most.
WAIT = 10
ADDED = Item(
    id="added", title="Harbour Lanterns: Winter Gale", year=2001, directors=("Quentin Oakmoss",)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed catalogue whose names nobody has looked for yet."""
    made = EdgeCatalogue.create(tmp_path / "catalogue", HashEmbedder())
    made.upsert(FEW)
    made.close()
    return tmp_path / "catalogue"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many items each making of the names knew."""
    counted: list[int] = []
    make = StoredCatalogue._names

    def _names(self: EdgeCatalogue, memory: Memory) -> Names:
        counted.append(len(memory))
        return make(self, memory)

    monkeypatch.setattr(StoredCatalogue, "_names", _names)
    return counted


def opened(folder: Path) -> EdgeCatalogue:
    return EdgeCatalogue.open(folder, HashEmbedder())


def ask(folder: Path, title: str) -> list[str]:
    """The items of that title, by a catalogue that is opened for it."""
    catalogue = opened(folder)
    found = [match.id for match in catalogue.find(title)]
    catalogue.close()
    return found


def misspelt(name: str, dice: random.Random) -> str:
    """A name with two letters in each other's place, or one left out."""
    place = dice.randrange(len(name))
    swapped = name[place + 1 : place + 2] + name[place]
    return name[:place] + dice.choice((swapped, "")) + name[place + 2 :]


@pytest.fixture(scope="module")
def both() -> tuple[Names, Names]:
    """The names of the starter films, and the same read from what is noted of them."""
    built = names_of_all(FILMS)
    titles = KeptTitles.model_validate_json(built[0].kept().model_dump_json())
    people = KeptPeople.model_validate_json(built[1].kept().model_dump_json())
    return built, (TitleIndex.restored(titles), PeopleIndex.restored(people))


def test_titles_read_again_are_found_as_before(both: tuple[Names, Names]) -> None:
    (built, _), (read, _) = both
    dice = random.Random(1)  # noqa: S311 (which letters are wrong)
    for film in FILMS:
        wrong = misspelt(film.title, dice)
        for asked in (film.title, *film.alternative_titles, wrong):
            assert read.find(asked) == built.find(asked)
        said = f"I loved {film.title} ({film.year}), and {wrong.lower()} too."
        assert read.mentions(said) == built.mentions(said)
    assert read.titles() == built.titles()
    assert read.words == built.words
    assert [*read.spellings.items()] == [*built.spellings.items()]


def test_people_read_again_are_found_as_before(both: tuple[Names, Names]) -> None:
    (_, built), (_, read) = both
    dice = random.Random(2)  # noqa: S311 (which letters are wrong)
    people = sorted({name for film in FILMS for name in (*film.directors, *film.cast)})
    for name in people:
        for asked in (name, name.split()[-1], name.split()[0], f"the {name.split()[-1]}s"):
            assert read.find_person(asked) == built.find_person(asked)
        said = f"something with {name}, or by {name.split()[-1]}"
        assert read.person_mentions(said) == built.person_mentions(said)
    for name in dice.sample(people, 400):
        wrong = misspelt(name, dice)
        assert read.find_person(wrong) == built.find_person(wrong)


def test_names_read_again_take_in_what_is_added_and_let_go_what_is_deleted(
    both: tuple[Names, Names],
) -> None:
    (titles, people), _ = both
    read = TitleIndex.restored(titles.kept()), PeopleIndex.restored(people.kept())
    for index in read:
        index.upsert([ADDED])
        index.delete([FILMS[0].id])
    assert [match.id for match in read[0].find("Harbour Lanterns")] == ["added"]
    assert [match.name for match in read[1].find_person("Oakmoss")] == ["Quentin Oakmoss"]
    assert FILMS[0].id not in {match.id for match in read[0].find(FILMS[0].title)}
    assert FILMS[0].id in {match.id for match in titles.find(FILMS[0].title)}
    assert not people.find_person("Oakmoss")


def test_the_next_opening_makes_no_names(folder: Path, made: list[int]) -> None:
    assert ask(folder, FEW[0].title) == [FEW[0].id]
    assert ask(folder, FEW[1].title) == [FEW[1].id]
    assert made == [len(FEW)]


def test_what_was_written_while_the_names_were_known_is_noted_too(
    folder: Path, made: list[int]
) -> None:
    catalogue = opened(folder)
    assert catalogue.find(FEW[0].title)
    catalogue.upsert([ADDED])
    catalogue.delete([FEW[0].id])
    catalogue.close()
    assert ask(folder, "Harbour Lanterns") == ["added"]
    assert FEW[0].id not in ask(folder, FEW[0].title)
    assert made == [len(FEW)]


def test_names_noted_before_a_write_are_made_anew(folder: Path, made: list[int]) -> None:
    assert not ask(folder, "Harbour Lanterns")
    catalogue = opened(folder)
    catalogue.upsert([ADDED])
    catalogue.close()
    assert ask(folder, "Harbour Lanterns") == ["added"]
    assert made == [len(FEW), len(FEW) + 1]


def cut_short(noted: Path) -> None:
    noted.write_bytes(noted.read_bytes()[:-100])


def of_other_rules(noted: Path) -> None:
    told = json.loads(noted.read_text(encoding="utf-8"))
    noted.write_text(json.dumps({**told, "rules": RULES - 1}), encoding="utf-8")


def of_other_types(noted: Path) -> None:
    told = json.loads(noted.read_text(encoding="utf-8"))
    told["titles"]["items"][0][1] = ["no title"]
    noted.write_text(json.dumps(told), encoding="utf-8")


def of_no_utf8(noted: Path) -> None:
    noted.write_bytes(b"\xff" + noted.read_bytes())


@pytest.mark.parametrize(
    "damage",
    [Path.unlink, cut_short, of_other_rules, of_other_types, of_no_utf8],
)
def test_notes_that_are_damaged_or_older_are_made_anew(
    folder: Path, made: list[int], damage: Callable[[Path], None]
) -> None:
    ask(folder, FEW[0].title)
    damage(folder / NAME)
    assert ask(folder, FEW[0].title) == [FEW[0].id]
    assert ask(folder, FEW[0].title) == [FEW[0].id]
    assert made == [len(FEW), len(FEW)]


def test_a_disk_that_refuses_the_notes_says_so_and_no_more(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / f"{NAME}.new").mkdir()
    assert ask(folder, FEW[0].title) == [FEW[0].id]
    assert "the next opening reads every item" in caplog.text
    assert not (folder / NAME).exists()


def test_a_catalogue_that_is_removed_takes_its_names_along(folder: Path) -> None:
    ask(folder, FEW[0].title)
    assert (folder / NAME).exists()
    EdgeCatalogue.remove(folder)
    assert not folder.exists()


def test_names_are_ready_before_the_first_turn(
    folder: Path, made: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, edge.__name__)
    catalogue = opened(folder)
    warm(catalogue).join()
    assert made == [len(FEW)]
    assert "the names of 40 items are read" in caplog.text
    assert catalogue.find(FEW[0].title)
    assert made == [len(FEW)]
    catalogue.close()


@dataclass
class Slow:
    """Items that are read one by one: after the first one not before it is let go on."""

    begun: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    read: int = 0


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    slow, read = Slow(), EdgeCatalogue._items

    def slowly(self: EdgeCatalogue, memory: Memory) -> Iterator[Item]:
        for item in read(self, memory):
            slow.read += 1
            slow.begun.set()
            yield item
            slow.go_on.wait(WAIT)

    monkeypatch.setattr(EdgeCatalogue, "_items", slowly)
    return slow


def test_who_asks_while_names_are_read_waits_for_them(folder: Path, slow: Slow) -> None:
    catalogue = opened(folder)
    warming = warm(catalogue)
    assert slow.begun.wait(WAIT)
    found: list[str] = []
    turn = Thread(target=lambda: found.extend(m.id for m in catalogue.find(FEW[-1].title)))
    turn.start()
    slow.go_on.set()
    for thread in (warming, turn):
        thread.join(WAIT)
    assert found == [FEW[-1].id]
    assert slow.read == len(FEW)
    catalogue.close()


def test_closing_ends_the_reading_of_names(folder: Path, slow: Slow) -> None:
    catalogue = opened(folder)
    warming = warm(catalogue)
    assert slow.begun.wait(WAIT)
    closing = Thread(target=catalogue.close)
    closing.start()
    assert catalogue._closing.wait(WAIT)
    slow.go_on.set()
    for thread in (warming, closing):
        thread.join(WAIT)
    assert slow.read < len(FEW)
    assert not (folder / NAME).exists()
    assert ask(folder, FEW[-1].title) == [FEW[-1].id]


TRICKY = (
    "The Lord of the Rings: The Fellowship of the Ring", "Matrix, The", "Kill Bill: Vol. 2",
    "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", "Se7en", "WALL·E",
    "Harry Potter and the Deathly Hallows – Part 2", "Star Wars: Episode IV - A New Hope",
    "Amélie", "8½", "Spider-Man: Across the Spider-Verse", "Crouching Tiger, Hidden Dragon",
    "Birdman or (The Unexpected Virtue of Ignorance)", "Eternal Sunshine of the Spotless Mind",
    "Kramer vs. Kramer", "Mission: Impossible", "It", "M", "Ocean's Eleven", "Ôdishon",
    "Pirates of the Caribbean: The Curse of the Black Pearl", "千と千尋の神隠し", "Saw V",
)  # fmt: skip
CAST = (
    "Guillermo del Toro", "Robert Downey Jr.", "J.K. Simmons", "Joel Coen", "Ethan Coen",
    "Helena Bonham Carter", "Céline Sciamma", "Max von Sydow", "Cher", "Lupita Nyong'o",
)  # fmt: skip


def test_names_that_are_made_in_another_way_have_other_rules() -> None:
    items = [
        Item(id=f"{place:02}", title=title, year=2000, directors=CAST[3:5], cast=CAST)
        for place, title in enumerate(TRICKY)
    ]
    titles, people = names_of_all(items)
    names = json.dumps(titles.kept().model_dump(include={"items"}), ensure_ascii=False)
    known = people.kept().model_dump(include={"people", "full", "given", "spellings"})
    told = f"{names} {json.dumps(known, ensure_ascii=False, sort_keys=True)}"
    digest = hashlib.sha256(told.encode()).hexdigest()[:16]
    assert (RULES, digest) == (1, "282aeeae7101b77f"), (
        "raise RULES in ingest/edge_names.py, and note the digest"
    )
