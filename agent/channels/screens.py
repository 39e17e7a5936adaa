"""Two ways to show a turn: drawn for a person at a terminal, plain lines for a pipe."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from rich.console import Console
from rich.text import Text

from ..reply import Event, Pick, Reply
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
        say(f"\n> {line}\n")

    def remark(self, text: str) -> None:
        """Print the text."""
        say(text)

    def whole(self, reply: Reply) -> None:
        """Print what was understood, then the answer in words."""
        if reply.understood:
            say(f"[{' '.join(reply.understood)}]\n")
        say(reply.text)

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
        """Print the reply as `follow` would."""
        page = _Page(self._console)
        page.understood(reply.understood)
        page.picks = reply.picks
        page.write(reply.text)
        page.end()

    async def follow(self, events: AsyncIterator[Event]) -> Reply | None:
        """Show words as they come; the lines that list the picks become a table."""
        reply: Reply | None = None
        page = _Page(self._console)
        with self._console.status("Reading", spinner="dots") as status:
            async for event in events:
                if event.tool is not None:
                    status.update(_WORKING.get(event.tool.name, "Searching"))
                if event.event == "text":
                    status.stop()
                page.picks = event.picks or page.picks
                page.understood(event.understood)
                page.write(event.text)
                reply = event.reply or reply
        page.end()
        return reply


class _Page:
    """One reply being written: text in pieces, with the table in the place of the list."""

    def __init__(self, screen: Console) -> None:
        self.picks: tuple[Pick, ...] = ()
        self._console = screen
        self._line = ""
        self._listed = False

    def understood(self, sentences: Sequence[str]) -> None:
        if sentences:
            self._console.print(Text(clean(" ".join(sentences)), style="dim italic"))

    def write(self, piece: str) -> None:
        """Print the lines that are whole by now."""
        *whole, self._line = (self._line + piece).split("\n")
        for line in whole:
            self._print(line)

    def end(self) -> None:
        """Print what is left; a list that the words lacked comes last."""
        if self._line:
            self._print(self._line)
        if self.picks and not self._listed:
            self._table()
        self._line = ""

    def _print(self, line: str) -> None:
        labels = (f"{number}. {pick.title}" for number, pick in enumerate(self.picks, 1))
        if not line.startswith(tuple(labels)):
            self._console.print(Text(clean(line)))
        elif not self._listed:
            self._table()

    def _table(self) -> None:
        self._listed = True
        self._console.print(picks_table(self.picks, self._console.width))


def screen() -> Screen:
    """The way that suits where stdout goes."""
    return Drawn() if sys.stdout.isatty() else Plain()
