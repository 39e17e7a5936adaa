"""What nobody has seen or rated yet: describing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..tools.descriptors import Descriptors
from .engines.base import Content
from .engines.ledger import Ledger, ModelCall
from .running import Running
from .settings import Settings
from .steps import run

Watch = Callable[[int, int], None]


@dataclass(frozen=True)
class Description:
    """What `MovieAgent.describe` found, which engine found it, and what did not go as usual."""

    descriptors: Descriptors
    engine: str
    notices: tuple[str, ...] = ()
    calls: tuple[ModelCall, ...] = ()


class Newcomers(Running):
    """The part of `moodreel.agent.companion.MovieAgent` that takes in new content."""

    async def describe(self, content: Content, watch: Watch | None = None) -> Description:
        """Descriptors of any text, or of pictures where the engine has a model that sees.

        Args:
            content: what is described; a model reads something long in parts.
            watch: told how many parts are done, of how many, where there are several.

        Raises:
            UsageError: the text is empty or too long.
            EngineError: no engine here can describe it; says what to do.
        """
        self._ready()
        ledger = Ledger()
        if watch is not None:
            ledger.watch = watch
        seconds = longest(content, self.settings)
        step = self._context(seconds).step("describe", seconds, ledger)
        described, engine = await run(step, lambda each: each.describe(content, ledger))
        return Description(described, engine, tuple(ledger.notices), tuple(ledger.calls))


def longest(content: Content, settings: Settings) -> float:
    """Seconds after which describing is given up: the time of one call for each part there may be.

    A part holds more than ``num_ctx`` characters, and at least one picture.
    """
    parts = 1 + len(content.text) // settings.num_ctx + len(content.pictures)
    return settings.describe_seconds * parts
