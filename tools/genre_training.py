"""Training the genre classifier on the items of a catalogue whose genres are known.

It takes scikit-learn (extra ``eval``); what is trained works without.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from ..ingest.embedding import Embedder
from ..ingest.genre_model import GenreModel, centred, text_vectors
from ..ingest.item import Item
from ..ingest.starter.films import starter_items
from .derive_bulk import BulkDeriver
from .essence import parts
from .genre_scores import scores_of

FEWEST = 20
"""A genre of fewer items can't be learnt."""
MOST_ASKED = 300
"""So many items are left out to find out whether the classifier is better than the rule."""
_FOLDS = 4
_SEED = 0
# The inverse of the penalty. Of 0.1 to 30 it gives the best macro-F1 out of fold on MovieLens.
_C = 1.0
_AT_A_TIME = 512

Matrix = NDArray[np.float32]
Labels = NDArray[np.bool_]


def learnable(items: Sequence[Item]) -> list[Item]:
    """The items that teach: with a text of their plot, and genres that somebody knew."""
    return [item for item in items if item.plot_essence and item.genres and item.genres_known]


def vectors_of(
    texts: Sequence[str], embedder: Embedder, watch: Callable[[int, int], None] | None = None
) -> Matrix:
    """A vector of length 1 for each text, as `GenreModel` takes them."""
    rows = []
    for start in range(0, len(texts), _AT_A_TIME):
        batch = texts[start : start + _AT_A_TIME]
        rows.append(text_vectors([parts(text) for text in batch], embedder))
        if watch:
            watch(start + len(batch), len(texts))
    return np.concatenate(rows)


def taught_genres(items: Sequence[Item]) -> tuple[str, ...]:
    """The genres with enough items, the commonest first."""
    counts = Counter(genre for item in items for genre in item.genres)
    return tuple(genre for genre, count in counts.most_common() if count >= FEWEST)


def labels_of(items: Sequence[Item], genres: Sequence[str]) -> Labels:
    """Which items are of which genres, shape (items, genres)."""
    return np.array([[genre in item.genres for genre in genres] for item in items])


def train(vectors: Matrix, items: Sequence[Item], embedder: str) -> GenreModel:
    """One logistic regression a genre; each bound is where F1 is best on items left out.

    Args:
        vectors: of the items' texts, shape (items, dimension); see `vectors_of`.
        items: with known genres.
        embedder: the name of what made the vectors.

    Raises:
        UsageError: scikit-learn is missing, or no genre has enough items.
    """
    genres = taught_genres(items)
    if not genres or len(items) < _FOLDS * FEWEST:
        raise UsageError(
            f"{len(items)} items with a text and known genres are too few to learn from: add some "
            "with `moodreel ingest`"
        )
    mean = vectors.mean(axis=0)
    rows = centred(vectors, mean)
    with _one_thread():
        fitted = [_fitted(rows, wanted) for wanted in labels_of(items, genres).T]
    return GenreModel(
        embedder,
        genres,
        mean,
        np.array([weights for weights, _ in fitted], dtype=np.float32),
        np.array([bound for _, bound in fitted], dtype=np.float32),
        len(items),
    )


def _fitted(rows: Matrix, wanted: Labels) -> tuple[Matrix, float]:
    """The weights of one genre, and the score from which an item is taken to be of it."""
    linear, selection, metrics = _sklearn()
    if wanted.all():
        return np.zeros(rows.shape[1], dtype=np.float32), -1.0
    regression = linear.LogisticRegression(C=_C, max_iter=1_000)
    folds = selection.StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    unseen = selection.cross_val_predict(
        regression, rows, wanted, cv=folds, method="decision_function"
    )
    precision, recall, bounds = metrics.precision_recall_curve(wanted, unseen)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    regression.fit(rows, wanted)
    # Scores are taken without the intercept: the bound has it.
    best = float(bounds[int(np.argmax(f1[:-1]))])
    return regression.coef_[0], best - float(regression.intercept_[0])


def _one_thread() -> AbstractContextManager[object]:
    """Meanwhile one thread computes: several wait for each other longer than a step takes."""
    _sklearn()
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits


def _sklearn() -> tuple[Any, Any, Any]:
    try:
        from sklearn import linear_model, metrics, model_selection  # noqa: PLC0415
    except ModuleNotFoundError:
        raise UsageError("training takes scikit-learn: pip install 'moodreel[eval]'") from None
    return linear_model, model_selection, metrics


@dataclass(frozen=True)
class Comparison:
    """Macro- and micro-F1 of the classifier and of the rule on items that taught neither."""

    asked: int
    genres: int
    classifier: tuple[float, float]
    rule: tuple[float, float]

    @property
    def better(self) -> bool:
        """Whether the classifier is worth keeping."""
        return self.classifier[0] > self.rule[0]


def compare(vectors: Matrix, items: Sequence[Item], embedder: Embedder) -> Comparison:
    """Hold the classifier against the rule of the nearest items, on a few items left out of both.

    Raises:
        UsageError: as `train`.
    """
    order = np.random.default_rng(_SEED).permutation(len(items))
    asked = order[: min(MOST_ASKED, len(items) // 5)].tolist()
    rest = [place for place in range(len(items)) if place not in set(asked)]
    model = train(vectors[rest], [items[place] for place in rest], embedder.name)
    tested = [items[place] for place in asked]
    told = rule([item.plot_essence for item in tested], embedder, {item.id for item in tested})
    true = [item.genres for item in tested]
    ours = scores_of(model.predict(vectors[asked]), true, model.genres)
    theirs = scores_of(told, true, model.genres)
    return Comparison(
        len(asked), len(model.genres), (ours.macro, ours.micro), (theirs.macro, theirs.micro)
    )


def rule(
    texts: Sequence[str], embedder: Embedder, without: Collection[str]
) -> list[tuple[str, ...]]:
    """Genres as they are told where no classifier was trained, from the other starter films."""
    teachers = [item for item in starter_items() if item.id not in without]
    return [found.genres for found in BulkDeriver(embedder, teachers).derive_each(texts)]
