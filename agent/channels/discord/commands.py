"""The slash commands: ``/movie``, ``/similar``, ``/profile``, ``/forget`` and ``/movienight``."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Literal

import discord
from discord import app_commands

from ....ingest.title_complete import complete
from ...clicks import Click, feedback_click, list_click
from ...night.reply import Rule
from ...session import Session
from . import keeping, night
from .places import Response
from .talking import deferred, session_at
from .text import shortened

if TYPE_CHECKING:
    from .bot import MoodreelBot

By = Literal["mood", "audience", "plot", "overall"]
Here = discord.Interaction[Any]
_EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)


def add_to(tree: app_commands.CommandTree[Any], bot: MoodreelBot) -> None:
    """Give a tree the commands of a bot."""
    for command in (_movie(bot), _similar(bot), _profile(bot), _forget(bot), _movienight(bot)):
        command.allowed_contexts = _EVERYWHERE
        tree.add_command(command)


async def _by_taste(session: Session) -> Click:
    return list_click()


def _movie(bot: MoodreelBot) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="movie", description="Films for what you feel like")
    @app_commands.describe(wish="A mood, films you loved, limits; nothing goes by your taste")
    async def movie(
        interaction: Here, wish: app_commands.Range[str, 1, 2_000] | None = None
    ) -> None:
        if wish is not None:
            await bot.said(interaction, wish)
        else:
            await bot.turn(interaction, _by_taste)

    return movie


def _similar(bot: MoodreelBot) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="similar", description="Films like one that you know")
    @app_commands.describe(title="A film", by="In what it shall be alike")
    async def similar(
        interaction: Here, title: app_commands.Range[str, 1, 200], by: By = "overall"
    ) -> None:
        matches = await asyncio.to_thread(bot.agent.catalogue.find, title)
        exact = [match for match in matches if match.exact]
        if len(exact) != 1:
            about = "" if by == "overall" else f"the {by} of "
            await bot.said(interaction, f"Something like {about}{title}")
            return
        item = bot.agent.catalogue.get([exact[0].id])[exact[0].id]

        async def click(session: Session) -> Click:
            return feedback_click(item, "more_like", by)

        await bot.turn(interaction, click)

    @similar.autocomplete("title")
    async def titles(interaction: Here, typed: str) -> list[app_commands.Choice[str]]:
        found = await asyncio.to_thread(complete, bot.agent.catalogue.titles, typed, 25)
        labels = [f"{m.title} ({m.year})" if m.year else m.title for m in found]
        return [app_commands.Choice(name=shortened(each, 100), value=each[:100]) for each in labels]

    return similar


def _profile(bot: MoodreelBot) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="profile", description="What I know of your taste; only you see it")
    async def profile(interaction: Here) -> None:
        if not await deferred(interaction, private=True):
            return
        known = await bot.agent.profile_now(session_at(interaction))
        shown = keeping.profile_shown(known, interaction.user.id)
        await Response(interaction, private=True).show(shown)

    return profile


def _forget(bot: MoodreelBot) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="forget", description="Have me forget what you told me")
    async def forget(interaction: Here) -> None:
        if not await deferred(interaction, private=True):
            return
        shown = keeping.forget_shown(interaction.user.id)
        await Response(interaction, private=True).show(shown)

    return forget


def _movienight(bot: MoodreelBot) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="movienight", description="Find films for everybody here")
    @app_commands.describe(rule="Which films come first")
    async def movienight(interaction: Here, rule: Rule = "average") -> None:
        if await deferred(interaction, thinking=True):
            await night.begin(interaction, rule)

    return movienight
