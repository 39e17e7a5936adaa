"""Weights and limits of a taste profile as values of controls.

The profile is the only place where anything is kept: the controls are read from it
(`controls_of`), and a moved control becomes edits of it (`taste_edits.edits_of`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from ....ingest.item import Dimension, fold
from ....ingest.limits import Age, BaseLimit, Content, Genres, Languages, Runtime, Years
from ...edits import LimitEdit, Weigh
from ...profile import TasteProfile
from .taste_values import accepted

L = TypeVar("L", bound=BaseLimit)


@dataclass(frozen=True)
class Controls:
    """What the controls show; nothing chosen is None or empty.

    Weights run from 0 to 3, 1 is normal. Years and minutes include their ends. ``languages`` are
    ISO codes; ``genres``, ``never`` and ``spared`` are folded names; all are in alphabetical
    order. A film is of one of ``genres``, or with ``every_genre`` of all.
    """

    mood: float = 1.0
    audience: float = 1.0
    plot: float = 1.0
    earliest: int | None = None
    latest: int | None = None
    shortest: int | None = None
    longest: int | None = None
    languages: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    every_genre: bool = False
    never: tuple[str, ...] = ()
    youngest: int | None = None
    spared: tuple[str, ...] = ()


FIELDS = tuple(field.name for field in fields(Controls))


def controls_of(profile: TasteProfile) -> Controls:
    """What the controls show for a profile."""
    years = [each for each in limits_of(profile, Years) if each.earliest or each.latest]
    runtimes, ages = limits_of(profile, Runtime), limits_of(profile, Age)
    groups = groups_of(limits_of(profile, Genres))
    genres = folded(name for group in groups for name in group)
    return Controls(
        **_weights(profile),
        earliest=years[-1].earliest if years else None,
        latest=years[-1].latest if years else None,
        shortest=runtimes[-1].shortest if runtimes else None,
        longest=runtimes[-1].longest if runtimes else None,
        languages=_codes(limits_of(profile, Languages)),
        genres=genres,
        every_genre=len(genres) > 1 and all(len(group) == 1 for group in groups),
        never=folded(n for each in limits_of(profile, Genres) for n in each.none_of),
        youngest=ages[-1].youngest if ages else None,
        spared=folded(n for each in limits_of(profile, Content) for n in each.none_of),
    )


def moved(controls: Controls, field: str, value: object) -> Controls:
    """The controls after one of them was moved; what contradicts it gives way.

    Raises:
        UsageError: there is no such control, or it has no such value.
    """
    changed: dict[str, Any] = {field: accepted(field, value)}
    new = replace(controls, **changed)
    for low, high in (("earliest", "latest"), ("shortest", "longest")):
        bottom, top = getattr(new, low), getattr(new, high)
        if bottom is not None and top is not None and bottom > top:
            loser: dict[str, Any] = {low if field == high else high: None}
            new = replace(new, **loser)
    if field == "genres":
        new = replace(new, never=without(new.never, new.genres))
    elif field == "never":
        new = replace(new, genres=without(new.genres, new.never))
    return replace(new, every_genre=new.every_genre and len(new.genres) > 1)


def limits_of(profile: TasteProfile, kind: type[L]) -> list[L]:
    """The limits of one kind that count, oldest first."""
    said = [entry.content for entry in profile.active if isinstance(entry.content, LimitEdit)]
    return [each.limit for each in said if isinstance(each.limit, kind)]


def groups_of(limits: Iterable[Genres]) -> list[tuple[str, ...]]:
    """The demands on genres: a film has to be of one genre out of each group."""
    groups: list[tuple[str, ...]] = []
    for limit in limits:
        groups += [(name,) for name in limit.all_of]
        groups += [limit.any_of] if limit.any_of else []
    return groups


def folded(names: Iterable[str]) -> tuple[str, ...]:
    """Names as the catalogue compares them, in alphabetical order, without repeats."""
    return tuple(sorted({fold(name) for name in names}))


def without(names: Iterable[str], gone: Iterable[str]) -> tuple[str, ...]:
    """The names that are not ``gone``."""
    unwanted = set(gone)
    return tuple(name for name in names if name not in unwanted)


def _weights(profile: TasteProfile) -> dict[Dimension, float]:
    said = [entry.content for entry in profile.active if isinstance(entry.content, Weigh)]
    return {each.dimension: each.weight for each in said}


def _codes(limits: Iterable[Languages]) -> tuple[str, ...]:
    return tuple(sorted({code.casefold() for each in limits for code in each.any_of}))
