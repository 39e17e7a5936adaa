"""Genres as other languages than English call them: what a text in one of them names itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

_UNSPACED = frozenset({"ja", "zh"})
_MOST = 4


def genres_named(text: str, language: str) -> tuple[str, ...]:
    """The genres that a text in a language names, in the order of their first mention.

    At most four; none for languages whose names of genres aren't known here (English too).
    """
    found = [
        (place.start(), genre)
        for genre, pattern in _patterns(language).items()
        if (place := pattern.search(text))
    ]
    return tuple(genre for _, genre in sorted(found))[:_MOST]


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    spaced = language not in _UNSPACED
    return {genre: _pattern(words, spaced) for genre, words in _names().get(language, {}).items()}


def _pattern(words: Sequence[str], spaced: bool) -> re.Pattern[str]:
    """What ends in a hyphen begins a word; a dot stands for a blank or a hyphen."""
    forms = "|".join(re.sub(r"-$", r"\\w*", word).replace(".", "[ -]") for word in words)
    return re.compile(rf"\b(?:{forms})\b" if spaced else forms, re.IGNORECASE)


@cache
def _names() -> Mapping[str, Mapping[str, Sequence[str]]]:
    text = files(__package__).joinpath("genre_names.json").read_text(encoding="utf-8")
    names: Mapping[str, Mapping[str, Sequence[str]]] = json.loads(text)
    return names
