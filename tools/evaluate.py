"""How good the recommendations are, measured on the catalogue's own kindred lists.

``python -m moodreel.tools.evaluate [--every N]`` prints two tables: how many of the films that
people who love a film love too are found by each signal, and how well composed wishes ("the
mood of A with the plot of B") are met. Kindred lists are no signal where they are the answer.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log2
from statistics import fmean
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from ..ingest.catalogue import Catalogue, Probe, Space
from ..ingest.item import Item
from .diversity import diversify
from .query import Like, Query
from .rank import rank_items
from .retrieve import retrieve
from .signals import traits_like

Array = NDArray[np.float64]
Finder = Callable[[Item], list[str]]
_TEXT_SPACES: tuple[Space, ...] = ("mood", "audience", "plot", "overall")


class WithoutKindred:
    """A catalogue whose items have no kindred lists, or lists without one link.

    Args:
        catalogue: the real one.
        link: two ids that don't name each other; all links are gone where it is missing.
    """

    def __init__(self, catalogue: Catalogue, link: tuple[str, str] | None = None) -> None:
        self._catalogue = catalogue
        self._link = link

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def get(self, ids: Iterable[str]) -> dict[str, Item]:
        found = self._catalogue.get(ids)
        return {name: self._stripped(item) for name, item in found.items()}

    def _stripped(self, item: Item) -> Item:
        if self._link is None:
            return item.model_copy(update={"kindred": ()})
        if item.id not in self._link:
            return item
        kept = tuple(name for name in item.kindred if name not in self._link)
        return item.model_copy(update={"kindred": kept})


def recall(found: Sequence[str], wanted: Sequence[str], depth: int = 10) -> float:
    """The share of what is wanted among the first ``depth`` found, 0 to 1."""
    return len(set(found[:depth]) & set(wanted)) / len(wanted)


def ndcg(found: Sequence[str], wanted: Sequence[str], depth: int = 10) -> float:
    """Normalised discounted cumulative gain with equal gains, 0 to 1."""
    gained = sum(1 / log2(place + 2) for place, name in enumerate(found[:depth]) if name in wanted)
    return gained / sum(1 / log2(place + 2) for place in range(min(depth, len(wanted))))


def by_space(catalogue: Catalogue, space: Space) -> Finder:
    """Nearest items by one vector alone."""

    def find(item: Item) -> list[str]:
        vector = catalogue.vectors([item.id], space)[item.id]
        aimed: Any = traits_like(item) if space == "traits" else vector
        hits = catalogue.search([Probe(space, aimed)], exclude={item.id}, limit=10)
        return [hit.id for hit in hits]

    return find


def composed(catalogue: Catalogue) -> Finder:
    """The recommender itself, asked for items like one item."""

    def find(item: Item) -> list[str]:
        query = Query(likes=(Like(id=item.id),))
        return [candidate.id for candidate in retrieve(catalogue, query, 10)]

    return find


def kindred_table(catalogue: Catalogue, every: int) -> list[tuple[str, float, float]]:
    """(signal, recall@10, nDCG@10) over every ``every``-th item that has a kindred list."""
    asked = [item for item in catalogue.items() if item.kindred][::every]
    finders: dict[str, Finder] = {space: by_space(catalogue, space) for space in _TEXT_SPACES}
    finders["traits"] = by_space(catalogue, "traits")
    finders["composed, without kindred"] = composed(WithoutKindred(catalogue))
    rows = [(name, *_quality(find, asked)) for name, find in finders.items()]
    rows.append(("composed, one link left out", *_left_out(catalogue, asked)))
    return rows


def _quality(find: Finder, asked: Sequence[Item]) -> tuple[float, float]:
    found = [(find(item), item.kindred) for item in asked]
    return fmean(recall(f, k) for f, k in found), fmean(ndcg(f, k) for f, k in found)


def _left_out(catalogue: Catalogue, asked: Sequence[Item]) -> tuple[float, float]:
    """One link per item is hidden both ways; is its other end found among strangers?"""
    results = []
    for place, item in enumerate(asked):
        hidden = item.kindred[place % len(item.kindred)]
        rest = tuple(name for name in item.kindred if name != hidden)
        query = Query(likes=(Like(id=item.id),), exclude=rest)
        blind = WithoutKindred(catalogue, (item.id, hidden))
        found = [candidate.id for candidate in retrieve(blind, query, 10)]
        results.append((recall(found, [hidden]), ndcg(found, [hidden])))
    return fmean(r for r, _ in results), fmean(n for _, n in results)


Picker = Callable[[Item, Item], list[str]]


def composing(catalogue: Catalogue) -> Picker:
    """The recommender asked for the mood of one item with the plot of another."""

    def pick(one: Item, other: Item) -> list[str]:
        likes = (Like(id=one.id, dimension="mood"), Like(id=other.id, dimension="plot"))
        return [c.id for c in diversify(retrieve(catalogue, Query(likes=likes)), 5)]

    return pick


def averaging(catalogue: Catalogue, first: Space, second: Space) -> Picker:
    """What is usually done: the average of two vectors, or of two similarities, unweighed."""

    def pick(one: Item, other: Item) -> list[str]:
        barred = {one.id, other.id}
        mine = catalogue.vectors([one.id], first)[one.id]
        theirs = catalogue.vectors([other.id], second)[other.id]
        probes = [Probe(first, mine), Probe(second, theirs)]
        everything = [item.id for item in catalogue.items() if item.id not in barred]
        hits = catalogue.similarities(everything, probes)
        ranked = sorted(hits.values(), key=lambda hit: (-sum(hit.similarities), hit.id))
        return [hit.id for hit in ranked[:5]]

    return pick


class Ranks:
    """Where items stand by authored facts: mood by tags and axes, plot by tags and archetypes.

    Facts judge, not the vectors that chose: otherwise the measure would praise itself.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self._place = {item.id: place for place, item in enumerate(items)}
        self._axes = np.array([_axes(item) for item in items])
        self._moods = _incidence([item.mood_tags for item in items])
        self._plots = _incidence([_words((*i.tags, *i.archetypes)) for i in items])

    def mood(self, item: Item) -> Array:
        """Share of items that are nearer in mood, per item, 0 the nearest."""
        place = self._place[item.id]
        distance = np.linalg.norm(self._axes - self._axes[place], axis=1)
        return _standing(self._moods @ self._moods[place] - distance / 4)

    def plot(self, item: Item) -> Array:
        """Share of items that are nearer in plot, per item."""
        return _standing(self._plots @ self._plots[self._place[item.id]])

    def of(self, ids: Iterable[str]) -> list[int]:
        """Where items stand in the arrays."""
        return [self._place[name] for name in ids]


