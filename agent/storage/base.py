"""What every place that keeps conversations does, and how a turn is kept whole."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
)
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from ..lasting import Change, Lasting

TURNS_KEPT = 2
"""The last state of a conversation, and the one before, so that a turn can be taken back."""
_LONGEST_TITLE = 80


@dataclass(frozen=True)
class About:
    """What a list of conversations shows of one: when it last changed is in ISO 8601, UTC."""

    id: str
    title: str
    turns: int
    changed: str


@dataclass(frozen=True)
class Begun:
    """A turn that was begun: ``began`` is in seconds since 1970, ``id`` unique in its conversation.

    ``owner`` is whose turns are counted together: a person's, or those of one conversation.
    """

    conversation: str
    id: str
    owner: str
    began: float
    message: str


class Conversations(Protocol):
    """A checkpointer, what is done with whole conversations, and lasting taste."""

    @property
    def saver(self) -> BaseCheckpointSaver[str]: ...

    def errors(self) -> AbstractContextManager[None]:
        """Turn what the place says when it fails into a `StorageError`."""
        ...

    def hold(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """Keep other processes out of a conversation; waits until they are done with it."""
        ...

    async def is_held(self, conversation: str) -> bool:
        """Whether some process is at work in a conversation."""
        ...

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

    async def count(self, about: About) -> None:
        """The same after a turn: a title that it has already stays."""
        ...

    async def lasting(self, owner: str) -> list[Lasting]:
        """What is known of a person in every conversation, oldest first."""
        ...

    async def publish(self, owner: str, changes: Sequence[Change]) -> None:
        """Keep what one turn did to lasting taste, all of it or nothing."""
        ...

    async def forget_owner(self, owner: str) -> None:
        """Remove a person's lasting taste and their turns in the journal."""
        ...

    async def owners_before(self, moment: str) -> list[str]:
        """Whose lasting taste got nothing new since a moment, in ISO 8601, UTC."""
        ...

    async def forget_turns(self, before: float, *, answered: bool) -> None:
        """Remove turns from the journal that began before a moment: answered ones, or others."""
        ...

    async def begin(self, turn: Begun) -> None:
        """Note that a turn begins; one of the same id begins anew."""
        ...

    async def finish(self, turn: Begun) -> None:
        """Note that it was answered, and keep its words here no longer."""
        ...

    async def drop(self, turn: Begun) -> None:
        """Keep nothing of a turn, if it isn't finished."""
        ...

    async def unfinished(self, conversation: str | None = None) -> list[Begun]:
        """The turns that were begun and neither finished nor dropped, oldest first."""
        ...

    async def began_since(self, since: float, owner: str | None) -> list[float]:
        """When each turn began after a moment, of one owner or of all."""
        ...

    async def close(self) -> None: ...


def title_of(words: str) -> str:
    """Words as the title of a conversation: one line of at most 80 characters."""
    return " ".join(words.split())[:_LONGEST_TITLE]


def now() -> str:
    """The present, in ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def strict() -> JsonPlusSerializer:
    """State is plain data and messages: nothing else is ever revived from what is kept."""
    return JsonPlusSerializer(allowed_msgpack_modules=None)


def _whole(checkpoint: Checkpoint, metadata: CheckpointMetadata) -> bool:
    """Whether a turn came to its answer: one that was cancelled or failed half-way did not."""
    state = checkpoint["channel_values"]
    replies = state.get("replies") or [{}]
    return metadata.get("source") == "loop" and replies[-1].get("turn") == state.get("turn")


class WholeTurns(BaseCheckpointSaver[str]):
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
