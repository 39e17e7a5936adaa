"""What nobody has seen or rated yet: describing it, and whom it would suit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from ..errors import UnknownConversation
from ..ingest.item import Item
from ..tools.descriptors import Descriptors
from .cold_start import Listener, Taste, best_first, item_of, suits_each
from .engines.base import Content
from .engines.ledger import Ledger, ModelCall
from .profile import TasteProfile
from .running import Running
from .settings import Settings
from .steps import run
from .taste_query import Round

MOST_ASKED = 200
_UNTITLED, _NOBODY = "This", "described"
Watch = Callable[[int, int], None]


@dataclass(frozen=True)
class Description:
    """What `MovieAgent.describe` found, which engine found it, and what did not go as usual."""

    descriptors: Descriptors
    engine: str
    notices: tuple[str, ...] = ()
    calls: tuple[ModelCall, ...] = ()


class Newcomers(Running):
    """The part of `moodreel.agent.companion.MovieAgent` that takes in new content."""

    async def describe(self, content: Content, watch: Watch | None = None) -> Description:
        """Descriptors of any text, or of pictures where the engine has a model that sees.

        Args:
            content: what is described; a model reads something long in parts.
            watch: told how many parts are done, of how many, where there are several.

        Raises:
            UsageError: the text is empty or too long.
            EngineError: no engine here can describe it; says what to do.
        """
        self._ready()
        ledger = Ledger()
        if watch is not None:
            ledger.watch = watch
        seconds = longest(content, self.settings)
        step = self._context(seconds).step("describe", seconds, ledger)
        described, engine = await run(step, lambda each: each.describe(content, ledger))
        return Description(described, engine, tuple(ledger.notices), tuple(ledger.calls))

    async def who_would_like(
        self,
        item: Item | Descriptors,
        beginning: str = "",
        *,
        without: str | None = None,
        most: int = MOST_ASKED,
    ) -> list[Listener]:
        """The kept conversations that something would suit, the best suited first, with a reason.

        Those whose taste says nothing are left out; those whose limits it breaks come last.

        Args:
            item: an item, in the catalogue or not, or what `describe` found.
            beginning: only conversations whose id begins so. Pass a visitor's own beginning
                where others use the same server: reasons quote tastes.
            without: the id of one conversation that isn't asked.
            most: so many of the latest conversations are asked.
        """
        if isinstance(item, Descriptors):
            item = item_of(item, _UNTITLED, _NOBODY)
        listed = await self.listed(beginning)
        asked = [about for about in listed if about.id != without and about.turns][:most]
        tastes = [await self.wanted(about.id) for about in asked]
        fits = await asyncio.to_thread(suits_each, self.catalogue, tastes, item)
        pairs = zip(asked, fits, strict=True)
        return best_first(Listener(about.id, about.title, fit) for about, fit in pairs)

    async def wanted(self, conversation: str) -> Taste:
        """What a conversation wants, and what it was shown; nothing where it doesn't exist."""
        try:
            replies = await self.replies(conversation)
        except UnknownConversation:
            return Taste(TasteProfile())
        lists = [(reply.turn, tuple(pick.id for pick in reply.picks)) for reply in replies]
        return Taste(replies[-1].profile, [Round(turn, ids) for turn, ids in lists if ids])


def longest(content: Content, settings: Settings) -> float:
    """Seconds after which describing is given up: the time of one call for each part there may be.

    A part holds more than ``num_ctx`` characters, and at least one picture; a trailer is summed up
    first, perhaps twice.
    """
    parts = 1 + len(content.text) // settings.num_ctx + len(content.pictures)
    parts += 2 if content.trailer is not None else 0
    return settings.describe_seconds * parts
