"""A hidden taste: what would please a simulated person, and the parts that may be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import fmean
from typing import Literal

from ....ingest.item import AXES, AxisName, Item

Kind = Literal["rater", "made", "target"]
KINDS: tuple[Kind, ...] = ("rater", "made", "target")
CueKind = Literal["favourite", "mood", "axis", "era", "genre", "person"]


@dataclass(frozen=True)
class Cue:
    """One thing that the person may tell: a film's id, a mood tag, a signed axis ("-violence"),
    a decade ("1980"), and only in the sanity check a genre or a name."""

    kind: CueKind
    value: str


@dataclass(frozen=True)
class Taste:
    """What one simulated person is after.

    ``hidden`` are the films that would please for sure and are never named; ``near`` those that
    would please somebody easily pleased. ``told`` are favourites that may be named, ``disliked``
    and ``seen`` films that the person knows. ``axes`` are the degrees (0 to 4) wanted tonight.
    ``standing`` has for films the share of the catalogue that would please more, 0 the best;
    what nobody rated has none. ``cues`` come in the order in which they occur to the person.
    """

    name: str
    kind: Kind
    hidden: frozenset[str]
    axes: Mapping[AxisName, float]
    near: frozenset[str] = frozenset()
    told: tuple[str, ...] = ()
    disliked: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    standing: Mapping[str, float] = field(default_factory=dict)
    cues: tuple[Cue, ...] = ()

    @property
    def goal(self) -> frozenset[str]:
        """The films that a search should bring: the hidden ones, of one target its kin too."""
        return self.hidden | self.near if self.kind == "target" else self.hidden

    @property
    def known(self) -> frozenset[str]:
        """The films that the person has watched."""
        return frozenset(self.told) | self.disliked | self.seen

    def pleased_by(self, item_id: str, *, picky: bool) -> bool:
        """Whether a film ends the search: a hidden one in any case, a near one if not picky."""
        return item_id in self.hidden or (not picky and item_id in self.near)


def mean_axes(items: Iterable[Item]) -> dict[AxisName, float]:
    """The mean degree on each axis of the items that have axes; the middle where none has."""
    rated = [item.axes for item in items if item.axes]
    return {axis: fmean(each.of(axis) for each in rated) if rated else 2.0 for axis in AXES}


def axis_distance(item: Item, axes: Mapping[AxisName, float]) -> float | None:
    """The root mean square of the degrees between an item and a taste; None without axes."""
    if item.axes is None:
        return None
    return sqrt(fmean((item.axes.of(axis) - wanted) ** 2 for axis, wanted in axes.items()))


def list_distance(items: Sequence[Item], axes: Mapping[AxisName, float]) -> float | None:
    """The mean `axis_distance` of a list; None where nothing in it has axes."""
    known = [away for item in items if (away := axis_distance(item, axes)) is not None]
    return fmean(known) if known else None


def axis_cues(axes: Mapping[AxisName, float], usual: Mapping[AxisName, float]) -> list[Cue]:
    """What is special about wanted axes, the most special first: those a degree off the usual."""
    away = {axis: wanted - usual[axis] for axis, wanted in axes.items()}
    telling = sorted((axis for axis in away if abs(away[axis]) >= 1), key=lambda a: -abs(away[a]))
    return [Cue("axis", f"{'+' if away[axis] > 0 else '-'}{axis}") for axis in telling]
