"""The sound of an address by the real adapter, from a server of our own."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from moodreel.errors import BadSource, VideoRefused
from moodreel.ingest.video.audio import YtDlpAudio
from moodreel.ingest.video.polite import Passing

from .stage import sound


class Files(BaseHTTPRequestHandler):
    """Serves one file, in ranges where asked, or a status."""

    content: ClassVar[bytes] = b""
    ranges: ClassVar[list[str | None]] = []

    def do_HEAD(self) -> None:
        self._begin()

    def do_GET(self) -> None:
        body = self._begin()
        if body:
            self.wfile.write(body)

    def _begin(self) -> bytes:
        status = int(self.path.split("/")[1]) if self.path.split("/")[1].isdigit() else 200
        asked = self.headers.get("Range")
        if self.command == "GET":
            self.ranges.append(asked)
        first = int(asked.split("=")[1].split("-")[0]) if asked else 0
        body = self.content[first:] if status == 200 else b""
        self.send_response(206 if asked and status == 200 else status)
        self.send_header("Content-Type", "audio/wav")
        self.send_header("Content-Length", str(len(body)))
        whole = len(self.content)
        if asked and status == 200:
            self.send_header("Content-Range", f"bytes {first}-{whole - 1}/{whole}")
        self.end_headers()
        return body

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def files(tmp_path: Path) -> Iterator[str]:
    Files.content = sound(tmp_path / "served.wav", 3).read_bytes()
    Files.ranges = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_sound_of_an_address_is_fetched(files: str, tmp_path: Path) -> None:
    audio = YtDlpAudio({"ratelimit": None})
    found, about = audio.fetch(f"{files}/harbour.wav", tmp_path / "kept")
    assert found.read_bytes() == Files.content
    assert "harbour" in about.title
    assert audio.about(f"{files}/harbour.wav").title == about.title


def test_a_part_of_a_sound_is_gone_on_with(files: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "sound.wav.part").write_bytes(Files.content[:10_000])
    found, _ = YtDlpAudio({"ratelimit": None}).fetch(f"{files}/harbour.wav", kept)
    assert found.read_bytes() == Files.content
    assert "bytes=10000-" in Files.ranges


@pytest.fixture
def collected() -> Iterator[None]:
    """Has what a test leaves behind collected before the next one begins."""
    yield
    gc.collect()


@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket")  # yt-dlp leaves it open
@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize(
    ("status", "error"),
    [(403, VideoRefused), (429, VideoRefused), (404, BadSource), (503, Passing)],
)
def test_what_a_server_may_say_instead(
    files: str, tmp_path: Path, status: int, error: type[Exception]
) -> None:
    with pytest.raises(error) as raised:
        YtDlpAudio().fetch(f"{files}/{status}/harbour.wav", tmp_path)
    assert type(raised.value) is error


def test_nobody_answers(tmp_path: Path) -> None:
    with pytest.raises(Passing, match="network"):
        YtDlpAudio().fetch("http://127.0.0.1:9/x.wav", tmp_path)
