""" "Both, please" after "a comedy or a horror": what was said as a choice is wanted together."""

from __future__ import annotations

import re

from ....ingest.limits import Genres
from ...edits import LimitEdit
from .message import Finding
from .scene import Scene

_BOTH = re.compile(
    r"^\W*(?:(?:ok|okay|hmm+|well|why not|let's (?:do|have|go for)|how about|maybe|actually|then"
    r"|yes|i want|give me)\b\W*)*(?:both|a mix(?:ture)?|mix (?:them|both)|all of (?:it|that)"
    r"|combine them|the two together)(?: of (?:them|both|it))?(?:,? (?:then|please|pls|together"
    r"|at once|in one|if possible|if you can))*\W*$"
)


def both(scene: Scene) -> list[Finding]:
    """One limit to all genres of the last choice; nothing where none was said."""
    match = _BOTH.match(scene.text)
    turn = scene.reader.turn
    choices = [
        entry.content.limit.any_of
        for entry in turn.profile.active
        if isinstance(entry.content, LimitEdit) and isinstance(entry.content.limit, Genres)
    ]
    chosen = next((names for names in reversed(choices) if len(names) > 1), ())
    if match is None or not chosen or turn.question:
        return []
    words = scene.said(*match.span())
    edit = LimitEdit(limit=Genres(all_of=chosen), words=words)
    return [Finding(*scene.outward(*match.span()), (edit,), intents=("critique",))]
