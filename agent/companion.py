"""MovieAgent: what every channel calls."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing

from ..errors import UnknownItem
from ..ingest.catalogue import Catalogue, Progress
from ..ingest.history import HistoryImport
from ..ingest.item import Item
from ..ingest.starter import open_catalogue
from ..tools.query import QueryDimension
from .blocking import Blocking
from .clicks import (
    Click,
    Feedback,
    Revision,
    edits_click,
    feedback_click,
    history_click,
    list_click,
    undo_click,
)
from .conversations import Conversations, open_conversations
from .edits import Edit
from .embedding_step import lesser_embedder, place_of
from .engines.base import Engine
from .engines.builtin import BuiltinEngine
from .engines.choose import Chosen, choose_engine
from .graph import Graph, build_graph
from .intake import checked_conversation, checked_edits, checked_message
from .newcomers import Newcomers
from .night.movie_night import Nights
from .reply import Event, Reply
from .running import last_reply
from .session import ConversationName
from .settings import Settings, load_settings

_FIRST_TRACERS = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")
"""Variables of langchain's first tracer: where one is set, today's refuses to run anything."""


class MovieAgent(Newcomers, Blocking, Nights):
    """A film companion for any number of conversations at once.

    Open it with `open` (or `open_sync`), talk with `send` or `stream`, close it at the end, or
    use it as an asynchronous context manager. Messages of one conversation are answered in the
    order they came; conversations never see each other.
    """

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        conversations: Conversations,
        engine: Engine | None = None,
        year: int | None = None,
    ) -> None:
        """Put an agent together from open parts; `close` closes them.

        Args:
            settings: limits and sizes.
            catalogue: what can be recommended.
            conversations: where dialogues are kept.
            engine: who understands and ranks; the builtin engine where none is given.
            year: the present year; that of the clock where none is given.
        """
        builtin = engine if isinstance(engine, BuiltinEngine) else BuiltinEngine(catalogue)
        for name in _FIRST_TRACERS:
            os.environ.pop(name, None)
        super().__init__(settings, conversations)
        self.catalogue = catalogue
        self._graph: Graph = build_graph(catalogue, conversations.saver)
        self._engine = engine or builtin
        self._fallback = builtin
        self._year = year
        self._notices = lesser_embedder(settings, catalogue)
        self.choice = f"The {self._engine.name} engine."
        """Which engine serves and why, in one sentence."""

    @classmethod
    async def open(
        cls,
        settings: Settings | None = None,
        *,
        engine: Engine | None = None,
        progress: Progress | None = None,
    ) -> MovieAgent:
        """Open the data folder, building the starter catalogue at first use.

        The engine is chosen by the settings where none is given; `choice` says which it is.

        Raises:
            BadSettings: the settings contradict each other.
            WorkError: the data folder is busy, broken or not writable.
        """
        settings = settings or load_settings()
        catalogue = await asyncio.to_thread(
            open_catalogue,
            settings.home,
            settings.embedder,
            progress,
            place_of(settings),
            settings.server,
        )
        try:
            chosen = Chosen(engine, "") if engine else await choose_engine(settings, catalogue)
            conversations = await open_conversations(settings)
        except BaseException:
            catalogue.close()
            raise
        agent = cls(settings, catalogue, conversations, chosen.engine)
        agent.choice = chosen.says or agent.choice
        agent._keeping.look()
        return agent

    async def __aenter__(self) -> MovieAgent:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    @property
    def engine(self) -> str:
        """The name of the engine in use."""
        return self._engine.name

    async def send(
        self,
        message: str,
        conversation: ConversationName = "default",
        *,
        turn_id: str | None = None,
    ) -> Reply:
        """Answer one message.

        With ``turn_id`` (say, the id of a channel's event) it is answered once: sent again under
        the same id in the same conversation, it gets the reply that it got.

        Raises:
            BadMessage: it is empty, too long or not text.
            RateLimited: too many came within a minute.
            StorageError: where conversations are kept can't be used.
        """
        text = checked_message(message, self.settings.max_message_chars)
        return await self._turn(conversation, text, turn_id=turn_id)

    async def stream(
        self,
        message: str,
        conversation: ConversationName = "default",
        *,
        turn_id: str | None = None,
    ) -> AsyncIterator[Event]:
        """Answer one message, step by step; the last event carries the whole reply.

        A message that was answered under its ``turn_id`` has that event alone.
        """
        text = checked_message(message, self.settings.max_message_chars)
        async with aclosing(self._events(conversation, text, None, turn_id)) as events:
            async for event in events:
                yield event

    async def feedback(
        self,
        conversation: ConversationName,
        item_id: str,
        feeling: Feedback,
        dimension: QueryDimension = "overall",
    ) -> Reply:
        """A click instead of a message: what the user thinks of an item, "more like this", or why.

        It is a turn of the conversation like any other and can be undone. Only likes, dislikes
        and "more like this" can be about one dimension.

        Raises:
            UnknownItem: the catalogue has no such item.
            UsageError: there is no such feeling or dimension.
        """
        words, plan = feedback_click(self._item(item_id), feeling, dimension)
        return await self._turn(conversation, words, plan)

    async def edit_profile(self, conversation: ConversationName, edits: Sequence[Edit]) -> Reply:
        """Change the profile directly; items may be named by id or title. A turn of its own.

        Edits that came as JSON are taken too.

        Raises:
            UsageError: something among them is no edit.
        """
        words, plan = edits_click(checked_edits(edits))
        return await self._turn(conversation, words, plan)

    async def import_history(self, conversation: ConversationName, history: HistoryImport) -> Reply:
        """Add what somebody watched and rated elsewhere to the profile, as one turn.

        Read it with `moodreel.ingest.history.read_history`. Only what is matched counts; a later
        import from the same service joins the earlier one.

        Raises:
            UsageError: nothing in it is matched.
        """
        words, plan = history_click(history)
        return await self._turn(conversation, words, plan)

    async def revise(self, conversation: ConversationName, revision: Revision) -> Reply | None:
        """Change the profile by what it is when all turns before this one are answered.

        A conversation that does not exist yet has an empty profile.

        Returns:
            The reply, or None where ``revision`` gave nothing to change: then no turn was taken.
        """
        return await last_reply(self.stream_revision(revision, conversation))

    async def stream_revision(
        self, revision: Revision, conversation: ConversationName = "default"
    ) -> AsyncGenerator[Event]:
        """The same, step by step; without any event where there is nothing to change."""
        self._ready()
        name = checked_conversation(conversation)
        async with self._hold(name):
            click = revision(await self.profile_now(name))
            if click is None:
                return
            async with aclosing(self._once(name, *click)) as events:
                async for event in events:
                    yield event

    async def recommend(self, conversation: ConversationName = "default") -> Reply:
        """A list for the profile as it stands; a turn of its own."""
        words, plan = list_click()
        return await self._turn(conversation, words, plan)

    async def stream_click(
        self, click: Click, conversation: ConversationName
    ) -> AsyncIterator[Event]:
        """A click of `moodreel.agent.clicks`, answered step by step like a message."""
        async with aclosing(self._events(conversation, *click)) as events:
            async for event in events:
                yield event

    async def undo(self, conversation: ConversationName = "default", turns: int = 1) -> Reply:
        """Take back what the last changing turns did to the profile.

        Raises:
            UsageError: ``turns`` is not a whole number from 1.
        """
        words, plan = undo_click(turns)
        return await self._turn(conversation, words, plan)

    async def close(self) -> None:
        """Close the data folder, so that another process can open it; then it answers no more."""
        self._closed = True
        await self._keeping.close()
        await self._conversations.close()
        self.catalogue.close()

    def _item(self, item_id: str) -> Item:
        self._ready()
        item = self.catalogue.get([item_id]).get(item_id) if isinstance(item_id, str) else None
        if item is None:
            raise UnknownItem(f"The catalogue has no item with the id {item_id!r}.")
        return item
