"""The chat without a browser: what is drawn, kept, refused, stopped and taken back."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
import yaml
from gradio.components.chatbot import Message
from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.channels.web.chat import Talk
from moodreel.agent.channels.web.desk import Desk
from moodreel.agent.channels.web.dialogue import shown_as_typed, typed
from moodreel.agent.channels.web.prose import prose
from moodreel.agent.channels.web.sessions import Shelf
from moodreel.agent.channels.web.turns import MOST_WAITING, Turns
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.engines.base import Turn as Asked
from moodreel.agent.engines.builtin import BuiltinEngine
from moodreel.agent.engines.ledger import Ledger
from moodreel.agent.plan import TurnPlan
from moodreel.agent.replay.script import Press, Script
from moodreel.agent.settings import load_settings
from moodreel.errors import UnknownConversation
from moodreel.ingest.catalogue import Catalogue, Progress

ANN, BOB = "a" * 32, "b" * 32
HOSTILE = "<img src=x onerror=alert(1)> & &lt;b&gt; **bold** [x](javascript:alert(2)) \"'`${1}"


class Gated(BuiltinEngine):
    """Understands a message as soon as the gate is open."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue)
        self.gate = asyncio.Event()
        self.gate.set()
        self.asked = asyncio.Event()

    async def plan(self, turn: Asked, ledger: Ledger) -> TurnPlan:
        self.asked.set()
        await self.gate.wait()
        return await super().plan(turn, ledger)


class Page:
    """One tab: what its handlers gave last, as a person would see it."""

    def __init__(self, desk: Desk, turns: Turns, owner: str) -> None:
        self.owner, self.desk, self.turns = owner, desk, turns
        self.talk, self.shelf = Talk(desk, turns), Shelf(desk, turns)
        self.conversation = desk.new_conversation(owner)
        self.dialogue: list[Message] = []
        self.box, self.notice, self.address = "", "", ""
        self.drawings = 0

    async def see(self, drawings: AsyncIterator[tuple[Any, Any, Any, Any]]) -> None:
        """Follow a handler to its end."""
        async for dialogue, box, notice, address in drawings:
            self.drawings += 1
            self.dialogue = dialogue
            self.box = self.box if isinstance(box, dict) else box
            self.notice = notice
            self.address = self.address if isinstance(address, dict) else address

    async def send(self, message: str) -> None:
        self.box = ""
        await self.see(self.talk.send(message, self.owner, self.conversation))

    async def press(self, **data: Any) -> None:
        pressed = gr.EventData(None, data)
        await self.see(self.talk.press(self.owner, self.conversation, pressed))

    async def edit(self, index: int, words: str) -> None:
        edited = SimpleNamespace(index=index, value=words)
        await self.see(self.talk.edit(self.owner, self.conversation, edited))  # type: ignore[arg-type]

    def mine(self) -> list[str]:
        return [m.content[0].text for m in self.dialogue if m.role == "user"]  # type: ignore[union-attr]

    def theirs(self) -> list[str]:
        return [m.content[0].value for m in self.dialogue if m.role == "assistant"]  # type: ignore[union-attr]


@pytest.fixture
def engine(starter: Catalogue) -> Gated:
    return Gated(starter)


@pytest.fixture
async def desk(starter: Catalogue, engine: Gated) -> Desk:
    async def opening(_: Progress) -> MovieAgent:
        return MovieAgent(load_settings(), starter, MemoryConversations(), engine)

    opened = Desk(opening)
    await opened.agent()
    return opened


@pytest.fixture
def turns() -> Turns:
    return Turns()


@pytest.fixture
def page(desk: Desk, turns: Turns) -> Page:
    return Page(desk, turns, ANN)


async def until(task: asyncio.Task[Any], event: asyncio.Event) -> None:
    """Wait for the event, or for the task that should bring it."""
    waiting = asyncio.ensure_future(event.wait())
    await asyncio.wait([task, waiting], return_when=asyncio.FIRST_COMPLETED)
    assert waiting.done(), "the turn ended before it was asked"


async def test_a_message_is_answered_with_cards_in_place_of_the_numbered_list(page: Page) -> None:
    await page.send("Something warm and funny")
    assert page.mine() == ["Something warm and funny"]
    (answer,) = page.theirs()
    assert answer.count('class="mr-card"') == 5
    assert "1. " not in re.sub(r'data-copy="[^"]*"', "", answer)
    assert 'class="mr-understood"' in answer
    assert "aria-busy" not in answer
    assert (page.box, page.notice) == ("", "")


async def test_the_box_is_left_alone_so_that_the_next_message_can_be_typed(page: Page) -> None:
    drawings = [each async for each in page.talk.send("Something warm", ANN, page.conversation)]
    assert len(drawings) > 1
    assert all(isinstance(box, dict) for _, box, _, _ in drawings)


