"""What a model writes to rank candidates: only the aliases it was given can be said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ReasonOut(_Out):
    """Why one film was chosen, in one sentence."""

    film: str
    reason: str


class RankReply(_Out):
    """The fields stand in the order in which they are written and shown.

    ``order`` has aliases of candidates, best first; ``reasons`` speak of the first few of it.
    """

    order: list[str] = Field(min_length=1)
    opening: str
    reasons: list[ReasonOut]
    question: str | None = None


def rank_schema(aliases: Sequence[str], count: int) -> dict[str, Any]:
    """The JSON Schema of one ranking: aliases are an enumeration.

    Args:
        aliases: the short names of the candidates, ``f1``, ``f2``, …
        count: how many reasons are wanted; twice as many places are ordered where there are.
    """
    names = {"type": "string", "enum": list(aliases)}
    reason = {
        "type": "object",
        "properties": {"film": names, "reason": {"type": "string"}},
        "required": ["film", "reason"],
        "additionalProperties": False,
    }
    most = min(len(aliases), 2 * count)
    few = min(len(aliases), count)
    return {
        "type": "object",
        "properties": {
            "order": {"type": "array", "items": names, "minItems": few, "maxItems": most},
            "opening": {"type": "string"},
            "reasons": {"type": "array", "items": reason, "minItems": few, "maxItems": few},
            "question": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        },
        "required": ["order", "opening", "reasons"],
        "additionalProperties": False,
    }
