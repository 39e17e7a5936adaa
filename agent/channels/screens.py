"""Two ways to show a turn: drawn for a person at a terminal, plain lines for a pipe."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Sequence
from typing import Protocol, Self

from rich.console import Console
from rich.text import Text

from ..reply import Event, Pick, Reply
from .output import clean, say
from .show import console, label, pick_row

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
    """Colours, picks with bars, and words as they come."""

    def __init__(self, screen: Console | None = None) -> None:
        self._console = screen or console()

    def heard(self, line: str) -> None:
        """Nothing: the person sees what they typed."""

    def remark(self, text: str) -> None:
        """Print the text, dimmed."""
        self._console.print(Text(clean(text), style="dim"))

    def whole(self, reply: Reply) -> None:
        """Print the reply as `follow` would."""
        with _Page(self._console) as page:
            page.understood(reply.understood)
            page.know(reply.picks)
            page.write(reply.text)
            page.complete()

    async def follow(self, events: AsyncIterator[Event]) -> Reply | None:
        """Show words as they come; a line that lists a pick is drawn, once its reason is known."""
        reply: Reply | None = None
        with _Page(self._console) as page, self._console.status("Reading") as status:
            async for event in events:
                if event.waiting:
                    status.update(event.waiting)
                if event.tool is not None:
                    status.update(_WORKING.get(event.tool.name, "Searching"))
                if event.event == "text":
                    status.stop()
                page.know(event.picks)
                page.understood(event.understood)
                page.write(event.text)
                reply = event.reply or reply
            if reply is not None:
                status.stop()
                page.know(reply.picks)
                page.complete()
        return reply


class _Page:
    """One reply being written: text as it comes, each listed pick drawn in its line's place.

    Left in the middle, it ends the line that it is in.
    """

    def __init__(self, screen: Console) -> None:
        self._picks: dict[str, Pick] = {}
        self._console = screen
        self._line = ""
        """What is not printed yet of the line being written."""
        self._open = False
        """Whether the line's beginning is printed."""
        self._drawn: list[str] = []
        self._reasoned = False
        """Whether the line being written was drawn already."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._open:
            self._console.print()

    def know(self, picks: Sequence[Pick]) -> None:
        """Take note of picks; one that is known by its id gets its reason so."""
        self._picks |= {pick.id: pick for pick in picks}

    def understood(self, sentences: Sequence[str]) -> None:
        if sentences:
            self._console.print(Text(clean(" ".join(sentences)), style="dim italic"))

    def write(self, piece: str) -> None:
        """Print a piece of text at once, but of a pick's line nothing before all of it is there."""
        *whole, last = piece.split("\n")
        for part in whole:
            self._line += part
            self._end_line()
        self._line += last
        self._begin_line()

    def complete(self) -> None:
        """Print what is left; picks that the words left out come last."""
        if self._line or self._open:
            self._end_line()
        while (pick := self._next) is not None:
            self._draw(pick)

    @property
    def _next(self) -> Pick | None:
        """The pick whose line comes next."""
        return next((p for p in self._picks.values() if p.id not in self._drawn), None)

    def _begins(self, pick: Pick) -> str:
        """How the line of the next pick begins."""
        return f"{len(self._drawn) + 1}. {label(pick.title, pick.year)}"

    def _begin_line(self) -> None:
        """Print the beginning of a line, but draw a pick's once it is whole."""
        pick = None if self._open else self._next
        begins = self._begins(pick) if pick else ""
        if pick is not None and self._line == f"{begins}: {pick.reason}":
            self._draw(pick)
            self._line, self._reasoned = "", True
        elif self._line and not (begins and _one_begins(begins, self._line)):
            self._console.print(Text(clean(self._line)), end="")
            self._line, self._open = "", True

    def _end_line(self) -> None:
        pick = self._next
        if self._reasoned and not self._line:
            self._reasoned = False
        elif pick is not None and not self._open and self._line.startswith(self._begins(pick)):
            self._draw(pick)
        else:
            self._console.print(Text(clean(self._line)))
        self._line, self._open = "", False

    def _draw(self, pick: Pick) -> None:
        self._drawn.append(pick.id)
        self._console.print(pick_row(len(self._drawn), pick, self._console.width))


def _one_begins(one: str, other: str) -> bool:
    """Whether one of two texts is how the other begins."""
    return one.startswith(other) or other.startswith(one)


def screen() -> Screen:
    """The way that suits where stdout goes."""
    return Drawn() if sys.stdout.isatty() else Plain()
