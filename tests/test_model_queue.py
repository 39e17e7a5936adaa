"""A model that answers few at once: everybody gets a turn, and who waits hears where they stand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.engines.base import Content, RankPart, RankTask, Turn
from moodreel.agent.engines.builtin import BuiltinEngine
from moodreel.agent.engines.ledger import Ledger
from moodreel.agent.model_queue import CROWDED, Crowded, ModelQueue, in_line
from moodreel.agent.plan import TurnPlan
from moodreel.agent.settings import load_settings
from moodreel.ingest.catalogue import Catalogue
from moodreel.tools.descriptors import Descriptors

LONG = 60.0


@dataclass
class Counter:
    """Goes into a queue and notes in which order people were let in."""

    queue: ModelQueue
    order: list[str] = field(default_factory=list)
    inside: int = 0
    most: int = 0
    places: dict[str, list[int]] = field(default_factory=dict)

    async def call(self, name: str) -> None:
        """A call of the person whose letter the name begins with."""
        told = self.places.setdefault(name, []).append
        async with self.queue.place(name[0], LONG, told):
            self.order.append(name)
            self.inside += 1
            self.most = max(self.most, self.inside)
            await asyncio.sleep(0)
            self.inside -= 1


async def test_people_take_turns_however_much_they_ask() -> None:
    counter = Counter(ModelQueue(1))
    names = ["a1", "a2", "a3", "a4", "b1", "c1", "b2"]
    await asyncio.gather(*(counter.call(name) for name in names))
    assert counter.order == ["a1", "a2", "b1", "c1", "a3", "b2", "a4"]
    assert counter.most == 1


async def test_everybody_hears_how_far_they_are() -> None:
    counter = Counter(ModelQueue(1))
    await asyncio.gather(*(counter.call(name) for name in ("a1", "a2", "a3", "b1")))
    assert counter.places == {"a1": [], "a2": [1], "a3": [2, 3, 2, 1], "b1": [2, 1]}


@given(st.integers(1, 4), st.lists(st.sampled_from("abcde"), max_size=30))
def test_all_are_let_in_and_never_too_many(most: int, people: list[str]) -> None:
    counter = Counter(ModelQueue(most))

    async def crowd() -> None:
        names = [f"{person}{number}" for number, person in enumerate(people)]
        await asyncio.gather(*(counter.call(name) for name in names))
        assert sorted(counter.order) == sorted(names)

    asyncio.run(crowd())
    assert counter.most == min(most, len(people))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 12)), max_size=20))
def test_who_gives_up_costs_nobody_a_place(cancelled: list[tuple[int, int]]) -> None:
    """People may leave at any moment, waiting or served; afterwards all places are free."""
    counter = Counter(ModelQueue(2))

    async def crowd() -> None:
        calls = [asyncio.create_task(counter.call(f"{'abc'[n % 3]}{n}")) for n in range(7)]
        for number, ticks in cancelled:
            for _ in range(ticks):
                await asyncio.sleep(0)
            calls[number].cancel()
        async with asyncio.timeout(20):
            await asyncio.gather(*calls, return_exceptions=True)
        await asyncio.gather(*(counter.call(f"z{n}") for n in range(3)))

    asyncio.run(crowd())
    assert [name for name in counter.order if name[0] == "z"] == ["z0", "z1", "z2"]


async def test_a_line_too_long_for_the_time_is_left() -> None:
    queue = ModelQueue(1)
    async with queue.place("a", LONG, lambda place: None):
        with pytest.raises(Crowded):
            async with queue.place("b", 0.01, lambda place: None):
                pytest.fail("nobody left")
    async with asyncio.timeout(20), queue.place("b", LONG, lambda place: None):
        pass


@pytest.mark.parametrize(
    ("place", "says"),
    [(1, "first"), (3, "third"), (10, "tenth"), (11, "11th"), (13, "13th"), (21, "21st"),
     (22, "22nd"), (103, "103rd"), (112, "112th")],
)  # fmt: skip
def test_a_place_in_words(place: int, says: str) -> None:
    assert in_line(place) == f"You are {says} in line."


class Gated:
    """The builtin engine as if it were a model: its plans are made only when the gate is open."""

    name = "gated"

    def __init__(self, catalogue: Catalogue) -> None:
        self._engine = BuiltinEngine(catalogue)
        self.gate = asyncio.Event()
        self.asked: list[str] = []

    async def plan(self, turn: Turn, ledger: Ledger) -> TurnPlan:
        """Note the message, and wait."""
        self.asked.append(turn.message)
        await self.gate.wait()
        return await self._engine.plan(turn, ledger)

    def rank(self, task: RankTask, ledger: Ledger) -> AsyncGenerator[RankPart]:
        """As the builtin engine does."""
        return self._engine.rank(task, ledger)

    async def describe(self, content: Content, ledger: Ledger) -> Descriptors:
        """As the builtin engine does."""
        return await self._engine.describe(content, ledger)


async def test_who_waits_for_the_model_is_told(starter: Catalogue) -> None:
    engine = Gated(starter)
    settings = load_settings(model_calls=1)
    agent = MovieAgent(settings, starter, MemoryConversations(), engine)
    told: dict[str, list[str]] = {}

    async def talk(name: str) -> None:
        async for event in agent.stream("something funny", name):
            told.setdefault(name, []).append(event.waiting or event.event)

    talks = [asyncio.create_task(talk(name)) for name in ("one", "two", "three", "four")]
    async with asyncio.timeout(60):
        while len(told) < 3:  # noqa: ASYNC110 - the streams tell of it
            await asyncio.sleep(0.01)
    assert engine.asked == ["something funny"]
    assert sorted(each[0] for each in told.values()) == [
        "You are first in line.",
        "You are second in line.",
        "You are third in line.",
    ]
    engine.gate.set()
    await asyncio.gather(*talks)
    assert len(engine.asked) == 4
    assert all(each[-1] == "reply" for each in told.values())


async def test_a_crowd_that_waits_too_long_gets_the_builtin_engine(starter: Catalogue) -> None:
    engine = Gated(starter)
    settings = load_settings(model_calls=1, plan_seconds=0.05)
    agent = MovieAgent(settings, starter, MemoryConversations(), engine)
    replies = await asyncio.gather(
        *(agent.send("something funny", str(number)) for number in range(3))
    )
    notices = [reply.notices for reply in replies]
    assert all(notices)
    assert any(CROWDED in each for each in notices)
    assert all(reply.picks for reply in replies)
