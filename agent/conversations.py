"""Where conversations are kept: a SQLite file, a Postgres server, or memory."""

from __future__ import annotations

from importlib.util import find_spec

from ..errors import BadSettings
from .settings import Settings
from .storage.base import About, Conversations
from .storage.memory import MemoryConversations
from .storage.sqlite import SqliteConversations

__all__ = [
    "About",
    "Conversations",
    "MemoryConversations",
    "SqliteConversations",
    "open_conversations",
]


async def open_conversations(settings: Settings) -> Conversations:
    """The store that the settings ask for.

    Raises:
        StorageError: it can't be used.
        BadSettings: it needs a package that isn't installed.
    """
    if settings.conversations == "memory":
        return MemoryConversations()
    if settings.postgres is not None:
        return await _on_server(settings.postgres)
    return await SqliteConversations.open(settings.conversations_path)


async def _on_server(address: str) -> Conversations:
    if find_spec("psycopg") is None or find_spec("psycopg_pool") is None:
        raise BadSettings(
            "MOODREEL_DATABASE names a Postgres server, which needs more packages; get them with:"
            " pip install 'moodreel[postgres]'"
        )
    from .storage.postgres import PostgresConversations  # noqa: PLC0415 - an optional package

    return await PostgresConversations.open(address)
