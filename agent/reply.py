"""What every channel shows: one reply, and the events that lead to it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from .engines.ledger import ModelCall
from .profile import TasteProfile


class Scores(BaseModel):
    """How well a pick fits, per dimension: 0 not at all, 1 as well as anything could."""

    model_config = ConfigDict(frozen=True)

    mood: float = Field(ge=0, le=1)
    audience: float = Field(ge=0, le=1)
    plot: float = Field(ge=0, le=1)
    overall: float = Field(ge=0, le=1)


class Pick(BaseModel):
    """One recommended item; title, year and facts come from the catalogue."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    year: int | None
    reason: str
    scores: Scores
    runtime_min: int | None = None
    age_rating: str | None = None
    genres: tuple[str, ...] = ()
    language: str | None = None
    directors: tuple[str, ...] = ()
    content_notes: tuple[str, ...] = ()
    mood_tags: tuple[str, ...] = ()
    tmdb_id: int | None = None


class ToolCall(BaseModel):
    """One call of the trace."""

    model_config = ConfigDict(frozen=True)

    name: str
    args: dict[str, Any] = Field(default_factory=dict)


class Reply(BaseModel):
    """The answer to one message.

    ``text`` is the whole answer in words, for channels without cards: opening, picks, question.
    ``understood`` says in sentences what the message changed; ``relaxed`` which limits were
    bent and what that bought; ``notices`` what did not go as usual. ``trace`` has the tool calls
    of the turn, ``calls`` the calls of a language model. ``timings_ms`` has one entry per step
    of the turn and ``total``. ``trace_id`` is the one that its log lines and spans have.
    """

    model_config = ConfigDict(frozen=True)

    conversation: str
    turn: int
    text: str
    opening: str = ""
    picks: tuple[Pick, ...] = ()
    question: str | None = None
    choices: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()
    relaxed: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    profile: TasteProfile = TasteProfile()
    engine: str = "builtin"
    intents: tuple[str, ...] = ()
    trace: tuple[ToolCall, ...] = ()
    calls: tuple[ModelCall, ...] = ()
    timings_ms: dict[str, float] = Field(default_factory=dict)
    trace_id: str = ""


class Event(BaseModel):
    """One step of a streamed turn: the field that belongs to ``event`` is set.

    Order: any ``waiting`` (also between others: the place in the line before the model, in a
    sentence), ``understood``, any ``tool``, ``picks`` (when there are any), ``text`` pieces whose
    concatenation is ``Reply.text``, and ``reply`` last. A pick whose reason is still being
    written has an empty one in ``picks``; a ``reason`` event among the text has that pick again,
    with its reason, before the text says it.

    ``version`` counts changes that a reader of version 1 would not understand. Within a version
    fields and kinds of events may be added: ignore what you don't know (docs/embedding.md).
    """

    model_config = ConfigDict(frozen=True)

    version: Literal[1] = 1
    event: Literal["waiting", "understood", "tool", "picks", "reason", "text", "reply"]
    understood: tuple[str, ...] = ()
    tool: ToolCall | None = None
    picks: tuple[Pick, ...] = ()
    text: str = ""
    reply: Reply | None = None
    waiting: str = ""
