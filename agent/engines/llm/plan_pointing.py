"""Whether the message really points at the film that a model's plan speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ....ingest.catalogue import Catalogue
from ....ingest.everyday import EVERYDAY
from ....ingest.item import Item, fold
from ...edits import ItemRef
from ..base import Turn
from ..reading.carriers import CARRIERS
from ..reading.places import NUMBERS, ORDINALS
from ..reading.read import mentioned
from ..reading.words import KNOWN, ORDINARY
from .plan_evidence import Evidence, plain
from .plan_refs import key_of

_IT = re.compile(
    r"\b(?:it|its|it's|that|that's|this|same|one|film|movie|him|her|yes|yeah|ok|okay)\b"
)
_GROUP = re.compile(
    r"\b(?:all|both|them|these|those|they|others|rest|(?:n?either|none|every|any|each)(?: one)? of"
    r"|(?:first|last|other|top|bottom|these|those|the) (?:two|three|four|few|couple)|except|em)\b"
)
_DESCRIBED = re.compile(
    r"\b(?:the|that|this|your)\b(?: [\w'-]+){0,4} (?:one|film|movie|pick|guy)\b"
)
_WHICH = re.compile(
    r"\b(?:what(?:'?s| is| was)?|name of|called|remember|looking for)\b[^.?!]{0,12}"
    r"\b(?:the|that|this) (?:(?!best|most|least|other|next|first|last|\w+est\b)[\w'-]+ ){0,3}"
    r"(?:one|film|movie|flick)\b"
    r"[^.?!]{0,12}\b(?:where|with|about|that|in which|when|who)\b"
)
_FOCUS = 1
"""The place that "it" means when no film was spoken of since the last list."""


@dataclass(frozen=True)
class Pointing:
    """Judges references; ``agreed`` has those of the builtin reading by their keys."""

    turn: Turn
    catalogue: Catalogue
    evidence: Evidence
    agreed: Mapping[str, ItemRef]
    said: tuple[str, ...] = ()
    """The words by which the builtin reading speaks of films; one without words is a question."""

    def backed(self, ref: ItemRef, words: str) -> ItemRef | None:
        """The reference as far as the message backs it, or None.

        A year that was not said is taken off: which of several films is meant is asked, not
        guessed. The title of a shown film that was only pointed at becomes its place.
        """
        if ref.title is not None:
            return self._titled(ref, words)
        if ref.person is not None:
            named = self.evidence.names(ref.person.split()[-1]) if ref.person.split() else False
            return ref if named else None
        return ref if self._pointed(ref, words) else None

    @property
    def describes(self) -> bool:
        """Whether the message asks which film it describes."""
        return _WHICH.search(self.evidence.flat) is not None

    def recognised(self, ref: ItemRef) -> ItemRef | None:
        """A film that the message only describes, "the one where Tom Hanks talks to a ball".

        A model may know it by that; the catalogue has to have it, with everybody named in it.
        """
        if ref.title is None or not self.describes:
            return None
        ids = [match.id for match in self.catalogue.find(ref.title, ref.year) if match.exact]
        items = list(self.catalogue.get(ids).values())
        named = self.catalogue.people.person_mentions(self.evidence.message)
        people = {fold(match.name) for each in named if each.full for match in each.matches}
        if len(items) != 1 or not people <= {fold(who) for who in makers_of(items[0])}:
            return None
        return ItemRef(title=items[0].title, year=items[0].year)

    def _key(self, ref: ItemRef) -> str:
        return key_of(ref, self.turn, self.catalogue)

    @cached_property
    def _last(self) -> tuple[str, ...]:
        return self.turn.shown[-1] if self.turn.shown else ()

    def _pointed(self, ref: ItemRef, words: str) -> bool:
        """Whether there is a word for this place, or for "it", in the message.

        Of two readings that point somewhere the builtin one is believed: it counts better.
        """
        key = self._key(ref)
        if key in self.agreed or not self.evidence.ruled:
            return key in self.agreed or self.evidence.quote(words) is not None
        if self._places_read(words):
            return False
        place = ref.position if ref.position is not None else self._place_of(ref.id)
        flat = self.evidence.flat
        spoken = ref.id is not None or place == _FOCUS
        return (
            (place is not None and self._counted(place))
            or (spoken and _IT.search(flat) is not None)
            or _GROUP.search(flat) is not None
            or _DESCRIBED.search(flat) is not None
        )

    def _places_read(self, words: str) -> bool:
        """Whether the builtin reading points at films of the last list by these words."""
        if not self.agreed.keys() & set(self._last):
            return False
        place = self.evidence.place(words)
        places = [self.evidence.place(each) for each in self.said]
        apart = place is not None and None not in places and bool(places)
        return not apart or any(p and p[0] < place[1] and place[0] < p[1] for p in places if place)

    def _place_of(self, item_id: str | None) -> int | None:
        return self._last.index(item_id) + 1 if item_id in self._last else None

    def _counted(self, place: int) -> bool:
        """Whether a word of the message counts to this place."""
        size = len(self._last)
        names = {place, place - size - 1 if place > 0 else place + size + 1}
        words = [w for w, n in (*ORDINALS.items(), *NUMBERS.items()) if n in names]
        found = re.search(
            rf"(?<!\w)#?(?:{'|'.join(map(re.escape, words))})(?!\w)", self.evidence.flat
        )
        return bool(words) and found is not None

    def _titled(self, ref: ItemRef, words: str) -> ItemRef | None:
        title = ref.title or ""
        key = self._key(ref)
        year = ref.year if ref.year and str(ref.year) in self.evidence.flat else None
        if key in self.agreed:
            found = self.agreed[key]
            return found.model_copy(update={"year": found.year or (found.title and year)})
        if key in self._mentioned or self._named(title):
            return ref.model_copy(update={"year": year})
        if key in self._last:
            place = ItemRef(position=self._last.index(key) + 1)
            return place if self._pointed(place, words) else None
        if key in self.turn.focus and _IT.search(self.evidence.flat):
            return ItemRef(id=key)
        told = plain(title) and self._translated(words)
        return ref.model_copy(update={"year": year}) if told else None

    @cached_property
    def _mentioned(self) -> frozenset[str]:
        """Keys of the films that the builtin reading sees named."""
        turn = Turn(self.evidence.message, self.turn.number, self.turn.profile)
        refs = mentioned(turn, self.catalogue)
        ids = {item_id for _, ids in refs for item_id in ids}
        return frozenset(ids | {self._key(ref) for ref, _ in refs})

    def _named(self, title: str) -> bool:
        """Whether a title stands in the message and is no everyday word there."""
        names = {title, *self._also_called(title)}
        return any(self.evidence.names(name) and self._as_title(name) for name in names)

    def _also_called(self, title: str) -> set[str]:
        """The other titles of the one film that is called so."""
        ids = [match.id for match in self.catalogue.find(title) if match.exact][:1]
        items = self.catalogue.get(ids).values()
        return {name for item in items for name in (item.title, *item.alternative_titles)}

    def _as_title(self, name: str) -> bool:
        words = re.findall(r"[^\W_]+", name.lower())
        if not all(any(w in table for table in _WORDS) for w in words):
            return True
        place = self.evidence.place(name)
        if place is None:
            return False
        said = self.evidence.message[slice(*place)]
        before = self.evidence.message[: place[0]].rstrip()
        quoted = before[-1:] in {'"', "“", "'", "‘", "*", "«", "„"}
        inside = before != "" and before[-1] not in ".!?\n"
        return quoted or (inside and said[:1].isupper() and not self.evidence.message.isupper())

    def _translated(self, words: str) -> bool:
        """Whether a name in another language was quoted, which only the model can know."""
        if self.evidence.ruled:
            return False
        found = self.evidence.quote(words) or ""
        return any(letter.isupper() or ord(letter) > 0x24F for letter in found[1:])


def makers_of(item: Item) -> tuple[str, ...]:
    """Who directed an item and who plays in it."""
    return (*item.directors, *item.cast)


_WORDS = (EVERYDAY, CARRIERS, KNOWN, ORDINARY)
