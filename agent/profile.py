"""The taste profile: what the conversation knows of the user, each entry with its evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ..ingest.limits import Runtime, Years
from .conflicts import Said, remainder
from .edits import (
    Anchor,
    Attitude,
    Edit,
    Forget,
    History,
    LimitEdit,
    Nudge,
    Reset,
    Undo,
    Weigh,
    Wish,
)
from .matching import best_matches
from .past import joined

Content = Attitude | Anchor | Wish | LimitEdit | Nudge | Weigh | History


class Entry(BaseModel):
    """One thing known of the user; ``content.words`` and ``turn`` are its evidence.

    A later word that contradicts an entry leaves it here as ``superseded``; undoing leaves it
    as ``undone``. Only ``active`` entries count. ``dropped_in`` is the turn that forgot or
    reset the entry, so that this can be undone as well. What a later word left of an entry
    was made in ``turn`` and said in ``said_in``. A turn below 0 is none of this conversation:
    the same person said it in another one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    turn: int
    content: Content = Field(discriminator="edit")
    status: Literal["active", "superseded", "undone"] = "active"
    superseded_by: str | None = None
    dropped_in: int | None = None
    said_in: int | None = None


class TasteProfile(BaseModel):
    """All entries, oldest first. JSON in, JSON out, stable under round trips."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    entries: tuple[Entry, ...] = ()

    @property
    def active(self) -> tuple[Entry, ...]:
        """The entries that count."""
        return tuple(entry for entry in self.entries if entry.status == "active")

    def entry(self, entry_id: str) -> Entry | None:
        """The entry with this id."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)


@dataclass(frozen=True)
class Difference:
    """What changed between two profiles: entries that count now, and that no longer do.

    ``replaced`` lost to a later word; ``dropped`` were undone, forgotten or reset.
    """

    added: tuple[Entry, ...] = ()
    restored: tuple[Entry, ...] = ()
    replaced: tuple[Entry, ...] = ()
    dropped: tuple[Entry, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.restored or self.replaced or self.dropped)


def apply(profile: TasteProfile, edits: Iterable[Edit], turn: int) -> TasteProfile:
    """The profile after one turn's edits, in order; an undo comes first, wherever it was said.

    Items in the edits are resolved already. ``turn`` counts from 1 and never goes down: what
    has one turn number is undone together.
    """
    for edit in sorted(edits, key=lambda each: not isinstance(each, Undo)):
        if isinstance(edit, Undo):
            profile = _undo(profile, edit.turns)
        elif isinstance(edit, Forget):
            profile = _drop(profile, forgotten(profile, edit), turn)
        elif isinstance(edit, Reset):
            profile = _drop(profile, _reset(profile, edit), turn)
        else:
            profile = _add(profile, edit, turn)
    return profile


def _add(profile: TasteProfile, said: Said, turn: int) -> TasteProfile:
    said = _combined(profile, said, turn)
    new_id = f"e{len(profile.entries) + 1}"
    kept: list[Entry] = []
    leftovers: list[tuple[Said, int]] = []
    for entry in profile.entries:
        if entry.status != "active":
            kept.append(entry)
            continue
        rest = remainder(entry.content, said, same_turn=entry.turn == turn)
        if rest is entry.content:
            kept.append(entry)
            continue
        kept.append(_changed(entry, status="superseded", superseded_by=new_id))
        if rest is not None:
            leftovers.append((rest, entry.said_in or entry.turn))
    kept.append(Entry(id=new_id, turn=turn, content=said))
    for rest, said_in in leftovers:
        kept.append(Entry(id=f"e{len(kept) + 1}", turn=turn, content=rest, said_in=said_in))
    return TasteProfile(entries=tuple(kept))


def _changed(entry: Entry, **fields: object) -> Entry:
    return entry.model_copy(update=fields)


def _combined(profile: TasteProfile, said: Said, turn: int) -> Said:
    """A new word together with what it continues: nudges add up, one breath is one limit."""
    for entry in profile.active:
        old = entry.content
        if isinstance(said, Nudge) and isinstance(old, Nudge) and said.quality == old.quality:
            if said.than is None and _one_way(old, said):
                said = said.model_copy(update={"amount": _bounded(old.amount + said.amount)})
        elif entry.turn == turn and isinstance(said, Anchor) and isinstance(old, Anchor):
            said = said.model_copy(update={"parts": (*old.parts, *said.parts)})
        elif entry.turn == turn and isinstance(said, LimitEdit) and isinstance(old, LimitEdit):
            said = _both_ends(old, said)
        elif isinstance(said, History) and isinstance(old, History):
            said = joined(old, said) if said.service == old.service else said
    return said


