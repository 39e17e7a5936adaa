"""Conversations that end with the process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver

from ..lasting import Change, Lasting
from ..locks import ConversationLocks
from .base import TURNS_KEPT, About, WholeTurns, strict


class _InMemory(WholeTurns, InMemorySaver):
    """Checkpoints that end with the process."""


class MemoryConversations:
    """Conversations that end with the process."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._saver = _InMemory(serde=strict())
        self._about: dict[str, About] = {}
        self._lasting: dict[str, dict[str, Lasting]] = {}
        self._locks = ConversationLocks()

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

    async def ids(self) -> list[str]:
        # A look at what isn't there leaves an empty place behind.
        return sorted(name for name, kept in self._saver.storage.items() if any(kept.values()))

    async def last(self, conversation: str) -> str | None:
        kept = self._saver.storage.get(conversation, {}).get("", {})
        return max(kept, default=None)

    async def forget(self, conversation: str) -> None:
        await self._saver.adelete_thread(conversation)
        self._about.pop(conversation, None)

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
        rows = self._lasting.setdefault(owner, {})
        for each in changes:
            version = rows[each.id].version + 1 if each.id in rows else 1
            rows[each.id] = Lasting(each.id, version, each.content)

    async def forget_taste(self, owner: str) -> None:
        self._lasting.pop(owner, None)

    async def close(self) -> None:
        return None
