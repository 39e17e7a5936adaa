"""The page by keyboard alone, and what a screen reader is told."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from .visitor import Visitor, expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator

MOST_TABS = 80
"""How many times somebody presses Tab before giving up."""

FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body) return "BODY";
  return at.getAttribute("aria-label") || at.innerText || at.placeholder
    || at.labels?.[0]?.innerText || at.tagName;
}"""
RING = """() => {
  const rings = (at) => {
    const style = getComputedStyle(at);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== "none";
  };
  for (let at = document.activeElement; at && at !== document.body; at = at.parentElement)
    if (rings(at)) return true;
  return false;
}"""


def tab_to(visitor: Visitor, name: str, key: str = "Tab") -> None:
    """Press Tab until what has the focus is called so."""
    passed = []
    for _ in range(MOST_TABS):
        visitor.page.keyboard.press(key)
        at = str(visitor.page.evaluate(FOCUS)).strip()
        if at.startswith(name):
            return
        passed.append(at[:30])
    raise AssertionError(f"{name!r} can't be reached with {key}; passed {passed}")


def reach(visitor: Visitor, wanted: Locator, key: str = "Tab") -> None:
    """Press Tab until something has the focus."""
    for _ in range(MOST_TABS):
        visitor.page.keyboard.press(key)
        if wanted.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"{wanted} can't be reached with {key}")


def test_a_whole_visit(visitor: Visitor) -> None:
    page, keys = visitor.open().page, visitor.page.keyboard
    tab_to(visitor, "Select example 1", "Shift+Tab")
    with visitor.turn():
        keys.press("Enter")
    expect(visitor.box).to_be_focused()
    title = visitor.titles()[3]
    reach(visitor, page.get_by_role("button", name=f"Seen it: {title}"), "Shift+Tab")
    with visitor.turn():
        keys.press("Enter")
    expect(visitor.mine.last).to_contain_text(f"seen: {title}")
    reach(visitor, page.get_by_role("tab", name="Taste"))
    changes_the_taste(visitor)
    reach(visitor, page.get_by_role("tab", name="Taste"), "Shift+Tab")
    keys.press("ArrowRight")
    compares(visitor)
    reach(visitor, page.get_by_role("tab", name="Compare"), "Shift+Tab")
    keys.press("ArrowRight")
    adds_something(visitor)
    is_forgotten(visitor)


def changes_the_taste(visitor: Visitor) -> None:
    keys = visitor.page.keyboard
    panel = visitor.page.get_by_role("tabpanel", name="Taste")
    chip = panel.get_by_role("button", name="Forget: Tonight: funny")
    reach(visitor, chip)
    with visitor.turn():
        keys.press("Enter")
    expect(chip).to_have_count(0)
    slider = panel.get_by_role("slider", name="Plot")
    reach(visitor, slider)
    with visitor.turn():
        keys.press("ArrowRight")
        keys.press("ArrowRight")
        keys.press("Tab")
    expect(visitor.mine.last).to_contain_text("Plot counts")
    expect(slider).to_have_value("1.2")


