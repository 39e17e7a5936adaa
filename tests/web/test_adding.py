"""Adding something in a real browser: dropped, described, put right, asked about, kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedOllama
from moodreel.agent.channels.web.launch import Serving, _shared
from playwright.sync_api import Locator, Page, expect

from ..test_llm_describe import ANSWER
from ..test_pictures import png
from .conftest import Meet
from .served import Served
from .visitor import GONE, NARROW, Visitor

SUBTITLES = """1
00:00:01,000 --> 00:00:03,000
<i>This blade has a dark past.</i>

2
00:00:04,000 --> 00:00:06,000
I'm searching for someone. A dragon took him.

3
00:00:07,000 --> 00:00:09,000
Dragons are rare, and old, and they remember.
"""
STORY = "Two brothers keep a lighthouse where a ghost walks at night, and one stops sleeping."
UPLOADING = "Method not implemented."
"""What Gradio's client tells itself with every upload."""


class Shelf:
    """The tab "Add something" as a person sees it."""

    def __init__(self, visitor: Visitor) -> None:
        visitor.allow(UPLOADING)
        visitor.tab("Add something")
        self.page: Page = visitor.page

    def part(self, name: str) -> Locator:
        return self.page.locator(f"#describe-{name}")

    def says(self, part: str, words: str) -> None:
        expect(self.part(part)).to_contain_text(words)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True).locator("visible=true")

    def press(self, name: str) -> None:
        # The button of an accordion has its arrow in its name.
        self.page.get_by_role("button", name=name).click()

    def type(self, text: str) -> Shelf:
        self.field("Text").fill(text)
        return self

    def drop(self, name: str, content: str | bytes) -> Shelf:
        data = content.encode() if isinstance(content, str) else content
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        self.part("file").locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        self.says("file", name.split(".", maxsplit=1)[0])
        return self

    def describe(self) -> Shelf:
        self.press("Describe it")
        self.says("status", "Described")
        return self

    def refused(self, says: str) -> None:
        self.press("Describe it")
        self.says("status", says)


def leave(visitor: Visitor) -> None:
    """Go away before the server does, whatever was still being drawn."""
    visitor.allow(*GONE)
    visitor.page.goto("about:blank")


@pytest.fixture
def shelf(visitor: Visitor) -> Shelf:
    return Shelf(visitor.open())


def test_subtitles_are_described_and_compared(visitor: Visitor, shelf: Shelf) -> None:
    shelf.drop("big_dragon.en.srt", SUBTITLES).describe()
    expect(shelf.field("Title")).to_have_value("Big dragon")
    assert "dragon" in shelf.field("Plot").input_value().lower()
    shelf.says("told", "without a language model")
    shelf.press("What is similar?")
    rows = shelf.part("answer").get_by_role("list")
    expect(rows).to_have_count(3)
    expect(rows.first.get_by_role("button")).to_have_count(6)
    rows.last.get_by_role("button").first.click()
    card = shelf.part("card").get_by_role("article")
    expect(card).to_be_visible()
    shelf.says("card", "How near it is to Big dragon")
    with visitor.turn():
        card.get_by_role("button", name="Seen it").click()
    expect(visitor.mine.last).to_contain_text("seen")


def test_what_is_put_right_changes_what_is_near(shelf: Shelf) -> None:
    shelf.type(STORY).describe()
    shelf.press("What is similar?")
    first = shelf.part("answer").get_by_role("list").last
    expect(first.get_by_role("button")).to_have_count(6)
    before = first.inner_text()
    shelf.field("Title").fill("Our Heist")
    shelf.field("Plot").fill("A crew of thieves plans one last bank robbery in Los Angeles.")
    shelf.press("Genres and subjects")
    shelf.field("Subjects, with commas between").fill("heist, bank robbery, los angeles")
    shelf.field("Kinds of story, with commas between").fill("")
    shelf.press("What is similar?")
    shelf.says("answer", "Our Heist")
    after = shelf.part("answer").get_by_role("list").last.inner_text()
    assert before != after
    assert "heist" in after.lower()


