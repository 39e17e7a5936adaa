"""A Qdrant server for tests: its REST routes over qdrant-client's in-memory mode, with faults.

The real client talks HTTP to it. What the in-memory mode can't do (shards, replicas,
quantisation, payload indexes, search parameters) is taken down in `LoopbackQdrant.asked`.
"""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter
from qdrant_client import QdrantClient, models

Work = Callable[[str, Any], Any]


@dataclass
class Fault:
    """What goes wrong with requests whose ``METHOD /path`` matches, and how many times.

    ``status`` is answered without work; ``hang`` waits for so many seconds first; ``drop`` breaks
    the connection, before the work or, with ``late``, after it; ``body`` is answered as it is.
    """

    route: str
    kind: Literal["status", "hang", "drop", "body"]
    times: int = 1_000_000
    status: int = 500
    said: str = "out of order"
    seconds: float = 0.0
    late: bool = False
    skip: int = 0
    retry_after: int | None = None

    def meets(self, line: str) -> bool:
        """Whether it befalls this request; counts down."""
        if not self.times or not re.search(self.route, line):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        return True


@dataclass
class LoopbackQdrant:
    """The server: its address, what it was asked (line, body), and its faults."""

    key: str | None = None
    version: str = "1.17.0"
    asked: list[tuple[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        self.client = QdrantClient(":memory:")
        self._lock = threading.Lock()

    def requests(self, route: str) -> list[Any]:
        """The bodies of the requests whose line matches."""
        return [body for line, body in self.asked if re.search(route, line)]

    def answer(self, line: str, body: Any) -> Any:
        """Do what a request asks for."""
        self.asked.append((line, body))
        method, path = line.split(" ", 1)
        for (verb, pattern), work in _ROUTES.items():
            found = re.fullmatch(pattern, path)
            if verb == method and found:
                with self._lock:
                    return work(self, *found.groups(), body)
        raise LookupError(f"no route {line}")

    def collections(self) -> set[str]:
        """The names of the collections that there are."""
        return {each.name for each in self.client.get_collections().collections}


def _create(server: LoopbackQdrant, name: str, body: Any) -> bool:
    made = models.CreateCollection.model_validate(body)
    return server.client.create_collection(
        name,
        vectors_config=made.vectors,
        sparse_vectors_config=made.sparse_vectors,
        metadata=made.metadata,
    )


def _query(server: LoopbackQdrant, name: str, body: Any) -> Any:
    asked = models.QueryRequestBatch.model_validate(body).searches
    bare = [each.model_copy(update={"params": None}) for each in asked]
    return server.client.query_batch_points(name, bare)


def _scroll(server: LoopbackQdrant, name: str, body: Any) -> Any:
    asked = models.ScrollRequest.model_validate(body)
    page, following = server.client.scroll(
        name,
        scroll_filter=asked.filter,
        limit=asked.limit or 10,
        offset=asked.offset,
        with_payload=asked.with_payload or False,
    )
    return {"points": page, "next_page_offset": following}


def _retrieve(server: LoopbackQdrant, name: str, body: Any) -> Any:
    asked = models.PointRequest.model_validate(body)
    return server.client.retrieve(
        name,
        asked.ids,
        with_payload=asked.with_payload or False,
        with_vectors=asked.with_vector or False,
    )


def _facet(server: LoopbackQdrant, name: str, body: Any) -> Any:
    asked = models.FacetRequest.model_validate(body)
    return server.client.facet(
        name, key=asked.key, facet_filter=asked.filter, limit=asked.limit or 10
    )


def _aliases(server: LoopbackQdrant, body: Any) -> bool:
    asked = models.ChangeAliasesOperation.model_validate(body)
    return server.client.update_collection_aliases(asked.actions)


def _delete_points(server: LoopbackQdrant, name: str, body: Any) -> Any:
    return server.client.delete(name, models.PointIdsList.model_validate(body))


def _upsert(server: LoopbackQdrant, name: str, body: Any) -> Any:
    return server.client.upsert(name, models.PointsList.model_validate(body).points)


def _count(server: LoopbackQdrant, name: str, body: Any) -> Any:
    return server.client.count(name, models.CountRequest.model_validate(body).filter)


_NAME = r"/collections/([^/]+)"
_ROUTES: dict[tuple[str, str], Callable[..., Any]] = {
    ("GET", "/"): lambda server, _: {"title": "qdrant", "version": server.version},
    ("GET", "/collections"): lambda server, _: server.client.get_collections(),
    ("POST", "/collections/aliases"): _aliases,
    ("GET", _NAME): lambda server, name, _: server.client.get_collection(name),
    ("GET", _NAME + "/exists"): lambda server, name, _: {
        "exists": server.client.collection_exists(name)
    },
    ("PUT", _NAME): _create,
    ("PATCH", _NAME): lambda server, name, body: server.client.update_collection(
        name, metadata=body["metadata"]
    ),
    ("DELETE", _NAME): lambda server, name, _: server.client.delete_collection(name),
    ("PUT", _NAME + "/index"): lambda *_: {"operation_id": 0, "status": "completed"},
    ("PUT", _NAME + "/points"): _upsert,
    ("POST", _NAME + "/points"): _retrieve,
    ("POST", _NAME + "/points/scroll"): _scroll,
    ("POST", _NAME + "/points/count"): _count,
    ("POST", _NAME + "/points/delete"): _delete_points,
    ("POST", _NAME + "/points/query/batch"): _query,
    ("POST", _NAME + "/facet"): _facet,
}
_ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)


Answer = tuple[int, bytes, int | None]
"""Status, body and the seconds of Retry-After."""


class _Broken(Exception):
    """The connection is to be cut."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _handle(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(size)) if size else None
        line = f"{self.command} {self.path.partition('?')[0]}"
        try:
            status, told, later = self._reply(line, body)
        except _Broken:
            self.close_connection = True
            return
        self.send_response(status)
        if later is not None:
            self.send_header("Retry-After", str(later))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def _reply(self, line: str, body: Any) -> Answer:
        qdrant = self.server.qdrant
        if qdrant.key and self.headers.get("api-key") != qdrant.key:
            return _failed(401, f"Must provide an API key, not {self.headers.get('api-key')}")
        fault = next((each for each in qdrant.faults if each.meets(line)), None)
        if fault is None:
            return self._worked(line, body)
        if fault.kind == "hang":
            time.sleep(fault.seconds)
        if fault.kind == "drop":
            if fault.late:
                self._worked(line, body)
            raise _Broken
        if fault.kind == "body":
            return 200, fault.said.encode(), None
        return _failed(fault.status, fault.said, fault.retry_after)

    def _worked(self, line: str, body: Any) -> Answer:
        try:
            result = self.server.qdrant.answer(line, body)
        except (LookupError, ValueError) as error:
            missing = isinstance(error, LookupError) or "not found" in str(error)
            return _failed(404 if missing else 400, str(error))
        if line == "GET /":
            return 200, json.dumps(result).encode(), None
        told = {"result": result, "status": "ok", "time": 0.0}
        return 200, _ANYTHING.dump_json(told), None

    do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = _handle  # noqa: N815 - the names that it calls

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def _failed(status: int, said: str, later: int | None = None) -> Answer:
    return status, json.dumps({"status": {"error": said}, "time": 0.0}).encode(), later


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    qdrant: LoopbackQdrant

    def handle_error(self, *_: Any) -> None:
        """A client that gave up is no news."""


@contextmanager
def serving(
    qdrant: LoopbackQdrant, port: int = 0, certificate: Path | None = None
) -> Iterator[LoopbackQdrant]:
    """Have it answer on loopback, over TLS where a file has certificate and key."""
    server = _Server(("127.0.0.1", port), _Handler)
    server.qdrant = qdrant
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https" if certificate else "http"
    qdrant.url = f"{scheme}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield qdrant
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
