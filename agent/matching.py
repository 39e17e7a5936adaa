"""Which entries of a profile a few words mean: "forget that I said no horror"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..ingest.facets import stem
from ..ingest.item import fold
from .edits import LimitEdit, Nudge, Weigh, Wish
from .sentences import sentence

if TYPE_CHECKING:
    from .profile import Entry

# Words that say how something was said, not what.
_CARRIED = (
    "a an the that this it i i'm im my me we you said say told what about of on for with to from"
    " and or but is are was be no not any anything nothing only don't dont want wanted forget"
    " thing stuff part bit limit wish preference film films movie movies one ones please rather"
    " drop remove"
)
_CARRIERS = frozenset(_CARRIED.split())
_CALLED = {
    "runtime": "runtime length long short minute hour time duration",
    "years": "year years decade era date old new age recent",
    "languages": "language languages subtitle foreign",
    "genres": "genre genres",
    "people": "person people actor actress director cast",
    "age": "age kid child children family",
    "ratings": "rating certificate",
    "content": "content trigger warning",
    "subjects": "subject topic theme",
    "kinds": "kind format",
    "watchlist": "watchlist watch list saved",
    "newness": "year newer older recent",
    "length": "length longer shorter runtime",
    "fame": "popular famous known obscure",
}
_ENOUGH = 0.5


def _stems(text: str) -> set[str]:
    return {stem(word) for word in fold(text).split() if word not in _CARRIERS}


def _spoken(entry: Entry) -> set[str]:
    """All stems by which a person may call an entry."""
    said = entry.content
    texts = [said.words, sentence(entry)]
    if isinstance(said, LimitEdit):
        texts.append(_CALLED.get(said.limit.limit, ""))
        texts.append(str(getattr(said.limit, "axis", "")))
    elif isinstance(said, Nudge):
        texts += [said.quality, _CALLED.get(said.quality, "")]
    elif isinstance(said, Wish):
        texts += [said.text, *said.moods, *said.axes, *said.genres]
    elif isinstance(said, Weigh):
        texts.append(said.dimension)
    return {each for text in texts for each in _stems(text)}


def best_matches(entries: Sequence[Entry], about: str) -> tuple[Entry, ...]:
    """The entries that share most words with ``about``; none below half of its words."""
    asked = _stems(about)
    if not asked:
        return ()
    shares = [(len(asked & _spoken(entry)) / len(asked), entry) for entry in entries]
    best = max((share for share, _ in shares), default=0.0)
    return tuple(entry for share, entry in shares if share == best) if best >= _ENOUGH else ()
