"""Replies of a model that plans, as few words as a test needs."""

from __future__ import annotations

from typing import Any

from moodreel.agent.engines.base import Turn
from moodreel.agent.engines.llm.plan_check import checked
from moodreel.agent.engines.llm.plan_read import plan_of
from moodreel.agent.engines.llm.plan_reply import PlanReply
from moodreel.agent.engines.reading.read import read
from moodreel.agent.plan import TurnPlan
from moodreel.agent.profile import TasteProfile
from moodreel.ingest.catalogue import Catalogue

from .plan_words import FIVE

RECOMMEND = [{"do": "recommend"}]


def turn_of(message: str, *, shown: bool = True, focus: tuple[str, ...] = ()) -> Turn:
    """A message with Heat, Collateral, Up, Drive and Finding Nemo on the table."""
    return Turn(message, 2, TasteProfile(), shown=(FIVE,) if shown else (), focus=focus)


def reply(**parts: Any) -> PlanReply:
    return PlanReply.model_validate({"intents": ["request"], "answers": RECOMMEND, **parts})


def plain(starter: Catalogue, message: str = "x", **parts: Any) -> TurnPlan:
    """A reply as it is read, unchecked."""
    return plan_of(reply(**parts), turn_of(message), starter)


def through(starter: Catalogue, message: str, *, shown: bool = True, **parts: Any) -> TurnPlan:
    """What a model's reply to a message comes to, checks included."""
    turn = turn_of(message, shown=shown)
    return checked(plan_of(reply(**parts), turn, starter), turn, read(turn, starter), starter)[0]
