"""From a tree to a script: what doesn't fit is said with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ...errors import BadScript
from .expand import suggestion
from .script import Script
from .yaml_tree import KeyPath, Listed, Mapped, Tree, Written, plain

_TEXT_WANTED = ("string_type", "path_type")
_MOST_SAID = 10


def script_of(tree: Tree) -> Script:
    """The script that a tree, parameters filled in, stands for.

    Where text is wanted, a number or true keeps its spelling: ``user: 1984`` is text.

    Raises:
        BadScript: one line for each thing that doesn't fit, with file, line and key.
    """
    while True:
        try:
            return Script.model_validate_json(json.dumps(plain(tree)), strict=True)
        except ValidationError as error:
            found = error.errors(include_url=False)
        as_text = tree
        for each in found:
            if each["type"] in _TEXT_WANTED:
                as_text = _with_text(as_text, each["loc"])
        if as_text == tree:
            raise BadScript("\n".join(_sentences(found, tree)))
        tree = as_text


def _with_text(tree: Tree, loc: KeyPath) -> Tree:
    """The tree with the value at a place as it is spelled."""
    if isinstance(tree, Written):
        spelled = tree.value is not None and not isinstance(tree.value, str)
        return replace(tree, value=tree.spelled) if spelled else tree
    step, rest = _step(tree, loc)
    if step is None:
        return tree
    if isinstance(tree, Listed):
        items = list(tree.items)
        items[int(step)] = _with_text(items[int(step)], rest)
        return replace(tree, items=tuple(items))
    key = str(step)
    return replace(tree, entries={**tree.entries, key: _with_text(tree.entries[key], rest)})


def _step(tree: Listed | Mapped, loc: KeyPath) -> tuple[str | int | None, KeyPath]:
    """The next key or place of a location that is in the data, and what comes after it.

    Between them pydantic names the branch of a union, and the kind of an edit or a limit.
    """
    for place, part in enumerate(loc):
        if isinstance(tree, Listed):
            if isinstance(part, int) and part < len(tree.items):
                return part, loc[place + 1 :]
        elif part in tree.entries and not (place == 0 and _is_kind(tree, part)):
            return part, loc[place + 1 :]
    return None, loc


def _is_kind(tree: Mapped, part: str | int) -> bool:
    kinds = [tree.entries.get(name) for name in ("edit", "limit")]
    return any(isinstance(kind, Written) and kind.value == part for kind in kinds)


@dataclass(frozen=True)
class _Problem:
    """An error of pydantic where the data has it: ``trees`` lead from the whole to there.

    ``key`` is what is missing there, or else its own key.
    """

    path: KeyPath
    trees: tuple[Tree, ...]
    key: str
    kind: str
    error: ErrorDetails


def _sentences(found: Sequence[ErrorDetails], tree: Tree) -> Iterator[str]:
    """What doesn't fit, a line each, by place; what only another branch wanted is left out."""
    problems = [_located(each, tree) for each in found]
    deepest = [p for p in problems if not any(_below(q.path, p.path) for q in problems)]
    groups: dict[tuple[KeyPath, str], list[_Problem]] = {}
    for each in deepest:
        groups.setdefault((each.path, each.key if each.kind == "missing" else ""), []).append(each)
    ordered = sorted(groups.values(), key=lambda group: _written_at(group[0]))
    lines = list(dict.fromkeys(_line(group) for group in ordered))
    yield from lines[:_MOST_SAID]
    if len(lines) > _MOST_SAID:
        yield f"and {len(lines) - _MOST_SAID} more"


def _written_at(problem: _Problem) -> tuple[str, int, int]:
    place = problem.trees[-1].place
    return place.file, place.line, place.column


def _below(path: KeyPath, other: KeyPath) -> bool:
    return len(path) > len(other) and path[: len(other)] == other


def _located(error: ErrorDetails, tree: Tree) -> _Problem:
    path: KeyPath = ()
    trees, loc = [tree], error["loc"]
    while not isinstance(tree, Written):
        step, rest = _step(tree, loc)
        if step is None:
            break
        tree = tree.items[int(step)] if isinstance(tree, Listed) else tree.entries[str(step)]
        path, loc = (*path, step), rest
        trees.append(tree)
    key = error["loc"][-1] if error["type"] == "missing" else path[-1] if path else ""
    return _Problem(path, tuple(trees), str(key), error["type"], error)