def test_whom_it_suits(visitor: Visitor, shelf: Shelf) -> None:
    shelf.type(STORY).describe()
    shelf.press("Would it suit me?")
    shelf.says("answer", "I don't know yet what you like")
    visitor.say("something scary with a haunted house")
    visitor.page.get_by_role("button", name="New conversation").click()
    expect(visitor.mine).to_have_count(0)
    visitor.say("something funny and light, no horror")
    shelf.press("Would it suit me?")
    answer = shelf.part("answer")
    expect(answer).to_contain_text("It breaks a limit of yours: no horror")
    expect(answer.get_by_role("list", name="How well")).to_be_visible()
    other = answer.get_by_role("list", name="Your other conversations")
    expect(other).to_contain_text("well")
    other.get_by_role("button", name="haunted house").click()
    expect(visitor.mine.first).to_contain_text("haunted house")
    expect(shelf.field("Text")).to_have_value(STORY)


def test_nobody_else_is_asked_whether_they_would_like_it(meet: Meet, served: Served) -> None:
    meet(served).open().say("something scary with ghosts of 4711")
    shelf = Shelf(meet(served).open())
    shelf.type(STORY).describe()
    shelf.press("Would it suit me?")
    shelf.says("answer", "I don't know yet")
    assert "4711" not in shelf.page.locator("body").inner_text()


def test_what_is_added_is_found_and_can_be_taken_out(meet: Meet, home: Path) -> None:
    with Served(home) as server:
        visitor = meet(server).open()
        status = visitor.page.locator("#status")
        expect(status).to_contain_text("1,536 items")
        shelf = Shelf(visitor).type(STORY).describe()
        shelf.press("Add to my catalogue")
        shelf.says("said", "Give it a title first")
        shelf.field("Title").fill("<b>Lamp</b> Brothers")
        shelf.press("Add to my catalogue")
        shelf.says("said", "'<b>Lamp</b> Brothers' is in the catalogue")
        expect(status).to_contain_text("1,537 items")
        visitor.say("a ghost in a lighthouse with two brothers")
        assert "<b>Lamp</b> Brothers" in " ".join(visitor.titles())
        visitor.say("what is Lamp Brothers about?")
        expect(visitor.last).to_contain_text("a ghost walks at night")
        shelf.press("Take it out again")
        shelf.says("said", "out of the catalogue again")
        expect(status).to_contain_text("1,536 items")
        expect(shelf.page.get_by_role("button", name="Add to my catalogue")).to_be_visible()
        leave(visitor)


@pytest.mark.parametrize(
    ("serving", "shared"),
    [
        (Serving(), False),
        (Serving("::1"), False),
        (Serving("localhost"), False),
        (Serving("0.0.0.0"), True),  # noqa: S104 - compared, not bound
        (Serving("192.168.0.7"), True),
        (Serving("films.test"), True),
        (Serving(auth=("ann", "pw")), True),
    ],
)
def test_who_else_may_be_served(serving: Serving, shared: bool) -> None:
    assert _shared(serving) is shared


def test_a_shared_server_offers_no_adding(meet: Meet, home: Path) -> None:
    with Served(home, MOODREEL_AUTH="ann:secret") as server:
        visitor = meet(server)
        visitor.page.goto(server.url)
        visitor.page.get_by_label("username").fill("ann")
        visitor.page.get_by_label("password").fill("secret")
        visitor.page.get_by_role("button", name="Login").click()
        shelf = Shelf(visitor.settled())
        shelf.type(STORY).describe()
        shelf.says("sheet", "Adding to the catalogue is switched off")
        expect(shelf.page.get_by_role("button", name="Add to my catalogue")).to_have_count(0)
        leave(visitor)


def test_what_can_t_be_described_is_said_and_what_was_typed_stays(shelf: Shelf) -> None:
    shelf.refused("There is nothing to describe yet")
    for name, content, says in (
        ("film.txt", b"\0\1\2" * 99, "'film.txt' is not text but binary data"),
        ("poster.png", png(3, 2), "takes a model that sees"),
        ("record.json", b"{", "'record.json' is not whole as JSON"),
        ("empty.srt", b"", "'empty.srt' is empty"),
    ):
        shelf.drop(name, content).refused(says)
        shelf.part("file").get_by_role("button", name="Clear").click()
    huge = "word " * 240_000
    shelf.type(huge).refused("1199999 characters: give at most 1000000")
    assert shelf.field("Text").input_value() == huge
    shelf.type("1 2 3").refused("There are no words")
    shelf.type(STORY).describe()


