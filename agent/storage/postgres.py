"""Conversations on a Postgres server, for any number of processes and machines."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import psycopg
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
)
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from psycopg import AsyncConnection
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from ...errors import BadSettings, StorageError
from ..locks import ConversationLocks
from .advisory import AdvisoryLocks
from .base import WholeTurns, strict
from .migrations import POSTGRES, missing
from .tables import Statement, Tables

MOST_CONNECTIONS = 8
"""Of one process, besides the one that holds its locks."""
_WAIT_SECONDS = 5.0
"""How long a server that doesn't answer is waited for."""
_CONNECTING: dict[str, Any] = {
    "autocommit": True,
    "prepare_threshold": 0,
    "connect_timeout": int(_WAIT_SECONDS),
    "application_name": "moodreel",
}
_OLDER = (
    "DELETE FROM checkpoints WHERE thread_id = %(name)s AND checkpoint_id <"
    " (SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = %(name)s"
    " AND checkpoint_id < %(id)s)"
)
_UNUSED = (
    "DELETE FROM checkpoint_blobs AS blob WHERE thread_id = ? AND NOT EXISTS"
    " (SELECT 1 FROM checkpoints AS kept WHERE kept.thread_id = blob.thread_id AND"
    " kept.checkpoint -> 'channel_versions' ->> blob.channel = blob.version)"
)
_LAST = (
    "SELECT checkpoint_id, (checkpoint -> 'channel_values' ->> 'turn')::integer FROM checkpoints"
    " WHERE thread_id = %s ORDER BY checkpoint_id DESC LIMIT 1"
)


class _Guarded(AsyncPostgresSaver):
    """Keeps a conversation's last two checkpoints, each one turn after the one before.

    Locks end with a broken connection, so what they promise is checked where it matters: a turn
    is written only behind the one that it began with.
    """

    conn: AsyncConnectionPool[AsyncConnection[Any]]

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        where = {"name": config["configurable"]["thread_id"], "id": checkpoint["id"]}
        async with self.conn.connection() as connection, connection.transaction():
            await _follows(connection, where["name"], checkpoint)
            saver = AsyncPostgresSaver(connection, serde=self.serde)
            saved = await saver.aput(config, checkpoint, metadata, new_versions)
            await connection.execute(_OLDER, where)
            await connection.execute(_with_values(_UNUSED), (where["name"],))
        return saved


class _OnServer(WholeTurns, _Guarded):
    """Checkpoints on a Postgres server."""


async def _follows(connection: AsyncConnection[Any], name: str, checkpoint: Checkpoint) -> None:
    """Keep others from writing to a conversation, and see that nobody has since the turn began.

    Raises:
        StorageError: somebody has, or the clocks of two machines disagree.
    """
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", (name,))
    last = await (await connection.execute(_LAST, (name,))).fetchone()
    before, turn = last or ("", 0)
    if turn + 1 != checkpoint["channel_values"]["turn"]:
        raise StorageError(
            f"Another process has answered in the conversation {name!r} meanwhile, so this"
            " answer wasn't kept; send the message again."
        )
    if before >= checkpoint["id"]:
        raise StorageError(
            "The clock of this machine is behind that of another one that answers here; set"
            " both by the same time server."
        )


class PostgresConversations(Tables):
    """Conversations on a Postgres server, written once a turn."""

    _RETRACTED = (_UNUSED,)
    _saver: _OnServer

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Any]], dsn: str) -> None:
        """Work with an open pool; `open` opens one."""
        self._pool = pool
        self._dsn = dsn
        self._saver = _OnServer(pool, serde=strict())
        self._here = ConversationLocks()
        self._locks = AdvisoryLocks(lambda: AsyncConnection.connect(dsn, **_CONNECTING))

    @staticmethod
    async def open(dsn: str) -> PostgresConversations:
        """Connect, and make or update the tables; several processes may do so at once.

        Args:
            dsn: ``postgresql://user:password@host:port/database``.

        Raises:
            BadSettings: the address can't be read.
            StorageError: the server can't be reached or used, or holds a newer one's tables.
        """
        _check(dsn)
        with _server_errors(dsn):
            pool: AsyncConnectionPool[AsyncConnection[Any]] = AsyncConnectionPool(
                dsn,
                kwargs=_CONNECTING,
                min_size=1,
                max_size=MOST_CONNECTIONS,
                timeout=_WAIT_SECONDS,
                check=AsyncConnectionPool.check_connection,
                open=False,
            )
            # The pool only says that it waited in vain; one connection says why.
            await (await AsyncConnection.connect(dsn, **_CONNECTING)).close()
            await pool.open()
            opened = PostgresConversations(pool, dsn)
            try:
                await opened._set_up()
            except BaseException:
                await opened.close()
                raise
        return opened

    async def _set_up(self) -> None:
        """Make or update the tables, one process after the other."""
        async with self._locks.hold("\1opening"):
            await self._saver.setup()
            await self._write(
                ("CREATE TABLE IF NOT EXISTS moodreel_schema (version INTEGER NOT NULL)", ())
            )
            ((version,),) = await self._rows(
                "SELECT coalesce(max(version), 0) FROM moodreel_schema"
            )
            statements = missing(version, POSTGRES, _named(self._dsn))
            number = ("INSERT INTO moodreel_schema (version) VALUES (?)", (len(POSTGRES),))
            if statements:
                await self._write(*((each, ()) for each in statements), number)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn what the server says into one sentence."""
        with _server_errors(self._dsn):
            yield

    @asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[None]:
        async with self._here.hold(conversation):
            with self.errors():
                await self._locks.take(conversation)
            try:
                yield
            finally:
                await self._locks.give(conversation)

    async def is_held(self, conversation: str) -> bool:
        if self._here.is_held(conversation):
            return True
        if not await self._locks.taken(conversation):
            return True
        await self._locks.give(conversation)
        return False

    async def close(self) -> None:
        await self._locks.close()
        await self._pool.close()

    async def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        async with self._pool.connection() as connection:
            found = await connection.execute(_with_values(sql), values)
            return list(await found.fetchall())

    async def _write(self, *statements: Statement) -> None:
        async with self._pool.connection() as connection, connection.transaction():
            for sql, values in statements:
                await connection.execute(_with_values(sql), values)


def _with_values(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()


def _check(dsn: str) -> None:
    try:
        conninfo_to_dict(dsn)
    except psycopg.ProgrammingError:
        # What it says has a part of the address in it, which may be the password.
        raise BadSettings(
            "MOODREEL_DATABASE can't be read as an address; write it like"
            " 'postgresql://user:password@host:5432/name', with odd characters as %20 and so on."
        ) from None


def _named(dsn: str) -> str:
    """A server and its database by name; never the password."""
    parts = conninfo_to_dict(dsn)
    host, port = parts.get("host") or "localhost", parts.get("port") or 5432
    return f"{host}:{port}/{parts.get('dbname') or ''}"


@contextmanager
def _server_errors(dsn: str) -> Iterator[None]:
    """Turn what a server says into one sentence.

    Raises:
        StorageError: in its place.
    """
    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError, TimeoutError) as error:
        said = (
            "it doesn't answer" if isinstance(error, PoolTimeout | TimeoutError) else _line(error)
        )
        raise StorageError(
            f"The conversations on the Postgres server {_named(dsn)!r} can't be reached ({said});"
            " start it or correct MOODREEL_DATABASE, then try again."
        ) from error
    except psycopg.Error as error:
        raise StorageError(
            f"The conversations on the Postgres server {_named(dsn)!r} can't be used"
            f" ({_line(error)}); see that its user may create and change tables there."
        ) from error


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