def compares(visitor: Visitor) -> None:
    page = visitor.page
    reach(visitor, page.get_by_role("textbox", name="Compare a film"))
    page.keyboard.type("godfather")
    found = page.get_by_role("list", name="Films found").get_by_role("button")
    expect(found).to_have_count(3)
    reach(visitor, found.filter(has_text="The Godfather").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Films near The Godfather (1972)")).to_be_visible()


def adds_something(visitor: Visitor) -> None:
    page = visitor.page
    panel = page.get_by_role("tabpanel", name="Add something")
    reach(visitor, panel.get_by_label("Text", exact=True))
    page.keyboard.insert_text("Two sisters row to a lighthouse where somebody keeps the lamp.")
    reach(visitor, panel.get_by_role("button", name="Describe it"))
    page.keyboard.press("Enter")
    expect(panel.locator("#describe-status")).to_contain_text("Described")
    title = panel.get_by_label("Title", exact=True)
    reach(visitor, title)
    page.keyboard.press("Control+A")
    page.keyboard.type("The lamp")
    reach(visitor, panel.get_by_role("button", name="What is similar?"))
    page.keyboard.press("Enter")
    expect(panel.locator("#describe-answer").get_by_role("list")).to_have_count(3)
    expect(panel.locator("#describe-answer")).to_contain_text("The lamp")


def is_forgotten(visitor: Visitor) -> None:
    page = visitor.page
    for name in ("Forget me", "Yes"):
        button = page.get_by_role("button", name=name)
        expect(button).to_be_visible()
        reach(visitor, button)
        page.keyboard.press("Enter")
    expect(visitor.notice).to_contain_text("All that I knew of you is gone")
    expect(visitor.mine).to_have_count(0)


def test_a_message_is_sent_and_answered_without_leaving_the_box(visitor: Visitor) -> None:
    visitor.open()
    expect(visitor.box).to_be_focused()
    for words in ("something warm", "shorter"):
        with visitor.turn():
            visitor.page.keyboard.type(words)
            visitor.page.keyboard.press("Enter")
        expect(visitor.box).to_be_focused()


def test_a_starter_is_chosen(visitor: Visitor) -> None:
    visitor.open()
    tab_to(visitor, "Select example 4", "Shift+Tab")
    with visitor.turn():
        visitor.page.keyboard.press("Enter")
    expect(visitor.mine).to_contain_text("A tense thriller")


def test_more_like_this_is_opened_and_pressed(visitor: Visitor) -> None:
    visitor.open().say("something warm and funny")
    title = visitor.titles()[1]
    visitor.page.locator("body").press("Home")
    visitor.page.evaluate("document.activeElement.blur()")
    tab_to(visitor, f"Compare: {visitor.titles()[0]}")
    tab_to(visitor, "More like this")
    visitor.page.keyboard.press("Enter")
    tab_to(visitor, f"Mood: {title}")
    with visitor.turn():
        visitor.page.keyboard.press("Enter")
    expect(visitor.mine.last).to_contain_text(f"more like {title} in mood")
    expect(visitor.cards).to_have_count(5)
    expect(visitor.box).to_be_focused()


def test_tabs_are_walked_with_arrows_and_chips_removed(visitor: Visitor) -> None:
    visitor.open().say("something warm and funny, no horror")
    visitor.page.get_by_role("tab", name="Taste").focus()
    for name in ("Compare", "Add something", "Movie night"):
        visitor.page.keyboard.press("ArrowRight")
        expect(visitor.page.get_by_role("tab", name=name)).to_have_attribute(
            "aria-selected", "true"
        )
        expect(visitor.page.get_by_role("tabpanel", name=name)).to_be_visible()
    visitor.page.keyboard.press("ArrowRight")
    tab_to(visitor, "Forget: No horror")
    with visitor.turn():
        visitor.page.keyboard.press("Enter")
    expect(visitor.tab("Taste").get_by_role("button", name="Forget: No horror")).to_have_count(0)
    assert visitor.page.evaluate("document.activeElement !== document.body")


def test_the_words_behind_a_chip_are_told(visitor: Visitor) -> None:
    visitor.open().say("please nothing with horror in it")
    chip = visitor.tab("Taste").get_by_role("button", name="Forget: No horror")
    chip.focus()
    expect(chip).to_have_accessible_description(re.compile("nothing with horror"))


def test_the_words_behind_a_chip_can_be_reached_and_go_away_with_escape(visitor: Visitor) -> None:
    visitor.open().say("please nothing with horror in it, warm and funny, and I loved Paddington 2")
    panel = visitor.tab("Taste")
    chip = panel.get_by_role("listitem").filter(has_text="No horror")
    words = chip.get_by_role("tooltip", include_hidden=True)
    for come, stay in ((chip.hover, words.hover), (chip.get_by_role("button").focus, None)):
        come()
        expect(words).to_be_visible()
        if stay:
            stay()
            expect(words).to_be_visible()
        visitor.page.keyboard.press("Escape")
        expect(words).to_be_hidden()
        visitor.box.hover()
    visitor.box.focus()
    chip.hover()
    expect(words).to_be_visible()


@pytest.mark.parametrize("name", ["Taste", "Compare", "Add something", "Movie night"])
def test_what_has_the_focus_is_seen_and_has_a_name(visitor: Visitor, name: str) -> None:
    visitor.open().say("something warm and funny, no horror")
    visitor.tab(name)
    visitor.page.get_by_role("tab", name=name).focus()
    for _ in range(40):
        visitor.page.keyboard.press("Tab")
        at = str(visitor.page.evaluate(FOCUS)).strip()
        if at == "BODY":
            break
        assert at not in ("BUTTON", "DIV", "INPUT", ""), "something nameless has the focus"
        assert visitor.page.evaluate(RING), f"{at!r} has the focus and no ring"


def test_landmarks_and_headings_tell_where_one_is(visitor: Visitor) -> None:
    visitor.open().say("something warm")
    page = visitor.page
    for role, name in (("main", None), ("navigation", "Conversations"), ("log", None)):
        landmark = page.get_by_role(role, name=name) if name else page.get_by_role(role)  # type: ignore[arg-type]
        expect(landmark).to_have_count(1)
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    levels = (
        page.locator("h1, h2, h3, h4")
        .locator("visible=true")
        .evaluate_all("all => all.map(each => Number(each.tagName[1]))")
    )
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_nothing_moves_for_people_who_asked_for_that(visitor: Visitor) -> None:
    visitor.open().say("something warm")
    moving = visitor.page.evaluate(
        """() => document.getAnimations().filter((each) => {
             const timing = each.effect.getComputedTiming();
             return each.playState === "running" && timing.duration > 1;
           }).length"""
    )
    assert moving == 0
