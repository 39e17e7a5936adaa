"""Words that say what somebody thinks of a film, and on which side of them the film stands.

Patterns are for `Scene.sketch`: lower case, mended, films as runs of ``¤``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from ...edits import Feeling
from .cue import Cue, CueKind
from .praise import AFTER
from .scene import FILM
from .verbs import BEFORE


def _compiled(
    rules: tuple[tuple[CueKind, tuple[Feeling, ...], str], ...], before: str
) -> list[tuple[CueKind, tuple[Feeling, ...], re.Pattern[str]]]:
    return [(kind, feelings, re.compile(before + f"(?:{rule})")) for kind, feelings, rule in rules]


_OBJECT_FOLLOWS = _compiled(BEFORE, r"(?<![\w'])")


_SUBJECT_PRECEDES = _compiled(
    AFTER,
    (
        rf"(?<={FILM[0]})(?: (?:too|also|both|all|again|film|movie|films|movies|one|ones"
        rf"|\(\d{{4}}\)))?"
    ),
)


def cues(sketch: str) -> list[Cue]:
    """All cues of a sketch in order; a place belongs to the first rule that claims it."""
    taken = [False] * len(sketch)
    found = [
        *_claim(sketch, _SUBJECT_PRECEDES, "before", taken),
        *_claim(sketch, _OBJECT_FOLLOWS, "after", taken),
    ]
    return sorted(found, key=lambda cue: cue.start)


def _claim(
    sketch: str,
    rules: list[tuple[CueKind, tuple[Feeling, ...], re.Pattern[str]]],
    side: Literal["after", "before"],
    taken: list[bool],
) -> Iterator[Cue]:
    for kind, feelings, rule in rules:
        for match in rule.finditer(sketch):
            start, end = match.span()
            if "film" in match.groupdict() and match["film"]:
                end = match.start("film")
            if end == start or any(taken[start:end]):
                continue
            taken[start:end] = [True] * (end - start)
            yield Cue(start, end, kind, side, feelings)
