"""``moodreel web`` in a process of its own, over a data folder of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx

from ...errors import WorkError

LONGEST_START = 120.0
"""Seconds that a server may take until it answers."""
_LONGEST_END = 20.0


class WebServer:
    """One process that serves the chat page with the builtin engine; see `serving`."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: IO[bytes]) -> None:
        """Look at a process that was just started and writes into ``log``."""
        self.url = f"http://127.0.0.1:{port}"
        self._process = process
        self._log = log

    def memory(self) -> int:
        """Its resident memory now, in bytes.

        Raises:
            WorkError: it has ended.
        """
        self.check()
        return resident(self._process.pid)

    def spent(self) -> float:
        """Its processor time so far, in seconds, whatever else the machine does.

        Raises:
            WorkError: it has ended.
        """
        self.check()
        return processor_time(self._process.pid)

    def check(self) -> None:
        """See that it still runs.

        Raises:
            WorkError: it has ended; the message has what it said last.
        """
        if self._process.poll() is not None:
            raise WorkError(f"The measured server ended by itself: {self.said()[-300:]!r}")

    def said(self) -> str:
        """What it wrote so far."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace").strip()

    def wait(self) -> None:
        """Wait until the page answers and the catalogue is there.

        Raises:
            WorkError: it ended, or took longer than ``LONGEST_START``.
        """
        end = time.monotonic() + LONGEST_START
        while time.monotonic() < end:
            self.check()
            if state(self.url) == "ready":
                return
            time.sleep(0.1)
        raise WorkError(f"The measured server wasn't ready within {LONGEST_START:.0f} s.")

    def end(self) -> None:
        """End it and wait for that."""
        self._process.terminate()
        try:
            self._process.wait(_LONGEST_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def serving(home: Path) -> Iterator[WebServer]:
    """A server over a data folder that is ready to be talked to; ends with the block.

    Raises:
        WorkError: it didn't start.
    """
    port = free_port()
    own = {"MOODREEL_HOME": str(home), "MOODREEL_ENGINE": "builtin"}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S603 (this interpreter, arguments from this file)
            [sys.executable, "-m", "moodreel", "web", "--port", str(port)],
            env={**os.environ, **own},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        server = WebServer(process, port, log)
        try:
            server.wait()
            yield server
        finally:
            server.end()


def state(url: str) -> str:
    """How far the server is, as its ``/health`` says; empty where nothing answers."""
    try:
        return str(httpx.get(f"{url}/health", timeout=5).json()["state"])
    except httpx.TransportError:
        return ""


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


def resident(pid: int) -> int:
    """Resident memory of a process in bytes, as the system counts it."""
    known = Path(f"/proc/{pid}/statm")
    if known.exists():
        return int(known.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return int(_told("rss", pid)) * 1024


def processor_time(pid: int) -> float:
    """Seconds that all processors have worked for a process, as the system counts them."""
    known = Path(f"/proc/{pid}/stat")
    if known.exists():
        # The name of the process, in brackets, may hold anything.
        after = known.read_text().rpartition(")")[2].split()
        return (int(after[11]) + int(after[12])) / os.sysconf("SC_CLK_TCK")
    return clock_seconds(_told("time", pid))


def clock_seconds(told: str) -> float:
    """Seconds of what ``ps`` writes: ``1:02.50``, ``01:02:03`` or ``2-01:02:03``."""
    days, _, clock = told.rpartition("-")
    seconds = 0.0
    for part in clock.split(":"):
        seconds = 60 * seconds + float(part)
    return 86400 * int(days or 0) + seconds


def _told(what: str, pid: int) -> str:
    """What ``ps`` tells of a process."""
    told = subprocess.run(  # noqa: S603 (a word of ours and a number, no shell)
        ["ps", "-o", f"{what}=", "-p", str(pid)],  # noqa: S607 (where ps is differs)
        capture_output=True,
        check=True,
        text=True,
    )
    return told.stdout.strip()
