"""Learns how well each mood tag fits an item that doesn't carry it, from its other tags and axes.

Run ``python -m moodreel.ingest.starter.learn_moods`` after the starter films changed; it writes
`moodreel.ingest.moods.FILE`. A film carries 3 to 6 of 58 tags, so that a tag's absence says
little: "cosy" fits many films that are tagged gentle, heartwarming and uplifting instead.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..item import MOOD_TAGS, Item
from ..moods import FILE, Vector, axis_table, carried, features
from .films import starter_items

Matrix = NDArray[np.float64]

# Ridge regression's penalty: on films left out, 100 and 300 are best of 3 to 300.
PENALTY = 100.0
_FOLDS = 5


def hidden(tags: Vector, axes: Vector, tag: int) -> Matrix:
    """Features of shape (items, features) as if no item carried one tag.

    Were its place only left empty, the films that carry it would be known by having one tag
    fewer than others.
    """
    others = tags.copy()
    others[:, tag] = 0
    return np.asarray(features(others, axes), dtype=np.float64)


def weights(table: Matrix, wanted: NDArray[np.bool_], penalty: float = PENALTY) -> Matrix:
    """What each feature says about a tag, shape (features,), by ridge regression.

    Args:
        table: from `hidden`, its last column the constant, which is not penalised.
        wanted: which rows carry the tag.
    """
    pull = penalty * np.eye(table.shape[1])
    pull[-1, -1] = 0.0
    return np.asarray(np.linalg.solve(table.T @ table + pull, table.T @ wanted), dtype=np.float64)


def learn(items: Sequence[Item]) -> NDArray[np.float32]:
    """Weights of shape (tags, features), scaled so that films that carry a tag average 1."""
    rows = []
    tags, axes = carried(items), axis_table(items)
    for tag in range(len(MOOD_TAGS)):
        table, wanted = hidden(tags, axes, tag), tags[:, tag] == 1
        found = weights(table, wanted)
        rows.append(found / (table[wanted] @ found).mean())
    return np.array(rows, dtype=np.float32)


def held_out_auc(items: Sequence[Item], penalty: float = PENALTY) -> float:
    """How often a film that carries a tag, hidden, scores above one that doesn't: 0.5 is chance.

    Mean over all tags and five folds; weights are learnt on the other folds.
    """
    fold = np.random.default_rng(0).permutation(len(items)) % _FOLDS
    found = []
    tags, axes = carried(items), axis_table(items)
    for tag in range(len(MOOD_TAGS)):
        table, wanted = hidden(tags, axes, tag), tags[:, tag] == 1
        for held in range(_FOLDS):
            learnt = weights(table[fold != held], wanted[fold != held], penalty)
            found.append(_auc(table[fold == held] @ learnt, wanted[fold == held]))
    return float(np.mean(found))


def _auc(scores: Matrix, wanted: NDArray[np.bool_]) -> float:
    """The share of pairs (carrier, other) in the right order."""
    above = scores[wanted][:, None] > scores[~wanted][None]
    return float(above.mean())


def main() -> None:
    """Write the file and say how good it is."""
    items = starter_items()
    np.savez_compressed(FILE, weights=learn(items))
    report = f"{FILE.name}: {FILE.stat().st_size} bytes, held-out AUC {held_out_auc(items):.3f}"
    print(report)  # noqa: T201


if __name__ == "__main__":
    main()
