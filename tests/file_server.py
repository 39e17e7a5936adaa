"""A loopback server of files that breaks off, changes, lies and leads in circles on demand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Site:
    """Files by path, and what goes wrong: the first of each list at the next request.

    ``cuts`` are bytes sent before the connection breaks, ``statuses`` answers instead of files.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    cuts: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    tagged: bool = True
    ranges: bool = True
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    """Paths that were asked for, with the range."""
    url: str = ""

    def tag(self, path: str) -> str:
        return f'"{hashlib.sha256(self.files[path]).hexdigest()[:12]}"'


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            site.asked.append((self.path, wanted))
            if site.statuses:
                self._say(site.statuses.pop(0))
            elif self.path in site.moved:
                self._say(302, {"Location": site.moved[self.path]})
            elif self.path not in site.files:
                self._say(404)
            else:
                self._send(site.files[self.path], wanted)

        def _send(self, body: bytes, wanted: str | None) -> None:
            tag, start = site.tag(self.path), 0
            same = site.ranges and self.headers.get("If-Range") == tag
            if wanted and same:
                start = int(re.findall(r"\d+", wanted)[0])
            if start >= len(body):
                self._say(416)
                return
            headers = {"ETag": tag} if site.tagged else {}
            if start:
                headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            self._say(206 if start else 200, headers, len(body) - start)
            cut = site.cuts.pop(0) if site.cuts else len(body)
            self.wfile.write(body[start : start + cut])

        def _say(self, status: int, headers: dict[str, str] | None = None, length: int = 0) -> None:
            self.send_response(status)
            for name, value in {**(headers or {}), "Content-Length": str(length)}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """The site at an address of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
