"""Serving the Slack app: by socket mode, or over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError

from ....errors import BadSettings, UsageError, WorkError
from .app import SlackApp
from .manifest import PATH
from .posting import FAILED, reason

PORT = 3_000


async def serve(app: SlackApp, http: str = "") -> None:
    """Serve the app until it is cancelled, and then finish the answers in progress.

    Args:
        app: what `make_slack_app` made.
        http: where to listen, as ``0.0.0.0:3000``; socket mode without.

    Raises:
        BadSettings: a token is missing or refused.
        UsageError: this is no address.
        WorkError: Slack can't be reached, or the address can't be listened at.
    """
    with _told("MOODREEL_SLACK_BOT_TOKEN"):
        await app.meet()
    async with _listening(app, http) if http else _connected(app):
        try:
            await app.resume()
            await asyncio.Event().wait()
        finally:
            await app.finish()


@contextmanager
def _told(setting: str) -> Iterator[None]:
    """Say what to do where Slack refuses a token, or can't be reached."""
    try:
        yield
    except SlackApiError as error:
        raise BadSettings(
            f"Slack refused {setting} ({reason(error)}); copy it again as docs/slack.md says."
        ) from None
    except FAILED as error:
        raise WorkError(f"Slack can't be reached ({reason(error)}); check the network.") from None


@asynccontextmanager
async def _connected(app: SlackApp) -> AsyncIterator[None]:
    secret = app.agent.settings.slack_app_token
    if secret is None:
        raise BadSettings(
            "Socket mode needs an app token; set MOODREEL_SLACK_APP_TOKEN as docs/slack.md says,"
            " or serve over HTTP."
        )
    token = secret.get_secret_value()
    # Connecting tries for ever, so a token that is wrong would never be told.
    with _told("MOODREEL_SLACK_APP_TOKEN"):
        await app.client.apps_connections_open(app_token=token)
    handler = AsyncSocketModeHandler(app, token)
    try:
        await handler.connect_async()
        yield
    finally:
        await handler.close_async()


@asynccontextmanager
async def _listening(app: SlackApp, http: str) -> AsyncIterator[None]:
    host, port = _address(http)
    if not app.signed:
        raise BadSettings(
            "Slack over HTTP needs the signing secret; set MOODREEL_SLACK_SIGNING_SECRET as"
            " docs/slack.md says."
        )
    runner = web.AppRunner(app.web_app(PATH))
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise WorkError(
            f"{http!r} can't be listened at ({error.strerror}); name another."
        ) from None
    try:
        yield
    finally:
        await runner.cleanup()


def _address(http: str) -> tuple[str, int]:
    """Host and port of ``0.0.0.0:3000``, ``:3000`` or ``[::1]:3000``.

    Raises:
        UsageError: it is none of these.
    """
    host, _, port = http.rpartition(":")
    if not port.isdecimal() or not 0 <= int(port) < 65_536:
        raise UsageError(f"{http!r} is no address; write it like 127.0.0.1:{PORT}.")
    return host.strip("[]") or "127.0.0.1", int(port)
