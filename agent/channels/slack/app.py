"""The Slack app: a `slack_bolt` app that answers by a `MovieAgent`."""

from __future__ import annotations

import logging
import re
import secrets
import time
from functools import partial
from typing import Any

from pydantic import SecretStr
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.middleware.authorization.async_single_team_authorization import (
    AsyncSingleTeamAuthorization,
)
from slack_sdk.web.async_client import AsyncWebClient

from ....errors import BadSettings, UsageError
from ...companion import MovieAgent
from .answers import PAUSE, STOPPED, Events, answer
from .commands import Commands
from .home import Home
from .lines import Lines, Seen, Work
from .messages import Messages
from .night import Night
from .places import Place, Thread, Whisper, retries
from .posting import FAILED, Refusals, reason
from .presses import Presses
from .prompts import Prompts
from .sheet import Sheet
from .taste import Taste
from .where import Where, of_turn

_OTHERS = ("client", "authorize", "installation_store", "oauth_settings", "oauth_flow")
"""What bolt takes in place of a bot token."""
_ANYTHING = re.compile("")
_LATEST = 3_600.0
"""Seconds after which nobody waits for an answer any more."""
_log = logging.getLogger(__name__)


class SlackApp(AsyncApp):
    """Moodreel as a bolt app: served as any other, with listeners of one's own beside ours.

    Wait with `finish` for the answers in progress before the agent is closed.
    """

    def __init__(
        self, agent: MovieAgent, *, signed: bool = True, pause: float = PAUSE, **options: Any
    ) -> None:
        """Register all listeners.

        Args:
            agent: who answers.
            signed: whether requests over HTTP can be told from those that others make up.
            pause: seconds between two pieces of an answer.
            options: of `slack_bolt.async_app.AsyncApp`.
        """
        super().__init__(name="moodreel", **options)
        self.agent = agent
        self.signed = signed
        self.seen = Seen()
        self.refusals = Refusals()
        self._lines = Lines()
        self._pause = pause
        Messages(self)
        Presses(self)
        Prompts(self)
        self.taste = Taste(self)
        self.home = Home(self)
        self.night = Night(self)
        Commands(self)
        self.event(_ANYTHING)(_ignored)
        self.action(_ANYTHING)(_ignored)
        self.error(_failed)

    async def reply(
        self, client: AsyncWebClient, where: Where, said: str, events: Events, url: str = ""
    ) -> None:
        """Answer something as soon as all before it in the conversation is answered.

        Args:
            client: of the workspace.
            where: who is where.
            said: what is answered, in words.
            events: begins the turn.
            url: where to answer this person alone; in the thread else.
        """
        place = Whisper(url) if url else Thread(client, where, self.refusals)
        work = partial(answer, place, Sheet(said, where.to), events, self._pause)
        try:
            dropped = partial(self.tell, client, where, place, STOPPED)
            self.put(where.conversation, client, where, work, dropped)
        except UsageError as error:
            await self.tell(client, where, place, str(error))

    def put(
        self,
        line: str,
        client: AsyncWebClient,
        where: Where,
        work: Work,
        dropped: Work | None = None,
    ) -> None:
        """Do something as soon as all before it in this line is done; `Lines.put` has the rest.

        Raises:
            UsageError: too much waits already.
        """
        self._lines.put(line, partial(self.posted, client, where, work), dropped)

    async def tell(self, client: AsyncWebClient, where: Where, place: Place, sentence: str) -> None:
        """Say something that is no answer."""
        await self.posted(client, where, partial(place.tell, sentence))

    async def posted(self, client: AsyncWebClient, where: Where, work: Work) -> None:
        """Post something; where Slack does not take it, say so where it does."""
        try:
            await work()
        except FAILED as error:
            _log.warning("Slack took no answer in %s (%s)", where.channel, reason(error))
            await _told_alone(client, where, reason(error))

    async def meet(self) -> None:
        """Ask Slack who the bot is, so that no event has to wait for the answer.

        Raises:
            SlackClientError, aiohttp.ClientError, TimeoutError: Slack refused, or was not there.
        """
        for each in self._async_middleware_list:
            if isinstance(each, AsyncSingleTeamAuthorization):
                each.auth_test_result = await self.client.auth_test()

    async def resume(self) -> int:
        """Answer what a process was killed over within the last hour; how many messages.

        Slack doesn't send them again: they were acknowledged. In an app for many workspaces
        nothing is done, since there is no one token to answer with.
        """
        if not self.client.token:
            return 0
        since = time.time() - _LATEST
        found = [(each, of_turn(each)) for each in await self.agent.lost_turns()]
        lost = [(turn, where) for turn, where in found if where and turn.began > since]
        for turn, where in lost:
            events = partial(self.agent.stream, turn.message, where.session, turn_id=turn.id)
            await self.reply(self.client, where, turn.message, events)
        return len(lost)

    async def finish(self, seconds: float = 20.0) -> None:
        """Wait for the answers in progress; who waits longer is told to say it again."""
        late = await self._lines.close(seconds)
        if late:
            _log.warning("%d answers were stopped", late)


async def _told_alone(client: AsyncWebClient, where: Where, why: str) -> None:
    """Tell somebody in a direct message that their answer could not be posted."""
    if where.direct:
        return
    text = f"I couldn't answer you in <#{where.channel}> ({why}). Invite me there, or ask me here."
    try:
        await client.chat_postMessage(channel=where.user, text=text)
    except FAILED as error:
        _log.warning("Slack took no direct message either (%s)", reason(error))


def make_slack_app(
    agent: MovieAgent,
    *,
    token: str | None = None,
    signing_secret: str | None = None,
    **options: Any,
) -> SlackApp:
    """A Slack app that answers by this agent; serve it with `serve`, or as any bolt app.

    Args:
        agent: who answers; its settings say what is not given here.
        token: the bot token, ``xoxb-…``.
        signing_secret: by which requests over HTTP are known to come from Slack. Without one
            they are all refused, which socket mode doesn't mind.
        options: more for `slack_bolt.async_app.AsyncApp`, as an ``installation_store`` for many
            workspaces.

    Raises:
        BadSettings: there is no bot token.
    """
    settings = agent.settings
    secret = signing_secret or _plain(settings.slack_signing_secret)
    bot = token or _plain(settings.slack_bot_token)
    if not any(options.get(each) for each in _OTHERS):
        if not bot:
            raise BadSettings(
                "Slack needs a bot token; set MOODREEL_SLACK_BOT_TOKEN as docs/slack.md says."
            )
        options["client"] = AsyncWebClient(token=bot, retry_handlers=retries())
    return SlackApp(agent, signed=bool(secret), signing_secret=secret or _unknown(), **options)


def _unknown() -> str:
    """A secret that signs nothing: an empty one could be used by anybody."""
    return secrets.token_hex(32)


async def _ignored(ack: AsyncAck) -> None:
    """Take note of what is not for us."""
    await ack()


async def _failed(error: Exception) -> None:
    """Log what went wrong while listening; what bolt would log may hold what was said."""
    _log.error("Slack: a listener failed: %s", type(error).__name__)


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
