"""The wishes of a movie night, kept in the message that gathers them.

The message is all there is: after a restart it is read again. Everybody sees it, so nothing is in
it but what people typed for this night.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import get_args

import discord

from ....errors import UsageError
from ...night.guests import MOST_PEOPLE, Guest, checked_name
from ...night.reply import Rule
from ...session import Session
from .embeds import fitted
from .text import escape, shortened, unescape

LONGEST_WISH = 200
_WISH = re.compile(r"<@(\d+)>: (.*)", re.DOTALL)
_INVITES = (
    "Say what you wish for; it shows here. Your own taste from this server counts too, and isn't"
    " shown. When everybody has come, press “Find films”."
)
_FOOTER = "First come films by: "


@dataclass(frozen=True)
class Wish:
    """What one person typed."""

    user: int
    name: str
    says: str


@dataclass(frozen=True)
class Gathering:
    """Everybody's wishes, in the order in which they came, and the rule."""

    rule: Rule = "average"
    wishes: tuple[Wish, ...] = ()

    def of(self, user: int) -> Wish | None:
        """What somebody wishes for; None where they have not come."""
        return next((wish for wish in self.wishes if wish.user == user), None)

    def joined_by(self, wish: Wish) -> Gathering:
        """With somebody's wish, in the place of an earlier one.

        Raises:
            UsageError: too many have come.
        """
        if self.of(wish.user) is not None:
            wishes = tuple(wish if each.user == wish.user else each for each in self.wishes)
            return replace(self, wishes=wishes)
        if len(self.wishes) >= MOST_PEOPLE:
            raise UsageError(f"{MOST_PEOPLE} people have come already, more are too many.")
        return replace(self, wishes=(*self.wishes, wish))

    def left_by(self, user: int) -> Gathering:
        """Without somebody."""
        return replace(self, wishes=tuple(each for each in self.wishes if each.user != user))

    def guests(self, at: Session) -> dict[str, Guest]:
        """The guests by name, each with what is known of them where the night is."""
        names = distinct(wish.name for wish in self.wishes)
        sessions = (replace(at, user=str(wish.user)) for wish in self.wishes)
        return {
            name: Guest(wish.says, session)
            for name, wish, session in zip(names, self.wishes, sessions, strict=True)
        }


def distinct(names: Iterable[str]) -> list[str]:
    """Names that can be told apart: a second Ana is ``Ana (2)``."""
    told: list[str] = []
    for name in names:
        taken = {each.casefold() for each in told}
        numbered = (f"{name} ({number})" for number in range(2, MOST_PEOPLE + 2))
        told.append(next(each for each in (name, *numbered) if each.casefold() not in taken))
    return told


def called(user: discord.abc.User) -> str:
    """How somebody is called; by the account's name where nothing of the other can be seen."""
    try:
        return checked_name(shortened(user.display_name, 40))
    except UsageError:
        return checked_name(user.name)


def drawn(gathering: Gathering) -> discord.Embed:
    """The message that gathers wishes."""
    embed = discord.Embed(title="Movie night", description=_INVITES, colour=0x9C3B2A)
    for wish in gathering.wishes:
        says = f"<@{wish.user}>: {escape(wish.says)}"
        embed.add_field(name=escape(wish.name), value=says, inline=False)
    embed.set_footer(text=f"{_FOOTER}{gathering.rule.replace('_', ' ')}")
    return fitted(embed)


def read(message: discord.Message | None) -> Gathering:
    """What a message has gathered; nothing where it is no such message any more."""
    embed = message.embeds[0] if message is not None and message.embeds else None
    if embed is None:
        return Gathering()
    footer = (embed.footer.text or "").removeprefix(_FOOTER).replace(" ", "_")
    rule: Rule = footer if footer in get_args(Rule) else "average"  # type: ignore[assignment]
    found = [(field.name or "", _WISH.fullmatch(field.value or "")) for field in embed.fields]
    wishes = (
        Wish(int(match[1]), unescape(name), unescape(match[2])) for name, match in found if match
    )
    return Gathering(rule, tuple(wishes))
