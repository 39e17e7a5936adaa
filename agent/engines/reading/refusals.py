"""Something named first and refused by a pronoun: "my dad loves war films, I hate them"."""

from __future__ import annotations

import re

from .spots import Spot

_PRONOUN = re.compile(
    r"[^.!?\n]{0,40}?[,;.!\n]?\s*\b(?:but|and|though|although|while|whereas|however)?\s*"
    r"(?:i|we)(?: (?:really|absolutely|just|personally|always|kind of|totally|honestly|do|so))*"
    r" (?:hate|loathe|detest|despise|dislike|can't (?:stand|bear|abide|do|handle)"
    r"|(?:don't|do not|never)(?: really| usually)? (?:like|enjoy|want|care for|watch|get)"
    r"|(?:am|'m) (?:not (?:a fan of|into|keen on)|sick of|tired of|bored of))"
    r" (?:them|those|that stuff|all that|that kind of thing|it)\b(?! (?:when|if|that))"
)


def refused_later(spot: Spot) -> re.Match[str] | None:
    """The words in which the user goes on to refuse what the spot names, if they do."""
    text = spot.message.plain.text
    return _PRONOUN.match(text, spot.match.end(), min(len(text), spot.match.end() + 110))
