"""A person's visit, step by step, and what two of them see of each other."""

from __future__ import annotations

from .visitor import Visitor, expect


def test_a_first_look_says_what_this_is_and_how_to_begin(visitor: Visitor) -> None:
    visitor.open()
    heading = visitor.page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("films by mood, audience and plot")
    expect(visitor.page).to_have_title("Moodreel")
    expect(visitor.page.locator("#dialogue .example")).to_have_count(4)
    expect(visitor.box).to_be_focused()
    assert visitor.conversation == ""
