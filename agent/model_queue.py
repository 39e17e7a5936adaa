"""So many calls of a model at once; whoever waits is served in turn, person by person."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import zip_longest

from ..errors import EngineError

Told = Callable[[int], None]
"""Hears the place of somebody in the line, from 1, whenever it changes."""

CROWDED = "Too many people were waiting for the model, so I used my own judgement."
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


class Crowded(EngineError):
    """The line was too long for the time that a turn has."""


@dataclass(eq=False)
class _Waiting:
    told: Told
    turn: asyncio.Future[None] = field(default_factory=asyncio.Future)
    place: int = 0


class ModelQueue:
    """Lets only so many in at once.

    People take turns, however many calls each of them waits for: who asks once waits for one call
    of everybody else at most, besides those that are in already.
    """

    def __init__(self, most: int) -> None:
        """Let ``most`` in at once."""
        self._free = most
        self._lines: OrderedDict[str, deque[_Waiting]] = OrderedDict()

    @asynccontextmanager
    async def place(self, owner: str, seconds: float, told: Told) -> AsyncIterator[None]:
        """Wait for one's turn, then hold a place.

        Args:
            owner: whose call it is.
            seconds: how long to wait at most.
            told: hears how many are to be let in until it is one's turn.

        Raises:
            Crowded: that took longer.
        """
        if self._free:
            self._free -= 1
        else:
            await self._wait(owner, seconds, _Waiting(told))
        try:
            yield
        finally:
            self._leave()

    async def _wait(self, owner: str, seconds: float, waiting: _Waiting) -> None:
        self._lines.setdefault(owner, deque()).append(waiting)
        self._tell()
        try:
            async with asyncio.timeout(seconds):
                await waiting.turn
        except BaseException as error:
            if waiting.turn.done() and not waiting.turn.cancelled():
                self._leave()
            else:
                self._give_up(owner, waiting)
            if isinstance(error, TimeoutError):
                raise Crowded(CROWDED) from None
            raise

    def _give_up(self, owner: str, waiting: _Waiting) -> None:
        line = self._lines.get(owner)
        if line and waiting in line:
            line.remove(waiting)
            if not line:
                del self._lines[owner]
            self._tell()

    def _leave(self) -> None:
        """Hand one's place on to whoever is next."""
        following = self._next()
        if following is None:
            self._free += 1
        else:
            following.turn.set_result(None)
            self._tell()

    def _next(self) -> _Waiting | None:
        while self._lines:
            owner, line = self._lines.popitem(last=False)
            waiting = line.popleft()
            if line:
                self._lines[owner] = line
            if not waiting.turn.done():
                return waiting
        return None

    def _tell(self) -> None:
        """Tell those whose place has changed."""
        rounds = zip_longest(*self._lines.values())
        order = [waiting for each in rounds for waiting in each if waiting is not None]
        for place, waiting in enumerate(order, start=1):
            if waiting.place != place:
                waiting.place = place
                waiting.told(place)


@dataclass(frozen=True)
class Line:
    """Whose calls go into which queue; without a queue nobody waits."""

    queue: ModelQueue | None = None
    owner: str = ""

    @asynccontextmanager
    async def place(self, seconds: float, told: Told) -> AsyncIterator[None]:
        """Wait for one's turn, then hold a place.

        Raises:
            Crowded: that took longer than ``seconds``.
        """
        if self.queue is None:
            yield
            return
        async with self.queue.place(self.owner, seconds, told):
            yield


def in_line(place: int) -> str:
    """What somebody is told of their place: ``You are third in line.``"""
    if place <= len(_ORDINALS):
        return f"You are {_ORDINALS[place - 1]} in line."
    ending = "th" if 10 < place % 100 < 14 else _ENDINGS.get(place % 10, "th")
    return f"You are {place}{ending} in line."
