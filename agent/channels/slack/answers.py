"""Answering: an agent's turn is followed and shown, and always ends in something said."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable

from ....errors import MoodreelError
from ...reply import Event
from ..failure import SORRY, note
from .places import Place
from .posting import FAILED, reason
from .sheet import Sheet

Events = Callable[[], AsyncIterator[Event]]

PAUSE = 1.2
"""Seconds between two pieces of an answer: Slack takes about 50 edits a minute."""

STOPPED = "I had to stop before I could answer, sorry; say it again in a minute."
_log = logging.getLogger(__name__)


async def answer(place: Place, sheet: Sheet, events: Events, pause: float = PAUSE) -> None:
    """Show a turn while it happens; what goes wrong in it is said instead.

    Raises:
        SlackClientError, aiohttp.ClientError, TimeoutError: Slack took neither.
    """
    reading = asyncio.create_task(_read(sheet, events))
    try:
        await place.begin()
        while not (await asyncio.wait([reading], timeout=pause))[0]:
            await _show(place, sheet)
    except asyncio.CancelledError:
        await _cancel(reading)
        await place.tell(STOPPED)
        raise
    problem = _problem(reading.exception())
    await (place.tell(problem) if problem else place.finish(sheet))


async def _read(sheet: Sheet, events: Events) -> None:
    async for event in events():
        sheet.take(event)


async def _show(place: Place, sheet: Sheet) -> None:
    """Show what there is; where that fails, the whole answer may still be taken."""
    try:
        await place.show(sheet)
    except FAILED as error:
        _log.info("Slack took no part of an answer (%s)", reason(error))


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


def _problem(error: BaseException | None) -> str:
    """What to say instead of an answer; nothing where there is one."""
    if error is None:
        return ""
    if isinstance(error, MoodreelError):
        return str(error)
    note(_log, "A turn failed", error)
    return SORRY
