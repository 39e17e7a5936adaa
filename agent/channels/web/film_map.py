"""The candidates of a list as points on two axes: a plot by Vega-Lite, which comes with Gradio."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import Any, NamedTuple

from gradio.components.plot import AltairPlotData

from ....ingest.item import AxisName, Item
from .plain import plain, visible

HEIGHT = 340

_FONT = "system-ui, sans-serif"
_GOLDEN_ANGLE = pi * (3 - sqrt(5))
# In degrees of an axis: films of one place stand apart, and don't reach those of the next.
_APART = 0.17
_ROOM = 0.42


class Axis(NamedTuple):
    """An axis in plain words: what it is called, and what 0 and 4 mean."""

    name: str
    none: str
    most: str

    @property
    def says(self) -> str:
        """All of it in one line."""
        return f"{self.name}: 0 {self.none} – 4 {self.most}"


AXIS_WORDS: dict[AxisName, Axis] = {
    "lightness": Axis("Lightness", "grave", "carefree"),
    "warmth": Axis("Warmth", "cold", "affectionate"),
    "humour": Axis("Humour", "no jokes", "very funny"),
    "tension": Axis("Tension", "calm", "very tense"),
    "scares": Axis("Scares", "not scary", "terrifying"),
    "violence": Axis("Violence", "none", "brutal"),
    "romance": Axis("Romance", "none", "a love story"),
    "strangeness": Axis("Strangeness", "everyday", "surreal"),
    "demand": Axis("Demand", "easy to follow", "demanding"),
}


@dataclass(frozen=True)
class Point:
    """An item on the map; ``place`` counts from 1 in the list that was shown, else it is 0."""

    item: Item
    place: int = 0

    @property
    def label(self) -> str:
        """Place, title and year."""
        return f"{self.place}. {self.item.label}" if self.place else self.item.label


def plot(points: Sequence[Point], across: AxisName, up: AxisName) -> AltairPlotData:
    """The map for a `gr.Plot`.

    Gradio draws Altair's charts, which are Vega-Lite specifications, without any other library
    in the browser; the specification is written here, so that Altair isn't needed either.
    """
    return AltairPlotData(chart="scatter", plot=json.dumps(specification(points, across, up)))


def specification(points: Sequence[Point], across: AxisName, up: AxisName) -> dict[str, Any]:
    """The map in Vega-Lite's words. Its colours are those of the page, in light and in dark."""
    on_map = [point for point in points if point.item.axes is not None]
    names = f"{AXIS_WORDS[across].name} and {AXIS_WORDS[up].name}"
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "usermeta": {"embedOptions": {"renderer": "svg", "actions": False}},
        "description": f"{len(on_map)} films by {names}; the list below says the same.",
        "background": None,
        "height": HEIGHT,
        "view": {"stroke": "var(--mr-line)"},
        "data": {"values": _rows(on_map, across, up)},
        "encoding": {
            "x": _axis("x", across, on_map),
            "y": _axis("y", up, on_map),
            "description": {"field": "says"},
            "tooltip": {"field": "says"},
        },
        "layer": [_circles("!datum.place", 110), _circles("datum.place", 330), _numbers()],
    }


def _rows(points: Sequence[Point], across: AxisName, up: AxisName) -> list[dict[str, Any]]:
    """One row per point; those with the same degrees stand around their place."""
    cells: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for point in sorted(points, key=lambda each: (not each.place, each.place)):
        cells[_degree(point, across), _degree(point, up)].append(point)
    return [
        {
            "id": point.item.id,
            "place": point.place,
            "x": round(x + right, 3),
            "y": round(y + above, 3),
            "says": f"{visible(point.label)} · {_degrees(point, across, up)}",
        }
        for (x, y), together in cells.items()
        for point, (right, above) in zip(together, _around(len(together)), strict=True)
    ]


