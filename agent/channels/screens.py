"""Two ways to show a turn: drawn for a person at a terminal, plain lines for a pipe."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from typing import Protocol

from rich.console import Console
from rich.text import Text

from ..reply import Event, Reply
from .output import clean, say
from .show import console, picks_table

_WORKING = {"lookup": "Looking up titles", "describe": "Describing", "rank": "Ranking"}


class Screen(Protocol):
    """Where a turn is shown."""

    def heard(self, line: str) -> None:
        """A line was read from a pipe; a terminal has shown it already."""
        ...

    def remark(self, text: str) -> None:
        """Say something that is not an answer of the agent."""
        ...

    def whole(self, reply: Reply) -> None:
        """Show a finished reply."""
        ...

    async def follow(self, events: AsyncIterator[Event]) -> Reply | None:
        """Show a turn while it happens; its reply, or None when it was stopped before one."""
        ...


class Plain:
    """Lines without decoration, one answer after another: for pipes and files."""

    def heard(self, line: str) -> None:
        """Repeat the line, so that what is printed reads as a dialogue."""
        say(f"\n> {line}")

    def remark(self, text: str) -> None:
        """Print the text."""
        say(text)

    def whole(self, reply: Reply) -> None:
        """Print the answer in words, then what was understood and what went otherwise."""
        say(reply.text)
        for line in _beside(reply):
            say(line)

    async def follow(self, events: AsyncIterator[Event]) -> Reply | None:
        """Print the reply once it is whole; half answers have no use in a pipe."""
        reply = None
        async for event in events:
            reply = event.reply or reply
        if reply is not None:
            self.whole(reply)
        return reply


class Drawn:
    """Colours, a table of picks, and words as they come."""

    def __init__(self, screen: Console | None = None) -> None:
        self._console = screen or console()

    def heard(self, line: str) -> None:
        """Nothing: the person sees what they typed."""

    def remark(self, text: str) -> None:
        """Print the text, dimmed."""
        self._console.print(Text(clean(text), style="dim"))

    def whole(self, reply: Reply) -> None:
        """Print opening, picks as a table, question and remarks."""
        self._console.print(Text(clean(reply.opening if reply.picks else reply.text)))
        self._after_opening(reply)

    def _after_opening(self, reply: Reply) -> None:
        if reply.picks:
            self._console.print()
            self._console.print(picks_table(reply.picks, self._console.width))
            if reply.question:
                self._console.print(Text(clean(reply.question), style="bold"))
        for line in _beside(reply):
            self.remark(line)

    async def follow(self, events: AsyncIterator[Event]) -> Reply | None:
        """Show words as they come; where there are picks, they stand in a table instead."""
        reply: Reply | None = None
        picked = False
        status = self._console.status("Reading", spinner="dots")
        status.start()
        try:
            async for event in events:
                if event.tool is not None:
                    status.update(_WORKING.get(event.tool.name, "Searching"))
                picked = picked or bool(event.picks)
                if event.event == "text" and not picked:
                    status.stop()
                    self._console.print(Text(clean(event.text)), end="")
                reply = event.reply or reply
        finally:
            status.stop()
        if reply is None:
            return None
        if picked:
            self.whole(reply)
        else:
            self._console.print()
            self._after_opening(reply)
        return reply


def _beside(reply: Reply) -> list[str]:
    """What is said beside an answer: what was understood, and what did not go as usual."""
    understood = [f"Understood: {' '.join(reply.understood)}"] if reply.understood else []
    return [*understood, *(f"Note: {notice}" for notice in reply.notices)]


def screen() -> Screen:
    """The way that suits where stdout goes."""
    return Drawn() if sys.stdout.isatty() else Plain()
