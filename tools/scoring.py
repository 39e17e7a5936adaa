"""How well a candidate answers a query: one sum with named parts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from ..ingest.item import Item, fold
from ..ingest.limits import Age
from . import weights
from .aboutness import aboutness, asked_stems
from .affinity import affinity, kinship, same_subjects
from .display import display
from .query import Preference, Query
from .signals import Signal

Array = NDArray[np.float64]

# Up to this age a film night is one for children.
_CHILD = 10
# What is unwanted pushes from so many deviations on: anything romantic is a little like a
# romance that was disliked, and not meant.
_UNLIKE_FROM = 1.0


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


@dataclass(frozen=True)
class Evidence:
    """What the searches measured.

    ``standard`` has standardised similarities of shape (items, signals); ``best`` what the best
    matches of the catalogue reach, per signal; ``words`` the BM25 score per item; ``community``
    what people of like taste say of each item, -1 to 1, see `moodreel.tools.community`; ``rated``
    the favourites that their ratings tell of.
    """

    signals: Sequence[Signal]
    standard: Array
    best: Array
    words: Sequence[float]
    community: Sequence[float] = ()
    rated: Collection[str] = ()


@dataclass(frozen=True)
class _Case:
    """All that a score is made from; ``known`` has the liked items by id."""

    items: Sequence[Item]
    query: Query
    evidence: Evidence
    known: Mapping[str, Item]


def score(
    items: Sequence[Item], query: Query, evidence: Evidence, known: Mapping[str, Item]
) -> list[Candidate]:
    """Score items for a query, in the order given.

    Args:
        items: the candidates.
        query: what is wished.
        evidence: what was measured for these items.
        known: the liked items, by id.
    """
    if not items:
        return []
    evidence = replace(evidence, standard=_with_subjects(items, evidence, known))
    case = _Case(items, query, evidence, known)
    parts = _parts(case)
    totals = np.sum(list(parts.values()), axis=0)
    shown = display(evidence.signals, evidence.standard, evidence.best, parts, totals)
    return [
        Candidate(
            item,
            float(totals[place]),
            {name: float(column[place]) for name, column in parts.items() if column.any()},
            {name: float(column[place]) for name, column in shown.items()},
        )
        for place, item in enumerate(items)
    ]


def _with_subjects(items: Sequence[Item], evidence: Evidence, known: Mapping[str, Item]) -> Array:
    """The similarities, those to a plot raised by the subjects in common with it."""
    standard = np.array(evidence.standard, dtype=np.float64)
    for place, signal in enumerate(evidence.signals):
        liked = known.get(signal.source or "")
        if liked is not None and signal.dimension == "plot":
            common = np.array([same_subjects(liked, item) for item in items])
            standard[:, place] += weights.PLOT_SUBJECTS * common
    return standard


def _parts(case: _Case) -> dict[str, Array]:
    """The summands by name, each of shape (items,)."""
    items, query = case.items, case.query
    return {
        "likes": _favourites(case),
        **_wishes(case.evidence),
        "community": weights.COMMUNITY * _community(case),
        "words": weights.WORDS * _relative(case.evidence.words),
        "subjects": weights.SUBJECTS * _subjects(items, query),
        "genres": weights.GENRES * _genres(items, query.genres),
        "young": weights.YOUNG * _young(items, query),
        "people": weights.PEOPLE * _people(items, query.people),
        "preferences": weights.PREFERENCE * _preferences(items, query, case.known),
        "popularity": _popularity(items, query),
        "unsure": -_trust(query) * np.array([float(item.unsure) for item in items]),
    }


def _wishes(evidence: Evidence) -> dict[str, Array]:
    """One part per dimension for all that isn't about a favourite as a whole."""
    parts: dict[str, Array] = {}
    for place, signal in enumerate(evidence.signals):
        if signal.like is not None:
            continue
        name = "traits" if signal.speaks == "traits" else signal.dimension or "overall"
        column = _pull(evidence.standard[:, place], signal.weight)
        parts[name] = parts.get(name, 0.0) + column
    return parts


def _pull(column: Array, weight: float) -> Array:
    """A wish pulls everywhere; what is unwanted only pushes what is like it."""
    return weight * (column if weight > 0 else np.maximum(column - _UNLIKE_FROM, 0.0))


def _favourites(case: _Case) -> Array:
    """Likeness to the favourites as wholes, community signal included.

    Favourites compete softly (a log-mean-exp): near one of them is better than half-near to
    all, because their average describes a film that nobody named.
    """
    wanted = [
        like
        for like in case.query.likes
        if like.dimension == "overall" and like.weight > 0 and like.id in case.known
    ]
    if not wanted:
        return np.zeros(len(case.items))
    rows = np.array([_favourite(case, case.known[like.id]) for like in wanted])
    strength = np.array([like.weight for like in wanted])
    heat = weights.FAVOURITE_TEMPERATURE
    share = (strength / strength.sum())[:, None]
    together = heat * np.log((share * np.exp(rows / heat)).sum(axis=0))
    return np.asarray(weights.LIKES * min(1.0, float(strength.max())) * together)


