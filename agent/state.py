"""What the graph passes from step to step and keeps between turns: plain JSON data only."""

from __future__ import annotations

import math
import operator
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, NotRequired

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage
from langgraph.graph.message import add_messages
from typing_extensions import TypedDict  # before Python 3.12 schemas are made of no other

from ..ingest.catalogue import Catalogue
from .engines.base import Engine
from .engines.ledger import Ledger
from .lasting import Lasting
from .model_queue import Line, Told, in_line
from .settings import Settings
from .steps import Patience, Step
from .taste_query import Round

Json = dict[str, Any]


@dataclass(frozen=True)
class Context:
    """What the steps work with; no model ever sees it.

    ``fallback`` answers a step that ``engine`` could not. ``year`` is the present year.
    ``notices`` are said in the first reply of each conversation. ``deadline`` is when the turn
    must be answered, on the clock of `time.monotonic`. ``lasting`` is what is known of the user
    in every conversation; None where it is nobody's. ``lost`` is said of turns that were never
    answered. ``trace_id`` names the turn in logs;
    ``span`` is its span, where spans are kept.
    """

    engine: Engine
    fallback: Engine
    catalogue: Catalogue
    settings: Settings
    year: int
    notices: tuple[str, ...] = ()
    deadline: float = math.inf
    patience: Patience = field(default_factory=Patience)
    lasting: tuple[Lasting, ...] | None = None
    lost: tuple[str, ...] = ()
    line: Line = field(default_factory=Line)
    trace_id: str = ""
    span: Any = None

    def step(
        self, name: str, seconds: float, ledger: Ledger, write: Callable[[Json], None] | None = None
    ) -> Step:
        """A step of this turn: it gets what is left of the turn's time at most.

        ``write`` is given an event for each place in the line before the model.
        """
        told: Told = lambda place: write(_waiting(place)) if write else None  # noqa: E731
        return Step(
            name,
            self.engine,
            self.fallback,
            self.seconds(seconds),
            ledger,
            self.patience,
            self.line,
            told,
            self.deadline,
        )

    def seconds(self, most: float) -> float:
        """How long something may take: what is left of the turn's time, ``most`` at most."""
        return min(most, self.deadline - time.monotonic())


def _waiting(place: int) -> Json:
    return {"event": "waiting", "waiting": in_line(place)}


class Incoming(TypedDict):
    """One turn as it comes in: a message, or with ``given`` a plan that needs no reading."""

    message: str
    given: NotRequired[Json | None]
    turn_id: NotRequired[str]


class State(Incoming, total=False):
    """One conversation.

    Kept between turns: ``messages`` (the dialogue, and of the last turn its tool calls),
    ``turn``, ``profile``, ``links`` (which of its entries are lasting taste), ``shown``, ``focus``
    (ids last spoken of), ``question`` (asked and not answered yet), ``query`` (of the last list),
    ``replies`` (without their profile), ``taken``, and ``condensed`` (of turns that are no longer
    kept whole: how many, how many ``films`` they showed, and what was ``said``).
    Of one turn only: ``work``, ``candidates``.

    ``taken`` is how each turn came: the plan of a press or None for a message (``given``), the
    ids of the profile entries it ``added``, the ``year`` it was then, and the ``id`` of the turn.
    """

    messages: Annotated[list[AnyMessage], add_messages]
    turn: int
    profile: Json
    links: Json
    shown: list[Json]
    focus: list[str]
    question: Json | None
    query: Json
    replies: Annotated[list[Json], operator.add]
    taken: Annotated[list[Json], operator.add]
    condensed: Json
    candidates: list[Json]
    work: Json


def rounds(state: State) -> tuple[Round, ...]:
    """The lists shown so far, oldest first."""
    return tuple(Round(each["turn"], tuple(each["ids"])) for each in state.get("shown", []))


def dialogue(state: State) -> list[tuple[str, str]]:
    """What was said, as (role, text), oldest first; role is ``user`` or ``assistant``."""
    spoken = [m for m in state["messages"] if not getattr(m, "tool_calls", None)]
    return [
        ("user" if isinstance(m, HumanMessage) else "assistant", str(m.content))
        for m in spoken
        if isinstance(m, HumanMessage | AIMessage)
    ]


def exported(conversation: str, state: State) -> Json:
    """Everything kept of a conversation, as plain JSON data."""
    return {
        "conversation": conversation,
        "turns": state["turn"],
        "dialogue": [{"role": role, "text": text} for role, text in dialogue(state)],
        "profile": state["profile"],
        "shown": state["shown"],
        "replies": state["replies"],
        "taken": state.get("taken", []),
        "condensed": state.get("condensed"),
    }
