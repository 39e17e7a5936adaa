"""Finding candidates: a query becomes probes, words and conditions, and comes back scored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ..ingest.catalogue import Catalogue, Hit
from ..ingest.item import Item, fold
from ..ingest.limits import Condition, conditions
from .aboutness import asked_stems
from .background import background, standardise
from .community import community, favourites_of_fans, rated, with_fans
from .query import Preference, Query
from .scoring import Candidate, Evidence, aimless, score
from .signals import Signal, signals

# How many candidates one branch of a search hands over for scoring.
DEPTH = 120
# A long wish is searched by so many of its words at most.
_MOST_STEMS = 4
# How many of the most popular are read where something little known is wished for and nothing
# else, so that the end of the list is among them.
MOST_POPULAR = 5_000
# Where to look besides the nearest, so that a preference has something to choose from.
_SLICES: Mapping[str, Condition] = {
    "newer": Condition(facet="year", operation="at_least", values=(2012,)),
    "older": Condition(facet="year", operation="at_most", values=(1979,)),
    "shorter": Condition(facet="runtime_min", operation="at_most", values=(97,)),
    "longer": Condition(facet="runtime_min", operation="at_least", values=(135,)),
}


def retrieve(catalogue: Catalogue, query: Query, limit: int = 60) -> list[Candidate]:
    """The best items for a query, best first, each within every limit.

    Liked and disliked items themselves and `Query.exclude` never come back. An empty query
    gives the best known items.

    Args:
        catalogue: where to look.
        query: what is wished; unknown ids in it are ignored.
        limit: how many at most.
    """
    known = _known(catalogue, query)
    asked = signals(catalogue, query, known)
    hits = _gather(catalogue, query, asked, known, max(DEPTH, 2 * limit))
    found = catalogue.get(hits)
    items = [found[name] for name in hits if name in found]
    return _scored(catalogue, query, asked, items, hits)[:limit]


def assess(catalogue: Catalogue, query: Query, items: Sequence[Item]) -> list[Candidate]:
    """Score given items for a query, best first, whether or not a search would find them."""
    known = _known(catalogue, query)
    asked = signals(catalogue, query, known)
    probes = [signal.probe for signal in asked]
    hits = catalogue.similarities([item.id for item in items], probes) if probes else {}
    return _scored(catalogue, query, asked, items, hits)


def liked_items(catalogue: Catalogue, query: Query) -> dict[str, Item]:
    """The items that a query's likes and dislikes name, by id; unknown ones are missing.

    Their kindred lists go on with what many people's ratings show to be loved by the same
    people, so that reasons may say it.
    """
    return with_fans(catalogue, _known(catalogue, query))


def _known(catalogue: Catalogue, query: Query) -> dict[str, Item]:
    return catalogue.get(dict.fromkeys(like.id for like in query.likes))


def _scored(
    catalogue: Catalogue,
    query: Query,
    asked: Sequence[Signal],
    items: Sequence[Item],
    hits: Mapping[str, Hit],
) -> list[Candidate]:
    rows = [hits[item.id].similarities if item.id in hits else () for item in items]
    nothing = (0.0,) * len(asked)
    matrix = np.array([row or nothing for row in rows], dtype=np.float64)
    sample = background(catalogue)
    spreads = [sample.measure(signal.probe) for signal in asked]
    standard = standardise(spreads, matrix.reshape(len(items), len(asked)))
    best = np.array([spread.best for spread in spreads])
    words = [hits[item.id].words if item.id in hits else 0.0 for item in items]
    said, told_of = community(catalogue, query, items), rated(catalogue, query)
    evidence = Evidence(asked, standard, best, words, said, told_of)
    candidates = score(items, query, evidence, _known(catalogue, query))
    return sorted(candidates, key=lambda c: (-c.score, -c.item.popularity, c.id))


def _gather(
    catalogue: Catalogue,
    query: Query,
    asked: Sequence[Signal],
    known: Mapping[str, Item],
    depth: int,
) -> dict[str, Hit]:
    """Hits of every branch: the search itself, its slices, and the favourites' kindred."""
    probes = [signal.probe for signal in asked]
    limits = conditions(query.limits)
    exclude = {*query.exclude, *(like.id for like in query.likes)}
    hits: dict[str, Hit] = {}
    for extra, share in _branches(query):
        found = catalogue.search(
            probes,
            words=_words(query),
            conditions=(*limits, *extra),
            exclude=exclude,
            limit=int(depth * share) if probes or share <= 1 else MOST_POPULAR,
        )
        hits.update((hit.id, hit) for hit in found if hit.id not in hits)
    if aimless(query):
        famous = catalogue.search([], conditions=limits, exclude=exclude, limit=depth)
        hits = {hit.id: hit for hit in famous} if not probes else hits
        sought = dict.fromkeys(hit.id for hit in famous)
    else:
        sought = _kindred(query, known) | favourites_of_fans(catalogue, query)
    missing = [name for name in sought if name not in hits and name not in exclude]
    allowed = [item.id for item in catalogue.get(missing).values() if _keeps(item, limits)]
    return hits | catalogue.similarities(allowed, probes) if allowed else hits


def _branches(query: Query) -> Iterable[tuple[tuple[Condition, ...], float]]:
    """Extra conditions of each search and its share of the depth; the first has none."""
    yield (), _reach(query.preferences)
    if query.genres:
        names = tuple(fold(genre) for genre in query.genres)
        yield (Condition(facet="genres", operation="any", values=names),), 0.5
        if len(names) > 1:
            every = (Condition(facet="genres", operation="any", values=(n,)) for n in names)
            yield tuple(every), 0.5
    if query.people:
        named = tuple(fold(name) for name in query.people)
        yield (Condition(facet="people", operation="any", values=named),), 0.5
    for wish in query.texts:
        if wish.weight > 0 and wish.dimension in ("plot", "overall"):
            asked = sorted(asked_stems(wish.text))[:_MOST_STEMS]
            if asked:
                yield tuple(_about(word) for word in asked), 0.5
    for preference in query.preferences:
        if preference.towards in _SLICES:
            yield (_SLICES[preference.towards],), 0.5


def _about(word: str) -> Condition:
    return Condition(facet="subjects", operation="any", values=(word,))


def _reach(preferences: Sequence[Preference]) -> float:
    """Little-known items are found by looking deeper: no store filters on popularity."""
    return 5.0 if any(preference.towards == "obscure" for preference in preferences) else 1.0


def _words(query: Query) -> str:
    """What is matched literally: the words, and what a plot shall be about."""
    about = (wish for wish in query.texts if wish.dimension in ("plot", "overall"))
    texts = [query.words, *(wish.text for wish in about if wish.weight > 0)]
    return " ".join(text for text in dict.fromkeys(texts) if text)


def _kindred(query: Query, known: Mapping[str, Item]) -> dict[str, None]:
    """Ids on the kindred lists of what is liked as a whole."""
    liked = [like.id for like in query.likes if like.dimension == "overall" and like.weight > 0]
    return dict.fromkeys(name for key in liked if key in known for name in known[key].kindred)


def _keeps(item: Item, limits: Sequence[Condition]) -> bool:
    return all(condition.holds(item) for condition in limits)
