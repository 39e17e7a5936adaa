"""What the last list of a conversation was chosen from, to be looked at as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..ingest.catalogue import Catalogue
from ..ingest.item import Item
from ..tools.query import Query
from ..tools.rank import RankedItem
from ..tools.reasons import reason
from ..tools.retrieve import assess, liked_items
from .kept import Kept
from .picks import pick_of
from .reply import Pick


@dataclass(frozen=True)
class LastList:
    """The last list: what was shown, and all that it was chosen from.

    ``items`` has first what was shown, in that order, then the other candidates, best first.
    """

    items: tuple[Item, ...] = ()
    shown: tuple[Pick, ...] = ()
    query: Query = field(default_factory=Query)

    def pick(self, catalogue: Catalogue, item_id: str) -> Pick | None:
        """One of the items as a pick: with the reason it was shown with, or one made for it."""
        for pick in self.shown:
            if pick.id == item_id:
                return pick
        for item in self.items:
            if item.id == item_id:
                why = reason(item, self.query, liked_items(catalogue, self.query)).text
                scores = dict(assess(catalogue, self.query, [item])[0].scores)
                return pick_of(item, RankedItem(id=item_id, reason=why, scores=scores))
        return None


def last_list(kept: Kept, catalogue: Catalogue) -> LastList:
    """The last list of a conversation; empty where there was none.

    What is no longer in the catalogue is left out.
    """
    state, listed = kept.state, [reply for reply in kept.replies if reply.picks]
    if not listed:
        return LastList()
    shown = listed[-1].picks
    ids = [*(pick.id for pick in shown), *(each["id"] for each in state.get("candidates", []))]
    found = catalogue.get(dict.fromkeys(ids))
    return LastList(
        items=tuple(found[item_id] for item_id in dict.fromkeys(ids) if item_id in found),
        shown=tuple(pick for pick in shown if pick.id in found),
        query=Query.model_validate(state.get("query") or {}),
    )