def test_markup_is_shown_as_text(visitor: Visitor, shelf: Shelf) -> None:
    evil = '<img src=x onerror="alert(1)"> **bold** [x](javascript:alert(2))'
    shelf.type(f"# {evil}\n\n{STORY}").describe()
    shelf.field("Title").fill(evil)
    shelf.field("Plot").fill(f"{evil} {STORY}")
    shelf.press("Genres and subjects")
    shelf.field("Subjects, with commas between").fill(f"{evil[:50]}, ghost")
    shelf.press("What is similar?")
    shelf.says("answer", evil)
    visitor.say("something scary")
    shelf.press("Would it suit me?")
    expect(shelf.part("answer").get_by_role("heading").first).to_be_visible()
    assert shelf.page.locator("#side img[src=x]").count() == 0


def test_it_fits_a_phone_and_works_without_a_mouse(meet: Meet, served: Served) -> None:
    visitor = meet(served, size=NARROW, color_scheme="dark").open()
    shelf = Shelf(visitor)
    keys = shelf.page.keyboard
    shelf.field("Text").focus()
    keys.type(STORY)
    begin = shelf.page.get_by_role("button", name="Describe it")
    for _ in range(6):
        keys.press("Tab")
        if begin.evaluate("each => each === document.activeElement"):
            break
    keys.press("Enter")
    shelf.says("status", "Described")
    shelf.page.get_by_role("button", name="What is similar?").focus()
    keys.press("Enter")
    near = shelf.part("answer").get_by_role("button").first
    expect(near).to_be_visible()
    expect(shelf.part("answer").locator(".mr-chosen")).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    expect(shelf.part("card").get_by_role("article")).to_be_visible()
    for name in (
        "Genres and subjects",
        "Nine qualities, from 0 to 4",
        "Facts, where you know them",
    ):
        shelf.press(name)
    assert visitor.sideways() == []


@pytest.fixture
def model(home: Path) -> Iterator[tuple[Served, ScriptedOllama]]:
    """A server that describes with a model, and the model."""
    with ScriptedOllama(reply=lambda _: json.dumps(ANSWER)) as ollama:
        settings = {"MOODREEL_ENGINE": "ollama", "MOODREEL_OLLAMA_URL": ollama.url}
        with Served(home, **settings) as server:
            yield server, ollama


def test_a_model_can_be_stopped_and_sees_pictures(
    meet: Meet, model: tuple[Served, ScriptedOllama]
) -> None:
    server, ollama = model
    visitor = meet(server).open()
    shelf = Shelf(visitor)
    ollama.fail(Fault.SLOW)
    shelf.type(STORY)
    shelf.press("Describe it")
    shelf.says("status", "Reading … 2 s")
    shelf.page.locator("#describe-stop").click()
    shelf.says("status", "Stopped; nothing was described.")
    expect(shelf.field("Text")).to_have_value(STORY)
    expect(shelf.part("sheet")).to_be_hidden()
    ollama.heal()
    shelf.type("").drop("poster.png", png(3, 2)).describe()
    expect(shelf.field("Mood")).to_have_value(str(ANSWER["mood"]))
    shelf.says("told", "Read by ")
    leave(visitor)


def test_what_was_dropped_does_not_stay(meet: Meet, home: Path, tmp_path: Path) -> None:
    dropped = tmp_path / "dropped"
    with Served(home, GRADIO_TEMP_DIR=str(dropped)) as server:
        visitor = meet(server).open()
        Shelf(visitor).drop("secret.txt", STORY).describe()
        assert [each.name for each in dropped.rglob("*.txt")] == ["secret.txt"]
        leave(visitor)
    assert list(dropped.rglob("*.txt")) == []
