"""Candidates in, JSON ranking with reasons out."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


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
