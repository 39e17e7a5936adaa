"""YAML as a tree in which everything knows where it was written.

Only null, true, false and plain decimal numbers are more than text, and those keep their
spelling: ``no``, ``9 to 5`` and dates are text, ``1917`` is a number that can be read as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from ...errors import BadScript

LARGEST = 2_000_000
"""Bytes of a file."""
MOST_VALUES = 100_000
"""Values of a document, counted wherever an alias repeats them."""
_DEEPEST = 40
_STANDARD = "tag:yaml.org,2002:"

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """Where something is written: lines and columns count from 1, ``path`` is its key."""

    file: str
    line: int
    column: int
    path: KeyPath = ()

    def says(self, problem: str, *more: str | int) -> str:
        """A problem here, or with the key ``more`` below, as one line."""
        key = dotted((*self.path, *more))
        where = f"{self.file}, line {self.line}, column {self.column}"
        return f"{where}, {key}: {problem}" if key else f"{where}: {problem}"

    def error(self, problem: str, *more: str | int) -> BadScript:
        return BadScript(self.says(problem, *more))


def dotted(path: KeyPath) -> str:
    """A path as people write it: ``turns[2].expect.count``; places count from 0."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).removeprefix(".")


@dataclass(frozen=True)
class Written:
    """A single value and how it was spelled."""

    place: Place
    value: str | int | float | bool | None
    spelled: str


@dataclass(frozen=True)
class Listed:
    """A list."""

    place: Place
    items: tuple[Tree, ...] = ()


@dataclass(frozen=True)
class Mapped:
    """Keys and values; ``keys`` has the place of each key."""

    place: Place
    entries: Mapping[str, Tree] = field(default_factory=dict)
    keys: Mapping[str, Place] = field(default_factory=dict)

    def without(self, *names: str) -> Mapped:
        kept = {name: tree for name, tree in self.entries.items() if name not in names}
        return replace(self, entries=kept)

    def with_entry(self, name: str, tree: Tree) -> Mapped:
        places = {name: tree.place, **self.keys}
        return replace(self, entries={**self.entries, name: tree}, keys=places)


Tree = Written | Listed | Mapped


def plain(tree: Tree) -> Any:
    """The tree as plain data."""
    if isinstance(tree, Written):
        return tree.value
    if isinstance(tree, Listed):
        return [plain(item) for item in tree.items]
    return {name: plain(value) for name, value in tree.entries.items()}


def read_file(path: Path, name: str) -> tuple[Tree, ...]:
    """The documents of the file that errors call ``name``; see `read`."""
    try:
        with path.open("rb") as file:
            return read(file.read(LARGEST + 1), name)
    except FileNotFoundError:
        raise BadScript(f"There is no file {name!r}; name a script or a folder of them.") from None
    except OSError as error:
        raise BadScript(f"{name!r} can't be read ({error.strerror}).") from None


def read(content: bytes, file: str) -> tuple[Tree, ...]:
    """The documents of a YAML file, without the empty ones.

    Raises:
        BadScript: it is no UTF-8 text, too large or no YAML; a key stands twice; it has tags.
    """
    text = _decoded(content, file)
    try:
        trees = tuple(_Reader(yaml.parse(text, Loader=yaml.SafeLoader), file).documents())
    except yaml.MarkedYAMLError as error:
        raise _no_yaml(error, file, text) from None
    return tuple(t for t in trees if not (isinstance(t, Written) and t.value is None))


