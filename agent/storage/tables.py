"""Checkpoints and the tables beside them, in any SQL database: a statement is written once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any, ClassVar

from langgraph.checkpoint.base import BaseCheckpointSaver

from ..lasting import CONTENT, Change, Lasting
from .base import TURNS_KEPT, About, Begun, now

Statement = tuple[str, Sequence[object]]
"""SQL with ``?`` for each of its values."""

_LAST = "\U0010ffff"
"""Sorts behind whatever a name can go on with."""


class Tables(ABC):
    """What is done alike in every SQL database."""

    _RETRACTED: ClassVar[tuple[str, ...]] = ()
    """Statements about one conversation that remove what its last checkpoint leaves behind."""

    _saver: BaseCheckpointSaver[str]

    @property
    def saver(self) -> BaseCheckpointSaver[str]:
        """Where the dialogues are."""
        return self._saver

    @abstractmethod
    async def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What a question has as its answer."""

    @abstractmethod
    async def _write(self, *statements: Statement) -> None:
        """Run statements, all or none."""

    async def ids(self) -> list[str]:
        """The ids of all conversations, sorted."""
        rows = await self._rows("SELECT DISTINCT thread_id FROM checkpoints")
        return sorted(str(row[0]) for row in rows)

    async def last(self, conversation: str) -> str | None:
        """The id of its last checkpoint, which says whether it changed; None where it has none."""
        rows = await self._rows(
            "SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = ?", conversation
        )
        return next((row[0] for row in rows), None)

    async def forget(self, conversation: str) -> None:
        """Remove one conversation whole."""
        await self.saver.adelete_thread(conversation)
        await self._write(
            ("DELETE FROM moodreel_about WHERE id = ?", (conversation,)),
            ("DELETE FROM moodreel_turns WHERE conversation = ?", (conversation,)),
        )

    async def retract(self, conversation: str, *, only: bool) -> bool:
        """Take the last turn back whole, if the one before it is still kept; whether it was."""
        if only:
            await self.forget(conversation)
            return True
        kept = await self._rows(
            "SELECT checkpoint_id FROM checkpoints WHERE thread_id = ? ORDER BY checkpoint_id DESC",
            conversation,
        )
        if len(kept) < TURNS_KEPT:
            return False
        last = "DELETE FROM checkpoints WHERE thread_id = ? AND checkpoint_id = ?"
        rest = ((sql, (conversation,)) for sql in self._RETRACTED)
        await self._write((last, (conversation, *kept[0])), *rest)
        return True

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

    async def forget_owner(self, owner: str) -> None:
        """Remove a person's lasting taste and their turns in the journal."""
        await self._write(
            ("DELETE FROM moodreel_taste WHERE owner = ?", (owner,)),
            ("DELETE FROM moodreel_turns WHERE owner = ?", (owner,)),
        )

    async def owners_before(self, moment: str) -> list[str]:
        """Whose lasting taste got nothing new since a moment, in ISO 8601, UTC."""
        rows = await self._rows(
            "SELECT owner FROM moodreel_taste GROUP BY owner HAVING max(said) < ?", moment
        )
        return [row[0] for row in rows]

    async def forget_turns(self, before: float, *, answered: bool) -> None:
        """Remove turns from the journal that began before a moment: answered ones, or others."""
        await self._write(
            (
                "DELETE FROM moodreel_turns WHERE began < ? AND finished = ?",
                (before, int(answered)),
            )
        )

    async def begin(self, turn: Begun) -> None:
        """Note that a turn begins; one of the same id begins anew."""
        await self._write((_BEGUN, astuple(turn)))

    async def finish(self, turn: Begun) -> None:
        """Note that it was answered, and keep its words here no longer."""
        await self._write(
            (
                "UPDATE moodreel_turns SET finished = 1, message = ''"
                " WHERE conversation = ? AND id = ?",
                (turn.conversation, turn.id),
            )
        )

    async def drop(self, turn: Begun) -> None:
        """Keep nothing of a turn, if it isn't finished."""
        await self._write(
            (
                "DELETE FROM moodreel_turns WHERE conversation = ? AND id = ? AND finished = 0",
                (turn.conversation, turn.id),
            )
        )

    async def unfinished(self, conversation: str | None = None) -> list[Begun]:
        """The turns that were begun and neither finished nor dropped, oldest first."""
        everywhere = "SELECT conversation, id, owner, began, message FROM moodreel_turns"
        rows = (
            await self._rows(f"{everywhere} WHERE finished = 0 ORDER BY began")
            if conversation is None
            else await self._rows(
                f"{everywhere} WHERE finished = 0 AND conversation = ? ORDER BY began", conversation
            )
        )
        return [Begun(*row) for row in rows]

    async def began_since(self, since: float, owner: str | None) -> list[float]:
        """When each turn began after a moment, of one owner or of all."""
        recent = "SELECT began FROM moodreel_turns WHERE began > ?"
        rows = (
            await self._rows(recent, since)
            if owner is None
            else await self._rows(f"{recent} AND owner = ?", since, owner)
        )
        return [row[0] for row in rows]


_BEGUN = (
    "INSERT INTO moodreel_turns (conversation, id, owner, began, message, finished)"
    " VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT (conversation, id) DO UPDATE"
    " SET began = excluded.began, message = excluded.message, finished = 0"
)
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
