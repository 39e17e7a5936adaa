"""The engine without a model: it reads by rules, ranks by measures, describes by neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from ...ingest.catalogue import Catalogue
from ...ingest.item import Item
from ...tools.describe import Descriptors, derive
from ...tools.query import Query
from ...tools.rank import Ranking, rank_items
from ..plan import TurnPlan
from .base import Turn
from .reading.read import read


class BuiltinEngine:
    """Understands English turns, ranks and describes; deterministic and offline."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @property
    def name(self) -> str:
        """What a reply calls this engine."""
        return "builtin"

    async def plan(self, turn: Turn) -> TurnPlan:
        """What the message means; see `moodreel.agent.engines.reading.read`."""
        return read(turn, self._catalogue)

    async def rank(self, query: Query, candidates: Sequence[Item], count: int) -> Ranking:
        """Order candidates and say why; see `moodreel.tools.rank.rank_items`."""
        return rank_items(self._catalogue, query, candidates, count)

    async def describe(self, text: str) -> Descriptors:
        """Descriptors of any text; see `moodreel.tools.describe.derive`."""
        return derive(self._catalogue, text)
