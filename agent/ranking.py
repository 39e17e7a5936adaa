"""What ranking starts from and what it leaves for the next turn."""

from __future__ import annotations

from collections.abc import Sequence

from ..ingest.item import Item
from ..tools.query import Query
from ..tools.retrieve import retrieve
from .calls import found_ids
from .engines.base import RankTask, Turn
from .engines.ledger import Ledger
from .pending import Question, offered
from .profile import TasteProfile
from .sentences import sentence
from .state import Context, Json, State, rounds


def candidates_of(state: State, query: Query, context: Context) -> list[Item]:
    """What the tools found, best first; found here when a tool failed."""
    ids = found_ids(state["messages"])
    if not ids:
        found = retrieve(context.catalogue, query, context.settings.candidates)
        return [candidate.item for candidate in found]
    items = context.catalogue.get(ids)
    return [items[item_id] for item_id in ids if item_id in items]


def task_of(
    state: State, query: Query, candidates: Sequence[Item], work: Json, context: Context
) -> RankTask:
    """All that an engine may look at to rank."""
    profile = TasteProfile.model_validate(state["profile"])
    return RankTask(
        query=query,
        candidates=list(candidates[: context.settings.candidates]),
        count=work["count"],
        message=state["message"],
        known=tuple(sentence(entry) for entry in profile.active),
        understood=tuple(work["understood"]),
        turn=state["turn"],
    )


def asked_before(state: State) -> tuple[str | None, ...]:
    """The question of each earlier reply, oldest first; None where there was none."""
    return tuple(reply.get("question") for reply in state.get("replies", []))


async def question_of(text: str, state: State, context: Context) -> Question:
    """An engine's question as one that the next message may answer."""
    turn = Turn(
        message=text,
        number=state["turn"],
        profile=TasteProfile.model_validate(state["profile"]),
        shown=tuple(each.ids for each in rounds(state)),
        year=context.year,
    )
    return offered(text, await context.fallback.plan(turn, Ledger()))
