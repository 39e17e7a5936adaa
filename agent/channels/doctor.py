"""What works on this machine, and what to do about what doesn't. Nothing here uses the network."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ...errors import MoodreelError

if TYPE_CHECKING:
    from ..settings import Settings

State = Literal["ok", "missing", "broken"]

ROOM_NEEDED = 100_000_000
"""Bytes: the starter catalogue, twice while it is rebuilt, and conversations."""

EXTRAS = {
    "web": ("gradio", "the chat page of a later version"),
    "slack": ("slack_bolt", "the Slack bot of a later version"),
    "discord": ("discord", "the Discord bot of a later version"),
    "postgres": ("psycopg", "conversations in Postgres, in a later version"),
    "eval": ("pandas", "measuring on public data sets"),
}
"""What an optional part needs (a module of it), and what for."""


@dataclass(frozen=True)
class Check:
    """One finding. ``missing`` limits what works; ``broken`` stops Moodreel from working."""

    name: str
    state: State
    says: str
    remedy: str = ""

    def line(self) -> str:
        """As one line: state, name, finding, remedy."""
        remedy = f" → {self.remedy}" if self.remedy else ""
        return f"{self.state:<8}{self.name}: {self.says}{remedy}"

    def as_data(self) -> dict[str, Any]:
        """As JSON data."""
        return asdict(self)


def usable(checks: list[Check]) -> bool:
    """Whether nothing stops Moodreel from working."""
    return all(check.state != "broken" for check in checks)


def examine() -> list[Check]:
    """All checks. Nothing is built, and a catalogue is only opened where there is one."""
    from ..settings import load_settings  # noqa: PLC0415

    checks = [python()]
    try:
        settings = load_settings()
    except MoodreelError as error:
        return [*checks, Check("settings", "broken", str(error))]
    return [
        *checks,
        Check("settings", "ok", f"engine {settings.engine!r}, embedder {settings.embedder!r}"),
        data_folder(settings.home),
        room(settings.home),
        weights(settings),
        stored_catalogue(settings),
        *(optional(name) for name in EXTRAS),
    ]


def python() -> Check:
    """The Python that runs this; `pip` has refused older ones."""
    return Check("python", "ok", f"{platform.python_version()} in {sys.prefix}")


def data_folder(home: Path) -> Check:
    """Whether files can be written where Moodreel keeps its data."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b"x")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        remedy = "set MOODREEL_HOME to a folder that you may write to"
        return Check("data folder", "broken", f"{str(home)!r} can't be written ({reason})", remedy)
    return Check("data folder", "ok", str(home))


def room(home: Path) -> Check:
    """Whether the disk has space for the catalogue and conversations."""
    nearest = next((p for p in (home, *home.parents) if p.is_dir()), Path("/"))
    free = shutil.disk_usage(nearest).free
    says = f"{free / 1e9:.1f} GB free"
    if free >= ROOM_NEEDED:
        return Check("space", "ok", says)
    remedy = f"free {ROOM_NEEDED // 1_000_000} MB, or set MOODREEL_HOME to another disk"
    return Check("space", "broken", says, remedy)


def weights(settings: Settings) -> Check:
    """Whether the chosen embedder can work; the light one serves where MiniLM is missing."""
    from ...ingest.embedding import choose_embedder, missing_weights  # noqa: PLC0415

    try:
        embedder = choose_embedder(settings.embedder)
    except MoodreelError as error:
        return Check("embedder", "broken", str(error))
    problem = missing_weights() if settings.embedder == "auto" else None
    if problem:
        found, _, remedy = problem.rstrip(".").rpartition("; ")
        return Check("embedder", "missing", f"{embedder.name} serves instead. {found}", remedy)
    return Check("embedder", "ok", embedder.name)


def stored_catalogue(settings: Settings) -> Check:
    """Whether there is a catalogue and it can be opened now."""
    from ...ingest.starter import open_catalogue  # noqa: PLC0415
    from ...ingest.starter.opening import CATALOGUE  # noqa: PLC0415

    folder = settings.home / CATALOGUE
    if not folder.exists():
        return Check("catalogue", "ok", "not built yet; the first use builds it in a few seconds")
    try:
        stored = open_catalogue(settings.home, settings.embedder)
    except MoodreelError as error:
        return Check("catalogue", "broken", str(error))
    summary = stored.summary()
    stored.close()
    return Check("catalogue", "ok", f"{summary.items:,} items, filled by {summary.embedder}")


def optional(name: str) -> Check:
    """Whether an optional part's packages are installed (they are not imported)."""
    module, purpose = EXTRAS[name]
    if importlib.util.find_spec(module):
        return Check(f"extra {name}", "ok", f"installed, for {purpose}")
    remedy = f"pip install 'moodreel[{name}]'"
    return Check(f"extra {name}", "missing", f"not needed but for {purpose}", remedy)
