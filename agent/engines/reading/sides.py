"""What is said of one side of a film just named: "loved Heat, but the plot left me cold"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...edits import Attitude
from .attitudes import DIMENSION, DIMENSION_WORDS, item_refs
from .feelings import cues
from .message import Finding
from .scene import FILM, MARK, Scene

_SIDE = re.compile(rf"(?:\b(?:the|but)|{FILM}(?:'s)?) (?P<word>{DIMENSION})\b(?! (?:of|in) ¤)")
"""A side of a film; "its" is marked, as it stands for the film."""


_NAMES = ("title", "pronoun")


def sides(scene: Scene) -> list[Finding]:
    """A judgement of mood, story or audience is about the last film named before it."""
    return [finding for match in _SIDE.finditer(scene.sketch) for finding in _judged(scene, match)]


def _judged(scene: Scene, match: re.Match[str]) -> Iterator[Finding]:
    start, end = match.span("word")
    named = [m for m in scene.mentions if m.kind in _NAMES and scene.place(m)[1] <= start]
    as_film = scene.sketch[:start] + MARK * (end - start) + scene.sketch[end:]
    cue = next((c for c in cues(as_film) if c.side == "before" and c.start == end), None)
    if not named or cue is None or not cue.feelings or not scene.free(start, cue.end):
        return
    words = scene.said(match.start(), cue.end)
    edits = tuple(
        Attitude(item=ref, feeling=feeling, dimension=DIMENSION_WORDS[match["word"]], words=words)
        for ref in item_refs(named[-1:])
        for feeling in cue.feelings
        if feeling in ("loved", "liked", "disliked")
    )
    if edits:
        yield Finding(*scene.outward(match.start(), cue.end), edits=edits, intents=("prefer",))
