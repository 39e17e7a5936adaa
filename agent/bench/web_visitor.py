"""A visitor of the chat page: talks, presses films, begins new conversations, looks at it all."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from random import Random

import httpx

from . import web_check
from .messages import CONVERSATIONS, EVENING
from .web_check import Said
from .web_tab import Tab, Timed, Trouble

TALKS = (*CONVERSATIONS, EVENING[:10], EVENING[10:])
PRESSES = 0.25
"""How often a film is pressed before something else is said."""
MEASURED_PRESSES = ("seen", "more_like", "loved", "disliked", "why")


@dataclass(frozen=True)
class Turn:
    """One turn: when it was begun, on the clock of `time.monotonic`, and seconds.

    ``first`` until something was drawn, ``answered`` until the whole answer was, ``drawn`` until
    everything else on the page was up to date as well.
    """

    begun: float
    first: float
    answered: float
    drawn: float


@dataclass
class Figures:
    """What all visitors met with."""

    turns: list[Turn] = field(default_factory=list)
    conversations: int = 0
    presses: int = 0
    troubles: list[Trouble] = field(default_factory=list)


class Visitor:
    """One person with a favourite film that nobody else speaks of."""

    def __init__(
        self,
        tab: Callable[[], Tab],
        figures: Figures,
        favourite: str,
        others: Collection[str],
        *,
        think: float,
        seed: int,
    ) -> None:
        """Prepare.

        Args:
            tab: gives a new tab of this person's browser.
            figures: where turns and troubles are noted.
            favourite: a film, as title and year.
            others: the favourites of all others.
            think: mean seconds between an answer and the next message, exponentially spread.
            seed: of what is said and when.
        """
        self._new_tab = tab
        self._figures = figures
        self._favourite = favourite
        self._others = set(others)
        self._mean = think
        self._chance = Random(seed)  # noqa: S311 (a repeatable evening, no secret)
        self._tab = tab()
        self._said: list[Said] = []
        self._mine: set[str] = set()

    async def stay(self, end: float) -> None:
        """Talk until ``end``, on the clock of `time.monotonic`; after a trouble begin anew."""
        try:
            while time.monotonic() < end:
                try:
                    return await self._visit(end)
                except (Trouble, httpx.HTTPError) as error:
                    self._note(error)
                    await self._tab.close()
                    self._tab = self._new_tab()
                    await asyncio.sleep(self._mean / 10)
        finally:
            await self._tab.close()

    def _note(self, error: Trouble | httpx.HTTPError) -> None:
        trouble = error if isinstance(error, Trouble) else Trouble("no connection", repr(error))
        self._figures.troubles.append(trouble)

    async def _visit(self, end: float) -> None:
        self._mine.clear()
        await self._tab.open()
        while await self._talk(end):
            await self._tab.press("new", "click")
            await self._tab.settled()

    async def _talk(self, end: float) -> bool:
        """One conversation; whether there is time for another one."""
        self._said.clear()
        self._figures.conversations += 1
        opening = f"I loved {self._favourite}, what next?"
        for message in (opening, *self._chance.choice(TALKS)):
            if not await self._thought(end):
                return False
            if self._said and self._chance.random() < PRESSES:
                await self._press()
                if not await self._thought(end):
                    return False
            await self._say(message)
        return True

    async def _thought(self, end: float) -> bool:
        """Think; whether there is still time to say something."""
        pause = self._chance.expovariate(1 / self._mean)
        if time.monotonic() + pause >= end:
            return False
        await asyncio.sleep(pause)
        return True

    async def _say(self, message: str) -> None:
        self._said.append(Said(message, films=not self._said))
        await self._turn(lambda: self._tab.type("box", message))

    async def _press(self) -> None:
        """Press something on a film, where there is one."""
        found = web_check.presses(self._tab.at("dialogue"))
        fitting = [each for each in found if each["data-act"] in MEASURED_PRESSES]
        if not fitting:
            return
        button = self._chance.choice(fitting)
        film = web_check.film_of(button)
        self._said.append(Said(film, pressed=True))
        self._figures.presses += 1
        data = {name: button[f"data-{name}"] for name in ("act", "id", "dimension")}
        await self._turn(lambda: self._tab.press("bridge-chat", "select", data))

    async def _turn(self, act: Callable[[], Awaitable[Timed]]) -> None:
        begun = time.monotonic()
        timed = await act()
        dialogue = self._tab.at("dialogue")
        wrong = web_check.problem(dialogue, self._said, self._others)
        await self._tab.settled()
        self._figures.turns.append(Turn(begun, *timed, time.monotonic() - begun))
        wrong = wrong or self._wrong_around()
        if wrong:
            raise Trouble(wrong, self._said[-1].words)
        # What was shown here can be spoken of from now on, by its number or otherwise.
        self._others -= {web_check.film_of(each) for each in web_check.presses(dialogue)}

    def _wrong_around(self) -> str:
        """What is wrong beside the chat: somebody else's conversations or films."""
        self._mine.add(str(self._tab.at("where")))
        if not self._mine.issuperset(web_check.listed(self._tab.at("sessions"))):
            return "somebody else's conversation is listed"
        taste = web_check.text_of(self._tab.at("taste-chips"))
        if any(film in taste for film in self._others):
            return "the taste of somebody else is shown"
        return ""
