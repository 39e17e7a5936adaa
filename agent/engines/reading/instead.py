"""One wish in the place of another: "something cheerful instead", "a western instead of that"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ....ingest.limits import Genres
from ...edits import Edit, Forget, LimitEdit, Wish
from .message import Finding
from .scene import Scene

INSTEAD = re.compile(
    r"\b(?:instead(?: of (?:that|this|those|these|them|it|all that))?|rather than that)\b(?! of)"
)


def instead(scene: Scene, edits: Sequence[Edit]) -> list[Finding]:
    """Takes back tonight's wishes of the kinds that the message names anew."""
    match = INSTEAD.search(scene.text)
    if match is None or not scene.free(*match.span()):
        return []
    kinds = {kind for edit in edits for kind in _kinds(edit)}
    old = [e for e in scene.reader.turn.profile.active if kinds & set(_kinds(e.content))]
    words = scene.said(*match.span())
    forgets = tuple(Forget(entry=entry.id, words=words) for entry in old)
    return [Finding(*scene.outward(*match.span()), edits=forgets)]


def _kinds(said: object) -> Iterator[str]:
    """What a wish of tonight is about: its mood or genre, or its story."""
    if isinstance(said, LimitEdit) and isinstance(said.limit, Genres):
        wanted = bool(said.limit.all_of or said.limit.any_of)
        yield from ["manner"] if wanted and not said.lasting else []
    elif isinstance(said, Wish) and not said.avoid and not said.lasting:
        if said.moods or said.genres or said.axes:
            yield "manner"
        elif said.dimension in ("plot", "overall"):
            yield "story"
