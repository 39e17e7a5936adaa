"""What works on this machine, and what to do about what doesn't.

Nothing here uses the network but the questions to Ollama (`moodreel.agent.engines.llm.diagnosis`)
and to a Qdrant server (`moodreel.agent.channels.doctor_server`), which are asked of the servers in
the settings, and only where the settings have a use for them.
"""

from __future__ import annotations

import asyncio
import importlib.util
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import EmbedderSilent, MoodreelError
from ..engines.llm.finding import Finding

if TYPE_CHECKING:
    from ..settings import Settings

ROOM_NEEDED = 100_000_000
"""Bytes: the starter catalogue, twice while it is rebuilt, and conversations."""

EXTRAS = {
    "web": ("gradio", "the chat page (moodreel web)"),
    "slack": ("slack_bolt", "the Slack bot (moodreel slack)"),
    "discord": ("discord", "the Discord bot (moodreel discord)"),
    "postgres": ("psycopg", "conversations in Postgres (MOODREEL_DATABASE)"),
    "mcp": ("mcp", "tools for other programs (moodreel web --mcp)"),
    "video": ("yt_dlp", "captions and speech of videos (moodreel ingest video)"),
    "otel": ("opentelemetry.sdk", "spans of OpenTelemetry"),
    "eval": ("sklearn", "classifiers, Parquet files and measuring on public data sets"),
}
"""What an optional part needs (a module of it), and what for."""


def usable(checks: list[Finding]) -> bool:
    """Whether nothing stops Moodreel from working."""
    return all(check.state != "broken" for check in checks)


def examine(remark: Callable[[str], None] | None = None) -> list[Finding]:
    """All checks. Nothing is built, and a catalogue is only opened where there is one.

    ``remark`` is told before something that may take a while. Not for a running event loop.
    """
    from ..engines.llm.diagnosis import diagnose  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415

    checks = [python()]
    try:
        settings = load_settings()
    except MoodreelError as error:
        return [*checks, Finding("settings", "broken", str(error))]
    return [
        *checks,
        Finding("settings", "ok", f"engine {settings.engine!r}, embedder {settings.embedder!r}"),
        data_folder(settings.home),
        room(settings.home),
        weights(settings),
        stored_catalogue(settings),
        conversations(settings),
        ratings(settings.home),
        genre_classifier(settings.home),
        *asyncio.run(diagnose(settings, remark=remark)),
        *(optional(name) for name in EXTRAS),
    ]


def python() -> Finding:
    """The Python that runs this; `pip` has refused older ones."""
    return Finding("python", "ok", f"{platform.python_version()} in {sys.prefix}")


