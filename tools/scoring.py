"""How well a candidate answers a query: one sum with named parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from ..ingest.facets import subject_words, subjects
from ..ingest.item import DIMENSIONS, Dimension, Item, fold
from . import weights
from .affinity import affinity, kinship
from .query import Preference, Query
from .signals import Signal

Array = NDArray[np.float64]

# On the card a likeness of one deviation is half full, one of three (a near neighbour) .9.
_HALF = 1.0
_STEEPNESS = 1.1


@dataclass(frozen=True)
class Candidate:
    """An item with what speaks for it.

    ``score`` orders candidates of one query and is the sum of ``parts``. ``scores`` are for
    people: per dimension and ``overall``, 0 to 1, 0.5 where the query says nothing.
    """

    item: Item
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.item.id


def score(
    items: Sequence[Item],
    query: Query,
    asked: Sequence[Signal],
    standard: Array,
    words: Sequence[float],
    known: Mapping[str, Item],
) -> list[Candidate]:
    """Score items for a query, in the order given.

    Args:
        items: the candidates.
        query: what is wished.
        asked: the query's signals.
        standard: standardised similarities, shape (items, signals).
        words: BM25 score per item.
        known: the liked items, by id.
    """
    if not items:
        return []
    parts = {
        **_likeness(items, query, asked, standard, known),
        "words": weights.WORDS * _relative(words),
        "subjects": weights.SUBJECTS * _subjects(items, query),
        "genres": weights.GENRES * _genres(items, query.genres),
        "preferences": weights.PREFERENCE * _preferences(items, query, known),
        "popularity": _popularity(items, query),
        "unsure": -weights.UNSURE * np.array([float(item.unsure) for item in items]),
    }
    totals = np.sum(list(parts.values()), axis=0)
    shown = _shown(asked, standard, totals, parts)
    return [
        Candidate(
            item,
            float(totals[place]),
            {name: float(column[place]) for name, column in parts.items() if column.any()},
            {name: float(column[place]) for name, column in shown.items()},
        )
        for place, item in enumerate(items)
    ]


def _likeness(
    items: Sequence[Item],
    query: Query,
    asked: Sequence[Signal],
    standard: Array,
    known: Mapping[str, Item],
) -> dict[str, Array]:
    """Favourites as a whole, and one part per dimension for everything else."""
    parts: dict[str, Array] = {"likes": _favourites(items, query, asked, standard, known)}
    for place, signal in enumerate(asked):
        if signal.like is not None:
            continue
        name = "traits" if signal.speaks == "traits" else signal.dimension or "overall"
        column = _pull(standard[:, place], signal.weight)
        parts[name] = parts.get(name, np.zeros(len(items))) + column
    return parts


def _pull(column: Array, weight: float) -> Array:
    """A wish pulls everywhere; what is unwanted only pushes what is like it."""
    return weight * (column if weight > 0 else np.maximum(column, 0.0))


def _favourites(
    items: Sequence[Item],
    query: Query,
    asked: Sequence[Signal],
    standard: Array,
    known: Mapping[str, Item],
) -> Array:
    """Likeness to the favourites as wholes, community signal included.

    Favourites compete softly (a log-mean-exp): near one of them is better than half-near to
    all, because their average describes a film that nobody named.
    """
    wanted = [
        like
        for like in query.likes
        if like.dimension == "overall" and like.weight > 0 and like.id in known
    ]
    if not wanted:
        return np.zeros(len(items))
    rows = [_favourite(items, known[like.id], asked, standard, like.weight) for like in wanted]
    strength = np.array([like.weight for like in wanted])
    heat = weights.FAVOURITE_TEMPERATURE
    share = (strength / strength.sum())[:, None]
    together = heat * np.log((share * np.exp(np.array(rows) / heat)).sum(axis=0))
    return np.asarray(weights.LIKES * min(1.0, float(strength.max())) * together)


def _favourite(
    items: Sequence[Item], liked: Item, asked: Sequence[Signal], standard: Array, weight: float
) -> Array:
    likeness = np.zeros(len(items))
    total = 0.0
    for place, signal in enumerate(asked):
        if signal.like == liked.id:
            likeness += signal.weight * standard[:, place]
            total += signal.weight
    kin = np.array([kinship(liked, item) for item in items])
    alike = np.array([affinity(liked, item) for item in items])
    return np.asarray(likeness / (total or 1.0) + alike + weights.KINDRED * kin)


def _relative(words: Sequence[float]) -> Array:
    best = max(words, default=0.0)
    return np.asarray(words, dtype=np.float64) / best if best > 0 else np.zeros(len(words))


def _subjects(items: Sequence[Item], query: Query) -> Array:
    """How much of what is wished for in words each item is about, -1 to 1."""
    wishes = [wish for wish in query.texts if wish.dimension in ("plot", "overall")]
    total = np.zeros(len(items))
    for wish in wishes:
        asked = [word for word in subject_words(wish.text) if " " not in word and len(word) > 2]
        if asked:
            held = [sum(word in about for word in asked) for about in map(_about, items)]
            total += wish.weight * np.array(held) / len(asked)
    return total / max(1, len(wishes))


def _about(item: Item) -> frozenset[str]:
    return frozenset(subjects(item))


def _genres(items: Sequence[Item], wanted: Sequence[str]) -> Array:
    """The share of the wished genres that each item has."""
    names = {fold(name) for name in wanted}
    if not names:
        return np.zeros(len(items))
    return np.array(
        [len(names & {fold(genre) for genre in item.genres}) / len(names) for item in items]
    )


def _preferences(items: Sequence[Item], query: Query, known: Mapping[str, Item]) -> Array:
    total = np.zeros(len(items))
    liked = [known[like.id] for like in query.likes if like.id in known and like.weight > 0]
    for preference in query.preferences:
        pulls = [_preference(item, preference, liked) for item in items]
        total += preference.weight * np.array(pulls)
    return total


def _preference(item: Item, preference: Preference, liked: Sequence[Item]) -> float:
    """-1 to 1: where a fact lies against the favourites', or against the usual."""
    if preference.towards in ("popular", "obscure"):
        pull = 2 * item.popularity - 1
        return pull if preference.towards == "popular" else -pull
    if preference.towards in ("newer", "older"):
        pull = _against(item.year, [like.year for like in liked], usual=1995, width=10)
        return pull if preference.towards == "newer" else -pull
    pull = _against(item.runtime_min, [like.runtime_min for like in liked], usual=112, width=15)
    return pull if preference.towards == "longer" else -pull


