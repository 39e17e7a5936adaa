"""One tab of a browser at the chat page, as the server sees it: presses, drawings, what follows.

It speaks Gradio's queue as the page does: a press is posted to ``queue/join`` with the hash of
this tab's session, what is drawn comes over one stream of events, and handlers that follow a
handler (``then``) or a changed state are asked for by the tab. Only the drawing itself and what
the page's own scripts do in a browser are left out.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple

import httpx
from gradio_client.utils import apply_diff

Json = dict[str, Any]

LONGEST_WAIT = 60.0
"""Seconds after which an answer is no longer waited for."""
_COMING = ("process_generating", "process_completed")


class Trouble(Exception):
    """Something that went wrong for a visitor; ``kind`` is what it is counted as."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind


class Timed(NamedTuple):
    """Seconds from a press to the first drawing, and to the last one that is its answer."""

    first: float
    last: float


@dataclass(frozen=True)
class Layout:
    """What the page consists of, as the server tells browsers.

    ``handlers`` by their id; ``places`` are the ids of named components; ``values`` what
    components show at first, by id; ``kept`` the ids of states, which stay on the server.
    """

    handlers: Mapping[int, Json]
    places: Mapping[str, int]
    values: Mapping[int, Any]
    kept: frozenset[int]

    @classmethod
    def of(cls, config: Json) -> Layout:
        """Read the configuration of a Gradio page."""
        parts = config["components"]
        named = {part["props"].get("elem_id"): part["id"] for part in parts}
        return cls(
            handlers={each["id"]: each for each in config["dependencies"] if each["backend_fn"]},
            places={name: number for name, number in named.items() if name},
            values={part["id"]: part["props"].get("value") for part in parts},
            kept=frozenset(part["id"] for part in parts if part["type"] == "state"),
        )

    def at(self, place: int | None, event: str) -> Json:
        """The handler of an event of a component, ``None`` is any.

        Raises:
            LookupError: the page has none.
        """
        for handler in self.handlers.values():
            for part, name in handler["targets"]:
                if name == event and place in (None, part):
                    return handler
        raise LookupError(f"The page has no {event!r} at {place!r}.")

    def after(self, handler: Json) -> list[Json]:
        """The handlers that are to be asked for after one."""
        return [e for e in self.handlers.values() if e["trigger_after"] == handler["id"]]

    def hearing(self, changed: Iterable[int]) -> list[Json]:
        """The handlers that are to be asked for where these states were changed."""
        states = {(part, "change") for part in changed}
        return [
            each
            for each in self.handlers.values()
            if any(tuple(target) in states for target in each["targets"])
        ]


