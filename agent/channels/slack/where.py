"""Where somebody is in Slack, and which conversation that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ...session import Session

if TYPE_CHECKING:
    from ...storage.base import Begun

Json = Mapping[str, Any]

_TURN = "slack-"


@dataclass(frozen=True)
class Where:
    """One person in one thread; ``thread`` is empty for commands, which belong to no thread."""

    team: str
    channel: str
    thread: str
    user: str
    direct: bool = False

    @property
    def session(self) -> Session:
        """The conversation: everybody has their own in every thread."""
        return Session(self.team, self.channel, self.thread, self.user)

    @property
    def conversation(self) -> str:
        """The name of the conversation."""
        return self.session.key

    @property
    def to(self) -> str | None:
        """Whom an answer names: nobody where two are alone."""
        return None if self.direct else self.user


def of_message(team: str, event: Json) -> Where:
    """Where a message was written: a message outside of threads begins one."""
    direct = event.get("channel_type") == "im"
    thread = event.get("thread_ts") or event["ts"]
    return Where(team, event["channel"], thread, event["user"], direct)


def of_press(team: str, body: Json) -> Where:
    """Where something was pressed: in a thread, or below the answer to a command."""
    place, channel = body.get("container", {}), body["channel"]
    message = body.get("message", {})
    thread = message.get("thread_ts") or place.get("thread_ts") or message.get("ts", "")
    direct = channel["id"].startswith("D")
    return Where(team, channel["id"], "" if whispered(body) else thread, body["user"]["id"], direct)


def whispered(body: Json) -> bool:
    """Whether something was pressed in a message that only this person sees."""
    return bool(body.get("container", {}).get("is_ephemeral"))


def of_command(team: str, command: Json) -> Where:
    """Where a command was given."""
    channel = command["channel_id"]
    return Where(team, channel, "", command["user_id"], channel.startswith("D"))


def turn_id(where: Where, ts: str) -> str:
    """The id of the turn that a message is."""
    return f"{_TURN}{where.channel}-{ts}"


def of_turn(turn: Begun) -> Where | None:
    """Where the message of a turn was written; None where it is no message of Slack's."""
    parts = [unquote(part) for part in turn.conversation.removeprefix("@").split("/")]
    if not turn.id.startswith(_TURN) or len(parts) != 4:
        return None
    team, user, channel, thread = parts
    return Where(team, channel, thread, user, channel.startswith("D"))
