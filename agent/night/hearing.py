"""Hearing each person of a movie night: the engine in use reads what they say."""

from __future__ import annotations

from dataclasses import replace

from ..edits import Reset
from ..embedding_step import embedded
from ..engines.base import Turn
from ..engines.ledger import Ledger
from ..interpret import Meaning, Talk, interpret
from ..plan import Chat, Recommend, TurnPlan
from ..profile import TasteProfile, apply
from ..sentences import news, sentence
from ..state import Context
from ..steps import run
from ..taste_query import demand_of
from .guests import Heard, Wishes, known_films


async def hear(
    name: str, says: str, taste: TasteProfile, context: Context, ledger: Ledger
) -> Wishes:
    """What one person wants.

    Args:
        name: of the person.
        says: their wish for tonight; where it is empty, all of the taste counts.
        taste: what was known of them before; it is not changed.
        context: engines, catalogue and the time there is.
        ledger: where calls of a model and what went wrong are noted.
    """
    heard = await _read(name, says, taste, context, ledger) if says else Heard(taste)
    demand = demand_of(heard.profile, context.catalogue)
    seconds = context.seconds(context.settings.embed_seconds)
    query = await embedded(demand.query, context.catalogue, seconds, ledger)
    told = demand_of(heard.tonight, context.catalogue).query
    known = known_films(heard.profile)
    return Wishes(name, heard, replace(demand, query=query), told, known)


async def _read(
    name: str, says: str, taste: TasteProfile, context: Context, ledger: Ledger
) -> Heard:
    number = max((entry.turn for entry in taste.entries), default=0) + 1
    lasting = apply(taste, [Reset()], number)
    turn = Turn(message=says, number=number, profile=lasting, year=context.year)
    step = context.step("plan", context.settings.plan_seconds, ledger)
    plan, _ = await run(step, lambda engine: engine.plan(turn, ledger))
    meaning = interpret(plan, says, Talk(lasting, (), None, number), context.catalogue)
    # What is left of earlier words, and what was taken back of them, is nobody else's business.
    said = tuple(news(meaning.change))
    return Heard(
        profile=meaning.profile,
        tonight=TasteProfile(entries=said),
        sentences=tuple(dict.fromkeys(map(sentence, said))),
        notices=_unheard(name, plan, meaning),
        danger=any(isinstance(act, Chat) and act.about == "danger" for act in meaning.acts),
    )


def _unheard(name: str, plan: TurnPlan, meaning: Meaning) -> tuple[str, ...]:
    """What of a message could not be used: nobody is asked back, and nothing is guessed."""
    lines = [f"{name}: {notice}" for notice in meaning.notices]
    if meaning.question is not None:
        lines.append(f"{name}: {meaning.question.text} I left it aside; add the year.")
    if plan.skipped:
        lines.append(f"{name}: that was long; I left the last {plan.skipped:,} characters unread.")
    if plan.unread and any(isinstance(act, Recommend) for act in meaning.acts):
        words = ", ".join(f"“{part}”" for part in plan.unread[:3])
        lines.append(f"{name}: I couldn't place {words}, so I only searched for the words.")
    return tuple(lines)
