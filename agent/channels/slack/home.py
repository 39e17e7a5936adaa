"""The Home tab: what is known of a person, what was talked about, and how to remove it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    SectionBlock,
)
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from ....errors import MoodreelError
from ...conversations import About
from ...profile import Entry, TasteProfile
from ...sentences import evidence, sentence
from ..entries import mark
from ..wording import visible
from .blocks import Json, plain
from .person import at_home, conversations_of, forget, taste_of, without
from .places import Whisper
from .posting import FAILED, reason
from .taste import CALLBACK
from .text import shortened
from .where import Where, whispered

if TYPE_CHECKING:
    from .app import SlackApp

_MOST_ENTRIES = 25
_MOST_CONVERSATIONS = 15
_LONGEST = 300
_SURE = "All conversations with me here and all I know of you are removed, and don't come back."
_log = logging.getLogger(__name__)


class Home:
    """Shows the Home tab, and removes what is pressed away there."""

    def __init__(self, app: SlackApp) -> None:
        self._app = app
        app.event("app_home_opened")(self.opened)
        app.action("moodreel_forget_entry")(self.forget_entry)
        app.action("moodreel_forget_talk")(self.forget_talk)
        app.action("moodreel_forget_me")(self.forget_me)

    async def opened(self, event: Json, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        """Show what is known now."""
        await self.show(at_home(context.team_id or "", event["user"]), client)

    async def show(self, where: Where, client: AsyncWebClient) -> None:
        """Show what is known of a person now."""
        agent = self._app.agent
        profile, talks = await taste_of(agent, where), await conversations_of(agent, where)
        shown = view(profile, [each for each in talks if each.id != where.conversation])
        try:
            await client.views_publish(user_id=where.user, view=shown.to_dict())
        except FAILED as error:
            _log.info("Slack took no Home tab (%s)", reason(error))

    async def forget_entry(
        self, ack: AsyncAck, body: Json, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Take one thing out of the profile."""
        await ack()
        where = at_home(context.team_id or "", body["user"]["id"])
        revision = partial(without, marks={body["actions"][0]["value"]}, weights={})
        await self._app.agent.revise(where.conversation, revision)
        await self.show(where, client)

    async def forget_talk(
        self, ack: AsyncAck, body: Json, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Remove one conversation, if it is this person's."""
        await ack()
        where = at_home(context.team_id or "", body["user"]["id"])
        known = [each.id for each in await conversations_of(self._app.agent, where)]
        asked = body["actions"][0]["value"]
        if asked in known:
            await self._app.agent.forget(asked)
        await self.show(where, client)

    async def forget_me(
        self, ack: AsyncAck, body: Json, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Remove everything."""
        await ack()
        where = at_home(context.team_id or "", body["user"]["id"])
        try:
            await forget(self._app.agent, where)
            said = "Done: I know nothing of you any more."
        except MoodreelError as error:
            said = str(error)
        if whispered(body):
            await self._app.tell(client, where, Whisper(body["response_url"]), said)
        await self.show(where, client)

    async def ask(self, body: Json, where: Where, client: AsyncWebClient) -> None:
        """Ask somebody who used the command whether they mean it."""
        blocks = [SectionBlock(text=plain(text=_SURE)).to_dict(), _forget_me().to_dict()]
        send = partial(Whisper(body["response_url"]).send, blocks, _SURE)
        await self._app.posted(client, where, send)


def view(profile: TasteProfile, talks: Sequence[About]) -> View:
    """The Home tab of a person with this profile and these conversations."""
    return View(
        type="home",
        blocks=[
            HeaderBlock(text=plain(text="Your taste")),
            *_taste(profile.active),
            DividerBlock(),
            HeaderBlock(text=plain(text="Your conversations")),
            *_talks(talks),
            DividerBlock(),
            SectionBlock(text=plain(text=_SURE)),
            _forget_me(),
        ],
    )


def _taste(entries: Sequence[Entry]) -> list[Block]:
    if not entries:
        return [_line("Nothing yet. Write to me in Messages, or name me in a channel.")]
    latest = entries[-_MOST_ENTRIES:]
    more = len(entries) - len(latest)
    change = ButtonElement(action_id=CALLBACK, text=plain(text="Change it"))
    return [
        *(block for entry in reversed(latest) for block in _entry(entry)),
        *([_line(f"And {more} more, older ones.")] if more else []),
        ActionsBlock(elements=[change]),
    ]


def _entry(entry: Entry) -> list[Block]:
    because = plain(text=shortened(visible(evidence(entry)), _LONGEST))
    press = ButtonElement(
        action_id="moodreel_forget_entry", text=plain(text="Forget"), value=mark(entry)
    )
    return [
        SectionBlock(text=plain(text=_short(sentence(entry))), accessory=press),
        ContextBlock(elements=[because]),
    ]


def _talks(talks: Sequence[About]) -> list[Block]:
    if not talks:
        return [_line("None yet.")]
    more = len(talks) - _MOST_CONVERSATIONS
    left = [_line(f"And {more} more, older ones.")] if more > 0 else []
    return [*map(_talk, talks[:_MOST_CONVERSATIONS]), *left]


def _talk(talk: About) -> Block:
    turns = "1 message" if talk.turns == 1 else f"{talk.turns} messages"
    says = f"{_short(talk.title)}\n{turns}, last on {talk.changed[:10]}"
    press = ButtonElement(
        action_id="moodreel_forget_talk",
        text=plain(text="Forget"),
        value=talk.id,
        confirm=_confirm("This conversation is removed, and doesn't come back."),
    )
    return SectionBlock(text=plain(text=says), accessory=press)


def _forget_me() -> ActionsBlock:
    press = ButtonElement(
        action_id="moodreel_forget_me",
        text=plain(text="Forget me"),
        style="danger",
        confirm=_confirm(_SURE),
    )
    return ActionsBlock(elements=[press])


def _confirm(says: str) -> ConfirmObject:
    return ConfirmObject(
        title="Forget this?", text=plain(text=says), confirm="Forget it", deny="Keep it"
    )


def _line(text: str) -> Block:
    return SectionBlock(text=plain(text=text))


def _short(text: str) -> str:
    return shortened(visible(text), _LONGEST)
