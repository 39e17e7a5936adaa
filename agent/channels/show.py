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
_NUMBER = 2
_BARS = ("mood", "audience", "plot")


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


def pick_row(number: int, pick: Pick, width: int) -> Table:
    """One pick with its reason and a bar for each dimension, for ``width`` columns.

    Rows printed one after the other stand in line; the first one has the bars' names above it.
    """
    beside = width >= NARROW
    table = Table(box=None, show_header=beside and number == 1, padding=(0, 2, 1, 0), expand=True)
    table.add_column("", justify="right", style="bold cyan", width=_NUMBER, no_wrap=True)
    table.add_column("", ratio=1)
    if beside:
        for name in _BARS:
            table.add_column(name, style="cyan", width=max(BAR, len(name)), no_wrap=True)
    table.add_row(*_row(number, pick, beside=beside))
    return table


def _row(number: int, pick: Pick, *, beside: bool) -> list[Text]:
    words = Text(clean(label(pick.title, pick.year)), style="bold")
    words.append(f"  {clean(facts(pick))}\n", style="not bold dim")
    scores = (pick.scores.mood, pick.scores.audience, pick.scores.plot)
    if not beside:
        named = zip(_BARS, scores, strict=True)
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
