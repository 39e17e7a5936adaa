"""Conversations that end with the process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver

from ..lasting import Change, Lasting
from ..locks import ConversationLocks
from .base import TURNS_KEPT, About, Begun, WholeTurns, now, strict


class _InMemory(WholeTurns, InMemorySaver):
    """Checkpoints that end with the process."""


class MemoryConversations:
    """Conversations that end with the process."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._saver = _InMemory(serde=strict())
        self._about: dict[str, About] = {}
        self._lasting: dict[str, dict[str, Lasting]] = {}
        self._said: dict[str, str] = {}
        self._locks = ConversationLocks()
        self._begun: dict[tuple[str, str], Begun] = {}
        self._finished: dict[tuple[str, str], Begun] = {}

    @property
    def saver(self) -> BaseCheckpointSaver[str]:
        return self._saver

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Memory doesn't fail."""
        yield

    @asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[None]:
        async with self._locks.hold(conversation):
            yield

    async def is_held(self, conversation: str) -> bool:
        return self._locks.is_held(conversation)

    async def ids(self) -> list[str]:
        # A look at what isn't there leaves an empty place behind.
        return sorted(name for name, kept in self._saver.storage.items() if any(kept.values()))

    async def last(self, conversation: str) -> str | None:
        kept = self._saver.storage.get(conversation, {}).get("", {})
        return max(kept, default=None)

    async def forget(self, conversation: str) -> None:
        await self._saver.adelete_thread(conversation)
        self._about.pop(conversation, None)
        for turns in (self._begun, self._finished):
            for key in [key for key in turns if key[0] == conversation]:
                del turns[key]

    async def retract(self, conversation: str, *, only: bool) -> bool:
        if only:
            await self.forget(conversation)
            return True
        for kept in self._saver.storage[conversation].values():
            if len(kept) < TURNS_KEPT:
                return False
            del kept[max(kept)]
        return True

    async def about(self, beginning: str) -> list[About]:
        found = [each for each in self._about.values() if each.id.startswith(beginning)]
        return sorted(found, key=lambda each: each.changed, reverse=True)

    async def note(self, about: About) -> None:
        self._about[about.id] = about

    async def count(self, about: About) -> None:
        known = self._about.get(about.id, about)
        self._about[about.id] = replace(about, title=known.title)

    async def lasting(self, owner: str) -> list[Lasting]:
        return list(self._lasting.get(owner, {}).values())

    async def publish(self, owner: str, changes: Sequence[Change]) -> None:
        rows, self._said[owner] = self._lasting.setdefault(owner, {}), now()
        for each in changes:
            version = rows[each.id].version + 1 if each.id in rows else 1
            rows[each.id] = Lasting(each.id, version, each.content)

    async def forget_owner(self, owner: str) -> None:
        self._lasting.pop(owner, None)
        self._said.pop(owner, None)
        for turns in (self._begun, self._finished):
            for key in [key for key, turn in turns.items() if turn.owner == owner]:
                del turns[key]

    async def owners_before(self, moment: str) -> list[str]:
        return [owner for owner, said in self._said.items() if said < moment]

    async def forget_turns(self, before: float, *, answered: bool) -> None:
        turns = self._finished if answered else self._begun
        for key in [key for key, turn in turns.items() if turn.began < before]:
            del turns[key]

    async def begin(self, turn: Begun) -> None:
        self._begun[turn.conversation, turn.id] = turn

    async def finish(self, turn: Begun) -> None:
        self._begun.pop((turn.conversation, turn.id), None)
        self._finished[turn.conversation, turn.id] = replace(turn, message="")

    async def drop(self, turn: Begun) -> None:
        self._begun.pop((turn.conversation, turn.id), None)

    async def unfinished(self, conversation: str | None = None) -> list[Begun]:
        known = sorted(self._begun.values(), key=lambda each: each.began)
        return [each for each in known if conversation in (None, each.conversation)]

    async def began_since(self, since: float, owner: str | None) -> list[float]:
        known = (*self._begun.values(), *self._finished.values())
        return [each.began for each in known if each.began > since and owner in (None, each.owner)]

    async def close(self) -> None:
        return None