class Tab:
    """A tab that opens the page, presses things and keeps what is shown."""

    def __init__(self, client: httpx.AsyncClient, layout: Layout) -> None:
        """Prepare; ``client`` has the address of the page."""
        self._client = client
        self._layout = layout
        self._session = secrets.token_hex(6)
        self._shown = dict(layout.values)
        self._mail: defaultdict[str, asyncio.Queue[Json]] = defaultdict(asyncio.Queue)
        self._asked = 0
        self._listening: asyncio.Task[None] | None = None
        self._alive: asyncio.Task[None] | None = None
        self._following: set[asyncio.Task[None]] = set()

    def at(self, place: str) -> Any:
        """What the component of this name shows."""
        return self._shown[self._layout.places[place]]

    async def open(self) -> None:
        """Load the page, and all that it draws by itself."""
        (await self._client.get("/")).raise_for_status()
        self._alive = asyncio.create_task(self._stay())
        await self._fire(self._layout.at(None, "load"), None, None)
        await self.settled()

    async def close(self) -> None:
        """Leave."""
        tasks = [*self._following, *filter(None, (self._listening, self._alive))]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def press(self, place: str, event: str, data: Json | None = None) -> Timed:
        """Trigger an event of a component and wait for the last drawing of its handler.

        Raises:
            Trouble: it was refused, failed, or took longer than ``LONGEST_WAIT``.
        """
        number = self._layout.places[place]
        return await self._fire(self._layout.at(number, event), number, data)

    async def type(self, place: str, words: str) -> Timed:
        """Type into a box and send it; the rest is as for `press`."""
        self._shown[self._layout.places[place]] = words
        return await self.press(place, "submit")

    async def settled(self) -> None:
        """Wait until all that follows is drawn too.

        Raises:
            Trouble: some of it failed.
        """
        while self._following:
            await asyncio.gather(*self._following)

    async def _fire(self, handler: Json, trigger: int | None, data: Json | None) -> Timed:
        begun, first = time.perf_counter(), 0.0
        drawn: list[Any] = []
        async for message in self._answers(handler, trigger, data):
            output = message["output"]
            drawn = _drawn(drawn, output["data"], message["msg"])
            self._show(handler["outputs"], drawn)
            first = first or time.perf_counter() - begun
            then = self._layout.after(handler) if message["msg"] == "process_completed" else ()
            for each in (*then, *self._layout.hearing(output.get("changed_state_ids") or ())):
                self._follow(each)
        return Timed(first, time.perf_counter() - begun)

    def _follow(self, handler: Json) -> None:
        async def follow() -> None:
            await self._fire(handler, None, None)

        task = asyncio.create_task(follow())
        self._following.add(task)
        task.add_done_callback(self._following.discard)

    async def _answers(
        self, handler: Json, trigger: int | None, data: Json | None
    ) -> AsyncIterator[Json]:
        """The drawings that one handler sends, the last is its answer."""
        self._asked += 1
        try:
            event = await self._join(handler, trigger, data)
            if self._listening is None or self._listening.done():
                self._listening = asyncio.create_task(self._listen())
            while True:
                message = await self._next(event)
                if message["msg"] not in _COMING:
                    continue
                if not message["success"]:
                    raise Trouble("handler failed", str(message["output"].get("error")))
                yield message
                if message["msg"] == "process_completed":
                    return
        finally:
            self._asked -= 1

    async def _join(self, handler: Json, trigger: int | None, data: Json | None) -> str:
        given = [None if n in self._layout.kept else self._shown[n] for n in handler["inputs"]]
        asked = {
            "data": given,
            "event_data": data,
            "fn_index": handler["id"],
            "trigger_id": trigger,
            "session_hash": self._session,
        }
        try:
            answer = await self._client.post("/gradio_api/queue/join", json=asked)
        except httpx.TransportError as error:
            raise Trouble("no connection", repr(error)) from error
        if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            raise Trouble("refused: the queue is full")
        if answer.is_error:
            raise Trouble(f"status {answer.status_code}", answer.text[:100])
        return str(answer.json()["event_id"])

    async def _next(self, event: str) -> Json:
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                return await self._mail[event].get()
        except TimeoutError:
            raise Trouble(f"no answer within {LONGEST_WAIT:.0f} s") from None

    async def _listen(self) -> None:
        """Hand out what the stream brings; the server ends it whenever nothing is asked."""
        where = "/gradio_api/queue/data"
        # What is asked while the stream is being ended is answered in another one.
        while self._asked:
            with suppress(httpx.TransportError):
                async with self._client.stream(
                    "GET", where, params={"session_hash": self._session}
                ) as answer:
                    async for line in answer.aiter_lines():
                        self._hand_out(line)

    def _hand_out(self, line: str) -> None:
        if not line.startswith("data:"):
            return
        message = json.loads(line.removeprefix("data:"))
        if message.get("event_id"):
            self._mail[message["event_id"]].put_nowait(message)

    async def _stay(self) -> None:
        """Tell the server, as browsers do, that this tab is there."""
        with suppress(httpx.TransportError):
            where = f"/gradio_api/heartbeat/{self._session}"
            async with self._client.stream("GET", where) as answer:
                async for _ in answer.aiter_lines():
                    pass

    def _show(self, places: Iterable[int], drawn: Iterable[Any]) -> None:
        for place, value in zip(places, drawn, strict=True):
            if not isinstance(value, dict) or value.get("__type__") != "update":
                self._shown[place] = value
            elif "value" in value:
                self._shown[place] = value["value"]


def _drawn(before: list[Any], sent: list[Any], kind: str) -> list[Any]:
    """All values of a drawing: those on the way after the first come as changes to those before."""
    if kind == "process_completed" or not before:
        return sent
    return [apply_diff(old, change) for old, change in zip(before, sent, strict=True)]
