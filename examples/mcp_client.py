"""A client of Moodreel's tools over MCP: finds what is near a film.

pip install 'moodreel[mcp]'
moodreel web --mcp
python examples/mcp_client.py "Paddington 2"
"""

import asyncio
import json
import sys
from typing import Any

from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

URL = "http://127.0.0.1:7860/gradio_api/mcp/"


async def near(title: str, url: str = URL) -> Any:
    """The films whose mood is nearest to that of a film."""
    async with (
        streamable_http_client(url) as (read, write, _),
        ClientSession(read, write) as client,
    ):
        await client.initialize()
        known = await call(client, "lookup", titles=[{"title": title}])
        film = {"id": known["items"][0]["id"], "dimension": "mood"}
        return await call(client, "similar", likes=[film], limit=5)


async def call(client: ClientSession, name: str, **arguments: Any) -> Any:
    """What a tool of Moodreel answers, as data."""
    tools = (await client.list_tools()).tools
    full = next(tool.name for tool in tools if tool.name.endswith(name))
    answer = await client.call_tool(full, arguments)
    [text] = [part.text for part in answer.content if part.type == "text"]
    if answer.isError:
        raise SystemExit(text)
    return json.loads(text)


if __name__ == "__main__":
    print(asyncio.run(near(*sys.argv[1:3])))
