"""Whom something new would suit among those who talked to Moodreel before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from moodreel import MovieAgent
from moodreel.agent.engines.base import Content, Trailer
from moodreel.agent.newcomers import longest
from moodreel.agent.settings import Settings, load_settings
from moodreel.errors import UnknownConversation

from .shell import Shell
from .test_describe import KITCHEN, LIGHTHOUSE

SAID = {
    "ana/dark": "I loved The Shining and The Lighthouse, something scary and eerie",
    "ana/light": "something funny and heartwarming, nothing scary, never horror",
    "ben/dark": "frightening horror please, like Hereditary",
    "ana/talk": "hello there",
}


@pytest.fixture
async def agent(home: Path) -> AsyncIterator[MovieAgent]:
    settings = load_settings(home=home, conversations="memory", engine="builtin")
    async with await MovieAgent.open(settings) as opened:
        for name, message in SAID.items():
            await opened.send(message, name)
        yield opened


async def test_who_would_like_it_comes_best_first_with_a_reason(agent: MovieAgent) -> None:
    found = (await agent.describe(Content(LIGHTHOUSE))).descriptors
    who = await agent.who_would_like(found)
    assert {each.conversation for each in who} == {*SAID} - {"ana/talk"}
    assert who[-1].conversation == "ana/light"
    assert who[0].fit.ahead_of >= who[1].fit.ahead_of
    assert all(each.reason.endswith(".") for each in who)
    assert who[0].title in SAID.values()
    warm = (await agent.describe(Content(KITCHEN))).descriptors
    assert (await agent.who_would_like(warm))[0].conversation == "ana/light"


async def test_an_item_of_the_catalogue_can_be_asked_about(agent: MovieAgent) -> None:
    film = agent.catalogue.find("Hereditary")[0].id
    who = await agent.who_would_like(agent.catalogue.get([film])[film])
    assert who[-1].conversation == "ana/light"
    assert who[-1].fit.breaks
    assert who[-1].reason.startswith("It breaks a limit")


async def test_other_people_s_conversations_are_left_out_where_only_some_are_asked(
    agent: MovieAgent,
) -> None:
    found = (await agent.describe(Content(LIGHTHOUSE))).descriptors
    names = [each.conversation for each in await agent.who_would_like(found, "ana/")]
    assert names == ["ana/dark", "ana/light"]
    own = await agent.who_would_like(found, "ana/", without="ana/dark")
    assert [each.conversation for each in own] == ["ana/light"]
    assert await agent.who_would_like(found, "cyd/") == []
    latest = await agent.who_would_like(found, most=2)
    assert [each.conversation for each in latest] == ["ben/dark"]


async def test_asking_changes_no_conversation(agent: MovieAgent) -> None:
    before = [await agent.export(name) for name in SAID]
    await agent.who_would_like((await agent.describe(Content(LIGHTHOUSE))).descriptors)
    assert [await agent.export(name) for name in SAID] == before
    assert sorted(await agent.conversations()) == sorted(SAID)
    assert not (await agent.wanted("nobody")).profile.active
    with pytest.raises(UnknownConversation):
        await agent.profile("nobody")


def test_the_command_says_who_would_like_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path
) -> None:
    shell = Shell(capsys, monkeypatch)
    assert home.exists()
    story = tmp_path / "story.txt"
    story.write_text(LIGHTHOUSE, encoding="utf-8")
    nobody = shell("describe", str(story), "--who")
    assert "No kept conversation has a taste" in nobody.err
    for name, message in SAID.items():
        shell("ask", message, "--conversation", name.replace("/", "-"))
    who = shell("describe", str(story), "--who", "--json").data["who"]
    assert [each["conversation"] for each in who][-1] == "ana-light"
    assert set(who[0]) == {"conversation", "title", "ahead_of", "scores", "breaks", "reason"}
    assert "ben-dark" in shell("describe", str(story), "--who").out
    assert "who" not in shell("describe", str(story), "--json").data


def test_more_content_may_take_longer() -> None:
    settings = Settings(describe_seconds=10.0, num_ctx=8_192)
    assert longest(Content("short"), settings) == 10.0
    assert longest(Content("x" * 81_920), settings) == 110.0
    assert longest(Content("", (b"p",) * 3), settings) == 40.0
    assert longest(Content("words", trailer=Trailer()), settings) == 30.0
