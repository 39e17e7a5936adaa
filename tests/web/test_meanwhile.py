"""What is pressed, unfolded and moved while an answer is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from moodreel.agent.bench.scripted_model import OPENING, step_of
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedOllama

from .conftest import Meet
from .served import Served
from .visitor import Visitor, expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator

BUSY = "#dialogue .mr-reply[aria-busy]"


def while_ranking(body: dict[str, Any]) -> bool:
    """Whether a request asks for a ranking."""
    return step_of(body) == "rank"


def unfold(card: Locator) -> Locator:
    """Open "More like this" on a card by keyboard; its disclosure."""
    disclosure = card.locator("details.mr-more")
    disclosure.locator("summary").press("Enter")
    expect(disclosure).to_have_attribute("open", "")
    return disclosure


@pytest.fixture
def answered(modelled: Served, faulty: ScriptedOllama, meet: Meet) -> Visitor:
    """Somebody with one answer, whose next list will be half written."""
    visitor = meet(modelled).open()
    visitor.say("something with the sea in it")
    faulty.fail(Fault.STALL, when=while_ranking)
    return visitor


@pytest.mark.parametrize("way", ["Mood", "Overall"])
def test_a_press_on_a_card_streams_like_a_message(
    answered: Visitor, model: ScriptedOllama, way: str
) -> None:
    unfold(answered.cards.nth(1))
    answered.cards.nth(1).get_by_role("button", name=f"{way}:").click()
    busy = answered.page.locator(BUSY)
    expect(busy.get_by_role("article")).to_have_count(5)
    expect(busy.get_by_text("Writing").first).to_be_visible()
    model.heal()
    answered.quiet()
    expect(answered.answers).to_have_count(2)
    expect(answered.last).to_contain_text(OPENING)


def test_films_for_a_profile_stream_like_a_message(
    answered: Visitor, model: ScriptedOllama
) -> None:
    answered.tab("Taste").get_by_role("button", name="Show me films for this").click()
    busy = answered.page.locator(BUSY)
    expect(busy.get_by_role("article")).to_have_count(5)
    expect(busy.get_by_text("Writing").first).to_be_visible()
    model.heal()
    answered.quiet()
    expect(answered.mine.last).to_contain_text("Films for this taste")


def test_a_change_of_the_profile_waits_in_sight_and_then_counts(
    waiting: Visitor, model: ScriptedOllama
) -> None:
    slider = waiting.tab("Taste").get_by_role("slider", name="Mood")
    slider.focus()
    waiting.page.keyboard.press("ArrowRight")
    expect(waiting.mine).to_have_count(2)
    expect(waiting.mine.last).to_contain_text("Mood counts")
    expect(waiting.last).to_contain_text("Waiting for the answer before this one")
    model.heal()
    expect(waiting.last).not_to_contain_text("Waiting")
    waiting.quiet()
    expect(waiting.last).to_contain_text("Mood")
    expect(waiting.mine).to_have_count(2)
    waiting.reload()
    expect(waiting.tab("Taste").get_by_role("slider", name="Mood")).to_have_value("1.1")


def test_a_change_of_the_profile_that_waits_can_be_stopped(waiting: Visitor) -> None:
    slider = waiting.tab("Taste").get_by_role("slider", name="Mood")
    slider.focus()
    waiting.page.keyboard.press("ArrowRight")
    expect(waiting.last).to_contain_text("Waiting for the answer before this one")
    waiting.page.get_by_role("button", name="Stop").click()
    expect(waiting.last).to_contain_text("Stopped")
    expect(slider).to_have_value("1")


def test_what_was_unfolded_stays_open_and_keeps_the_focus_while_reasons_come(
    waiting: Visitor, model: ScriptedOllama
) -> None:
    disclosure = unfold(waiting.cards.nth(3))
    waiting.page.keyboard.press("Tab")
    way = waiting.cards.nth(3).get_by_role("button", name="Mood:")
    expect(way).to_be_focused()
    model.heal()
    waiting.quiet()
    expect(disclosure).to_have_attribute("open", "")
    expect(way).to_be_focused()
    expect(waiting.page.locator("#dialogue details[open]")).to_have_count(1)


def test_an_earlier_card_stays_as_it_was_left_while_a_later_answer_comes(
    answered: Visitor, model: ScriptedOllama
) -> None:
    first = answered.cards.nth(0)
    title = first.get_attribute("aria-label") or ""
    earlier = answered.answers.first.get_by_role("article", name=title)
    answered.box.fill("something with mountains")
    answered.box.press("Enter")
    expect(answered.cards.first).to_be_visible()
    disclosure = unfold(earlier)
    folded = answered.answers.first.get_by_role("article").nth(1)
    unfold(folded).locator("summary").press("Enter")
    earlier.get_by_role("button", name="Why?").focus()
    model.heal()
    answered.quiet()
    expect(disclosure).to_have_attribute("open", "")
    expect(earlier.get_by_role("button", name="Why?")).to_be_focused()
    expect(answered.page.locator("#dialogue details[open]")).to_have_count(1)


def test_another_conversation_shows_nothing_unfolded(visitor: Visitor) -> None:
    visitor.open().say("something warm")
    unfold(visitor.cards.first)
    visitor.page.get_by_role("button", name="New conversation").click()
    expect(visitor.mine).to_have_count(0)
    visitor.say("something warm")
    expect(visitor.page.locator("#dialogue details[open]")).to_have_count(0)
