"""Candidates in, JSON ranking with reasons out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import BaseModel, ConfigDict, Field

from ..ingest.catalogue import Catalogue
from ..ingest.item import Item, fold
from ..ingest.limits import People, broken
from .arguments import MOST, Wishes, compact
from .diversity import diversify
from .order import fuse_order
from .query import Like, Query
from .reasons import Reason, reasons
from .retrieve import assess, liked_items


class RankedItem(BaseModel):
    """One place in a ranking. Scores run from 0 to 1, keys: the dimensions and ``overall``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    reason: str
    scores: dict[str, float] = Field(default_factory=dict)


class Ranking(BaseModel):
    """Best first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    items: tuple[RankedItem, ...] = ()
    opening: str = ""
    question: str | None = None


Ranker = Callable[[Query, Sequence[Item], int], Ranking]
"""Orders candidates: called with the query, the candidates and how many to choose."""


class RankArguments(Wishes):
    """Arguments of `rank`."""

    ids: list[str] = Field(
        min_length=1, max_length=MOST, description="The candidates, by id; nothing else is ranked."
    )
    likes: list[Like] = Field(
        default_factory=list,
        description="Items by id that the person loved, or with a negative weight disliked.",
    )
    count: int = Field(default=5, ge=1, le=20, description="How many to choose.")


def rank_tool(catalogue: Catalogue, ranker: Ranker | None = None) -> BaseTool:
    """The tool `rank` over one catalogue.

    Its content is the ranking as JSON, best first, each place with a reason; its artifact the
    same as plain data. What ``ranker`` answers is verified and refilled.
    """

    def rank(**arguments: Any) -> tuple[str, list[dict[str, Any]]]:
        given = RankArguments.model_validate(arguments)
        query, items = given.query(given.likes), catalogue.get(given.ids)
        if not items:
            raise ToolException(f"None of the ids {given.ids[:3]!r} is here; search first.")
        found = list(items.values())
        made = ranker(query, found, given.count) if ranker else Ranking()
        places = repair(catalogue, made, query, found, given.count).items
        told = [
            {"title": items[place.id].title, "year": items[place.id].year}
            | place.model_dump(mode="json")
            for place in places
        ]
        return compact({"ranking": told}), told

    return StructuredTool.from_function(
        rank,
        name="rank",
        description="Choose the best few of given candidates for what was wished, varied, each "
        "with a reason. Limits are never broken; fewer come back where too few keep them.",
        args_schema=RankArguments,
        response_format="content_and_artifact",
        handle_tool_error=True,
    )


def rank_items(
    catalogue: Catalogue,
    query: Query,
    candidates: Sequence[Item],
    count: int = 5,
    order: Sequence[str] | None = None,
) -> Ranking:
    """Order candidates by the query, varied, each with a reason; limits are never broken.

    Args:
        catalogue: where the candidates and the query's favourites are.
        query: what is wished.
        candidates: what may be chosen, in any order; repeats count once.
        count: how many to choose; fewer come back where too few may be recommended.
        order: ids as somebody else would order them, best first, perhaps some only; it is
            one voice beside the scores, see `moodreel.tools.order`.
    """
    return _ranked(catalogue, query, _allowed(query, candidates), count, order or ())


def verify(ranking: Ranking, query: Query, candidates: Sequence[Item]) -> Ranking:
    """The ranking without anything that may not be recommended, order kept.

    Dropped are ids that are not among the candidates, repeats, excluded or liked items, and
    items that break a limit.
    """
    allowed = {item.id for item in _allowed(query, candidates)}
    kept: dict[str, RankedItem] = {}
    for place in ranking.items:
        if place.id in allowed and place.id not in kept:
            kept[place.id] = place
    return ranking.model_copy(update={"items": tuple(kept.values())})


def repair(
    catalogue: Catalogue,
    ranking: Ranking,
    query: Query,
    candidates: Sequence[Item],
    count: int = 5,
) -> Ranking:
    """A verified ranking of ``count`` items: what is missing is refilled by `rank_items`.

    Empty reasons are written and missing scores computed. Fewer come back only where the
    candidates hold no more that may be recommended.
    """
    kept = verify(ranking, query, candidates).items[:count]
    chosen = {place.id for place in kept}
    rest = [item for item in candidates if item.id not in chosen]
    refill = rank_items(catalogue, query, rest, count - len(kept)).items
    complete = (*_completed(catalogue, query, kept, candidates), *refill)
    return ranking.model_copy(update={"items": complete})


def _completed(
    catalogue: Catalogue, query: Query, kept: Sequence[RankedItem], candidates: Sequence[Item]
) -> list[RankedItem]:
    """Places with the reasons and scores that they lack."""
    lacking = [place.id for place in kept if not (place.reason.strip() and place.scores)]
    if not lacking:
        return list(kept)
    items = [item for item in candidates if item.id in lacking]
    made = {place.id: place for place in _ranked(catalogue, query, items, len(items)).items}
    return [
        place.model_copy(
            update={
                "reason": place.reason.strip() or made[place.id].reason,
                "scores": place.scores or made[place.id].scores,
            }
        )
        if place.id in made
        else place
        for place in kept
    ]


def _allowed(query: Query, candidates: Sequence[Item]) -> list[Item]:
    """Candidates that may be recommended, each once."""
    barred = {*query.exclude, *(like.id for like in query.likes)}
    unique = {item.id: item for item in candidates if item.id not in barred}
    return [item for item in unique.values() if not broken(item, query.limits)]


def _ranked(
    catalogue: Catalogue,
    query: Query,
    items: Sequence[Item],
    count: int,
    order: Sequence[str] = (),
) -> Ranking:
    if count < 1 or not items:
        return Ranking()
    scored = fuse_order(assess(catalogue, query, items), order)
    chosen = diversify(scored, count, loose=_asked_people(query))
    said: list[Reason] = reasons(chosen, query, liked_items(catalogue, query))
    return Ranking(
        items=tuple(
            RankedItem(
                id=candidate.id,
                reason=reason.text,
                scores={name: round(value, 3) for name, value in candidate.scores.items()},
            )
            for candidate, reason in zip(chosen, said, strict=True)
        )
    )


def _asked_people(query: Query) -> frozenset[str]:
    """People that the limits ask for: as many of their films as there are may be listed."""
    people = [limit for limit in query.limits if isinstance(limit, People)]
    return frozenset(fold(name) for limit in people for name in (*limit.all_of, *limit.any_of))
