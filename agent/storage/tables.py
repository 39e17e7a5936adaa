"""The tables beside the checkpoints, in any SQL database: a statement is written once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from ..lasting import CONTENT, Change, Lasting
from .base import About, now

Statement = tuple[str, Sequence[object]]
"""SQL with ``?`` for each of its values."""

_LAST = "\U0010ffff"
"""Sorts behind whatever a name can go on with."""


class Tables:
    """What is kept of conversations and people besides the dialogues themselves."""

    async def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    async def _write(self, *statements: Statement) -> None:
        """Run statements, all or none."""
        raise NotImplementedError

    async def about(self, beginning: str) -> list[About]:
        """The conversations whose id begins so, the one that changed last first."""
        rows = await self._rows(
            "SELECT id, title, turns, changed FROM moodreel_about"
            " WHERE id >= ? AND id < ? ORDER BY changed DESC, id",
            beginning,
            beginning + _LAST,
        )
        return [About(*row) for row in rows]

    async def note(self, about: About) -> None:
        """Keep what a list shows of a conversation."""
        await self._write((_NOTED, astuple(about)))

    async def count(self, about: About) -> None:
        """The same after a turn: a title that it has already stays."""
        await self._write((_COUNTED, astuple(about)))

    async def lasting(self, owner: str) -> list[Lasting]:
        """What is known of a person in every conversation, oldest first."""
        rows = await self._rows(
            "SELECT id, version, content FROM moodreel_taste"
            " WHERE owner = ? ORDER BY said, place, id",
            owner,
        )
        return [
            Lasting(key, version, CONTENT.validate_json(content) if content else None)
            for key, version, content in rows
        ]

    async def publish(self, owner: str, changes: Sequence[Change]) -> None:
        """Keep what one turn did to lasting taste, all of it or nothing."""
        said = now()
        rows = [_taste(owner, said, place, each) for place, each in enumerate(changes)]
        # In one order whoever writes: two turns of one person never wait for each other for ever.
        await self._write(*(statement for _, statement in sorted(rows)))

    async def forget_taste(self, owner: str) -> None:
        """Remove lasting taste whole."""
        await self._write(("DELETE FROM moodreel_taste WHERE owner = ?", (owner,)))


_COUNTED = (
    "INSERT INTO moodreel_about (id, title, turns, changed) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET turns = excluded.turns, changed = excluded.changed"
)
_NOTED = f"{_COUNTED}, title = excluded.title"


def _taste(owner: str, said: str, place: int, change: Change) -> tuple[str, Statement]:
    content = None if change.content is None else CONTENT.dump_json(change.content).decode()
    return change.id, (
        "INSERT INTO moodreel_taste (owner, id, said, place, version, content)"
        " VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (owner, id) DO UPDATE"
        " SET content = excluded.content, version = moodreel_taste.version + 1",
        (owner, change.id, said, place, content),
    )
