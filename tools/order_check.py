"""How much good a good order of a model does, and how much harm a bad one.

``python -m moodreel.tools.order_check [--every N]`` simulates models that order the candidates
for "like this film" and prints how well kindred films are ranked by the model alone, by the
search alone and by both, see `moodreel.tools.order`. Kindred lists are no signal where they
are the answer.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from ..ingest.catalogue import Catalogue
from .evaluate import WithoutKindred, ndcg, recall
from .order import fuse_order
from .query import Like, Query
from .retrieve import retrieve
from .scoring import Candidate

DEPTH, NAMED, SHOWN = 20, 10, 5
Model = Callable[["Case", np.random.Generator], Sequence[float] | NDArray[np.float64]]
"""What a model thinks of each candidate; it orders them by this."""


@dataclass(frozen=True)
class Case:
    """Candidates of one request, best first, and the ids among them that are right."""

    candidates: Sequence[Candidate]
    right: frozenset[str]

    @property
    def relevance(self) -> list[float]:
        return [float(candidate.id in self.right) for candidate in self.candidates]


def _noisy(spread: float) -> Model:
    return lambda case, chance: (
        case.relevance + spread * chance.standard_normal(len(case.candidates))
    )


MODELS: Mapping[str, Model] = {
    "perfect": _noisy(0.0),
    "good (noise 0.5)": _noisy(0.5),
    "fair (noise 1)": _noisy(1.0),
    "weak (noise 2)": _noisy(2.0),
    "by popularity": lambda case, chance: [c.item.popularity for c in case.candidates],
    "as it was given": lambda case, chance: [c.score for c in case.candidates],
    "random": lambda case, chance: [0.0] * len(case.candidates),
    "the worst first": lambda case, chance: [-value for value in case.relevance],
    "given, backwards": lambda case, chance: [-c.score for c in case.candidates],
}


@dataclass(frozen=True)
class Row:
    """Means over all cases of one model: (recall@5, nDCG@5) each."""

    model: str
    alone: tuple[float, float]
    search: tuple[float, float]
    fused: tuple[float, float]


def ordered(model: Model, case: Case, chance: np.random.Generator) -> list[str]:
    """The ids that a model names, best first; ties fall by chance."""
    worth = np.asarray(model(case, chance), dtype=np.float64)
    worth = worth + 1e-6 * chance.standard_normal(len(worth))
    return [case.candidates[place].id for place in np.argsort(-worth)[:NAMED]]


def hidden_all(catalogue: Catalogue, every: int) -> Iterator[Case]:
    """Cases without any kindred list: nothing but descriptors and facts."""
    blind = WithoutKindred(catalogue)
    for item in [item for item in catalogue.items() if item.kindred][::every]:
        found = retrieve(blind, Query(likes=(Like(id=item.id),)), DEPTH)
        yield Case(found, frozenset(item.kindred) & {c.id for c in found})


def hidden_one(catalogue: Catalogue, every: int) -> Iterator[Case]:
    """Cases in which one link is hidden and the rest of the community's voice is heard."""
    for place, item in enumerate([item for item in catalogue.items() if item.kindred][::every]):
        hidden = item.kindred[place % len(item.kindred)]
        rest = tuple(name for name in item.kindred if name != hidden)
        blind = WithoutKindred(catalogue, (item.id, hidden))
        query = Query(likes=(Like(id=item.id),), exclude=rest)
        found = retrieve(blind, query, DEPTH)
        yield Case(found, frozenset({hidden}) & {c.id for c in found})


def measure(cases: Sequence[Case], seed: int = 1) -> list[Row]:
    """One row a model, over the cases in which anything is right."""
    telling = [case for case in cases if case.right]
    chance = np.random.default_rng(seed)
    return [_row(name, model, telling, chance) for name, model in MODELS.items()]


def _row(name: str, model: Model, cases: Sequence[Case], chance: np.random.Generator) -> Row:
    alone, search, fused = [], [], []
    for case in cases:
        order = ordered(model, case, chance)
        alone.append((order, case.right))
        search.append(([c.id for c in case.candidates], case.right))
        fused.append(([c.id for c in fuse_order(case.candidates, order)], case.right))
    return Row(name, _mean(alone), _mean(search), _mean(fused))


def _mean(lists: Sequence[tuple[list[str], frozenset[str]]]) -> tuple[float, float]:
    recalls = fmean(recall(found, list(right), SHOWN) for found, right in lists)
    return recalls, fmean(ndcg(found, list(right), SHOWN) for found, right in lists)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure on the starter catalogue in a temporary folder."""
    from pathlib import Path  # noqa: PLC0415
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from ..ingest.starter import open_catalogue  # noqa: PLC0415

    parser = argparse.ArgumentParser(description="Measure the fusion with a model's order.")
    parser.add_argument("--every", type=int, default=3, help="use every Nth film (default 3)")
    every = parser.parse_args(arguments).every
    with TemporaryDirectory() as folder:
        catalogue = open_catalogue(Path(folder))
        try:
            _show("All kindred lists hidden", measure(list(hidden_all(catalogue, every))))
            _show("One link hidden", measure(list(hidden_one(catalogue, every))))
        finally:
            catalogue.close()


def _show(title: str, rows: Sequence[Row]) -> None:
    table = Table("model", "alone", "search", "fused", title=f"{title}: recall@5 / nDCG@5")
    for row in rows:
        pairs = (row.alone, row.search, row.fused)
        table.add_row(row.model, *(f"{one:.3f} / {two:.3f}" for one, two in pairs))
    Console().print(table)


if __name__ == "__main__":
    main()
