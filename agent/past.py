"""What was watched and rated before, brought in from elsewhere: its part in a taste profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from ..ingest.history import HistoryImport
from ..tools.query import Like
from .edits import Edit, Feeling, Forget, History

if TYPE_CHECKING:
    from .profile import TasteProfile

MOST_FAVOURITES, MOST_DISLIKED = 6, 2
"""How many films of a history pull at a list, however long it is."""
_WEIGHTS: Mapping[Feeling, float] = {"loved": 0.25, "liked": 0.15, "disliked": -0.15}
"""Less than what is said in the conversation: a history is how taste was, not what is wanted."""
_COUNTED: tuple[tuple[Feeling, str], ...] = (
    ("loved", "loved"),
    ("liked", "liked"),
    ("disliked", "disliked"),
    ("seen", "just seen"),
    ("interested", "still to watch"),
)


def history_edit(history: HistoryImport) -> History:
    """The edit that adds what is matched; what was seen is wanted no longer."""
    films = history.matched.items()
    told = sum(1 for _ in films)
    return History(
        service=history.service,
        seen={key: film.day.isoformat() if film.day else "" for key, film in films if film.seen},
        ratings={key: film.rating for key, film in films if film.rating is not None},
        liked=tuple(key for key, film in films if film.liked),
        wanted=tuple(key for key, film in films if film.wanted and not film.seen),
        words=f"{history.service}: {_films(told)}",
    )


def joined(earlier: History, later: History) -> History:
    """Two histories of one service as one; what the later one says of a film stands."""
    seen = {**earlier.seen, **{k: day or earlier.seen.get(k, "") for k, day in later.seen.items()}}
    return later.model_copy(
        update={
            "seen": seen,
            "ratings": {**earlier.ratings, **later.ratings},
            "liked": tuple(dict.fromkeys((*earlier.liked, *later.liked))),
            "wanted": tuple(
                key for key in dict.fromkeys((*earlier.wanted, *later.wanted)) if key not in seen
            ),
        }
    )


def watched(said: Iterable[object]) -> list[str]:
    """The films that nobody needs to be told of: all but those of a watchlist."""
    histories = [each for each in said if isinstance(each, History)]
    return [
        key
        for each in histories
        for key, feeling in each.feelings().items()
        if feeling != "interested"
    ]


def watchlist(said: Iterable[object]) -> tuple[str, ...]:
    """What was kept to watch, in every history, and not seen since."""
    histories = [each for each in said if isinstance(each, History)]
    done = set(watched(histories))
    return tuple(dict.fromkeys(k for each in histories for k in each.wanted if k not in done))


def likes(said: Iterable[object], spoken_of: Collection[str], share: float = 1.0) -> list[Like]:
    """The favourites that stand for a history, and the films least liked.

    They are the best rated, the ones watched last before the others.

    Args:
        said: all that counts of a profile.
        spoken_of: films that the conversation says something of itself.
        share: how much favourites count where tonight follows something else.
    """
    histories = [each for each in said if isinstance(each, History)]
    ranked = [
        (feeling, each.ratings.get(key, 0.0), each.seen.get(key, ""), key)
        for each in histories
        for key, feeling in each.feelings().items()
        if feeling in _WEIGHTS and key not in spoken_of
    ]
    best = sorted(
        (one for one in ranked if one[0] != "disliked"),
        key=lambda one: (one[0] == "loved", *one[1:]),
        reverse=True,
    )
    worst = sorted((one for one in ranked if one[0] == "disliked"), key=lambda one: one[1:])
    favourites = [Like(id=key, weight=_WEIGHTS[feeling] * share) for feeling, *_, key in best]
    against = [Like(id=key, weight=_WEIGHTS["disliked"]) for *_, key in worst]
    return [*favourites[:MOST_FAVOURITES], *against[:MOST_DISLIKED]]


def forgetting(profile: TasteProfile) -> list[Edit]:
    """The edits that take every history back."""
    return [
        Forget(entry=entry.id, words="forget my history")
        for entry in profile.active
        if isinstance(entry.content, History)
    ]


def sentence(said: History) -> str:
    """A history in one line: ``Your Letterboxd history: 233 films (12 loved, 80 liked).``"""
    counts = Counter(said.feelings().values())
    parts = [f"{counts[feeling]:,} {name}" for feeling, name in _COUNTED if counts[feeling]]
    return f"Your {said.service} history: {_films(counts.total())} ({', '.join(parts)})."


def _films(many: int) -> str:
    return "1 film" if many == 1 else f"{many:,} films"
