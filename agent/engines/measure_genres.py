"""How well genres are told of texts: ``moodreel eval genres --data FOLDER``.

A fifth of the films of MovieLens latest-small that have an overview, and the captions of trailers,
are told their genres by a classifier (trained on the other films and the starter films, none of
the trailers' among them), by one that knows the starter films alone, by the rule that serves
without a classifier, and by lot. ``--engine ollama`` asks the model of the settings too.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from ...errors import BadSource, EngineError, MoodreelError, UsageError
from ...ingest.embedding import Embedder, choose_embedder
from ...ingest.item import Item
from ...ingest.starter import open_catalogue
from ...ingest.starter.films import starter_items
from ...tools.genre_data import Told, films, trailers
from ...tools.genre_scores import MOVIELENS_GENRES, Scores, by_lot, scores_of
from ...tools.genre_training import Matrix, rule, train, vectors_of
from ..settings import load_settings
from .base import Content, Engine
from .choose import choose_engine
from .ledger import Ledger

REFERENCES = (
    ("a large language model, elsewhere", 0.56),
    ("DistilBERT, elsewhere", 0.45),
)
"""Macro-F1 that others report for these 18 genres; on other films than these."""

Genres = Sequence[tuple[str, ...]]


class Stage:
    """The films, split, and the vectors of their texts."""

    def __init__(self, known: Sequence[Told], spoken: Sequence[Told], embedder: Embedder) -> None:
        """Embed all that is needed, once.

        Args:
            known: films with an overview.
            spoken: trailers.
            embedder: of the catalogue.
        """
        named = {each.imdb_id for each in spoken}
        self.embedder = embedder
        self.tests = {
            "films left out": [f for f in known if f.left_out and f.imdb_id not in named],
            "trailers": list(spoken),
        }
        asked = {each.imdb_id for told in self.tests.values() for each in told}
        self.starter = [item for item in starter_items() if item.id not in asked]
        own = {item.id for item in self.starter}
        rest = [f.as_item() for f in known if f.imdb_id not in asked | own]
        self.all = [*self.starter, *rest]
        self.vectors = self._embedded([item.plot_essence for item in self.all])
        self.asked = {name: self._embedded([each.text for each in told])
                      for name, told in self.tests.items()}  # fmt: skip

    def _embedded(self, texts: Sequence[str]) -> Matrix:
        return vectors_of(texts, self.embedder)

    def trained(self, items: Sequence[Item]) -> Callable[[str], Genres]:
        """Genres by a classifier that learnt from the first so many items."""
        model = train(self.vectors[: len(items)], items, self.embedder.name)
        return lambda test: model.predict(self.asked[test])

    def ruled(self, test: str) -> Genres:
        """Genres by the rule of the nearest starter films."""
        told = self.tests[test]
        return rule([t.text for t in told], self.embedder, {t.imdb_id for t in told})


async def asked_of(engine: Engine, told: Sequence[Told]) -> tuple[Genres, int]:
    """Genres by an engine, and how many texts it gave no usable answer to."""
    found: list[tuple[str, ...]] = []
    failed = 0
    for each in told:
        try:
            described = await engine.describe(Content(text=each.text), Ledger())
            found.append(described.genres)
        except EngineError:
            found.append(())
            failed += 1
    return found, failed


def measure(stage: Stage, test: str) -> dict[str, Scores]:
    """Scores by method on one of the tests."""
    true = [each.genres for each in stage.tests[test]]
    methods = {
        "classifier, starter films and MovieLens": stage.trained(stage.all),
        "classifier, starter films alone": stage.trained(stage.starter),
        "nearest items and words, untrained": stage.ruled,
    }
    told = {name: scores_of(each(test), true, MOVIELENS_GENRES) for name, each in methods.items()}
    return {**told, "by lot, as often as true": by_lot(true, MOVIELENS_GENRES)}


def show(console: Console, title: str, found: dict[str, Scores], many: int) -> None:
    """Print the methods, and the genres of the first."""
    summary = Table("method", "macro-F1", "micro-F1", title=f"{title} ({many:,})")
    for name, scores in found.items():
        summary.add_row(name, f"{scores.macro:.3f}", f"{scores.micro:.3f}")
    for name, macro in REFERENCES:
        summary.add_row(name, f"{macro:.2f}", "")
    console.print(summary)
    first = next(iter(found.values()))
    others = [scores for scores in found.values() if scores is not first]
    header = ["genre", "items", "precision", "recall", "F1", "F1 of the others, in that order"]
    by_genre = Table(*header, title=f"{title}: {next(iter(found))}")
    for at, name in enumerate(first.names):
        numbers = (first.precision[at], first.recall[at], first.f1[at])
        rest = " ".join(f"{scores.f1[at]:.2f}" for scores in others)
        by_genre.add_row(name, str(first.items[at]), *(f"{n:.2f}" for n in numbers), rest)
    console.print(by_genre)


async def by_model(told: Sequence[Told], most: int) -> tuple[Scores, int, int]:
    """Scores of the settings' model on the first texts, how many these are, and unanswered ones.

    Raises:
        UsageError: there is no model.
    """
    settings = load_settings(engine="ollama", conversations="memory")
    with TemporaryDirectory() as folder:
        catalogue = open_catalogue(Path(folder), "light")
        try:
            chosen = await choose_engine(settings, catalogue)
            if not chosen.as_wished:
                raise UsageError(f"no model can be asked: {chosen.says}")
            few = told[:most]
            genres, failed = await asked_of(chosen.engine, few)
        finally:
            catalogue.close()
    return scores_of(genres, [each.genres for each in few], MOVIELENS_GENRES), len(few), failed


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 2 where the data or the model is missing."""
    parser = argparse.ArgumentParser(description="Measure how well genres are told of texts.")
    parser.add_argument("folder", type=Path, nargs="?", help="the folder with the data sets")
    parser.add_argument("--films", type=int, help="use so many films of MovieLens only")
    parser.add_argument("--embedder", choices=("auto", "light"), default="auto")
    parser.add_argument("--engine", choices=("builtin", "ollama"), default="builtin")
    parser.add_argument("--ask", type=int, default=100, help="texts that the model is asked about")
    asked = parser.parse_args(arguments)
    try:
        _measure_all(asked)
    except MoodreelError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return error.exit_code
    return 0


def _measure_all(asked: argparse.Namespace) -> None:
    if asked.folder is None:
        raise BadSource("the films of MovieLens are needed: name their folder with --data")
    known = films(asked.folder)
    spoken = trailers(asked.folder, known)
    told = [film for film in known if film.text][: asked.films]
    stage = Stage(told, spoken, choose_embedder(asked.embedder))
    console = Console(width=100)
    for test, told in stage.tests.items():
        show(console, test.capitalize(), measure(stage, test), len(told))
        if asked.engine == "ollama":
            _show_model(console, test, told, asked.ask)


def _show_model(console: Console, test: str, told: Sequence[Told], most: int) -> None:
    scores, many, failed = asyncio.run(by_model(told, most))
    console.print(
        f"The model on {many} of the {test}: macro-F1 {scores.macro:.3f}, micro-F1 "
        f"{scores.micro:.3f}; {failed} without a usable answer."
    )


if __name__ == "__main__":
    raise SystemExit(main())