def _axes(item: Item) -> list[int]:
    return list(item.axes.model_dump().values()) if item.axes else [2] * 9


def _words(phrases: Iterable[str]) -> set[str]:
    return {word for phrase in phrases for word in (phrase, *phrase.split()) if len(word) > 3}


def _incidence(sets: Sequence[Iterable[str]]) -> Array:
    """Rows of length 1 over the words, rare ones weighing more, shape (items, words)."""
    names = sorted({name for each in sets for name in each})
    place = {name: column for column, name in enumerate(names)}
    table = np.zeros((len(sets), len(names)))
    for row, each in enumerate(sets):
        for name in each:
            table[row, place[name]] = 1
    table *= np.sqrt(np.log(len(sets) / table.sum(axis=0)))
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    return np.asarray(table / np.where(lengths > 0, lengths, 1))


def _standing(likeness: Array) -> Array:
    ordered = np.sort(-likeness)
    return np.asarray(np.searchsorted(ordered, -likeness, side="left") / len(likeness))


def composition_table(catalogue: Catalogue, pairs: int) -> list[tuple[str, float, float, float]]:
    """(method, both in the top 10 %, both in the top 20 %, mean of the worse standing)."""
    items = list(catalogue.items())
    ranks, chance = Ranks(items), random.Random(7)  # noqa: S311 - sampling, not secrecy
    drawn = [tuple(chance.sample(items, 2)) for _ in range(pairs)]
    pickers: Mapping[str, Picker] = {
        "composed": composing(catalogue),
        "mood and plot vectors averaged": averaging(catalogue, "mood", "plot"),
        "overall vectors averaged": averaging(catalogue, "overall", "overall"),
    }
    rows = []
    for name, pick in pickers.items():
        worse = np.concatenate([_worse(ranks, a, b, pick(a, b)) for a, b in drawn])
        shares = (float((worse < 0.1).mean()), float((worse < 0.2).mean()), float(worse.mean()))
        rows.append((name, *shares))
    return rows


def _worse(ranks: Ranks, one: Item, other: Item, picked: Sequence[str]) -> Array:
    places = ranks.of(picked)
    return np.asarray(np.maximum(ranks.mood(one)[places], ranks.plot(other)[places]))


def speed(catalogue: Catalogue, requests: int = 60) -> tuple[float, float]:
    """Median and 95th percentile of retrieving and ranking five, in milliseconds, warm."""
    chosen = list(catalogue.items())[:: max(1, catalogue.count() // requests)]
    taken = []
    for item in [*chosen[:5], *chosen]:
        query = Query(likes=(Like(id=item.id),), words=" ".join(item.tags[:2]))
        started = perf_counter()
        candidates = [candidate.item for candidate in retrieve(catalogue, query)]
        rank_items(catalogue, query, candidates)
        taken.append(1000 * (perf_counter() - started))
    middle, late = np.quantile(taken[5:], (0.5, 0.95))
    return float(middle), float(late)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure on the catalogue of the data folder given, or a temporary one."""
    from pathlib import Path  # noqa: PLC0415
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from ..ingest.starter import open_catalogue  # noqa: PLC0415

    parser = argparse.ArgumentParser(description="Measure the recommender.")
    parser.add_argument("--every", type=int, default=3, help="use every Nth film (default 3)")
    parser.add_argument("--pairs", type=int, default=150, help="composed pairs (default 150)")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        catalogue = open_catalogue(Path(folder))
        try:
            show(catalogue, asked.every, asked.pairs)
        finally:
            catalogue.close()


def show(catalogue: Catalogue, every: int, pairs: int) -> None:
    """Print both tables, and how long a list takes."""
    console = Console()
    middle, late = speed(catalogue)
    console.print(f"retrieve and rank: median {middle:.1f} ms, p95 {late:.1f} ms")
    kindred = Table("signal", "recall@10", "nDCG@10", title="Kindred films found")
    for name, *numbers in kindred_table(catalogue, every):
        kindred.add_row(name, *(f"{number:.3f}" for number in numbers))
    console.print(kindred)
    titles = ("method", "both in top 10 %", "both in top 20 %", "mean of the worse standing")
    pairs_table = Table(*titles, title="The mood of A with the plot of B, top 5")
    for name, *numbers in composition_table(catalogue, pairs):
        pairs_table.add_row(name, *(f"{number:.3f}" for number in numbers))
    console.print(pairs_table)


if __name__ == "__main__":
    main()
