"""Whether ratings make better lists: ``moodreel eval community --data FOLDER``.

People of MovieLens latest-small who like 15 starter films or more are told of by 1, 3 or 10 of
them; what is wanted is all that they like besides the first ten. Half of the people were there to
choose weights by (``--tuning``), the other half is reported. Every model is fitted without the
people that it is asked about: a fold of them at a time is left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from rich.console import Console
from rich.table import Table

from ..errors import MoodreelError
from ..ingest.catalogue import Catalogue
from ..ingest.community import Model, use_model
from ..ingest.ratings import Ratings, choose, fit, read_ratings
from .community_folds import DEPTH, FEWEST_LIKED, LOVED, SET, SIZES, Person, folds, people_of
from .evaluate import ndcg
from .query import Like, Query
from .retrieve import retrieve

_DRAWS = 2_000

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
        query = Query(likes=tuple(Like(id=name, weight=LOVED) for name in person.told(10)))
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
