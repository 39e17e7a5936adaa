"""Descriptors of many texts in the form in which `moodreel.ingest.run` takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..ingest.embedding import Embedder
from ..ingest.genre_model import GenreModel
from ..ingest.language import is_foreign, language_of
from ..ingest.run import Describe
from ..ingest.starter.films import starter_items
from .derive import DERIVED
from .derive_bulk import BulkDeriver
from .essence import essence
from .genre_names import genres_named


def builtin_describe(embedder: Embedder, genres: GenreModel | None = None) -> Describe:
    """Descriptors derived from the starter films; they are made ready at the first text.

    Genres come from the classifier where there is one. Of a text in another language than
    English only the plot and the genres that it names are told: what it is like would be a guess
    from words that happen to look alike.
    """
    held: list[BulkDeriver] = []

    def describe(texts: Sequence[str]) -> list[dict[str, Any]]:
        if not held:
            held.append(BulkDeriver(embedder, starter_items(), genres))
        foreign = [is_foreign(text) for text in texts]
        english = [text for text, other in zip(texts, foreign, strict=True) if not other]
        derived = iter(held[0].derive_each(english))
        return [
            _untold(text, embedder) if other else dict(next(derived))
            for text, other in zip(texts, foreign, strict=True)
        ]

    return describe


def _untold(text: str, embedder: Embedder) -> dict[str, Any]:
    return {
        "plot_essence": essence(text, embedder),
        "genres": genres_named(text, language_of(text) or ""),
        "provenance": DERIVED,
        "mood": "",
        "target_audience": "",
        "axes": None,
        **dict.fromkeys(("mood_tags", "archetypes", "tags"), ()),
    }
