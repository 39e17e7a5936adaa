"""From what an engine ranked to the list that is shown: fused, verified, refilled by code."""

from __future__ import annotations

from collections.abc import Sequence

from ..ingest.item import Item
from ..tools.query import Query
from ..tools.rank import Ranking, rank_items, repair
from ..tools.retrieve import retrieve
from .engines.base import RankOrder, RankWhole
from .state import Context, Json


def settled(
    part: RankOrder | RankWhole, candidates: Sequence[Item], work: Json, context: Context
) -> Ranking:
    """A ranking of as many items as were asked for, where there are so many, each with a reason.

    Args:
        part: what the engine said; an order is fused with the search's own.
        candidates: what may be chosen, best first.
        work: of the turn: ``query``, ``strict``, ``count``, ``available``, ``fitting``,
            ``relaxed``.
        context: the catalogue and settings.
    """
    query, count = Query.model_validate(work["query"]), work["count"]
    made = part.ranking if isinstance(part, RankWhole) else Ranking()
    if isinstance(part, RankOrder):
        best = candidates[: context.settings.candidates]
        made = rank_items(context.catalogue, query, best, count, order=part.ids)
    ranking = repair(context.catalogue, made, query, candidates, count)
    if len(ranking.items) < min(count, work["available"]):
        more = [each.item for each in retrieve(context.catalogue, query, 3 * count + 30)]
        ranking = repair(context.catalogue, ranking, query, [*candidates, *more], count)
    return _fitting_first(ranking, work, context) if work["relaxed"] else ranking


def _fitting_first(ranking: Ranking, work: Json, context: Context) -> Ranking:
    """The ranking with what keeps every limit as it was said ahead of what needed a bend."""
    count, strict = work["count"], Query.model_validate(work["strict"])
    if not work["fitting"]:
        return ranking
    found = [each.item for each in retrieve(context.catalogue, strict, count)]
    fitting = repair(context.catalogue, Ranking(), strict, found, count).items
    ids = {place.id for place in fitting}
    rest = tuple(place for place in ranking.items if place.id not in ids)
    return ranking.model_copy(update={"items": (*fitting, *rest)[:count]})
