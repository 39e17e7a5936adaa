"""Names are asked for by threads while another one changes the items."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from moodreel.ingest.derived import Deriving, derived
from moodreel.ingest.item import Item
from moodreel.ingest.near_names import NearNames
from moodreel.ingest.people import PeopleIndex
from moodreel.ingest.title_complete import complete
from moodreel.ingest.titles import TitleIndex

STAYS = Item(
    id="stays", title="Harbour Lanterns", year=2001,
    directors=("Quentin Oakmoss",), cast=("Wilma Fernsby",),
)  # fmt: skip
ROUNDS = 150
# Seconds that a thread is given to do what it may not do yet.
WAIT = 0.2


def comes(number: int) -> Item:
    """One of two items that change their title and people from round to round."""
    return Item(
        id=f"comes-{number % 2}", title=f"Harbour Lanterns {2 + number % 7}: Winter Gale",
        year=2002 + number % 7, directors=("Quentin Oakmoss",), cast=(f"Ada Thornquist {number}",),
    )  # fmt: skip


class Shelf(Deriving):
    """Numbers whose total is made slowly: not before it is let go on, where that comes at all."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = [1, 2]
        self.begun, self.go_on = Event(), Event()
        self.made = 0

    def put(self, number: int) -> None:
        with self.changing():
            self.numbers.append(number)
            self.go_on.set()

    @derived
    def total(self) -> int:
        before = sum(self.numbers)
        self.made += 1
        self.begun.set()
        self.go_on.wait(WAIT)
        return before if sum(self.numbers) == before else -1


def test_nothing_changes_while_a_table_is_made_and_what_changes_then_is_seen() -> None:
    shelf = Shelf()
    with ThreadPoolExecutor(2) as pool:
        asked = pool.submit(lambda: shelf.total)
        shelf.begun.wait()
        put = pool.submit(shelf.put, 3)
        assert asked.result() == 3
        put.result()
    assert shelf.total == 6


def test_a_table_is_made_once_for_all_who_ask() -> None:
    shelf = Shelf()
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(lambda: shelf.total) for _ in range(4)]
        assert [each.result() for each in asked] == [3] * 4
    assert shelf.made == 1


def test_a_change_that_fails_midway_is_seen_as_far_as_it_came() -> None:
    shelf = Shelf()
    assert shelf.total == 3
    with pytest.raises(LookupError), shelf.changing():
        shelf.numbers.append(3)
        raise LookupError
    assert shelf.total == 6


def asked_midway(change: Callable[[Iterator[Item]], None], ask: Callable[[], object]) -> object:
    """What somebody is answered who asks when the first of two items is in."""
    answers: list[object] = []
    asking = Thread(target=lambda: answers.append(ask()))

    def items() -> Iterator[Item]:
        yield comes(0)
        asking.start()
        asking.join(WAIT)
        yield comes(1)

    change(items())
    asking.join()
    return answers[0]


def test_titles_are_never_of_half_a_change() -> None:
    titles = TitleIndex([STAYS])
    assert asked_midway(titles.upsert, lambda: titles.words.get("gale")) == {"comes-0", "comes-1"}


def test_people_are_never_of_half_a_change() -> None:
    people = PeopleIndex([STAYS])
    found = asked_midway(people.upsert, lambda: people.find_person("Quentin Oakmoss")[0].films)
    assert found == 3


def test_a_title_that_goes_while_it_is_looked_up_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    titles = TitleIndex([STAYS, comes(0)])
    assert [match.id for match in titles.fuzzy("Harbour Lanterms")] == ["stays", "comes-0"]
    near = NearNames.near

    def and_gone(self: NearNames, *asked: Any) -> list[tuple[str, int]]:
        found = near(self, *asked)
        titles.delete(["comes-0"])
        return found

    monkeypatch.setattr(NearNames, "near", and_gone)
    assert [match.id for match in titles.fuzzy("Harbour Lanterms")] == ["stays"]


def test_a_person_who_goes_while_looked_up_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    people = PeopleIndex([STAYS, comes(0)])
    assert people.find_person("Ada Thornqist 0")
    near = NearNames.near

    def and_gone(self: NearNames, *asked: Any) -> list[tuple[str, int]]:
        found = near(self, *asked)
        people.delete(["comes-0"])
        return found

    monkeypatch.setattr(NearNames, "near", and_gone)
    assert people.find_person("Ada Thornqist 0") == []


TITLES, PEOPLE = TitleIndex([STAYS]), PeopleIndex([STAYS])
LOOK_UPS: dict[str, Callable[[], bool]] = {
    "by name": lambda: TITLES.find("Harbour Lanterns")[0].id == "stays",
    "of a series": lambda: TITLES.find("Harbour Lanterns 3") is not None,
    "misspelt": lambda: TITLES.find("Harbor Lantrens")[0].id == "stays",
    "by words": lambda: TITLES.find("gale lanterns winter") is not None,
    "typed": lambda: "stays" in {match.id for match in complete(TITLES, "lanterns harb")},
    "in a text": lambda: len(TITLES.mentions("I saw Harbour Lanterns, then Winter Gale.")) >= 1,
    "all titles": lambda: "Harbour Lanterns" in TITLES.titles(),
    "a person": lambda: PEOPLE.find_person("Quentin Oakmoss")[0].director,
    "a surname": lambda: PEOPLE.find_person("Fernsby")[0].name == "Wilma Fernsby",
    "a person misspelt": lambda: PEOPLE.find_person("Qentin Oakmos")[0].films >= 1,
    "a given name": lambda: PEOPLE.find_person("Wilma")[0].score == 75,
    "people in a text": lambda: len(PEOPLE.person_mentions("By Oakmoss, with Fernsby.")) == 2,
}  # fmt: skip


@pytest.fixture
def _hasty_threads() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_hasty_threads")
def test_what_stays_is_found_while_other_items_come_and_go() -> None:
    start, over = Barrier(len(LOOK_UPS) + 1), Event()

    def look_up(asked: Callable[[], bool]) -> None:
        start.wait()
        assert asked()
        while not over.is_set():
            assert asked()

    with ThreadPoolExecutor(len(LOOK_UPS)) as pool:
        asking = [pool.submit(look_up, asked) for asked in LOOK_UPS.values()]
        start.wait()
        try:
            for number in range(ROUNDS):
                for index in (TITLES, PEOPLE):
                    index.upsert([comes(number), comes(number + 1)])
                    index.delete([f"comes-{number % 2}"])
        finally:
            over.set()
    for asked in asking:
        asked.result()
