"""The user's own spelling, British or American, in what Moodreel says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_AMERICAN: Mapping[str, str] = {
    "humour": "humor", "cosy": "cozy", "cosier": "cozier",
    "favourite": "favorite", "favourites": "favorites", "colour": "color", "colours": "colors",
    "colourful": "colorful", "neighbour": "neighbor", "neighbours": "neighbors",
    "theatre": "theater", "grey": "gray", "honour": "honor", "rumour": "rumor",
    "flavour": "flavor", "behaviour": "behavior", "centre": "center", "jewellery": "jewelry",
}  # fmt: skip
_TELLS = re.compile(
    r"\b(color\w*|favorite\w*|humor|cozy|theaters?|gray|neighbors?|realiz\w+|movies?)\b",
    re.IGNORECASE,
)
_BRITISH = re.compile(
    r"\b(colour\w*|favourite\w*|humour|cosy|theatres?|grey|neighbours?|realis\w+|films?|cinema)\b",
    re.IGNORECASE,
)
_WORD = re.compile(rf"\b({'|'.join(_AMERICAN)})\b")


def american(messages: Iterable[str]) -> bool:
    """Whether a user spells the American way, as far as their messages show."""
    text = " ".join(messages)
    return len(_TELLS.findall(text)) > len(_BRITISH.findall(text))


def spelled(text: str, *, american: bool) -> str:
    """A text in the user's spelling; only lower-case words change, titles and names never."""
    return _WORD.sub(lambda found: _AMERICAN[found.group()], text) if american else text
