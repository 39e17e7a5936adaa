"""What the lists of the taste panel offer: what this catalogue has, and what a profile names."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ....ingest.catalogue import Catalogue
from ....ingest.facets import CONTENT
from ....ingest.language import language_name
from .taste_controls import Controls
from .taste_words import capitalised

Listed = list[tuple[str, str]]
"""Names as shown, with their values."""


class Choices:
    """The choices of one catalogue, counted anew when it has more or fewer items."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._counted: tuple[int, tuple[str, ...], tuple[str, ...]] = (-1, (), ())

    def of(self, catalogue: Catalogue, controls: Controls) -> dict[str, Listed]:
        """The choices of each list, by its field; may be called from any thread."""
        items = catalogue.count()
        if self._counted[0] != items:
            genres = tuple(sorted(filter(None, catalogue.facet("genres"))))
            self._counted = items, genres, tuple(filter(None, catalogue.facet("language")))
        _, genres, languages = self._counted
        return {
            "languages": _listed(language_name, languages, controls.languages),
            "genres": _listed(capitalised, genres, controls.genres),
            "never": _listed(capitalised, genres, controls.never),
            "spared": _listed(capitalised, CONTENT, controls.spared),
        }


def _listed(says: Callable[[str], str], *names: Iterable[str]) -> Listed:
    return [(says(name), name) for name in dict.fromkeys(n for each in names for n in each)]
