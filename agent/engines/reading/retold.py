"""A film told by its story: "the one where they rob a bank dressed as presidents"."""

from __future__ import annotations

import re

from ...edits import Wish
from .message import Finding
from .scene import MARK, Scene

_RETOLD = re.compile(
    r"\b(?:the|that|this)(?: \w+)? (?:film|movie|one|flick)s? (?:with|where|in which|about|when) "
    r"(?P<story>(?:the|a|an|this|that|some|two|three|they|he|she|someone|somebody|people|everyone"
    r"|it's|there's|all|no one|nobody)\b [^.!?;\n]+)"
)
_LEAST_WORDS = 5
"""Shorter descriptions pick a film of a list or name a subject, which others read better."""


def retold(scene: Scene) -> list[Finding]:
    """A wish for the story, whole: its words mean more together than apart."""
    match = _RETOLD.search(scene.sketch)
    if match is None or MARK in match.group() or not scene.free(*match.span()):
        return []
    story = match["story"].strip()
    if len(story.split()) < _LEAST_WORDS:
        return []
    words = scene.said(*match.span())
    wish = Wish(text=story, dimension="plot", words=words, strength=0.9)
    return [Finding(*scene.outward(*match.span()), edits=(wish,), intents=("request",))]