def _favourite(case: _Case, liked: Item) -> Array:
    """Likeness to one favourite: its vectors, what facts add, and who loves both."""
    signals, standard = case.evidence.signals, case.evidence.standard
    places = [place for place, signal in enumerate(signals) if signal.like == liked.id]
    share = np.array([signals[place].weight for place in places])
    likeness = standard[:, places] @ (share / share.sum()) if places else 0.0
    facts = [affinity(liked, item) for item in case.items]
    rated = liked.id in case.evidence.rated
    weight = weights.KINDRED_BESIDE_RATINGS if rated else weights.KINDRED
    kin = [weight * kinship(liked, item) for item in case.items]
    return np.asarray(likeness + np.array(facts) + np.array(kin))


def _community(case: _Case) -> Array:
    said = case.evidence.community
    return np.asarray(said, dtype=np.float64) if len(said) else np.zeros(len(case.items))


def _relative(words: Sequence[float]) -> Array:
    best = max(words, default=0.0)
    return np.asarray(words, dtype=np.float64) / best if best > 0 else np.zeros(len(words))


def _subjects(items: Sequence[Item], query: Query) -> Array:
    """How much of what is wished for in words each item is about, -1 to 1."""
    wishes = [wish for wish in query.texts if wish.dimension in ("plot", "overall")]
    total = np.zeros(len(items))
    for wish in wishes:
        asked = asked_stems(wish.text)
        total += wish.weight * np.array([aboutness(item, asked) for item in items])
    return np.asarray(total / max(1.0, float(len(wishes)) ** 0.5))


def _young(items: Sequence[Item], query: Query) -> Array:
    """1 for what is made for families, where the youngest viewer is a child."""
    ages = [limit.youngest for limit in query.limits if isinstance(limit, Age)]
    if not ages or min(ages) > _CHILD:
        return np.zeros(len(items))
    family = ({fold(genre) for genre in item.genres} & {"family", "animation"} for item in items)
    return np.array([float(bool(names)) for names in family])


def _genres(items: Sequence[Item], wanted: Sequence[str]) -> Array:
    """The share of the wished genres that each item has."""
    names = {fold(name) for name in wanted}
    if not names:
        return np.zeros(len(items))
    return np.array(
        [len(names & {fold(genre) for genre in item.genres}) / len(names) for item in items]
    )


def _people(items: Sequence[Item], wanted: Sequence[str]) -> Array:
    """1 where somebody wished for made or plays in an item."""
    names = {fold(name) for name in wanted}
    if not names:
        return np.zeros(len(items))
    made_by = ({fold(name) for name in (*item.directors, *item.cast)} for item in items)
    return np.array([float(bool(names & people)) for people in made_by])


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
    """How far a number lies above known references and above the usual, squeezed to -1 … 1.

    Both count: all films may be shorter than the favourite, and some still shorter than others.
    """
    if value is None:
        return 0.0
    numbers = [reference for reference in references if reference is not None]
    middle = fmean(numbers) if numbers else usual
    return float(np.tanh((value - middle) / width) + np.tanh((value - usual) / (2 * width))) / 2


def _popularity(items: Sequence[Item], query: Query) -> Array:
    """A little for being well known; a lot where nothing is wished for."""
    weight = 3.0 if aimless(query) else 0.0 if _nearest_only(query) else weights.POPULARITY
    if any(preference.towards == "obscure" for preference in query.preferences):
        weight = 0.0
    return weight * np.array([item.popularity for item in items])


def aimless(query: Query) -> bool:
    """Whether a query says at most what is unwanted."""
    weights_said = [
        *(like.weight for like in query.likes),
        *(wish.weight for wish in query.texts),
        *(wish.weight for wish in query.moods),
    ]
    wished = any(weight > 0 for weight in weights_said)
    others = query.words or query.axes or query.genres or query.people or query.preferences
    return not (wished or others)


def _nearest_only(query: Query) -> bool:
    """Whether all that is asked is likeness in one dimension each: then nearness alone orders."""
    bare = query.model_copy(update={"likes": (), "limits": (), "exclude": (), "weights": {}})
    return bare.empty and all(like.dimension != "overall" for like in query.likes)


def _trust(query: Query) -> float:
    return 0.0 if _nearest_only(query) and query.likes else weights.UNSURE
