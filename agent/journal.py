"""Turns that were begun: each is answered once, or told to have been lost, whatever happens."""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from ..errors import RateLimited, StorageError
from .kept import Kept
from .reply import Reply
from .session import owner_of
from .settings import Settings
from .storage.base import Begun, Conversations

_MINUTE = 60.0
_LONGEST_QUOTE = 80


def begun(conversation: str, message: str, turn_id: str | None) -> Begun:
    """A turn that begins now, under the id that its channel gave it or a new one."""
    name = turn_id or secrets.token_hex(8)
    return Begun(conversation, name, owner_of(conversation) or conversation, time.time(), message)


def answer_to(turn_id: str, kept: Kept | None) -> Reply | None:
    """The reply that a conversation has for a turn of this id; None where it has none."""
    taken = kept.state.get("taken", []) if kept else []
    for back, each in enumerate(reversed(taken), start=1):
        if kept and each.get("id") == turn_id:
            reply = kept.replies[-back]
            return reply.model_copy(update={"profile": kept.profile}) if back == 1 else reply
    return None


def lost_words(turn: Begun) -> str:
    """What a person is told of a turn that was lost."""
    words = " ".join(turn.message.split())
    quoted = f"{words[:_LONGEST_QUOTE]} …" if len(words) > _LONGEST_QUOTE else words
    return f"I was stopped before I could answer “{quoted}”; say it again if it still matters."


class Limits:
    """How many turns may begin within a minute, of one person and of all together.

    They are counted where conversations are kept, so processes that share it share the limits.
    """

    def __init__(
        self, settings: Settings, conversations: Conversations, now: Callable[[], float]
    ) -> None:
        """Count by the settings; ``now`` is a clock in seconds since 1970."""
        self._each = settings.user_messages_per_minute
        self._all = settings.messages_per_minute
        self._conversations = conversations
        self._now = now

    async def check(self, owner: str) -> None:
        """Let a turn begin.

        Raises:
            RateLimited: too many did within the last minute; says when to try again.
        """
        since = self._now() - _MINUTE
        if self._each and (wait := await self._wait(since, self._each, owner)):
            raise RateLimited(
                f"You've sent {self._each} messages within a minute, and no more are answered;"
                f" try again in {_seconds(wait)}."
            )
        if self._all and (wait := await self._wait(since, self._all, None)):
            raise RateLimited(
                f"Many people are asking at the moment; try again in {_seconds(wait)}."
            )

    async def _wait(self, since: float, most: int, owner: str | None) -> float:
        """Seconds until fewer than ``most`` began within a minute; 0 where they are fewer now."""
        began: Sequence[float] = await self._conversations.began_since(since, owner)
        return max(0.0, sorted(began)[-most] - since) if len(began) >= most else 0.0


def _seconds(wait: float) -> str:
    whole = math.ceil(wait)
    return "a second" if whole == 1 else f"{whole} seconds"


async def settle(conversations: Conversations, turns: Sequence[Begun]) -> None:
    """Keep nothing of turns that ended without an answer, where the place can be reached."""
    with suppress(StorageError), conversations.errors():
        for each in turns:
            await conversations.drop(each)
