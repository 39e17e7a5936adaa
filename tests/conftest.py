"""What every test stands on: no network, no settings of the person who runs them, data in tmp."""

from __future__ import annotations

import logging
import os
import re
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from .stores import STORES, kept_in

if TYPE_CHECKING:
    from moodreel.agent.bench.postgres_server import PostgresServer
    from moodreel.agent.conversations import Conversations
    from moodreel.ingest.catalogue import Catalogue
    from moodreel.ingest.embedding import EmbedderChoice

    from .shell import Shell

ROOT = Path(__file__).parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104
FOREIGN = ("MOODREEL_", "LANGCHAIN_", "LANGSMITH_", "OLLAMA_", "HF_")
TERMINAL = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "COLUMNS", "LINES", "TERM", "PYTHONWARNINGS")
MEMORY = Path("/dev/shm")  # noqa: S108
ROOM = 8 << 30
"""Bytes that must be free in memory for tests to keep their files there."""


def pytest_configure() -> None:
    """Keep temporary files in memory where there is much room and nothing else was asked for.

    Making a catalogue is ten times as quick there: a disk is waited for at each of its files.
    """
    if "PYTEST_DEBUG_TEMPROOT" not in os.environ and _has_room(MEMORY):
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)


def _has_room(folder: Path) -> bool:
    """Whether there is room in a folder that is memory, and programs may be run in it."""
    if not os.path.ismount(folder):
        return False
    found = os.statvfs(folder)
    [available] = re.findall(r"MemAvailable: +(\d+)", Path("/proc/meminfo").read_text())
    room = min(found.f_bavail * found.f_frsize, int(available) << 10)
    return room >= ROOM and not found.f_flag & os.ST_NOEXEC


class NetworkError(RuntimeError):
    """A test tried to leave this machine."""


def _refuse_far(address: object) -> None:
    """Raise unless an address is a local path (unix socket) or loopback."""
    host = address[0] if isinstance(address, tuple) else address
    if isinstance(address, tuple) and not str(host).startswith(LOOPBACK):
        raise NetworkError(f"tests stay on this machine, but something called {host!r}")


def _guarded(name: str) -> Any:
    real = getattr(socket.socket, name)

    def call(self: socket.socket, *args: Any) -> Any:
        _refuse_far(args[-1])
        return real(self, *args)

    return call


@pytest.fixture(autouse=True)
def _no_log_of_others() -> Iterator[None]:
    """What a command was told to log ends with its test."""
    yield
    root = logging.getLogger("moodreel")
    for handler in [each for each in root.handlers if each.get_name() == "moodreel"]:
        root.removeHandler(handler)
        root.setLevel(logging.NOTSET)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    look_up = socket.getaddrinfo

    def local_look_up(host: Any, *args: Any, **options: Any) -> Any:
        if host is not None:
            name = host.decode() if isinstance(host, bytes) else str(host)
            _refuse_far((name, 0))
        return look_up(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(name))
        patch.setattr(socket, "getaddrinfo", local_look_up)
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No setting leaks in from outside, for session-wide fixtures and child processes too."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(FOREIGN) or name in TERMINAL:
                patch.delenv(name)
        patch.setenv("MOODREEL_HOME", str(tmp_path_factory.mktemp("session-home")))
        # Nothing answers there: a model on the machine that runs the tests has no part in them.
        patch.setenv("MOODREEL_OLLAMA_URL", "http://127.0.0.1:9")
        yield


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOODREEL_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the starter catalogue built and closed. Copy it, don't write to it."""
    return built_once(tmp_path_factory, "built-home", _with_catalogue)


@pytest.fixture(scope="session")
def light_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, filled by the light embedder, which takes no time."""
    return built_once(tmp_path_factory, "light-home", partial(_with_catalogue, embedder="light"))


def _with_catalogue(home: Path, embedder: EmbedderChoice = "auto") -> None:
    from moodreel.ingest.starter import open_catalogue  # noqa: PLC0415

    open_catalogue(home, embedder).close()


def built_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], object]) -> Path:
    """A folder that the processes of one run share: whichever asks first builds it.

    Copy it, don't write to it.
    """
    folder = _shared_by_all(factory) / name
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            built = factory.mktemp("built") / "home"
            build(built)
            built.rename(folder)
    return folder


def _shared_by_all(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of this run; pytest-xdist gives each of its processes one inside it."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def copy_folder(source: Path, target: Path) -> Path:
    """Copy a data folder with `cp`, which keeps the holes of its mostly empty files."""
    subprocess.run(["cp", "-R", str(source), str(target)], check=True)
    return target


@pytest.fixture
def home(built_home: Path, tmp_path: Path) -> Path:
    """This test's own data folder (`MOODREEL_HOME`), catalogue already built."""
    return copy_folder(built_home, tmp_path / "home")


@pytest.fixture(scope="session")
def starter(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The starter catalogue, opened once for all tests that only read it."""
    from moodreel.ingest.starter import open_catalogue  # noqa: PLC0415

    opened = open_catalogue(copy_folder(built_home, tmp_path_factory.mktemp("starter") / "home"))
    yield opened
    opened.close()


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The command line, run in this process."""
    from .shell import Shell  # noqa: PLC0415

    return Shell(capsys, monkeypatch)


@pytest.fixture(params=STORES)
async def store(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Conversations]:
    """A place of every kind that conversations can be kept in, with nothing in it."""
    opened = await kept_in(request.param, tmp_path, request)
    yield opened
    await opened.close()


def _postgres() -> PostgresServer:
    from moodreel.agent.bench.postgres_server import PostgresServer, binaries  # noqa: PLC0415

    if binaries() is None:
        pytest.skip("PostgreSQL isn't installed (Debian: postgresql)")
    return PostgresServer()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server, started once; skips where it isn't installed."""
    with _postgres() as server:
        yield server


@pytest.fixture
def own_postgres() -> PostgresServer:
    """A server that this test may stop: entering it starts it."""
    return _postgres()


@pytest.fixture
def database(postgres: PostgresServer, tmp_path: Path) -> str:
    """The address of an empty database of this test's own."""
    return postgres.make(f"test_{abs(hash(str(tmp_path)))}")
