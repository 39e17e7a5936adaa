"""Conversations in a SQLite file, which several processes may share."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiosqlite
from filelock import FileLock, Timeout
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
)
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from ...errors import StorageError
from .base import WholeTurns, strict
from .migrations import SQLITE, missing
from .tables import Statement, Tables

_BUSY_SECONDS = 30.0
"""How long a write waits for those of other processes, which take milliseconds each."""
_POLL_SECONDS = 0.03
"""How often it is seen whether another process is done with a conversation."""


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


class _InFile(WholeTurns, _LastTwo):
    """Checkpoints in a SQLite file."""


class SqliteConversations(Tables):
    """Conversations in a SQLite file, written once a turn."""

    _saver: AsyncSqliteSaver

    def __init__(self, saver: AsyncSqliteSaver, path: Path) -> None:
        """Work with an open file; `open` opens one."""
        self._saver = saver
        self._path = path

    @staticmethod
    async def open(path: Path) -> SqliteConversations:
        """Open the file, or begin it; what an older Moodreel wrote is brought up to date.

        Raises:
            StorageError: it can't be written, is no conversation file, or a newer one's.
        """
        with storage_errors(path):
            _locks(path).mkdir(parents=True, exist_ok=True)
            async with _lock(path, "opening"):
                connection = await aiosqlite.connect(path, timeout=_BUSY_SECONDS)
                try:
                    return await SqliteConversations._set_up(connection, path)
                except BaseException:
                    await connection.close()
                    raise

    @staticmethod
    async def _set_up(connection: aiosqlite.Connection, path: Path) -> SqliteConversations:
        saver = _InFile(connection, serde=strict())
        await saver.setup()
        # What is deleted is overwritten; a turn survives a crash of this program, not
        # necessarily a power cut, which is what NORMAL means in WAL mode.
        await connection.execute("PRAGMA secure_delete=ON")
        await connection.execute("PRAGMA synchronous=NORMAL")
        await _migrate(connection, path)
        return SqliteConversations(saver, path)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn what SQLite and the disk say into one sentence."""
        with storage_errors(self._path):
            yield

    @asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[None]:
        async with _lock(self._path, conversation):
            yield

    async def is_held(self, conversation: str) -> bool:
        lock = FileLock(_lock_file(self._path, conversation), thread_local=False)
        if not _taken(lock):
            return True
        lock.release()
        return False

    async def forget(self, conversation: str) -> None:
        """Remove one conversation whole."""
        await super().forget(conversation)
        _lock_file(self._path, conversation).unlink(missing_ok=True)
        await self._leave_nothing()

    async def forget_owner(self, owner: str) -> None:
        """Remove a person's lasting taste and their turns in the journal."""
        await super().forget_owner(owner)
        await self._leave_nothing()

    async def _leave_nothing(self) -> None:
        """Overwrite what the write-ahead log still has of what was removed."""
        async with self._saver.lock:
            await self._saver.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        await self._saver.conn.close()

    async def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        async with self._saver.lock:
            return [tuple(row) for row in await self._saver.conn.execute_fetchall(sql, values)]

    async def _write(self, *statements: Statement) -> None:
        connection = self._saver.conn
        async with self._saver.lock:
            try:
                for sql, values in statements:
                    await connection.execute(sql, values)
                await connection.commit()
            except BaseException:
                await connection.rollback()
                raise


async def _migrate(connection: aiosqlite.Connection, path: Path) -> None:
    """Bring the tables up to date, all of them or none."""
    ((version,),) = await connection.execute_fetchall("PRAGMA user_version")
    statements = missing(version, SQLITE, str(path))
    if not statements:
        return
    await connection.execute("BEGIN IMMEDIATE")
    for statement in statements:
        await connection.execute(statement)
    await connection.execute(f"PRAGMA user_version = {len(SQLITE)}")
    await connection.commit()


def _locks(path: Path) -> Path:
    return path.with_name("locks")


def _lock_file(path: Path, conversation: str) -> Path:
    return _locks(path) / hashlib.sha256(conversation.encode()).hexdigest()[:32]


@asynccontextmanager
async def _lock(path: Path, conversation: str) -> AsyncIterator[None]:
    """Keep other processes out; the lock ends with this process, however that ends."""
    lock = FileLock(_lock_file(path, conversation), thread_local=False)
    with storage_errors(path):
        while not _taken(lock):  # noqa: ASYNC110 - another process tells no event
            await asyncio.sleep(_POLL_SECONDS)
    try:
        yield
    finally:
        lock.release()


def _taken(lock: FileLock) -> bool:
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return False
    return True


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
