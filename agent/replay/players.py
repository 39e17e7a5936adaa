"""Players: one conversation each, on the channels that this package has."""

from __future__ import annotations

from collections.abc import Sequence

from ..companion import MovieAgent
from ..edits import Edit
from ..reply import Reply
from .script import Press


class PythonPlayer:
    """A conversation through `moodreel.MovieAgent`."""

    def __init__(self, agent: MovieAgent, conversation: str) -> None:
        self._agent = agent
        self._conversation = conversation

    async def say(self, words: str) -> Reply:
        """Send a message."""
        return await self._agent.send(words, self._conversation)

    async def press(self, press: Press) -> Reply:
        """Press a button; its item is an id by now."""
        if press.act == "undo":
            return await self._agent.undo(self._conversation)
        if press.act == "recommend":
            return await self._agent.recommend(self._conversation)
        return await self._agent.feedback(
            self._conversation, press.item, press.act, press.dimension
        )

    async def edit(self, edits: Sequence[Edit]) -> Reply:
        """Change the taste profile by hand."""
        return await self._agent.edit_profile(self._conversation, edits)
