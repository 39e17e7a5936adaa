"""Whether a name in a message is a request for that person, and not part of something else."""

from __future__ import annotations

import re

from ....ingest.people import PersonMention
from .message import Message

_PART_OF_NAME = re.compile(
    r"(?<![.!?:] )(?<!^)\b(?!(?:A|An|The|With|By|Any|Some|No|Not|Young|Early|Late|And|Or"
    r"|I)\b)[A-Z][\w'-]*\s$"
)
_NAME_GOES_ON = re.compile(r"(?:\s|-)(?!(?:Films?|Movies?|I)\b)[A-Z][\w'-]*")
_REQUEST = re.compile(
    r"\b(?:any|an?|another|some|more|no|good|best|every|other|nothing|but|early|late"
    r"|classic|old|(?:grew|raised) (?:up )?on"
    r"|with|of|not|with|from|by|watch|see|want|for|than|without|hate|love|like"
    r"|and|or)\s*$",
    re.IGNORECASE,
)


def whole(message: Message, mention: PersonMention) -> bool:
    """Whether a surname stands alone, not inside another name: *Training Day* is nobody Day's."""
    if mention.full:
        return True
    text = message.text
    return not (
        _PART_OF_NAME.search(text[: mention.start]) or _NAME_GOES_ON.match(text[mention.end :])
    )


def sure(message: Message, mention: PersonMention) -> bool:
    """Whether a name without "by" or "with" around it is a request for that person."""
    if mention.full or not whole(message, mention):
        return mention.full
    if mention.capitalised:
        return True
    return _REQUEST.search(message.text[: mention.start]) is not None


def nothing_else(message: Message, start: int, end: int) -> bool:
    """Whether a message is a name or a list of names and says no more than "please" besides."""
    rest = (message.text[:start] + " " + message.text[end:]).lower()
    return not re.sub(r"\b(?:please|maybe|ok|some|movies?|films?|tonight)\b|[\W_]+", "", rest)
