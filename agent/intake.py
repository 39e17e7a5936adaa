"""Checking what comes in before anything is done with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from pydantic import TypeAdapter, ValidationError

from ..errors import BadMessage, UsageError
from .edits import Edit
from .session import ConversationName, Session

_EDITS: TypeAdapter[tuple[Edit, ...]] = TypeAdapter(tuple[Edit, ...])

_LONGEST_ID = 200
_BINARY_SHARE = 0.05
"""More control characters than this share of a message, and it is no text."""


def checked_message(message: str, longest: int) -> str:
    """A message fit to be read: text, not empty, without control characters.

    Raises:
        BadMessage: it is empty, longer than ``longest`` characters, or not text.
    """
    if not isinstance(message, str):
        raise BadMessage(f"A message is text, not {type(message).__name__}; send a string.")
    if len(message) > longest:
        raise BadMessage(
            f"The message has {len(message):,} characters, and {longest:,} are read at most;"
            " shorten it, or use “moodreel describe” for long texts."
        )
    odd = sum(_is_control(character) for character in message)
    if "\0" in message or odd > max(2, _BINARY_SHARE * len(message)):
        raise BadMessage("The message isn't text; send plain words.")
    if any("\ud800" <= character <= "\udfff" for character in message):
        raise BadMessage("The message has broken characters in it; send it as UTF-8 text.")
    text = "".join(" " if _is_control(character) else character for character in message).strip()
    if not any(unicodedata.category(character)[0] in "LNPS" for character in text):
        raise BadMessage("The message is empty; say what you'd like to watch.")
    return text


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character not in "\n\r\t"


def checked_conversation(conversation: ConversationName) -> str:
    """The id that a conversation is stored under, of a name or a session.

    Raises:
        UsageError: it is empty, too long or has control characters.
    """
    if isinstance(conversation, Session):
        return conversation.key
    if not isinstance(conversation, str):
        raise UsageError(f"{conversation!r} can't name a conversation; use a string or a Session.")
    bad = not conversation.strip() or len(conversation) > _LONGEST_ID
    if bad or _odd(conversation):
        raise UsageError(
            f"{conversation[:40]!r} can't name a conversation; use 1 to {_LONGEST_ID}"
            " printable characters."
        )
    return conversation


def checked_turn(turn_id: str | None) -> str | None:
    """The id that a channel gives a turn, fit to be stored.

    Raises:
        UsageError: it is no text, empty, too long or not printable.
    """
    if turn_id is None:
        return None
    if not isinstance(turn_id, str) or not 1 <= len(turn_id) <= _LONGEST_ID or _odd(turn_id):
        raise UsageError(
            f"{str(turn_id)[:40]!r} can't be the id of a turn; use 1 to {_LONGEST_ID} printable"
            " characters, or none."
        )
    return turn_id


def _odd(text: str) -> bool:
    return any(unicodedata.category(character) in {"Cc", "Cs"} for character in text)


def checked_edits(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Profile edits, made from JSON data where they come as that.

    Raises:
        UsageError: something among them is no edit; says which and why.
    """
    try:
        return _EDITS.validate_python(edits)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "it"
        raise UsageError(
            f"These are no profile edits ({where}: {first['msg']}); give a list of edits from"
            " moodreel.agent.edits, or the same as JSON."
        ) from None
