"""Where conversations are kept: a SQLite file, or memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Protocol

import aiosqlite
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
)
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from ..errors import StorageError
from .settings import Settings


@dataclass(frozen=True)
class About:
    """What a list of conversations shows of one: when it last changed is in ISO 8601, UTC."""

    id: str
    title: str
    turns: int
    changed: str


class Conversations(Protocol):
    """A checkpointer and what is done with whole conversations."""

    @property
    def saver(self) -> BaseCheckpointSaver[str]: ...

    async def ids(self) -> list[str]:
        """The ids of all conversations, sorted."""
        ...

    async def last(self, conversation: str) -> str | None:
        """The id of its last checkpoint, which says whether it changed; None where it has none."""
        ...

    async def forget(self, conversation: str) -> None:
        """Remove one conversation whole."""
        ...

    async def retract(self, conversation: str, *, only: bool) -> bool:
        """Take the last turn back whole, if the one before it is still kept; whether it was.

        With ``only`` it is the only turn there was, and all of the conversation goes.
        """
        ...

    async def about(self, beginning: str) -> list[About]:
        """The conversations whose id begins so, the one that changed last first."""
        ...

    async def note(self, about: About) -> None:
        """Keep what a list shows of a conversation."""
        ...

    async def close(self) -> None: ...


def _strict() -> JsonPlusSerializer:
    """State is plain data and messages: nothing else is ever revived from the file."""
    return JsonPlusSerializer(allowed_msgpack_modules=None)


def _whole(checkpoint: Checkpoint, metadata: CheckpointMetadata) -> bool:
    """Whether a turn came to its answer: one that was cancelled or failed half-way did not."""
    state = checkpoint["channel_values"]
    replies = state.get("replies") or [{}]
    return metadata.get("source") == "loop" and replies[-1].get("turn") == state.get("turn")


class _WholeTurns(BaseCheckpointSaver[str]):
    """Stores a turn whole or not at all: nothing of one that was stopped is ever gone on with."""

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        if _whole(checkpoint, metadata):
            return await super().aput(config, checkpoint, metadata, new_versions)
        where = {**config["configurable"], "checkpoint_id": checkpoint["id"]}
        return {"configurable": where}

    async def aput_writes(
        self,
        config: RunnableConfig,
        writes: Sequence[tuple[str, Any]],
        task_id: str,
        task_path: str = "",
    ) -> None:
        """Nothing: these are parts of a turn, for going on in the middle of it."""


class _InMemory(_WholeTurns, InMemorySaver):
    """Checkpoints that end with the process."""


class _LastTwo(AsyncSqliteSaver):
    """Keeps a conversation's last two checkpoints: one holds the whole dialogue, the other
    lets the last turn be taken back."""

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        saved = await super().aput(config, checkpoint, metadata, new_versions)
        where = (saved["configurable"]["thread_id"], saved["configurable"]["checkpoint_ns"])
        async with self.lock:
            for table in ("checkpoints", "writes"):
                await self.conn.execute(
                    f"DELETE FROM {table} WHERE thread_id = ? AND checkpoint_ns = ?"  # noqa: S608
                    " AND checkpoint_id < (SELECT max(checkpoint_id) FROM checkpoints"
                    " WHERE thread_id = ? AND checkpoint_ns = ? AND checkpoint_id < ?)",
                    (*where, *where, checkpoint["id"]),
                )
            await self.conn.commit()
        return saved


class _InFile(_WholeTurns, _LastTwo):
    """Checkpoints in a SQLite file."""


_TURNS_KEPT = 2
_ABOUT_TABLE = (
    "CREATE TABLE IF NOT EXISTS about"
    " (id TEXT PRIMARY KEY, title TEXT NOT NULL, turns INTEGER NOT NULL, changed TEXT NOT NULL)"
)


class SqliteConversations:
    """Conversations in a SQLite file, written once a turn."""

    def __init__(self, saver: AsyncSqliteSaver, path: Path) -> None:
        self._saver = saver
        self._path = path

    @property
    def saver(self) -> BaseCheckpointSaver[str]:
        return self._saver

    @staticmethod
    async def open(path: Path) -> SqliteConversations:
        """Open the file, or begin it.

        Raises:
            StorageError: it can't be written, or is no conversation file.
        """
        with storage_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = await aiosqlite.connect(path)
            try:
                return await SqliteConversations._set_up(connection, path)
            except BaseException:
                await connection.close()
                raise

    @staticmethod
    async def _set_up(connection: aiosqlite.Connection, path: Path) -> SqliteConversations:
        saver = _InFile(connection, serde=_strict())
        await saver.setup()
        # What is deleted is overwritten; a turn survives a crash of this program, not
        # necessarily a power cut, which is what NORMAL means in WAL mode.
        await connection.execute("PRAGMA secure_delete=ON")
        await connection.execute("PRAGMA synchronous=NORMAL")
        await connection.execute("PRAGMA busy_timeout=5000")
        await connection.execute(_ABOUT_TABLE)
        await connection.commit()
        return SqliteConversations(saver, path)

    async def ids(self) -> list[str]:
        async with self._saver.lock:
            rows = await self._saver.conn.execute_fetchall(
                "SELECT DISTINCT thread_id FROM checkpoints ORDER BY thread_id"
            )
        return [str(row[0]) for row in rows]

    async def last(self, conversation: str) -> str | None:
        async with self._saver.lock:
            rows = await self._saver.conn.execute_fetchall(
                "SELECT max(checkpoint_id) FROM checkpoints"
                " WHERE thread_id = ? AND checkpoint_ns = ''",
                (conversation,),
            )
        return next((row[0] for row in rows), None)

    async def forget(self, conversation: str) -> None:
        await self._saver.adelete_thread(conversation)
        await self._write("DELETE FROM about WHERE id = ?", conversation)
        async with self._saver.lock:
            await self._saver.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def retract(self, conversation: str, *, only: bool) -> bool:
        if only:
            await self.forget(conversation)
            return True
        async with self._saver.lock:
            kept = await self._saver.conn.execute_fetchall(
                "SELECT checkpoint_id FROM checkpoints WHERE thread_id = ? ORDER BY checkpoint_id",
                (conversation,),
            )
        ids = [row[0] for row in kept]
        if len(ids) < _TURNS_KEPT:
            return False
        statement = "DELETE FROM checkpoints WHERE thread_id = ? AND checkpoint_id = ?"
        await self._write(statement, conversation, ids[-1])
        return True

    async def about(self, beginning: str) -> list[About]:
        async with self._saver.lock:
            rows = await self._saver.conn.execute_fetchall(
                "SELECT id, title, turns, changed FROM about WHERE substr(id, 1, ?) = ?"
                " ORDER BY changed DESC, id",
                (len(beginning), beginning),
            )
        return [About(*row) for row in rows]

    async def note(self, about: About) -> None:
        await self._write("REPLACE INTO about VALUES (?, ?, ?, ?)", *astuple(about))

    async def _write(self, statement: str, *values: object) -> None:
        async with self._saver.lock:
            await self._saver.conn.execute(statement, values)
            await self._saver.conn.commit()

    async def close(self) -> None:
        await self._saver.conn.close()


class MemoryConversations:
    """Conversations that end with the process."""

    def __init__(self) -> None:
        self._saver = _InMemory(serde=_strict())
        self._about: dict[str, About] = {}

    @property
    def saver(self) -> BaseCheckpointSaver[str]:
        return self._saver

    async def ids(self) -> list[str]:
        # A look at what isn't there leaves an empty place behind.
        return sorted(name for name, kept in self._saver.storage.items() if any(kept.values()))

    async def last(self, conversation: str) -> str | None:
        kept = self._saver.storage.get(conversation, {}).get("", {})
        return max(kept, default=None)

    async def forget(self, conversation: str) -> None:
        await self._saver.adelete_thread(conversation)
        self._about.pop(conversation, None)

    async def retract(self, conversation: str, *, only: bool) -> bool:
        if only:
            await self.forget(conversation)
            return True
        for kept in self._saver.storage[conversation].values():
            if len(kept) < _TURNS_KEPT:
                return False
            del kept[max(kept)]
        return True

    async def about(self, beginning: str) -> list[About]:
        found = [each for each in self._about.values() if each.id.startswith(beginning)]
        return sorted(found, key=lambda each: each.changed, reverse=True)

    async def note(self, about: About) -> None:
        self._about[about.id] = about

    async def close(self) -> None:
        return None


async def open_conversations(settings: Settings) -> Conversations:
    """The store that the settings ask for."""
    if settings.conversations == "memory":
        return MemoryConversations()
    return await SqliteConversations.open(settings.conversations_path)


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say into one sentence.

    Raises:
        StorageError: in their place.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        advice = (
            "free some space, allow writing there, or set MOODREEL_HOME to another folder"
            if isinstance(error, sqlite3.OperationalError)
            else "move that file away to begin anew, or restore it from a backup"
        )
        raise StorageError(
            f"The conversations in {str(path)!r} can't be used ({error}); {advice}."
        ) from error
    except OSError as error:
        raise StorageError(
            f"The folder {str(path.parent)!r} can't be used ({error.strerror or error});"
            " allow writing there, or set MOODREEL_HOME to another folder."
        ) from error
