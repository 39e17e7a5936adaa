"""What the last list of a conversation was chosen from, to be looked at as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..ingest.catalogue import Catalogue
from ..ingest.item import Item
from ..tools.query import Query
from ..tools.rank import RankedItem
from ..tools.reasons import reason
from ..tools.retrieve import assess, liked_items
from ..tools.scoring import Candidate
from .picks import pick_of
from .reply import Pick, Reply
from .state import State


@dataclass(frozen=True)
class LastList:
    """The last list and its candidates, best first, with their scores for its query.

    ``shown`` has the picks in the order in which they were shown; each is among the candidates.
    ``known`` has the films that the query names, by id.
    """

    candidates: tuple[Candidate, ...] = ()
    shown: tuple[Pick, ...] = ()
    query: Query = field(default_factory=Query)
    known: Mapping[str, Item] = field(default_factory=dict)

    def pick(self, item_id: str) -> Pick | None:
        """A candidate as a pick: with the reason it was shown with, or one made for it."""
        for pick in self.shown:
            if pick.id == item_id:
                return pick
        for candidate in self.candidates:
            if candidate.id == item_id:
                why = reason(candidate.item, self.query, self.known).text
                scores = dict(candidate.scores)
                return pick_of(candidate.item, RankedItem(id=item_id, reason=why, scores=scores))
        return None


def last_list(state: State, catalogue: Catalogue) -> LastList:
    """The last list of a conversation; empty where there was none."""
    listed = [reply for reply in state["replies"] if reply["picks"]]
    if not listed:
        return LastList()
    shown = Reply.model_validate(listed[-1]).picks
    query = Query.model_validate(state.get("query") or {})
    ids = [*(pick.id for pick in shown), *(each["id"] for each in state.get("candidates", []))]
    items = list(catalogue.get(dict.fromkeys(ids)).values())
    return LastList(
        candidates=tuple(assess(catalogue, query, items)),
        shown=tuple(pick for pick in shown if pick.id in {item.id for item in items}),
        query=query,
        known=liked_items(catalogue, query),
    )
