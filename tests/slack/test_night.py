"""Movie night in Slack: who comes, what they wish for, and films for all of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .stage import ANN, BEN, ROOM, TEAM, Message, Stage

Json = dict[str, Any]


def pressable(message: Message, action: str) -> Json:
    return next(e for e in message.actions() if e["action_id"] == f"moodreel_night_{action}")


def gathered(stage: Stage) -> Message:
    """The message that gathers wishes."""
    return next(each for each in stage.slack.messages.values() if each.thread is None)


async def pressed(stage: Stage, action: str, user: str = ANN, **more: Any) -> None:
    message = gathered(stage)
    shown = {"ts": message.ts, "metadata": message.metadata}
    await stage.press(pressable(message, action), user=user, channel=ROOM, message=shown, **more)


async def wish(stage: Stage, user: str, words: str) -> None:
    await pressed(stage, "wish", user)
    values = {"wish": {"wish": {"value": words}}}
    await stage.submit(stage.slack.modals[-1], values, user)


async def test_people_gather_and_get_films_for_all(stage: Stage) -> None:
    await stage.command(f"night <@{BEN}|ben> something warm and funny")
    message = gathered(stage)
    assert f"<@{ANN}>: something warm and funny" in message.words
    assert f"<@{BEN}>: …" in message.words
    await wish(stage, BEN, "no horror, under <!channel> two hours")
    assert f"<@{BEN}>: no horror, under <!channel> two hours" in gathered(stage).words
    await pressed(stage, "go")
    (answer,) = stage.slack.in_thread(message.ts)
    assert f"For <@{ANN}> and <@{BEN}>, best on average:" in answer.words
    assert answer.words.count(f"<@{BEN}>, ") >= 3 and "1. " in answer.words
    assert answer.text.startswith("&lt;@") is False and f"<@{BEN}>" in answer.text
    assert await stage.app.agent.conversations() == []


async def test_a_night_keeps_everybodys_lasting_taste_in_mind(stage: Stage) -> None:
    await stage.write("I never watch horror", user=BEN)
    await stage.command(f"night <@{BEN}> something scary")
    await pressed(stage, "go")
    words = stage.slack.in_thread(gathered(stage).ts)[0].words
    assert "1. " in words and "Horror" not in words


async def test_somebody_leaves_and_the_rule_changes(stage: Stage) -> None:
    await stage.command(f"night <@{BEN}>")
    await pressed(stage, "leave", BEN)
    assert BEN not in gathered(stage).words
    await pressed(stage, "rule", choice="least_misery")
    menu = pressable(gathered(stage), "rule")
    assert menu["initial_option"]["value"] == "least_misery"
    await pressed(stage, "leave")
    await pressed(stage, "go")
    assert stage.slack.called("chat.postEphemeral")[-1]["text"].startswith("Nobody comes yet")


async def test_it_goes_on_after_a_restart(stage: Stage) -> None:
    await stage.command(f"night <@{BEN}> a western")
    stage.app.night._held.clear()
    await wish(stage, BEN, "before 1960")
    assert f"<@{ANN}>: a western\n<@{BEN}>: before 1960" in gathered(stage).words
    stage.app.night._held.clear()
    await pressed(stage, "go")
    assert "1. " in stage.slack.in_thread(gathered(stage).ts)[0].words


async def test_what_is_no_longer_known_is_said_to_be(stage: Stage) -> None:
    await stage.command("night")
    stage.app.night._held.clear()
    gathered(stage).metadata = {}
    for action in ("go", "wish", "leave"):
        await pressed(stage, action)
        assert stage.slack.called("chat.postEphemeral")[-1]["text"].startswith("I no longer know")


async def test_presses_that_cross_lose_nothing(stage: Stage) -> None:
    await stage.command("night")
    old = {"ts": gathered(stage).ts, "metadata": gathered(stage).metadata}
    people = [f"U{number}" for number in range(5)]
    for user in people:
        button = pressable(gathered(stage), "wish")
        await stage.press(button, user=user, channel=ROOM, message=old)
        values = {"wish": {"wish": {"value": f"wish of {user}"}}}
        await stage.submit(stage.slack.modals[-1], values, user)
    assert all(f"wish of <@{user}>" in gathered(stage).words for user in people)


async def test_too_many_people_are_told_so(stage: Stage) -> None:
    await stage.command("night " + " ".join(f"<@U{number}>" for number in range(20)))
    assert "12 people can come at most." in json.dumps(stage.slack.whispers[0])
    assert stage.slack.messages == {}


async def test_where_it_can_not_post_it_says_so(stage: Stage) -> None:
    stage.slack.fail("chat.postMessage", error="not_in_channel")
    await stage.command(f"night <@{BEN}>")
    assert "I can't post here (not_in_channel)" in json.dumps(stage.slack.whispers[0])


@pytest.mark.parametrize("said", ["night of the living dead", "nights in rome"])
async def test_a_wish_that_begins_with_night_is_a_wish(stage: Stage, said: str) -> None:
    await stage.command(said)
    assert stage.slack.messages == {}
    name = f"@{TEAM}/{ANN}/{ROOM}/"
    assert (await stage.app.agent.history(name))[0] == ("user", said)
