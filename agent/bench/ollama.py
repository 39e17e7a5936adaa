"""What the Ollama engine costs beside the model itself, and what it does when the model fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from . import Table
from .ollama_faults import HEADER, cells, summary, try_faults
from .ollama_overhead import overhead
from .ollama_stage import starter_catalogue
from .react import side_by_side

Tell = Callable[[str], None]

FAULTS = "Faults of the model server, through the whole agent"


def tables_of_ollama(tell: Tell) -> list[Table]:
    """All tables of the part ``ollama``; ``tell`` hears of progress."""
    return asyncio.run(_tables(tell))


async def _tables(tell: Tell) -> list[Table]:
    with starter_catalogue() as (folder, catalogue):
        tables = [await overhead(catalogue, tell), await side_by_side(catalogue, tell)]
        rows = await try_faults(catalogue, folder, tell)
    return [*tables, Table(FAULTS, HEADER, [*map(cells, rows), summary(rows)])]
