"""The command ``moodreel discord``."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from ...errors import BadSettings, UsageError, WorkError
from . import service
from .opening import open_companion
from .output import tell

if TYPE_CHECKING:
    from ..settings import Settings

app = typer.Typer()


@app.command()
def discord() -> None:
    """Answer on Discord until Ctrl-C; MOODREEL_DISCORD_TOKEN is the bot's token."""
    from ..logs import follow  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415

    settings = load_settings()
    follow(settings, "warning")
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    """Connect, and stay until the program is stopped; answers in progress are waited for.

    Raises:
        UsageError: discord.py is not installed, or there is no token that Discord takes.
        WorkError: Discord can't be reached.
    """
    if settings.discord_token is None:
        raise BadSettings(
            "There is no token for Discord; set MOODREEL_DISCORD_TOKEN to that of your bot"
            " (docs/discord.md says where it comes from)."
        )
    with _explained():
        from .discord.bot import make_discord_bot  # noqa: PLC0415

        async with await open_companion() as agent:
            tell(f"{agent.choice} Connecting to Discord; Ctrl-C ends.")
            bot = make_discord_bot(agent, message_content=settings.discord_message_content)
            try:
                await service.serve(bot.start(settings.discord_token.get_secret_value()))
            finally:
                await bot.finish()
                await bot.close()


@contextmanager
def _explained() -> Iterator[None]:
    """What Discord says when it doesn't let a bot in, as a sentence that says what to do."""
    try:
        import discord  # noqa: PLC0415
    except ModuleNotFoundError:
        hint = "pip install 'moodreel[discord]'"
        raise UsageError(f"Discord needs discord.py; get it with: {hint}") from None
    try:
        yield
    except discord.LoginFailure:
        raise BadSettings(
            "Discord doesn't take that token; copy it again from the bot's page."
        ) from None
    except discord.PrivilegedIntentsRequired:
        raise BadSettings(
            "Discord doesn't give this bot the contents of messages; switch that intent on at the"
            " bot's page, or leave MOODREEL_DISCORD_MESSAGE_CONTENT out."
        ) from None
    except (discord.DiscordException, OSError) as error:
        raise WorkError(f"Discord can't be reached ({error}); try it again later.") from None
