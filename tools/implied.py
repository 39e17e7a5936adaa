"""What a wished mood means besides its tag: degrees of axes, and genres that live on it.

Every film that carries a tag carries it alike; the axes say how much. Somebody who asks for
something funny wants the funniest, and sooner a comedy than a war film with jokes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..ingest.item import AxisName, MoodTag

# Against a mood that was wished, which weighs 1.
AXIS_SHARE = 0.35
GENRE_SHARE = 0.25
# From here on a degree says that more is welcome.
_MUCH = 3.0

_AXES: Mapping[MoodTag, Mapping[AxisName, float]] = {
    "uplifting": {"lightness": 3, "warmth": 4}, "heartwarming": {"warmth": 4},
    "cosy": {"warmth": 4, "tension": 0}, "feel-good": {"lightness": 4, "warmth": 4},
    "playful": {"lightness": 4}, "funny": {"humour": 4}, "silly": {"humour": 4, "lightness": 4},
    "witty": {"humour": 3}, "romantic": {"romance": 4}, "tender": {"warmth": 4},
    "sad": {"lightness": 0}, "tearjerker": {"lightness": 0, "humour": 0},
    "tense": {"tension": 4}, "suspenseful": {"tension": 4},
    "gripping": {"tension": 4}, "scary": {"scares": 4}, "creepy": {"scares": 3},
    "disturbing": {"lightness": 0}, "dark": {"lightness": 0}, "bleak": {"lightness": 0},
    "violent": {"violence": 4}, "surreal": {"strangeness": 4}, "mind-bending": {"strangeness": 4},
    "dreamlike": {"strangeness": 3}, "cerebral": {"demand": 3}, "meditative": {"tension": 0},
    "sensual": {"romance": 4}, "gentle": {"tension": 0, "warmth": 3}, "intense": {"tension": 4},
}  # fmt: skip
_GENRES: Mapping[MoodTag, str] = {
    "funny": "comedy", "silly": "comedy", "romantic": "romance", "scary": "horror",
    "creepy": "horror", "spooky": "horror", "adventurous": "adventure", "tense": "thriller",
    "suspenseful": "thriller", "mysterious": "mystery", "magical": "fantasy",
    "adrenaline": "action", "tearjerker": "drama", "sad": "drama", "meditative": "drama",
}  # fmt: skip


def implied_axes(
    moods: Mapping[MoodTag, float], said: Iterable[AxisName]
) -> dict[AxisName, tuple[float, float]]:
    """(target, weight) per axis that the wished moods imply, without those that were ``said``."""
    spoken = set(said)
    found: dict[AxisName, tuple[float, float]] = {}
    for tag, weight in moods.items():
        for axis, target in _AXES.get(tag, {}).items():
            if weight > 0 and axis not in spoken and axis not in found:
                found[axis] = (target, AXIS_SHARE * weight)
    return found


def fullest(moods: Iterable[MoodTag], axis: AxisName, said: float) -> float:
    """The degree to look for where a mood was wished in a word that has a degree of its own.

    "Funny" says a good deal of humour, and nobody minds more; "a bit funny" says how much.

    Args:
        moods: that the word stands for.
        axis: on which it has a degree.
        said: that degree, 0 to 4.
    """
    ends = [_AXES[tag][axis] for tag in moods if axis in _AXES.get(tag, {})]
    return max([said, *ends]) if said >= _MUCH else said


def implied_genres(moods: Mapping[MoodTag, float]) -> dict[str, float]:
    """Weight per genre that the wished moods imply."""
    wanted = {tag: weight for tag, weight in moods.items() if weight > 0 and tag in _GENRES}
    return {_GENRES[tag]: GENRE_SHARE * weight for tag, weight in wanted.items()}
