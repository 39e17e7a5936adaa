"""What a conversation knows of films, as words that stand beside their posters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ....ingest.item import Item
from ....ingest.limits import Limit
from ...edits import Attitude, History, LimitEdit
from ...profile import TasteProfile

_SAYS = {
    "loved": "you love it",
    "liked": "you like it",
    "disliked": "not for you",
    "seen": "seen",
    "interested": "you want to see it",
    "not_tonight": "not tonight",
}


@dataclass(frozen=True)
class Marks:
    """What is known of films by id, in a few words, and the limits that hold."""

    known: Mapping[str, str] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()

    def of(self, item: Item) -> str:
        """What to say beside an item; nothing where nothing is known."""
        beyond = not all(limit.allows(item) for limit in self.limits)
        return self.known.get(item.id, "outside your limits" if beyond else "")


NO_MARKS = Marks()


def marks_of(profile: TasteProfile) -> Marks:
    """The marks that a profile makes; the latest word on a film stands."""
    said = [entry.content for entry in profile.active]
    known = {
        key: _SAYS[feeling]
        for each in said
        if isinstance(each, History)
        for key, feeling in each.feelings().items()
    }
    known |= {
        each.item.id: _SAYS[each.feeling]
        for each in said
        if isinstance(each, Attitude) and each.item.id is not None
    }
    return Marks(known, tuple(each.limit for each in said if isinstance(each, LimitEdit)))
