"""Lays a model's edits and the builtin reading of the same message together.

Where the rules can read a message they are measured and a small model is not, so of one matter
(an item, a genre, the years, a quality) the builtin edit stands: numbers, negation and feelings
are what small models get wrong. A model adds what the rules passed over, and says better what
they would only have searched for as text. Where the rules can't read (another language, words
they don't know) it is the other way round, and the builtin reading only adds bounds in numbers
and plain feelings that the model missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ....ingest.catalogue import Catalogue
from ....ingest.item import fold
from ....ingest.limits import Genres, People
from ...edits import Anchor, Attitude, Edit, LimitEdit, Nudge, Weigh, Wish
from ...plan import TurnPlan
from ..base import Turn
from ..reading.message import Message
from ..reading.negation import polarity
from .plan_doubts import Doubts, loose
from .plan_evidence import Evidence
from .plan_matters import PLAIN_FEELINGS, matters_of, typed
from .plan_refs import key_of
from .plan_wishes import axes_of

Place = tuple[int, int]
_INSIDE = 0.8
"""Share of a wish's words from which it only repeats what a limit or nudge says."""
_IN_NUMBERS = frozenset({"years", "length", "age"})
_MOST_MOODS = 5


@dataclass
class Merge:
    """Two readings of one message on their way to one; ``remarks`` say what was set right."""

    turn: Turn
    catalogue: Catalogue
    evidence: Evidence
    builtin: TurnPlan
    remarks: list[str] = field(default_factory=list)

    @property
    def doubts(self) -> Doubts:
        """Where the builtin reading only guessed."""
        return Doubts(self.turn, self.catalogue, self.evidence, self.builtin)

    def merged(self, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """One list, in the order of the message, from the model's edits that the message backs."""
        both = self._ruled(edits) if self.evidence.ruled else self._led(edits)
        placed = sorted(both, key=self._order)
        unique = {edit.model_dump_json(exclude={"words"}): edit for edit in reversed(placed)}
        return tuple(reversed(unique.values()))

    def _order(self, edit: Edit) -> int:
        place = self.evidence.place(edit.words)
        return place[0] if place else len(self.evidence.message)

    def _matters(self, edit: Edit) -> frozenset[str]:
        return matters_of(edit, self.turn, self.catalogue)

    # --- a message that the rules can't read --------------------------------------------------

    def _led(self, edits: Sequence[Edit]) -> list[Edit]:
        """The model's edits, with the numbers and plain feelings that it missed."""
        spoken = {matter for edit in edits for matter in self._matters(edit)}
        added = [
            edit
            for edit in self.builtin.edits
            if not self._matters(edit) & spoken
            and self._certain(edit)
            and not self._covered(edit, edits)
        ]
        self._note("added from the builtin reading", added)
        return [*edits, *added]

    def _certain(self, edit: Edit) -> bool:
        if isinstance(edit, Attitude):
            return edit.feeling in PLAIN_FEELINGS
        return isinstance(edit, LimitEdit) and self._matters(edit) <= _IN_NUMBERS

    # --- a message that the rules can read ----------------------------------------------------

    def _ruled(self, edits: Sequence[Edit]) -> list[Edit]:
        """The builtin edits, with the model's on matters that these don't touch."""
        rules = self.doubts.sure(edits)
        settled = {matter for edit in rules for matter in self._matters(edit)}
        kept: list[Edit] = []
        used: list[Wish] = []
        for edit in edits:
            if isinstance(edit, Wish):
                kept += self._wish(edit, used)
            else:
                kept += self._beside(edit, settled)
        heard = [edit for edit in edits if not self._lumps(edit)]
        unread = frozenset(self.builtin.unread) if kept else frozenset()
        added = [
            edit
            for edit in rules
            if self._wanted(edit, used, kept, heard) and not _text_in(edit, unread)
        ]
        spoken = {matter for edit in edits for matter in self._matters(edit)}
        self._note("added", [e for e in added if not self._matters(e) <= spoken])
        return [*kept, *added]

    def _beside(self, edit: Edit, settled: set[str]) -> list[Edit]:
        """What of an edit the builtin reading has not settled."""
        if self.doubts.misread(edit):
            return []
        if not self._matters(edit) & settled:
            return [] if isinstance(edit, Nudge) and self._nudged(edit) else [edit]
        if isinstance(edit, Anchor):
            parts = [p for p in edit.parts if f"item:{self._key(p.item)}" not in settled]
            return [edit.model_copy(update={"parts": tuple(parts)})] if parts else []
        if isinstance(edit, LimitEdit) and isinstance(edit.limit, (Genres, People)):
            return self._names_left(edit, settled)
        return []

    def _nudged(self, nudge: Nudge) -> bool:
        """Whether the rules read the same words as more or less of another quality."""
        place = self.evidence.place(nudge.words)
        others = [edit for edit in self.builtin.edits if isinstance(edit, Nudge)]
        return place is not None and any(self._touch(other, place) for other in others)

    def _key(self, ref: Any) -> str:
        return key_of(ref, self.turn, self.catalogue)

    def _names_left(self, edit: LimitEdit, settled: set[str]) -> list[Edit]:
        limit: Any = edit.limit
        sort = "genre" if isinstance(limit, Genres) else "person"
        left = {
            name: tuple(n for n in getattr(limit, name) if f"{sort}:{fold(n)}" not in settled)
            for name in ("all_of", "any_of", "none_of")
        }
        if not any(left.values()):
            return []
        return [edit.model_copy(update={"limit": limit.model_copy(update=left)})]

    def _wish(self, wish: Wish, used: list[Wish]) -> list[Edit]:
        """A model's wish beside the builtin ones on the same words; ``used`` gathers these."""
        place = self.evidence.place(wish.words)
        if place is None:
            return [wish]
        near = [w for w in self.builtin.edits if isinstance(w, Wish) and self._touch(w, place)]
        read = _nearest(wish, [each for each in near if typed(each)])
        if not read:
            if self._repeats(place) or self._lumps(wish):
                return []
            used += near
            return [self._turned(_whole_text(wish, near), near, place)]
        if len({each.avoid for each in read}) > 1 or any(each in used for each in read):
            return []
        used += [each for each in near if each in read or not typed(each)]
        return [_joined(wish, read)]

    def _touch(self, edit: Edit, place: Place) -> bool:
        other = self.evidence.place(edit.words)
        return other is not None and other[0] < place[1] and place[0] < other[1]

    def _repeats(self, place: Place) -> bool:
        """Whether a wish's words are those of a builtin limit, nudge or weight."""
        covered = [False] * (place[1] - place[0])
        for edit in self.builtin.edits:
            other = self.evidence.place(edit.words)
            if other is None or not isinstance(edit, (LimitEdit, Nudge, Weigh)):
                continue
            for at in range(max(place[0], other[0]), min(place[1], other[1])):
                covered[at - place[0]] = True
        return sum(covered) >= _INSIDE * max(1, len(covered))

    def _lumps(self, edit: Edit) -> bool:
        """Whether a model's wish is one for all that the rules read part by part."""
        place = self.evidence.place(edit.words)
        if not isinstance(edit, Wish) or place is None:
            return False
        return sum(self._touch(each, place) for each in self._read) > 1

    def _turned(self, wish: Wish, loose: Sequence[Wish], place: Place) -> Wish:
        """The wish with the sign that the rules read: small models overlook a "not"."""
        avoid = loose[0].avoid if loose else wish.avoid
        if not loose:
            message = Message.of(self.evidence.message)
            avoid = wish.avoid or polarity(message, *place).against
        if avoid == wish.avoid:
            return wish
        self.remarks.append(f"turned round {wish.text!r}")
        axes = {} if avoid else axes_of(wish.moods)
        return wish.model_copy(update={"avoid": avoid, "axes": axes})

    def _wanted(
        self, edit: Edit, used: Sequence[Wish], kept: Sequence[Edit], heard: Sequence[Edit]
    ) -> bool:
        """Whether a builtin edit joins in: not what the model said better, nor stray words.

        ``heard`` has the model's edits, replaced or not: their words were understood.
        """
        if not isinstance(edit, Wish):
            return True
        if edit in used:
            return False
        if typed(edit) or not heard:
            return True
        if not loose(edit):
            return not self._covered(edit, kept)
        told = self._covered(edit, heard) and not self._covered(edit, self._read)
        return not (told or self.doubts.stray(edit))

    @property
    def _read(self) -> list[Edit]:
        """What rules read; what they left over inside of that they left on purpose."""
        return [edit for edit in self.builtin.edits if not loose(edit)]

    def _covered(self, edit: Edit, others: Sequence[Edit]) -> bool:
        """Whether other edits rest on some of the same words."""
        place = self.evidence.place(edit.words)
        return place is not None and any(self._touch(each, place) for each in others)

    def _note(self, what: str, edits: Iterable[Edit]) -> None:
        self.remarks += [f"{what}: {edit.edit} {edit.words!r}" for edit in edits]


def _text_in(edit: Edit, texts: frozenset[str]) -> bool:
    return isinstance(edit, Wish) and edit.text in texts


def _nearest(wish: Wish, read: Sequence[Wish]) -> Sequence[Wish]:
    """Of several builtin wishes on the same words those that say the same, if some do."""
    same = [w for w in read if set(w.moods) & set(wish.moods) or set(w.genres) & set(wish.genres)]
    return [w for w in read if fold(w.text) == fold(wish.text)] or same or read


def _whole_text(wish: Wish, loose: Sequence[Wish]) -> Wish:
    """The wish with the text the rules would search for, where the model only shortened it."""
    longer = [w for w in loose if fold(wish.text) in fold(w.text) and not typed(wish)]
    return wish.model_copy(update={"text": longer[0].text}) if longer else wish


def _joined(wish: Wish, read: Sequence[Wish]) -> Wish:
    """A model's wish with what the builtin ones on the same words were read as.

    Its own tags are kept where they don't pull an axis the other way.
    """
    moods = tuple(dict.fromkeys(mood for each in read for mood in each.moods))
    axes = {axis: degree for each in reversed(read) for axis, degree in each.axes.items()}
    own = axes_of(wish.moods)
    torn = any((own[axis] - 2) * (degree - 2) < 0 for axis, degree in axes.items() if axis in own)
    more = () if torn else wish.moods
    first = read[0]
    return wish.model_copy(
        update={
            "avoid": first.avoid,
            "dimension": first.dimension if first.dimension != "overall" else wish.dimension,
            "moods": tuple(dict.fromkeys((*moods, *more)))[:_MOST_MOODS],
            "axes": axes,
            "genres": tuple(dict.fromkeys(g for w in (*read, wish) for g in w.genres)),
            "people": tuple(dict.fromkeys(p for w in (*read, wish) for p in w.people)),
            "text": first.text if len(read) == 1 or torn else wish.text,
            "embed": any(each.embed for each in read),
            "strength": max(each.strength for each in read),
            "lasting": any(each.lasting for each in read),
        }
    )
