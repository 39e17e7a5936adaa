"""Locks that a Postgres server keeps for one process, on a connection of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import psycopg
from psycopg import AsyncConnection

Connection = AsyncConnection[Any]

_POLL_SECONDS = 0.03
"""How often it is seen whether another process is done; a query that waited would block all."""
_TAKE = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
_GIVE = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


class AdvisoryLocks:
    """Names that only one process holds at a time; they end with it, however it ends.

    Within the process, one name is to be taken once at a time.
    """

    def __init__(self, connect: Callable[[], Awaitable[Connection]]) -> None:
        """Connect when the first lock is taken, and again after the connection broke."""
        self._connect = connect
        self._connection: Connection | None = None
        self._asking = asyncio.Lock()

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Wait until no other process holds the name, then hold it."""
        await self.take(name)
        try:
            yield
        finally:
            await self.give(name)

    async def take(self, name: str) -> None:
        """Wait until no other process holds the name, then hold it.

        Raises:
            psycopg.Error: the server can't be reached.
        """
        while not await self.taken(name):  # noqa: ASYNC110 - another process tells no event
            await asyncio.sleep(_POLL_SECONDS)

    async def taken(self, name: str) -> bool:
        """Hold the name if no other process does; whether it is held now."""
        asked = asyncio.ensure_future(self._try(name))
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            # Nobody would ever give back what the server grants now.
            if await asked:
                await self._release(name)
            raise

    async def give(self, name: str) -> None:
        """Hold the name no longer; with a connection that broke it was given up already."""
        given = asyncio.ensure_future(self._release(name))
        try:
            await asyncio.shield(given)
        except asyncio.CancelledError:
            await given
            raise

    async def _try(self, name: str) -> bool:
        async with self._asking:
            try:
                return await self._asked(_TAKE, name)
            except psycopg.OperationalError:
                # A connection that broke while nobody looked is noticed now; try another.
                await self._drop()
                return await self._asked(_TAKE, name)

    async def _release(self, name: str) -> None:
        async with self._asking:
            if self._connection is None:
                return
            try:
                await self._asked(_GIVE, name)
            except psycopg.Error:
                await self._drop()

    async def close(self) -> None:
        """Give everything up."""
        await self._drop()

    async def _asked(self, sql: str, name: str) -> bool:
        if self._connection is None or self._connection.closed:
            self._connection = await self._connect()
        row = await (await self._connection.execute(sql.encode(), (name,))).fetchone()
        return bool(row and row[0])

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error):
                await connection.close()
