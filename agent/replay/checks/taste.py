"""The check of the taste profile: entries that count after a turn, and that don't."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ....ingest.item import fold
from ...profile import Entry
from ..expect import Expect
from ..result import CheckResult
from .base import Seen
from .naming import films_called
from .verdict import listed, verdict

Json = Mapping[str, Any]


def profile(expect: Expect, seen: Seen) -> CheckResult:
    """The profile has active entries like these and none like those."""
    wanted = expect.profile
    assert wanted is not None  # noqa: S101 - only asked where it is expected
    active = seen.now.reply.profile.active
    problems = [f"No entry has {_said(part)}{_nearest(part, active, seen)}."
                for part in wanted.has if not _matching(part, active, seen)]  # fmt: skip
    for part in wanted.lacks:
        for entry in _matching(part, active, seen):
            problems.append(f"Entry {entry.id} of turn {entry.turn} has {_said(part)}.")
    if wanted.count is not None and wanted.count != len(active):
        count = f"{wanted.count} {'entry was' if wanted.count == 1 else 'entries were'}"
        problems.append(f"{count} expected, {len(active)} count.")
    return verdict("profile", *problems)


def _matching(part: Json, entries: tuple[Entry, ...], seen: Seen) -> list[Entry]:
    """The entries that have all of a part."""
    return [entry for entry in entries if _has(entry.content.model_dump(mode="json"), part, seen)]


def _has(actual: Any, wanted: Any, seen: Seen) -> bool:
    """Whether a value of an entry is what a script says, or has it among its own."""
    if isinstance(actual, Mapping) and "position" in actual:
        return _is_film(actual, wanted, seen)
    if isinstance(wanted, Mapping):
        return isinstance(actual, Mapping) and all(
            key in actual and _has(actual[key], value, seen) for key, value in wanted.items()
        )
    if isinstance(actual, list):
        values = wanted if isinstance(wanted, list | tuple) else [wanted]
        return all(any(_has(each, value, seen) for each in actual) for value in values)
    if isinstance(wanted, str) and isinstance(actual, str):
        return wanted.strip().casefold() == actual.casefold() or _alike(wanted, actual)
    return bool(actual == wanted) and isinstance(actual, bool) == isinstance(wanted, bool)


def _alike(wanted: str, actual: str) -> bool:
    return bool(fold(wanted)) and fold(wanted) == fold(actual)


def _is_film(actual: Json, wanted: Any, seen: Seen) -> bool:
    """Whether an entry's film is the one that a script names, by name or by its fields."""
    if isinstance(wanted, str):
        return actual["id"] in films_called(wanted, seen)
    if not isinstance(wanted, Mapping):
        return False
    named = wanted.get("title")
    if named is not None and actual["id"] not in films_called(str(named), seen):
        return False
    rest = {key: value for key, value in wanted.items() if key != "title"}
    return all(actual.get(key) == value for key, value in rest.items())


def _said(part: Json) -> str:
    return listed([f"{key} {value!r}" for key, value in part.items()])


def _nearest(part: Json, active: tuple[Entry, ...], seen: Seen) -> str:
    """What the entry that comes nearest has instead."""

    def fits(entry: Entry) -> int:
        content = entry.content.model_dump(mode="json")
        return sum(_has(content, {key: value}, seen) for key, value in part.items())

    best = max(active, key=fits, default=None)
    if best is None:
        return "; nothing is in the profile"
    if not fits(best):
        return ""
    content = best.content.model_dump(mode="json")
    other = [key for key, value in part.items() if not _has(content, {key: value}, seen)]
    return f"; entry {best.id} has {listed([f'{key} {content.get(key)!r}' for key in other])}"
