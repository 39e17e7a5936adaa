"""Movie night: a message gathers who comes and what they wish for, then come films for them."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from ....errors import MoodreelError, UsageError
from ...night.guests import Guest
from ...night.reply import Rule
from ...session import Session
from .blocks import Json, context, packed
from .gathering import EVENT, Gathering, dialog, drawn, films, gathering_of, in_words
from .lines import Work
from .places import Whisper
from .posting import FAILED, post, reason
from .text import escaped, people_named, without_people
from .where import Where

if TYPE_CHECKING:
    from .app import SlackApp

Change = Callable[[Gathering], Gathering]

_MOST_HELD = 500
_TITLE = "Movie night: say what you wish for"
_GONE = "I no longer know who comes to that movie night; begin another with /moodreel night."
_NOBODY = "Nobody comes yet; press “Say my wish” first."


class Night:
    """Listens to the command and to what is pressed below its message.

    What is held here is newer than what came with a press: presses may cross.
    """

    def __init__(self, app: SlackApp) -> None:
        self._app = app
        self._held: OrderedDict[tuple[str, str], Gathering] = OrderedDict()
        app.action("moodreel_night_wish")(self.wish)
        app.action("moodreel_night_leave")(self.leave)
        app.action("moodreel_night_rule")(self.rule)
        app.action("moodreel_night_go")(self.go)
        app.view(EVENT)(self.wished)

    async def begin(self, command: Json, where: Where, client: AsyncWebClient) -> None:
        """Post the message; who is named comes, and so does who says something with it."""
        named = people_named(command["text"])
        said = without_people(command["text"].partition(" ")[2])
        try:
            gathering = Gathering()
            for user in dict.fromkeys([where.user, *named]):
                gathering = gathering.joined_by(user, said if user == where.user else "")
            answer = await client.chat_postMessage(
                channel=where.channel,
                blocks=drawn(gathering),
                text=_TITLE,
                metadata=gathering.metadata(),
            )
            self._hold(where.channel, str(answer["ts"]), gathering)
        except (UsageError, *FAILED) as error:
            why = f"I can't post here ({reason(error)}); invite me with /invite first."
            sentence = str(error) if isinstance(error, UsageError) else why
            await self._app.tell(client, where, Whisper(command["response_url"]), sentence)

    async def wish(
        self, ack: AsyncAck, body: Json, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Ask for a wish."""
        await ack()
        gathering = self._known(body)
        if gathering is None:
            await self._say(_of(body, context), client, _GONE)
            return
        channel, ts = body["channel"]["id"], body["message"]["ts"]
        self._hold(channel, ts, gathering)
        kept = json.dumps({"channel": channel, "ts": ts})
        before = gathering.people.get(body["user"]["id"], "")
        await client.views_open(trigger_id=body["trigger_id"], view=dialog(before, kept).to_dict())

    async def wished(
        self, ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext,
        client: AsyncWebClient,
    ) -> None:  # fmt: skip
        """Take a wish."""
        await ack()
        kept, user = json.loads(view["private_metadata"]), body["user"]["id"]
        said = view["state"]["values"]["wish"]["wish"].get("value") or ""
        where = Where(context.team_id or "", kept["channel"], kept["ts"], user)
        known = self._held.get((where.channel, where.thread))
        await self._change(where, client, known, lambda each: each.joined_by(user, said))

    async def leave(
        self, ack: AsyncAck, body: Json, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Let somebody go."""
        await ack()
        user, where = body["user"]["id"], _of(body, context)
        await self._change(where, client, self._known(body), lambda each: each.left_by(user))

    async def rule(
        self, ack: AsyncAck, body: Json, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Take another rule."""
        await ack()
        chosen = cast("Rule", body["actions"][0]["selected_option"]["value"])
        where = _of(body, context)
        change = lambda each: Gathering(each.people, chosen)  # noqa: E731
        await self._change(where, client, self._known(body), change)

    async def go(
        self, ack: AsyncAck, body: Json, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Find films for all who come, in the thread of the message."""
        await ack()
        gathering, where = self._known(body), _of(body, context)
        if gathering is None or not gathering.people:
            await self._say(where, client, _NOBODY if gathering else _GONE)
            return
        await self._put(where, client, partial(self._find, where, client, gathering))

    async def _find(self, where: Where, client: AsyncWebClient, gathering: Gathering) -> None:
        guests = {
            user: Guest(wish, Session(where.team, where.channel, "", user))
            for user, wish in gathering.people.items()
        }
        try:
            reply = await self._app.agent.movie_night(guests, rule=gathering.rule)
        except MoodreelError as error:
            await post(client, where, context(str(error)), escaped(str(error)))
            return
        for place, page in enumerate(packed(films(reply))):
            await post(client, where, page, in_words(reply) if place == 0 else "…")

    async def _change(
        self, where: Where, client: AsyncWebClient, known: Gathering | None, change: Change
    ) -> None:
        """Change who comes, and draw the message anew."""
        await self._put(where, client, partial(self._draw, where, client, known, change))

    async def _put(self, where: Where, client: AsyncWebClient, work: Work) -> None:
        """Do something with a movie night when what was asked before is done."""
        try:
            self._app.put(f"night {where.channel} {where.thread}", client, where, work)
        except UsageError as error:
            await self._say(where, client, str(error))

    async def _draw(
        self, where: Where, client: AsyncWebClient, known: Gathering | None, change: Change
    ) -> None:
        gathering = self._held.get((where.channel, where.thread)) or known
        try:
            if gathering is None:
                raise UsageError(_GONE)
            changed = change(gathering)
        except UsageError as error:
            await client.chat_postEphemeral(channel=where.channel, user=where.user, text=str(error))
            return
        self._hold(where.channel, where.thread, changed)
        await client.chat_update(
            channel=where.channel,
            ts=where.thread,
            blocks=drawn(changed),
            text=_TITLE,
            metadata=changed.metadata(),
        )

    def _known(self, body: Json) -> Gathering | None:
        key = body["channel"]["id"], body["message"]["ts"]
        return self._held.get(key) or gathering_of(body["message"])

    def _hold(self, channel: str, ts: str, gathering: Gathering) -> None:
        self._held[channel, ts] = gathering
        self._held.move_to_end((channel, ts))
        if len(self._held) > _MOST_HELD:
            self._held.popitem(last=False)

    async def _say(self, where: Where, client: AsyncWebClient, sentence: str) -> None:
        """Say something to this person alone."""
        text = escaped(sentence)
        send = partial(client.chat_postEphemeral, channel=where.channel, user=where.user, text=text)
        await self._app.posted(client, where, send)


def _of(body: Json, context: AsyncBoltContext) -> Where:
    """The message that was pressed in, as the thread of its answers."""
    channel, ts = body["channel"]["id"], body["message"]["ts"]
    return Where(context.team_id or "", channel, ts, body["user"]["id"])
