"""The tab "Movie night": several people at one page, by mouse, by keyboard and on a phone."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from moodreel.agent.channels.web.night_show import night_html
from moodreel.agent.channels.web.night_work import guests_of
from moodreel.agent.night.guests import Guest
from moodreel.agent.night.reply import Fit, GroupPick, GroupReply, Veto
from moodreel.agent.reply import Scores
from moodreel.errors import UsageError

from .conftest import Meet
from .served import Served
from .visitor import NARROW, Visitor, expect

EVIL = "<img src=x onerror=alert(1)> &amp; \u202eB"


def test_guests_are_who_has_a_name_or_a_wish() -> None:
    typed = ("Ana", " funny ", "", "", "", "scary", None, None)
    assert guests_of(typed) == {"Ana": Guest("funny"), "Person 3": Guest("scary")}
    assert guests_of(("", "", "Ben", ""), "web-1") == {"Me": Guest("", "web-1"), "Ben": Guest("")}
    with pytest.raises(UsageError, match="Nobody has come yet"):
        guests_of(("", "  "))
    with pytest.raises(UsageError, match="tell them apart"):
        guests_of(("Ana", "funny", "Ana", "sad"))


def test_nothing_that_was_written_becomes_markup() -> None:
    pick = GroupPick(
        id="a", title=EVIL, year=1999, reason=EVIL, score=0.5,
        scores=Scores(mood=0.5, audience=0.5, plot=0.5, overall=0.5),
        fits=(Fit(person=EVIL, score=0.5, reason=EVIL, seen=True),),
    )  # fmt: skip
    veto = Veto(id="b", title=EVIL, year=None, because={EVIL: EVIL})
    reply = GroupReply(
        text="", rule="average", people=(EVIL,), picks=(pick,), vetoes=(veto,), care=EVIL,
        conflicts=(EVIL,), relaxed=(EVIL,), understood={EVIL: (EVIL,)}, notices=(EVIL,),
    )  # fmt: skip
    drawn = night_html(reply)
    assert "<img" not in drawn and "\u202e" not in drawn
    assert drawn.count("&lt;img") >= 10


def fill(visitor: Visitor, number: int, name: str, wish: str) -> None:
    visitor.page.get_by_role("textbox", name=f"Person {number}", exact=True).fill(name)
    visitor.page.get_by_role("textbox", name=f"Wish of person {number}", exact=True).fill(wish)


def test_films_come_with_a_bar_for_each_person(visitor: Visitor) -> None:
    visitor.open().say("I love Paddington 2. Never any horror.")
    panel = visitor.tab("Movie night")
    fill(visitor, 1, "Ana", "something warm and funny")
    fill(visitor, 2, "Ben", "under two hours")
    panel.get_by_role("button", name="Add a person").click()
    fill(visitor, 3, "Cleo", "scary")
    panel.get_by_role("checkbox", name="Person 1 is me").check()
    panel.get_by_role("radio", name="Nobody left unhappy").check()
    panel.get_by_role("button", name="Find films for everybody").click()
    cards = panel.get_by_role("article")
    expect(cards).to_have_count(5)
    expect(panel.locator(".mr-night")).to_be_focused()
    expect(panel.locator(".mr-night h2")).to_contain_text("For Ana, Ben and Cleo, by the least")
    for card in cards.all():
        expect(card.locator(".mr-fits .mr-bar-name")).to_have_text(["Ana", "Ben", "Cleo"])
        expect(card.locator(".mr-facts")).not_to_contain_text("Horror")
    # Her own taste is not shown to the others.
    expect(panel).not_to_contain_text("Paddington 2")


def test_it_can_be_done_by_keyboard_and_says_what_is_missing(visitor: Visitor) -> None:
    visitor.open()
    panel = visitor.tab("Movie night")
    panel.get_by_role("button", name="Find films for everybody").press("Enter")
    expect(panel.locator("#night-said")).to_contain_text("Nobody has come yet")
    visitor.page.get_by_role("textbox", name="Person 1", exact=True).focus()
    for words in ("Ana", "funny", "Ben", "from before 1970 and from 2001 or later"):
        visitor.page.keyboard.type(words)
        visitor.page.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="Add a person")).to_be_focused()
    panel.get_by_role("button", name="Find films for everybody").press("Enter")
    expect(panel.get_by_role("article")).to_have_count(5)
    expect(panel.locator("#night-said")).to_be_hidden()


def test_it_fits_a_phone(meet: Meet, served: Served) -> None:
    phone = meet(served, size=NARROW, has_touch=True, is_mobile=True).open()
    panel = phone.tab("Movie night")
    fill(phone, 1, "Donaudampfschifffahrtsgesellschaftskapitänswitwe", "warm")
    fill(phone, 2, "Ben", "tense")
    panel.get_by_role("button", name="Find films for everybody").tap()
    expect(panel.get_by_role("article")).to_have_count(5)
    assert phone.sideways() == []


def test_programs_can_ask_too(served: Served) -> None:
    people = {"Ana": "funny", "Ben": "no horror"}

    def ask(*given: Any) -> tuple[str, Any]:
        path = f"{served.url}gradio_api/call/night"
        begun = httpx.post(path, json={"data": given}, timeout=60).raise_for_status().json()
        stream = httpx.get(f"{path}/{begun['event_id']}", timeout=60).text
        event, data = stream.strip().rpartition("event: ")[2].split("\ndata: ")
        return event, json.loads(data)

    event, data = ask(people, "least_misery", 3)
    assert event == "complete"
    reply = GroupReply.model_validate(data[0])
    assert len(reply.picks) == 3 and reply.people == ("Ana", "Ben")
    assert ask({}, "average", 3)[0] == "error"
