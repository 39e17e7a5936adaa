"""Running one step of an engine, with the builtin engine behind it."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TypeVar

from ..errors import EngineError
from .engines.base import Engine, RankPart, RankTask
from .engines.ledger import Ledger
from .model_queue import Crowded, Line, Told

Result = TypeVar("Result")

log = logging.getLogger(__name__)

SLOW_TURNS = 2
"""After so many steps in a row that took too long, the engine isn't waited for."""
REST_SECONDS = 60.0
"""How long it isn't waited for then."""
WAITED_SECONDS = 3.0
"""A failure that took so long to come, as where nothing answers at all, counts as too slow."""
_LEAST_SECONDS = 0.02

TOO_SLOW = "The model didn't answer in time, so I used my own judgement."
RESTING = "The model has been too slow lately, so I used my own judgement."


class Patience:
    """Whether an engine is worth waiting for: after it was too slow repeatedly, not for a while.

    One per agent, shared by its conversations; ``now`` is a clock in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.now = now
        self._slow = 0
        self._until = 0.0

    @property
    def resting(self) -> bool:
        """Whether the engine should be left alone."""
        return self.now() < self._until

    def too_slow(self) -> None:
        """A step took too long."""
        self._slow += 1
        if self._slow >= SLOW_TURNS:
            self._until = self.now() + REST_SECONDS

    def answered(self) -> None:
        """A step was answered."""
        self._slow = 0


@dataclass(frozen=True)
class Step:
    """Which engines to ask, and for how many seconds the first of them.

    What the engine notes about its work goes into ``ledger``; so does the notice where the
    fallback had to step in. Before the engine is asked, its turn in ``line`` is waited for, as long
    as it may take itself; ``told`` hears the place. ``deadline`` is when all must be done, on the
    clock of `time.monotonic`.
    """

    name: str
    engine: Engine
    fallback: Engine
    seconds: float
    ledger: Ledger = field(default_factory=Ledger)
    patience: Patience = field(default_factory=Patience)
    line: Line = field(default_factory=Line)
    told: Told = lambda place: None
    deadline: float = math.inf

    @asynccontextmanager
    async def in_time(self) -> AsyncIterator[None]:
        """Wait for a place in the line, then let what follows take its time and no longer.

        Raises:
            Crowded: there was none in time.
            TimeoutError: the time is over.
        """
        async with self.line.place(self.seconds, self.told):
            left = min(self.seconds, self.deadline - time.monotonic())
            async with asyncio.timeout(left):
                yield

    @property
    def stands_alone(self) -> bool:
        """Whether there is no other engine to fall back on."""
        return self.engine is self.fallback


async def run(step: Step, ask: Callable[[Engine], Awaitable[Result]]) -> tuple[Result, str]:
    """Ask the engine; when it fails or takes too long, the fallback.

    Returns:
        The result and the name of the engine it came from.
    """
    if step.stands_alone:
        return await ask(step.engine), step.engine.name
    began = step.patience.now()
    try:
        _check_time(step)
        async with step.in_time():
            began = step.patience.now()
            result = await ask(step.engine)
        step.patience.answered()
        return result, step.engine.name
    except (TimeoutError, EngineError) as error:
        _stand_in(step, error, began)
    return await ask(step.fallback), step.fallback.name


async def follow(step: Step, task: RankTask, hear: Callable[[RankPart], None]) -> bool:
    """Let the engine rank, handing on each part as it comes; whether it came to its end.

    What came before an error or the end of the time stays heard; nobody else is asked here.
    """
    began = step.patience.now()
    try:
        _check_time(step)
        async with nullcontext() if step.stands_alone else step.in_time():
            began = step.patience.now()
            async with aclosing(step.engine.rank(task, step.ledger)) as parts:
                async for part in parts:
                    hear(part)
        step.patience.answered()
    except (TimeoutError, EngineError) as error:
        _stand_in(step, error, began)
        return False
    return True


class _Resting(EngineError):
    """The engine isn't asked at all."""


def _check_time(step: Step) -> None:
    if step.stands_alone:
        return
    if step.patience.resting:
        raise _Resting(RESTING)
    if step.seconds < _LEAST_SECONDS:
        raise TimeoutError


def _stand_in(step: Step, error: Exception, began: float) -> None:
    """Note and log why the builtin engine takes a step that ``began`` then."""
    if not isinstance(error, _Resting | Crowded) and (
        isinstance(error, TimeoutError) or step.patience.now() - began >= WAITED_SECONDS
    ):
        step.patience.too_slow()
    if isinstance(error, _Resting | Crowded):
        notice = str(error)
    elif isinstance(error, EngineError):
        called = step.engine.name.capitalize()
        notice = f"{called} failed ({str(error).rstrip('.')}), so I used my own judgement."
    else:
        notice = TOO_SLOW
    told = type(error).__name__ if isinstance(error, EngineError) and error.private else notice
    log.warning("engine %s at step %s: %s", step.engine.name, step.name, told)
    log.debug("engine %s at step %s: %s", step.engine.name, step.name, notice)
    if notice not in step.ledger.notices:
        step.ledger.notices.append(notice)
