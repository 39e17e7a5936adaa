"""The companion for programs without an event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Self, TypeVar

from ..errors import UsageError

if TYPE_CHECKING:
    from ..ingest.catalogue import Progress
    from .engines.base import Engine
    from .reply import Reply
    from .settings import Settings

Result = TypeVar("Result")


class Blocking:
    """Synchronous twins: they run the asynchronous methods on the agent's own event loop."""

    _loop: asyncio.AbstractEventLoop
    _thread: threading.Thread | None = None

    if TYPE_CHECKING:

        @classmethod
        async def open(
            cls,
            settings: Settings | None = None,
            *,
            engine: Engine | None = None,
            progress: Progress | None = None,
        ) -> Self: ...

        async def send(self, message: str, conversation: str = "default") -> Reply: ...

        async def close(self) -> None: ...

    @classmethod
    def open_sync(
        cls,
        settings: Settings | None = None,
        *,
        engine: Engine | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Open an agent whose event loop runs in a thread of its own."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, name="moodreel", daemon=True)
        thread.start()
        try:
            opening = cls.open(settings, engine=engine, progress=progress)
            agent = asyncio.run_coroutine_threadsafe(opening, loop).result()
        except BaseException:
            _end(loop, thread)
            raise
        agent._thread = thread
        return agent

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close_sync()

    def wait(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run any of the agent's coroutines from another thread: ``agent.wait(agent.undo())``.

        Raises:
            UsageError: called from the agent's own event loop, where it could never end, or
                when that loop no longer runs.
        """
        if not self._loop.is_running():
            work.close()
            raise UsageError("This agent's event loop has ended; open another agent.")
        try:
            here = asyncio.get_running_loop()
        except RuntimeError:
            here = None
        if here is self._loop:
            work.close()
            raise UsageError("This is the agent's own event loop; use await here.")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def send_sync(self, message: str, conversation: str = "default") -> Reply:
        """Answer one message."""
        return self.wait(self.send(message, conversation))

    def close_sync(self) -> None:
        """Close the agent, and end the thread that `open_sync` began; again does nothing."""
        if self._loop.is_closed():
            return
        self.wait(self.close())
        if self._thread is not None:
            _end(self._loop, self._thread)
            self._thread = None


def _end(loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