def _decoded(content: bytes, file: str) -> str:
    if len(content) > LARGEST:
        raise BadScript(
            f"{file} has more than {LARGEST:,} bytes, which is no script; make several files of it."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadScript(f"{file}, line {line}: this is not UTF-8 text; save it as UTF-8.") from None
    odd = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        raise BadScript(
            f"{file}, line {line}: the character {odd.group()!r} can't stand in YAML; write it"
            ' as an escape between double quotes ("\\x07").'
        )
    return text


def _no_yaml(error: yaml.MarkedYAMLError, file: str, text: str) -> BadScript:
    mark = error.problem_mark or error.context_mark
    place = Place(file, mark.line + 1, mark.column + 1)
    line = text.splitlines()[mark.line] if mark.line < len(text.splitlines()) else ""
    return place.error(f"{_advice(str(error.problem), line)}.")


def _advice(problem: str, line: str) -> str:
    if "'\\t'" in problem:
        return "a tab stands where YAML wants spaces; indent with spaces"
    if "${" in line:
        return f'{problem}; inside [ ] and {{ }} a parameter needs quotes: "${{name}}"'
    if "mapping values are not allowed" in problem:
        return "a second ':' stands in this line; put quotes around text that has ': ' in it"
    return f"this is no YAML ({problem}); put quotes around text with signs in it"


class _Reader:
    """Makes trees from the events of PyYAML's parser, each alias in full."""

    def __init__(self, events: Iterator[Any], file: str) -> None:
        self._events = events
        self._file = file
        self._anchors: dict[str, Tree | None] = {}
        self._left = MOST_VALUES

    def documents(self) -> Iterator[Tree]:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._anchors, self._left = {}, MOST_VALUES
                yield self._tree(next(self._events), ())

    def _tree(self, event: Any, path: KeyPath) -> Tree:
        place = self._place(event, path)
        if isinstance(event, yaml.AliasEvent):
            return self._copied(event.anchor, place)
        self._spend(1, place)
        if len(path) > _DEEPEST:
            raise place.error(f"this lies more than {_DEEPEST} levels deep; make it flatter.")
        if event.tag and event.tag not in (_STANDARD + "str", "!"):
            tag = event.tag.replace(_STANDARD, "!!")
            raise place.error(f"tags such as {tag!r} are not read; leave it out.")
        if event.anchor:
            self._anchors[event.anchor] = None
        tree = self._made(event, place)
        if event.anchor:
            self._anchors[event.anchor] = tree
        return tree

    def _made(self, event: Any, place: Place) -> Tree:
        if isinstance(event, yaml.ScalarEvent):
            text = event.value
            return Written(place, _value(text) if event.implicit[0] else text, text)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(place)
        return self._mapping(place)

    def _list(self, place: Place) -> Listed:
        items: list[Tree] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._tree(event, (*place.path, len(items))))
        return Listed(place, tuple(items))

    def _mapping(self, place: Place) -> Mapped:
        entries: dict[str, Tree] = {}
        keys: dict[str, Place] = {}
        merged: list[Tree] = []
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, place)
            where = self._place(event, (*place.path, key))
            if key in keys:
                raise where.error(f"{key!r} stands twice here, first in line {keys[key].line}.")
            keys[key] = where
            tree = self._tree(next(self._events), where.path)
            if key == "<<":
                merged += tree.items if isinstance(tree, Listed) else [tree]
            else:
                entries[key] = tree
        return _merged(Mapped(place, entries, keys), merged)

    def _key(self, event: Any, place: Place) -> str:
        if not isinstance(event, yaml.ScalarEvent) or (event.tag and event.tag != "!"):
            raise self._place(event, place.path).error("a key has to be plain text.")
        return str(event.value)

    def _copied(self, anchor: str, place: Place) -> Tree:
        tree = self._anchors.get(anchor)
        if tree is None:
            known = anchor in self._anchors
            why = "stands inside itself" if known else "has no anchor before it"
            raise place.error(f"the alias *{anchor} {why}; write it out.")
        self._spend(_size(tree), place)
        return tree

    def _spend(self, values: int, place: Place) -> None:
        self._left -= values
        if self._left < 0:
            raise place.error(
                f"there are more than {MOST_VALUES:,} values here, aliases counted in full;"
                " make several files of it."
            )

    def _place(self, event: Any, path: KeyPath) -> Place:
        return Place(self._file, event.start_mark.line + 1, event.start_mark.column + 1, path)


def _merged(own: Mapped, others: Sequence[Tree]) -> Mapped:
    """A mapping with what ``<<`` brings where it has no entry itself."""
    for other in others:
        if not isinstance(other, Mapped):
            raise own.keys["<<"].error("'<<' takes a mapping or a list of mappings.")
        entries = {**other.entries, **own.entries}
        own = replace(own, entries=entries, keys={**other.keys, **own.keys})
    return own


def _size(tree: Tree) -> int:
    if isinstance(tree, Written):
        return 1
    inside = tree.items if isinstance(tree, Listed) else tree.entries.values()
    return 1 + sum(_size(each) for each in inside)


_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"([-+]?(0|[1-9][0-9]*))?\.[0-9]+([eE][-+][0-9]{1,2})?")
_NAMED: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "True": True,
                                  "false": False, "False": False}  # fmt: skip


def _value(spelled: str) -> str | int | float | bool | None:
    if spelled in _NAMED:
        return _NAMED[spelled]
    if _WHOLE.fullmatch(spelled):
        return int(spelled)
    return float(spelled) if _NUMBER.fullmatch(spelled) else spelled
