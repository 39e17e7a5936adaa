"""``moodreel ingest genres``: the catalogue's own items teach genres to a classifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .output import as_json, say, tell

if TYPE_CHECKING:
    from ...ingest.catalogue import Catalogue
    from ...ingest.genre_model import GenreModel
    from ...ingest.item import Item
    from ...tools.genre_training import Comparison

_AT_A_TIME = 512


def ingest_genres(*, json: bool) -> None:
    """Train, keep what is trained where it is better than the rule, and give genres to items.

    Raises:
        UsageError: scikit-learn is missing, or there is too little to learn from.
        WorkError: the data folder can't be used.
    """
    from ...tools import genre_training as training  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415
    from .opening import opened_catalogue  # noqa: PLC0415

    home = load_settings().home
    with opened_catalogue() as stored:
        items = training.learnable([*stored.items()])
        tell(f"Learning from {len(items):,} items with a plot and known genres.")
        texts = [item.plot_essence for item in items]
        vectors = training.vectors_of(texts, stored.embedder, _told)
        compared = training.compare(vectors, items, stored.embedder)
        given = 0
        if compared.better:
            model = training.train(vectors, items, stored.embedder.name)
            model.save(home)
            given = _give(stored, model)
    _show(compared, len(items), given, json=json)


def _told(done: int, total: int) -> None:
    if done == total or done % (8 * _AT_A_TIME) == 0:
        tell(f"{done:,} of {total:,} texts read")


def _give(stored: Catalogue, model: GenreModel) -> int:
    """Predict the genres of all items that nobody knows them of; how many these are."""
    from ...tools.genre_training import vectors_of  # noqa: PLC0415

    asked = [item for item in stored.items() if item.plot_essence and _unknown(item)]
    for start in range(0, len(asked), _AT_A_TIME):
        batch = asked[start : start + _AT_A_TIME]
        rows = vectors_of([item.plot_essence for item in batch], stored.embedder)
        stored.upsert([item.with_genres(each, model.provenance)
                       for item, each in zip(batch, model.predict(rows), strict=True)])  # fmt: skip
    return len(asked)


def _unknown(item: Item) -> bool:
    return not item.genres or not item.genres_known


def _show(compared: Comparison, learnt: int, given: int, *, json: bool) -> None:
    from .show import rows  # noqa: PLC0415

    told = {
        "items learnt from": learnt,
        "items asked about": compared.asked,
        "genres": compared.genres,
        "classifier, macro-F1 and micro-F1": compared.classifier,
        "nearest items, macro-F1 and micro-F1": compared.rule,
        "kept": compared.better,
        "items given genres": given,
    }
    if json:
        say(as_json(told))
        return
    rows("Genres", ["what", "value"], [[name, _cell(value)] for name, value in told.items()])
    if compared.better:
        tell("Texts that are described or read in from now on get their genres from it.")
    else:
        tell("The nearest items tell genres as well, so nothing was kept: add more items first.")


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"{each:.3f}" for each in value)
    return ("yes" if value else "no") if isinstance(value, bool) else f"{value:,}"
