"""The programs under examples/ are run, not trusted."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from moodreel.ingest.catalogue import Catalogue

from .conftest import ROOT
from .readme import blocks
from .web.served import Served

EXAMPLES = ROOT / "examples"
HERMETIC = {"MOODREEL_ENGINE": "builtin"}


def example(name: str) -> Any:
    """A program of the folder, as a module."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_terminal_bot_has_ten_lines_and_talks(home: Path) -> None:
    file = EXAMPLES / "terminal_bot.py"
    code = file.read_text("utf-8").partition('"""\n')[2].split('"""')[-1]
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    done = subprocess.run(
        [sys.executable, "-W", "error", str(file)],
        input="something warm and funny, no animation\n\nolder\n",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **HERMETIC, "MOODREEL_HOME": str(home)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n1. ") == 2


@pytest.mark.parametrize("code", blocks("python", ROOT / "docs" / "embedding.md"))
def test_the_manual_runs(code: str, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **HERMETIC, "MOODREEL_HOME": str(home)},
    )
    assert done.returncode == 0, done.stderr
    assert "1. " in done.stdout


def test_the_manual_names_every_example() -> None:
    manual = (ROOT / "docs" / "embedding.md").read_text("utf-8")
    assert {file.name for file in EXAMPLES.glob("*.py")} == set(
        re.findall(r"\(\.\./examples/(\w+\.py)\)", manual)
    )


@asynccontextmanager
async def _serving(app: Any) -> AsyncIterator[str]:
    import uvicorn  # noqa: PLC0415

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
        assert not running.done()
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await running


@pytest.fixture
def _settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MOODREEL_HOME", str(home))
    monkeypatch.setenv("MOODREEL_ENGINE", "builtin")
    yield


@pytest.mark.usefixtures("_settings")
async def test_fastapi_streams_turns_of_many_conversations() -> None:
    async with _serving(example("fastapi_sse").app) as url, httpx.AsyncClient() as client:
        asked = {"conversation": "ann", "message": "something warm"}
        answer = await client.get(f"{url}/turn", params=asked, timeout=60)
        kinds = [line[7:] for line in answer.text.splitlines() if line.startswith("event: ")]
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert (kinds[0], kinds[-1]) == ("understood", "reply")
        last = json.loads(answer.text.split("data: ")[-1])
        assert len(last["reply"]["picks"]) == 5

        refused = await client.get(f"{url}/turn", params={**asked, "message": " "})
        assert refused.status_code == 400
        assert refused.json()["error"].endswith(".")

        async with client.stream("GET", f"{url}/turn", params=asked) as left:
            async for _ in left.aiter_lines():
                break  # a reader that leaves is no trouble for the next one
        again = await client.get(f"{url}/turn", params={**asked, "conversation": "ben"})
        assert "event: reply" in again.text


async def test_the_tools_serve_in_a_graph_of_ones_own(starter: Catalogue) -> None:
    call = {"name": "search", "args": {"moods": [{"tag": "funny"}]}, "id": "1"}

    class Model(GenericFakeChatModel):
        def bind_tools(self, tools: Any, **options: Any) -> Any:
            assert {tool.name for tool in tools} >= {"search", "similar", "rank"}
            return self

    model = Model(messages=iter([AIMessage("", tool_calls=[call]), AIMessage("See Airplane!")]))
    graph = example("langgraph_agent").build(starter, model)
    answer = await graph.ainvoke({"messages": "something funny"})
    assert answer["messages"][-1].content == "See Airplane!"
    found = json.loads(answer["messages"][-2].content)
    assert found


def test_a_client_finds_what_is_near_over_mcp(built_home: Path, tmp_path: Path) -> None:
    from .conftest import copy_folder  # noqa: PLC0415

    with Served(copy_folder(built_home, tmp_path / "home"), "--mcp") as server:
        url = f"{server.url}gradio_api/mcp/"
        near = asyncio.run(example("mcp_client").near("Paddington 2", url))
        titles = [item["title"] for item in near["items"]]
        assert len(titles) == 5
        assert "Paddington 2" not in titles
