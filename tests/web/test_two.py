"""Two people at once, and two tabs of one: nobody sees what isn't theirs."""

from __future__ import annotations

from playwright.sync_api import Page

from .conftest import Meet
from .served import Served
from .visitor import Visitor, expect

ELSEWHERE = "The conversation of that address isn't here"


def dialogue(visitor: Visitor) -> str:
    """All that a person sees of the chat."""
    return visitor.page.locator("#dialogue").inner_text()


def test_two_people_talk_at_once_and_neither_sees_the_other(meet: Meet, served: Served) -> None:
    ann, ben = meet(served).open(), meet(served).open()
    said = {
        ann: ["I loved Paddington 2", "nothing after 2010", "shorter"],
        ben: ["I loved Alien", "in English", "scarier"],
    }
    for turn in range(3):
        for person in (ann, ben):
            person.box.fill(said[person][turn])
            person.box.press("Enter")
        for person in (ann, ben):
            expect(person.answers).to_have_count(turn + 1)
            person.quiet()
    for person, other in ((ann, ben), (ben, ann)):
        for words in said[person]:
            assert words in dialogue(person)
        for words in said[other]:
            assert words not in person.page.locator("body").inner_text()
    assert ann.conversation != ben.conversation


def test_somebody_elses_address_opens_nothing(meet: Meet, served: Served) -> None:
    ann, eve = meet(served).open(), meet(served)
    ann.say("I loved Heat, and my secret is 4711")
    eve.open(ann.conversation)
    expect(eve.notice).to_contain_text(ELSEWHERE)
    expect(eve.mine).to_have_count(0)
    eve.say("what do you know about me?")
    eve.reload()
    assert eve.conversation != ann.conversation
    assert "4711" not in eve.page.locator("body").inner_text()
    ann.reload()
    expect(ann.mine).to_have_count(1)


def test_an_address_that_was_never_one_begins_anew(visitor: Visitor) -> None:
    for asked in ("web-0000", "web-" + "0" * 16 + "-" + "0" * 8, "%3Cb%3E", "x" * 3000):
        visitor.open(asked)
        expect(visitor.notice).to_contain_text(ELSEWHERE)
    visitor.say("something warm")
    assert visitor.titles()


def test_two_tabs_of_one_browser_hold_two_conversations(meet: Meet, served: Served) -> None:
    first = meet(served).open()
    first.say("a quiet film about grief")
    second = beside(first)
    second.say("a loud film about cars")
    assert first.conversation != second.conversation
    assert "cars" not in dialogue(first)
    assert "grief" not in dialogue(second)
    first.reload()
    shelf = first.page.get_by_role("navigation", name="Conversations")
    expect(shelf.get_by_role("button")).to_have_count(2)
    shelf.get_by_role("button", name="a loud film about cars").click()
    expect(first.mine.first).to_contain_text("cars")
    assert first.conversation == second.conversation


def test_the_same_conversation_in_two_tabs_takes_turns(meet: Meet, served: Served) -> None:
    first = meet(served).open()
    first.say("something with dinosaurs")
    second = beside(first, first.conversation)
    for person, words in ((first, "shorter"), (second, "older")):
        person.box.fill(words)
        person.box.press("Enter")
    expect(second.mine.filter(has_text="older")).to_have_count(1)
    second.quiet()
    first.quiet()
    first.reload()
    for words in ("something with dinosaurs", "shorter", "older"):
        expect(first.mine.filter(has_text=words)).to_have_count(1)


def beside(visitor: Visitor, conversation: str = "") -> Visitor:
    """Another tab of the same browser; what it complains of is the first one's complaint."""
    page: Page = visitor.page.context.new_page()
    other = Visitor(page, visitor.url)
    other.complaints = visitor.complaints
    return other.open(conversation)
