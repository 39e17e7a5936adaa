"""What moving a control says, in words that stand in the conversation like any message."""

from __future__ import annotations

from collections.abc import Sequence

from ....ingest.item import DIMENSIONS
from ....ingest.language import language_name
from ....ingest.limits import Age, BaseLimit, Genres, Runtime, Years
from .taste_controls import Controls, without


def change_words(before: Controls, after: Controls) -> str:
    """What was changed, as somebody would say it: ``From the 1990s; Mood doesn't matter``."""
    said = [
        weight_words(name, getattr(after, name))
        for name in DIMENSIONS
        if getattr(before, name) != getattr(after, name)
    ]
    if (before.earliest, before.latest) != (after.earliest, after.latest):
        said.append(_years(after))
    if (before.shortest, before.longest) != (after.shortest, after.longest):
        said.append(_runtime(after))
    if before.languages != after.languages:
        said.append(_languages(after.languages))
    if (before.genres, before.every_genre) != (after.genres, after.every_genre):
        said.append(_genres(after))
    said += _spared(before.never, after.never, "No {}, ever")
    if before.youngest != after.youngest:
        said.append(_age(after.youngest))
    said += _spared(before.spared, after.spared, "No {}")
    return "; ".join(said)


def weight_words(dimension: str, weight: float) -> str:
    """A weight as somebody would say it: ``Mood counts 2.5 times as much``."""
    name = dimension.capitalize()
    if weight == 0:
        return f"{name} doesn't matter"
    return f"{name} counts {'as usual' if weight == 1 else f'{weight:g} times as much'}"


def limit_words(limit: BaseLimit) -> str:
    """A limit as somebody would say it: ``From the 1990s``."""
    return capitalised(limit.sentence())


def capitalised(text: str) -> str:
    """A text that begins a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


def _years(after: Controls) -> str:
    if after.earliest is None and after.latest is None:
        return "Any year"
    return limit_words(Years(earliest=after.earliest, latest=after.latest))


def _runtime(after: Controls) -> str:
    if after.shortest is None and after.longest is None:
        return "Any length"
    return limit_words(Runtime(shortest=after.shortest, longest=after.longest))


def _languages(codes: Sequence[str]) -> str:
    return f"In {' or '.join(map(language_name, codes))}" if codes else "Any language"


def _genres(after: Controls) -> str:
    if not after.genres:
        return "Any genre"
    demand = "all_of" if after.every_genre else "any_of"
    return limit_words(Genres.model_validate({demand: after.genres}))


def _age(youngest: int | None) -> str:
    return "For any age" if youngest is None else limit_words(Age(youngest=youngest))


def _spared(before: Sequence[str], after: Sequence[str], says: str) -> list[str]:
    new, gone = without(after, before), without(before, after)
    said = [says.format(" or ".join(new))] if new else []
    return said + ([f"{capitalised(' and '.join(gone))}: fine again"] if gone else [])
