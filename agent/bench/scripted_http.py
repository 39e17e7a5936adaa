"""As much of an HTTP/1.1 server as a scripted model server needs, on asyncio's streams."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from .scripted_faults import Fault
from .scripted_shapes import encoded

Json = dict[str, Any]
NDJSON = "application/x-ndjson"


@dataclass
class Request:
    """What a client sent: ``body`` is its JSON, empty where there is none or it is no object."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: Json = field(default_factory=dict)
    readable: bool = True


@dataclass
class Seen:
    """A request the server had: the ``nth`` of its ``kind``, counted from 1.

    ``sent`` is what was said in a chat, ``left`` whether the client went before the end.
    """

    kind: str
    nth: int
    body: Json
    headers: dict[str, str] = field(default_factory=dict)
    fault: Fault | None = None
    sent: str = ""
    left: bool = False
    done: bool = False


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """The next request of a connection; none when the client has gone."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines if line)
        }
        raw = await reader.readexactly(int(headers.get("content-length", "0")))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    request = Request(method, path.partition("?")[0], headers)
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        request.readable = False
        return request
    request.body, request.readable = (body, True) if isinstance(body, dict) else ({}, False)
    return request


class Exchange:
    """The answer to one request, written whole or line by line.

    ``segment`` cuts what is streamed into pieces of that many bytes, wherever they fall.
    """

    def __init__(self, writer: asyncio.StreamWriter, segment: int | None = None) -> None:
        self._writer = writer
        self._segment = segment
        self.broken = False

    async def whole(
        self, status: int, body: bytes, kind: str = "application/json; charset=utf-8", **more: str
    ) -> None:
        """One answer with its length."""
        self._head(status, kind, **{"Content-Length": str(len(body)), **more})
        self._writer.write(body)
        await self._writer.drain()

    async def json(self, value: object, status: int = 200) -> None:
        """One JSON answer."""
        await self.whole(status, encoded(value))

    async def error(self, status: int, text: str) -> None:
        """An error as Ollama writes it."""
        await self.json({"error": text}, status)

    def begin(self) -> None:
        """Start a stream of JSON lines."""
        self._head(200, NDJSON, **{"Transfer-Encoding": "chunked"})

    async def line(self, value: object) -> None:
        """One JSON line of a stream."""
        await self.raw(encoded(value) + b"\n")

    async def raw(self, data: bytes) -> None:
        """Bytes of a stream, as they are."""
        for part in _segments(data, self._segment):
            self._writer.write(b"%x\r\n%s\r\n" % (len(part), part))
            await self._writer.drain()

    async def end(self) -> None:
        """End a stream in good order."""
        self._writer.write(b"0\r\n\r\n")
        await self._writer.drain()

    def drop(self) -> None:
        """Close the connection where it is."""
        self.broken = True

    def reset(self) -> None:
        """Close the connection where it is, with a reset and without what is still unsent."""
        self.broken = True
        self._writer.transport.abort()

    def _head(self, status: int, kind: str, **headers: str) -> None:
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", f"Content-Type: {kind}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))


def _segments(data: bytes, size: int | None) -> Iterator[bytes]:
    step = size or len(data) or 1
    return (data[at : at + step] for at in range(0, len(data), step))
