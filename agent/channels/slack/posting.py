"""One message of an answer: streamed where the workspace allows it, else edited in place."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.models.messages.chunk import BlocksChunk
from slack_sdk.web.async_chat_stream import AsyncChatStream
from slack_sdk.web.async_client import AsyncWebClient

from .blocks import Group
from .where import Where

FAILED = (SlackClientError, aiohttp.ClientError, asyncio.TimeoutError)
"""How calls of Slack fail."""


class Unanswered(SlackClientError):
    """Slack took no answer to a command or a press."""


_PASSING = {"ratelimited", "internal_error", "fatal_error", "service_unavailable",
            "request_timeout", "message_not_found", "thread_not_found",
            "invalid_thread_ts"}  # fmt: skip
"""Errors that say nothing of what a channel allows."""
_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
_MOST_REFUSALS = 10_000
_log = logging.getLogger(__name__)


class Refusals:
    """What channels have refused, so that it isn't asked for with every message."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def __contains__(self, asked: tuple[str, str]) -> bool:
        return asked in self._known

    def note(self, method: str, channel: str, error: Exception) -> None:
        """Remember a refusal; what may pass, as a busy server, is none."""
        why = reason(error)
        _log.info("Slack: no %s in %s (%s)", method, channel, why)
        if isinstance(error, SlackApiError) and why not in _PASSING:
            if len(self._known) >= _MOST_REFUSALS:
                self._known.clear()
            self._known[method, channel] = why


def reason(error: Exception) -> str:
    """Why a call failed, in Slack's own word; never what was said in it."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error", "unknown"))
    return type(error).__name__


@dataclass
class Message:
    """A message in a thread that grows until it is whole.

    ``streams`` is whether streaming may be tried; what can't be streamed any more is edited.
    """

    client: AsyncWebClient
    where: Where
    refusals: Refusals
    streams: bool = False
    ts: str | None = None
    shown: Group = field(default_factory=list)
    _stream: AsyncChatStream | None = None

    async def write(self, blocks: Group, text: str) -> None:
        """Show these blocks; usually those shown already and more."""
        if blocks == self.shown:
            return
        if self.streams:
            new = self._new(blocks)
            if new is None or await self._streamed(self._append(new)):
                # What changes blocks that are streamed already is set right at the end.
                self.shown = blocks if new is not None else self.shown
                return
        await self._edit(blocks, text)
        self.shown = blocks

    async def end(self, blocks: Group, text: str) -> None:
        """Show these blocks, and that they are all."""
        if self._stream is not None and self.streams:
            new = self._new(blocks)
            if await self._streamed(self._stop(new or [])) and new is not None:
                self.shown = blocks
        self.streams = False
        await self.write(blocks, text)

    async def _streamed(self, step: Awaitable[None]) -> bool:
        """Whether a step of streaming worked; after one that didn't the message is edited."""
        begun = self._stream is not None
        try:
            await step
        except FAILED as error:
            if not begun:
                self.refusals.note("streaming", self.where.channel, error)
            self.streams, self.shown = False, []
            return False
        finally:
            self.ts = self._stream.ts if self._stream else self.ts
        return True

    async def _append(self, new: Group) -> None:
        if self._stream is None:
            self._stream = await self.client.chat_stream(
                channel=self.where.channel,
                thread_ts=self.where.thread,
                recipient_team_id=self.where.team,
                recipient_user_id=self.where.user,
            )
        await self._stream.append(chunks=[BlocksChunk(blocks=new)])

    async def _stop(self, new: Group) -> None:
        assert self._stream is not None  # noqa: S101 - only what was begun is ended
        await self._stream.stop(chunks=[BlocksChunk(blocks=new)] if new else None)

    def _new(self, blocks: Group) -> Group | None:
        """What blocks add to those shown; None where they change what is shown."""
        known = len(self.shown)
        return blocks[known:] if blocks[:known] == self.shown else None

    async def _edit(self, blocks: Group, text: str) -> None:
        if self.ts is not None:
            try:
                await self._update(blocks, text)
            except SlackApiError as error:
                if reason(error) not in _GONE:
                    raise
                self.ts = None
        if self.ts is None:
            self.ts = await post(self.client, self.where, blocks, text)

    async def _update(self, blocks: Group, text: str) -> None:
        assert self.ts is not None  # noqa: S101 - only what was posted is edited
        await self.client.chat_update(
            channel=self.where.channel, ts=self.ts, blocks=blocks, text=text
        )


async def post(client: AsyncWebClient, where: Where, blocks: Group, text: str) -> str:
    """Post a message to a thread; its timestamp, by which it can be edited."""
    asked: dict[str, Any] = {"blocks": blocks} if blocks else {}
    answer = await client.chat_postMessage(
        channel=where.channel,
        thread_ts=where.thread or None,
        text=text,
        unfurl_links=False,
        unfurl_media=False,
        **asked,
    )
    return str(answer["ts"])
