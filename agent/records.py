"""What is kept of conversations: reading it, listing it, and taking it back."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from langchain_core.runnables import RunnableConfig

from ..errors import UnknownConversation, UsageError
from ..ingest.catalogue import Catalogue
from .conversations import About, Conversations, storage_errors
from .intake import checked_conversation
from .kept import Kept, Recent
from .last_list import LastList, last_list
from .locks import ConversationLocks
from .profile import TasteProfile
from .reply import Reply
from .state import Json, State, dialogue, exported

if TYPE_CHECKING:
    from .graph import Graph
    from .settings import Settings

_LONGEST_TITLE = 80


class Records:
    """The part of `moodreel.agent.companion.MovieAgent` that looks after stored conversations."""

    settings: Settings
    catalogue: Catalogue
    _conversations: Conversations
    _graph: Graph
    _locks: ConversationLocks
    _recent: Recent
    _loop: asyncio.AbstractEventLoop
    _closed: bool

    async def profile(self, conversation: str = "default") -> TasteProfile:
        """What the conversation knows of the user.

        Raises:
            UnknownConversation: there is none of this id.
        """
        return (await self._kept(conversation)).profile

    async def history(self, conversation: str = "default") -> list[tuple[str, str]]:
        """The dialogue as (role, text), oldest first; role is ``user`` or ``assistant``."""
        return dialogue(await self._known(conversation))

    async def replies(self, conversation: str = "default") -> list[Reply]:
        """Every reply so far, oldest first; their profile is left empty but for the last."""
        kept = await self._kept(conversation)
        *earlier, last = kept.replies
        return [*earlier, last.model_copy(update={"profile": kept.profile})]

    async def turns(self, conversation: str = "default") -> list[tuple[str, Reply]]:
        """Every message with the reply to it, oldest first; the replies are without a profile.

        Raises:
            UnknownConversation: there is none of this id.
        """
        return list((await self._kept(conversation)).turns)

    async def last_list(self, conversation: str = "default") -> LastList:
        """The last list shown and what it was chosen from; empty where there was none.

        Raises:
            UnknownConversation: there is none of this id.
        """
        return last_list(await self._kept(conversation), self.catalogue)

    async def export(self, conversation: str = "default") -> Json:
        """Everything kept of a conversation, as plain JSON data."""
        return deepcopy(exported(conversation, await self._known(conversation)))

    async def conversations(self) -> list[str]:
        """The ids of all conversations."""
        self._ready()
        with storage_errors(self.settings.conversations_path):
            return await self._conversations.ids()

    async def retract(self, conversation: str = "default") -> str:
        """Take the last turn back as if it had not been, and give its message again.

        Only the last turn can be taken back: to say it again, or otherwise.

        Raises:
            UnknownConversation: there is none of this id.
            UsageError: it was taken back already.
        """
        async with self._locks.hold(conversation):
            state = await self._known(conversation)
            with storage_errors(self.settings.conversations_path):
                if not await self._conversations.retract(conversation, only=state["turn"] == 1):
                    raise UsageError("Only the last message can be taken back, and it was.")
                for each in await self._conversations.about(conversation):
                    if each.id == conversation:
                        await self._conversations.note(replace(each, turns=state["turn"] - 1))
            said = [text for role, text in dialogue(state) if role == "user"]
            return said[-1]

    async def listed(self, beginning: str = "") -> list[About]:
        """The conversations whose id begins so, with their titles, the latest first."""
        self._ready()
        with storage_errors(self.settings.conversations_path):
            return await self._conversations.about(beginning)

    async def rename(self, conversation: str, title: str) -> None:
        """Give a conversation another title; a new one is called after its first message.

        Raises:
            UnknownConversation: there is none of this id.
            UsageError: the title is empty.
        """
        called = " ".join(title.split())[:_LONGEST_TITLE]
        if not called:
            raise UsageError("A title can't be empty; write a few words.")
        state = await self._known(conversation)
        with storage_errors(self.settings.conversations_path):
            await self._conversations.note(About(conversation, called, state["turn"], _now()))

    async def forget(self, conversation: str) -> None:
        """Remove a conversation whole; nothing of it stays in the file.

        Raises:
            UnknownConversation: there is none of this id.
        """
        async with self._locks.hold(conversation):
            await self._known(conversation)
            with storage_errors(self.settings.conversations_path):
                await self._conversations.forget(conversation)
            self._recent.drop(conversation)

    async def _noted(self, conversation: str, message: str, turn: int) -> None:
        """Keep the list of conversations true after a turn."""
        known = {each.id: each for each in await self._conversations.about(conversation)}
        old = known.get(conversation)
        title = old.title if old else " ".join(message.split())[:_LONGEST_TITLE]
        await self._conversations.note(About(conversation, title, turn, _now()))

    async def _profile_or_none(self, conversation: str) -> TasteProfile | None:
        """The profile of a conversation, or None where there is none of this id."""
        try:
            return await self.profile(conversation)
        except UnknownConversation:
            return None

    async def _known(self, conversation: str) -> State:
        """The state of a conversation that exists; not to be changed."""
        return (await self._kept(conversation)).state

    async def _kept(self, conversation: str) -> Kept:
        """A conversation that exists, read from where it is kept if that has changed."""
        self._ready()
        name = checked_conversation(conversation)
        with storage_errors(self.settings.conversations_path):
            last = await self._conversations.last(name)
            kept = self._recent.get(name, last) if last else None
            if last and kept is None:
                kept = await self._read(name)
        if kept is None:
            raise UnknownConversation(
                f"There is no conversation {conversation!r}; send it a message to begin one."
            )
        return kept

    async def _read(self, name: str) -> Kept | None:
        """A conversation as it is kept now, held for those who look next."""
        snapshot = await self._graph.aget_state(thread_of(name))
        if not snapshot.values:
            return None
        state: State = snapshot.values  # type: ignore[assignment]
        kept = Kept(state)
        self._recent.hold(name, snapshot.config["configurable"]["checkpoint_id"], kept)
        return kept

    def _ready(self) -> None:
        """Refuse what would otherwise fail deep inside, or wait for ever."""
        if self._closed:
            raise UsageError("This agent is closed; open another one.")
        if asyncio.get_running_loop() is not self._loop:
            raise UsageError(
                "This agent belongs to another event loop; call it there, or from other threads"
                " with agent.wait(…)."
            )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def thread_of(conversation: str) -> RunnableConfig:
    return {"configurable": {"thread_id": conversation}}
