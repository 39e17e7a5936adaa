"""Shown films described by their facts: "the one with the talking bear", "the shorter one"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ....ingest.facets import stem, subject_words
from ....ingest.item import Item, fold
from ....ingest.language import LANGUAGES
from ...edits import ItemRef
from .places import NUMBERS, ORDINALS, mention
from .scene import Mention, Scene
from .words import words_of

_DESCRIBED = re.compile(
    r"\b(?:the|that|this)(?: (?P<before>[\w'-]+(?: [\w'-]+){0,3}?))? (?:one|film|movie|pick)\b"
    r"(?!\s+(?:is|are|turns|just turned) \d)"
    r"(?: (?:with|about|where|by|from|starring|set in|in|that has|of|who|that's|featuring"
    r"|directed by) (?P<after>(?:(?!\b(?:about(?=\s*(?:$|\?))|is\b|was\b|looks?|sounds?|but"
    r"|because|please|again|instead|seems?)\b)[^.,;!?¤])+))?"
    r"|\bthe (?P<most>\w+est)(?=\s*(?:$|[.,!?]|please\b|pls\b|then\b|and\b))"
    # "Not that old" measures.
    r"|(?<!not )(?<!n't )(?<!nothing )(?<!all )(?<!quite )"
    r"\bthat (?P<name>[\w'-]+)(?= (?:one|film|movie)|\s*$|[.,!?])"
)


_EMPTY_WORDS = words_of("""
    a an the of with in on that this about and or to s is it its his her their who whose where
    which one film movie you just me other next more some any my your our first for from by
    set star directed has have there kind sort really very new good nice great best whole same
""")


# --- films described by their facts -----------------------------------------------------------

_Measure = Callable[[Item], float | None]


def _axis(name: str) -> _Measure:
    return lambda item: None if item.axes is None else float(getattr(item.axes, name))


def _fact(name: str) -> _Measure:
    return lambda item: getattr(item, name)


# The measure that a word names, and whether it means the highest (1) or the lowest (-1).
_EXTREMES: dict[str, tuple[_Measure, int]] = {
    word: (measure, sign)
    for words, measure, sign in (
        ("old older oldest vintage classic", _fact("year"), -1),
        ("new newer newest recent latest modern", _fact("year"), 1),
        ("short shorter shortest", _fact("runtime_min"), -1),
        ("long longer longest", _fact("runtime_min"), 1),
        ("scary scarier scariest creepy", _axis("scares"), 1),
        ("funny funnier funniest", _axis("humour"), 1),
        ("violent bloody gory", _axis("violence"), 1),
        ("romantic", _axis("romance"), 1),
        ("weird weirdest strange strangest", _axis("strangeness"), 1),
        ("tense tensest", _axis("tension"), 1),
        ("dark darker darkest sad saddest", _axis("lightness"), -1),
        ("light lighter lightest cheerful", _axis("lightness"), 1),
        ("famous popular", _fact("popularity"), 1),
        ("obscure", _fact("popularity"), -1),
    )
    for word in words.split()
}


_LANGUAGE_CODES = {fold(name): code for code, name in LANGUAGES.items()} | {"chinese": "zh"}


# "Which of these is the shortest?" looks for the film; it does not name it.
_SOUGHT = re.compile(
    r"\b(?:which|what|who)(?:'s| (?:ones?|films?|movies?|of [\w ]{1,20}))?"
    r"(?: is| are| was| would be| do you think is)?\s*$"
)


_ENDS = re.compile(r"\s*(?:one )?(?:of (?:these|them|those|the \w+))?\W*$")


def _sought(sketch: str, match: re.Match[str]) -> bool:
    return bool(_SOUGHT.search(sketch, 0, match.start()) and _ENDS.match(sketch, match.end()))


def described(scene: Scene) -> list[Mention]:
    if not scene.shown:
        return []
    found: list[Mention] = []
    for match in _DESCRIBED.finditer(scene.sketch):
        if _sought(scene.sketch, match):
            continue
        words = " ".join(
            filter(None, (match["before"], match["after"], match["name"], match["most"]))
        )
        found.extend(mention(scene, match.span(), _facts_match(scene, words), "described"))
    return found


def _facts_match(scene: Scene, words: str) -> list[ItemRef]:
    """The one shown film that fits a description; the last list is asked first."""
    wanted = [word for word in fold(words).split() if word not in _EMPTY_WORDS]
    if not wanted or any(word in ORDINALS or word in NUMBERS for word in wanted):
        return []
    for shown in reversed(scene.reader.turn.shown):
        items = scene.reader.catalogue.get(shown)
        item = _only_fit([items[id_] for id_ in shown if id_ in items], wanted)
        if item is None:
            continue
        if shown is scene.shown or item.id in scene.shown:
            return [ItemRef(position=scene.shown.index(item.id) + 1)]
        return [ItemRef(title=item.title, year=item.year)]
    return []


def _only_fit(items: Sequence[Item], wanted: Sequence[str]) -> Item | None:
    plain = [word for word in wanted if word not in _EXTREMES]
    scores = {item.id: _fit(item, plain) for item in items}
    best = max(scores.values(), default=0.0)
    if plain and best < 0.6:
        return None
    fits = [item for item in items if scores[item.id] >= best]
    for word in wanted:
        if word in _EXTREMES and len(fits) > 1:
            fits = _extreme(fits, *_EXTREMES[word])
    return fits[0] if len(fits) == 1 else None


def _extreme(items: Sequence[Item], measure: _Measure, sign: int) -> list[Item]:
    known = [(value * sign, item) for item in items if (value := measure(item)) is not None]
    top = max((value for value, _ in known), default=0.0)
    return [item for value, item in known if value == top]


def _fit(item: Item, words: Sequence[str]) -> float:
    """The share of words that are facts of an item, 0 to 1."""
    if not words:
        return 1.0
    known = _vocabulary(item)
    return sum(
        stem(word) in known or _LANGUAGE_CODES.get(word) == item.language for word in words
    ) / len(words)


def _vocabulary(item: Item) -> frozenset[str]:
    texts = (
        item.title, item.plot_essence, item.mood, *item.directors, *item.cast, *item.genres,
        *item.tags, *item.archetypes, *item.mood_tags, str(item.year or ""),
        f"{(item.year or 0) // 10 * 10}s", "animated cartoon" if "Animation" in item.genres else "",
        "sci fi" if "Science Fiction" in item.genres else "",
    )  # fmt: skip
    return frozenset(word for text in texts for word in subject_words(text))
