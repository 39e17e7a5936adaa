"""Words of items and of wishes as BM25 sparse vectors, the same for every store."""

from __future__ import annotations

from functools import lru_cache

import qdrant_edge as qdrant

from .item import Item, fold

# Words that carry a wish without saying what is wished for: they would match at random.
_CARRIERS = """
a about again an and any anything best bit can could feature feeling film films find flick flicks
for from give good great i im in is it kind like liked looking love loved me mood more movie
movies my of on one or please recommend recommendation recommendations really see show some
something sort suggest suggestion suggestions that the thing things this to tonight want wanna
watch watching we what with would you
"""
CARRIERS = frozenset(_CARRIERS.split())
# The mean length of an item's words after stop words; BM25 normalises by it.
_MEAN_LENGTH = 90.0


@lru_cache(maxsize=1)
def _model() -> qdrant.Bm25:
    return qdrant.Bm25(qdrant.Bm25Config(language="english", avg_len=_MEAN_LENGTH))


def without_carriers(text: str) -> str:
    """The words of a text that say what is wished for, folded."""
    return " ".join(word for word in fold(text).split() if word not in CARRIERS)


def document_words(item: Item) -> qdrant.SparseVector:
    """Term weights of everything an item says about itself, names included."""
    names = (item.title, *item.alternative_titles, *item.directors, *item.cast)
    subjects = (*item.tags, *item.archetypes, *item.genres, *item.mood_tags)
    texts = (item.mood, item.target_audience, item.plot_essence)
    return _model().embed_document(fold(" ".join((*names, *subjects, *texts))))


def query_words(text: str) -> qdrant.SparseVector | None:
    """One weight per distinct word that is no carrier, or None where no word is left."""
    vector = _model().embed_query(without_carriers(text))
    return vector if vector.indices else None


def stems(text: str) -> frozenset[int]:
    """The distinct words of a text as numbers of their stems, English stop words left out."""
    return frozenset(_model().embed_query(fold(text)).indices)