async def test_the_address_names_the_conversation_before_it_is_answered(
    page: Page, engine: Gated
) -> None:
    engine.gate.clear()
    running = asyncio.ensure_future(page.send("I loved Heat"))
    await until(running, engine.asked)
    assert page.address == page.conversation
    assert 'aria-busy="true"' in page.theirs()[-1]
    reloaded = await page.shelf.arrive(ANN, None, page.conversation)
    assert reloaded == (ANN, page.conversation, "")
    engine.gate.set()
    await running


async def test_a_message_is_answered_when_the_agent_is_open_and_until_then_that_is_said(
    starter: Catalogue, turns: Turns
) -> None:
    opened = asyncio.Event()

    async def opening(_: Progress) -> MovieAgent:
        await opened.wait()
        return MovieAgent(load_settings(), starter, MemoryConversations())

    desk = Desk(opening)
    desk.open()
    name = desk.new_conversation(ANN)
    notices = []
    async for _, _, notice, _ in Talk(desk, turns).send("Something warm", ANN, name):
        notices.append(notice)
        opened.set()
    assert "soon" in notices[0]
    assert notices[-1] == ""
    assert len(await (await desk.agent()).replies(name)) == 1


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("x" * 20_001, "20,000"),
        ("a\0b", "text"),
        ("\ud800", "broken"),
    ],
)
async def test_what_can_not_be_sent_comes_back_into_the_box(
    page: Page, message: str, says: str
) -> None:
    await page.send(message)
    assert page.box == message
    assert says in page.notice
    assert page.mine() == []


async def test_markup_is_shown_as_it_was_typed(page: Page) -> None:
    await page.send(HOSTILE)
    (shown,) = page.mine()
    assert "<" not in shown
    assert typed(shown) == HOSTILE
    assert "<img" not in page.theirs()[0].replace('<img src="data:', "")


@given(st.text())
def test_what_is_shown_of_a_message_is_no_markup_and_can_be_edited(words: str) -> None:
    shown = shown_as_typed(words)
    assert "<" not in shown
    assert typed(shown) == words


@given(st.text())
def test_prose_sets_titles_and_nothing_else(text: str) -> None:
    shown = prose(text).replace("<em>", "").replace("</em>", "")
    assert "<" not in shown
    assert ">" not in shown


def test_a_title_between_stars_is_in_italics() -> None:
    assert prose("Like *Amélie*, and *Heat*.") == "Like <em>Amélie</em>, and <em>Heat</em>."
    assert prose("2 * 3 * 4") == "2 * 3 * 4"
    assert prose("**no** *<b>*") == "**no** <em>&lt;b&gt;</em>"


async def test_two_messages_are_answered_in_order(page: Page, engine: Gated) -> None:
    engine.gate.clear()
    first = asyncio.ensure_future(page.send("I loved Heat"))
    await until(first, engine.asked)
    other = Page(page.desk, page.turns, ANN)
    other.conversation = page.conversation
    second = asyncio.ensure_future(other.send("and Collateral"))
    await asyncio.sleep(0)
    engine.gate.set()
    await asyncio.gather(first, second)
    assert other.mine() == ["I loved Heat", "and Collateral"]
    assert page.turns.of(page.conversation) == ()


