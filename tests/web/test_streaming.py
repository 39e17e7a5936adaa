"""Turns of the chat: streamed, stopped, waiting, tried again, edited, too long."""

from __future__ import annotations

from moodreel.agent.bench.scripted_model import OPENING
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedOllama

from .conftest import Meet
from .served import Served
from .visitor import Visitor, expect

MOST = 20_000
"""Characters that a message may have."""


def test_films_are_there_before_their_reasons_and_reasons_before_the_end(
    waiting: Visitor, model: ScriptedOllama
) -> None:
    busy = waiting.page.locator("#dialogue .mr-reply[aria-busy]")
    expect(busy).to_have_count(1)
    expect(busy.get_by_text("Writing").first).to_be_visible()
    model.heal()
    waiting.quiet()
    expect(waiting.last).to_contain_text(OPENING)
    expect(waiting.page.locator("#status")).to_contain_text("gemma3:4b")


def test_stop_ends_the_answer_and_keeps_nothing_of_it(
    waiting: Visitor, model: ScriptedOllama
) -> None:
    waiting.page.get_by_role("button", name="Stop").click()
    expect(waiting.last).to_contain_text("Stopped")
    expect(waiting.cards).to_have_count(0)
    assert model.wait_until(lambda: model.left > 0)
    model.heal()
    waiting.box.fill("something with mountains")
    waiting.box.press("Enter")
    expect(waiting.mine.last).to_contain_text("mountains")
    expect(waiting.cards).to_have_count(5)
    waiting.quiet()
    waiting.reload()
    expect(waiting.mine).to_have_count(1)
    expect(waiting.mine).to_contain_text("mountains")


def test_what_was_stopped_can_be_tried_again(waiting: Visitor, model: ScriptedOllama) -> None:
    waiting.page.get_by_role("button", name="Stop").click()
    again = waiting.last.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    model.heal()
    again.click()
    expect(waiting.cards).to_have_count(5)
    waiting.quiet()
    expect(waiting.mine.last).to_contain_text("the sea")


def test_a_message_during_an_answer_waits_for_it(waiting: Visitor, model: ScriptedOllama) -> None:
    waiting.box.fill("and a short one")
    waiting.box.press("Enter")
    expect(waiting.mine).to_have_count(2)
    expect(waiting.last).to_contain_text("Waiting for the answer before this one")
    expect(waiting.box).to_have_value("")
    model.heal()
    waiting.quiet()
    expect(waiting.answers).to_have_count(2)
    for answer in waiting.answers.all():
        expect(answer.get_by_role("article")).to_have_count(5)
    expect(waiting.mine.last).to_contain_text("and a short one")


def test_too_many_messages_at_once_are_refused_and_stay_in_the_box(
    waiting: Visitor,
) -> None:
    for more in range(2, 6):
        waiting.box.fill(f"message {more}")
        waiting.box.press("Enter")
        expect(waiting.mine).to_have_count(more)
    waiting.box.fill("one too many")
    waiting.box.press("Enter")
    expect(waiting.notice).to_contain_text("Several messages wait already")
    expect(waiting.box).to_have_value("one too many")
    expect(waiting.mine).to_have_count(5)


def test_a_page_that_is_loaded_during_an_answer_follows_it(
    waiting: Visitor, model: ScriptedOllama
) -> None:
    waiting.reload()
    expect(waiting.mine).to_contain_text("the sea")
    model.heal()
    waiting.quiet()
    expect(waiting.cards).to_have_count(5)


def test_a_model_that_fails_is_said_and_the_builtin_engine_answers(
    meet: Meet, modelled: Served, faulty: ScriptedOllama
) -> None:
    faulty.fail(Fault.ERROR)
    visitor = meet(modelled).open()
    visitor.say("something with the sea in it")
    expect(visitor.cards).to_have_count(5)
    expect(visitor.page.locator("#status")).to_contain_text("I used my own judgement")


def test_the_last_message_can_be_answered_again_and_edited(visitor: Visitor) -> None:
    visitor.open().say("something with dinosaurs")
    visitor.say("nothing after 1990 & <b>short</b>")
    visitor.page.get_by_role("button", name="Retry").last.click()
    visitor.quiet()
    expect(visitor.mine).to_have_count(2)
    expect(visitor.mine.last).to_have_text("nothing after 1990 & <b>short</b>")
    # Only the last message has it.
    visitor.page.get_by_role("button", name="Edit").click()
    visitor.page.locator("#dialogue textarea").fill("nothing before 1990")
    visitor.page.get_by_role("button", name="Submit").click()
    expect(visitor.mine.last).to_contain_text("nothing before 1990")
    visitor.quiet()
    expect(visitor.mine).to_have_count(2)
    visitor.reload()
    expect(visitor.mine.last).to_contain_text("nothing before 1990")
    expect(visitor.page.locator("#dialogue")).not_to_contain_text("after 1990")


def test_the_longest_message_is_answered_and_a_longer_one_stays_in_the_box(
    visitor: Visitor,
) -> None:
    longest = ("a warm film about the sea, please. " + "word " * MOST)[:MOST]
    visitor.open().say(longest)
    expect(visitor.cards).to_have_count(5)
    visitor.box.fill(longest + "x")
    visitor.box.press("Enter")
    expect(visitor.notice).to_contain_text("20,000")
    expect(visitor.box).to_have_value(longest + "x")
    expect(visitor.mine).to_have_count(1)
    assert visitor.sideways() == []


def test_an_edited_message_that_is_left_as_it_was_is_the_same(visitor: Visitor) -> None:
    words = "a <b>film</b> &amp; a *book* about dinosaurs"
    visitor.open().say(words)
    visitor.page.get_by_role("button", name="Edit").click()
    visitor.page.get_by_role("button", name="Submit").click()
    visitor.quiet()
    visitor.reload()
    expect(visitor.mine).to_have_text(words)


def test_an_empty_message_is_no_turn(visitor: Visitor) -> None:
    visitor.open()
    for nothing in ("", "   ", "\n\n"):
        visitor.box.fill(nothing)
        visitor.box.press("Enter")
    visitor.say("something with dinosaurs")
    expect(visitor.mine).to_have_count(1)


def test_shift_and_enter_begin_a_line_instead_of_sending(visitor: Visitor) -> None:
    visitor.open()
    visitor.box.fill("something with")
    visitor.box.press("Shift+Enter")
    visitor.page.keyboard.type("dinosaurs")
    expect(visitor.mine).to_have_count(0)
    with visitor.turn():
        visitor.page.keyboard.press("Enter")
    assert visitor.mine.inner_text().strip() == "something with\ndinosaurs"
    expect(visitor.box).to_be_focused()
