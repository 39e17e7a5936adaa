"""What the terminal shows: replies, picks, tables; in colour for people, plain for pipes.

Text from items, users and files never reaches the terminal as it is: control characters and
escape sequences are made visible, and rich's markup is not interpreted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .output import clean, say

if TYPE_CHECKING:
    from ..reply import Pick

BAR = 6
"""Cells of a full bar."""
NARROW = 72
"""Below this many columns the bars stand under the title, not beside it."""


def console(file: TextIO | None = None) -> Console:
    """Where rich prints: colours only on a terminal that takes them; never markup, emoji codes."""
    return Console(file=file, markup=False, emoji=False, highlight=False, soft_wrap=False)


def bar(share: float, cells: int = BAR) -> str:
    """A share from 0 to 1 as a bar: ``bar(.5) == "━━━───"``."""
    filled = round(max(0.0, min(1.0, share)) * cells)
    return "━" * filled + "─" * (cells - filled)


def meter(share: float) -> str:
    """A bar with its number: ``━━━─── 0.50``."""
    return f"{bar(share)} {share:.2f}"


def facts(pick: Pick) -> str:
    """The facts beside a title: ``96 min · PG · Comedy, Family``; what isn't known is left out."""
    parts = [
        f"{pick.runtime_min} min" if pick.runtime_min else "",
        pick.age_rating or "",
        ", ".join(pick.genres[:2]),
    ]
    return " · ".join(part for part in parts if part)


def label(title: str, year: int | None) -> str:
    """Title and year as people write them."""
    return f"{title} ({year})" if year else title


def picks_table(picks: Sequence[Pick], width: int) -> Table:
    """Picks with their reasons and a bar for each dimension, for ``width`` columns."""
    table = Table(box=None, show_header=width >= NARROW, padding=(0, 2, 1, 0), expand=False)
    table.add_column("", justify="right", style="bold cyan", no_wrap=True)
    table.add_column("", ratio=1)
    if width >= NARROW:
        for name in ("mood", "audience", "plot"):
            table.add_column(name, style="cyan", width=max(BAR, len(name)), no_wrap=True)
    for number, pick in enumerate(picks, 1):
        table.add_row(*_row(number, pick, beside=width >= NARROW))
    return table


def _row(number: int, pick: Pick, *, beside: bool) -> list[Text]:
    words = Text(clean(label(pick.title, pick.year)), style="bold")
    words.append(f"  {clean(facts(pick))}\n", style="not bold dim")
    scores = (pick.scores.mood, pick.scores.audience, pick.scores.plot)
    if not beside:
        named = zip(("mood", "audience", "plot"), scores, strict=True)
        words.append("  ".join(f"{name} {bar(score, 4)}" for name, score in named) + "\n", "cyan")
    words.append(clean(pick.reason), style="not bold")
    bars = [Text(bar(score)) for score in scores] if beside else []
    return [Text(str(number)), words, *bars]


def rows(title: str, header: Sequence[str], body: Iterable[Sequence[str]]) -> None:
    """Print a table: drawn on a terminal, tab-separated without decoration in a pipe."""
    if not sys.stdout.isatty():
        for line in [header, *body]:
            say("\t".join(line))
        return
    table = Table(title=Text(title), title_justify="left")
    for place, name in enumerate(header):
        table.add_column(Text(name), justify="right" if place else "left")
    for line in body:
        table.add_row(*(Text(clean(cell)) for cell in line))
    console().print(table)
