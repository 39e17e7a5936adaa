"""JSON Schemas as a model server gets them: what its grammar needs, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from .chat import Json
from .describe_reply import DescribeReply
from .plan_reply import PlanReply

_FOR_PEOPLE = ("title", "description", "default")
_ALWAYS_WRITTEN = ("intents", "films", "wishes", "limits", "changes", "answers")
"""Parts of a plan that are written even when empty: what is optional, small models forget."""


@cache
def plan_schema() -> Json:
    """The schema of a `PlanReply`."""
    return {**lean(PlanReply), "required": list(_ALWAYS_WRITTEN)}


def describe_schema() -> Json:
    """The schema of a `DescribeReply`: every field is written."""
    return schema_of(DescribeReply)


@cache
def schema_of(model: type[BaseModel]) -> Json:
    """The schema of an answer of which every field is written."""
    whole = lean(model)
    return {**whole, "required": list(whole["properties"])}


def lean(model: type[BaseModel]) -> Json:
    """A model's JSON Schema without its titles, descriptions and defaults."""
    stripped: Json = _without_prose(model.model_json_schema())
    return stripped


def _without_prose(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {
            name: {key: _without_prose(value) for key, value in inner.items()}
            if name in ("properties", "$defs")
            else _without_prose(inner)
            for name, inner in part.items()
            if name not in _FOR_PEOPLE
        }
    if isinstance(part, Sequence) and not isinstance(part, str):
        return [_without_prose(each) for each in part]
    return part
