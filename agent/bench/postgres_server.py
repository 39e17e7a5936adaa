"""A Postgres server of one's own for as long as it is needed, from the installed binaries."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

from ...errors import WorkError

_DEBIAN = Path("/usr/lib/postgresql")
_USER = "postgres"
_START_SECONDS = 30.0
_QUICK = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "listen_addresses=")


def binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``, the newest where there are several."""
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    return Path(named).resolve().parent if named else None


class PostgresServer:
    """A server that listens on a socket in a temporary folder, and is gone at the end.

    It refuses to run as root, so there it runs as the user that Debian's package makes.
    """

    def __init__(self) -> None:
        """Prepare; entering the context makes the files and starts it.

        Raises:
            WorkError: there are no binaries here.
        """
        found = binaries()
        if found is None:
            raise WorkError("There is no PostgreSQL here; install it (Debian: postgresql).")
        self._binaries = found
        self._folder = Path(tempfile.mkdtemp(prefix="moodreel-pg-"))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            shutil.chown(self._folder, _USER)
        made = self._command("initdb", "-D", self._data, "-A", "trust", "-U", _USER, "--no-sync")
        subprocess.run(made, check=True, capture_output=True, cwd=self._folder)  # noqa: S603
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def dsn(self, database: str = "postgres") -> str:
        """The address of a database on it."""
        return f"postgresql:///{database}?host={self._folder}&user={_USER}"

    def make(self, database: str) -> str:
        """Make an empty database; its address.

        Raises:
            WorkError: the server refused.
        """
        if not re.fullmatch("[a-z][a-z0-9_]*", database):
            raise WorkError(f"{database!r} can't name a database here; use small letters.")
        made = self._command(
            "psql", "-h", self._folder, "-U", _USER, "-qc", f"CREATE DATABASE {database}"
        )
        done = subprocess.run(made, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise WorkError(f"PostgreSQL made no database {database!r} ({done.stderr.strip()}).")
        return self.dsn(database)

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises:
            WorkError: it doesn't.
        """
        begun = self._command("postgres", "-D", self._data, "-k", self._folder, *_QUICK)
        log = (self._folder / "log").open("ab")
        with log:
            self._process = subprocess.Popen(begun, stdout=log, stderr=log, cwd=self._folder)  # noqa: S603
        ready = self._command("pg_isready", "-q", "-h", self._folder)
        end = time.monotonic() + _START_SECONDS
        while subprocess.run(ready, check=False).returncode:  # noqa: S603
            if time.monotonic() > end or self._process.poll() is not None:
                said = (self._folder / "log").read_text(errors="replace")[-400:]
                raise WorkError(f"PostgreSQL doesn't start ({said.strip()}).")
            time.sleep(0.1)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: at once and in order, or with ``SIGQUIT`` as if the machine had died."""
        if self._process is None:
            return
        pid = int((self._data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, how)
        self._process.wait(timeout=_START_SECONDS)
        self._process = None

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _command(self, program: str, *rest: str | Path) -> list[str]:
        before = ["runuser", "-u", _USER, "--"] if os.geteuid() == 0 else []
        return [*before, str(self._binaries / program), *map(str, rest)]
