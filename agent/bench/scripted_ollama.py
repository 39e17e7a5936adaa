"""A loopback server that speaks Ollama's API, says what it is told to, and fails on demand.

It runs in a thread of its own, so that blocking clients can be tried on it as well::

    async with ScriptedOllama(reply=lambda body: '{"a": 1}', faults=Fault.STALL) as server:
        ... server.url ...
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from .scripted_answers import Answers
from .scripted_faults import EVERY, Fault, Rule, rules_of
from .scripted_http import Exchange, Request, Seen, read_request
from .scripted_shapes import GEMMA, NOMIC, TOKEN, ScriptedModel, tokens

Json = dict[str, Any]
Reply = Callable[[Json], str | Json]

__all__ = ["EVERY", "Fault", "Reply", "Rule", "ScriptedModel", "ScriptedOllama", "Seen"]


def _quiet(_: Json) -> str:
    return "{}"


class ScriptedOllama:
    """Answers ``/api/chat`` with ``reply(body)``, the rest from the models it has.

    Args:
        reply: the content of an answer for the body of a chat request, or a whole message as
            the API has it: ``content``, ``tool_calls``.
        faults: what goes wrong; see `rules_of`. More with `fail`, none with `heal`.
        models: what is installed.
        chunk: characters a streamed line has; ``None`` for at most four lines an answer.
        segment: bytes a piece on the wire has; ``None`` for one piece a line.
        dimension: of the embeddings.
        count: how many tokens of a prompt a text is.
        port: 0 for any that is free.
    """

    def __init__(
        self,
        reply: Reply = _quiet,
        faults: Fault | Mapping[str, Fault] | None = None,
        *,
        models: Sequence[ScriptedModel] = (GEMMA, NOMIC),
        chunk: int | None = TOKEN,
        segment: int | None = None,
        dimension: int = 16,
        version: str = "0.12.6",
        count: Callable[[str], int] = tokens,
        port: int = 0,
    ) -> None:
        self.seen: list[Seen] = []
        self.port = port
        self._answers = Answers(reply, models, chunk, dimension, version, count=count)
        self._segment = segment
        self._rules = rules_of(faults)
        self._counts: Counter[str] = Counter()
        self._changed = threading.Condition()
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._listener: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def left(self) -> int:
        """How many clients went before the end of their answer."""
        return sum(each.left for each in self.seen)

    def asked(self, kind: str = "chat") -> list[Json]:
        """The bodies of all requests of one kind, oldest first."""
        return [each.body for each in self.seen if each.kind == kind]

    def fail(
        self,
        fault: Fault,
        kind: str = "chat",
        *,
        nth: int | None = None,
        when: Callable[[Json], bool] | None = None,
    ) -> None:
        """From now on do this wrong; an earlier rule goes first. ``nth`` counts from the start."""
        self._rules.append(Rule(fault, kind, nth, when))
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._answers.released.clear)
        self._run(self._listen())

    def heal(self) -> None:
        """Do nothing wrong any more, and let go of who waits."""
        self._rules.clear()
        self.release()
        self._run(self._listen())

    def release(self) -> None:
        """Go on where a fault made the server wait."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._answers.released.set)

    async def until(self, true: Callable[[], bool], seconds: float = 10.0) -> bool:
        """Wait until something is true of what was seen; whether it became so in time."""
        return await asyncio.to_thread(self.wait_until, true, seconds)

    def wait_until(self, true: Callable[[], bool], seconds: float = 10.0) -> bool:
        """The same, blocking."""
        with self._changed:
            return self._changed.wait_for(true, seconds)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=asyncio.run, args=(self._main(),), daemon=True)
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._loop is not None and self._thread is not None  # noqa: S101 - entered
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()
        self._loop = None

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await asyncio.to_thread(self.__exit__, kind, error, trace)

    def _run(self, work: Any) -> None:
        if self._loop is None:
            work.close()
            return
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._closing = asyncio.Event()
        self._connections: set[asyncio.Task[None]] = set()
        try:
            await self._listen()
        finally:
            self._ready.set()
        await self._closing.wait()
        await self._close()

    async def _listen(self) -> None:
        """Listen, or stop listening, as the rules are."""
        if any(rule.fault is Fault.REFUSE for rule in self._rules):
            if not self.port:
                await self._open()  # a port that is ours, and then closed
            await self._close()
        elif self._listener is None:
            await self._open()

    async def _open(self) -> None:
        self._listener = await asyncio.start_server(
            self._connected, "127.0.0.1", self.port, reuse_address=True
        )
        self.port = self._listener.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._listener is not None:
            for listening in self._listener.sockets:
                asyncio.get_running_loop().remove_reader(listening.fileno())
            # asyncio forgets a connection that is just being accepted when its server closes.
            await asyncio.sleep(0)
            self._listener.close()
            await self._listener.wait_closed()
            self._listener = None
        for task in tuple(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)
        # Also for a task that was cancelled before it began and so has closed nothing.
        task.add_done_callback(lambda _: writer.transport.abort())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        stayed = False
        try:
            while (request := await read_request(reader)) is not None:
                exchange = Exchange(writer, self._segment)
                stayed = await self._answer(request, exchange, reader)
                if exchange.broken or not stayed:
                    break
        finally:
            # Nobody reads any more what is still unsent, so closing would wait for ever.
            (writer.close if stayed else writer.transport.abort)()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(
        self, request: Request, exchange: Exchange, reader: asyncio.StreamReader
    ) -> bool:
        """Answer one request, unless the client goes before the end; whether it stayed."""
        seen = self._noted(request)
        answer = asyncio.ensure_future(self._answers.give(request, seen, exchange))
        gone = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
            stayed = answer.done() and not isinstance(answer.exception(), ConnectionError)
            if stayed:
                answer.result()
        finally:
            for task in (answer, gone):
                task.cancel()
            await asyncio.gather(answer, gone, return_exceptions=True)
        with self._changed:
            seen.left, seen.done = not stayed, stayed
            self._changed.notify_all()
        return stayed

    def _noted(self, request: Request) -> Seen:
        kind = request.path.rsplit("/", 1)[-1] or "root"
        with self._changed:
            self._counts[kind] += 1
            nth = self._counts[kind]
            rules = [rule for rule in self._rules if rule.holds(kind, nth, request.body)]
            fault = rules[0].fault if rules else None
            seen = Seen(kind, nth, request.body, request.headers, fault)
            self.seen.append(seen)
            self._changed.notify_all()
        return seen
