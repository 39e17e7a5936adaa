"""A phone: nothing scrolls sideways, and everything can be reached and pressed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from .conftest import Meet
from .served import Served
from .visitor import NARROW, Visitor, expect

SMALLEST = 24
"""Pixels that what is pressed must measure at least (WCAG 2.2, 2.5.8)."""


@pytest.fixture
def phone(meet: Meet, served: Served) -> Visitor:
    """Somebody with a phone."""
    return meet(served, size=NARROW, has_touch=True, is_mobile=True).open()


def reachable(where: Locator) -> None:
    """Every button and field there can be scrolled to and lies within the window."""
    seen = where.locator("button, input, textarea, summary, a[href]").locator("visible=true")
    for control in seen.all():
        control.scroll_into_view_if_needed()
        at = control.bounding_box()
        assert at is not None
        if at["height"] <= 1:
            continue  # Gradio measures the width of tabs so
        says = control.get_attribute("aria-label") or control.inner_text()
        assert at["x"] >= -1 and at["x"] + at["width"] <= NARROW[0] + 1, f"{says!r} lies at {at}"


def test_the_first_screen_has_its_starters_and_its_box_in_view(phone: Visitor) -> None:
    assert phone.sideways() == []
    for each in (phone.page.locator("#dialogue .example").first, phone.box):
        expect(each).to_be_in_viewport()
    reachable(phone.page.locator("body"))


def test_a_list_fits_and_its_cards_can_be_pressed(phone: Visitor) -> None:
    phone.page.locator("#dialogue .example").nth(1).tap()
    expect(phone.cards).to_have_count(5)
    phone.quiet()
    assert phone.sideways() == []
    card = phone.cards.nth(1)
    reachable(card)
    for button in card.get_by_role("button").all():
        at = button.bounding_box()
        assert at is not None and min(at["width"], at["height"]) >= SMALLEST
    title = card.get_attribute("aria-label") or ""
    with phone.turn():
        card.get_by_role("button", name="Seen it").tap()
    expect(phone.mine.last).to_contain_text(title)
    expect(phone.box).to_be_in_viewport()


@pytest.mark.parametrize("name", ["Taste", "Compare", "Add something", "Movie night"])
def test_a_tab_fits(phone: Visitor, name: str) -> None:
    phone.say("something warm and funny under two hours, no horror, I loved Heat")
    panel = phone.tab(name)
    if name == "Compare":
        phone.cards.first.get_by_role("button", name="Compare").tap()
        expect(panel.locator(".mr-near").first).to_be_in_viewport()
    assert phone.sideways() == []
    # Rows of posters scroll by themselves.
    reachable(
        panel.locator("> * :not(.mr-row)") if name != "Compare" else panel.locator(".mr-card")
    )


def test_conversations_are_behind_a_button(phone: Visitor) -> None:
    phone.say("something warm")
    shelf = phone.page.get_by_role("navigation", name="Conversations")
    expect(shelf).to_be_hidden()
    opener = phone.page.get_by_role("button", name="Conversations")
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.tap()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(shelf.get_by_role("button", name="something warm")).to_be_visible()
    assert phone.sideways() == []
    phone.page.get_by_role("button", name="New conversation").tap()
    expect(phone.mine).to_have_count(0)
    expect(phone.box).to_be_in_viewport()


def test_long_words_break(phone: Visitor) -> None:
    phone.say("x" * 400 + " https://example.org/" + "a" * 300)
    phone.say(f"I loved {'Donaudampfschifffahrtsgesellschaft' * 8}")
    phone.tab("Taste")
    assert phone.sideways() == []


@pytest.mark.parametrize("size", [(320, 640), (768, 1024), (1120, 700), (1920, 1080)])
def test_other_windows_fit_too(meet: Meet, served: Served, size: tuple[int, int]) -> None:
    visitor = meet(served, size=size).open()
    visitor.say("something warm")
    for name in ("Taste", "Compare", "Add something", "Movie night"):
        visitor.tab(name)
        assert visitor.sideways() == []
    expect(visitor.box).to_be_visible()


def test_text_twice_as_large_still_fits(meet: Meet, served: Served) -> None:
    visitor = meet(served).open()
    visitor.page.add_style_tag(content="html { font-size: 200% !important }")
    visitor.say("something warm")
    assert visitor.sideways() == []
