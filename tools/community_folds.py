"""The ways of making a list that `moodreel eval community` compares, without the people asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..ingest.catalogue import Catalogue
from ..ingest.community import Model, use_model
from ..ingest.item import Item
from ..ingest.ratings import Chosen, Ratings, choose, fit
from .affinity import kinship
from .evaluate import WithoutKindred
from .query import Like, Query
from .retrieve import retrieve

SIZES = (1, 3, 10)
FEWEST_LIKED = 15
FOLDS = 5
DEPTH = 10
SET = "movielens-latest-small"
LOVED = 0.7  # as the profile weighs what was loved
_FANS = 50


@dataclass(frozen=True)
class Person:
    """Somebody who rated: ids of what they like, in an order drawn by lot."""

    number: int
    likes: tuple[str, ...]

    def told(self, size: int) -> tuple[str, ...]:
        """What is said of their taste."""
        return self.likes[:size]

    @property
    def wanted(self) -> tuple[str, ...]:
        """What they like besides; the same for every size."""
        return self.likes[max(SIZES) :]


def people_of(ratings: Ratings, seed: int) -> list[Person]:
    """All who like enough, in an order drawn by lot; the first half is for tuning."""
    chance, liked = np.random.default_rng(seed), ratings.liked()
    found = []
    for number in range(int(ratings.people.max()) + 1):
        own = ratings.items[liked & (ratings.people == number)]
        if len(own) >= FEWEST_LIKED:
            names = tuple(ratings.names[at] for at in chance.permutation(own))
            found.append(Person(number, names))
    return [found[at] for at in chance.permutation(len(found))]


def without(ratings: Ratings, left_out: Iterable[Person]) -> Ratings:
    """The ratings of everybody else."""
    kept = ~np.isin(ratings.people, [person.number for person in left_out])
    return Ratings(
        ratings.people[kept], ratings.items[kept], ratings.values[kept], ratings.names,
        ratings.rows, ratings.skipped, ratings.first, ratings.matched, ratings.unmatched,
    )  # fmt: skip


Finder = Callable[[Sequence[str]], list[str]]
"""From what is told of a person to ids, best first, none of them told."""


@dataclass
class Fold:
    """What can be known without the people that are asked about."""

    catalogue: Catalogue
    items: Mapping[str, Item]
    chosen: Chosen
    model: Model
    blind: WithoutKindred
    vectors: Mapping[str, NDArray[np.float32]]

    def finders(self) -> dict[str, Finder]:
        """Each way of making a list."""
        return {
            "best liked by all": self.popular,
            "centroid, its 50 nearest people's favourites": self.by_centroid(),
            "kindred lists alone": self.by_kindred,
            "ratings alone (EASE)": self.by_ratings,
            "content alone": self.listing(self.blind, None),
            "today: content and kindred lists": self.listing(self.catalogue, None),
            "content and ratings": self.listing(self.blind, self.model),
            "all together": self.listing(self.catalogue, self.model),
        }  # fmt: skip

    def listing(self, catalogue: Any, model: Model | None) -> Finder:
        """The recommender itself, with or without ratings."""

        def find(told: Sequence[str]) -> list[str]:
            use_model(catalogue, model)
            query = Query(likes=tuple(Like(id=name, weight=LOVED) for name in told))
            return [candidate.id for candidate in retrieve(catalogue, query, DEPTH)]

        return find

    def popular(self, told: Sequence[str]) -> list[str]:
        """What most people like; the chosen items stand in that order."""
        return [name for name in self.chosen.names if name not in told][:DEPTH]

    def by_ratings(self, told: Sequence[str]) -> list[str]:
        """The strongest by the model; those that it says nothing of by how many like them."""
        scores = self.model.scores(dict.fromkeys(told, 1.0))
        order = np.argsort(-scores, kind="stable")
        ranked = (self.model.names[place] for place in order)
        return [name for name in ranked if name not in told][:DEPTH]

    def by_kindred(self, told: Sequence[str]) -> list[str]:
        """The nearest by authored lists; among equals the best known first."""
        loved = [self.items[name] for name in told]

        def worth(item: Item) -> tuple[float, float, str]:
            return -sum(kinship(one, item) for one in loved), -item.popularity, item.id

        others = (item for name, item in self.items.items() if name not in told)
        return [item.id for item in sorted(others, key=worth)[:DEPTH]]

    def by_centroid(self) -> Finder:
        """The mean vector of a taste, the people whose mean is nearest, what most of them like."""
        likes = self.chosen.likes
        table = np.array([self.vectors[name] for name in self.chosen.names])
        people, rows = np.unique(likes.people, return_inverse=True)
        liked = np.zeros((len(people), likes.count), dtype=np.float32)
        liked[rows, likes.items] = 1
        centres = _lengthened(liked @ table)

        def find(told: Sequence[str]) -> list[str]:
            centre = _lengthened(np.sum([self.vectors[name] for name in told], axis=0)[None])[0]
            near = centres @ centre
            fans = np.argsort(-near, kind="stable")[:_FANS]
            order = np.argsort(-(near[fans] @ liked[fans]), kind="stable")
            ranked = (self.chosen.names[place] for place in order)
            return [name for name in ranked if name not in told][:DEPTH]

        return find


def _lengthened(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def folds(
    catalogue: Catalogue, ratings: Ratings, people: Sequence[Person]
) -> Iterator[tuple[Fold, Sequence[Person]]]:
    """Each fold of people with what is known without them."""
    items = {item.id: item for item in catalogue.items()}
    vectors = catalogue.vectors(list(items), "overall")
    blind = WithoutKindred(catalogue)
    for number in range(FOLDS):
        asked = people[number::FOLDS]
        chosen = choose(without(ratings, asked))
        yield Fold(catalogue, items, chosen, fit(chosen, SET), blind, vectors), asked
