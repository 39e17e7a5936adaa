"""Markup and script in everything that can be written: it shows as text and does nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from ..conftest import copy_folder
from .conftest import Meet
from .served import Served
from .visitor import Visitor, expect

SCRIPT = "window.__pwned = true"
EVIL = (
    f'<img src=x onerror="{SCRIPT}"> <script>{SCRIPT}</script> <b>bold</b> **strong**'
    f" [link](javascript:{SCRIPT}) <svg onload='{SCRIPT}'> &lt;i&gt; {{{{7*7}}}} $x^2$"
)
SHORT = f'"><img src=x onerror="{SCRIPT}"><b>x</b>'
STORY = "Two sisters keep a lighthouse where a ghost walks at night, and one stops sleeping."
UPLOADING = "Method not implemented."
"""What Gradio's client tells itself with every upload."""


@pytest.fixture(scope="module")
def own(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose catalogue gets what nobody else shall see."""
    with Served(copy_folder(built_home, tmp_path_factory.mktemp("markup") / "home")) as server:
        yield server


@pytest.fixture
def visitor(own: Served, meet: Meet) -> Iterator[Visitor]:
    """Somebody on whose page nothing has run in the end that wasn't ours."""
    visitor = meet(own)
    visitor.allow(UPLOADING)
    yield visitor
    assert harmless(visitor)


def harmless(visitor: Visitor) -> bool:
    """Whether no script ran and no markup of the text became markup of the page."""
    return bool(
        visitor.page.evaluate(
            """() => !window.__pwned && ![...document.querySelectorAll(
                 'img[src=x], [onerror], [onload], a[href^="javascript:"], #dialogue :is(b, svg[onload])'
               )].length"""  # noqa: E501
        )
    )


def test_a_message_is_shown_as_it_was_typed(visitor: Visitor) -> None:
    visitor.open().say(EVIL)
    expect(visitor.mine).to_have_text(EVIL)
    visitor.reload()
    expect(visitor.mine).to_have_text(EVIL)
    expect(visitor.page.get_by_role("navigation", name="Conversations")).to_contain_text("<img")


@pytest.mark.parametrize(
    "words",
    [
        f"something about {EVIL}",
        f"no {SHORT}, please",
        f"a film by {SHORT}",
        f"I loved {SHORT} and Heat",
        f"what is {SHORT} about?",
    ],
)
def test_words_that_are_quoted_back_are_text(visitor: Visitor, words: str) -> None:
    visitor.open().say(words)
    visitor.tab("Taste")
    assert harmless(visitor)
    visitor.say("what do you know about me?")


def test_a_conversation_is_renamed_to_text(visitor: Visitor) -> None:
    visitor.open().say("something warm")
    visitor.page.get_by_role("button", name="This conversation").click()
    visitor.page.get_by_label("Title").locator("visible=true").fill(SHORT)
    visitor.page.get_by_role("button", name="Rename").click()
    shelf = visitor.page.get_by_role("navigation", name="Conversations")
    expect(shelf.get_by_role("button")).to_have_text(SHORT)
    visitor.reload()
    expect(shelf.get_by_role("button")).to_have_text(SHORT)


def test_an_address_and_a_search_are_text(visitor: Visitor) -> None:
    visitor.open(quote(SHORT))
    expect(visitor.notice).to_contain_text("isn't here")
    visitor.tab("Compare")
    search = visitor.page.get_by_role("textbox", name="Compare a film")
    search.fill(EVIL[:200])
    expect(visitor.page.locator("#compare-found")).to_contain_text("No film here")
    search.press("Enter")
    expect(visitor.notice).to_contain_text("Type the title")


def test_a_brought_profile_is_text(visitor: Visitor, tmp_path: Path) -> None:
    entries = [
        {"edit": "wish", "words": SHORT, "text": SHORT},
        {"edit": "attitude", "words": SHORT, "feeling": "loved", "item": {"title": SHORT}},
        {
            "edit": "attitude",
            "words": EVIL,
            "feeling": "loved",
            "item": {"title": "Heat", "year": 1995},
        },
    ]
    file = tmp_path / 'taste "><img src=x onerror=window.__pwned=1>.json'
    file.write_text(json.dumps({"moodreel": "taste profile", "version": 1, "entries": entries}))
    visitor.open()
    panel = visitor.tab("Taste")
    panel.get_by_role("button", name="Save or bring a profile").click()
    panel.locator("input[type=file]").set_input_files(file)
    expect(panel.get_by_role("list", name="Loved")).to_contain_text("Heat")
    expect(panel.locator("#taste-chips")).to_contain_text("<img")


def test_an_added_item_is_text_wherever_it_appears(visitor: Visitor) -> None:
    visitor.open()
    panel = visitor.tab("Add something")
    name = 'the lamp "><img src=x onerror=window.__pwned=1>.md'
    content = f"# {SHORT}\n\n{EVIL} {STORY}".encode()
    panel.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/markdown", "buffer": content}
    )
    expect(panel).to_contain_text("the lamp")
    panel.get_by_role("button", name="Describe it").click()
    expect(panel.locator("#describe-status")).to_contain_text("Described")
    panel.get_by_label("Title", exact=True).fill(SHORT)
    panel.get_by_label("Plot", exact=True).locator("visible=true").fill(f"{EVIL} {STORY}")
    panel.get_by_role("button", name="What is similar?").click()
    expect(panel.locator("#describe-answer").get_by_role("list")).to_have_count(3)
    assert harmless(visitor)
    panel.locator("#describe-add").click()
    expect(visitor.page.locator("#status")).to_contain_text("1,537 items")
    visitor.say("two sisters keep a lighthouse where a ghost walks at night")
    card = visitor.cards.filter(has_text=SHORT)
    expect(card).to_be_visible()
    card.get_by_role("button", name="Compare").click()
    expect(visitor.page.locator("#compare-rows .mr-chosen")).to_contain_text(SHORT)
    assert harmless(visitor)
    with visitor.turn():
        card.get_by_role("button", name="Seen it").click()
    expect(visitor.mine.last).to_contain_text(SHORT)
    expect(visitor.tab("Taste").get_by_role("list", name="Seen")).to_contain_text(SHORT)
    visitor.reload()