async def test_an_answer_that_is_kept_while_it_is_drawn_is_drawn_once(
    page: Page, engine: Gated, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.gate.clear()
    sending = asyncio.create_task(page.send("a funny film"))
    await until(sending, engine.asked)
    agent, (turn,) = await desk.agent(), page.turns.of(page.conversation)
    kept = agent.turns

    async def late(name: str) -> Any:
        engine.gate.set()
        assert turn.task
        await turn.task
        return await kept(name)

    monkeypatch.setattr(agent, "turns", late)
    (dialogue,) = await page.talk.refresh(page.owner, page.conversation)
    assert [message.role for message in dialogue] == ["user", "assistant"]
    assert "mr-cards" in dialogue[1].content[0].value
    await sending


async def test_too_many_waiting_messages_are_refused_and_come_back_into_the_box(
    page: Page, engine: Gated
) -> None:
    engine.gate.clear()
    sent = [asyncio.ensure_future(page.talk.send(f"more {n}", ANN, page.conversation).__anext__())
            for n in range(MOST_WAITING + 1)]  # fmt: skip
    await asyncio.gather(*sent)
    await page.send("one more")
    assert page.box == "one more"
    assert "wait" in page.notice
    assert await page.turns.stop(page.conversation) == MOST_WAITING + 1


async def test_stopping_leaves_everything_as_it_was(page: Page, engine: Gated) -> None:
    await page.send("I loved Heat")
    agent = await page.desk.agent()
    before = await agent.export(page.conversation)
    engine.asked.clear()
    engine.gate.clear()
    running = asyncio.ensure_future(page.send("no horror"))
    await until(running, engine.asked)
    assert await page.talk.stop(ANN, page.conversation) == ""
    await running
    assert await agent.export(page.conversation) == before
    assert page.mine() == ["I loved Heat", "no horror"]
    assert "Stopped" in page.theirs()[-1]
    engine.gate.set()
    await page.press(act="say", words="no horror")
    assert page.mine() == ["I loved Heat", "no horror"]
    assert "Stopped" not in "".join(page.theirs())


async def test_stopping_nothing_says_so_and_nobody_stops_anothers(
    page: Page, engine: Gated
) -> None:
    assert "Nothing" in await page.talk.stop(ANN, page.conversation)
    engine.gate.clear()
    running = asyncio.ensure_future(page.send("I loved Heat"))
    await until(running, engine.asked)
    assert "somebody else" in await page.talk.stop(BOB, page.conversation)
    engine.gate.set()
    await running
    assert "Stopped" not in page.theirs()[-1]


async def test_a_press_is_a_turn_and_can_be_undone(page: Page) -> None:
    await page.send("Something warm")
    agent = await page.desk.agent()
    before = (await agent.profile(page.conversation)).active
    pick = (await agent.replies(page.conversation))[-1].picks[0]
    await page.press(act="seen", id=pick.id, dimension="overall")
    assert page.mine()[-1] == f"seen: {pick.title} ({pick.year})"
    assert 'data-act="undo"' in page.theirs()[-1]
    assert (await agent.profile(page.conversation)).active != before
    await page.press(act="undo")
    assert (await agent.profile(page.conversation)).active == before
    assert page.mine()[-1] == "undo"
    assert 'data-act="undo"' not in page.theirs()[-1]


@pytest.mark.parametrize(
    "data",
    [{}, {"act": "seen"}, {"act": "seen", "id": "nope"}, {"act": "<b>", "id": "x"},
     {"act": "more_like", "id": "tt0113277", "dimension": "x"}, {"act": "say"},
     {"act": "say", "words": ""}, {"act": ["seen"], "id": {"a": 1}}, {"act": None, "id": None},
     {"act": "seen", "id": "tt0113277", "dimension": ["mood"]}],
)  # fmt: skip
async def test_a_press_of_nothing_changes_nothing(page: Page, data: dict[str, Any]) -> None:
    await page.press(**data)
    assert page.mine() == []
    assert page.notice
    assert "<b>" not in page.notice


async def test_an_answer_can_be_asked_for_again(page: Page) -> None:
    await page.see(page.talk.retry(ANN, page.conversation))
    assert "no message yet" in page.notice
    await page.send("I loved Heat")
    await page.send("Something warm")
    await page.see(page.talk.retry(ANN, page.conversation))
    assert page.mine() == ["I loved Heat", "Something warm"]
    assert len(await (await page.desk.agent()).replies(page.conversation)) == 2


async def test_the_last_message_can_be_edited_and_no_other(page: Page) -> None:
    await page.send("I loved Heat")
    await page.send("Something warm")
    await page.edit(0, "I hated Heat")
    assert "Only the last" in page.notice
    assert page.mine()[0] == "I loved Heat"
    await page.edit(2, "")
    assert "empty" in page.notice
    await page.edit(2, "Something &lt;b&gt;cold")
    assert page.mine() == ["I loved Heat", shown_as_typed("Something <b>cold")]


async def test_nobody_sees_or_changes_anothers_conversation(page: Page, desk: Desk) -> None:
    await page.send("I loved Heat")
    thief = Page(desk, page.turns, BOB)
    thief.conversation = page.conversation
    await thief.send("and mine?")
    assert "somebody else" in thief.notice
    assert thief.dialogue == []
    assert await thief.talk.refresh(BOB, page.conversation) == ([],)
    assert [d async for d in thief.talk.watch(BOB, page.conversation)] == []
    assert len(await (await desk.agent()).replies(page.conversation)) == 1


async def test_a_page_that_comes_back_finds_what_is_being_answered(
    page: Page, engine: Gated
) -> None:
    engine.gate.clear()
    left = page.talk.send("I loved Heat", ANN, page.conversation)
    await left.__anext__()
    await left.aclose()  # type: ignore[attr-defined]
    assert page.turns.busy(page.conversation)
    seen = []
    async for dialogue in page.talk.watch(ANN, page.conversation):
        seen.append(dialogue)
        engine.gate.set()
    assert len(seen) > 1
    assert not page.turns.busy(page.conversation)
    assert len(await (await page.desk.agent()).replies(page.conversation)) == 1


async def test_a_failure_inside_is_a_sentence(
    page: Page, engine: Gated, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = await page.desk.agent()

    async def broken(*_: object) -> AsyncIterator[None]:
        raise UnknownConversation("The disk <b>is</b> full; free some.")
        yield

    monkeypatch.setattr(agent, "stream", broken)
    await page.send("I loved Heat")
    assert "The disk &lt;b&gt;is&lt;/b&gt; full" in page.theirs()[-1]
    assert "Try again" in page.theirs()[-1]


async def test_the_list_has_titles_and_marks_the_current(page: Page) -> None:
    await page.send("Something <b>warm</b>")
    listed, title, where = await page.shelf.refresh(ANN, page.conversation)
    assert "&lt;b&gt;warm" in listed
    assert listed.count("aria-current") == 1
    assert (title, where) == ("Something <b>warm</b>", page.conversation)
    assert "Something" not in (await page.shelf.refresh(BOB, page.conversation))[0]


async def test_forgetting_leaves_nothing_of_one_and_all_of_others(page: Page, desk: Desk) -> None:
    await page.send("Something warm")
    bob = Page(desk, page.turns, BOB)
    await bob.send("Something cold")
    fresh, said = await page.shelf.forget(ANN)
    assert desk.checked(ANN, fresh)
    assert "one conversation" in said
    assert await (await desk.agent()).conversations() == [bob.conversation]


async def test_deleting_while_it_is_answered_stops_that_first(page: Page, engine: Gated) -> None:
    await page.send("Something warm")
    engine.asked.clear()
    engine.gate.clear()
    running = asyncio.ensure_future(page.send("shorter"))
    await until(running, engine.asked)
    _, said = await page.shelf.delete(ANN, page.conversation)
    await running
    assert "deleted" in said
    assert await (await page.desk.agent()).conversations() == []
    assert page.turns.of(page.conversation) == ()


async def test_what_is_not_there_can_not_be_renamed_downloaded_or_deleted(page: Page) -> None:
    for handler in (page.shelf.delete(ANN, page.conversation),
                    page.shelf.rename("x", ANN, page.conversation),
                    page.shelf.download("md", ANN, page.conversation)):  # fmt: skip
        assert "nothing in this conversation yet" in (await handler)[-1]


async def test_a_conversation_can_be_saved_and_played_again(page: Page) -> None:
    await page.send("Something *warm* & <b>funny</b>\n# not a heading")
    agent = await page.desk.agent()
    picks = (await agent.replies(page.conversation))[-1].picks
    await page.press(act="seen", id=picks[0].id)
    await page.press(act="more_like", id=picks[1].id, dimension="mood")
    await page.press(act="undo")
    files = {}
    for kind in ("md", "json", "yaml"):
        offered, said = await page.shelf.download(kind, ANN, page.conversation)
        assert said == ""
        files[kind] = json.loads(offered)
        assert files[kind]["name"] == f"{page.conversation}.{kind}"
    assert "> Something \\*warm\\* & \\<b\\>funny" in files["md"]["text"]
    assert json.loads(files["json"]["text"])["turns"] == 4
    script = Script.model_validate(yaml.safe_load(files["yaml"]["text"]))
    typed_, seen, more, undo = script.turns
    assert typed_.user == "Something *warm* & <b>funny</b>\n# not a heading"
    assert typed_.expect.includes[0] == f"{picks[0].title} ({picks[0].year})"
    assert (seen.press and (seen.press.act, seen.press.item)) == ("seen", typed_.expect.includes[0])
    assert more.press == Press(act="more_like", item=typed_.expect.includes[1], dimension="mood")
    assert more.expect.count == 5
    assert undo.press == Press(act="undo")


async def test_a_bad_answer_is_saved_as_the_end_of_a_test(page: Page) -> None:
    await page.send("I loved Heat")
    await page.send("Something warm")
    await page.send("lighter")
    assert [answer.count('data-to="bad"') for answer in page.theirs()] == [1, 1, 1]
    assert 'data-to="bad" data-turn="2"' in page.theirs()[1]
    pressed = gr.EventData(None, {"turn": "2"})
    offered, said = await page.shelf.bad(ANN, page.conversation, pressed)
    assert "Saved as a test" in said
    text = json.loads(offered)["text"]
    assert text.count("- user: ") == 2
    assert "# this answer was marked as bad\n- user: Something warm\n" in text


@pytest.mark.parametrize("turn", ["9", "0", "-1", "x", "9" * 5_000, None, {"a": 1}, "²"])
async def test_an_answer_that_is_not_there_can_not_be_bad(page: Page, turn: object) -> None:
    await page.send("I loved Heat")
    pressed = gr.EventData(None, {"turn": turn})
    assert "There is no turn" in (await page.shelf.bad(ANN, page.conversation, pressed))[-1]
    assert "somebody else" in (await page.shelf.bad(BOB, page.conversation, pressed))[-1]
