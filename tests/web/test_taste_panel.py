"""The taste panel at work: what a browser may send it, and a person who uses it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("gradio", reason="the page is an extra: make test gets it")

import gradio as gr
from moodreel import MovieAgent, Settings
from moodreel.agent.channels.web.desk import Desk, new_owner
from moodreel.agent.channels.web.taste_controls import FIELDS
from moodreel.agent.channels.web.taste_panel import NOTHING_TOLD, Panel
from moodreel.agent.channels.web.turns import Turns
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.profile_file import written
from moodreel.agent.reply import Event
from moodreel.agent.sentences import sentence
from moodreel.ingest.catalogue import Catalogue

from .visitor import NARROW, Visitor, expect

OWNER = new_owner()
SKIPPED = gr.skip()


class Scene:
    """A panel over an agent of its own, one conversation, and what was drawn last."""

    def __init__(self, agent: MovieAgent, desk: Desk) -> None:
        self.agent = agent
        self.turns = Turns()
        self.panel = Panel(desk, self.turns)
        self.name = desk.new_conversation(OWNER)
        self.drawn = NOTHING_TOLD
        self.drawings = 0
        self.drew = asyncio.Event()
        self.said = ""
        self.changed = False
        self.shown: dict[str, Any] = {}

    async def press(self, data: object, owner: str = OWNER, name: str = "") -> None:
        event: Any = SimpleNamespace(_data=data)
        self.drawings = 0
        async for drawing in self.panel.press(owner, name or self.name, self.drawn, event):
            self.drawings += 1
            self.drew.set()
            said, changed, drawn, *controls = drawing
            self.drawn = self.drawn if drawn == SKIPPED else drawn
            self.said, self.changed = said, changed != SKIPPED
            self.shown = shown(controls)

    async def set(self, field: str, value: object) -> None:
        await self.press({"act": "set", "field": field, "value": value})

    async def sentences(self) -> list[str]:
        return [sentence(entry) for entry in (await self.agent.profile(self.name)).active]

    async def messages(self) -> list[str]:
        return [text for role, text in await self.agent.history(self.name) if role == "user"]


def shown(controls: Sequence[Any]) -> dict[str, Any]:
    """The updates that change something, by field."""
    return {f: update for f, update in zip(FIELDS, controls, strict=True) if update != SKIPPED}


@pytest.fixture
async def scene(starter: Catalogue) -> AsyncIterator[Scene]:
    agent = MovieAgent(Settings(), starter, MemoryConversations())

    async def opening(progress: object) -> MovieAgent:
        return agent

    desk = Desk(opening)
    await desk.agent()
    yield Scene(agent, desk)


async def test_a_control_is_a_turn_in_words(scene: Scene) -> None:
    await scene.set("latest", "1980")
    assert scene.changed
    assert scene.shown == {}
    assert await scene.messages() == ["From before 1981"]
    assert await scene.sentences() == ["From before 1981."]
    await scene.set("latest", "")
    assert await scene.messages() == ["From before 1981", "Any year"]
    assert await scene.sentences() == []


async def test_a_control_that_says_what_is_so_is_no_turn(scene: Scene) -> None:
    await scene.agent.send("from the 90s, no horror", scene.name)
    for field, value in (("earliest", "1990"), ("latest", 1999), ("never", ["horror"])):
        await scene.set(field, value)
        assert not scene.changed
    assert len(await scene.messages()) == 1


async def test_what_was_refused_shows_what_is_so(scene: Scene) -> None:
    await scene.agent.send("from the 90s", scene.name)
    await scene.set("latest", "3000")
    assert "Years run from 1870 to 2100, not 3000." in scene.said
    assert scene.shown == {"latest": gr.update(value="1999")}
    assert await scene.messages() == ["from the 90s"]
    await scene.set("earliest", "")
    assert scene.said == ""


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"act": "set"},
        {"act": "set", "field": ["mood"], "value": 1},
        {"act": "set", "field": "mood", "value": {"a": 1}},
        {"act": "set", "field": "genres", "value": [["horror"]]},
        {"act": "set", "field": "__class__", "value": 1},
        {"act": "remove"},
        {"act": "remove", "id": ["e1"]},
        {"act": "remove", "id": "e99"},
        {"act": "<script>", "id": "e1"},
    ],
)
async def test_whatever_a_browser_sends_is_one_sentence(scene: Scene, data: object) -> None:
    await scene.agent.send("no horror", scene.name)
    await scene.press(data)
    assert scene.said.count("</p>") == 1
    assert "<script>" not in scene.said
    assert await scene.messages() == ["no horror"]
    assert await scene.sentences() == ["No horror."]


async def test_somebody_elses_profile_is_neither_shown_nor_changed(scene: Scene) -> None:
    await scene.agent.send("no horror, from the 90s", scene.name)
    other = new_owner()
    await scene.press({"act": "set", "field": "latest", "value": 1950}, owner=other)
    assert "somebody else" in scene.said
    assert scene.shown == {"latest": gr.update(value="")}
    await scene.press({"act": "reset"}, owner=other)
    chips, told, *_ = await scene.panel.refresh(other, scene.name)
    assert "horror" not in chips
    assert told["earliest"] is None
    for handler in (scene.panel.save(other, scene.name), scene.panel.bring("x", other, scene.name)):
        unchanged, said = await handler
        assert unchanged == SKIPPED
        assert "somebody else" in said
    assert await scene.sentences() == ["No horror.", "From the 1990s."]


async def test_an_entry_is_taken_back_once(scene: Scene) -> None:
    await scene.agent.send("no horror", scene.name)
    for says in ("", "taken back already"):
        await scene.press({"act": "remove", "id": "e1"})
        assert says in scene.said
        assert scene.changed
    assert await scene.messages() == ["no horror", "Forget: No horror."]


async def test_starting_over_can_be_undone(scene: Scene) -> None:
    await scene.agent.send("no horror, I loved Heat", scene.name)
    before = await scene.sentences()
    await scene.press({"act": "reset"})
    assert await scene.sentences() == []
    await scene.agent.undo(scene.name)
    assert await scene.sentences() == before
    await scene.press({"act": "reset"})
    await scene.press({"act": "reset"})
    assert not scene.changed


async def test_a_control_moved_during_a_turn_changes_what_that_turn_leaves(scene: Scene) -> None:
    sent = asyncio.create_task(scene.agent.send("only horror, from the 80s", scene.name))
    await asyncio.sleep(0)
    await scene.set("latest", 1985)
    await sent
    assert await scene.sentences() == ["Only horror.", "From 1980 to 1985."]


async def waits_for(scene: Scene, words: str, pressing: Awaitable[None]) -> None:
    """Press while something else is being answered, which ends once the press waits for it."""
    go = asyncio.Event()

    async def work() -> AsyncGenerator[Event]:
        await go.wait()
        async for event in scene.agent.stream(words, scene.name):
            yield event

    scene.turns.begin(scene.name, words, work)
    pressed = asyncio.ensure_future(pressing)
    await asyncio.wait_for(scene.drew.wait(), 60)
    go.set()
    await pressed
    assert scene.drawings == 2
    assert scene.turns.of(scene.name) == ()


async def test_a_change_that_waits_is_a_turn_after_the_one_before_it(scene: Scene) -> None:
    await waits_for(scene, "from the 90s", scene.set("earliest", ""))
    assert scene.changed
    assert await scene.messages() == ["from the 90s", "From before 2000"]
    assert await scene.sentences() == ["From before 2000."]


async def test_a_change_that_is_none_any_more_leaves_no_turn(scene: Scene) -> None:
    await waits_for(scene, "from the 90s", scene.set("earliest", 1990))
    assert scene.said == ""
    assert await scene.messages() == ["from the 90s"]


async def test_what_was_taken_back_meanwhile_is_said_to_be(scene: Scene) -> None:
    await scene.agent.send("no horror", scene.name)
    await waits_for(scene, "undo", scene.press({"act": "remove", "id": "e1"}))
    assert "taken back already" in scene.said
    assert await scene.messages() == ["no horror", "undo"]


async def test_only_controls_that_show_something_new_are_drawn(scene: Scene) -> None:
    _, told, *_ = await scene.panel.refresh(OWNER, scene.name)
    drawn, *controls = scene.panel.draw(told, NOTHING_TOLD)
    assert set(shown(controls)) == {"languages", "genres", "never", "spared"}
    await scene.agent.send("a comedy or drama under two hours", scene.name)
    _, told, *_ = await scene.panel.refresh(OWNER, scene.name)
    _, *controls = scene.panel.draw(told, drawn)
    assert shown(controls)["longest"] == gr.update(value="119")
    assert "mood" not in shown(controls)
    _, *controls = scene.panel.draw(told, told)
    assert shown(controls) == {}


async def test_joining_genres_is_offered_where_there_are_several(scene: Scene) -> None:
    await scene.set("genres", ["comedy"])
    await scene.set("every_genre", True)
    assert scene.shown == {"every_genre": gr.update(value=False)}
    _, one, *_ = await scene.panel.refresh(OWNER, scene.name)
    await scene.set("genres", ["comedy", "drama"])
    _, two, *_ = await scene.panel.refresh(OWNER, scene.name)
    _, *controls = scene.panel.draw(two, {**one, **{"genres": two["genres"]}})
    assert shown(controls) == {"every_genre": gr.update(visible=True)}


async def test_lists_offer_what_is_here_and_what_a_profile_names(scene: Scene) -> None:
    await scene.set("genres", ["Giallo"])
    _, told, *_ = await scene.panel.refresh(OWNER, scene.name)
    assert ["Giallo", "giallo"] in told["choices"]["genres"]
    assert ["Science fiction", "science fiction"] in told["choices"]["never"]
    assert ["Giallo", "giallo"] not in told["choices"]["never"]
    assert told["choices"]["languages"][0] == ["English", "en"]


async def test_undo_and_start_over_can_be_pressed_where_they_do_something(scene: Scene) -> None:
    async def usable() -> list[bool]:
        _, _, *buttons = await scene.panel.refresh(OWNER, scene.name)
        return [button["interactive"] for button in buttons]

    assert await usable() == [False, False]
    await scene.set("youngest", "8")
    assert await usable() == [True, True]
    await scene.press({"act": "reset"})
    assert await usable() == [True, False]


async def test_before_the_agent_is_open_nothing_is_known() -> None:
    async def opening(progress: object) -> MovieAgent:
        await asyncio.Event().wait()
        raise AssertionError

    desk = Desk(opening)
    desk.open()
    chips, told, *_ = await Panel(desk, Turns()).refresh(OWNER, desk.new_conversation(OWNER))
    assert "will stand here" in chips
    assert told == NOTHING_TOLD
    await desk.close()


async def test_a_saved_profile_is_brought_to_another_conversation(
    scene: Scene, tmp_path: Path
) -> None:
    nothing, said = await scene.panel.save(OWNER, scene.name)
    assert nothing == SKIPPED
    assert "nothing to save" in said
    await scene.agent.send("no horror, I loved Heat, in French", scene.name)
    before = await scene.sentences()
    offer = json.loads((await scene.panel.save(OWNER, scene.name))[0])
    file = tmp_path / "upload.json"
    file.write_text(offer["text"], encoding="utf-8")
    other = Scene(scene.agent, scene.panel._desk)
    changed, said = await other.panel.bring(str(file), OWNER, other.name)
    assert changed != SKIPPED
    assert "3 things" in said
    assert await other.sentences() == before
    assert not file.exists()
    await scene.agent.undo(other.name)
    assert await other.sentences() == ["You loved Heat (1995)."]


async def test_what_can_not_be_brought_changes_nothing(scene: Scene, tmp_path: Path) -> None:
    await scene.agent.send("no horror", scene.name)
    strange = written(await scene.agent.profile(scene.name))
    strange = strange.replace('"limit": "genres"', '"limit": "colours"')
    unknown = {"edit": "attitude", "feeling": "loved", "item": {"title": "<b>None</b>"}}
    whole = {"moodreel": "taste profile", "version": 1, "entries": [unknown] * 5}
    files = {
        "strange": strange.encode(),
        "picture": b"\x89PNG\x00",
        "unknown": json.dumps(whole).encode(),
        "large": b" " * 10_000_000,
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    for path in (*(str(tmp_path / name) for name in files), str(tmp_path / "gone"), None, 7):
        changed, said = await scene.panel.bring(path, OWNER, scene.name)
        assert changed == SKIPPED
        assert said.count("</p>") == 1
        assert "<b>" not in said
    assert await scene.sentences() == ["No horror."]
    assert not any((tmp_path / name).exists() for name in files)


# In a browser


def chips(visitor: Visitor) -> Any:
    return visitor.page.locator("#taste-chips .mr-said")


def test_chips_follow_the_chat_and_the_chat_follows_the_controls(visitor: Visitor) -> None:
    visitor.open()
    page = visitor.page
    with visitor.turn():
        page.get_by_label("To year").fill("1980")
        page.keyboard.press("Tab")
    expect(visitor.mine.last).to_have_text("From before 1981")
    expect(chips(visitor)).to_have_text(["From before 1981"])
    visitor.say("from the 90s, no horror")
    expect(page.get_by_label("From year")).to_have_value("1990")
    expect(page.get_by_label("To year")).to_have_value("1999")
    mood = page.get_by_role("slider", name="Mood")
    for _ in range(5):
        mood.press("ArrowRight")
    expect(visitor.mine.last).to_have_text("Mood counts 1.5 times as much")
    page.get_by_label("Only these genres").click()
    page.get_by_role("option", name="Comedy").click()
    page.get_by_role("option", name="Drama").click()
    page.keyboard.press("Tab")
    expect(visitor.mine.last).to_have_text("Only comedy or drama")
    visitor.quiet()
    expect(page.get_by_label("All of them in one film")).to_be_visible()
    with visitor.turn():
        page.get_by_role("button", name="Show me films for this").click()
    years = [int(re.findall(r"\((\d{4})\)", title)[-1]) for title in visitor.titles()]
    assert years
    assert all(1990 <= year <= 1999 for year in years)


def test_a_film_list_asked_for_at_once_waits_for_the_control(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.get_by_label("To year").fill("1960")
    visitor.page.get_by_role("button", name="Show me films for this").click()
    expect(visitor.mine).to_have_text(["From before 1961", "Films for this taste"])
    expect(visitor.cards).not_to_have_count(0)
    assert all(int(title[-5:-1]) <= 1960 for title in visitor.titles())


def test_why_is_heard_and_seen_and_the_focus_stays_among_the_chips(visitor: Visitor) -> None:
    visitor.open().say("no horror, under two hours, I loved Heat")
    button = visitor.page.get_by_role("button", name="Forget: No horror.")
    tip = visitor.page.locator("#taste-chips .mr-tip", has_text="“no horror”, turn 1")
    expect(button).to_have_accessible_description("From “no horror”, turn 1")
    expect(tip).to_be_hidden()
    button.focus()
    expect(tip).to_be_visible()
    with visitor.turn():
        button.press("Enter")
    expect(button).to_have_count(0)
    expect(visitor.page.locator("#taste-chips button:focus")).to_have_count(1)
    with visitor.turn():
        visitor.page.get_by_role("button", name="Undo", exact=True).click()
    expect(button).to_have_count(1)


def test_a_number_being_typed_stays_while_the_rest_is_drawn(visitor: Visitor) -> None:
    visitor.open()
    first, last = (visitor.page.get_by_label(f"{end} year") for end in ("From", "To"))
    with visitor.turn():
        first.fill("1970")
        first.press("Tab")
        last.press_sequentially("19")
    expect(chips(visitor)).to_have_text(["From 1970 or later"])
    expect(last).to_have_value("19")
    with visitor.turn():
        last.press_sequentially("85")
        last.press("Enter")
    expect(chips(visitor)).to_have_text(["From 1970 to 1985"])


def test_saving_twice_and_bringing_it_to_a_new_conversation(
    visitor: Visitor, tmp_path: Path
) -> None:
    visitor.open().say("no horror, I loved Heat")
    page = visitor.page
    page.get_by_role("button", name="Save or bring a profile").click()
    for place in ("once.json", "twice.json"):
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save as a file").click()
        saved.value.save_as(tmp_path / place)
    assert (tmp_path / "once.json").read_bytes() == (tmp_path / "twice.json").read_bytes()
    page.get_by_role("button", name="New conversation").click()
    expect(chips(visitor)).to_have_text(["Heat (1995)"])
    for file, says in (("none.json", "no taste profile"), ("once.json", "2 things")):
        if not (tmp_path / file).exists():
            (tmp_path / file).write_bytes(b"\x00\x01")
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Bring a saved profile").click()
        chooser.value.set_files(tmp_path / file)
        expect(visitor.notice).to_contain_text(says)
    expect(chips(visitor)).to_have_count(2)


def test_markup_in_a_profile_is_text_and_fits_a_narrow_page(meet: Any, served: Any) -> None:
    visitor = meet(served, size=NARROW).open()
    visitor.say("films about “<img src=x onerror=alert(1)>{{x}}${y}" + "long" * 40 + "”")
    expect(chips(visitor).filter(has_text="<img")).to_have_count(1)
    assert visitor.sideways() == []
