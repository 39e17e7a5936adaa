"""Something named first and refused by a pronoun: "my dad loves war films, I hate them"."""

from __future__ import annotations

import re

from ...edits import LimitEdit, Wish
from .message import Finding
from .scene import Scene
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


_THEM = re.compile(
    r"^\W*(?:(?:because|cos|sorry|honestly|really|seriously|ugh|no)[\s,]+)*(?:i|we)(?: (?:really"
    r"|absolutely|just|all|both|do|so))* (?:hate|loathe|detest|despise|can't (?:stand|bear|abide)"
    r"|don't like|never liked) (?:them|those|it|that stuff|that)\W*$"
)


def hated_too(scene: Scene) -> list[Finding]:
    """ "I hate them" after "no musicals": what was refused last is refused for good."""
    match = _THEM.match(scene.text)
    turn = scene.reader.turn
    last = [e.content for e in turn.profile.active if e.turn == turn.number - 1]
    refused = [
        content.model_copy(update={"lasting": True})
        for content in last
        if (isinstance(content, LimitEdit) and bool(getattr(content.limit, "none_of", None)))
        or (isinstance(content, Wish) and content.avoid)
    ]
    if match is None or not refused or len(refused) < len(last):
        return []
    if not scene.free(*match.span()):
        return []
    return [Finding(*scene.outward(*match.span()), edits=tuple(refused), intents=("prefer",))]
