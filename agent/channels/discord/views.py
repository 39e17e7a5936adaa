"""Selects and buttons under an answer, made so that they work after a restart.

All that a press means stands in its ``custom_id`` (what it does and whose list it is) and in the
value that was chosen (which film), never in this process.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord.ui import Button, DynamicItem, Select, View

from ....errors import UnknownItem
from ....ingest.item import DIMENSIONS
from ....tools.query import QueryDimension
from ...clicks import Click, Feedback, feedback_click, list_click, undo_click
from ...reply import Pick, Reply
from .text import shortened

if TYPE_CHECKING:
    from ...session import Session
    from .bot import MoodreelBot

MOST = 25
"""Choices that a select may have."""
_LONGEST_LABEL = 100
_LONGEST_ID = 80
"""Of the 100 characters that a value may have, so many are for the film."""
Said = tuple[str, str]
"""What is said of a film, and in which dimension."""
_LIKE: tuple[Said, ...] = tuple(("more_like", name) for name in ("overall", *DIMENSIONS))
_FELT: tuple[Said, ...] = tuple((act, "overall") for act in ("loved", "seen", "disliked", "why"))
_WORDS = {"loved": "love it", "seen": "seen it", "disliked": "not for me", "why": "why?"}
_ASKS = {
    "like": "More like …",
    "felt": "Love it, seen it, not for me, why …",
    "more_like": "More like …",
    "seen": "Seen it …",
    "disliked": "Not for me …",
    "why": "Why …",
}
_TURNS = {"recommend": "Other films", "undo": "Undo"}
NOT_YOURS = "That list is somebody else's; ask for one of your own with /movie."
Client = Any


def list_view(reply: Reply, user: int) -> View | None:
    """What can be pressed under a reply; None where there is nothing."""
    view = View(timeout=None)
    if reply.choices:
        view.add_item(Answer.of(reply.choices[:MOST], user))
    if reply.picks:
        for kind, sayings in _kinds(len(reply.picks)).items():
            view.add_item(Film.of(kind, sayings, reply.picks[:MOST], user))
        view.add_item(Turn("recommend", user))
    if reply.picks or reply.understood:
        view.add_item(Turn("undo", user))
    return view if view.children else None


def _kinds(films: int) -> dict[str, Sequence[Said]]:
    """The selects under a list of so many films, and what can be said with each.

    A long list has a select for each of the commonest things instead.
    """
    if films * len(_LIKE) <= MOST:
        return {"like": _LIKE, "felt": _FELT}
    return {act: ((act, "overall"),) for act in ("more_like", "seen", "disliked", "why")}


def key_of(item_id: str) -> str:
    """An item's id as a part of a value; a digest stands for one that is too long for that."""
    if len(item_id) <= _LONGEST_ID:
        return item_id
    return f"~{hashlib.sha256(item_id.encode()).hexdigest()}"


def _option(number: int, pick: Pick, said: Said) -> discord.SelectOption:
    act, dimension = said
    words = _WORDS.get(act) or ("" if dimension == "overall" else f"by {dimension}")
    year = f" ({pick.year})" if pick.year else ""
    tail = f"{year}: {words}" if words else year
    head = f"{number}. "
    title = shortened(pick.title, _LONGEST_LABEL - len(head) - len(tail))
    value = f"{act}:{dimension}:{key_of(pick.id)}"
    return discord.SelectOption(label=f"{head}{title}{tail}", value=value)


class Owned:
    """What only the person may press whose list it is."""

    user: int

    async def interaction_check(self, interaction: discord.Interaction[Client]) -> bool:
        """Whether this is that person; anybody else is told so, unseen by others."""
        if interaction.user.id == self.user:
            return True
        await interaction.response.send_message(NOT_YOURS, ephemeral=True)
        return False


class Film(
    Owned,
    DynamicItem[Select[Any]],
    template=r"mr:film:(?P<kind>[a-z_]+):(?P<user>\d+)",
):
    """A select with the films of a list: what is thought of one, more like it, or why."""

    def __init__(self, kind: str, user: int, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(
            Select(
                custom_id=f"mr:film:{kind}:{user}",
                placeholder=_ASKS.get(kind, "Choose a film"),
                options=list(options) or [discord.SelectOption(label="-")],
            )
        )
        self.user = user

    @classmethod
    def of(cls, kind: str, sayings: Sequence[Said], picks: Sequence[Pick], user: int) -> Self:
        """A select with everything that can be said of each pick."""
        numbered = list(enumerate(picks, 1))
        options = [_option(number, pick, said) for number, pick in numbered for said in sayings]
        return cls(kind, user, options)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Client], item: Any, match: re.Match[str], /
    ) -> Self:
        """The select that was pressed, from what its message carries."""
        made = cls(match["kind"], int(match["user"]))
        made.item = item
        return made

    async def callback(self, interaction: discord.Interaction[Client]) -> None:
        """Take the turn."""
        bot: MoodreelBot = interaction.client
        act, _, rest = self.item.values[0].partition(":")
        dimension, _, key = rest.partition(":")

        async def click(session: Session) -> Click:
            item_id = await _item_id(bot, session, key)
            item = bot.agent.catalogue.get([item_id]).get(item_id)
            if item is None:
                raise UnknownItem("That film is no longer in the catalogue; choose another.")
            return feedback_click(item, cast(Feedback, act), cast(QueryDimension, dimension))

        await bot.turn(interaction, click)


async def _item_id(bot: MoodreelBot, session: Session, key: str) -> str:
    """The id that a value names; digests are looked up among the lists that were shown."""
    if not key.startswith("~"):
        return key
    replies = await bot.agent.replies(session)
    shown = (pick.id for reply in reversed(replies) for pick in reply.picks)
    return next((item_id for item_id in shown if key_of(item_id) == key), key)


class Turn(Owned, DynamicItem[Button[Any]], template=r"mr:turn:(?P<act>[a-z]+):(?P<user>\d+)"):
    """A button that is a turn by itself: other films, or undo."""

    def __init__(self, act: str, user: int) -> None:
        super().__init__(Button(label=_TURNS.get(act, act), custom_id=f"mr:turn:{act}:{user}"))
        self.act, self.user = act, user

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Client], item: Any, match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(match["act"], int(match["user"]))

    async def callback(self, interaction: discord.Interaction[Client]) -> None:
        """Take the turn."""
        bot: MoodreelBot = interaction.client

        async def click(session: Session) -> Click:
            return undo_click(1) if self.act == "undo" else list_click()

        await bot.turn(interaction, click)


class Answer(Owned, DynamicItem[Select[Any]], template=r"mr:say:(?P<user>\d+)"):
    """A select with the answers to a question."""

    def __init__(self, user: int, choices: Sequence[str] = ("-",)) -> None:
        options = [discord.SelectOption(label=shortened(each, 100)) for each in choices]
        super().__init__(
            Select(custom_id=f"mr:say:{user}", placeholder="Answer …", options=options)
        )
        self.user = user

    @classmethod
    def of(cls, choices: Sequence[str], user: int) -> Self:
        """A select over what may be answered."""
        return cls(user, tuple(dict.fromkeys(choices)))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Client], item: Any, match: re.Match[str], /
    ) -> Self:
        """The select that was pressed, from what its message carries."""
        made = cls(int(match["user"]))
        made.item = item
        return made

    async def callback(self, interaction: discord.Interaction[Client]) -> None:
        """Say it."""
        bot: MoodreelBot = interaction.client
        await bot.said(interaction, self.item.values[0])
