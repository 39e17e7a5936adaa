"""What a movie night comes to: films with how well each suits each person."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ..engines.ledger import ModelCall
from ..reply import Pick

Rule = Literal["average", "least_misery", "most_pleasure"]
"""How several scores become one: their mean, the lowest or the highest (Masthoff 2011)."""


class Fit(BaseModel):
    """How well a film suits one person: 0 not at all, 1 as well as anything could, and why.

    ``seen`` says that this person has watched it.
    """

    model_config = ConfigDict(frozen=True)

    person: str
    score: float = Field(ge=0, le=1)
    reason: str
    seen: bool = False


class GroupPick(Pick):
    """A film for everybody; ``score`` is what the rule makes of the scores in ``fits``.

    ``fits`` has one entry a person, in the order in which they were named. ``scores`` are means
    over the people, per dimension; ``reason`` says in a sentence whom it suits.
    """

    score: float = Field(ge=0, le=1)
    fits: tuple[Fit, ...]


class Veto(BaseModel):
    """A film that would have been among the picks, and who ruled it out with what.

    ``because`` has one entry a person. What comes from a profile of somebody's own, and was not
    said for this night, is not repeated in it.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    year: int | None
    because: dict[str, str]


class GroupReply(BaseModel):
    """The answer to a group.

    ``text`` is the whole answer in words. ``understood`` has for each person in sentences what
    they said for this night; ``conflicts`` which people's limits can't be kept together;
    ``relaxed`` whose limits were bent, in whose favour and what that bought; ``vetoes`` what
    would have been on the list; ``notices`` what did not go as usual. ``undecided`` are people
    who wished for nothing: they rule films out, and the rest is up to the others. ``care`` is said
    before anything else where what somebody said sounds like danger; it names nobody.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    rule: Rule
    people: tuple[str, ...]
    picks: tuple[GroupPick, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    conflicts: tuple[str, ...] = ()
    relaxed: tuple[str, ...] = ()
    understood: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    undecided: tuple[str, ...] = ()
    care: str = ""
    notices: tuple[str, ...] = ()
    engine: str = "builtin"
    calls: tuple[ModelCall, ...] = ()
    timings_ms: dict[str, float] = Field(default_factory=dict)
