"""A person's whole visit, from the first look to "forget me", on a server that is killed once."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..conftest import copy_folder
from .conftest import Meet
from .served import Served
from .visitor import GONE, Visitor, expect

UPLOADING = "Method not implemented."
"""What Gradio's client tells itself with every upload."""

SUBTITLES = """1
00:00:01,000 --> 00:00:03,500
<i>The old lighthouse has been dark since the storm.</i>

2
00:00:04,000 --> 00:00:06,000
Two sisters row out to the island to find their father.

3
00:00:07,000 --> 00:00:09,000
Somebody has kept the lamp burning all these years.
"""


def test_a_first_look_says_what_this_is_and_how_to_begin(visitor: Visitor) -> None:
    visitor.open()
    heading = visitor.page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("films by mood, audience and plot")
    expect(visitor.page).to_have_title("Moodreel")
    expect(visitor.page.locator("#dialogue .example")).to_have_count(4)
    expect(visitor.page.locator("#status")).to_contain_text("1,536 items")
    expect(visitor.box).to_be_focused()
    assert visitor.conversation == ""


@pytest.fixture
def own(built_home: Path, tmp_path: Path) -> Iterator[Served]:
    """A server of this test's own, which it may end as it likes."""
    with Served(copy_folder(built_home, tmp_path / "own")) as server:
        yield server


def test_a_whole_visit(own: Served, meet: Meet, tmp_path: Path) -> None:
    visitor = meet(own).open()
    visitor.allow(UPLOADING)
    begins_with_a_starter(visitor)
    presses_seen_it(visitor)
    asks_for_the_second_one_but_lighter(visitor)
    removes_a_chip(visitor)
    moves_a_slider(visitor)
    compares_by_mood(visitor)
    drops_subtitles(visitor)
    undoes(visitor)
    before = what_is_said(visitor)
    visitor.reload()
    assert what_is_said(visitor) == before
    resumes_after_a_kill(visitor, own, before)
    is_forgotten(visitor)


def begins_with_a_starter(visitor: Visitor) -> None:
    with visitor.turn():
        visitor.page.locator("#dialogue .example").first.click()
    expect(visitor.mine).to_contain_text("I'm worn out. Something warm and funny, nothing sad.")
    expect(visitor.cards).to_have_count(5)
    assert len(set(visitor.titles())) == 5
    for card in visitor.cards.all():
        title = card.get_attribute("aria-label") or ""
        expect(card.get_by_role("img", name=f"Poster of {title}")).to_be_visible()
        expect(card.get_by_role("list", name="How well")).to_contain_text("Mood")
        assert len(card.locator(".mr-reason").inner_text()) > 20
        expect(card.get_by_role("button")).to_have_count(5)


def presses_seen_it(visitor: Visitor) -> None:
    title = visitor.titles()[0]
    visitor.press(1, "Seen it")
    expect(visitor.mine.last).to_contain_text(f"seen: {title}")
    panel = visitor.tab("Taste")
    expect(panel.get_by_role("list", name="Seen")).to_contain_text(title)


def asks_for_the_second_one_but_lighter(visitor: Visitor) -> None:
    seen = visitor.mine.last.inner_text()
    visitor.say("the second one but lighter")
    expect(visitor.cards).to_have_count(5)
    assert not any(title in seen for title in visitor.titles())


def removes_a_chip(visitor: Visitor) -> None:
    panel = visitor.tab("Taste")
    chip = panel.get_by_role("button", name=re.compile("Forget: .*funny"))
    with visitor.turn():
        chip.click()
    expect(visitor.mine.last).to_contain_text("Forget: Tonight: funny")
    expect(chip).to_have_count(0)


def moves_a_slider(visitor: Visitor) -> None:
    slider = visitor.tab("Taste").get_by_role("slider", name="Mood")
    slider.focus()
    with visitor.turn():
        for _ in range(5):
            visitor.page.keyboard.press("ArrowRight")
    expect(slider).to_have_value("1.5")
    expect(visitor.mine.last).to_contain_text("Mood counts")


def compares_by_mood(visitor: Visitor) -> None:
    answers = visitor.page.locator("#dialogue article")
    title = answers.last.get_attribute("aria-label")
    answers.last.get_by_role("button", name="Compare").click()
    row = visitor.page.get_by_role("list", name=f"Nearest to {title} by mood")
    expect(row.get_by_role("listitem").first).to_be_visible()
    numbers = [int(each) for each in row.locator(".mr-number").all_inner_texts()]
    assert len(numbers) > 3
    assert numbers == sorted(numbers, reverse=True)


def drops_subtitles(visitor: Visitor) -> None:
    panel = visitor.tab("Add something")
    data = SUBTITLES.encode()
    panel.locator("input[type=file]").set_input_files(
        {"name": "the_lamp.en.srt", "mimeType": "application/x-subrip", "buffer": data}
    )
    expect(panel).to_contain_text("the_lamp")
    panel.get_by_role("button", name="Describe it").click()
    expect(panel.get_by_label("Title", exact=True)).to_have_value("The lamp")
    panel.get_by_role("button", name="What is similar?").click()
    expect(panel.locator("#describe-answer").get_by_role("list")).to_have_count(3)


def undoes(visitor: Visitor) -> None:
    panel = visitor.tab("Taste")
    with visitor.turn():
        panel.get_by_role("button", name="Undo").click()
    expect(panel.get_by_role("slider", name="Mood")).to_have_value("1")


def what_is_said(visitor: Visitor) -> list[object]:
    """Everything that must be there again: messages, films, taste, the list of conversations."""
    visitor.quiet()
    shelf = visitor.page.get_by_role("navigation", name="Conversations")
    panel = visitor.tab("Taste")
    return [
        visitor.conversation,
        visitor.mine.all_inner_texts(),
        visitor.page.locator("#dialogue article .mr-name").all_inner_texts(),
        panel.locator(".mr-chip").all_inner_texts(),
        panel.get_by_role("slider", name="Mood").input_value(),
        shelf.get_by_role("button").all_inner_texts(),
    ]


def resumes_after_a_kill(visitor: Visitor, own: Served, before: list[object]) -> None:
    with visitor.allowing(*GONE):
        own.end(signal.SIGKILL)
        own.start()
        visitor.page.goto(f"{own.url}?c={visitor.conversation}")
        visitor.settled()
    assert what_is_said(visitor) == before
    visitor.say("what do you know about me?")
    expect(visitor.last).to_contain_text("warm")


def is_forgotten(visitor: Visitor) -> None:
    page, conversation = visitor.page, visitor.conversation
    page.get_by_role("button", name="Forget me").click()
    page.get_by_role("button", name="Yes").click()
    expect(visitor.notice).to_contain_text("All that I knew of you is gone: one conversation.")
    expect(visitor.mine).to_have_count(0)
    expect(page.locator(".mr-chip")).to_have_count(0)
    visitor.open(conversation)
    expect(visitor.notice).to_contain_text("isn't here")
    visitor.say("what do you know about me?")
    expect(visitor.last).not_to_contain_text("warm")


def test_an_answer_that_is_not_good_is_saved_as_a_test(visitor: Visitor, tmp_path: Path) -> None:
    visitor.open().say("Something warm and funny")
    with visitor.page.expect_download() as saved:
        visitor.page.get_by_role("button", name="Not good").click()
    saved.value.save_as(tmp_path / "saved.yaml")
    assert "# this answer was marked as bad" in (tmp_path / "saved.yaml").read_text("utf-8")
    expect(visitor.notice).to_contain_text("Saved as a test")
