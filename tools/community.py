"""What people of like taste say: the ratings of many as one more signal.

It speaks for a profile of any size, from one favourite on. Where no ratings were ingested it is
silent, and the catalogue's kindred lists alone say what the same people love.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..ingest.catalogue import Catalogue
from ..ingest.community import Model, community_of
from ..ingest.item import Item
from .query import Query

# How many of the items that speak most to such people are looked at, whatever a search finds.
REACH = 60
# In strongest neighbours of a middling item: so many favourites' worth begin to be enough.
_ENOUGH = 3.0


def community(catalogue: Catalogue, query: Query, items: Sequence[Item]) -> Sequence[float]:
    """What the ratings say of each item, -1 to 1, 0 where they say nothing; empty without any.

    Args:
        catalogue: whose ratings.
        query: its favourites, anchors and dislikes count, as far as they are meant as a whole.
        items: the candidates.
    """
    model = community_of(catalogue)
    likes = _whole(query)
    if model is None or not likes:
        return ()
    said = _bounded(model, likes)
    places = [model.places.get(item.id) for item in items]
    return [float(said[place]) if place is not None else 0.0 for place in places]


def rated(catalogue: Catalogue, query: Query) -> frozenset[str]:
    """The ids among the favourites that the ratings tell of."""
    model = community_of(catalogue)
    return frozenset(_whole(query)) & model.places.keys() if model else frozenset()


def favourites_of_fans(catalogue: Catalogue, query: Query) -> dict[str, None]:
    """Ids of what speaks most to people of like taste, strongest first, at most `REACH`."""
    model = community_of(catalogue)
    likes = _whole(query)
    if model is None or not any(weight > 0 for weight in likes.values()):
        return {}
    said = _bounded(model, likes)
    best = np.argsort(-said, kind="stable")[:REACH]
    return {model.names[place]: None for place in best if said[place] > 0}


def with_fans(catalogue: Catalogue, items: Mapping[str, Item]) -> dict[str, Item]:
    """Items whose kindred lists name, after the authored ones, what the same people love."""
    model = community_of(catalogue)
    if model is None:
        return dict(items)
    return {name: _with_fans(item, model.akin(name)) for name, item in items.items()}


def _with_fans(item: Item, akin: Sequence[str]) -> Item:
    kindred = tuple(dict.fromkeys((*item.kindred, *akin)))
    return item if kindred == item.kindred else item.model_copy(update={"kindred": kindred})


def _whole(query: Query) -> Mapping[str, float]:
    return {like.id: like.weight for like in query.likes if like.dimension == "overall"}


def _bounded(model: Model, likes: Mapping[str, float]) -> NDArray[np.float32]:
    """What the model says, -1 to 1: the strongest neighbour of one favourite is about a third."""
    return np.asarray(np.tanh(model.scores(likes) / _ENOUGH))