def _against(
    value: int | None, references: Sequence[int | None], usual: float, width: float
) -> float:
    """How far a number lies above the mean of known references, squeezed to -1 … 1."""
    if value is None:
        return 0.0
    numbers = [reference for reference in references if reference is not None]
    return float(np.tanh((value - (fmean(numbers) if numbers else usual)) / width))


def _popularity(items: Sequence[Item], query: Query) -> Array:
    """A little for being well known; a lot where nothing else was said."""
    weight = 3.0 if query.empty else weights.POPULARITY
    if any(preference.towards == "obscure" for preference in query.preferences):
        weight = 0.0
    return weight * np.array([item.popularity for item in items])


def _shown(
    asked: Sequence[Signal], standard: Array, totals: Array, parts: Mapping[str, Array]
) -> dict[str, Array]:
    """Scores for people, each column 0 to 1."""
    columns = {name: _dimension(name, asked, standard) for name in DIMENSIONS}
    shown = {
        name: np.full(len(totals), 0.5) if column is None else _logistic(column)
        for name, column in columns.items()
    }
    budget = sum(float(np.abs(column).max()) for column in parts.values()) or 1.0
    shown["overall"] = _logistic(_HALF + 4 * (totals / budget - 0.35))
    return shown


def _dimension(name: Dimension, asked: Sequence[Signal], standard: Array) -> Array | None:
    """How the items stand in one dimension, in deviations; the nearest favourite counts.

    ``None`` where the query says nothing of the dimension.
    """
    groups: dict[str, list[int]] = {}
    for place, signal in enumerate(asked):
        if signal.weight > 0 and signal.dimension in (name, None):
            groups.setdefault(signal.like or "", []).append(place)
    if not groups:
        return None
    means = []
    for places in groups.values():
        count = np.array([asked[place].weight for place in places])
        means.append(standard[:, places] @ (count / count.sum()))
    return np.asarray(np.max(means, axis=0))


def _logistic(deviations: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-_STEEPNESS * (deviations - _HALF))))
