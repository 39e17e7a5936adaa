"""The page, served by a process of its own, for tests in a browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

START = 180.0
"""Seconds a server may take until it answers, on a machine with other things to do."""


class Served:
    """``moodreel web`` over a data folder; ends with its block.

    Args:
        home: its data folder.
        options: what else stands on the command line.
        environment: settings (``MOODREEL_…``); the builtin engine is set where nothing else is.
    """

    def __init__(self, home: Path, *options: str, **environment: str) -> None:
        self.home = home
        self._options = options
        self.log = home.parent / f"{home.name}.log"
        self.port = _free_port()
        self._settings = {"MOODREEL_ENGINE": "builtin", **environment}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self._process is not None
        return self._process.pid

    def start(self, *, ready: bool = True) -> None:
        """Serve, and wait until the page answers; with ``ready`` also for the catalogue."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "moodreel", "web", "--port", str(self.port), *self._options],
                env={**os.environ, **self._settings, "MOODREEL_HOME": str(self.home)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.wait("ready" if ready else "")

    def wait(self, state: str) -> None:
        """Wait until the server says that it is in this state (``""``: any)."""
        end = time.monotonic() + START
        while time.monotonic() < end:
            said = self.state()
            if said and state in ("", said):
                return
            assert self._process is not None
            assert self._process.poll() is None, f"the server ended: {self.said()}"
            time.sleep(0.1)
        raise TimeoutError(f"the server took more than {START:.0f} s: {self.said()}")

    def state(self) -> str:
        """The state that the server tells, nothing where it doesn't answer."""
        try:
            return str(httpx.get(f"{self.url}health", timeout=2).json()["state"])
        except httpx.TransportError:
            return ""

    def said(self) -> str:
        """What the server wrote so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the server and wait for it; its exit code."""
        assert self._process is not None
        self._process.send_signal(how)
        try:
            return self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def _leave(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.end()


def _free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])