def _one_way(old: Nudge, new: Nudge) -> bool:
    """Whether a step goes on from another; a step back is one from the list that is shown."""
    return (old.amount > 0) == (new.amount > 0)


def _bounded(amount: float) -> float:
    return max(-4.0, min(4.0, amount))


def _both_ends(old: LimitEdit, new: LimitEdit) -> LimitEdit:
    """ "Over 80 but under 120 minutes" as one limit with two ends."""
    for kind, low, high in ((Years, "earliest", "latest"), (Runtime, "shortest", "longest")):
        if isinstance(old.limit, kind) and isinstance(new.limit, kind):
            ends = {**old.limit.model_dump(), **new.limit.model_dump(exclude_none=True)}
            bottom, top = ends[low], ends[high]
            if bottom is None or top is None or bottom <= top:
                return new.model_copy(update={"limit": kind.model_validate(ends)})
    return new


def root_turn(profile: TasteProfile, entry: Entry) -> int:
    """The turn that began a chain of nudges one way; the entry's own turn otherwise."""
    said = entry.content
    older = [
        each
        for each in profile.entries
        if each.superseded_by == entry.id
        and isinstance(said, Nudge)
        and isinstance(each.content, Nudge)
        and each.content.quality == said.quality
        and _one_way(each.content, said)
    ]
    return min([entry.turn, *(root_turn(profile, each) for each in older)])


def _undo(profile: TasteProfile, turns: int) -> TasteProfile:
    for _ in range(turns):
        changing = [e.turn for e in profile.entries if e.status != "undone" or e.dropped_in]
        changing += [e.dropped_in for e in profile.entries if e.dropped_in]
        if max(changing, default=0) <= 0:
            break
        profile = _without_turn(profile, max(changing))
    return profile


def _without_turn(profile: TasteProfile, turn: int) -> TasteProfile:
    """The profile as if one turn had not been; it must be the last that changed anything."""
    gone = {entry.id for entry in profile.entries if entry.turn == turn}
    return TasteProfile(entries=tuple(_before(entry, turn, gone) for entry in profile.entries))


def withdrawn(profile: TasteProfile, entry_ids: Collection[str]) -> TasteProfile:
    """The profile without entries that were taken back in another conversation.

    What they had taken the place of counts again. Entries that don't count stay as they are.
    """
    gone = {entry.id for entry in profile.active if entry.id in entry_ids}
    entries = tuple(_before(entry, None, gone) for entry in profile.entries)
    return TasteProfile(entries=entries) if gone else profile


def _before(entry: Entry, turn: int | None, gone: set[str]) -> Entry:
    if entry.id in gone:
        return _changed(entry, status="undone", superseded_by=None, dropped_in=None)
    if entry.superseded_by in gone or (entry.dropped_in == turn and turn is not None):
        return _changed(entry, status="active", superseded_by=None, dropped_in=None)
    return entry


def _drop(profile: TasteProfile, gone: Sequence[Entry], turn: int) -> TasteProfile:
    ids = {entry.id for entry in gone}
    return TasteProfile(
        entries=tuple(
            _changed(entry, status="undone", dropped_in=turn) if entry.id in ids else entry
            for entry in profile.entries
        )
    )


def _reset(profile: TasteProfile, reset: Reset) -> tuple[Entry, ...]:
    if reset.scope == "all":
        return profile.active
    return tuple(entry for entry in profile.active if not _lasts(entry.content))


def _lasts(said: Said) -> bool:
    """Whether an entry outlives tonight: taste, who is watching, and what must be spared."""
    if isinstance(said, Attitude):
        return said.feeling != "not_tonight"
    if isinstance(said, History):
        return True
    if isinstance(said, LimitEdit):
        return said.lasting or said.limit.limit in {"age", "ratings", "content"}
    return isinstance(said, Wish) and said.lasting


def forgotten(profile: TasteProfile, forget: Forget) -> tuple[Entry, ...]:
    """The active entries that a `Forget` means: by id, or the best matches of its words."""
    if forget.entry is not None:
        return tuple(entry for entry in profile.active if entry.id == forget.entry)
    return best_matches(profile.active, forget.about)


def diff(before: TasteProfile, after: TasteProfile) -> Difference:
    """What counts after that did not count before, and the other way round."""
    old = {entry.id: entry for entry in before.entries}
    was = {entry.id for entry in before.active}
    gone = [e for e in after.entries if e.id in was and e.status != "active"]
    return Difference(
        added=tuple(e for e in after.active if e.id not in old),
        restored=tuple(e for e in after.active if e.id in old and e.id not in was),
        replaced=tuple(e for e in gone if e.status == "superseded"),
        dropped=tuple(e for e in gone if e.status == "undone"),
    )
