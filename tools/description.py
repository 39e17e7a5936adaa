"""Saying derived moods and audiences in sentences that claim no facts."""

from __future__ import annotations

from collections.abc import Sequence

from ..ingest.item import AXES, Axes, AxisName, MoodTag

_MUCH: dict[AxisName, str] = {
    "lightness": "a light touch",
    "warmth": "a lot of warmth",
    "humour": "plenty of humour",
    "tension": "strong tension",
    "scares": "real scares",
    "violence": "a good deal of violence",
    "romance": "romance at its heart",
    "strangeness": "a strange streak",
    "demand": "much asked of one's attention",
}
_NONE: dict[AxisName, str] = {
    "lightness": "nothing light about it",
    "warmth": "little warmth",
    "humour": "hardly any humour",
    "tension": "next to no tension",
}
_CAUTION: dict[AxisName, str] = {
    "scares": "frightening scenes",
    "violence": "violence",
    "demand": "slow or demanding stretches",
}


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as an enumeration: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def mood_sentence(tags: Sequence[MoodTag], axes: Axes) -> str:
    """The mood in one sentence, from the leading tags and the axes that stand out."""
    much = sorted((a for a in AXES if axes.of(a) >= 3), key=lambda a: -axes.of(a))
    missing = [name for name in _NONE if axes.of(name) == 0]
    streaks = [*(_MUCH[axis] for axis in much[:2]), *(_NONE[axis] for axis in missing[:1])]
    feel = listed(list(tags[:3])) or "even-tempered"
    told = f"{feel}, with {listed(streaks)}" if streaks else feel
    return f"{told[0].upper()}{told[1:]}."


def audience_sentence(
    genres: Sequence[str], tags: Sequence[str], moods: Sequence[MoodTag], axes: Axes
) -> str:
    """Whom it may suit, from genres, themes and axes; a guess, and worded as one."""
    kinds = listed([genre.lower() for genre in genres[:2]])
    themes = f" around {listed(list(tags[:2]))}" if tags else ""
    told = f"Likely to suit people who enjoy {kinds or 'such'} stories{themes}"
    told += f" and want something {moods[0]}" if moods else ""
    cautions = [_CAUTION[axis] for axis in _CAUTION if axes.of(axis) >= 3]
    return f"{told}; less so those who avoid {listed(cautions, 'or')}." if cautions else f"{told}."
