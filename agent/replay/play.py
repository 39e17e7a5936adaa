"""Where a script is played: one conversation on one channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..edits import Edit
from ..reply import Reply
from .script import Press


class Player(Protocol):
    """One conversation on a channel; each turn is a `Reply` with the profile as it is then.

    A channel that shows less than a whole reply reads the rest from where the agent keeps it.
    """

    async def say(self, words: str) -> Reply:
        """Send a message."""
        ...

    async def press(self, press: Press) -> Reply:
        """Press a button; its item is an id by now."""
        ...

    async def edit(self, edits: Sequence[Edit]) -> Reply:
        """Change the taste profile by hand; items are named by title or id."""
        ...
