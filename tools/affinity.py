"""What two items have in common beyond their vectors: who loves both, and what both are about."""

from __future__ import annotations

from ..ingest.item import Item

# A kindred list is best first; its last entries still say much.
_FADE = 0.05


def kinship(liked: Item, item: Item) -> float:
    """How strongly people who love one love the other, 0 to 1, by the items' kindred lists.

    Being on the favourite's list counts most, having it on one's own list nearly as much;
    lists that overlap are a weaker sign.
    """
    named = _listed(liked, item.id)
    naming = 0.8 * _listed(item, liked.id)
    shared = len(set(liked.kindred) & set(item.kindred))
    return min(1.0, 0.75 * max(named, naming) + 0.25 * min(named, naming) + 0.08 * shared)


def _listed(owner: Item, other: str) -> float:
    if other not in owner.kindred:
        return 0.0
    return 1.0 - _FADE * owner.kindred.index(other)
