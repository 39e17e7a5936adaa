"""``moodreel slack``: the bot for Slack."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from ...errors import UsageError
from . import service
from .opening import open_companion
from .output import say, tell

app = typer.Typer(rich_markup_mode=None)


@app.command()
def slack(
    http: Annotated[
        str | None,
        typer.Option(
            "--http", metavar="HOST:PORT", help="Listen there over HTTP; socket mode else."
        ),
    ] = None,
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Print what Slack makes the app from, and leave.")
    ] = False,
    url: Annotated[
        str,
        typer.Option(
            "--url", metavar="URL", help="With --manifest: where Slack reaches you over HTTPS."
        ),
    ] = "",
) -> None:
    """Answer in Slack until Ctrl-C; docs/slack.md says how to set it up."""
    try:
        from .slack.manifest import as_yaml  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name not in ("slack_bolt", "slack_sdk", "aiohttp"):
            raise
        hint = "pip install 'moodreel[slack]'"
        raise UsageError(f"Slack needs slack-bolt; get it with: {hint}") from None
    if manifest:
        say(as_yaml(url).rstrip())
    else:
        from ..logs import follow  # noqa: PLC0415
        from ..settings import load_settings  # noqa: PLC0415

        follow(load_settings(), "warning")
        asyncio.run(_serve(http or ""))


async def _serve(http: str) -> None:
    from .slack import make_slack_app, serve  # noqa: PLC0415

    async with await open_companion() as agent:
        bot = make_slack_app(agent)
        tell(f"{agent.choice} Serving Slack {f'at {http}' if http else 'by socket mode'}.")
        await service.serve(serve(bot, http))
