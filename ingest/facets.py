"""The facts of an item in the form that filters compare: one definition for every store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Literal, get_args

from .item import AXES, AxisName, Item, fold

Facet = Literal[
    "id", "kind", "source", "year", "runtime_min", "language", "genres", "people", "directors",
    "cast", "age_rating", "suitable_from", "content", "subjects", "mood_tags",
    "lightness", "warmth", "humour", "tension", "scares", "violence", "romance", "strangeness",
    "demand",
]  # fmt: skip
FACETS: tuple[Facet, ...] = get_args(Facet)
FacetValue = tuple[str, ...] | str | int | None

# What people ask to be spared, and how content notes speak of it.
CONTENT: dict[str, str] = {
    "animal harm": r"\b(animals?|dogs?|cats?|horses?|pets?|bulls?|hunting)\b(?!.*\battack)",
    "gore": r"\b(gore|gory|dismember\w*|mutilat\w*|cannibal\w*|body horror|beheading|decapitat\w*|bloody|blood)\b",  # noqa: E501
    "violence": r"\b(violen\w*|shootings?|stabbings?|beatings?|murders?|killings?|executions?|brutal\w*)\b",  # noqa: E501
    "torture": r"\btortur\w*",
    "sexual violence": r"\b(rapes?|sexual (violence|assault|coercion|abuse)|attempted rape|molest\w*)\b",  # noqa: E501
    "sex and nudity": r"\b(sex|sexual|nudity|nude|erotic\w*)\b",
    "drug use": r"\b(drugs?|heroin|cocaine|addiction|opium)\b",
    "alcohol": r"\b(alcohol\w*|drinking|drunk\w*)\b",
    "suicide": r"\b(suicid\w*|self-harm)\b",
    "child harm": r"\b(child|children|kids?|infants?|bab(y|ies))\b",
    "parent death": r"\b(parent\w*|mother|father)\b.*\b(death|dies|dying|loss)\b|\b(death|loss) of (a |his |her |the )?(parents?|mother|father)",  # noqa: E501
    "abuse": r"\b(abus\w*|domestic)\b",
    "racism": r"\b(racis\w*|racial|slurs?|lynch\w*)\b",
    "strong language": r"\b(language|swearing|profanity)\b",
    "serious illness": r"\b(illness|cancer|dementia|dying|terminal|disease)\b",
    "war": r"\b(war|battle|genocide|holocaust)\b",
}  # fmt: skip
_CONTENT = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in CONTENT.items()}
_ADULT = {"gore", "torture", "sexual violence", "sex and nudity", "drug use", "suicide"}
_SUITABLE = {
    "G": 0, "PG": 6, "PG-13": 13, "R": 17, "NC-17": 18,
    "TV-Y": 0, "TV-G": 0, "TV-Y7": 7, "TV-Y7-FV": 7, "TV-PG": 8, "TV-14": 14, "TV-MA": 17,
}  # fmt: skip
"""The youngest age of each rating; television's PG asks for more care than the cinema's."""
UNKNOWN_AGE = 18


@lru_cache(maxsize=20_000)
def content_classes(notes: tuple[str, ...]) -> tuple[str, ...]:
    """The names in `CONTENT` that some note speaks of."""
    return tuple(
        name for name, rule in _CONTENT.items() if any(rule.search(note) for note in notes)
    )


def suitable_from(item: Item) -> int:
    """The youngest age, in years, that this item suits as far as its facts tell.

    Starts from the US rating, of cinemas or of television; what a young child may see waits
    until 10 where it scares, is violent or carries adult content notes. Without a rating only a
    gentle item that is known to be for families is taken to suit children, never one whose
    genres are a guess; anything else counts as 18.
    """
    harsh = bool(_ADULT & set(content_classes(item.content_notes)))
    calm = item.axes is not None and item.axes.scares <= 1 and item.axes.violence <= 1
    if item.age_rating is None:
        known = item.genres if item.genres_known else ()
        family = {"family", "animation"} & {fold(genre) for genre in known}
        return 6 if family and calm and not harsh else UNKNOWN_AGE
    rated = _SUITABLE.get(item.age_rating.upper(), UNKNOWN_AGE)
    return 10 if rated < 10 and (harsh or not calm) else rated


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A folded word without its plural, enough to match ``zombies`` with ``zombie``."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("ie"):
        return word[:-2] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=20_000)
def subject_words(text: str) -> tuple[str, ...]:
    """The stems of a phrase, and the phrase itself as one subject when it has several words."""
    stems = [stem(word) for word in fold(text).split()]
    return tuple(dict.fromkeys([" ".join(stems), *stems])) if stems else ()


def subjects(item: Item) -> tuple[str, ...]:
    """What the item is about: tags, archetypes, genres and the words of its plot."""
    phrases = [*item.tags, *item.archetypes, *item.genres]
    found = [word for phrase in phrases for word in subject_words(phrase)]
    return tuple(dict.fromkeys([*found, *_plot_words(item.plot_essence)]))


def _plot_words(plot: str) -> Iterable[str]:
    """Its stems; a plot of one word is no word of a plot."""
    words = fold(plot).split()
    return map(stem, words) if len(words) > 1 else ()


@lru_cache(maxsize=100_000)
def _folded(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(name) for name in names)


def facet_of(item: Item, facet: Facet) -> FacetValue:
    """One facet of an item; names of people and genres are folded (see `fold`)."""
    return _FACETS[facet](item)


def facets(item: Item) -> dict[Facet, FacetValue]:
    """Every facet of an item."""
    return {name: read(item) for name, read in _FACETS.items()}


def _degree(axis: AxisName) -> Callable[[Item], FacetValue]:
    return lambda item: None if item.axes is None else item.axes.of(axis)


_FACETS: dict[Facet, Callable[[Item], FacetValue]] = {
    "id": lambda item: item.id,
    "kind": lambda item: fold(item.kind),
    "source": lambda item: item.source,
    "year": lambda item: item.year,
    "runtime_min": lambda item: item.runtime_min,
    "language": lambda item: (item.language or "").casefold(),
    "genres": lambda item: _folded(item.genres),
    "directors": lambda item: _folded(item.directors),
    "cast": lambda item: _folded(item.cast),
    "people": lambda item: _folded(tuple(dict.fromkeys((*item.directors, *item.cast)))),
    "age_rating": lambda item: item.age_rating and item.age_rating.upper(),
    "suitable_from": suitable_from,
    "content": lambda item: content_classes(item.content_notes),
    "subjects": subjects,
    "mood_tags": lambda item: item.mood_tags,
    **{axis: _degree(axis) for axis in AXES},
}
