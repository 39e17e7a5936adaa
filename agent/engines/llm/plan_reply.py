"""What a model writes to say what one message meant: flat, short, and easy for a small model.

`moodreel.agent.engines.llm.plan_read` turns it into a `moodreel.agent.plan.TurnPlan`. Every part
begins by quoting the user's own ``words``: a grammar makes a model write the fields in this
order, and one that has just copied a phrase reads it better than one that quotes afterwards.
What quotes nothing that was said is not believed (`moodreel.agent.engines.llm.plan_check`).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ....ingest.item import MoodTag
from ...edits import Quality
from ...plan import Intent, Topic

Part = Literal["overall", "mood", "audience", "plot"]
Role = Literal[
    "loved", "liked", "disliked", "seen", "interested", "not_tonight", "like_this", "unlike_this"
]
LimitKind = Literal[
    "years", "minutes", "genres", "people", "languages", "age", "content", "subjects", "kinds"
]
About = Literal[
    "greeting", "thanks", "goodbye", "help", "who", "accepted", "danger", "unclear", "profile",
    "noted", "aside",
]  # fmt: skip
Do = Literal["recommend", "show_again", "tell", "chat", "ask"]
Words = Annotated[str, Field(description="the user's own words, copied")]


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _quote(schema: dict[str, Any]) -> None:
    schema["required"] = ["words", *schema.get("required", [])]


class _Quoting(_Out):
    """What rests on words of the message. A grammar makes a model write them; a reply that came
    without a grammar may lack them, and is then believed for what it names alone."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, json_schema_extra=_quote)

    words: Words = ""


class FilmOut(_Quoting):
    """A film the user speaks of: by title, ``#2`` for a place in the last list, ``it`` for the
    one last spoken of, ``by NAME`` for the shown film of a person."""

    film: str
    role: Role
    part: Part = "overall"
    year: int | None = None


class WishOut(_Quoting):
    """Something wanted or, with ``avoid``, unwanted, that is not a hard limit."""

    text: str
    avoid: bool = False
    part: Part = "overall"
    moods: list[MoodTag] = Field(default_factory=list, max_length=5)
    genres: list[str] = Field(default_factory=list, max_length=4)
    people: list[str] = Field(default_factory=list, max_length=4)
    lasting: bool = False


class LimitOut(_Quoting):
    """A hard limit: ``low``/``high`` for years, minutes and age, names for the rest."""

    limit: LimitKind
    low: int | None = None
    high: int | None = None
    only: list[str] = Field(default_factory=list, max_length=6)
    never: list[str] = Field(default_factory=list, max_length=6)
    lasting: bool = False


class ChangeOut(_Quoting):
    """More (1 to 3) or less (-1 to -3) of a quality than the last list, or than a film."""

    quality: Quality
    by: int = Field(ge=-3, le=3)
    than: str | None = None


class WeighOut(_Quoting):
    """How much one dimension counts: 0 ignores it, 1 is normal, 3 is most."""

    part: Literal["mood", "audience", "plot"]
    weight: int = Field(ge=0, le=3)


class AnswerOut(_Out):
    """One thing to do. ``films`` and ``topic`` belong to ``tell`` (``compare``: which of them
    is more so), ``about`` and ``say`` (one sentence) to ``chat``, ``say`` also to ``ask``."""

    do: Do
    count: int | None = Field(default=None, ge=1, le=20)
    films: list[str] = Field(default_factory=list, max_length=5)
    topic: Topic | None = None
    compare: str | None = None
    about: About | None = None
    say: str | None = None


class PlanReply(_Out):
    """What one message meant. ``undo`` counts turns to take back; ``forget`` has the words of
    what shall be forgotten; ``reset`` starts over."""

    intents: list[Intent] = Field(max_length=4)
    films: list[FilmOut] = Field(default_factory=list, max_length=8)
    wishes: list[WishOut] = Field(default_factory=list, max_length=6)
    limits: list[LimitOut] = Field(default_factory=list, max_length=8)
    changes: list[ChangeOut] = Field(default_factory=list, max_length=4)
    weights: list[WeighOut] = Field(default_factory=list, max_length=3)
    forget: list[str] = Field(default_factory=list, max_length=3)
    undo: int = Field(default=0, ge=0, le=9)
    reset: Literal["no", "tonight", "all"] = "no"
    answers: list[AnswerOut] = Field(min_length=1, max_length=3)
