"""What goes wrong in Slack, and what is done about it; docs/slack.md has the same as a table."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import time
from collections.abc import AsyncIterator, Callable

import pytest
from moodreel.agent.companion import MovieAgent
from moodreel.agent.reply import Event
from moodreel.agent.session import ConversationName, owner_of
from moodreel.agent.storage.base import Begun
from moodreel.errors import StorageError
from slack_sdk.http_retry import builtin_async_handlers
from slack_sdk.signature import SignatureVerifier

from .conftest import Held
from .stage import ANN, BOT, DIRECT, ROOM, SECRET, Message, Stage, conversation, staged, words

COSY = "something warm and funny, under two hours"
SOMETHING = "a film about zorblaxian beekeepers"


async def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    for _ in range(3_000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never was")


@pytest.mark.parametrize(
    ("signature", "age"),
    [("v0=wrong", 0), ("", 0), (None, 0), ("right", 60 * 6)],
    ids=["wrong", "empty", "of another secret", "old"],
)
async def test_what_slack_has_not_signed_is_refused(
    stage: Stage, signature: str | None, age: int
) -> None:
    body = json.dumps({"type": "event_callback", "event": {"type": "message"}, "event_id": "E"})
    stamp = str(int(time.time()) - age)
    other = SignatureVerifier("another secret").generate_signature(timestamp=stamp, body=body)
    right = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    sent = {None: other, "right": right}.get(signature, signature) or ""
    response = await stage.send(
        body, "application/json", x_slack_signature=sent, x_slack_request_timestamp=stamp
    )
    assert response.status == 401
    assert stage.slack.calls == []


async def test_an_app_without_a_signing_secret_trusts_nobody(agent: MovieAgent) -> None:
    async with staged(agent, secret="") as stage:
        body = json.dumps({"type": "event_callback", "event": {"type": "message"}})
        stamp = str(int(time.time()))
        empty = hmac.new(b"", f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        response = await stage.send(
            body,
            "application/json",
            x_slack_signature=f"v0={empty}",
            x_slack_request_timestamp=stamp,
        )
        assert response.status == 401


async def test_asked_too_often_it_waits_as_long_as_slack_says(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = []

    class Clock:
        """Asyncio, but for sleeping."""

        @staticmethod
        async def sleep(seconds: float) -> None:
            waited.append(int(seconds))

    monkeypatch.setattr(builtin_async_handlers, "asyncio", Clock)
    for seconds in ("7", "30"):
        stage.slack.fail("chat.postMessage", status=429, headers={"Retry-After": seconds})
    thread = await stage.write(COSY)
    assert waited == [7, 30]
    assert len(stage.slack.in_thread(thread)) == 1


async def test_slack_is_asked_again_when_it_is_down(stage: Stage) -> None:
    stage.slack.fail("chat.postMessage", status=503)
    thread = await stage.write(COSY)
    assert len(stage.slack.in_thread(thread)) == 1


async def test_an_answer_is_streamed_where_the_workspace_allows_it(slow: Stage, held: Held) -> None:
    thread = await slow.write(COSY, settle=False)
    seen: list[Message] = []
    while not seen or seen[-1].streaming:
        held.let(1)
        await asyncio.sleep(0.05)
        seen = slow.slack.in_thread(thread)
    await slow.settled()
    methods = [name for name, _ in slow.slack.calls if name.startswith("chat.")]
    assert methods[0] == "chat.startStream" and methods[-1] == "chat.stopStream"
    assert "chat.update" not in methods
    (started,) = slow.slack.called("chat.startStream")
    assert (started["recipient_user_id"], started["recipient_team_id"]) == (ANN, "T1")
    reply = (await held.replies(conversation(ANN, DIRECT, thread)))[-1]
    places = [seen[0].words.index(pick.title) for pick in reply.picks]
    assert places == sorted(places)


async def test_where_it_does_not_the_message_is_edited_in_place(slow: Stage, held: Held) -> None:
    slow.slack.refuse("chat.startStream", "channel_type_not_supported")
    for turn, said in enumerate((COSY, "older"), start=1):
        thread = await slow.write(f"<@{BOT}> {said}", channel=ROOM, settle=False)
        held.let(1)
        await until(lambda thread=thread: bool(slow.slack.in_thread(thread)))  # type: ignore[misc]
        held.let(1_000)
        await slow.settled()
        (answer,) = slow.slack.in_thread(thread)
        assert answer.edits and "1. " in answer.words
        held.steps = asyncio.Semaphore(0)
        assert len(slow.slack.called("chat.startStream")) == 1, f"asked again in turn {turn}"


async def test_without_a_status_a_message_says_that_it_thinks(slow: Stage, held: Held) -> None:
    slow.slack.refuse("assistant.threads.setStatus", "missing_scope")
    thread = await slow.write(COSY, settle=False)
    await until(lambda: bool(slow.slack.in_thread(thread)))
    (answer,) = slow.slack.in_thread(thread)
    assert answer.words == "Thinking …"
    held.let(1_000)
    await slow.settled()
    (answer,) = slow.slack.in_thread(thread)
    assert "1. " in answer.words and "Thinking" not in answer.words
    assert slow.slack.called("chat.startStream") == []
    await slow.write("older", thread=thread)
    assert len(slow.slack.called("assistant.threads.setStatus")) == 1


async def test_a_stream_that_slack_has_closed_is_edited(slow: Stage, held: Held) -> None:
    slow.slack.fail("chat.stopStream", error="message_not_in_streaming_state")
    thread = await slow.write(COSY, settle=False)
    held.let(1)
    await until(lambda: bool(slow.slack.in_thread(thread)))
    held.let(1_000)
    await slow.settled()
    (answer,) = slow.slack.in_thread(thread)
    reply = (await held.replies(conversation(ANN, DIRECT, thread)))[-1]
    assert all(answer.words.count(f". {pick.title} (") == 1 for pick in reply.picks)


async def test_a_message_deleted_meanwhile_is_posted_again(slow: Stage, held: Held) -> None:
    slow.slack.refuse("assistant.threads.setStatus", "missing_scope")
    slow.slack.refuse("chat.update", "message_not_found")
    thread = await slow.write(COSY, settle=False)
    await until(lambda: bool(slow.slack.in_thread(thread)))
    held.let(1_000)
    await slow.settled()
    assert "1. " in slow.slack.in_thread(thread)[-1].words


@pytest.mark.parametrize("error", ["not_in_channel", "is_archived", "restricted_action"])
async def test_who_can_not_be_answered_is_told_alone(
    stage: Stage, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    stage.slack.fail("chat.postMessage", error=error)
    with caplog.at_level(logging.INFO):
        await stage.write(f"<@{BOT}> {SOMETHING}", channel=ROOM)
    told = stage.slack.called("chat.postMessage")[-1]
    assert told["channel"] == ANN and error in told["text"] and f"<#{ROOM}>" in told["text"]
    assert error in caplog.text
    assert "zorblax" not in caplog.text.lower()


async def test_where_nothing_can_be_said_it_is_logged(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.slack.refuse("chat.postMessage", "account_inactive")
    with caplog.at_level(logging.INFO):
        await stage.write(f"<@{BOT}> {SOMETHING}", channel=ROOM)
    assert "Slack took no direct message either (account_inactive)" in caplog.text
    assert "zorblax" not in caplog.text.lower()
    stage.slack.refuses.clear()
    thread = await stage.write("a western")
    assert stage.slack.in_thread(thread)


async def test_blocks_that_slack_does_not_take_are_said_in_words(stage: Stage) -> None:
    stage.slack.fail("chat.postMessage", error="invalid_blocks")
    thread = await stage.write(COSY)
    (answer,) = stage.slack.in_thread(thread)
    reply = (await stage.app.agent.replies(conversation(ANN, DIRECT, thread)))[-1]
    assert answer.blocks == [] and answer.text == reply.text.replace("&", "&amp;")


async def test_a_command_whose_answer_slack_does_not_take_is_logged(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.slack.fail("hook", status=404)
    with caplog.at_level(logging.INFO):
        await stage.command(SOMETHING)
    assert "Slack took no answer in C1" in caplog.text
    assert "zorblax" not in caplog.text.lower()


async def test_a_modal_that_comes_too_late_is_said_to_be(stage: Stage) -> None:
    stage.slack.fail("views.open", error="expired_trigger_id")
    await stage.command("taste")
    assert words(stage.slack.whispers[0]["blocks"][0]).startswith("Slack didn't let me open")


async def test_a_command_that_takes_long_says_that_it_thinks(slow: Stage, held: Held) -> None:
    asked = asyncio.create_task(slow.command("a western"))
    await until(lambda: bool(slow.slack.whispers))
    assert words(slow.slack.whispers[0]["blocks"][0]) == "Thinking …"
    held.let(1_000)
    await asked
    assert "1. " in "\n".join(map(words, slow.slack.whispers[1]["blocks"]))


class Broken(MovieAgent):
    """Fails in a way that was thought of, or in one that was not."""

    error: Exception

    async def stream(
        self,
        message: str,
        conversation: ConversationName = "default",
        *,
        turn_id: str | None = None,
    ) -> AsyncIterator[Event]:
        """Fail."""
        async for event in super().stream(message, conversation, turn_id=turn_id):
            yield event
            raise self.error


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (StorageError("The disk is full; make room."), "The disk is full; make room."),
        (KeyError("zorblax"), "Something went wrong here, sorry; try it again."),
    ],
)
async def test_a_turn_that_fails_is_said_to_have(
    agent: MovieAgent, error: Exception, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Broken(agent.settings, agent.catalogue, agent._conversations)
    broken.error = error
    async with staged(broken) as stage:
        with caplog.at_level(logging.INFO):
            thread = await stage.write(SOMETHING)
        (answer,) = stage.slack.in_thread(thread)
        assert answer.words == says
        assert "zorblax" not in caplog.text.lower()


async def test_who_still_waits_when_it_stops_is_told(slow: Stage) -> None:
    thread = await slow.write(COSY, settle=False)
    await slow.write("older", thread=thread, settle=False)
    await until(lambda: bool(slow.slack.called("assistant.threads.setStatus")))
    await slow.app.finish(0.05)
    told = [each.words for each in slow.slack.in_thread(thread)]
    assert told == ["I had to stop before I could answer, sorry; say it again in a minute."] * 2


async def test_two_answers_are_finished_when_it_stops(stage: Stage) -> None:
    threads = [await stage.write(each, settle=False) for each in (COSY, "a western")]
    await stage.app.finish(120)
    assert all(len(stage.slack.in_thread(thread)) == 1 for thread in threads)


async def test_what_a_process_was_killed_over_is_answered_once(
    agent: MovieAgent, stage: Stage
) -> None:
    """The journal is as a kill leaves it: begun, and nothing more."""
    thread, kept = await stage.write("a western"), agent._conversations
    name = conversation(ANN, DIRECT, thread)
    now = time.time()
    for turn_id, message, began in (
        ("slack-D1-1600000009.0", "older & <calmer>", now - 60),
        ("slack-D1-1600000008.0", "long ago", now - 7_200),
        ("of another channel", "not ours", now - 60),
    ):
        await kept.begin(Begun(name, turn_id, owner_of(name) or "", began, message))
    assert await stage.app.resume() == 1
    await stage.settled()
    _, answer = stage.slack.in_thread(thread)
    said = [text for role, text in await agent.history(name) if role == "user"]
    assert said == ["a western", "older & <calmer>"]
    assert "1. " in answer.words and answer.channel == DIRECT
    assert await stage.app.resume() == 0


class InLine(Held):
    """Has to wait for a model before it answers."""

    async def stream(
        self,
        message: str,
        conversation: ConversationName = "default",
        *,
        turn_id: str | None = None,
    ) -> AsyncIterator[Event]:
        """Say so, and then the same events."""
        yield Event(event="waiting", waiting="You are third in line.")
        async for event in super().stream(message, conversation, turn_id=turn_id):
            yield event


@pytest.mark.parametrize("status", [True, False])
async def test_who_waits_in_line_is_told_the_place(agent: MovieAgent, status: bool) -> None:
    waiting = InLine(agent.settings, agent.catalogue, agent._conversations)
    waiting.steps = asyncio.Semaphore(0)
    async with staged(waiting, pause=0.01) as stage:
        if not status:
            stage.slack.refuse("assistant.threads.setStatus", "missing_scope")
        thread = await stage.write(COSY, settle=False)
        if status:
            calls = stage.slack.called
            await until(lambda: len(calls("assistant.threads.setStatus")) == 2)
            told = calls("assistant.threads.setStatus")[1]
            assert told["loading_messages"] == ["You are third in line."]
        else:
            await until(lambda: bool(stage.slack.in_thread(thread)))
            assert stage.slack.in_thread(thread)[0].words == "You are third in line."
        waiting.let(1_000)
        await stage.settled()
        (answer,) = stage.slack.in_thread(thread)
        assert "1. " in answer.words and "in line" not in answer.words


async def test_nothing_that_was_said_is_logged(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        thread = await stage.write(f"I loved Heat, {SOMETHING}")
        (answer,) = stage.slack.in_thread(thread)
        for button in answer.actions():
            await stage.press(button, thread=thread, choice="mood")
        await stage.command(SOMETHING)
        await stage.command(f"night <@{ANN}> {SOMETHING}", channel=ROOM)
        await stage.opens("home")
        await stage.event({"type": "unheard_of", "user": ANN, "text": SOMETHING})
        await stage.submit(stage.slack.modals[0], {})
    assert "turn answered" in caplog.text
    assert "zorblax" not in caplog.text.lower()


async def test_a_thread_that_is_gone_costs_the_channel_nothing(stage: Stage) -> None:
    stage.slack.fail("assistant.threads.setStatus", error="thread_not_found")
    await stage.write("a western")
    await stage.write("a musical")
    assert len(stage.slack.called("assistant.threads.setStatus")) == 2
