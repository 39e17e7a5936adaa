"""Turns in progress: each goes on whether or not a page still watches it, until it is stopped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field

from ....errors import MoodreelError, UsageError
from ...reply import Event
from ..failure import SORRY, note
from ..heard import Heard

Work = Callable[[], AsyncGenerator[Event]]
"""Begins a turn; its last event carries the reply. Without any event there was no turn."""

log = logging.getLogger(__name__)

_BREATH = 0.05
MOST_WAITING = 4
"""How many turns of one conversation may wait for the one that is being answered."""


@dataclass
class Turn(Heard):
    """One turn: what the person said or pressed, and as much of the answer as there is."""

    words: str
    problem: str = ""
    stopped: bool = False
    begun: bool = False
    task: asyncio.Task[None] | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def done(self) -> bool:
        """Whether it was answered, stopped, or went wrong."""
        return self.task is not None and self.task.done()

    async def follow(self) -> AsyncIterator[None]:
        """Give control whenever there is something new to show, the last time when it is done."""
        while True:
            news = self._news
            done = self.done
            yield
            if done:
                return
            await news.wait()
            if self.task is not None:
                # What comes in quick succession is shown at once.
                await asyncio.wait([self.task], timeout=_BREATH)

    async def end(self) -> None:
        """Wait until it is done."""
        async for _ in self.follow():
            pass

    def take(self, event: Event) -> None:
        """Add what an event tells, and show it."""
        super().take(event)
        self.tell()

    def tell(self) -> None:
        """Wake all who follow."""
        self._news.set()
        self._news = asyncio.Event()


class Turns:
    """The turns in progress of all conversations; those of one are answered in order."""

    def __init__(self) -> None:
        self._running: dict[str, list[Turn]] = {}

    def of(self, conversation: str) -> tuple[Turn, ...]:
        """The turns of a conversation that are not answered yet, and those that never will be.

        A turn that was stopped or went wrong is shown until the next one begins.
        """
        return tuple(self._running.get(conversation, ()))

    def busy(self, conversation: str) -> bool:
        """Whether something is being answered."""
        return any(not turn.done for turn in self.of(conversation))

    def begin(self, conversation: str, words: str, work: Work) -> Turn:
        """Answer something as soon as all before it is answered.

        Raises:
            UsageError: too much waits already.
        """
        before = [turn for turn in self.of(conversation) if not turn.done]
        if len(before) > MOST_WAITING:
            raise UsageError("Several messages wait already; let me answer those first.")
        turn = Turn(words, begun=not before)
        self._running[conversation] = [*before, turn]
        waits = before[-1].task if before else None
        turn.task = asyncio.create_task(_answer(turn, work, waits))
        turn.task.add_done_callback(lambda _: self._ended(conversation, turn))
        return turn

    def _ended(self, conversation: str, turn: Turn) -> None:
        if not turn.stopped and not turn.problem:
            left = [each for each in self.of(conversation) if each is not turn]
            self._running[conversation] = left
            if not left:
                del self._running[conversation]
        turn.tell()

    async def stop(self, conversation: str) -> int:
        """Stop all that is being answered or waits; how many turns that were."""
        stopped = [turn for turn in self.of(conversation) if turn.task and not turn.done]
        for turn in reversed(stopped):
            turn.stopped = True
            if turn.task:
                turn.task.cancel()
        await asyncio.gather(*(t.task for t in stopped if t.task), return_exceptions=True)
        return len(stopped)

    def clear(self, conversation: str) -> None:
        """No longer show what was stopped or went wrong."""
        left = [turn for turn in self.of(conversation) if not turn.done]
        self._running.pop(conversation, None)
        if left:
            self._running[conversation] = left

    async def close(self) -> None:
        """Stop everything."""
        for conversation in list(self._running):
            await self.stop(conversation)


async def _answer(turn: Turn, work: Work, waits: asyncio.Task[None] | None) -> None:
    if waits is not None:
        await asyncio.wait([waits])
    turn.begun = True
    try:
        async with aclosing(work()) as events:
            async for event in events:
                turn.take(event)
    except MoodreelError as error:
        turn.problem = str(error)
    except Exception as error:  # noqa: BLE001 - it is noted, and said
        note(log, "a turn failed", error)
        turn.problem = SORRY
