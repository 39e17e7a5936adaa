"""Variety: five films that are not five times the same one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

from ..ingest.item import Item, fold
from .scoring import Candidate

# How much of a candidate's lead one look-alike in the list costs it (maximal marginal
# relevance; Carbonell & Goldstein 1998), in units of the pool's best score.
_PENALTY = 0.45
_PER_SERIES = 1
_PER_DIRECTOR = 2
_PART = re.compile(
    r"^(.*?)(?:\s*[:–—]\s|\s+(?:part|chapter|episode|vol)\b|\s+(?:[ivx]+|\d+)\b(?!$)).*"
)
_NUMBER = re.compile(r"\s+(?:[ivx]{1,4}|\d{1,2})$")
_OPENERS = {"the", "a", "an", "of", "and", "in", "on", "at", "to", "for", "with", "my", "i"}


def diversify(
    candidates: Sequence[Candidate], count: int, *, loose: Collection[str] = ()
) -> list[Candidate]:
    """Choose a varied list from candidates that are sorted best first.

    Each choice weighs its score against its likeness to what is chosen already. At most one
    of a series and two of a director, unless too few would be left or the director is in
    ``loose`` (folded names: the query asked for them).
    """
    pool = list(candidates)
    chosen: list[Candidate] = []
    scale = max(_spread(pool), 1e-9)
    while pool and len(chosen) < count:
        fresh = [c for c in pool if not _crowded(c.item, chosen, loose)] or pool
        best = max(fresh, key=_marginal(chosen, scale))
        chosen.append(best)
        pool.remove(best)
    return chosen


def _spread(pool: Sequence[Candidate]) -> float:
    """How far the leaders stand above the middle of the pool."""
    scores = [candidate.score for candidate in pool]
    return scores[0] - scores[len(scores) // 2] if scores else 0.0


def _marginal(chosen: Sequence[Candidate], scale: float) -> Callable[[Candidate], float]:
    def worth(candidate: Candidate) -> float:
        alike = max((likeness(candidate.item, c.item) for c in chosen), default=0.0)
        return candidate.score / scale - _PENALTY * alike

    return worth


def _crowded(item: Item, chosen: Sequence[Candidate], loose: Collection[str]) -> bool:
    series = sum(same_series(item, other.item) for other in chosen)
    if series >= _PER_SERIES:
        return True
    makers = (
        [name for name in item.directors if fold(name) not in loose] if loose else item.directors
    )
    return any(
        sum(name in other.item.directors for other in chosen) >= _PER_DIRECTOR for name in makers
    )


def likeness(one: Item, other: Item) -> float:
    """How much two items would feel like the same suggestion, 0 to 1, from their facts."""
    mood = _overlap(one.mood_tags, other.mood_tags)
    genre = _overlap(one.genres, other.genres)
    about = _overlap((*one.tags, *one.archetypes), (*other.tags, *other.archetypes))
    maker = float(bool(set(one.directors) & set(other.directors)))
    star = float(bool(set(one.cast) & set(other.cast)))
    near = one.year is not None and other.year is not None and abs(one.year - other.year) <= 5
    return min(
        1.0, 0.3 * mood + 0.25 * genre + 0.8 * about + 0.2 * maker + 0.1 * star + 0.05 * near
    )


def _overlap(one: Sequence[str], other: Sequence[str]) -> float:
    either = set(one) | set(other)
    return len(set(one) & set(other)) / len(either) if either else 0.0


def same_series(one: Item, other: Item) -> bool:
    """Whether two items look like parts of one series or tellings of one story.

    By their titles' common beginning ("Toy Story", "Harry Potter and …"), or by shared
    actors together with much that both are about.
    """
    mine, theirs = series_name(one.title), series_name(other.title)
    if mine == theirs or _begins(mine, theirs) or _begins(theirs, mine):
        return True
    shared = set(one.tags) & set(other.tags)
    stars = set(one.cast) & set(other.cast)
    return (len(shared) >= 2 and len(stars) >= 1) or len(shared) >= 4 or len(stars) == 3


@lru_cache(maxsize=20_000)
def series_name(title: str) -> str:
    """The part of a title that a sequel repeats, folded: ``rocky`` for ``Rocky II``."""
    head = _PART.sub(r"\1", title.casefold()) or title
    return fold(_NUMBER.sub("", head)) or fold(title)


def _begins(short: str, long: str) -> bool:
    """Whether one name opens the other with at least two words that say something."""
    telling = [word for word in short.split() if word not in _OPENERS]
    return len(telling) >= 2 and long.startswith(short + " ")
