"""The engine without a model: it reads by rules, ranks by measures, describes by neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...ingest.catalogue import Catalogue
from ...ingest.item import Item
from ...tools.describe import Descriptors, derive
from ...tools.query import Query
from ...tools.rank import Ranking, rank_items
from ..plan import TurnPlan
from .base import Turn
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

    async def plan(self, turn: Turn) -> TurnPlan:
        """What the message means; see `moodreel.agent.engines.reading.read`.

        Of a long message only the first `READ_AT_MOST` characters are read.
        """
        skipped = max(0, len(turn.message) - READ_AT_MOST)
        turn = replace(turn, message=turn.message[:READ_AT_MOST])
        return read(turn, self._catalogue).model_copy(update={"skipped": skipped})

    async def rank(self, query: Query, candidates: Sequence[Item], count: int) -> Ranking:
        """Order candidates and say why; see `moodreel.tools.rank.rank_items`."""
        return rank_items(self._catalogue, query, candidates, count)

    async def describe(self, text: str) -> Descriptors:
        """Descriptors of any text; see `moodreel.tools.describe.derive`."""
        return derive(self._catalogue, text)
