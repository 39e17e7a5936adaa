"""A script: a conversation that is played against the agent, and what its answers must be like.

Only what the person does is scripted; every answer is made anew::

    scenario: A tired evening
    tags: [mood, seen]
    turns:
      - user: Something warm and funny
        expect: {count: 5, all: {runtime: {max: 120}}}
      - press: {act: seen, item: "#1"}
      - user: the second one but lighter
        expect: {shift: lighter}
    expect: {grounded: true}
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from ...tools.query import QueryDimension
from ..edits import Edit, Feeling
from .expect import Expect, Part

Act = Literal["loved", "liked", "disliked", "seen", "interested", "not_tonight", "more_like",
              "why", "undo", "recommend"]  # fmt: skip


class Press(Part):
    """A press instead of a message; all but "undo" and "recommend" are about an item.

    ``item`` is a title, a title with its year, an id, or a place in the last list: "#2".
    """

    act: Act
    item: str = ""
    dimension: QueryDimension = "overall"

    @model_validator(mode="after")
    def _about_something(self) -> Press:
        alone = self.act in ("undo", "recommend")
        if alone == bool(self.item):
            what = "is about no item; leave 'item' out" if alone else "needs an 'item'"
            raise ValueError(f"'{self.act}' {what}")
        return self


class Rated(Part):
    """One film that the person has watched before; ``rating`` runs from 0.5 to 5."""

    item: str
    rating: float | None = Field(default=None, ge=0.5, le=5)
    feeling: Feeling | None = None


class Setup(Part):
    """What there is before the first turn.

    ``profile`` are edits (as `moodreel.agent.edits` has them) or the path of an exported profile;
    ``history`` films watched before, or the path of an export or a CSV as
    `moodreel.ingest.history` reads them; ``settings`` those of `moodreel.Settings`;
    ``catalogue`` the starter films, or the path of a JSONL file of items. Paths are relative to
    the script. ``year`` is the present one.
    """

    engine: Literal["builtin", "ollama", "auto"] | None = None
    settings: dict[str, Any] = Field(default_factory=dict)
    catalogue: Path | None = None
    profile: tuple[Edit, ...] | Path = ()
    history: tuple[Rated, ...] | Path = ()
    year: int | None = Field(default=None, ge=1900, le=2100)


class ScriptTurn(Part):
    """One turn: typed, pressed, or the taste profile changed by hand.

    ``edits`` are what the page's controls and chips send (as `moodreel.agent.edits` has them);
    items may be named by title or id.
    """

    user: str | None = None
    press: Press | None = None
    edits: tuple[Edit, ...] | None = Field(default=None, min_length=1)
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _one_of_three(self) -> ScriptTurn:
        if sum(each is not None for each in (self.user, self.press, self.edits)) != 1:
            raise ValueError("a turn has one of 'user', 'press' and 'edits'")
        return self


class Script(Part):
    """A scripted conversation.

    ``expect`` is checked over the whole: what it says of a list holds for every list, a profile
    for the last one, budgets for the sum. With ``promises`` what Moodreel always promises
    (``grounded``, ``not_seen``, ``no_repeat``, ``kept``) is checked on every answer, whatever
    else is expected. ``known_failure`` says why the script fails today: it is played and
    reported, and its failing is no failure of the run.
    """

    scenario: str = Field(min_length=1)
    tags: tuple[str, ...] = ()
    setup: Setup = Setup()
    repeat: int = Field(default=1, ge=1, le=1000)
    on_turn_failure: Literal["stop", "continue"] = "continue"
    promises: bool = True
    known_failure: str = ""
    turns: tuple[ScriptTurn, ...] = Field(min_length=1)
    expect: Expect = Expect()
