"""A word that says what somebody thinks of a film, and the parts that such words are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...edits import Feeling

CueKind = Literal["feeling", "anchor", "than", "unseen", "nothing"]


@dataclass(frozen=True)
class Cue:
    """One such word in a text, at ``start`` to ``end``.

    ``side`` says where its films stand: after it ("I loved …") or before it ("… bored me").
    ``kind`` is what it does with them: state feelings, make them tonight's anchor, compare, say
    that they are not known, or nothing (a word that only ends another cue's reach).
    """

    start: int
    end: int
    kind: CueKind
    side: Literal["after", "before"]
    feelings: tuple[Feeling, ...] = ()


NOT = (
    r"(?:(?:do|does|did|was|were|is|are|have|has|had|ca|could|would|wo|should|am|'m|'re|'s)\s?"
    r"(?:n't|nt| not)"
    r"|cannot|never|not|hardly|barely|(?:none|neither|not one|nobody) of us(?: (?:have|has|had|'ve"
    r"|ever|really))*)"
)


HOW = (
    r"(?:\s+(?:really|that|particularly|much|even|all|exactly|especially|too|ever|quite|such|a|the|"
    r"big|huge|massive|great|fully|personally|honestly|super|very|actually|so|just|truly"
    r"|absolutely|"
    r"totally|completely|sure|i'd|would|will|going to|think|biggest|happen to|always|still"
    r"|definitely|"
    r"kind of|sort of|pretty|also|both|too)){0,4}"
)


SEE = r"(?:see|watch|check(?: out)?|catch|try|give|rewatch|stream|finish)"


SEEN = r"(?:seen|saw|watched|caught|finished|rewatched|streamed|viewed)"
