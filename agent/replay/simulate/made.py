"""Tastes made from the catalogue itself: one film in mind, or a person who likes a kind of film."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np

from ....ingest.catalogue import Catalogue
from ....ingest.item import AxisName, Item
from .raters import MOST_HIDDEN, MOST_TOLD, cues_of
from .taste import Cue, Taste, axis_cues, axis_distance, mean_axes

_LIKES, _NEAR = 18, 40
"""Films that a made person likes, and those that please if easily pleased."""
_NOISE = 0.35
"""How far taste strays from what descriptors say, in degrees of an axis."""


def target_tastes(
    catalogue: Catalogue, count: int, seed: int, *, oracle: bool = False
) -> list[Taste]:
    """People with one film in mind, drawn by ``seed``; its authored kindred are its kin.

    They tell moods, axes, a decade and a film that feels alike, never its genre and people; with
    ``oracle`` they tell exactly these, which makes any filter look perfect.
    """
    chance = random.Random(f"targets {seed}")  # noqa: S311 - sampling, not secrecy
    items = sorted(catalogue.items(), key=lambda item: item.id)
    usable = [item for item in items if item.axes and item.kindred and item.mood_tags]
    usual = mean_axes(items)
    drawn = chance.sample(usable, min(count, len(usable)))
    return [_target(item, items, usual, chance, oracle=oracle) for item in drawn]


def _target(
    item: Item,
    items: Sequence[Item],
    usual: Mapping[AxisName, float],
    chance: random.Random,
    *,
    oracle: bool,
) -> Taste:
    known = {each.id for each in items}
    kin = {*item.kindred, *(each.id for each in items if item.id in each.kindred)} & known
    axes = mean_axes([item])
    alike = _feels_alike(item, items, kin, chance)
    return Taste(
        name=f"target-{item.id}",
        kind="target",
        hidden=frozenset({item.id}),
        near=frozenset(kin),
        told=(alike.id,) if alike else (),
        axes=axes,
        cues=_plain_facts(item) if oracle else _remembered(item, axes, usual, alike, chance),
    )


def _remembered(
    item: Item,
    axes: Mapping[AxisName, float],
    usual: Mapping[AxisName, float],
    alike: Item | None,
    chance: random.Random,
) -> tuple[Cue, ...]:
    """What stays of a film: how it felt, roughly when it was made, what it was like."""
    moods = [Cue("mood", tag) for tag in item.mood_tags]
    chance.shuffle(moods)
    rest = [*axis_cues(axes, usual)[:3], *moods[2:4]]
    if item.year:
        rest.append(Cue("era", str(item.year // 10 * 10)))
    if alike:
        rest.append(Cue("favourite", alike.id))
    chance.shuffle(rest)
    return (*moods[:2], *rest)


def _plain_facts(item: Item) -> tuple[Cue, ...]:
    genres = [Cue("genre", each) for each in item.genres]
    return (*genres[:1], *(Cue("person", each) for each in item.cast[:1]), *genres[1:])


def _feels_alike(
    item: Item, items: Sequence[Item], kin: set[str], chance: random.Random
) -> Item | None:
    """A film with the same feeling that no list of kindred joins with it: no answer looked up."""
    tied = {item.id, *kin}
    apart = [each for each in items if each.id not in tied and not tied & set(each.kindred)]
    near = [each for each in apart if len(set(each.mood_tags) & set(item.mood_tags)) > 1]
    axes = mean_axes([item])
    near.sort(key=lambda each: (axis_distance(each, axes) or 0.0, each.id))
    return chance.choice(near[:10]) if near else None


def made_tastes(catalogue: Catalogue, count: int, seed: int) -> list[Taste]:
    """People who like what is near a corner of the axes, with noise and a share of fame.

    They are made of descriptors that the product reads too, so their figures only compare ways
    of recommending with each other.
    """
    items = sorted(catalogue.items(), key=lambda item: item.id)
    usual = mean_axes(items)
    return [_made(number, items, usual, seed) for number in range(1, count + 1)]


def _made(number: int, items: Sequence[Item], usual: Mapping[AxisName, float], seed: int) -> Taste:
    chance = random.Random(f"made {number} {seed}")  # noqa: S311
    dice = np.random.default_rng([seed, number])
    rated = [item for item in items if item.axes]
    axes = mean_axes(chance.sample(rated, 1))
    away = np.array([axis_distance(item, axes) for item in rated])
    away += _NOISE * dice.standard_normal(len(rated))
    away -= np.array([0.5 * item.popularity for item in rated])
    order = [rated[place].id for place in np.argsort(away, kind="stable")]
    loves = order[:_LIKES]
    chance.shuffle(loves)
    hidden, told = frozenset(loves[:MOST_HIDDEN]), loves[MOST_HIDDEN:]
    return Taste(
        name=f"made-{number}",
        kind="made",
        hidden=hidden,
        near=frozenset(order[:_NEAR]) - set(loves),
        told=tuple(told),
        disliked=frozenset(chance.sample(order[len(order) // 2 :], _LIKES)),
        axes=axes,
        standing={item: place / len(order) for place, item in enumerate(order)},
        cues=cues_of(told[:MOST_TOLD], axes, usual),
    )
