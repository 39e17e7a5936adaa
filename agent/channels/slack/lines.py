"""What there is to do: one thing after the other in each conversation, none of it twice."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable

from ....errors import UsageError

Work = Callable[[], Awaitable[object]]

MOST_WAITING = 4
"""How many messages of one conversation may wait for the one that is being answered."""


class Lines:
    """The work in progress of all conversations; that of one is done in the order it came."""

    def __init__(self) -> None:
        self._last: dict[str, asyncio.Task[None]] = {}
        self._tasks: dict[asyncio.Task[None], str] = {}

    def put(self, conversation: str, work: Work, dropped: Work | None = None) -> None:
        """Do something as soon as all before it is done.

        Args:
            conversation: in which line it stands.
            work: what is done; where it is stopped, it is cancelled.
            dropped: what is done instead where it is stopped before it has begun.

        Raises:
            UsageError: too much waits already.
        """
        if list(self._tasks.values()).count(conversation) > MOST_WAITING:
            raise UsageError("Several messages wait already; let me answer those first.")
        task = asyncio.create_task(_after(self._last.get(conversation), work, dropped))
        self._last[conversation] = task
        self._tasks[task] = conversation
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        conversation = self._tasks.pop(task)
        if self._last.get(conversation) is task:
            del self._last[conversation]
        if not task.cancelled():
            task.exception()

    async def close(self, seconds: float) -> int:
        """Wait for what is in progress, and stop what takes longer; how many were stopped."""
        if not self._tasks:
            return 0
        _, late = await asyncio.wait(list(self._tasks), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)


async def _after(before: asyncio.Task[None] | None, work: Work, dropped: Work | None) -> None:
    try:
        if before is not None:
            await asyncio.wait([before])
    except asyncio.CancelledError:
        if dropped is not None:
            await dropped()
        raise
    await work()


class Seen:
    """What has come already: Slack sends an event again when it is not sure that it arrived."""

    def __init__(self, most: int = 10_000) -> None:
        self._keys: OrderedDict[Hashable, None] = OrderedDict()
        self._most = most

    def __call__(self, key: Hashable) -> bool:
        """Whether this has come before; from now on it has. What has no key is always new."""
        if key is None:
            return False
        known = key in self._keys
        self._keys[key] = None
        self._keys.move_to_end(key)
        if len(self._keys) > self._most:
            self._keys.popitem(last=False)
        return known
