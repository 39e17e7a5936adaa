"""From a model's wishes to the profile's: tags checked, axes added, carrier words out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....ingest.catalogue import Catalogue
from ....ingest.item import AxisName, MoodTag, fold
from ...edits import Wish
from ..reading.carriers import CARRIERS
from ..reading.genre_kinds import KINDS
from ..reading.lexicon import QUALITY
from .plan_names import full_name, split_genres
from .plan_reply import WishOut

LONGEST_TEXT = 300
"""Characters of a wish that are searched for, as in the builtin engine."""
_STRENGTH = 0.85
"""What the builtin engine gives a quality that is named without a word of degree."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_KIND = re.compile("|".join(f"(?:{kind.pattern})" for kind in KINDS))


def wish_of(out: WishOut, catalogue: Catalogue) -> Wish | None:
    """One wish; None when there is nothing in it.

    A genre or person that the catalogue does not have is searched for by name instead.
    """
    genres, strange = split_genres(out.genres, catalogue)
    people = {name: full_name(name, catalogue) for name in out.people if name.strip()}
    known = tuple(dict.fromkeys(full for full in people.values() if full))
    strange += [name for name, full in people.items() if full is None]
    text = _text(out, [name for name in strange if fold(name) not in fold(out.text)])
    if not (text or genres or known or out.moods):
        return None
    moods = tuple(dict.fromkeys(out.moods))
    return Wish(
        text=text or ", ".join((*moods, *map(str.lower, genres), *known)),
        dimension=out.part,
        avoid=out.avoid,
        moods=moods,
        axes={} if out.avoid else axes_of(moods),
        genres=tuple(genres),
        people=known,
        embed=_searchable(text, out, moods, genres),
        strength=_STRENGTH,
        lasting=out.lasting,
        words=out.words,
    )


def _text(out: WishOut, strange: Sequence[str]) -> str:
    """The wish in plain words, without carrier words at its ends."""
    words = re.sub(r"\s+", " ", out.text).strip(' .,;:!?"“”')[:LONGEST_TEXT].split(" ")
    for end in (0, -1):
        while words and fold(words[end]) in _ENDS:
            words.pop(end)
    return " ".join([*words, *strange]).strip()[:LONGEST_TEXT]


# Not all carriers: "one", "time" or "home" may well belong to what is wished for.
_ENDS = frozenset({
    "", "a", "an", "the", "some", "any", "something", "anything", "film", "films", "movie",
    "movies", "please", "want", "wants", "i", "me", "about", "with", "like", "that", "is", "and",
    "or", "of", "for", "to", "in", "not", "no", "nothing", "without",
})  # fmt: skip


def axes_of(moods: Sequence[MoodTag]) -> dict[AxisName, float]:
    """Degrees of the axes that mood tags stand for in the builtin engine's table, first tag first.

    Tags that pull one axis to different sides leave it out.
    """
    axes: dict[AxisName, float] = {}
    torn: set[AxisName] = set()
    for tag in moods:
        meaning = QUALITY.get(tag.replace("-", " "))
        for axis, degree in meaning.axes.items() if meaning and tag in meaning.moods else ():
            if (axes.setdefault(axis, degree) - 2) * (degree - 2) < 0:
                torn.add(axis)
    return {axis: degree for axis, degree in axes.items() if axis not in torn}


def _searchable(text: str, out: WishOut, moods: Sequence[MoodTag], genres: Sequence[str]) -> bool:
    """Whether the text says more than its tags: raw embeddings misread moods and genres."""
    if not text or (moods and out.part == "mood"):
        return False
    read = {fold(word) for tag in moods for word in (tag, *tag.split("-"))}
    rest = _KIND.sub(" ", text.lower()) if genres else text.lower()
    words = [fold(word) for word in _WORD.findall(rest)]
    left = [w for w in words if w not in CARRIERS and w not in read and w not in QUALITY]
    return bool(left) or not (moods or genres or out.people)
