"""Movie night on Discord: a message gathers wishes, then come films for everybody and a poll."""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

import discord
from discord.ui import Button, DynamicItem, Modal, Select, TextInput, View

from ....errors import MoodreelError, UsageError
from ...locks import ConversationLocks
from ...night.reply import GroupPick, GroupReply, Rule
from .embeds import night_embed
from .gathering import LONGEST_WISH, Gathering, Wish, called, drawn, read
from .places import Response, Shown
from .talking import deferred, guarded, session_at
from .text import MESSAGE, escape, prose, shortened

if TYPE_CHECKING:
    from .bot import MoodreelBot

log = logging.getLogger(__name__)

POLL_HOURS = 4
_MOST_HELD = 200
_LONGEST_ANSWER = 55
"""Characters of a poll's answer."""
_PRESSES = {"join": "Say my wish", "leave": "Leave", "go": "Find films"}
_RULES = {
    "average": "Best on average",
    "least_misery": "Nobody left unhappy",
    "most_pleasure": "Somebody delighted",
}
_QUESTION = "Which film tonight?"
_KEYCAPS = [f"{number}\ufe0f\u20e3" for number in range(1, 10)]
_DIALOG = re.compile(r"mr:wish:(\d+)")
Here = discord.Interaction[Any]


class Nights:
    """The gatherings that changed last, by message: changes of one are made one after another.

    Discord shows each press the message as it was when it was pressed; what is held here is what
    it was changed to since.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[int, Gathering] = OrderedDict()
        self._locks = ConversationLocks()

    def of(self, message: discord.Message) -> Gathering:
        """What a message has gathered."""
        return self._held.get(message.id) or read(message)

    async def change(self, interaction: Here, change: Callable[[Gathering], Gathering]) -> None:
        """Change a gathering and draw its message anew, as the answer to an interaction.

        Raises:
            UsageError: the message is gone, or the change can't be made.
        """
        message = interaction.message
        if message is None:
            raise UsageError("That movie night is gone; begin another with /movienight.")
        async with self._locks.hold(str(message.id)):
            gathering = change(self.of(message))
            await interaction.response.edit_message(embed=drawn(gathering), view=buttons())
            self._held[message.id] = gathering
            self._held.move_to_end(message.id)
            if len(self._held) > _MOST_HELD:
                self._held.popitem(last=False)


def buttons() -> View:
    """What can be pressed under the message that gathers wishes."""
    view = View(timeout=None)
    for act in _PRESSES:
        view.add_item(Press(act))
    view.add_item(Rules())
    return view


async def begin(interaction: Here, rule: Rule) -> None:
    """Show the message that gathers wishes; whoever begins has not come yet."""
    place = Response(interaction)
    await place.show(Shown(embed=drawn(Gathering(rule)), view=buttons()))


async def wished(interaction: Here, bot: MoodreelBot) -> None:
    """Take a wish from the dialog; the dialog needs nothing of the process that opened it."""
    data: Any = interaction.data or {}
    if not _DIALOG.fullmatch(str(data.get("custom_id"))):
        return
    says = " ".join(_typed(data.get("components", ())).split())[:LONGEST_WISH]
    wish = Wish(interaction.user.id, called(interaction.user), says)
    await bot.nights.change(interaction, lambda gathering: gathering.joined_by(wish))


def _typed(components: Sequence[Any]) -> str:
    """What was typed into a dialog, as Discord sends it: rows, or labels, of one field each."""
    for row in components:
        for field in (row.get("component"), *row.get("components", ())):
            if field and "value" in field:
                return str(field["value"])
    return ""


def _dialog(message: int, before: str) -> Modal:
    modal = Modal(title="Movie night", custom_id=f"mr:wish:{message}")
    modal.add_item(
        TextInput(
            label="What do you wish for?",
            style=discord.TextStyle.paragraph,
            placeholder="Something funny, no horror, under two hours",
            default=before or None,
            max_length=LONGEST_WISH,
            required=False,
        )
    )
    return modal


class Press(DynamicItem[Button[Any]], template=r"mr:night:(?P<act>join|leave|go)"):
    """A button under the message that gathers wishes; anybody may press it."""

    def __init__(self, act: str) -> None:
        style = discord.ButtonStyle.primary if act == "go" else discord.ButtonStyle.secondary
        super().__init__(Button(label=_PRESSES[act], custom_id=f"mr:night:{act}", style=style))
        self.act = act

    @classmethod
    async def from_custom_id(cls, interaction: Here, item: Any, match: re.Match[str], /) -> Self:
        """The button that was pressed."""
        return cls(match["act"])

    async def callback(self, interaction: Here) -> None:
        """Do it."""
        bot: MoodreelBot = interaction.client
        await guarded(interaction, self._done(interaction, bot))

    async def _done(self, interaction: Here, bot: MoodreelBot) -> None:
        user, message = interaction.user.id, interaction.message
        if self.act == "leave":
            await bot.nights.change(interaction, lambda gathering: gathering.left_by(user))
        elif message is not None and self.act == "join":
            before = bot.nights.of(message).of(user)
            dialog = _dialog(message.id, before.says if before else "")
            await interaction.response.send_modal(dialog)
        elif message is not None:
            await find(interaction, bot, bot.nights.of(message))


class Rules(DynamicItem[Select[Any]], template=r"mr:night:rule"):
    """A select with the rules."""

    def __init__(self) -> None:
        options = [discord.SelectOption(label=words, value=rule) for rule, words in _RULES.items()]
        super().__init__(
            Select(custom_id="mr:night:rule", placeholder="Which films come first", options=options)
        )

    @classmethod
    async def from_custom_id(cls, interaction: Here, item: Any, match: re.Match[str], /) -> Self:
        """The select that was pressed, with what was chosen."""
        made = cls()
        made.item = item
        return made

    async def callback(self, interaction: Here) -> None:
        """Take the rule."""
        bot: MoodreelBot = interaction.client
        rule: Any = self.item.values[0] if self.item.values[0] in _RULES else "average"
        change = bot.nights.change(interaction, lambda gathering: Gathering(rule, gathering.wishes))
        await guarded(interaction, change)


async def find(interaction: Here, bot: MoodreelBot, gathering: Gathering) -> None:
    """Show films for everybody who has come, and open a poll.

    Raises:
        UsageError: nobody has come, or who presses has not.
    """
    if gathering.of(interaction.user.id) is None:
        raise UsageError("Say your wish first; then you can have films found for everybody.")
    if not await deferred(interaction, thinking=True):
        return
    place = Response(interaction)
    guests = gathering.guests(session_at(interaction))
    try:
        reply = await bot.agent.movie_night(guests, rule=gathering.rule)
    except MoodreelError as error:
        await place.show(Shown(escape(str(error))))
        return
    words = shortened(prose(reply.text), MESSAGE)
    await place.show(Shown(embed=night_embed(reply), words=words))
    if len(reply.picks) > 1:
        await vote(interaction, reply)


async def vote(interaction: Here, reply: GroupReply) -> None:
    """Open a poll with the short list; where polls aren't allowed, reactions to vote with."""
    if interaction.app_permissions.send_polls or interaction.guild_id is None:
        try:
            await interaction.followup.send(poll=poll_of(reply.picks))
            return
        except discord.HTTPException as error:
            log.info("no poll here: %s", error)
    await _by_reaction(interaction, reply.picks[: len(_KEYCAPS)])


def poll_of(picks: Sequence[GroupPick]) -> discord.Poll:
    """A poll over films; at most ten answers may be given."""
    poll = discord.Poll(_QUESTION, timedelta(hours=POLL_HOURS))
    for number, pick in enumerate(picks[:10], 1):
        poll.add_answer(text=_answer(number, pick))
    return poll


def _answer(number: int, pick: GroupPick) -> str:
    year = f" ({pick.year})" if pick.year else ""
    head = f"{number}. "
    return f"{head}{shortened(pick.title, _LONGEST_ANSWER - len(head) - len(year))}{year}"


async def _by_reaction(interaction: Here, picks: Sequence[GroupPick]) -> None:
    lines = [escape(_answer(number, pick)) for number, pick in enumerate(picks, 1)]
    message = await interaction.followup.send("\n".join([_QUESTION, *lines]), wait=True)
    try:
        for keycap in _KEYCAPS[: len(picks)]:
            await message.add_reaction(keycap)
    except discord.HTTPException as error:
        log.info("no reactions here: %s", error)
        await interaction.followup.send("I may not add reactions here: write a film's number.")
