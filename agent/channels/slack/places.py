"""Where an answer is shown: in a thread for all who read it, or to one person alone."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Protocol

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from .blocks import Group, context, packed
from .posting import FAILED, Message, Refusals, Unanswered, post, reason
from .sheet import Sheet
from .text import escaped, plain_text
from .where import Where

THINKING = "Thinking …"
_STATUS = "is thinking …"
_MOST_WHISPERS = 5
"""How often Slack takes something for one press or command."""
_UNUSABLE = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}
_log = logging.getLogger(__name__)


def retries() -> list[AsyncRetryHandler]:
    """Wait as long as Slack asks for when it is asked too often; try again when it is down."""
    return [
        AsyncConnectionErrorRetryHandler(max_retry_count=2),
        AsyncRateLimitErrorRetryHandler(max_retry_count=3),
        AsyncServerErrorRetryHandler(max_retry_count=2),
    ]


class Place(Protocol):
    """Where an answer is shown."""

    async def begin(self) -> None:
        """Show that there will be an answer."""
        ...

    async def show(self, sheet: Sheet) -> None:
        """Show as much of it as there is."""
        ...

    async def finish(self, sheet: Sheet) -> None:
        """Show all of it."""
        ...

    async def tell(self, sentence: str) -> None:
        """Say something that is no answer."""
        ...


@dataclass
class Thread:
    """A thread: a status while there is nothing to show, then messages that grow."""

    client: AsyncWebClient
    where: Where
    refusals: Refusals
    _messages: list[Message] = field(default_factory=list)
    _has_status: bool = False
    _waiting: str = ""
    _begun: bool = False
    """Whether a part of the answer is shown."""

    async def begin(self) -> None:
        """Show the status, where the workspace has that."""
        if ("status", self.where.channel) not in self.refusals:
            await self._status()

    async def _status(self, says: str = "") -> None:
        """Show that it thinks, and what it waits for."""
        try:
            await self.client.assistant_threads_setStatus(
                channel_id=self.where.channel,
                thread_ts=self.where.thread,
                status=_STATUS,
                loading_messages=[says] if says else None,
            )
        except FAILED as error:
            self.refusals.note("status", self.where.channel, error)
        else:
            self._has_status = True

    async def show(self, sheet: Sheet) -> None:
        """Show as much as there is; where there is nothing yet, that it thinks or waits."""
        pages = packed(sheet.groups)
        if pages:
            self._begun = True
            await self._write(pages, THINKING, whole=False)
        elif not self._has_status:
            says = sheet.waiting or THINKING
            await self._write([context(says)], escaped(says), whole=False)
        elif sheet.waiting and sheet.waiting != self._waiting:
            self._waiting = sheet.waiting
            await self._status(sheet.waiting)

    async def finish(self, sheet: Sheet) -> None:
        """Show all of it, in words alone where Slack does not take the blocks."""
        text = _fallback(sheet)
        try:
            await self._write(packed(sheet.groups), text, whole=True)
        except SlackApiError as error:
            if reason(error) not in _UNUSABLE:
                raise
            _log.warning("Slack took no blocks in %s (%s)", self.where.channel, reason(error))
            await post(self.client, self.where, [], text)

    async def tell(self, sentence: str) -> None:
        """Say something below what is shown already."""
        pages = [message.shown for message in self._messages] if self._begun else []
        pages = pages or [[]]
        pages[-1] = [*pages[-1], *context(sentence)]
        await self._write(pages, escaped(sentence), whole=True)

    async def _write(self, pages: list[Group], text: str, *, whole: bool) -> None:
        """Show each page in a message of its own; all but the last are done."""
        for place, blocks in enumerate(pages):
            if place == len(self._messages):
                self._messages.append(
                    Message(self.client, self.where, self.refusals, streams=self._may_stream)
                )
            message, words = self._messages[place], text if place == 0 else "…"
            if whole or place < len(pages) - 1:
                await message.end(blocks, words)
            else:
                await message.write(blocks, words)

    @property
    def _may_stream(self) -> bool:
        return self._has_status and ("streaming", self.where.channel) not in self.refusals


@dataclass
class Whisper:
    """Messages that one person alone sees, in answer to a command or a press."""

    url: str
    _said: int = 0

    async def begin(self) -> None:
        """Nothing: most answers are there at once."""

    async def show(self, sheet: Sheet) -> None:
        """Say once that there will be an answer, or that it waits; it can't grow."""
        if not self._said:
            await self.tell(sheet.waiting or THINKING)

    async def finish(self, sheet: Sheet) -> None:
        """Show all of it, as far as Slack takes it."""
        pages = packed(sheet.groups)[: _MOST_WHISPERS - self._said]
        for place, blocks in enumerate(pages):
            await self.send(blocks, _fallback(sheet) if place == 0 else "…")

    async def tell(self, sentence: str) -> None:
        """Say something."""
        await self.send(context(sentence), escaped(sentence))

    async def send(self, blocks: Group, text: str) -> None:
        """Send blocks, and the same in words."""
        self._said += 1
        answer = await AsyncWebhookClient(self.url, retry_handlers=retries()).send(
            text=text, blocks=blocks, response_type="ephemeral", replace_original=False
        )
        if answer.status_code != 200:
            raise Unanswered(f"Slack took no answer to a command ({answer.status_code}).")


def _fallback(sheet: Sheet) -> str:
    """The whole answer in words, for notifications and screen readers."""
    named = f"<@{sheet.to}> " if sheet.to else ""
    return named + plain_text(sheet.reply.text if sheet.reply else "")
