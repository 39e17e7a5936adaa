"""What is known of one person, in all their conversations in a workspace."""

from __future__ import annotations

from ....errors import UnknownConversation
from ....ingest.item import DIMENSIONS
from ...clicks import Click, edits_click
from ...companion import MovieAgent
from ...conversations import About
from ...edits import Edit, Forget, Weigh
from ...profile import TasteProfile
from ..entries import mark
from .where import Where

HOME = "home"
"""What stands for a channel in the conversation that the Home tab shows."""


def at_home(team: str, user: str) -> Where:
    """The conversation in which the Home tab's changes are turns."""
    return Where(team, HOME, "", user, direct=True)


async def taste_of(agent: MovieAgent, where: Where) -> TasteProfile:
    """What is known there; where nothing was said yet, what is known everywhere."""
    try:
        return await agent.profile(where.session)
    except UnknownConversation:
        return await agent.taste(where.session)


async def conversations_of(agent: MovieAgent, where: Where) -> list[About]:
    """All conversations of a person, the latest first."""
    return await agent.listed(where.session.owner)


async def forget(agent: MovieAgent, where: Where) -> int:
    """Remove all that is known of a person; how many conversations that were."""
    return (await agent.erase_person(where.session)).conversations


def without(profile: TasteProfile, marks: set[str], weights: dict[str, float]) -> Click | None:
    """The change that takes entries out and sets weights; None where there is nothing to do."""
    gone: list[Edit] = [Forget(entry=each.id) for each in profile.active if mark(each) in marks]
    now = weights_of(profile)
    changed: list[Edit] = [
        Weigh.model_validate({"dimension": name, "weight": weight})
        for name, weight in weights.items()
        if now[name] != weight
    ]
    return edits_click([*gone, *changed]) if gone or changed else None


def weights_of(profile: TasteProfile) -> dict[str, float]:
    """How much each dimension counts now; 1 is as usual."""
    said = {
        each.content.dimension: each.content.weight
        for each in profile.active
        if isinstance(each.content, Weigh)
    }
    return {name: said.get(name, 1.0) for name in DIMENSIONS}
