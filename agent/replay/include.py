"""Includes: what several scripts share, kept in a file of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .yaml_tree import Listed, Mapped, Tree, Written, read_file

_SHARED = ("scenario", "include", "setup", "expect", "tags", "parameters", "turns")
_MERGED = {"setup": 2, "expect": 1, "parameters": 1}
"""What is merged key by key, and how many levels deep."""
_PATHS = ("catalogue", "profile", "history")


@dataclass(frozen=True)
class Source:
    """A script's file: ``name`` as errors say it; includes stay inside ``root``."""

    path: Path
    name: str
    root: Path


def with_includes(script: Mapped, source: Source, chain: Sequence[Path] = ()) -> Mapped:
    """The script with what its ``include`` and its ``- include:`` turns bring.

    ``setup``, ``expect``, ``parameters`` and ``tags`` of an included file are defaults, of which
    later files win; its turns stand where the include stands.

    Raises:
        BadScript: a file is missing, lies elsewhere, includes itself or holds other keys.
    """
    chain = (*chain, source.path.resolve())
    merged = Mapped(script.place)
    turns: list[Tree] = []
    for step in (*_files(script), *_items(script.entries.get("turns"))):
        file = _file_of(step)
        if file is not None:
            other = _included(file, source, chain)
            merged = _over(merged, other.without("turns"))
            turns += _items(other.entries.get("turns"))
        elif not isinstance(step, _File):
            turns.append(step)
    whole = _over(merged, script.without("include"))
    if not turns and not isinstance(script.entries.get("turns"), Listed):
        return whole
    place = script.keys.get("turns", script.place)
    return whole.with_entry("turns", Listed(place, tuple(turns)))


@dataclass(frozen=True)
class _File:
    """An included file as it is named in a script."""

    named: Tree


def _files(script: Mapped) -> list[_File]:
    tree = script.entries.get("include")
    if tree is None:
        return []
    return [_File(each) for each in (tree.items if isinstance(tree, Listed) else (tree,))]


def _file_of(step: _File | Tree) -> _File | None:
    if isinstance(step, _File):
        return step
    if not isinstance(step, Mapped) or "include" not in step.entries:
        return None
    if len(step.entries) > 1:
        raise step.keys["include"].error("a turn that includes a file has no other keys.")
    return _File(step.entries["include"])


def _items(tree: Tree | None) -> tuple[Tree, ...]:
    return tree.items if isinstance(tree, Listed) else ()


def _included(file: _File, source: Source, chain: Sequence[Path]) -> Mapped:
    named, place = file.named, file.named.place
    if not isinstance(named, Written) or not named.spelled:
        raise place.error("an include is the path of a file.")
    path = source.path.parent / named.spelled
    inside = path.resolve()
    if Path(named.spelled).is_absolute() or not inside.is_relative_to(source.root):
        raise place.error(
            f"{named.spelled!r} lies outside {str(source.root)!r}; included files stay inside it"
            " and are named relative to the script."
        )
    if inside in chain:
        raise place.error(f"{named.spelled!r} includes itself; take one include out.")
    if not path.is_file():
        raise place.error(f"there is no file {named.spelled!r} beside the script.")
    where = Path(source.name).parent / named.spelled
    other = Source(path, Path(os.path.normpath(where)).as_posix(), source.root)
    return _rebased(with_includes(_document(other, file), other, chain), path, source.path)


def _document(source: Source, file: _File) -> Mapped:
    documents = read_file(source.path, source.name)
    if len(documents) != 1 or not isinstance(documents[0], Mapped):
        raise file.named.place.error(f"{source.name} has to hold one document with keys.")
    document = documents[0]
    for name in document.entries:
        if name not in _SHARED:
            raise document.keys[name].error(
                f"a file that is included has no {name!r}; it gives {', '.join(_SHARED[2:])}."
            )
    return document.without("scenario")


def _rebased(script: Mapped, included: Path, script_path: Path) -> Mapped:
    """Paths of the setup as seen from the including script."""
    setup = script.entries.get("setup")
    if not isinstance(setup, Mapped) or included.parent == script_path.parent:
        return script
    for name in _PATHS:
        value = setup.entries.get(name)
        if isinstance(value, Written) and isinstance(value.value, str) and value.value != "starter":
            away = os.path.relpath(included.parent, script_path.parent)
            path = os.path.normpath(Path(away) / value.value)
            setup = setup.with_entry(name, replace(value, value=path, spelled=path))
    return script.with_entry("setup", setup)


def _over(base: Mapped, own: Mapped) -> Mapped:
    """A script's parts over its defaults."""
    merged = base
    for name, tree in own.entries.items():
        old = base.entries.get(name)
        if name == "tags" and isinstance(old, Listed) and isinstance(tree, Listed):
            merged = merged.with_entry(name, _united(old, tree))
        else:
            merged = merged.with_entry(name, _merged(old, tree, _MERGED.get(name, 0)))
    return replace(merged, place=own.place, keys={**merged.keys, **own.keys})


def _merged(old: Tree | None, new: Tree, levels: int) -> Tree:
    if levels == 0 or not isinstance(old, Mapped) or not isinstance(new, Mapped):
        return new
    entries = dict(old.entries)
    for name, tree in new.entries.items():
        entries[name] = _merged(old.entries.get(name), tree, levels - 1)
    return Mapped(new.place, entries, {**old.keys, **new.keys})


def _united(old: Listed, new: Listed) -> Listed:
    there = {each.spelled for each in old.items if isinstance(each, Written)}
    more = (
        each for each in new.items if not isinstance(each, Written) or each.spelled not in there
    )
    return replace(new, items=(*old.items, *more))
