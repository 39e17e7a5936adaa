"""A taste profile as a file: what counts now, to be kept or taken to another conversation.

The file is JSON: ``{"moodreel": "taste profile", "version": 1, "entries": […]}``. Each entry is
what was said (`moodreel.agent.profile.Content`), with its words; films have title and year, so
that another catalogue finds them under its own ids. A history brought from elsewhere is not in
it: that has a file of its own (`moodreel.agent.past_file`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from ..errors import UsageError
from ..ingest.catalogue import Catalogue
from ..ingest.item import fold
from .edits import Anchor, Attitude, History, ItemRef, LimitEdit, Nudge, Wish
from .profile import Content, TasteProfile, apply
from .resolve import reference
from .taste_query import demand_of

KIND = "taste profile"
VERSION = 1
LARGEST = 200_000
"""Bytes."""
MOST_ENTRIES = 400
_MOST_BESIDE_FILMS = 120
_MOST_NAMES = 300
_MOST_LETTERS = 10_000
_MOST_PARTS = 30
_LONGEST_TEXT = 2_000
_LONGEST_LIST = 100
_LARGEST_NUMBER = 10_000
_DEEPEST = 8

_CONTENT: TypeAdapter[Content] = TypeAdapter(Annotated[Content, Field(discriminator="edit")])
_NO_PROFILE = "That file is no taste profile of Moodreel; choose one that was saved here."


@dataclass(frozen=True)
class Brought:
    """What a file brings: edits on items of this catalogue, and the titles it doesn't have."""

    edits: tuple[Content, ...]
    missing: tuple[str, ...] = ()


def written(profile: TasteProfile) -> str:
    """What counts of a profile, as the text of a file; what was said first stands first."""
    said = [entry for entry in profile.active if not isinstance(entry.content, History)]
    entries = sorted(said, key=lambda entry: entry.said_in or entry.turn)
    whole = {
        "moodreel": KIND,
        "version": VERSION,
        "entries": [entry.content.model_dump(mode="json", exclude_none=True) for entry in entries],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def read(data: bytes, catalogue: Catalogue) -> Brought:
    """The edits that a file brings; nothing in it is trusted.

    Raises:
        UsageError: it is no such file, too large, of another version, or has values that nothing
            here can work with.
    """
    if len(data) > LARGEST:
        raise UsageError(f"That file is larger than {LARGEST:,} bytes; a profile is smaller.")
    said = [_content(each) for each in _entries(data)]
    if not _bearable(said):
        raise UsageError("That profile says more than can be weighed at once; I left it alone.")
    missing: list[str] = []
    edits = [edit for each in said if (edit := _found(each, catalogue, missing)) is not None]
    _tried(edits, catalogue)
    return Brought(tuple(edits), tuple(dict.fromkeys(missing)))


def _entries(data: bytes) -> list[object]:
    try:
        whole = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise UsageError(_NO_PROFILE) from None
    if not isinstance(whole, dict) or whole.get("moodreel") != KIND:
        raise UsageError(_NO_PROFILE)
    if whole.get("version") != VERSION:
        raise UsageError(
            f"That profile has the version {str(whole.get('version'))[:20]!r}, and I read"
            f" {VERSION}; save it again with this version of Moodreel."
        )
    entries = whole.get("entries")
    if not isinstance(entries, list) or not entries:
        raise UsageError("That profile is empty; there is nothing in it to use.")
    if len(entries) > MOST_ENTRIES:
        raise UsageError(f"That profile has {len(entries):,} entries; {MOST_ENTRIES} is the most.")
    if not all(_modest(each) for each in entries):
        raise UsageError("That profile has values beyond all measure; I left it alone.")
    return entries


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _modest(value: object, depth: int = 0) -> bool:
    """Whether texts and lists are short, numbers small and nothing is nested deeply."""
    if isinstance(value, str):
        return len(value) <= _LONGEST_TEXT and not any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, int | float):
        return abs(value) <= _LARGEST_NUMBER
    if depth > _DEEPEST:
        return False
    parts: Sequence[object] = ()
    if isinstance(value, dict):
        parts = (*value.keys(), *value.values())
    elif isinstance(value, list):
        parts = value
    return len(parts) <= _LONGEST_LIST and all(_modest(part, depth + 1) for part in parts)


def _content(entry: object) -> Content:
    try:
        return _CONTENT.validate_json(json.dumps(entry))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"][-2:])
        raise UsageError(
            f"That profile has an entry that can't be read ({where[:60]}: {first['msg'][:80]})."
        ) from None


def _bearable(said: Sequence[Content]) -> bool:
    """Whether a list can be made from all of it in about a second.

    What somebody thinks of films costs little; names in limits, texts to embed and films to be
    like cost more.
    """
    limits = [each.limit for each in said if isinstance(each, LimitEdit)]
    wishes = [each for each in said if isinstance(each, Wish)]
    anchors = [each for each in said if isinstance(each, Anchor)]
    named = sum(len(names) for each in limits for _, names in each if isinstance(names, tuple))
    named += sum(len(each.genres) + len(each.people) + len(each.moods) for each in wishes)
    return (
        sum(not isinstance(each, Attitude) for each in said) <= _MOST_BESIDE_FILMS
        and named <= _MOST_NAMES
        and sum(len(each.text) for each in wishes) <= _MOST_LETTERS
        and sum(len(each.parts) for each in anchors) <= _MOST_PARTS
    )


def _found(said: Content, catalogue: Catalogue, missing: list[str]) -> Content | None:
    """What was said, on items of this catalogue; None when nothing of it is left."""
    if isinstance(said, Attitude):
        item = _item(said.item, catalogue, missing)
        return said.model_copy(update={"item": item}) if item else None
    if isinstance(said, Nudge) and said.than is not None:
        return said.model_copy(update={"than": _item(said.than, catalogue, missing)})
    if isinstance(said, Anchor):
        found = [(part, _item(part.item, catalogue, missing)) for part in said.parts]
        parts = tuple(part.model_copy(update={"item": item}) for part, item in found if item)
        return said.model_copy(update={"parts": parts}) if parts else None
    return said


def _item(ref: ItemRef, catalogue: Catalogue, missing: list[str]) -> ItemRef | None:
    """The item of the same title and year, under whatever id; never a guess."""
    for item in catalogue.get([ref.id]).values() if ref.id else ():
        if ref.title is None or (fold(item.title) == fold(ref.title) and item.year == ref.year):
            return reference(item)
    matches = [m for m in catalogue.find(ref.title or "", ref.year) if m.exact]
    same = [match for match in matches if match.year == ref.year]
    if len(same) == 1:
        return ItemRef(id=same[0].id, title=same[0].title, year=same[0].year)
    missing.append(f"{ref.title} ({ref.year})" if ref.year else ref.title or ref.id or "an item")
    return None


def _tried(edits: Sequence[Content], catalogue: Catalogue) -> None:
    """See that a list can be made from this: what is refused now breaks no turn later."""
    try:
        demand_of(apply(TasteProfile(), edits, 1), catalogue)
    except ValidationError as error:
        raise UsageError(
            f"That profile asks for something impossible"
            f" ({error.errors(include_url=False)[0]['msg'][:80]})."
        ) from None
