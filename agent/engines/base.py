"""What an engine does: understand a message, rank candidates, describe content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ...ingest.item import Item
from ...tools.describe import Descriptors
from ...tools.query import Query
from ...tools.rank import Ranking
from ..plan import TurnPlan
from ..profile import TasteProfile


@dataclass(frozen=True)
class Turn:
    """All that understanding one message may look at.

    ``shown`` has every list shown so far, oldest first, each a sequence of item ids in the
    order of the list; ``focus`` the ids of the items last spoken of one by one, newest last
    (empty after a new list), which "it" and "that one" mean; ``question`` and ``choices`` are
    what the last reply asked, if anything.
    ``year`` is the present year, for "recent" and "older than me".
    """

    message: str
    number: int
    profile: TasteProfile
    shown: tuple[tuple[str, ...], ...] = ()
    focus: tuple[str, ...] = ()
    question: str | None = None
    choices: tuple[str, ...] = ()
    year: int = 2026
    history: tuple[tuple[str, str], ...] = field(default=())
    """Earlier (role, text) pairs, oldest first; role is ``user`` or ``assistant``."""


class Engine(Protocol):
    """One behind the agent at a time; each step may raise `moodreel.errors.EngineError`."""

    @property
    def name(self) -> str: ...

    async def plan(self, turn: Turn) -> TurnPlan:
        """What the message means. Items in the plan are references, not ids."""
        ...

    async def rank(self, query: Query, candidates: Sequence[Item], count: int) -> Ranking:
        """Order candidates and say why; only ids of ``candidates`` may appear."""
        ...

    async def describe(self, text: str) -> Descriptors:
        """Descriptors of any text."""
        ...
