"""Text that comes from Slack and goes there: nobody's words become markup or a mention."""

from __future__ import annotations

import re
from html import unescape

from ..wording import visible

LONGEST_TEXT = 3_900
"""Characters of a message's plain text: Slack advises 4,000."""

_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|([^>]*))?>")
_SPECIAL = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def escaped(text: str) -> str:
    """Text in which Slack sees no mention, link or channel: for the plain text of a message."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(text: str, longest: int = LONGEST_TEXT) -> str:
    """The same, shortened so that no escape is cut in two."""
    words = visible(text)
    for room in (longest, longest // 2, longest // 5):
        if len(whole := escaped(shortened(words, room))) <= longest:
            return whole
    return ""


def shortened(text: str, longest: int) -> str:
    """Text of at most so many characters; what was longer ends in ``…``."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def split(text: str, longest: int) -> list[str]:
    """The text in parts of at most so many characters, nothing lost but the space between them.

    It is divided between paragraphs where that can be, else between lines, else between words.
    """
    parts = []
    rest = text.strip()
    while len(rest) > longest:
        place = _division(rest, longest)
        parts.append(rest[:place].rstrip())
        rest = rest[place:].lstrip()
    return [*parts, rest] if rest else parts


def _division(text: str, longest: int) -> int:
    """Where to divide: not before half of what there is room for."""
    for mark in ("\n\n", "\n", " "):
        place = text.rfind(mark, longest // 2, longest)
        if place > 0:
            return place
    return longest


def heard(text: str, bot: str | None) -> str:
    """What somebody wrote, as they saw it: without Slack's escapes and without naming the bot.

    Args:
        text: of a message or command, as Slack sends it.
        bot: the user id of the bot.
    """
    named = _MENTION.sub(lambda found: _person(found, bot), text)
    return " ".join(unescape(_SPECIAL.sub(_shown, named)).split(" ")).strip()


def _person(found: re.Match[str], bot: str | None) -> str:
    return "" if found.group(1) == bot else found.group(2) or ""


def _shown(found: re.Match[str]) -> str:
    """A link, a channel or a date as it reads: its label, else the address."""
    target, label = found.group(1), found.group(2)
    return label or target.removeprefix("#").removeprefix("!").removeprefix("mailto:")


def without_people(text: str) -> str:
    """What somebody wrote, without whom they mention."""
    return heard(_MENTION.sub("", text), None)


def people_named(text: str) -> list[str]:
    """The ids of everybody whom a message mentions, in order, each once."""
    return list(dict.fromkeys(found.group(1) for found in _MENTION.finditer(text)))
