"""The command ``moodreel discord``."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

import typer

from ...errors import BadSettings, UsageError, WorkError
from .output import tell

if TYPE_CHECKING:
    from ..settings import Settings

app = typer.Typer()


@app.command()
def discord() -> None:
    """Answer on Discord until Ctrl-C; MOODREEL_DISCORD_TOKEN is the bot's token."""
    from ..settings import load_settings  # noqa: PLC0415

    asyncio.run(_serve(load_settings()))


async def _serve(settings: Settings) -> None:
    """Connect, and stay.

    Raises:
        UsageError: discord.py is not installed, or there is no token.
        WorkError: Discord can't be reached, or doesn't take the token.
    """
    if settings.discord_token is None:
        raise BadSettings(
            "There is no token for Discord; set MOODREEL_DISCORD_TOKEN to that of your bot"
            " (docs/discord.md says where it comes from)."
        )
    try:
        import discord  # noqa: PLC0415

        from .discord.bot import make_discord_bot  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name != "discord":
            raise
        hint = "pip install 'moodreel[discord]'"
        raise UsageError(f"Discord needs discord.py; get it with: {hint}") from None
    from ..logs import follow  # noqa: PLC0415
    from .opening import open_companion  # noqa: PLC0415

    follow(settings, "warning")
    agent = await open_companion()
    # A command starts without looking for garbage; a server makes some.
    gc.freeze()
    gc.enable()
    bot = make_discord_bot(agent, message_content=settings.discord_message_content)
    tell(f"{agent.choice} Connecting to Discord; Ctrl-C ends.")
    try:
        await bot.start(settings.discord_token.get_secret_value())
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
    finally:
        await bot.close()
        await agent.close()
