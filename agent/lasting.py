"""Lasting taste: what one person's conversations share, and how each of them takes it in.

It is kept as rows, each with a version that grows with every change. A conversation remembers
which of its entries belongs to which row, and the version it saw. A row that has moved on since
tells what was said elsewhere; one that has not, but differs, waits for what was said here.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, TypeAdapter

from .edits import Attitude, History, LimitEdit, Wish
from .profile import Content, TasteProfile, apply, withdrawn

CONTENT: TypeAdapter[Content] = TypeAdapter(Annotated[Content, Field(discriminator="edit")])

Links = dict[str, tuple[str, int]]
"""By id of a row: the entry that it is here (empty: none), and the version last seen."""


@dataclass(frozen=True)
class Lasting:
    """One thing that is known of a person in every conversation; None once it is taken back."""

    id: str
    version: int
    content: Content | None


@dataclass(frozen=True)
class Change:
    """What a turn did to a row, or a new row; None takes it back."""

    id: str
    content: Content | None


def lasts(said: Content) -> bool:
    """Whether something said in one conversation is true in every other.

    Opinions, histories, what must be spared, and what was said to be so always. How old those
    are who watch tonight is tonight's.
    """
    if isinstance(said, Attitude):
        return said.feeling != "not_tonight"
    if isinstance(said, LimitEdit):
        return said.lasting or said.limit.limit == "content"
    return isinstance(said, History) or (isinstance(said, Wish) and said.lasting)


def taken_in(
    profile: TasteProfile, links: Mapping[str, Sequence[object]], rows: Iterable[Lasting]
) -> tuple[TasteProfile, Links]:
    """The profile with what was said elsewhere since, and the links as they are then.

    What is new counts as the later word. It is no turn of this conversation, so undoing one
    never takes it away.
    """
    found = {row.id: row for row in rows}
    seen: Links = {key: (str(entry), int(str(version))) for key, (entry, version) in links.items()}
    gone = [e for key, (e, version) in seen.items() if _ended(found.get(key), version)]
    profile = withdrawn(profile, gone)
    kept = {key: link for key, link in seen.items() if key in found or not link[1]}
    for row in found.values():
        entry, version = kept.get(row.id, ("", 0))
        if row.version == version or (row.content is None and row.id not in kept):
            continue
        if row.content is not None and not _counts(profile, entry):
            profile, entry = _added(profile, row.content)
        kept[row.id] = entry, row.version
    return profile, kept


def linked(profile: TasteProfile, links: Links) -> Links:
    """The links with one for each entry that lasts and has none yet."""
    known = {entry for entry, _ in links.values()}
    new = [e for e in profile.active if lasts(e.content) and e.id not in known]
    return {**links, **{secrets.token_hex(8): (entry.id, 0) for entry in new}}


def unpublished(
    profile: TasteProfile, links: Mapping[str, Sequence[object]], rows: Iterable[Lasting]
) -> list[Change]:
    """What the rows have to be told for others to see what this profile says."""
    told = {row.id: row.content is not None for row in rows}
    said = wanted(profile, links)
    return [
        Change(key, content)
        for key, content in said.items()
        if (content is not None) != told.get(key, False)
    ]


def wanted(
    profile: TasteProfile, links: Mapping[str, Sequence[object]]
) -> dict[str, Content | None]:
    """What each row should say by this profile; None where its entry doesn't count."""
    entries = {entry.id: entry.content for entry in profile.active}
    return {key: entries.get(str(entry_id)) for key, (entry_id, _) in links.items()}


def alone(rows: Iterable[Lasting]) -> TasteProfile:
    """Lasting taste by itself, as a conversation begins with it."""
    return taken_in(TasteProfile(), {}, rows)[0]


def _ended(row: Lasting | None, version: int) -> bool:
    """Whether a row was taken back elsewhere, or erased, since it was seen at a version."""
    return version > 0 if row is None else row.content is None and row.version != version


def _counts(profile: TasteProfile, entry_id: str) -> bool:
    return any(entry.id == entry_id for entry in profile.active)


def _added(profile: TasteProfile, said: Content) -> tuple[TasteProfile, str]:
    """The profile with one thing more, and its entry; none where it was joined with another."""
    turn = -1 - len(profile.entries)
    after = apply(profile, [said], turn)
    new = after.entries[len(profile.entries)]
    return after, new.id if new.content == said else ""
