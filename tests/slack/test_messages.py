"""What people write in Slack: who is answered, where, how often, and in which order."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from moodreel.agent.companion import MovieAgent
from moodreel.agent.edits import Attitude
from moodreel.agent.reply import Reply

from .conftest import Held
from .stage import ANN, BEN, BOT, DIRECT, ROOM, Stage, conversation, staged

COSY = "something warm and funny, under two hours"


async def last_reply(stage: Stage, thread: str, user: str = ANN, channel: str = DIRECT) -> Reply:
    return (await stage.app.agent.replies(conversation(user, channel, thread)))[-1]


async def test_a_direct_message_is_answered_in_its_thread(stage: Stage) -> None:
    thread = await stage.write(COSY)
    (answer,) = stage.slack.in_thread(thread)
    reply = await last_reply(stage, thread)
    assert len(reply.picks) == 5
    for number, pick in enumerate(reply.picks, start=1):
        assert f"{number}. {pick.title} ({pick.year})" in answer.words
        assert pick.reason.replace("*", "") in answer.words
    assert " ".join(reply.understood) in answer.words
    assert answer.text == reply.text.replace("&", "&amp;")
    (status,) = stage.slack.called("assistant.threads.setStatus")
    assert (status["thread_ts"], status["status"]) == (thread, "is thinking …")


async def test_a_thread_is_one_conversation(stage: Stage) -> None:
    thread = await stage.write(COSY)
    await stage.write("before 1990", thread=thread)
    reply = await last_reply(stage, thread)
    assert reply.turn == 2
    assert reply.picks and all((pick.year or 0) < 1990 for pick in reply.picks)
    other = await stage.write("a western")
    assert (await last_reply(stage, other)).turn == 1


async def test_in_a_channel_it_answers_who_names_it_and_goes_on_in_that_thread(
    stage: Stage,
) -> None:
    thread = await stage.write(f"<@{BOT}> {COSY}", channel=ROOM)
    await stage.write("older please", thread=thread, channel=ROOM)
    first, second = stage.slack.in_thread(thread)
    assert first.words.count(f"<@{ANN}>") == second.words.count(f"<@{ANN}>") == 1
    assert first.text.startswith(f"<@{ANN}> ")
    assert (await last_reply(stage, thread, channel=ROOM)).turn == 2


@pytest.mark.parametrize(
    ("said", "user", "threaded"),
    [
        ("older please", BEN, True),
        ("lunch?", ANN, False),
        (f"<@{BEN}> have you seen that?", ANN, True),
    ],
)
async def test_in_a_channel_it_keeps_out_of_other_talk(
    stage: Stage, said: str, user: str, threaded: bool
) -> None:
    thread = await stage.write(f"<@{BOT}> {COSY}", channel=ROOM)
    before = len(stage.slack.calls)
    await stage.write(said, user=user, thread=thread if threaded else None, channel=ROOM)
    assert stage.slack.calls[before:] == []


async def test_everybody_in_a_thread_has_a_taste_of_their_own(stage: Stage) -> None:
    thread = await stage.write(f"<@{BOT}> I loved Heat", channel=ROOM)
    await stage.write(f"<@{BOT}> I loved Paddington", user=BEN, thread=thread, channel=ROOM)
    profiles = [
        await stage.app.agent.profile(conversation(user, ROOM, thread)) for user in (ANN, BEN)
    ]
    loved = [
        [each.content.item.title for each in profile.active if isinstance(each.content, Attitude)]
        for profile in profiles
    ]
    assert loved == [["Heat"], ["Paddington"]]


async def test_what_comes_again_is_answered_once(stage: Stage) -> None:
    for retry in ("0", "1", "2"):
        await stage.write(COSY, ts="1600000001.0", event_id="Ev-again", x_slack_retry_num=retry)
    assert len(stage.slack.in_thread("1600000001.0")) == 1
    assert (await last_reply(stage, "1600000001.0")).turn == 1


async def test_what_comes_again_after_a_restart_is_no_second_turn(
    agent: MovieAgent, stage: Stage
) -> None:
    await stage.write(COSY, ts="1600000001.0", event_id="Ev-again")
    async with staged(agent) as restarted:
        await restarted.write(COSY, ts="1600000001.0", event_id="Ev-again")
        (again,) = restarted.slack.in_thread("1600000001.0")
    assert again.words == stage.slack.in_thread("1600000001.0")[0].words
    assert (await last_reply(stage, "1600000001.0")).turn == 1


async def test_a_mention_that_also_comes_as_a_message_is_answered_once(stage: Stage) -> None:
    thread = await stage.write(f"<@{BOT}> {COSY}", channel=ROOM)
    said = {"channel": ROOM, "user": ANN, "text": f"<@{BOT}> older", "thread_ts": thread}
    for kind in ("message", "app_mention"):
        await stage.event({"type": kind, "ts": "1600000002.0", "channel_type": "channel", **said})
    await stage.settled()
    assert len(stage.slack.in_thread(thread)) == 2


async def test_in_a_group_of_people_it_answers_who_names_it(stage: Stage) -> None:
    said = {"type": "message", "channel": "G1", "channel_type": "mpim", "user": ANN}
    await stage.event({**said, "text": "lunch?", "ts": "1600000003.0"})
    await stage.event({**said, "text": f"<@{BOT}> a western", "ts": "1600000004.0"})
    await stage.settled()
    assert [m.thread for m in stage.slack.messages.values()] == ["1600000004.0"]


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B7"},
        {"subtype": "message_changed", "message": {"text": COSY, "user": ANN}},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message", "user": None},
        {"hidden": True},
        {"user": "USLACKBOT"},
    ],
)
async def test_bots_edits_and_notices_are_not_answered(stage: Stage, more: dict[str, Any]) -> None:
    await stage.write(COSY, **more)
    assert [name for name, _ in stage.slack.calls] == ["auth.test"]


async def test_its_own_messages_are_not_answered(stage: Stage) -> None:
    await stage.write(COSY, user=BOT, listens=False)
    assert [name for name, _ in stage.slack.calls] == ["auth.test"]


async def test_a_message_is_read_as_it_was_typed(stage: Stage) -> None:
    typed = f"<@{BOT}>  like &lt;b&gt;Heat&lt;/b&gt; &amp; <http://x.example|Collateral>  "
    thread = await stage.write(typed, channel=ROOM)
    said = (await stage.app.agent.history(conversation(ANN, ROOM, thread)))[0]
    assert said == ("user", "like <b>Heat</b> & Collateral")


async def test_a_message_without_words_is_told_so(stage: Stage) -> None:
    thread = await stage.write(f"<@{BOT}>", channel=ROOM)
    (answer,) = stage.slack.in_thread(thread)
    assert answer.words == "The message is empty; say what you'd like to watch."


async def test_files_are_left_aside_and_said_so(stage: Stage) -> None:
    thread = await stage.write(COSY, subtype="file_share", files=[{"id": "F1"}])
    aside, answer = stage.slack.in_thread(thread)
    assert aside.words == "I only read words, so I left the file aside."
    assert "1. " in answer.words


async def test_slack_is_acknowledged_before_there_is_an_answer(slow: Stage) -> None:
    thread = await slow.write(COSY, settle=False)
    assert slow.slack.in_thread(thread) == []


async def test_slack_is_acknowledged_while_its_own_api_hangs(slow: Stage) -> None:
    await slow.app.meet()
    slow.slack.busy.clear()
    thread = await slow.write(COSY, settle=False)
    assert slow.slack.in_thread(thread) == []
    slow.slack.busy.set()


async def test_quick_messages_are_answered_in_order(stage: Stage) -> None:
    thread = await stage.write("a western", settle=False)
    said = ["before 1980", "not with John Wayne", "the first one I have seen"]
    for words in said:
        await stage.write(words, thread=thread, settle=False)
    await stage.settled()
    replies = await stage.app.agent.replies(conversation(ANN, DIRECT, thread))
    shown = [answer.text for answer in stage.slack.in_thread(thread)]
    assert shown == [reply.text.replace("&", "&amp;") for reply in replies]
    history = await stage.app.agent.history(conversation(ANN, DIRECT, thread))
    assert [text for role, text in history if role == "user"] == ["a western", *said]


async def test_too_many_at_once_are_told_to_wait(slow: Stage, held: Held) -> None:
    thread = await slow.write("a western", settle=False)
    for _ in range(5):
        await slow.write("older", thread=thread, settle=False)
    (told,) = (m for m in slow.slack.in_thread(thread) if "Several messages" in m.words)
    assert told.words == "Several messages wait already; let me answer those first."
    held.let(1_000)
    await slow.settled()
    assert (await last_reply(slow, thread)).turn == 5


async def test_one_conversation_does_not_wait_for_another(slow: Stage, held: Held) -> None:
    first = await slow.write("a western", settle=False)
    second = await slow.write("a musical", user=BEN, settle=False)
    for user, thread in ((ANN, first), (BEN, second)):
        name = conversation(user, DIRECT, thread)
        while name not in await held.conversations():
            held.let(1)
            await asyncio.sleep(0.01)
    held.let(1_000)
    await slow.settled()


async def test_somebody_who_opens_the_conversation_is_offered_something_to_say(
    stage: Stage,
) -> None:
    await stage.opens("messages")
    (offered,) = stage.slack.called("assistant.threads.setSuggestedPrompts")
    assert "thread_ts" not in offered
    assert len(offered["prompts"]) == 4
    await stage.event(
        {
            "type": "assistant_thread_started",
            "assistant_thread": {"channel_id": DIRECT, "thread_ts": "1.0", "user_id": ANN},
        }
    )
    assert stage.slack.called("assistant.threads.setSuggestedPrompts")[1]["thread_ts"] == "1.0"


async def test_what_is_not_for_it_is_only_acknowledged(stage: Stage) -> None:
    response = await stage.event({"type": "reaction_added", "user": ANN, "reaction": "x"})
    assert response.status == 200
    assert json.dumps(stage.slack.calls[1:]) == "[]"
