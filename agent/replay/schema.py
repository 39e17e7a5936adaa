"""The JSON Schema of scripts, for editors: ``python -m moodreel.agent.replay.schema`` prints it.

It is made from the models that read scripts, with what is gone by the time they do:
``parameters``, ``matrix`` and ``include``. Where a number, a list or anything else stands, a
parameter may stand instead.
"""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from .script import Script

Json = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PARAMETER = {"$ref": "#/$defs/Parameter"}
_MADE_UP = ("title", "default")
_KEYWORDS_OF_NAMES = ("properties", "$defs")
_FILES: Json = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


def schema() -> Json:
    """The schema of one script; ``$defs/Included`` is that of a file which is included."""
    models = Script.model_json_schema()
    defs = {name: _open(each) for name, each in models.pop("$defs").items()}
    turn = defs["ScriptTurn"]
    turn["oneOf"] = [{"required": [name]} for name in ("user", "press", "edits")]
    turns = {"anyOf": [{"$ref": "#/$defs/ScriptTurn"}, {"$ref": "#/$defs/Include"}]}
    script = _open(models)
    script["properties"] |= {
        "turns": {"type": "array", "items": turns, "minItems": 1},
        "include": {**_FILES, "description": "Files whose setup, expect, tags and parameters are"
                    " defaults, and whose turns come first."},
        "parameters": {"type": "object", "additionalProperties": True,
                       "description": "Values by name; ${name} stands for one in any text."},
        "matrix": {"$ref": "#/$defs/Matrix"},
    }  # fmt: skip
    script["required"] = ["scenario"]
    script["anyOf"] = [{"required": ["turns"]}, {"required": ["include"]}]
    shared = ("scenario", "include", "setup", "expect", "tags", "parameters", "turns")
    defs |= _PARTS
    defs["Included"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: deepcopy(script["properties"][name]) for name in shared},
    }
    return {"$schema": DRAFT, "title": "A scripted dialogue of Moodreel", **script, "$defs": defs}


_PARTS: Json = {
    "Parameter": {"type": "string", "pattern": r"^\$\{[A-Za-z_][A-Za-z0-9_-]*\}$"},
    "Include": {
        "type": "object",
        "description": "Puts the turns of a file here.",
        "properties": {"include": {"type": "string"}},
        "required": ["include"],
        "additionalProperties": False,
    },
    "Matrix": {
        "type": "object",
        "description": "Lists of values by name: a script for each combination. 'exclude' lists"
        " combinations, or parts of some, that are left out.",
        "properties": {"exclude": {"type": "array", "items": {"type": "object"}}},
        "additionalProperties": {
            "anyOf": [{"type": "array", "minItems": 1}, {"$ref": "#/$defs/Parameter"}]
        },
        "minProperties": 1,
    },
}


def _open(schema: Json) -> Json:
    """A schema of pydantic's for what people write: parameters for values, numbers for text."""
    opened: Json = {}
    for key, value in schema.items():
        if key in _MADE_UP:
            continue
        if key in _KEYWORDS_OF_NAMES:
            opened[key] = {name: _value(each) for name, each in value.items()}
        elif key in ("items", "additionalProperties") and isinstance(value, dict):
            opened[key] = _value(value)
        elif key in ("anyOf", "oneOf"):
            opened["anyOf"] = [_open(each) for each in value if each.get("type") != "null"]
        else:
            opened[key] = value
    opened.pop("discriminator", None)
    kinds = [name for name, each in opened.get("properties", {}).items() if "const" in each]
    if kinds:
        opened["required"] = [*kinds, *opened.get("required", ())]
    return opened


def _value(schema: Json) -> Json:
    """What may stand as a value: the thing itself, or the name of a parameter."""
    opened = _open(schema)
    if opened.get("type") == "string" and not {"enum", "pattern", "const"} & opened.keys():
        return {**opened, "type": ["string", "number", "boolean"]}
    if "const" in opened or not opened.keys() - {"description"}:
        return opened
    branches = opened.pop("anyOf", None)
    about = {"description": opened.pop("description")} if "description" in opened else {}
    return {**about, "anyOf": [*(_texts(branches) if branches else [opened]), _PARAMETER]}


def _texts(branches: list[Json]) -> list[Json]:
    return [
        _value(each) if each.get("type") == "string" and "enum" not in each else each
        for each in branches
    ]


def written() -> str:
    """The schema as the text of its file."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(written(), end="")  # noqa: T201 - what the command is for
