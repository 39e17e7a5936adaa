"""One worker of `moodreel.agent.bench.workers`: takes turns that come as lines, many at once.

A line in is ``{"number", "conversation", "turn_id", "message"}``; a line out has the ``number`` and
the ``turn``, or an ``error``. The first line out says that it is ready; the end of the input ends
it. Its settings come from the environment, like those of any process that answers.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from ...errors import MoodreelError
from ..companion import MovieAgent

_LONGEST_LINE = 1 << 20


async def main() -> None:
    """Answer until nothing more comes."""
    lines = asyncio.StreamReader(limit=_LONGEST_LINE)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with await MovieAgent.open() as agent:
        _write({"ready": True})
        async with asyncio.TaskGroup() as turns:
            while line := await lines.readline():
                turns.create_task(_answer(agent, json.loads(line)))


async def _answer(agent: MovieAgent, asked: dict[str, Any]) -> None:
    try:
        reply = await agent.send(asked["message"], asked["conversation"], turn_id=asked["turn_id"])
    except MoodreelError as error:
        _write({"number": asked["number"], "error": f"{type(error).__name__}: {error}"})
    else:
        _write({"number": asked["number"], "turn": reply.turn})


def _write(data: dict[str, Any]) -> None:
    print(json.dumps(data), flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