def _around(count: int) -> list[tuple[float, float]]:
    """Places around (0, 0) as seeds stand in a sunflower, always the same for a count."""
    if count == 1:
        return [(0.0, 0.0)]
    apart = min(_APART, _ROOM / sqrt(count))
    spiral = ((apart * sqrt(n + 0.5), n * _GOLDEN_ANGLE) for n in range(count))
    return [(radius * cos(angle), radius * sin(angle)) for radius, angle in spiral]


def _degree(point: Point, axis: AxisName) -> int:
    return point.item.axes.of(axis) if point.item.axes else 0


def _degrees(point: Point, across: AxisName, up: AxisName) -> str:
    shown = dict.fromkeys((across, up))
    return ", ".join(f"{AXIS_WORDS[axis].name.lower()} {_degree(point, axis)}" for axis in shown)


def _axis(field: str, axis: AxisName, points: Sequence[Point]) -> dict[str, Any]:
    """Whole degrees, as many as there are films of and two at least: room is for the films."""
    degrees = [_degree(point, axis) for point in points] or [0, 4]
    low, high = min(degrees), max(degrees)
    low, high = (low, high) if high > low else (max(0, low - 1), min(4, high + 1))
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [low - 0.5, high + 0.5], "nice": False, "zero": False},
        "title": f"{AXIS_WORDS[axis].says} →",
        "axis": {
            "values": list(range(low, high + 1)),
            "format": "d",
            "labelPadding": 6,
            "labelFontSize": 12,
            "labelFont": _FONT,
            "labelColor": "var(--mr-muted)",
            "titleFontSize": 13,
            "titleFont": _FONT,
            "titleColor": "var(--mr-text)",
            "titleLimit": 300,
            "gridColor": "var(--mr-line)",
            "ticks": False,
            "domain": False,
        },
    }


def _circles(which: str, size: int) -> dict[str, Any]:
    shown = which == "datum.place"
    return {
        "transform": [{"filter": which}],
        "mark": {
            "type": "point",
            "shape": "circle",
            "size": size,
            "filled": True,
            "opacity": 1,
            "fill": "var(--mr-accent)" if shown else "var(--mr-surface)",
            "stroke": "var(--mr-surface)" if shown else "var(--mr-edge)",
            "strokeWidth": 1 if shown else 1.6,
            "cursor": "pointer",
        },
    }


def _numbers() -> dict[str, Any]:
    return {
        "transform": [{"filter": "datum.place"}],
        "mark": {
            "type": "text",
            "font": _FONT,
            "fontSize": 11,
            "fontWeight": "bold",
            "color": "var(--mr-on-accent)",
            "strokeWidth": 0,
            "cursor": "pointer",
            "aria": False,
        },
        "encoding": {"text": {"field": "place"}},
    }


def points_html(points: Sequence[Point], across: AxisName, up: AxisName) -> str:
    """The same as a list, for those who don't use a pointer; each point is a button."""
    if not points:
        return (
            '<p class="mr-dim mr-nothing">The films that your last list was chosen from will'
            " stand here; there is no list yet.</p>"
        )
    ordered = sorted(points, key=lambda each: (not each.place, each.place))
    rows = "".join(f"<li>{_button(point, across, up)}</li>" for point in ordered)
    return (
        '<p class="mr-dim">Numbers are the films you were shown, rings what else they were chosen'
        " from; press one for its card.</p>"
        f'<details class="mr-points"><summary>The map as a list ({len(points)} films)</summary>'
        f"<ul>{rows}</ul></details>"
    )


def _button(point: Point, across: AxisName, up: AxisName) -> str:
    degrees = _degrees(point, across, up) if point.item.axes else "not on the map"
    return (
        f'<button type="button" class="mr-link" data-to="compare" data-act="point"'
        f' data-id="{plain(point.item.id)}"><bdi>{plain(point.label)}</bdi></button>'
        f' <span class="mr-dim">{degrees}</span>'
    )
