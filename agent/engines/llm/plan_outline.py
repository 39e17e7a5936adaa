"""The form of a plan in a few lines, made from the schema itself so that they can't differ."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ....ingest.item import MOOD_TAGS
from .schemas import plan_schema

_SIMPLE = {"string": "…", "integer": "0", "boolean": "true"}
_ELSEWHERE = {"moods": "tag", "genres": "genre"}
"""Names whose values are listed behind the outline."""


@cache
def outline() -> str:
    """One line a part: ``limits:[{words:…,limit:years|minutes,low?:0}]``.

    ``|`` stands between values to choose from, ``?`` behind what may be left out.
    """
    schema = plan_schema()
    required = schema["required"]
    lines = [
        f"{_key(name, required)}:{_form(name, part, schema['$defs'])}"
        for name, part in schema["properties"].items()
    ]
    return "{" + ",\n".join(lines) + "}"


def _key(name: str, required: list[str]) -> str:
    return name if name in required else f"{name}?"


def _form(name: str, part: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    if name in _ELSEWHERE:
        return f"[{_ELSEWHERE[name]}]"
    if "$ref" in part:
        return _object(parts[part["$ref"].split("/")[-1]], parts)
    if "items" in part:
        return f"[{_form('', part['items'], parts)}]"
    if "anyOf" in part:
        forms = [_form("", each, parts) for each in part["anyOf"] if each.get("type") != "null"]
        return "|".join(forms)
    if "enum" in part:
        return "|".join(part["enum"])
    return _SIMPLE[part["type"]]


def _object(part: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    required = part.get("required", [])
    fields = (f"{_key(n, required)}:{_form(n, p, parts)}" for n, p in part["properties"].items())
    return "{" + ",".join(fields) + "}"


def tags() -> str:
    """All mood tags in one line."""
    return " ".join(MOOD_TAGS)
