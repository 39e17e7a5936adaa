"""The browser's buttons "back" and "forward"."""

from __future__ import annotations

from .visitor import Visitor, expect


def begin_another(visitor: Visitor) -> None:
    """Begin a new conversation and wait until nothing is said in it."""
    visitor.page.get_by_role("button", name="New conversation").click()
    expect(visitor.mine).to_have_count(0)


def test_they_go_from_conversation_to_conversation(visitor: Visitor) -> None:
    visitor.open().say("something with dinosaurs")
    first = visitor.conversation
    begin_another(visitor)
    visitor.say("a quiet film about grief")
    second = visitor.conversation
    visitor.page.go_back()
    expect(visitor.mine).to_contain_text("dinosaurs")
    assert visitor.conversation == first
    visitor.page.go_forward()
    expect(visitor.mine).to_contain_text("grief")
    assert visitor.conversation == second
    visitor.say("shorter")
    visitor.page.go_back()
    expect(visitor.mine).to_have_count(1)
    visitor.reload()
    expect(visitor.mine).to_have_text("something with dinosaurs")


def test_back_after_a_conversation_of_the_list_was_opened(visitor: Visitor) -> None:
    visitor.open().say("something with dinosaurs")
    begin_another(visitor)
    visitor.say("a quiet film about grief")
    shelf = visitor.page.get_by_role("navigation", name="Conversations")
    # The list is drawn anew when a turn has ended, and with it what is clicked.
    expect(shelf.get_by_role("button", name="a quiet film about grief")).to_be_visible()
    shelf.get_by_role("button", name="something with dinosaurs").click()
    expect(visitor.mine).to_contain_text("dinosaurs")
    visitor.page.go_back()
    expect(visitor.mine).to_contain_text("grief")


def test_a_conversation_that_is_new_is_no_step_of_its_own(visitor: Visitor) -> None:
    visitor.open()
    steps = visitor.page.evaluate("history.length")
    visitor.say("something with dinosaurs")
    assert visitor.page.evaluate("history.length") == steps
    begin_another(visitor)
    visitor.page.go_back()
    expect(visitor.mine).to_contain_text("dinosaurs")
    visitor.page.go_forward()
    expect(visitor.mine).to_have_count(0)
    assert visitor.conversation == ""
