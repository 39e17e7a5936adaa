"""Turns of the agent over a catalogue of any size."""

from __future__ import annotations

import asyncio
import time
from itertools import islice
from pathlib import Path

from ...ingest.bench_apart import Measured, memory
from ...ingest.edge import EdgeCatalogue
from ...ingest.embedding import choose_embedder
from ..companion import MovieAgent
from ..conversations import MemoryConversations
from ..settings import load_settings
from .messages import CONVERSATIONS

_MESSAGES = 11


def turns_over(folder: Path) -> Measured:
    """The first turn, which builds the indexes of names, and ten later ones."""
    began = time.perf_counter()
    catalogue = EdgeCatalogue.open(folder, choose_embedder("light"))
    opened = time.perf_counter() - began
    talked = asyncio.run(_talk(catalogue, folder.parent / "home"))
    return Measured(talked.taken, [], {"open": f"{opened:.2f} s", **talked.more}, talked.worked)


async def _talk(catalogue: EdgeCatalogue, home: Path) -> Measured:
    settings = load_settings(home=home, conversations="memory", engine="builtin")
    taken, worked = [], []
    async with MovieAgent(settings, catalogue, MemoryConversations()) as agent:
        named = ((str(n), said) for n, talk in enumerate(CONVERSATIONS) for said in talk)
        for conversation, message in islice(named, _MESSAGES):
            began, busy = time.perf_counter(), time.process_time()
            await agent.send(message, conversation)
            taken.append(time.perf_counter() - began)
            worked.append(time.process_time() - busy)
        # The catalogue's files are no longer in memory when it is closed.
        return Measured(taken, more=memory(), worked=worked)
