"""Running one step of an engine, with the builtin engine behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from ..errors import EngineError
from .engines.base import Engine

Result = TypeVar("Result")


@dataclass(frozen=True)
class Step:
    """Which engines to ask, and for how many seconds the first of them."""

    name: str
    engine: Engine
    fallback: Engine
    seconds: float


async def run(
    step: Step, ask: Callable[[Engine], Awaitable[Result]]
) -> tuple[Result, str, str | None]:
    """Ask the engine; when it fails or takes too long, the fallback.

    Returns:
        The result, the name of the engine it came from, and the notice to show, if any.
    """
    try:
        async with asyncio.timeout(step.seconds):
            return await ask(step.engine), step.engine.name, None
    except TimeoutError:
        problem = f"took longer than {step.seconds:g} seconds"
    except EngineError as error:
        problem = f"failed ({str(error).rstrip('.')})"
    notice = f"{step.engine.name} {problem} at “{step.name}”, so the builtin engine took that step."
    return await ask(step.fallback), step.fallback.name, notice
