"""All that is kept of people: told whole, removed whole, and removed after a while.

It needs only the place where conversations are kept, not the catalogue, so it works beside a
process that answers.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import cast

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import Checkpoint

from .session import owner_of
from .state import Json, State, dialogue, exported
from .storage.base import About, Conversations, title_of

_DAY = 86_400.0


@dataclass(frozen=True)
class Removed:
    """How many conversations were removed, and of how many people the lasting taste."""

    conversations: int = 0
    people: int = 0


def listing(known: list[About]) -> list[Json]:
    """Conversations as plain data, each with whose it is (None: nobody's)."""
    return [{**asdict(about), "user": owner_of(about.id)} for about in known]


async def export_person(conversations: Conversations, owner: str) -> Json:
    """Everything kept of one person, as plain JSON data.

    Args:
        conversations: where it is kept.
        owner: as `moodreel.agent.session.Session.owner` gives it.
    """
    rows = await conversations.lasting(owner)
    begun = await conversations.unfinished()
    known = await _listed(conversations, owner)
    kept = [(each.id, await _kept(conversations, each.id)) for each in known]
    return {
        "user": owner,
        "taste": [row.content.model_dump(mode="json") for row in rows if row.content],
        "conversations": [exported(name, _state(last)) for name, last in kept if last],
        "unanswered": [asdict(turn) for turn in begun if turn.owner == owner],
    }


async def erase_person(conversations: Conversations, owner: str) -> Removed:
    """Remove everything kept of one person; turns that are being answered come to their end."""
    gone = 0
    for about in await _listed(conversations, owner):
        gone += await _forgotten(conversations, about.id)
    known = bool(await conversations.lasting(owner))
    await conversations.forget_owner(owner)
    return Removed(gone, int(known))


async def prune(conversations: Conversations, days: int, now: float) -> Removed:
    """Remove conversations that nobody has gone on with for so many days.

    The lasting taste of a person goes with their last conversation.

    Args:
        conversations: where they are kept.
        days: how long a conversation may rest; it goes when it has rested longer.
        now: the present, in seconds since 1970.
    """
    before = datetime.fromtimestamp(now - days * _DAY, UTC).isoformat(timespec="milliseconds")
    gone = 0
    for about in await _listed(conversations, ""):
        if about.changed < before:
            gone += await _forgotten(conversations, about.id, before)
    people = 0
    for owner in await conversations.owners_before(before):
        if not await conversations.about(owner):
            await conversations.forget_owner(owner)
            people += 1
    await conversations.forget_turns(now - days * _DAY, answered=False)
    return Removed(gone, people)


class Keeping:
    """Tidies up in the background: when it is first asked to, and then once a day."""

    def __init__(self, conversations: Conversations, days: int | None) -> None:
        """Remove what rests longer than ``days``, or nothing but notes of answered turns."""
        self._conversations = conversations
        self._days = days
        self._last = 0.0
        self._task: asyncio.Task[Removed] | None = None

    def look(self) -> None:
        """Begin to tidy up if it is time to; an error is met again by whoever asks next."""
        now = time.time()
        if now - self._last >= _DAY:
            self._last = now
            self._task = asyncio.ensure_future(self.tidy(now))
            self._task.add_done_callback(lambda task: task.cancelled() or task.exception())

    async def tidy(self, now: float) -> Removed:
        """Remove what is older than it may be."""
        with self._conversations.errors():
            await self._conversations.forget_turns(now - _DAY, answered=True)
            if self._days is None:
                return Removed()
            return await prune(self._conversations, self._days, now)

    async def close(self) -> None:
        """Stop tidying up; what is left is done next time."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


async def _forgotten(conversations: Conversations, name: str, before: str | None = None) -> bool:
    """Whether a conversation was there, had rested since ``before``, and is removed now."""
    async with conversations.hold(name):
        known = [about for about in await conversations.about(name) if about.id == name]
        if not known or (before is not None and known[0].changed >= before):
            return False
        await conversations.forget(name)
        return True


async def _listed(conversations: Conversations, beginning: str) -> list[About]:
    """The conversations whose id begins so, also those whose process ended before listing them."""
    known = {about.id for about in await conversations.about(beginning)}
    for name in await conversations.ids():
        if name.startswith(beginning) and name not in known:
            await _put_on_list(conversations, name)
    return await conversations.about(beginning)


async def _put_on_list(conversations: Conversations, name: str) -> None:
    async with conversations.hold(name):
        if last := await _kept(conversations, name):
            state = _state(last)
            said = next((text for role, text in dialogue(state) if role == "user"), "")
            changed = datetime.fromisoformat(last["ts"]).isoformat(timespec="milliseconds")
            await conversations.count(About(name, title_of(said), state["turn"], changed))


async def _kept(conversations: Conversations, name: str) -> Checkpoint | None:
    where: RunnableConfig = {"configurable": {"thread_id": name}}
    found = await conversations.saver.aget_tuple(where)
    return found.checkpoint if found else None


def _state(checkpoint: Checkpoint) -> State:
    return cast(State, checkpoint["channel_values"])
