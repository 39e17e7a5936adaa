"""How well something fits, as small bars with their numbers."""

from __future__ import annotations

from ....ingest.item import DIMENSIONS
from ...reply import Scores
from .plain import plain


def bars_html(scores: Scores, name: str) -> str:
    """Three bars, for mood, audience and plot; ``name`` says of what, for screen readers."""
    bars = "".join(
        f"<li>{bar_html(dimension.capitalize(), getattr(scores, dimension))}</li>"
        for dimension in DIMENSIONS
    )
    return f'<ul class="mr-bars" aria-label="How well {plain(name)} fits, of 100">{bars}</ul>'


def bar_html(name: str, value: float) -> str:
    """One bar with its name and its number; ``value`` is 0 to 1, what lies beyond is cut."""
    percent = round(100 * min(1.0, max(0.0, value)))
    return (
        f'<span class="mr-bar"><span class="mr-bar-name">{plain(name)}</span> '
        f'<span class="mr-track" aria-hidden="true"><i style="width:{percent}%"></i></span> '
        f'<span class="mr-number">{percent}</span></span>'
    )
