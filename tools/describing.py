"""Descriptors of many texts in the form in which `moodreel.ingest.run` takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..ingest.embedding import Embedder
from ..ingest.genre_model import GenreModel
from ..ingest.run import Describe
from ..ingest.starter.films import starter_items
from .derive_bulk import BulkDeriver


def builtin_describe(embedder: Embedder, genres: GenreModel | None = None) -> Describe:
    """Descriptors derived from the starter films; they are made ready at the first text.

    Genres come from the classifier where there is one.
    """
    held: list[BulkDeriver] = []

    def describe(texts: Sequence[str]) -> list[dict[str, Any]]:
        if not held:
            held.append(BulkDeriver(embedder, starter_items(), genres))
        return [dict(found) for found in held[0].derive_each(texts)]

    return describe
