"""Running one turn: in its order, read from where it is kept and kept again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import date

from langsmith import tracing_context

from ..ingest.catalogue import Catalogue
from ..ingest.community import community_problem
from .archive import Keeping
from .engines.base import Engine
from .intake import checked_conversation, checked_turn
from .journal import Limits, answer_to, begun, lost_words, settle
from .kept import Recent
from .lasting import Lasting
from .locks import ConversationLocks
from .model_queue import Line, ModelQueue
from .plan import TurnPlan
from .records import Records, thread_of
from .reply import Event, Reply
from .session import ConversationName
from .settings import Settings
from .sharing import rows_of, share
from .state import Context, Incoming
from .steps import Patience
from .storage.base import Begun, Conversations
from .turn_watch import TurnWatch, watched


class Running(Records):
    """The part of `moodreel.agent.companion.MovieAgent` that takes turns."""

    _engine: Engine
    _fallback: Engine
    _year: int | None
    _notices: tuple[str, ...]

    def __init__(self, settings: Settings, conversations: Conversations) -> None:
        """Begin without any turn, on the event loop that runs now."""
        self.settings = settings
        self._conversations = conversations
        self._locks = ConversationLocks()
        self._recent = Recent()
        self._loop = asyncio.get_running_loop()
        self._closed = False
        self._patience = Patience()
        self._queue = ModelQueue(settings.model_calls)
        self._limits = Limits(settings, conversations, time.time)
        self._keeping = Keeping(conversations, settings.keep_days)

    def turn_context(self) -> Context:
        """What a turn of `moodreel.agent.graph` needs, for a server that runs the graph itself."""
        self._ready()
        return self._context(self.settings.turn_seconds)

    async def lost_turns(self) -> list[Begun]:
        """Turns that were begun and never answered, because their process ended; oldest first.

        Send the message again under its id (``turn_id``) and it is answered once, however many
        do so. Where nobody does, the next reply of the conversation says that it was lost.
        """
        self._ready()
        with self._conversations.errors():
            known = await self._conversations.unfinished()
            idle = [e for e in known if not await self._conversations.is_held(e.conversation)]
        return [e for e in idle if not answer_to(e.id, await self._kept_or_none(e.conversation))]

    async def _turn(
        self,
        conversation: ConversationName,
        message: str,
        given: TurnPlan | None = None,
        turn_id: str | None = None,
    ) -> Reply:
        return await _reply(self._events(conversation, message, given, turn_id))

    async def _events(
        self,
        conversation: ConversationName,
        message: str,
        given: TurnPlan | None,
        turn_id: str | None = None,
    ) -> AsyncGenerator[Event]:
        """Run the graph once, after all earlier turns of the conversation."""
        self._ready()
        name, asked = checked_conversation(conversation), checked_turn(turn_id)
        async with self._hold(name), aclosing(self._once(name, message, given, asked)) as events:
            async for event in events:
                yield event

    async def _once(
        self, name: str, message: str, given: TurnPlan | None, turn_id: str | None = None
    ) -> AsyncGenerator[Event]:
        """Take a turn that is answered once; an answer that it has already is given again."""
        turn = begun(name, message, turn_id)
        earlier, lost = await self._before(turn, given_id=turn_id is not None)
        if earlier is not None:
            yield Event(event="reply", reply=earlier)
            return
        with self._conversations.errors():
            await self._limits.check(turn.owner)
        try:
            with self._conversations.errors():
                await self._conversations.begin(turn)
            async with aclosing(self._run(turn, given, lost)) as events:
                async for event in events:
                    yield event
        except BaseException:
            await settle(self._conversations, [turn])
            raise
        await settle(self._conversations, lost)
        self._keeping.look()

    async def _before(self, turn: Begun, *, given_id: bool) -> tuple[Reply | None, list[Begun]]:
        """The answer that the turn has already, and those of this conversation that were lost.

        Whoever began a turn here and isn't done has ended: the conversation is held by this one.
        """
        with self._conversations.errors():
            known = await self._conversations.unfinished(turn.conversation)
            if not known and not given_id:
                return None, []
            kept = await self._kept_or_none(turn.conversation)
            for each in known:
                if answer_to(each.id, kept):
                    await self._conversations.finish(each)
        lost = [e for e in known if e.id != turn.id and not answer_to(e.id, kept)]
        return answer_to(turn.id, kept), lost

    async def _run(
        self, turn: Begun, given: TurnPlan | None, lost: Sequence[Begun]
    ) -> AsyncGenerator[Event]:
        """Run the graph once, watched."""
        with watched(turn.conversation, press=given is not None) as watch:
            async with aclosing(self._watched(turn, given, lost, watch)) as events:
                async for event in events:
                    if event.reply is not None:
                        watch.answered(event.reply)
                    yield event

    async def _watched(
        self, turn: Begun, given: TurnPlan | None, lost: Sequence[Begun], watch: TurnWatch
    ) -> AsyncGenerator[Event]:
        """Whatever the environment says, nothing is traced elsewhere."""
        incoming: Incoming = {
            "message": turn.message,
            "given": given.model_dump(mode="json") if given else None,
            "turn_id": turn.id,
        }
        started, last = time.perf_counter(), None
        # Where a server has the catalogue this may wait for it, which must not hold up others.
        await asyncio.to_thread(self.catalogue.refresh)
        with self._conversations.errors(), tracing_context(enabled=False):
            rows = await rows_of(self._conversations, turn.conversation)
            context = self._context(self.settings.turn_seconds, rows, lost, turn.owner)
            async for written in self._graph.astream(
                incoming,
                thread_of(turn.conversation),
                context=replace(context, trace_id=watch.trace_id, span=watch.span),
                stream_mode="custom",
                durability="exit",
            ):
                event = Event.model_validate(written)
                if event.reply is None:
                    yield event
                else:
                    last = event.reply
            if last is not None:
                await self._after(turn, last.turn, rows)
        if last is not None:
            spent = round(1000 * (time.perf_counter() - started), 2)
            times = {**last.timings_ms, "total": spent}
            told = {"timings_ms": times, "trace_id": watch.trace_id}
            yield Event(event="reply", reply=last.model_copy(update=told))

    async def _after(self, turn: Begun, number: int, rows: tuple[Lasting, ...] | None) -> None:
        """Keep what is known besides the dialogue: the list's line, lasting taste, the journal."""
        name = turn.conversation
        await self._noted(name, turn.message, number)
        if rows is not None:
            await share(self._conversations, name, await self._kept(name), rows)
        await self._conversations.finish(turn)

    def _context(
        self,
        seconds: float,
        rows: tuple[Lasting, ...] | None = None,
        lost: Sequence[Begun] = (),
        owner: str = "",
    ) -> Context:
        year = self._year or date.today().year
        return Context(
            engine=self._engine,
            fallback=self._fallback,
            catalogue=self.catalogue,
            settings=self.settings,
            year=year,
            notices=(*self._notices, *_unread_ratings(self.catalogue)),
            deadline=time.monotonic() + seconds,
            patience=self._patience,
            lasting=rows,
            lost=tuple(lost_words(each) for each in lost),
            line=Line(self._queue, owner),
        )


async def _reply(running: AsyncGenerator[Event]) -> Reply:
    """What a turn comes to."""
    reply = await last_reply(running)
    assert reply is not None  # noqa: S101 - the answer step always writes one
    return reply


async def last_reply(running: AsyncGenerator[Event]) -> Reply | None:
    """What a turn comes to; None where nothing was done."""
    reply: Reply | None = None
    async with aclosing(running) as events:
        async for event in events:
            reply = event.reply or reply
    return reply


def _unread_ratings(catalogue: Catalogue) -> tuple[str, ...]:
    """What to say where there are ratings of many people that can't be read."""
    problem = community_problem(catalogue)
    return (f"These lists are made without other people's ratings: {problem}.",) if problem else ()
