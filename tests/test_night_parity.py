"""One group comes out alike through Python, at the command line, on the page and on Discord."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from moodreel.agent.channels.discord.text import unescape
from moodreel.agent.companion import MovieAgent
from moodreel.agent.night.reply import Rule
from moodreel.agent.settings import load_settings

from .conftest import copy_folder
from .discord_bot.stage import ANA, BEN, Network, films, logged_in
from .players import printed
from .web.served import Served

PEOPLE = {"Ana": "something warm & <b>funny</b>, like Paddington 2", "Ben": "no horror, after 1990"}
RULE: Rule = "least_misery"


@pytest.fixture
async def agent(home: Path) -> MovieAgent:
    """An agent over this test's own data folder."""
    return await MovieAgent.open(load_settings(home=home, engine="builtin"))


async def test_the_same_people_get_the_same_films(agent: MovieAgent, tmp_path: Path) -> None:
    elsewhere = copy_folder(agent.settings.home, tmp_path / "elsewhere")
    reply = await agent.movie_night(PEOPLE, rule=RULE)
    expected = [f"{pick.title} ({pick.year})" for pick in reply.picks]
    assert [unescape(each) for each in await _on_discord(agent)] == expected
    await agent.close()
    whole = {**reply.model_dump(mode="json"), "timings_ms": {}}
    typed = await asyncio.to_thread(_at_the_command_line, agent.settings.home)
    called = await asyncio.to_thread(_on_the_page, elsewhere)
    assert {**typed, "timings_ms": {}} == whole
    assert {**called, "timings_ms": {}} == whole


async def _on_discord(agent: MovieAgent) -> list[str]:
    discord = await logged_in(agent, Network())
    shown = await discord.command("movienight", rule=RULE)
    for user, says in zip((ANA, BEN), PEOPLE.values(), strict=True):
        shown = await discord.submit(shown, "mr:wish:9001", says, user=user)
    await discord.press(shown, "mr:night:go")
    return films(discord.network.of("answer")[-1].message)


def _at_the_command_line(home: Path) -> Mapping[str, Any]:
    wishes = [f"{name}: {says}" for name, says in PEOPLE.items()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOODREEL_HOME", str(home))
        patch.setenv("MOODREEL_ENGINE", "builtin")
        return dict(json.loads(printed(["night", "--json", "--rule", RULE, *wishes], "")))


def _on_the_page(home: Path) -> Mapping[str, Any]:
    with Served(home) as served, httpx.Client(base_url=served.url, timeout=60) as client:
        path = "gradio_api/call/night"
        begun = client.post(path, json={"data": [PEOPLE, RULE, 5]}).raise_for_status().json()
        stream = client.get(f"{path}/{begun['event_id']}").raise_for_status().text
        return dict(json.loads(stream.strip().rpartition("\ndata: ")[2])[0])
