"""A query as signals: probes to search with, each knowing what it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..ingest.catalogue import Catalogue, Probe, Space
from ..ingest.embedding import TEXT_SPACES
from ..ingest.item import AXES, DIMENSIONS, AxisName, Dimension, Item, MoodTag
from ..ingest.traits import aim
from .implied import implied_axes, implied_genres
from .query import Like, Query, TextWish
from .weights import FULL_LIKES, OVERALL_LIKE, OVERALL_TEXT, TEXT, TRAITS_OF_MOOD

Speaks = Literal["like", "text", "traits"]


@dataclass(frozen=True)
class Signal:
    """One probe and its meaning.

    ``dimension`` is the one it speaks of for display (``None``: all of them); ``weight`` is how
    much it counts in the score, negative to push away. Signals with the same ``like`` describe
    one favourite as a whole and are scored together.
    """

    probe: Probe
    speaks: Speaks
    dimension: Dimension | None
    weight: float
    like: str | None = None
    source: str | None = None


def signals(catalogue: Catalogue, query: Query, known: Mapping[str, Item]) -> list[Signal]:
    """All probes of a query.

    Args:
        catalogue: where vectors come from.
        query: what is wished.
        known: the liked items by id; likes of others are left out.
    """
    likes = [like for like in query.likes if like.id in known and like.weight]
    found = [
        *_dimension_likes(catalogue, query, likes, known),
        *_whole_likes(catalogue, query, likes, known),
        *_texts(catalogue, query),
        *_traits(query),
    ]
    return [signal for signal in found if signal.weight]


def _signal(  # noqa: PLR0917
    space: Space,
    vector: object,
    weight: float,
    speaks: Speaks,
    dimension: Dimension | None,
    like: str | None = None,
) -> Signal:
    return Signal(Probe(space, vector, weight), speaks, dimension, weight, like)  # type: ignore[arg-type]


def _importance(query: Query, dimension: Dimension | None) -> float:
    """How much a dimension counts, 1 where nothing was said."""
    return 1.0 if dimension is None else query.weights.get(dimension, 1.0)


def _dimension_likes(
    catalogue: Catalogue, query: Query, likes: Sequence[Like], known: Mapping[str, Item]
) -> Iterable[Signal]:
    for dimension in DIMENSIONS:
        chosen = [like for like in likes if like.dimension == dimension]
        vectors = catalogue.vectors([like.id for like in chosen], dimension)
        for like in chosen:
            weight = like.weight * _importance(query, dimension)
            share = TRAITS_OF_MOOD if dimension == "mood" else 0.0
            if like.id in vectors:
                probe = Probe(dimension, vectors[like.id], weight * (1 - share))
                yield Signal(probe, "like", dimension, probe.weight, source=like.id)
            if share and like.weight > 0:
                aimed = traits_like(known[like.id])
                yield _signal("traits", aimed, weight * share, "like", dimension)


def traits_like(item: Item) -> object:
    """An aim at the mood tags and axes of an item, as a vector of the traits space."""
    moods: dict[MoodTag, float] = dict.fromkeys(item.mood_tags, 1.0)
    axes: dict[AxisName, tuple[float, float]] = {}
    if item.axes is not None:
        axes = {axis: (float(item.axes.of(axis)), 1.0) for axis in AXES}
    return aim(moods, axes)


def _whole_likes(
    catalogue: Catalogue, query: Query, likes: Sequence[Like], known: Mapping[str, Item]
) -> Iterable[Signal]:
    whole = [like for like in likes if like.dimension == "overall"]
    wanted = sorted((like for like in whole if like.weight > 0), key=lambda x: -x.weight)
    full = {like.id for like in wanted[:FULL_LIKES]}
    ids = [like.id for like in whole]
    vectors = {space: catalogue.vectors(ids, space) for space in TEXT_SPACES}
    for like in whole:
        if like.id not in full:
            yield from _shallow(vectors["overall"], like)
            continue
        for space, share in OVERALL_LIKE.items():
            weight = like.weight * share * _importance(query, _dimension_of(space))
            if space == "traits":
                yield _signal(space, traits_like(known[like.id]), weight, "like", "mood", like.id)
            elif like.id in vectors[space]:
                vector = vectors[space][like.id]
                yield _signal(space, vector, weight, "like", _dimension_of(space), like.id)


def _shallow(vectors: Mapping[str, object], like: Like) -> Iterable[Signal]:
    """A dislike, or a favourite beyond the strongest few, by its overall vector alone."""
    if like.id in vectors:
        grouped = like.id if like.weight > 0 else None
        yield _signal("overall", vectors[like.id], like.weight, "like", None, grouped)


def _dimension_of(space: Space) -> Dimension | None:
    return next((dimension for dimension in DIMENSIONS if dimension == space), None)


def _texts(catalogue: Catalogue, query: Query) -> Iterable[Signal]:
    for space in TEXT_SPACES:
        shares = [(wish, _share(wish, space)) for wish in query.texts]
        asked = [(wish, share) for wish, share in shares if share]
        if not asked:
            continue
        vectors = catalogue.embed([wish.text for wish, _ in asked], space)
        dimension = _dimension_of(space)
        for (wish, share), vector in zip(asked, vectors, strict=True):
            weight = TEXT * wish.weight * share * _importance(query, dimension)
            yield _signal(space, vector, weight, "text", dimension)


def _share(wish: TextWish, space: Space) -> float:
    """How much of a text's weight goes to one space."""
    if wish.dimension == "overall":
        return OVERALL_TEXT.get(space, 0.0)
    return 1.0 if wish.dimension == space else 0.0


def _traits(query: Query) -> Iterable[Signal]:
    """Moods and axes as one probe, weighing more the more was said.

    Where moods are only to be avoided, the probe is what has them, and pushes away.
    """
    if not (query.moods or query.axes):
        return
    moods: dict[MoodTag, float] = {}
    for wish in query.moods:
        moods[wish.tag] = moods.get(wish.tag, 0.0) + wish.weight
    axes = {wish.axis: (wish.target, wish.weight) for wish in query.axes}
    said = sum(map(abs, moods.values())) + sum(weight for _, weight in axes.values())
    weight = min(2.2, 1.2 + 0.25 * said) * _importance(query, "mood")
    if not axes and all(share <= 0 for share in moods.values()):
        unwanted = {tag: -share for tag, share in moods.items()}
        yield _signal("traits", aim(unwanted), -weight, "traits", "mood")
        return
    meant = implied_axes(moods, axes) | axes
    yield _signal("traits", aim(moods, meant, implied_genres(moods)), weight, "traits", "mood")
