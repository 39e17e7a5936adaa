"""From "the second one", "that Kurosawa" and "Dune" to items of the catalogue, never by guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..ingest.catalogue import Catalogue
from ..ingest.item import Item, fold
from ..ingest.titles import TitleMatch
from .edits import Anchor, AnchorPart, Attitude, Edit, ItemRef, Nudge
from .plan import Act, Tell, TurnPlan

MOST_CHOICES = 6
_CLOSE = 4.0
"""Points of `TitleMatch.score`: what lies nearer together than this is equally good."""
_YEARS_OFF = 1
"""People misremember a film's year by one; further off they mean another film."""


@dataclass(frozen=True)
class Unsettled:
    """An edit or act that waits for the user to say which item a name means."""

    what: Edit | Act
    name: str
    ids: tuple[str, ...]


@dataclass
class Resolved:
    """A plan whose items are known, and what could not be told or is not known."""

    edits: list[Edit] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    unsettled: list[Unsettled] = field(default_factory=list)


@dataclass(frozen=True)
class _Several:
    name: str
    ids: tuple[str, ...]


class Resolver:
    """Resolves references against a catalogue and the lists shown so far, oldest first.

    ``known`` are items that the conversation already speaks of: an ambiguous title means
    the one among them.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        shown: Sequence[Sequence[str]] = (),
        known: Iterable[str] = (),
    ) -> None:
        self._catalogue = catalogue
        self._shown = shown
        self._known = {*known, *(each for ids in shown for each in ids)}
        self._notices: list[str] = []

    def resolve(self, plan: TurnPlan) -> Resolved:
        """Resolve all items of a plan; nothing that names an unknown item is left in it."""
        done = Resolved()
        self._notices = done.notices
        anchor = _only_anchor(plan)
        for edit in plan.edits:
            self._edit(_against(edit, anchor), done)
        for act in plan.acts:
            self._act(act, done)
        done.notices[:] = dict.fromkeys(done.notices)
        return done

    def _edit(self, edit: Edit, done: Resolved) -> None:
        if isinstance(edit, Attitude):
            self._attitude(edit, done)
        elif isinstance(edit, Anchor):
            self._anchor(edit, done)
        elif isinstance(edit, Nudge) and edit.than is not None:
            than = self._one(edit.than)
            named = than if isinstance(than, ItemRef) else None
            done.edits.append(edit.model_copy(update={"than": named}))
        else:
            done.edits.append(edit)

    def _attitude(self, edit: Attitude, done: Resolved) -> None:
        found = self._one(edit.item)
        if isinstance(found, _Several):
            done.unsettled.append(Unsettled(edit, found.name, found.ids))
        elif found is not None:
            done.edits.append(edit.model_copy(update={"item": found}))

    def _anchor(self, edit: Anchor, done: Resolved) -> None:
        parts: list[AnchorPart] = []
        for part in edit.parts:
            found = self._one(part.item)
            if isinstance(found, _Several):
                done.unsettled.append(Unsettled(edit, found.name, found.ids))
                return
            if found is not None:
                parts.append(part.model_copy(update={"item": found}))
        if parts:
            done.edits.append(edit.model_copy(update={"parts": tuple(parts)}))

    def _act(self, act: Act, done: Resolved) -> None:
        if not isinstance(act, Tell) or not act.items:
            done.acts.append(act)
            return
        found = [self._one(item) for item in act.items]
        several = next((each for each in found if isinstance(each, _Several)), None)
        items = tuple(each for each in found if isinstance(each, ItemRef))
        if several is not None:
            done.unsettled.append(Unsettled(act, several.name, several.ids))
        elif items:
            done.acts.append(act.model_copy(update={"items": items}))

    def _one(self, ref: ItemRef) -> ItemRef | _Several | None:
        """The item meant, several that may be meant, or None with a notice."""
        if ref.id is not None:
            return self._by_id(ref.id)
        if ref.position is not None:
            return self._by_position(ref.position)
        if ref.title:
            return self._by_title(ref.title, ref.year)
        if ref.person:
            return self._by_person(ref.person)
        return None

    def _by_id(self, item_id: str) -> ItemRef | None:
        item = self._catalogue.get([item_id]).get(item_id)
        if item is None:
            self._notices.append(f"The catalogue has no item with the id {item_id!r}.")
            return None
        return reference(item)

    def _by_position(self, position: int) -> ItemRef | None:
        last = self._shown[-1] if self._shown else ()
        if not last:
            self._notices.append("There is no list yet to count in.")
            return None
        if position == 0 or abs(position) > len(last):
            films = "1 film" if len(last) == 1 else f"{len(last)} films"
            self._notices.append(f"The last list had {films}, so there is no number {position}.")
            return None
        return self._by_id(last[position - 1 if position > 0 else position])

    def _by_person(self, person: str) -> ItemRef | _Several | None:
        asked = set(fold(person).split())
        for ids in reversed(self._shown):
            items = self._catalogue.get(ids)
            meant = [i for i in ids if i in items and asked and _has_person(items[i], asked)]
            if len(meant) == 1:
                return reference(items[meant[0]])
            if meant:
                return _Several(person, tuple(meant[:MOST_CHOICES]))
        self._notices.append(f"None of the films shown so far has {person} in it.")
        return None

    def _by_title(self, title: str, year: int | None) -> ItemRef | _Several | None:
        matches = _best(self._catalogue.find(title, year), year)
        known = [match for match in matches if match.id in self._known]
        chosen = known if len(known) == 1 else matches
        if len(chosen) == 1:
            return ItemRef(id=chosen[0].id, title=chosen[0].title, year=chosen[0].year)
        if chosen:
            ids = tuple(match.id for match in chosen[:MOST_CHOICES])
            return _Several(title, ids)
        called = f"“{title}” ({year})" if year else f"“{title}”"
        self._notices.append(f"I don't have {called} in the catalogue, so I've left it aside.")
        return None


def reference(item: Item) -> ItemRef:
    """A resolved reference, with the catalogue's title and year."""
    return ItemRef(id=item.id, title=item.title, year=item.year)


def choice_label(item: Item) -> str:
    """An item as a choice: ``Dune (1984, David Lynch)``."""
    facts = [str(item.year)] if item.year else []
    facts += [item.directors[0]] if item.directors else []
    return f"{item.title} ({', '.join(facts)})" if facts else item.title


def _best(matches: Sequence[TitleMatch], year: int | None) -> list[TitleMatch]:
    """The matches that are equally good, best known first."""
    if year is not None:
        near = [m for m in matches if m.year is not None and abs(m.year - year) <= _YEARS_OFF]
        same = [m for m in near if m.year == year]
        matches = same or near
    exact = [match for match in matches if match.exact]
    top = max((match.score for match in matches), default=0.0)
    best = exact or [match for match in matches if match.score > top - _CLOSE]
    return sorted(best, key=lambda match: (-match.popularity, match.id))


def _has_person(item: Item, asked: set[str]) -> bool:
    return any(asked <= set(fold(name).split()) for name in (*item.directors, *item.cast))


def _only_anchor(plan: TurnPlan) -> ItemRef | None:
    """The single item that a message compares with: "like Heat but funnier" means than Heat."""
    parts = [part for edit in plan.edits if isinstance(edit, Anchor) for part in edit.parts]
    return parts[0].item if len(parts) == 1 and parts[0].weight > 0 else None


def _against(edit: Edit, anchor: ItemRef | None) -> Edit:
    if isinstance(edit, Nudge) and edit.than is None and anchor is not None:
        return edit.model_copy(update={"than": anchor})
    return edit
