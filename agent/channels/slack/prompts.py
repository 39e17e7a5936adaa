"""What Slack suggests to somebody who opens the conversation with the bot."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from slack_sdk.web.async_client import AsyncWebClient

from .posting import FAILED, reason

if TYPE_CHECKING:
    from .app import SlackApp

PROMPTS = (
    {"title": "Cheer me up", "message": "Rough week; something warm and funny, under two hours"},
    {"title": "Like one I love", "message": "Something like Paddington 2, but older"},
    {"title": "Family night", "message": "Something for my kids, they are 6 and 9"},
    {"title": "Short and tense", "message": "A tense thriller under 100 minutes, no gore"},
)
"""Slack shows up to four."""

_log = logging.getLogger(__name__)


class Prompts:
    """Listens to conversations being opened, in today's agent view and the older assistant's."""

    def __init__(self, app: SlackApp) -> None:
        app.event("app_home_opened", matchers=[_messages])(self.opened)
        app.event("assistant_thread_started")(self.opened)
        for name in ("app_context_changed", "assistant_thread_context_changed"):
            app.event(name)(self.moved)

    async def opened(self, event: dict[str, Any], client: AsyncWebClient) -> None:
        """Suggest something to say. Only the older view wants a thread."""
        thread = event.get("assistant_thread", {})
        try:
            await client.assistant_threads_setSuggestedPrompts(
                channel_id=thread.get("channel_id") or event["channel"],
                thread_ts=thread.get("thread_ts"),
                prompts=[dict(each) for each in PROMPTS],
            )
        except FAILED as error:
            _log.info("Slack took no suggestions (%s)", reason(error))

    async def moved(self) -> None:
        """Take note that somebody looks at another channel: nothing is done with it."""


async def _messages(event: dict[str, Any]) -> bool:
    """Whether the tab with the conversation was opened."""
    return event.get("tab") == "messages"
