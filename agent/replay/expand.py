"""Parameters and matrices: one script written for many films or moods."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches

from ...errors import BadScript
from .yaml_tree import Listed, Mapped, Place, Tree, Written, plain

MOST_COMBINATIONS = 500
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_USE = re.compile(r"\$?\$\{([^{}]*)\}")

Values = Mapping[str, Tree]


def expanded(script: Mapped) -> tuple[Mapped, ...]:
    """A script for each combination of its matrix, with every ``${name}`` filled in.

    A text that is only ``${name}`` becomes the value itself; ``$${`` is a literal ``${``.

    Raises:
        BadScript: a name has no value, or the matrix is none.
    """
    body = script.without("parameters", "matrix")
    if "matrix" not in script.entries:
        return (_filled_map(body, _parameters(script, {})),)
    combinations = _combinations(script.entries["matrix"], _without_matrix(script))
    return tuple(
        _named(_filled_map(body, _parameters(script, chosen)), chosen) for chosen in combinations
    )


def _parameters(script: Mapped, chosen: Values) -> Values:
    """All values by name; a parameter may use those above it and those of the matrix."""
    values = dict(chosen)
    for name, value in _written(script).items():
        if name not in chosen:
            values[name] = filled(value, values)
    return values


def _without_matrix(script: Mapped) -> Values:
    """The parameters that a matrix can use: those that use none of its own names."""
    values: dict[str, Tree] = {}
    for name, value in _written(script).items():
        with suppress(BadScript):  # What is wrong is said when the combinations are filled in.
            values[name] = filled(value, values)
    return values


def _written(script: Mapped) -> Values:
    """The parameters as they are written."""
    tree = script.entries.get("parameters")
    if tree is None:
        return {}
    if not isinstance(tree, Mapped):
        raise tree.place.error("parameters are names with values, such as 'film: Heat'.")
    for name in tree.entries:
        _check_name(name, tree.keys[name])
    return tree.entries


def _combinations(tree: Tree, given: Values) -> list[dict[str, Tree]]:
    if not isinstance(tree, Mapped):
        raise tree.place.error("a matrix is names with lists of values, such as 'film: [Heat, Up]'")
    axes = {name: _axis(name, tree, given) for name in tree.entries if name != "exclude"}
    count = math.prod(len(axis.items) for axis in axes.values())
    if not axes or count > MOST_COMBINATIONS:
        raise tree.place.error(
            f"this matrix has {count if axes else 0:,} combinations, from 1 to"
            f" {MOST_COMBINATIONS} can be; give it other values."
        )
    products = itertools.product(*(axis.items for axis in axes.values()))
    every = [dict(zip(axes, values, strict=True)) for values in products]
    return _without_excluded(every, tree, given)


def _axis(name: str, matrix: Mapped, given: Values) -> Listed:
    _check_name(name, matrix.keys[name])
    values = filled(matrix.entries[name], given)
    if not isinstance(values, Listed) or not values.items:
        raise values.place.error("a name of a matrix has a list of values, such as '[Heat, Up]'.")
    return values


def _without_excluded(
    every: list[dict[str, Tree]], matrix: Mapped, given: Values
) -> list[dict[str, Tree]]:
    excluded = matrix.entries.get("exclude")
    if excluded is None:
        return every
    if not isinstance(excluded, Listed):
        raise excluded.place.error("'exclude' is a list of combinations, such as '- film: Heat'.")
    for each in excluded.items:
        wanted = plain(filled(each, given))
        left = [chosen for chosen in every if not _fits(wanted, chosen)]
        if len(left) == len(every):
            raise each.place.error("no combination of the matrix is left that fits this.")
        every = left
    if not every:
        raise excluded.place.error("this leaves no combination; take one out.")
    return every


def _fits(wanted: object, chosen: Values) -> bool:
    if not isinstance(wanted, dict) or not wanted:
        return False
    return all(name in chosen and plain(chosen[name]) == value for name, value in wanted.items())


def _named(script: Mapped, chosen: Values) -> Mapped:
    """The script called by its combination: ``Endings [film=Heat, mood=dark]``."""
    scenario = script.entries.get("scenario")
    if not isinstance(scenario, Written):
        return script
    values = ", ".join(f"{name}={_short(value)}" for name, value in chosen.items())
    name = f"{scenario.spelled} [{values}]"
    return script.with_entry("scenario", Written(scenario.place, name, name))


def _short(tree: Tree) -> str:
    if isinstance(tree, Written):
        return tree.spelled
    return json.dumps(plain(tree), ensure_ascii=False)


def filled(tree: Tree, values: Values) -> Tree:
    """A tree with every ``${name}`` in its texts and keys replaced."""
    if isinstance(tree, Written):
        return _filled_text(tree, values)
    if isinstance(tree, Listed):
        return replace(tree, items=tuple(filled(item, values) for item in tree.items))
    return _filled_map(tree, values)


def _filled_map(tree: Mapped, values: Values) -> Mapped:
    entries: dict[str, Tree] = {}
    keys: dict[str, Place] = {}
    for key, value in tree.entries.items():
        name = _put_in(key, values, tree.keys[key])
        if name in entries:
            raise tree.keys[key].error(f"{name!r} stands twice here once parameters are filled in.")
        entries[name], keys[name] = filled(value, values), tree.keys[key]
    return Mapped(tree.place, entries, keys)


def _filled_text(text: Written, values: Values) -> Tree:
    if not isinstance(text.value, str):
        return text
    whole = _USE.fullmatch(text.value)
    if whole and not text.value.startswith("$$"):
        value = _value(whole[1], values, text.place)
        return replace(value, place=text.place) if isinstance(value, Written) else value
    said = _put_in(text.value, values, text.place)
    return Written(text.place, said, said)


def _put_in(text: str, values: Values, place: Place) -> str:
    def spelled(use: re.Match[str]) -> str:
        if use[0].startswith("$$"):
            return use[0][1:]
        value = _value(use[1], values, place)
        if not isinstance(value, Written):
            raise place.error(f"{use[0]} is no single value and can't stand within a text.")
        return value.spelled

    return _USE.sub(spelled, text)


def _value(name: str, values: Values, place: Place) -> Tree:
    if name in values:
        return values[name]
    raise place.error(f"there is no parameter {name!r}{suggestion(name, values)}")


def suggestion(name: str, known: Iterable[str]) -> str:
    """The end of a sentence: what somebody who wrote ``name`` may have meant, or what there is."""
    names = list(known)
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; there is {', '.join(names)}." if names else "; there are none here."


def _check_name(name: str, place: Place) -> None:
    if not _NAME.fullmatch(name):
        raise place.error("a name is letters, digits, '_' and '-', and begins with a letter.")
