"""How well each mood tag fits an item, whether or not the item carries it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .item import AXES, MOOD_TAGS, Item

Vector = NDArray[np.float32]

FILE = Path(__file__).parent / "starter" / "moods.npz"

# Where axes are centred and how wide they spread, in degrees; over the starter catalogue the
# standard deviations run from 0.95 (scares) to 1.37 (lightness).
CENTRE = 2.0
SPREAD = 1.2
# A tag that only fits counts at most half as much as one that is carried: by recall of kindred
# films 0.4 to 0.6 are best, 0 and 1 clearly worse.
_FITTING = 0.5
_UNFITTING = -0.6
_SHARED = 5.0

_DEGREES = attrgetter(*AXES)
_TAG = {tag: place for place, tag in enumerate(MOOD_TAGS)}


def standard(degree: float) -> float:
    """A degree of an axis, 0 to 4, in standard deviations from the middle."""
    return (degree - CENTRE) / SPREAD


_STANDARD = np.array([standard(degree) for degree in range(5)], dtype=np.float32)


def carried(items: Sequence[Item]) -> Vector:
    """Which mood tags items carry, 0 or 1, shape (items, tags)."""
    tags = np.zeros((len(items), len(MOOD_TAGS)), dtype=np.float32)
    for row, item in zip(tags, items, strict=True):
        row[[_TAG[tag] for tag in item.mood_tags]] = 1
    return tags


def axis_table(items: Sequence[Item]) -> Vector:
    """Standardised axes, shape (items, axes); those of an item without axes are 0, the middle."""
    table = np.zeros((len(items), len(AXES)), dtype=np.float32)
    known = [place for place, item in enumerate(items) if item.axes is not None]
    degrees = [_DEGREES(items[place].axes) for place in known]
    table[known] = _STANDARD[np.array(degrees, dtype=int).reshape(-1, len(AXES))]
    return table


def features(tags: Vector, axes: Vector) -> Vector:
    """What moods are read from, shape (items, tags + axes + 1): tags, axes, and a constant 1.

    The tags of an item share 5 between them: how many it carries says nothing about which ones
    fit.
    """
    shares = _SHARED * tags / np.maximum(1, tags.sum(axis=1, keepdims=True))
    return np.hstack([shares, axes, np.ones((len(tags), 1), dtype=np.float32)])


@lru_cache(maxsize=1)
def _weights() -> Vector:
    with np.load(FILE, allow_pickle=False) as stored:
        return np.asarray(stored["weights"], dtype=np.float32)


def mood_degrees(items: Sequence[Item]) -> Vector:
    """How well each mood tag fits, shape (items, tags): 1 where carried, else -0.3 to 0.5.

    Nothing fits an item of which neither tags nor axes are known.
    """
    tags = carried(items)
    fitting = features(tags, axis_table(items)) @ _weights().T
    degrees = np.where(tags == 1, 1, _FITTING * np.clip(fitting, _UNFITTING, 1.0))
    known = [bool(item.mood_tags) or item.axes is not None for item in items]
    return np.where(np.array(known)[:, None], degrees, 0).astype(np.float32)
