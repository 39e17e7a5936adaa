"""A worker that takes one turn and says how far it is, for tests that kill it.

``python -m tests.killed_worker DATABASE KEY TURN_ID MESSAGE``: a line on standard output for each
kind of event, after which it waits for a line on standard input.
"""

from __future__ import annotations

import asyncio
import sys

from moodreel.agent.companion import MovieAgent
from moodreel.agent.settings import load_settings


async def main(database: str, key: str, turn_id: str, message: str) -> None:
    agent = await MovieAgent.open(load_settings(database=database, engine="builtin"))
    said: set[str] = set()
    async for event in agent.stream(message, key, turn_id=turn_id):
        if event.event not in said:
            said.add(event.event)
            print(event.event, flush=True)  # noqa: T201
            sys.stdin.readline()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
