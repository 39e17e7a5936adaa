"""What the pictures on posters are put together from: four colours and four shapes."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 120
HEIGHT = 112


@dataclass(frozen=True)
class Colours:
    """``ground`` is behind everything, ``far`` near to it, ``near`` stands out, ``ink`` is text."""

    ground: str
    far: str
    near: str
    ink: str


def circle(x: float, y: float, r: float, fill: str) -> str:
    """A disc."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"/>'


def path(d: str, fill: str) -> str:
    """A filled outline."""
    return f'<path d="{d}" fill="{fill}"/>'


def line(d: str, stroke: str, width: float) -> str:
    """A stroke that is not filled."""
    return f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width:g}"/>'


def box(x: float, y: float, width: float, height: float) -> str:
    """The outline of a rectangle, for `path`."""
    return f"M{x:g} {y:g}h{width:g}v{height:g}h{-width:g}z"
