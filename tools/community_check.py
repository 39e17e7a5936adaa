"""Whether ratings make better lists: ``moodreel eval community --data FOLDER``.

People of MovieLens latest-small who like 15 starter films or more are told of by 1, 3 or 10 of
them; what is wanted is all that they like besides the first ten. Half of the people were there to
choose weights by (``--tuning``), the other half is reported. Every model is fitted without the
people that it is asked about: a fold of them at a time is left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from ..errors import MoodreelError
from ..ingest.catalogue import Catalogue
from ..ingest.community import Model, use_model
from ..ingest.item import Item
from ..ingest.ratings import Chosen, Ratings, choose, fit, read_ratings
from .affinity import kinship
from .evaluate import WithoutKindred, ndcg
from .query import Like, Query
from .retrieve import retrieve

SIZES = (1, 3, 10)
FEWEST_LIKED = 15
FOLDS = 5
DEPTH = 10
SET = "movielens-latest-small"
_LOVED = 0.7  # as the profile weighs what was loved
_FANS = 50
_DRAWS = 2_000

Places = NDArray[np.int32]
Floats = NDArray[np.float64]


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
            query = Query(likes=tuple(Like(id=name, weight=_LOVED) for name in told))
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


Quality = dict[tuple[str, int], list[tuple[float, float]]]
"""Recall and nDCG at ten of every person, by method and size."""


def measure(catalogue: Catalogue, ratings: Ratings, people: Sequence[Person]) -> Quality:
    """How much of what people want each method finds."""
    found: Quality = {}
    for fold, asked in folds(catalogue, ratings, people):
        for name, finder in fold.finders().items():
            for size in SIZES:
                lists = ((finder(person.told(size)), person.wanted) for person in asked)
                found.setdefault((name, size), []).extend(quality(*each) for each in lists)
    return found


def quality(found: Sequence[str], wanted: Sequence[str]) -> tuple[float, float]:
    """Recall@10, of at most ten that can be found (as in Steck 2019), and nDCG@10."""
    hits = len(set(found[:DEPTH]) & set(wanted))
    return hits / min(DEPTH, len(wanted)), ndcg(found, wanted, DEPTH)


def interval(values: Sequence[float], seed: int) -> tuple[float, float]:
    """95 % of the means of people drawn again and again from these."""
    chance, known = np.random.default_rng(seed), np.asarray(values)
    means = known[chance.integers(len(known), size=(_DRAWS, len(known)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def _cell(values: Sequence[float], seed: int) -> str:
    low, high = interval(values, seed)
    return f"{np.mean(values):.3f} ({low:.3f}-{high:.3f})"


def tables(found: Quality, seed: int) -> Iterator[Table]:
    """One for recall, one for nDCG."""
    for place, measure_name in enumerate(("Recall@10", "nDCG@10")):
        table = Table("method", *(_favourites(size) for size in SIZES), title=measure_name)
        for name in dict.fromkeys(method for method, _ in found):
            cells = [[each[place] for each in found[name, size]] for size in SIZES]
            table.add_row(name, *(_cell(values, seed) for values in cells))
        yield table


def _favourites(size: int) -> str:
    return "1 favourite" if size == 1 else f"{size} favourites"


def cost(catalogue: Catalogue, ratings: Ratings, people: Sequence[Person]) -> list[str]:
    """The fit on everybody, and lists with and without it in turns, as sentences."""
    started = perf_counter()
    chosen = choose(ratings)
    model = fit(chosen, SET)
    taken = perf_counter() - started
    plain, heeding = _turns(catalogue, people, (None, model))
    return [
        f"fit: {len(chosen.names):,} items, {len(chosen.likes.items):,} likes of {chosen.people:,} "
        f"people in {taken:.1f} s; at most {chosen.bytes / 1e6:.0f} MB while fitting, "
        f"{model.bytes / 1e6:.2f} MB stored",
        f"a list from 10 favourites: median {plain:.1f} ms without, {heeding:.1f} ms with ratings "
        f"({heeding / plain:.2f} times)",
    ]


def _turns(
    catalogue: Catalogue, people: Sequence[Person], models: Sequence[Model | None]
) -> list[float]:
    """Median milliseconds of a list with each model, tried in turns."""
    taken: list[list[float]] = [[] for _ in models]
    for person in people[:60]:
        query = Query(likes=tuple(Like(id=name, weight=_LOVED) for name in person.told(10)))
        for times, model in zip(taken, models, strict=True):
            use_model(catalogue, model)
            started = perf_counter()
            retrieve(catalogue, query)
            times.append(1000 * (perf_counter() - started))
    return [float(np.median(times)) for times in taken]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the exit code."""
    parser = argparse.ArgumentParser("moodreel eval community", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, help=f"folder of {SET}, or the one above")
    parser.add_argument("--seed", type=int, default=1, help="of all chance (1)")
    parser.add_argument(
        "--tuning", action="store_true", help="report the half that weights were chosen by"
    )
    asked = parser.parse_args(arguments)
    if asked.data is None:
        parser.error(f"name the folder of {SET} with --data")
    try:
        _report(asked.data, asked.seed, tuning=asked.tuning)
    except MoodreelError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def _report(data: Path, seed: int, *, tuning: bool) -> None:
    from ..ingest.starter import open_catalogue  # noqa: PLC0415

    console = Console(markup=False, emoji=False, highlight=False)
    console.width = max(console.width, 120)
    with TemporaryDirectory() as folder:
        catalogue = open_catalogue(Path(folder))
        try:
            inside = data / SET
            ratings = read_ratings(inside if inside.is_dir() else data, catalogue.items())
            everybody = people_of(ratings, seed)
            half = len(everybody) // 2
            people = everybody[:half] if tuning else everybody[half:]
            console.print(
                f"{len(ratings.values):,} ratings of {ratings.matched:,} items matched; "
                f"{len(people)} of {len(everybody)} people with {FEWEST_LIKED} likes or more"
            )
            for table in tables(measure(catalogue, ratings, people), seed):
                console.print(table)
            for line in cost(catalogue, ratings, people):
                console.print(line)
        finally:
            catalogue.close()


if __name__ == "__main__":
    sys.exit(main())
