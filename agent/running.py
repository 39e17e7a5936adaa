"""Running one turn: in its order, read from where it is kept and kept again."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from datetime import date

from langsmith import tracing_context

from .engines.base import Engine
from .intake import checked_conversation
from .lasting import Lasting
from .plan import TurnPlan
from .records import Records, thread_of
from .reply import Event, Reply
from .session import ConversationName
from .sharing import rows_of, share
from .state import Context, Incoming
from .steps import Patience
from .turn_watch import TurnWatch


class Running(Records):
    """The part of `moodreel.agent.companion.MovieAgent` that takes turns."""

    _engine: Engine
    _fallback: Engine
    _year: int | None
    _notices: tuple[str, ...]
    _patience: Patience

    def turn_context(self) -> Context:
        """What a turn of `moodreel.agent.graph` needs, for a server that runs the graph itself."""
        self._ready()
        return self._context(self.settings.turn_seconds)

    async def _turn(
        self, conversation: ConversationName, message: str, given: TurnPlan | None = None
    ) -> Reply:
        return await _reply(self._events(conversation, message, given))

    async def _events(
        self, conversation: ConversationName, message: str, given: TurnPlan | None
    ) -> AsyncGenerator[Event]:
        """Run the graph once, after all earlier turns of the conversation."""
        self._ready()
        name = checked_conversation(conversation)
        async with self._hold(name), aclosing(self._run(name, message, given)) as events:
            async for event in events:
                yield event

    async def _run(self, name: str, message: str, given: TurnPlan | None) -> AsyncGenerator[Event]:
        """Run the graph once, watched."""
        with TurnWatch(name, press=given is not None) as watch:
            async with aclosing(self._watched(name, message, given, watch)) as events:
                async for event in events:
                    if event.reply is not None:
                        watch.answered(event.reply)
                    yield event

    async def _watched(
        self, name: str, message: str, given: TurnPlan | None, watch: TurnWatch
    ) -> AsyncGenerator[Event]:
        """Whatever the environment says, nothing is traced elsewhere."""
        incoming: Incoming = {
            "message": message,
            "given": given.model_dump(mode="json") if given else None,
        }
        started, last = time.perf_counter(), None
        with self._conversations.errors(), tracing_context(enabled=False):
            rows = await rows_of(self._conversations, name)
            context = self._context(self.settings.turn_seconds, rows)
            async for written in self._graph.astream(
                incoming,
                thread_of(name),
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
                await self._after(name, message, last.turn, rows)
        if last is not None:
            spent = round(1000 * (time.perf_counter() - started), 2)
            times = {**last.timings_ms, "total": spent}
            told = {"timings_ms": times, "trace_id": watch.trace_id}
            yield Event(event="reply", reply=last.model_copy(update=told))

    async def _after(
        self, name: str, message: str, turn: int, rows: tuple[Lasting, ...] | None
    ) -> None:
        """Keep what is known besides the dialogue: the list's line, and lasting taste."""
        await self._noted(name, message, turn)
        if rows is not None:
            await share(self._conversations, name, await self._kept(name), rows)

    def _context(self, seconds: float, rows: tuple[Lasting, ...] | None = None) -> Context:
        year = self._year or date.today().year
        return Context(
            engine=self._engine,
            fallback=self._fallback,
            catalogue=self.catalogue,
            settings=self.settings,
            year=year,
            notices=self._notices,
            deadline=time.monotonic() + seconds,
            patience=self._patience,
            lasting=rows,
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
