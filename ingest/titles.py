"""Finding items by what people call them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TitleMatch:
    """An item that a name may mean.

    ``score`` runs from 0 to 100 (rapidfuzz's scale); ``exact`` means that the folded names are
    equal, article, accents and punctuation aside.
    """

    id: str
    title: str
    year: int | None
    score: float
    exact: bool
    popularity: float = 0.0