def _line(group: Sequence[_Problem]) -> str:
    first = next((each for each in group if each.kind == "extra_forbidden"), group[0])
    place = first.trees[-1].place
    if first.kind == "missing":
        return place.says(f"{first.key!r} is missing.", first.key)
    if first.kind == "extra_forbidden":
        parent = first.trees[-2]
        assert isinstance(parent, Mapped)  # noqa: S101 - only a mapping has keys too many
        known = dict.fromkeys(keys_at(first.path[:-1], first.trees[:-1]))
        return parent.keys[first.key].says(
            f"there is no key {first.key!r} here{suggestion(first.key, known)}"
        )
    return place.says(_unfit([each.error for each in group], first.trees[-1]))


def _unfit(errors: Sequence[ErrorDetails], tree: Tree) -> str:
    """What a value has to be instead of what it is."""
    for each in errors:
        if each["type"] not in _WANTS and each["type"] != "literal_error":
            return _sentence(each, tree)
    wants = dict.fromkeys(_WANTS.get(each["type"], _one_of(each, tree)) for each in errors)
    return f"this has to be {', or '.join(wants)}{_not(tree)}."


_WANTS = {
    "string_type": "text",
    "path_type": "a path",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "tuple_type": "a list",
    "model_type": "keys and values",
    "dict_type": "keys and values",
}


def _one_of(error: ErrorDetails, tree: Tree) -> str:
    """The names that can stand there; only the nearest where one is near."""
    wanted = str(error.get("ctx", {}).get("expected", ""))
    said = error["loc"][-2] if error["loc"][-1] == "[key]" else getattr(tree, "spelled", "")
    near = get_close_matches(str(said), re.findall("'([^']*)'", wanted), n=1)
    return f"{near[0]!r}" if near else wanted


def _not(tree: Tree) -> str:
    return f", not {tree.spelled[:40]!r}" if isinstance(tree, Written) else ""


def _sentence(error: ErrorDetails, tree: Tree) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return f"{context['error']}."
    if kind == "union_tag_invalid":
        return f"{context['discriminator']} has to be one of {context['expected_tags']}."
    if kind == "union_tag_not_found":
        return f"{context['discriminator']} is missing, which says what kind it is."
    if kind == "too_short":
        return "this can't be empty."
    message = error["msg"].replace("Input should be", "this has to be")
    return f"{message[:1].lower()}{message[1:]}{_not(tree)}."


def keys_at(path: KeyPath, trees: Sequence[Tree]) -> Iterator[str]:
    """The keys that a script may have at a path; the trees along it say which kind is meant."""
    here = list(_leaves(_schema(), trees[0]))
    for step, tree in zip(path, trees[1:], strict=True):
        below = [each for leaf in here for each in _under(leaf, step)]
        here = [leaf for each in below for leaf in _leaves(each, tree)]
    for leaf in here:
        yield from leaf.get("properties", ())
    if not path:
        yield from ("include", "parameters", "matrix")
    elif len(path) == 2 and path[0] == "turns":
        yield "include"


@cache
def _schema() -> dict[str, Any]:
    return Script.model_json_schema()


def _leaves(schema: Mapping[str, Any], tree: Tree) -> Iterator[Mapping[str, Any]]:
    """A schema without references and unions; of kinds of edits and limits the one meant."""
    if "$ref" in schema:
        schema = _schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    branches = schema.get("anyOf") or schema.get("oneOf")
    if branches:
        for branch in branches:
            yield from _leaves(branch, tree)
    elif _may_mean(schema, tree):
        yield schema


def _may_mean(schema: Mapping[str, Any], tree: Tree) -> bool:
    if not isinstance(tree, Mapped):
        return True
    for name in ("edit", "limit"):
        kind, said = schema.get("properties", {}).get(name, {}).get("const"), tree.entries.get(name)
        if kind is not None and isinstance(said, Written) and said.value != kind:
            return False
    return True


def _under(schema: Mapping[str, Any], step: str | int) -> Iterator[Mapping[str, Any]]:
    below = schema.get("items") if isinstance(step, int) else schema.get("properties", {}).get(step)
    if isinstance(below, dict):
        yield below
