"""What is kept of conversations: reading it, listing it, and taking it back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from typing import TYPE_CHECKING

from langchain_core.runnables import RunnableConfig

from ..errors import UnknownConversation, UsageError
from ..ingest.catalogue import Catalogue
from . import archive
from .conversations import About, Conversations
from .intake import checked_conversation
from .kept import Kept, Recent
from .last_list import LastList, last_list
from .lasting import alone, taken_in
from .locks import ConversationLocks
from .profile import TasteProfile
from .reply import Reply
from .session import ConversationName, Session
from .sharing import rows_of, unshare
from .state import Json, State, dialogue, exported
from .storage.base import now, title_of

if TYPE_CHECKING:
    from .graph import Graph
    from .settings import Settings


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

    async def profile(self, conversation: ConversationName = "default") -> TasteProfile:
        """What the conversation knows of the user, with what they said elsewhere since.

        Raises:
            UnknownConversation: there is none of this id.
        """
        kept = await self._kept(conversation)
        with self._conversations.errors():
            rows = await rows_of(self._conversations, checked_conversation(conversation))
        return taken_in(kept.profile, kept.links, rows or ())[0] if rows else kept.profile

    async def profile_now(self, conversation: ConversationName) -> TasteProfile:
        """What the next turn of a conversation begins with, of one that doesn't exist too."""
        try:
            return await self.profile(conversation)
        except UnknownConversation:
            name = checked_conversation(conversation)
            with self._conversations.errors():
                return alone(await rows_of(self._conversations, name) or ())

    async def taste(self, session: Session) -> TasteProfile:
        """What is known of a person in each of their conversations, new ones too.

        It is empty where nothing is. No conversation needs to exist.
        """
        self._ready()
        with self._conversations.errors():
            return alone(await self._conversations.lasting(session.owner))

    async def history(self, conversation: ConversationName = "default") -> list[tuple[str, str]]:
        """The dialogue as (role, text), oldest first; role is ``user`` or ``assistant``."""
        return dialogue(await self._known(conversation))

    async def replies(self, conversation: ConversationName = "default") -> list[Reply]:
        """Every reply so far, oldest first; their profile is left empty but for the last."""
        kept = await self._kept(conversation)
        *earlier, last = kept.replies
        return [*earlier, last.model_copy(update={"profile": kept.profile})]

    async def turns(self, conversation: ConversationName = "default") -> list[tuple[str, Reply]]:
        """Every message with the reply to it, oldest first; the replies are without a profile.

        Raises:
            UnknownConversation: there is none of this id.
        """
        return list((await self._kept(conversation)).turns)

    async def last_list(self, conversation: ConversationName = "default") -> LastList:
        """The last list shown and what it was chosen from; empty where there was none.

        Raises:
            UnknownConversation: there is none of this id.
        """
        return last_list(await self._kept(conversation), self.catalogue)

    async def export(self, conversation: ConversationName = "default") -> Json:
        """Everything kept of a conversation, as plain JSON data."""
        state = await self._known(conversation)
        return deepcopy(exported(checked_conversation(conversation), state))

    async def conversations(self) -> list[str]:
        """The ids of all conversations."""
        self._ready()
        with self._conversations.errors():
            return await self._conversations.ids()

    async def retract(self, conversation: ConversationName = "default") -> str:
        """Take the last turn back as if it had not been, and give its message again.

        Only the last turn can be taken back: to say it again, or otherwise.

        Raises:
            UnknownConversation: there is none of this id.
            UsageError: it was taken back already.
        """
        name = checked_conversation(conversation)
        async with self._hold(name):
            state = await self._known(name)
            with self._conversations.errors():
                if not await self._conversations.retract(name, only=state["turn"] == 1):
                    raise UsageError("Only the last message can be taken back, and it was.")
                if state["turn"] > 1:
                    await self._conversations.count(About(name, "", state["turn"] - 1, now()))
                left = await self._kept_or_none(name)
                await unshare(self._conversations, name, Kept(state), left)
            said = [text for role, text in dialogue(state) if role == "user"]
            return said[-1]

    async def listed(self, beginning: str = "") -> list[About]:
        """The conversations whose id begins so, with their titles, the latest first."""
        self._ready()
        with self._conversations.errors():
            return await self._conversations.about(beginning)

    async def rename(self, conversation: ConversationName, title: str) -> None:
        """Give a conversation another title; a new one is called after its first message.

        Raises:
            UnknownConversation: there is none of this id.
            UsageError: the title is empty.
        """
        called = title_of(title)
        if not called:
            raise UsageError("A title can't be empty; write a few words.")
        name = checked_conversation(conversation)
        state = await self._known(name)
        with self._conversations.errors():
            await self._conversations.note(About(name, called, state["turn"], now()))

    async def forget(self, conversation: ConversationName) -> None:
        """Remove a conversation whole; nothing of it stays in the file.

        What its user said to be so always is known on in their other conversations.

        Raises:
            UnknownConversation: there is none of this id.
        """
        name = checked_conversation(conversation)
        async with self._hold(name):
            await self._known(name)
            with self._conversations.errors():
                await self._conversations.forget(name)
            self._recent.drop(name)

    async def forget_taste(self, owner: str) -> None:
        """Remove what is known of a person in every conversation; ``owner`` as in `Session.owner`.

        Their conversations stay, and what each of them knows by itself.
        """
        self._ready()
        with self._conversations.errors():
            await self._conversations.forget_owner(owner)

    async def export_person(self, owner: str | Session) -> Json:
        """Everything kept of a person, as plain JSON data: taste and every conversation.

        Args:
            owner: any session of theirs, or its `moodreel.agent.session.Session.owner`.
        """
        self._ready()
        with self._conversations.errors():
            return await archive.export_person(self._conversations, _owner(owner))

    async def erase_person(self, owner: str | Session) -> archive.Removed:
        """Remove everything kept of a person; nothing of it stays where conversations are kept.

        Args:
            owner: any session of theirs, or its `moodreel.agent.session.Session.owner`.
        """
        self._ready()
        with self._conversations.errors():
            return await archive.erase_person(self._conversations, _owner(owner))

    @asynccontextmanager
    async def _hold(self, name: str) -> AsyncIterator[None]:
        """Wait for all turns before, of this process and of others; then keep others out."""
        async with self._locks.hold(name), self._conversations.hold(name):
            yield

    async def _noted(self, name: str, message: str, turn: int) -> None:
        """Keep the list of conversations true after a turn."""
        await self._conversations.count(About(name, title_of(message), turn, now()))

    async def _profile_or_none(self, conversation: ConversationName) -> TasteProfile | None:
        """The profile of a conversation, or None where there is none of this id."""
        try:
            return await self.profile(conversation)
        except UnknownConversation:
            return None

    async def _kept_or_none(self, name: str) -> Kept | None:
        try:
            return await self._kept(name)
        except UnknownConversation:
            return None

    async def _known(self, conversation: ConversationName) -> State:
        """The state of a conversation that exists; not to be changed."""
        return (await self._kept(conversation)).state

    async def _kept(self, conversation: ConversationName) -> Kept:
        """A conversation that exists, read from where it is kept if that has changed."""
        self._ready()
        name = checked_conversation(conversation)
        with self._conversations.errors():
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


def _owner(owner: str | Session) -> str:
    return owner.owner if isinstance(owner, Session) else owner


def thread_of(conversation: str) -> RunnableConfig:
    return {"configurable": {"thread_id": conversation}}