def data_folder(home: Path) -> Finding:
    """Whether files can be written where Moodreel keeps its data."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b"x")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        remedy = "set MOODREEL_HOME to a folder that you may write to"
        return Finding(
            "data folder", "broken", f"{str(home)!r} can't be written ({reason})", remedy
        )
    return Finding("data folder", "ok", str(home))


def room(home: Path) -> Finding:
    """Whether the disk has space for the catalogue and conversations."""
    nearest = next((p for p in (home, *home.parents) if p.is_dir()), Path("/"))
    free = shutil.disk_usage(nearest).free
    says = f"{free / 1e9:.1f} GB free"
    if free >= ROOM_NEEDED:
        return Finding("space", "ok", says)
    remedy = f"free {ROOM_NEEDED // 1_000_000} MB, or set MOODREEL_HOME to another disk"
    return Finding("space", "broken", says, remedy)


def conversations(settings: Settings) -> Finding:
    """Whether conversations can be read and kept where the settings say."""
    from ..conversations import open_conversations  # noqa: PLC0415

    async def kept() -> int:
        opened = await open_conversations(settings)
        try:
            return len(await opened.ids())
        finally:
            await opened.close()

    if settings.postgres is None and not settings.conversations_path.exists():
        return Finding("conversations", "ok", "none yet")
    try:
        return Finding("conversations", "ok", f"{asyncio.run(kept()):,} kept")
    except MoodreelError as error:
        found, _, remedy = str(error).rstrip(".").rpartition("; ")
        return Finding("conversations", "broken", found or remedy, remedy if found else "")


def weights(settings: Settings) -> Finding:
    """Whether the chosen embedder can work; the light one serves where MiniLM is missing."""
    from ...ingest.embedding import choose_embedder, missing_weights  # noqa: PLC0415
    from ...ingest.starter.homes import CATALOGUE  # noqa: PLC0415
    from ..embedding_step import place_of  # noqa: PLC0415

    try:
        embedder = choose_embedder(settings.embedder, place_of(settings))
    except EmbedderSilent as error:
        # What is filled already opens without it and is searched by words and moods.
        filled = (settings.home / CATALOGUE).exists()
        return Finding("embedder", "missing" if filled else "broken", str(error))
    except MoodreelError as error:
        return Finding("embedder", "broken", str(error))
    problem = missing_weights() if settings.embedder == "auto" else None
    if problem:
        found, _, remedy = problem.rstrip(".").rpartition("; ")
        return Finding("embedder", "missing", f"{embedder.name} serves instead. {found}", remedy)
    return Finding("embedder", "ok", embedder.name)


def stored_catalogue(settings: Settings) -> Finding:
    """Whether there is a catalogue and it can be opened now."""
    from ...ingest.starter import open_catalogue  # noqa: PLC0415
    from ...ingest.starter.homes import CATALOGUE  # noqa: PLC0415
    from ..embedding_step import place_of  # noqa: PLC0415

    if settings.server:
        from .doctor_server import served_catalogue  # noqa: PLC0415

        return served_catalogue(settings.server)
    folder = settings.home / CATALOGUE
    if not folder.exists():
        takes = "some minutes" if settings.embedder == "ollama" else "a few seconds"
        return Finding("catalogue", "ok", f"not built yet; the first use builds it in {takes}")
    filler = to_be_refilled(settings, folder)
    if filler:
        model = settings.embedding_model
        says = f"filled by {filler}; the next use fills it anew with {model}, which takes a while"
        return Finding("catalogue", "ok", says)
    try:
        stored = open_catalogue(settings.home, settings.embedder, ollama=place_of(settings))
    except MoodreelError as error:
        return Finding("catalogue", "broken", str(error))
    summary = stored.summary()
    stored.close()
    return Finding("catalogue", "ok", f"{summary.items:,} items, filled by {summary.embedder}")


def ratings(home: Path) -> Finding:
    """Whether the ratings of many people can be read, where some were ingested."""
    from ...ingest.community import load_model  # noqa: PLC0415

    try:
        model = load_model(home)
    except MoodreelError as error:
        return _unread("ratings", error)
    facts = model and model.facts
    says = f"{facts.people:,} people's, of {facts.items:,} items" if facts else "none ingested"
    return Finding("ratings", "ok", says)


def genre_classifier(home: Path) -> Finding:
    """Whether the classifier of genres can be read, where one was trained."""
    from ...ingest.genre_model import load_genres  # noqa: PLC0415

    try:
        model = load_genres(home)
    except MoodreelError as error:
        return _unread("genres", error)
    trained = model and f"{len(model.genres)} genres, learnt from {model.trained_on:,} items"
    return Finding("genres", "ok", trained or "no classifier trained; the nearest items tell them")


def _unread(name: str, error: MoodreelError) -> Finding:
    found, _, remedy = str(error).rpartition(": ")
    return Finding(name, "missing", found, remedy)


def to_be_refilled(settings: Settings, folder: Path) -> str | None:
    """What filled a catalogue that opening it would have embedded anew by a model of Ollama."""
    from ...ingest.manifest import load_manifest  # noqa: PLC0415
    from ...ingest.ollama_place import place_named  # noqa: PLC0415
    from ..embedding_step import place_of  # noqa: PLC0415

    if settings.embedder != "ollama":
        return None
    place = place_of(settings)
    try:
        filler = load_manifest(folder).embedder
    except MoodreelError:
        return None  # opening says what is wrong with it
    named = place_named(filler, place)
    return None if named and named[0].plain == place.plain else filler


def optional(name: str) -> Finding:
    """Whether an optional part's packages are installed (they are not imported)."""
    module, purpose = EXTRAS[name]
    if _there(module):
        return Finding(f"extra {name}", "ok", f"installed, for {purpose}")
    remedy = f"pip install 'moodreel[{name}]'"
    return Finding(f"extra {name}", "missing", f"not needed but for {purpose}", remedy)


def _there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # a part of a package that isn't there itself
        return False
