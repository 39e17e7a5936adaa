"""The Slack app in service: over HTTP, by socket mode, from the command line, in the example."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from moodreel.agent.channels import slack_command
from moodreel.agent.channels.slack import app as slack_app
from moodreel.agent.channels.slack import make_slack_app, serve
from moodreel.agent.channels.slack.manifest import manifest
from moodreel.agent.channels.terminal import main
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.settings import Settings
from moodreel.errors import BadSettings, UsageError, WorkError
from moodreel.ingest.catalogue import Catalogue
from pydantic import SecretStr
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from ..readme import blocks
from .stage import ANN, DIRECT, SECRET, TEAM, Stage, staged

ROOT = Path(__file__).parents[2]
MESSAGE = {
    "type": "message", "channel": DIRECT, "channel_type": "im", "user": ANN, "ts": "1.5",
    "text": "a western",
}  # fmt: skip


async def until(true: Callable[[], Any]) -> None:
    """Wait until something is so."""
    for _ in range(3_000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never was")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@asynccontextmanager
async def served(stage: Stage, http: str = "") -> AsyncIterator[None]:
    """The app in service, until the test is through with it."""
    task = asyncio.create_task(serve(stage.app, http))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def envelope(event: dict[str, Any], event_id: str = "Ev1") -> dict[str, Any]:
    return {"type": "event_callback", "team_id": TEAM, "event": event, "event_id": event_id}


def signed(body: str, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {
        "content-type": "application/json",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature or "",
    }


async def test_over_http_what_slack_signed_is_answered_and_nothing_else(stage: Stage) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/slack/events"
    async with served(stage, f"127.0.0.1:{port}"), httpx.AsyncClient(trust_env=False) as client:
        await until(lambda: stage.slack.called("auth.test"))
        await asyncio.sleep(0.1)
        asked = json.dumps({"type": "url_verification", "challenge": "abc"})
        told = await client.post(address, content=asked, headers=signed(asked))
        assert (told.status_code, told.text) == (200, '{"challenge": "abc"}')
        body = json.dumps(envelope(MESSAGE))
        assert (await client.post(address, content=body)).status_code == 401
        other = signed(body, "another secret")
        assert (await client.post(address, content=body, headers=other)).status_code == 401
        assert stage.slack.in_thread("1.5") == []
        told = await client.post(address, content=body, headers=signed(body))
        assert told.status_code == 200
        await until(lambda: stage.slack.in_thread("1.5"))
        elsewhere = f"http://127.0.0.1:{port}/"
        assert (await client.get(elsewhere)).status_code == 404


async def test_by_socket_mode_it_acknowledges_and_answers(
    starter: Catalogue,
) -> None:
    settings = Settings(slack_app_token=SecretStr("xapp-1"))
    async with staged(MovieAgent(settings, starter, MemoryConversations())) as stage:
        async with served(stage):
            await until(lambda: stage.slack.sockets)
            sent = {"type": "events_api", "envelope_id": "E1", "payload": envelope(MESSAGE)}
            await stage.slack.sockets[0].send_json(sent)
            await until(lambda: stage.slack.in_thread("1.5"))
        assert stage.slack.acknowledged[0]["envelope_id"] == "E1"
        assert "1. " in stage.slack.in_thread("1.5")[0].words


async def test_a_token_that_is_missing_is_named(agent: MovieAgent, stage: Stage) -> None:
    with pytest.raises(BadSettings, match="MOODREEL_SLACK_BOT_TOKEN"):
        make_slack_app(agent)
    with pytest.raises(BadSettings, match="MOODREEL_SLACK_APP_TOKEN"):
        await serve(stage.app)
    unsigned = make_slack_app(agent, client=stage.app.client)
    with pytest.raises(BadSettings, match="MOODREEL_SLACK_SIGNING_SECRET"):
        await serve(unsigned, "127.0.0.1:0")


async def test_a_token_that_slack_refuses_is_named(starter: Catalogue) -> None:
    settings = Settings(slack_app_token=SecretStr("xapp-1"))
    async with staged(MovieAgent(settings, starter, MemoryConversations())) as stage:
        stage.slack.refuse("apps.connections.open", "invalid_auth")
        with pytest.raises(BadSettings, match=r"MOODREEL_SLACK_APP_TOKEN \(invalid_auth\)"):
            await serve(stage.app)
        stage.slack.refuse("auth.test", "invalid_auth")
        with pytest.raises(BadSettings, match=r"MOODREEL_SLACK_BOT_TOKEN \(invalid_auth\)"):
            await serve(stage.app)


async def test_a_workspace_that_can_not_be_reached_is_said_to_be(agent: MovieAgent) -> None:
    client = AsyncWebClient("xoxb-1", f"http://127.0.0.1:{free_port()}/api/", retry_handlers=[])
    with pytest.raises(WorkError, match="Slack can't be reached"):
        await serve(make_slack_app(agent, client=client))


@pytest.mark.parametrize("address", ["nowhere", "127.0.0.1:port", "127.0.0.1:70000"])
async def test_an_address_that_is_none_is_said_to_be(stage: Stage, address: str) -> None:
    with pytest.raises(UsageError, match="is no address; write it like"):
        await serve(stage.app, address)


async def test_an_address_that_is_taken_is_said_to_be(stage: Stage) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(WorkError, match="can't be listened at"):
            await serve(stage.app, f"127.0.0.1:{taken.getsockname()[1]}")


async def test_tokens_are_never_shown(starter: Catalogue) -> None:
    settings = Settings(
        slack_bot_token=SecretStr("xoxb-secret"), slack_app_token=SecretStr("xapp-secret")
    )
    agent = MovieAgent(settings, starter, MemoryConversations())
    app = make_slack_app(agent)
    assert app.client.token == "xoxb-secret"  # noqa: S105
    assert "secret" not in f"{settings!r}{settings}".replace("signing_secret", "")


def test_the_manifest_asks_for_what_is_used_and_no_more(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["slack", "--manifest"])
    assert left.value.code == 0
    printed = yaml.safe_load(capsys.readouterr().out)
    assert printed == manifest()
    assert printed["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in json.dumps(printed)
    assert set(printed["features"]["agent_view"]) == {"agent_description", "suggested_prompts"}
    assert len(printed["features"]["agent_view"]["suggested_prompts"]) <= 4
    assert 174 <= len(printed["display_information"]["long_description"]) <= 4_000
    assert len(printed["display_information"]["description"]) <= 140


def test_the_manifest_for_http_says_where_slack_reaches_it() -> None:
    made = manifest("https://films.example/")
    assert made["settings"]["socket_mode_enabled"] is False
    addresses = [
        made["settings"]["event_subscriptions"]["request_url"],
        made["settings"]["interactivity"]["request_url"],
        made["features"]["slash_commands"][0]["url"],
    ]
    assert addresses == ["https://films.example/slack/events"] * 3


def test_the_command_without_a_token_says_what_to_do(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MOODREEL_HOME", str(home))
    with pytest.raises(SystemExit) as left:
        main(["slack"])
    assert left.value.code == 2
    assert "set MOODREEL_SLACK_BOT_TOKEN as docs/slack.md says" in capsys.readouterr().err


async def test_the_example_answers(
    home: Path, monkeypatch: pytest.MonkeyPatch, stage: Stage
) -> None:
    source = (ROOT / "examples" / "slack_bot.py").read_text(encoding="utf-8")
    assert sum(map(bool, source.partition('"""\n')[2].splitlines())) <= 10
    monkeypatch.setenv("MOODREEL_HOME", str(home))
    monkeypatch.setenv("MOODREEL_SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("MOODREEL_SLACK_APP_TOKEN", "xapp-1")
    local = partial(AsyncWebClient, base_url=stage.app.client.base_url)
    monkeypatch.setattr(slack_app, "AsyncWebClient", local)
    names: dict[str, Any] = {"__name__": "example"}
    exec(compile(source, "slack_bot.py", "exec"), names)  # noqa: S102 - it is our own
    task = asyncio.create_task(names["main"]())
    await until(lambda: stage.slack.sockets or task.done())
    sent = {"type": "events_api", "envelope_id": "E1", "payload": envelope(MESSAGE)}
    await stage.slack.sockets[0].send_json(sent)
    await until(lambda: stage.slack.in_thread("1.5"))
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert "1. " in stage.slack.in_thread("1.5")[0].words


async def test_the_command_stops_when_a_service_is_stopped(
    home: Path, monkeypatch: pytest.MonkeyPatch, stage: Stage
) -> None:
    monkeypatch.setenv("MOODREEL_HOME", str(home))
    monkeypatch.setenv("MOODREEL_SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("MOODREEL_SLACK_APP_TOKEN", "xapp-1")
    local = partial(AsyncWebClient, base_url=stage.app.client.base_url)
    monkeypatch.setattr(slack_app, "AsyncWebClient", local)
    gc.disable()
    task = asyncio.create_task(slack_command._serve(""))
    await until(lambda: stage.slack.sockets or task.done())
    sent = {"type": "events_api", "envelope_id": "E1", "payload": envelope(MESSAGE)}
    await stage.slack.sockets[0].send_json(sent)
    await until(lambda: stage.slack.acknowledged)
    assert gc.isenabled()  # a command starts without, which a service would choke on
    os.kill(os.getpid(), signal.SIGTERM)
    await task
    assert "1. " in stage.slack.in_thread("1.5")[0].words


def test_the_page_has_the_example_and_every_permission() -> None:
    page = (ROOT / "docs" / "slack.md").read_text("utf-8")
    (code,) = blocks("python", ROOT / "docs" / "slack.md")
    assert (ROOT / "examples" / "slack_bot.py").read_text("utf-8").endswith(code)
    rows = re.findall(r"^\| (`.*?`) \|", page, re.MULTILINE)
    named = set(re.findall(r"`([\w.]+:?\w*)`", " ".join(rows)))
    assert named == set(manifest()["oauth_config"]["scopes"]["bot"])
    for setting in re.findall(r"MOODREEL_(SLACK_\w+)", page):
        assert setting.lower() in Settings.model_fields


def test_without_the_extra_the_command_says_how_to_get_it() -> None:
    code = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("slack_bolt", "slack_sdk", "aiohttp"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
from moodreel.agent.channels.terminal import main
main(["slack"])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'moodreel[slack]'" in done.stderr
