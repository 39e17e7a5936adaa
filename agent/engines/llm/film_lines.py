"""A candidate as one line of a prompt, in full or shortened."""

from __future__ import annotations

from collections.abc import Sequence

from ....ingest.item import Item, fold
from ....ingest.language import LANGUAGES
from ....ingest.limits import Age, AxisBound, Content, Ratings
from ....prompts import fenced
from ....tools.query import Query

# How much of a film each length of its line tells: words of the plot, people, moods, tags.
LENGTHS = ((25, 3, 4, 3), (20, 2, 3, 2), (12, 1, 3, 2), (0, 0, 2, 0))
_LONGEST_PART = 180


def film_line(alias: str, item: Item, *, length: int = 0, notes: bool = False) -> str:
    """One line: ``f1 | Heat (1995) | 170 min | R | Crime | by Michael Mann | …``.

    Args:
        alias: the short name that the model may say.
        item: facts that aren't known are left out; its text can't break out of the line.
        length: a place in `LENGTHS`, 0 the longest.
        notes: whether content notes belong into it.
    """
    words, people, moods, tags = LENGTHS[length]
    parts = [
        alias,
        item.label,
        *_facts(item),
        f"by {', '.join(item.directors[:2])}" if item.directors else "",
        f"with {', '.join(item.cast[:people])}" if item.cast and people else "",
        ", ".join(item.mood_tags[:moods]),
        ", ".join(item.tags[:tags]),
        f"notes: {', '.join(item.content_notes[:4])}" if notes and item.content_notes else "",
        _beginning(item.plot_essence, words),
    ]
    return " | ".join(one_line(part) for part in parts if part)


def _facts(item: Item) -> list[str]:
    foreign = item.language not in (None, "en")
    return [
        item.kind if fold(item.kind) != "film" else "",
        f"{item.runtime_min} min" if item.runtime_min else "",
        item.age_rating or "",
        f"in {LANGUAGES.get(item.language or '', item.language)}" if foreign else "",
        ", ".join(item.genres[:3]),
    ]


def careful(query: Query) -> bool:
    """Whether somebody limits what may be seen, so that content notes matter."""
    return any(isinstance(limit, Age | AxisBound | Content | Ratings) for limit in query.limits)


def one_line(text: str) -> str:
    """Anybody's text as part of a line: fenced, blanks single, no bar that begins a part."""
    return " ".join(fenced(text).replace("|", "/").split())[:_LONGEST_PART]


def _beginning(text: str, words: int) -> str:
    """The first words of a text, with an ellipsis where more follow."""
    said: Sequence[str] = text.split()
    if not words or len(said) <= words:
        return text if words else ""
    return " ".join(said[:words]).rstrip(".,;:–—-") + "…"
