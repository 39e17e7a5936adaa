"""Where conversations are kept: a SQLite file, or memory."""

from __future__ import annotations

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
    """The store that the settings ask for."""
    if settings.conversations == "memory":
        return MemoryConversations()
    return await SqliteConversations.open(settings.conversations_path)
