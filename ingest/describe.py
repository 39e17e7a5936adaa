"""Having a model describe the items of a catalogue, so that a kill loses what is in flight only."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from ..errors import EngineError
from .catalogue import Catalogue
from .item import Item
from .ledger import Entry, Ledger
from .merge import MODEL, Derived
from .parts import parts_of, whole_of
from .waiting import Pace, Reading, reading_of

BATCH = 16
"""Items that are embedded and stored together; each is durable before."""
IN_A_ROW = 5
"""So many failures of the server one after the other are its own, and not the items'."""
_ENOUGH = 3
_FIELDS = ("mood", "target_audience", "mood_tags", "tags", "archetypes", "axes", "genres")


@dataclass(frozen=True)
class Answer:
    """What came of asking a model to describe one text.

    ``values`` are descriptors by the fields of `Item` with their ``provenance``; None where it
    failed, for a ``reason`` of which ``server`` says whether it lies with the server.
    ``read`` and ``written`` are tokens of all tries; ``notices`` are for a person.
    """

    values: Derived | None
    reason: str = ""
    server: bool = False
    read: int = 0
    written: int = 0
    notices: tuple[str, ...] = ()


Ask = Callable[[str], Awaitable[Answer]]
"""Asks a model about one text.

Raises:
    EngineError: nobody answers at all, so that there is no use in asking on.
"""
Watch = Callable[[int, int], None]
"""Called with items done, and how many there are."""


@dataclass
class DescribeReport:
    """What came of describing: counts of items, tokens, and seconds by the clock."""

    described: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    read: int = 0
    written: int = 0
    seconds: float = 0.0
    notices: dict[str, None] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """Items that are through, well or not."""
        return self.described + sum(self.failed.values())

    @property
    def pace(self) -> Pace | None:
        """What an item took; None after too few to tell."""
        if self.done < _ENOUGH or not self.described:
            return None
        return Pace(self.seconds / self.done, self.written / self.done)


class Describing:
    """One run of a model over items of a catalogue.

    What a model wrote is a record of the item like those of sources: noted in the ledger first,
    then merged and stored. So a kill loses what the model is being asked, and no later merge,
    split or newer export loses what it wrote.
    """

    def __init__(self, catalogue: Catalogue, ledger: Ledger, model: str, ask: Ask) -> None:
        self.report = DescribeReport()
        self._catalogue = catalogue
        self._ledger = ledger
        self._model = model
        self._ask = ask
        self._in_a_row: list[str] = []
        self._fresh: list[Item] = []

    async def run(self, names: Sequence[str], jobs: int, watch: Watch | None = None) -> None:
        """Describe items, so many at a time; may be called again for more.

        Raises:
            EngineError: the model can't be had; what was described before stays.
            StorageError, EmbedderSilent: likewise.
        """
        settle(self._catalogue, self._ledger)
        started, before, done = perf_counter(), self.report.seconds, self.report.done
        try:
            async with aclosing(self._answers(names, jobs)) as answers:
                async for item, reading, answer in answers:
                    await self._take(item, reading, answer)
                    self.report.seconds = before + perf_counter() - started
                    if watch:
                        watch(self.report.done - done, len(names))
        finally:
            self._catalogue.upsert(self._fresh)
            self._settled()
            if pace := self.report.pace:
                pace.note(self._ledger, self._model)

    async def _answers(
        self, names: Sequence[str], jobs: int
    ) -> AsyncGenerator[tuple[Item, Reading, Answer]]:
        """Each item with its answer, as they come; ends what is under way when it is closed."""
        running: set[asyncio.Task[tuple[Item, Reading, Answer]]] = set()
        left = self._readings(names)
        try:
            while True:
                while len(running) < jobs and (task := next(left, None)):
                    running.add(asyncio.create_task(self._asked(*task)))
                if not running:
                    return
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for each in done:
                    yield each.result()
        finally:
            for each in running:
                each.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _readings(self, names: Sequence[str]) -> Iterator[tuple[Item, Reading]]:
        for name in names:
            for item in self._catalogue.get([name]).values():
                yield item, reading_of(item, self._ledger)

    async def _asked(self, item: Item, reading: Reading) -> tuple[Item, Reading, Answer]:
        return item, reading, await self._ask(reading.whole)

    async def _take(self, item: Item, reading: Reading, answer: Answer) -> None:
        self.report.read += answer.read
        self.report.written += answer.written
        self.report.notices.update(dict.fromkeys(answer.notices))
        if answer.values is None:
            self._fail(item, answer)
            return
        self._in_a_row.clear()
        entries = _with_models_part(self._ledger, item, reading, answer.values)
        self._ledger.note_described(item.id, entries)
        self.report.described += 1
        self._fresh.append(whole_of(entries, item.id))
        if len(self._fresh) >= BATCH:
            await asyncio.to_thread(self._catalogue.upsert, self._fresh)
            self._settled()

    def _settled(self) -> None:
        self._ledger.note_stored(item.id for item in self._fresh)
        self._fresh = []

    def _fail(self, item: Item, answer: Answer) -> None:
        """Note a failure; of the server's own, none is held against the items."""
        self._ledger.note_failed(item.id, self._model, answer.reason)
        self.report.failed[answer.reason] += 1
        self._in_a_row = [*self._in_a_row, item.id] if answer.server else []
        if len(self._in_a_row) >= IN_A_ROW:
            self._ledger.forgive(self._in_a_row, self._model)
            raise EngineError(
                f"it failed {IN_A_ROW} times in a row, at last because {answer.reason}"
            )


def settle(catalogue: Catalogue, ledger: Ledger) -> int:
    """Store what was described before a kill and not stored; how many items that was."""
    names = ledger.unstored()
    for start in range(0, len(names), BATCH):
        batch = names[start : start + BATCH]
        items = [whole_of(parts_of(ledger, name, None).values(), name) for name in batch]
        catalogue.upsert(items)
        ledger.note_stored(batch)
    return len(names)


def _with_models_part(ledger: Ledger, item: Item, reading: Reading, values: Derived) -> list[Entry]:
    """The records of an item with what a model wrote in the place of what one wrote before."""
    parts = parts_of(ledger, item.id, item).values()
    part = models_part(item, values, told=bool(reading.text))
    own = Entry(MODEL, reading.origin, item.id, file=reading.mark, part=part)
    return [*(each for each in parts if each.source != MODEL), own]


def models_part(item: Item, values: Derived, *, told: bool) -> Item:
    """What a model wrote, as an item; without a text there is no plot to be known."""
    known: dict[str, Any] = {name: values[name] for name in _FIELDS}
    return Item(
        id=item.id,
        kind=item.kind,
        title=item.title,
        source=MODEL,
        plot_essence=values["plot_essence"] if told else "",
        unsure=bool(values.get("unsure")),
        provenance={"*": values["provenance"]},
        **known,
    )
