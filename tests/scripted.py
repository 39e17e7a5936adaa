"""An engine that says what a test wrote down, and nothing else."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from types import TracebackType
from typing import Any

from moodreel.agent.engines.base import Content, RankPart, RankTask, RankWhole, Turn
from moodreel.agent.engines.ledger import Ledger
from moodreel.agent.plan import TurnPlan
from moodreel.errors import EngineError
from moodreel.tools.describe import Descriptors
from moodreel.tools.query import Query
from moodreel.tools.rank import RankedItem, Ranking

Step = tuple[str, Any]


class UnexpectedCallError(AssertionError):
    """A call that the script does not have at this place."""


class ScriptedEngine:
    """Answers calls from a script; fails on a call that is not next, and on steps left over.

    A step is ``("plan", TurnPlan)``, ``("rank", [ids])``, ``("rank", [parts])`` or
    ``("rank", None)`` for the candidates as they come; instead of a value it may have an
    exception to raise, a number of seconds to hang, or a function of the call's arguments.
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

    async def plan(self, turn: Turn, ledger: Ledger) -> TurnPlan:
        """The next plan of the script."""
        self.turns.append(turn)
        plan: TurnPlan = await self._next("plan", turn)
        return plan

    async def rank(self, task: RankTask, ledger: Ledger) -> AsyncGenerator[RankPart]:
        """The next ranking of the script: ids, or parts one by one, an exception among them."""
        self.queries.append(task.query)
        given = await self._next("rank", task.query, task.candidates, task.count)
        ids = [item.id for item in task.candidates][: task.count] if given is None else given
        parts: list[Any] = list(ids)
        if all(isinstance(each, str) for each in ids):
            items = tuple(RankedItem(id=each, reason="") for each in ids)
            parts = [RankWhole(Ranking(items=items))]
        for part in parts:
            if isinstance(part, Exception):
                raise part
            if isinstance(part, float):
                await asyncio.sleep(part)
                continue
            yield part

    async def describe(self, content: Content, ledger: Ledger) -> Descriptors:
        """The next descriptors of the script."""
        described: Descriptors = await self._next("describe", content)
        return described
