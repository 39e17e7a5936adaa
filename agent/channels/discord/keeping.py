"""What is known of somebody: shown to them alone, taken back entry by entry, or whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord
from discord.ui import Button, DynamicItem, Select, View

from ....errors import UnknownConversation
from ...profile import TasteProfile
from ..entries import mark, taking_back
from .embeds import entry_label, profile_embed
from .places import Response, Shown
from .talking import deferred, guarded, session_at
from .views import MOST, Owned

if TYPE_CHECKING:
    from ...companion import MovieAgent
    from ...session import Session
    from .bot import MoodreelBot

NOTHING = "There is nothing here to forget."
ASKED = (
    "Shall I forget? “This conversation” is what was said here, with its lists; “everything” is"
    " that, all your other conversations in this server, and what I know of your taste."
)
_FORGETS = {"here": "This conversation", "all": "Everything", "no": "Keep it"}


def profile_shown(profile: TasteProfile, user: int) -> Shown:
    """A profile with a select that takes entries back; only for the person."""
    view = View(timeout=None)
    if profile.active:
        view.add_item(Entries.of(profile, user))
    return Shown(embed=profile_embed(profile), view=view)


def forget_shown(user: int) -> Shown:
    """The question before anything is forgotten."""
    view = View(timeout=None)
    for act in _FORGETS:
        view.add_item(Forgetting(act, user))
    return Shown(ASKED, view=view)


async def forget(agent: MovieAgent, session: Session, *, everything: bool) -> str:
    """Forget a conversation, or all that is known of its person; says what was done."""
    if everything:
        await agent.erase_person(session)
        return "Forgotten: every conversation of yours here, and your taste."
    try:
        await agent.forget(session)
    except UnknownConversation:
        return NOTHING
    return "Forgotten: this conversation."


class Entries(Owned, DynamicItem[Select[Any]], template=r"mr:entry:(?P<user>\d+)"):
    """A select with what is known of somebody; what is chosen is taken back."""

    def __init__(self, user: int, options: list[discord.SelectOption] | None = None) -> None:
        chosen = options or [discord.SelectOption(label="-")]
        super().__init__(
            Select(
                custom_id=f"mr:entry:{user}", placeholder="Take something back …", options=chosen
            )
        )
        self.user = user

    @classmethod
    def of(cls, profile: TasteProfile, user: int) -> Self:
        """A select over the entries that were said last."""
        options = [
            discord.SelectOption(label=entry_label(entry), value=key)
            for key, entry in {mark(entry): entry for entry in profile.active}.items()
        ][-MOST:]
        return cls(user, options)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        """The select that was pressed, from what its message carries."""
        made = cls(int(match["user"]))
        made.item = item
        return made

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Take it back, and show what is left."""
        await guarded(interaction, self._taken_back(interaction))

    async def _taken_back(self, interaction: discord.Interaction[Any]) -> None:
        bot: MoodreelBot = interaction.client
        if not await deferred(interaction):
            return
        session = session_at(interaction)
        marks = self.item.values
        await bot.agent.revise(session, lambda profile: taking_back(profile, marks))
        profile = await bot.agent.profile_now(session)
        await Response(interaction, private=True).show(profile_shown(profile, self.user))


class Forgetting(
    Owned, DynamicItem[Button[Any]], template=r"mr:forget:(?P<act>here|all|no):(?P<user>\d+)"
):
    """A button that forgets, or doesn't."""

    def __init__(self, act: str, user: int) -> None:
        style = discord.ButtonStyle.secondary if act == "no" else discord.ButtonStyle.danger
        super().__init__(
            Button(label=_FORGETS[act], custom_id=f"mr:forget:{act}:{user}", style=style)
        )
        self.act, self.user = act, user

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(match["act"], int(match["user"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Forget, and say so in place of the question."""
        await guarded(interaction, self._forgotten(interaction))

    async def _forgotten(self, interaction: discord.Interaction[Any]) -> None:
        bot: MoodreelBot = interaction.client
        if not await deferred(interaction):
            return
        if self.act == "no":
            said = "Nothing was forgotten."
        else:
            session, everything = session_at(interaction), self.act == "all"
            said = await forget(bot.agent, session, everything=everything)
        await Response(interaction, private=True).show(Shown(said))
