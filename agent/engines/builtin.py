"""The engine without a model: it reads by rules, ranks by measures, describes by neighbours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

from ...errors import EngineError
from ...ingest.catalogue import Catalogue
from ...tools.describe import Descriptors, derive
from ...tools.rank import rank_items
from ...tools.trailer_quotes import quoted
from ..plan import TurnPlan
from .base import Content, RankPart, RankTask, RankWhole, Turn
from .ledger import Ledger
from .reading.read import read

READ_AT_MOST = 4_000
"""Characters of a message: reading looks at words together, so its work grows faster than it."""


class BuiltinEngine:
    """Understands English turns, ranks and describes; deterministic and offline."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @property
    def name(self) -> str:
        """What a reply calls this engine."""
        return "builtin"

    async def plan(self, turn: Turn, ledger: Ledger) -> TurnPlan:
        """What the message means; see `moodreel.agent.engines.reading.read`.

        Of a long message only the first `READ_AT_MOST` characters are read.
        """
        skipped = max(0, len(turn.message) - READ_AT_MOST)
        turn = replace(turn, message=turn.message[:READ_AT_MOST])
        return read(turn, self._catalogue).model_copy(update={"skipped": skipped})

    async def rank(self, task: RankTask, ledger: Ledger) -> AsyncGenerator[RankPart]:
        """Order candidates and say why; see `moodreel.tools.rank.rank_items`."""
        made = rank_items(self._catalogue, task.query, task.candidates, task.count)
        yield RankWhole(made)

    async def describe(self, content: Content, ledger: Ledger) -> Descriptors:
        """Descriptors of any text; see `moodreel.tools.describe.derive`.

        Raises:
            EngineError: there are only pictures, which take a model to see, or captions that tell
                nothing, which take one that knows the film.
        """
        if not content.text.strip() and content.pictures:
            raise EngineError(
                "Pictures can't be described without a vision model: start Ollama, get one with"
                " `moodreel doctor --pull`, or describe them in words."
            )
        if content.trailer is not None:
            return await asyncio.to_thread(quoted, self._catalogue, content.text)
        return await asyncio.to_thread(derive, self._catalogue, content.text)
