"""Who talks where: what conversations and lasting taste are kept under."""

from __future__ import annotations

import hashlib
import re
from dataclasses import astuple, dataclass
from urllib.parse import quote

from ..errors import UsageError

_LONGEST_PART = 1_000
_LONGEST_WRITTEN = 44
"""Characters of one part of a key; four of them stay below what a conversation's name may have."""
_DIGEST = 40
_WRITTEN = r"(?:[\w.\-%]{0,44}|~[0-9a-f]{40})"
_KEY = re.compile(rf"(@{_WRITTEN}/{_WRITTEN}/){_WRITTEN}/{_WRITTEN}", re.ASCII)
_PAGE = re.compile(r"(web-[0-9a-f]{16}-)[0-9a-f]{8}")
"""Names of conversations on the chat page: an owner's digest comes first."""


@dataclass(frozen=True)
class Session:
    """One person's conversation in one place; wherever a conversation is named it may stand.

    ``tenant`` is the workspace, server or customer whose people these are; ``channel`` the room
    or kind of place; ``thread`` what is talked of apart from others there. All but ``user`` may
    be empty. Any text will do: no two sessions have the same key.

    What outlives tonight is shared between all sessions of one ``tenant`` and ``user``.
    """

    tenant: str
    channel: str
    thread: str
    user: str

    def __post_init__(self) -> None:
        """Refuse what is no text.

        Raises:
            UsageError: a part is too long or no text, or there is no user.
        """
        for part in astuple(self):
            if not isinstance(part, str) or len(part) > _LONGEST_PART or _broken(part):
                raise UsageError(
                    f"{str(part)[:40]!r} can't be part of a session; use up to"
                    f" {_LONGEST_PART:,} characters of text."
                )
        if not self.user:
            raise UsageError("A session needs its user; name who is talking.")

    @property
    def key(self) -> str:
        """The name of the conversation: printable ASCII, at most 181 characters."""
        return f"{self.owner}{_written(self.channel)}/{_written(self.thread)}"

    @property
    def owner(self) -> str:
        """Whose it is: what the names of all conversations of this person begin with."""
        return f"@{_written(self.tenant)}/{_written(self.user)}/"


ConversationName = str | Session


def owner_of(conversation: str) -> str | None:
    """Whose conversation this is; None where its name says nothing of a person.

    Names of page conversations tell of an owner as the keys of sessions do.
    """
    match = _KEY.fullmatch(conversation) or _PAGE.fullmatch(conversation)
    return match.group(1) if match else None


def is_owner(text: str) -> bool:
    """Whether this is what the names of somebody's conversations begin with."""
    return owner_of(f"{text}/") == text or owner_of(f"{text}{'0' * 8}") == text


def _written(part: str) -> str:
    """One part as it stands in a key; a digest stands for a long one."""
    plain = quote(part, safe="").replace("~", "%7E")
    if len(plain) <= _LONGEST_WRITTEN:
        return plain
    return "~" + hashlib.sha256(part.encode()).hexdigest()[:_DIGEST]


def _broken(part: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in part)
