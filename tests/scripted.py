"""An engine that says what a test wrote down, and nothing else."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any

from moodreel.agent.engines.base import Turn
from moodreel.agent.plan import TurnPlan
from moodreel.errors import EngineError
from moodreel.ingest.item import Item
from moodreel.tools.describe import Descriptors
from moodreel.tools.query import Query
from moodreel.tools.rank import RankedItem, Ranking

Step = tuple[str, Any]


class UnexpectedCallError(AssertionError):
    """A call that the script does not have at this place."""


class ScriptedEngine:
    """Answers calls from a script; fails on a call that is not next, and on steps left over.

    A step is ``("plan", TurnPlan)``, ``("rank", [ids])`` or ``("rank", None)`` for the
    candidates as they come; instead of a value it may have an exception to raise, a number of
    seconds to hang, or a function of the call's arguments.
    """

    name = "scripted"

    def __init__(self, *steps: Step) -> None:
        self.steps = deque(steps)
        self.turns: list[Turn] = []
        self.queries: list[Query] = []

    def __enter__(self) -> ScriptedEngine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            assert not self.steps, f"steps left over: {[name for name, _ in self.steps]}"

    async def _next(self, name: str, *args: object) -> Any:
        if not self.steps or self.steps[0][0] != name:
            planned = self.steps[0][0] if self.steps else "nothing"
            raise UnexpectedCallError(f"{name} was called where the script has {planned}")
        value = self.steps.popleft()[1]
        if isinstance(value, Exception):
            raise value
        if isinstance(value, float):
            await asyncio.sleep(value)
            raise EngineError("woke too late")
        return value(*args) if isinstance(value, Callable) else value  # type: ignore[arg-type]

    async def plan(self, turn: Turn) -> TurnPlan:
        """The next plan of the script."""
        self.turns.append(turn)
        plan: TurnPlan = await self._next("plan", turn)
        return plan

    async def rank(self, query: Query, candidates: Sequence[Item], count: int) -> Ranking:
        """The next ranking of the script."""
        self.queries.append(query)
        ids = await self._next("rank", query, candidates, count)
        chosen = [item.id for item in candidates][:count] if ids is None else ids
        return Ranking(items=tuple(RankedItem(id=each, reason="") for each in chosen))

    async def describe(self, text: str) -> Descriptors:
        """The next descriptors of the script."""
        described: Descriptors = await self._next("describe", text)
        return described
