"""The tab "Compare": rows of posters, the map, and what a browser may send them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("gradio", reason="the page is an extra: make test gets it")

from moodreel import MovieAgent, Settings
from moodreel.agent.channels.web.compare import MOST_POINTS, PER_ROW, Comparison
from moodreel.agent.channels.web.desk import Desk, new_owner
from moodreel.agent.channels.web.film_map import (
    Point,
    points_html,
)
from moodreel.agent.channels.web.marks import NO_MARKS, marks_of
from moodreel.agent.channels.web.neighbours import (
    NOTHING_CHOSEN,
    opened_html,
    rows_html,
    suggestions_html,
)
from moodreel.agent.comparing import Neighbour, beside, nearest
from moodreel.agent.edits import Attitude, Edit, ItemRef, LimitEdit
from moodreel.agent.profile import TasteProfile, apply
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.item import AXES, DIMENSIONS, Axes, Item
from moodreel.ingest.limits import Runtime
from moodreel.ingest.title_match import TitleMatch

from .visitor import NARROW, Visitor, expect

EVIL = "<img src=x onerror=alert(1)>\"'&*[a](javascript:alert(1))"


def film(number: int = 1, **facts: Any) -> Item:
    facts = {"title": f"Film {number}", "year": 1990, **facts}
    return Item.model_validate({"id": f"f{number}", **facts})


def degrees(**known: int) -> Axes:
    return Axes.model_validate(dict.fromkeys(AXES, 2) | known)


class _Tags(HTMLParser):
    """The elements of some HTML, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    return _Tags(html).found


def presses(html: str, act: str) -> list[str | None]:
    """The ids on the buttons of an act."""
    return [a["data-id"] for tag, a in elements(html) if tag == "button" and a["data-act"] == act]


# Rows


def test_a_row_for_each_dimension_and_a_button_for_each_poster(starter: Catalogue) -> None:
    heat = starter.get([starter.find("Heat")[0].id])
    (item,) = heat.values()
    rows = nearest(starter, item.id, PER_ROW)
    html = rows_html(item, rows, NO_MARKS)
    named = [a["aria-label"] for tag, a in elements(html) if tag == "ul"]
    assert named == [f"Nearest to Heat (1995) by {name}" for name in DIMENSIONS]
    shown = [each.item.id for name in DIMENSIONS for each in rows[name]]
    assert presses(html, "open") == shown
    for name in DIMENSIONS:
        percent = round(100 * rows[name][0].similarity)
        assert f'<span class="mr-number">{percent}</span>' in html


def test_every_button_has_a_name(starter: Catalogue) -> None:
    item = next(iter(starter.items()))
    html = rows_html(item, nearest(starter, item.id), NO_MARKS)
    names = [a["aria-label"] for tag, a in elements(html) if tag == "button"]
    assert all(name and name.startswith("Card of ") for name in names)


def test_nothing_known_is_a_sentence_in_each_row() -> None:
    html = rows_html(film(), {}, NO_MARKS)
    for name in DIMENSIONS:
        assert f"Nothing is known of its {name} yet." in html
    assert "<ul" not in html


def test_the_focus_comes_only_where_it_is_asked_for() -> None:
    assert "data-fresh" not in rows_html(film(), {}, NO_MARKS)
    fresh = elements(rows_html(film(), {}, NO_MARKS, fresh=True))
    assert [a.get("tabindex") for _, a in fresh if "data-fresh" in a] == ["-1"]


def test_what_is_known_of_a_film_stands_beside_it() -> None:
    said: list[Edit] = [
        Attitude(item=ItemRef(id="f1"), feeling="seen"),
        Attitude(item=ItemRef(id="f2"), feeling="disliked"),
        LimitEdit(limit=Runtime(longest=100)),
    ]
    marks = marks_of(apply(TasteProfile(), said, 1))
    assert marks.of(film(1, runtime_min=200)) == "seen"
    assert marks.of(film(2, runtime_min=90)) == "not for you"
    assert marks.of(film(3, runtime_min=200)) == "outside your limits"
    assert marks.of(film(3, runtime_min=90)) == ""
    html = rows_html(film(9), {"plot": [Neighbour(film(1), 0.9)]}, marks)
    assert '<span class="mr-mark">seen</span>' in html


def test_markup_is_text_everywhere() -> None:
    evil = film(1, title=EVIL, tags=(EVIL,), archetypes=(EVIL,), genres=(EVIL,), axes=degrees())
    rows = {name: [Neighbour(evil, 0.9, (EVIL, EVIL))] for name in DIMENSIONS}
    match = TitleMatch("f1", EVIL, 1990, 1.0, True, 0.5)
    pages = [
        rows_html(evil, rows, NO_MARKS),
        suggestions_html([match], EVIL),
        points_html([Point(evil, 1)], "tension", "warmth"),
    ]
    for html in pages:
        assert EVIL not in html
        assert not [tag for tag, _ in elements(html) if tag in ("img", "script", "a")]
        assert not [name for _, a in elements(html) for name in a if name.startswith("on")]


def test_the_card_of_a_neighbour_acts_in_the_chat_and_can_be_compared(starter: Catalogue) -> None:
    heat, alien = (starter.find(title)[0].id for title in ("Heat", "Alien"))
    html = opened_html(beside(starter, heat, alien), "How near it is to Heat (1995)")
    assert presses(html, "show") == [alien]
    assert {"loved", "seen", "disliked", "why", "more_like"} <= {
        a["data-act"] or "" for tag, a in elements(html) if tag == "button"
    }


def test_suggestions_are_buttons_or_a_sentence() -> None:
    matches = [
        TitleMatch("f1", "Heat", 1995, 100, exact=True, popularity=0.5),
        TitleMatch("f2", "Her", None, 100, exact=True, popularity=0.5),
    ]
    html = suggestions_html(matches, "he")
    assert presses(html, "show") == ["f1", "f2"]
    assert "2 films found" in html and "Heat</bdi> (1995)" in html and "Her</bdi><" in html
    assert suggestions_html([], "  ") == ""
    assert "No film here is called that." in suggestions_html([], "zzz")


# The handlers


class At:
    """A desk with an open agent, and one conversation of one owner."""

    def __init__(self, agent: MovieAgent) -> None:
        self.agent = agent

        async def opening(_: object) -> MovieAgent:
            return agent

        self.desk = Desk(opening)
        self.tab = Comparison(self.desk)
        self.owner = new_owner()
        self.conversation = self.desk.new_conversation(self.owner)

    async def press(self, data: object, chosen: str = "") -> Any:
        event: Any = SimpleNamespace(_data=data)
        return await self.tab.press(self.owner, self.conversation, chosen, event)

    def id(self, title: str) -> str:
        return self.agent.catalogue.find(title)[0].id


@pytest.fixture
async def at(home: Path) -> AsyncIterator[At]:
    settings = Settings(home=home, engine="builtin", conversations="memory")
    async with await MovieAgent.open(settings) as agent:
        opened = At(agent)
        await opened.desk.open()
        yield opened


def skipped(update: Any) -> bool:
    return isinstance(update, dict) and update.get("__type__") == "update" and len(update) == 1


async def test_a_film_is_compared_before_anything_was_said(at: At) -> None:
    chosen, rows, card, _, found, notice = await at.press({"act": "show", "id": at.id("Heat")})
    assert (chosen, card, found, notice) == (at.id("Heat"), "", "", "")
    assert len(presses(rows, "open")) == 3 * PER_ROW


@pytest.mark.parametrize(
    "data",
    [
        None, {}, [], "show", 5, {"act": "show"}, {"act": "show", "id": EVIL},
        {"act": "show", "id": ["x"]}, {"act": "open", "id": "x"}, {"act": "point", "id": "x"},
        {"act": {"a": 1}, "id": None}, {"act": "show", "id": "x" * 100_000},
    ],
)  # fmt: skip
async def test_what_is_no_press_changes_nothing_and_gets_a_sentence(at: At, data: Any) -> None:
    *updates, notice = await at.press(data, chosen=at.id("Heat"))
    assert all(skipped(update) for update in updates)
    assert re.fullmatch(r'<p class="mr-notice" role="status">[A-Z][^<>]*\.</p>', notice)
    assert len(notice) < 300


async def test_nobody_compares_in_somebody_elses_conversation(at: At) -> None:
    event: Any = SimpleNamespace(_data={"act": "show", "id": at.id("Heat")})
    others: list[Any] = [new_owner(), "", None, 7]
    for owner in others:
        *updates, notice = await at.tab.press(owner, at.conversation, "", event)
        assert all(skipped(update) for update in updates) and "<p" in notice
        listed, _ = await at.tab.refresh(owner, at.conversation)
        assert listed == (await at.tab.refresh(at.owner, "nothing"))[0]


async def test_seen_films_stay_in_the_rows_and_are_marked(at: At) -> None:
    heat = at.id("Heat")
    near = nearest(at.agent.catalogue, heat, PER_ROW)["plot"][0].item
    await at.agent.feedback(at.conversation, near.id, "seen")
    rows = (await at.press({"act": "show", "id": heat}))[1]
    assert near.id in presses(rows, "open")
    assert ">seen</span>" in rows


async def test_the_map_shows_the_last_list(at: At) -> None:
    reply = await at.agent.send("something tense", at.conversation)
    drawn, html = await at.tab.map(at.owner, at.conversation, "tension", "warmth")
    assert drawn["visible"] is True
    rows = json.loads(drawn["value"].plot)["data"]["values"]
    places = {row["place"]: row["id"] for row in rows if row["place"]}
    assert [places[n] for n in sorted(places)] == [pick.id for pick in reply.picks]
    assert len(rows) == len(presses(html, "point")) == at.agent.settings.candidates <= MOST_POINTS
    *_, card, _, notice = await at.press({"act": "point", "id": rows[-1]["id"]})
    assert notice == "" and presses(card, "show") == [rows[-1]["id"]]


@pytest.mark.parametrize("axis", ["", "nonsense", "__class__", EVIL])
async def test_an_axis_that_is_none_is_one_of_those_there_are(at: At, axis: str) -> None:
    await at.agent.send("something tense", at.conversation)
    drawn, html = await at.tab.map(at.owner, at.conversation, axis, axis)
    assert drawn["visible"] is True and EVIL not in drawn["value"].plot + html


async def test_without_a_list_the_map_is_hidden(at: At) -> None:
    drawn, html = await at.tab.map(at.owner, at.conversation, "tension", "warmth")
    assert drawn["visible"] is False and "no list yet" in html


async def test_what_is_drawn_anew_is_what_changed(at: At) -> None:
    await at.agent.send("something tense", at.conversation)
    first = await at.tab.refresh(at.owner, at.conversation)
    await at.agent.send("thanks!", at.conversation)
    assert await at.tab.refresh(at.owner, at.conversation) == first
    await at.agent.feedback(at.conversation, at.id("Heat"), "seen")
    listed, marked = await at.tab.refresh(at.owner, at.conversation)
    assert listed == first[0] and marked != first[1]
    await at.agent.send("something warm and funny instead", at.conversation)
    assert (await at.tab.refresh(at.owner, at.conversation))[0] != listed


async def test_rows_are_drawn_anew_only_where_a_film_is_chosen(at: At) -> None:
    assert skipped(await at.tab.rows(at.owner, at.conversation, ""))
    assert "mr-beside" in await at.tab.rows(at.owner, at.conversation, at.id("Heat"))
    assert await at.tab.rows(at.owner, at.conversation, "gone") == NOTHING_CHOSEN


async def test_enter_compares_the_likeliest_film(at: At) -> None:
    meant = {"heat": "Heat", "godfathr": "The Godfather", "paddi": "Paddington"}
    for typed, title in meant.items():
        view = await at.tab.search(typed, at.owner, at.conversation)
        assert view[0] == at.id(title)
    for typed in ("", "   ", "zzzzqq", EVIL * 50):
        *updates, notice = await at.tab.search(typed, at.owner, at.conversation)
        assert all(skipped(update) for update in updates) and "Type the title" in notice


async def test_before_the_agent_is_open_there_is_nothing_to_draw() -> None:
    async def never(_: object) -> MovieAgent:
        raise AssertionError

    told = await Comparison(Desk(never)).refresh(new_owner(), "x")
    assert Counter(map(type, told)) == {str: 2}


# In the browser


def test_a_card_is_compared_and_its_neighbour_opened(visitor: Visitor) -> None:
    visitor.open().say("I loved Heat. Something tense")
    page, title = visitor.page, visitor.titles()[0]
    visitor.cards.first.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("tab", name="Compare")).to_have_attribute("aria-selected", "true")
    near = page.get_by_role("region", name=f"Films near {title}")
    for name in DIMENSIONS:
        row = near.get_by_role("list", name=f"Nearest to {title} by {name}")
        expect(row.get_by_role("button")).to_have_count(PER_ROW)
    expect(page.locator(".mr-chosen")).to_be_focused()
    poster = near.get_by_role("button").nth(9)
    opens = (poster.get_attribute("aria-label") or "").removeprefix("Card of ")
    poster.click()
    card = page.locator("#compare-card").get_by_role("article", name=opens)
    expect(card).to_be_visible()
    card.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("region", name=f"Films near {opens}")).to_be_visible()
    expect(card).to_have_count(0)


def test_a_film_is_found_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.open()
    visitor.tab("Compare")
    page = visitor.page
    page.get_by_role("textbox", name="Compare a film").focus()
    page.keyboard.type("godf")
    found = page.get_by_role("list", name="Films found")
    expect(found.get_by_role("button")).to_have_count(3)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Films near The Godfather (1972)")).to_be_visible()
    expect(page.locator(".mr-chosen")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#compare-card .mr-opened")).to_be_focused()


def test_a_point_of_the_map_opens_its_card(visitor: Visitor) -> None:
    visitor.open().say("something warm and funny")
    visitor.tab("Compare")
    page, panel = visitor.page, visitor.page.locator("#side")
    points = page.locator("#compare-map path[aria-label]")
    expect(points).to_have_count(30)
    shown = visitor.titles()[1]
    said = points.and_(page.get_by_label(f"2. {shown}"))
    # In the middle of the point stands its number, which opens the card as well.
    said.click(force=True)
    expect(panel.get_by_role("article", name=shown)).to_be_visible()
    panel.get_by_text("The map as a list").click()
    panel.get_by_role("listitem").filter(has_text=f"3. {visitor.titles()[2]}").get_by_role(
        "button"
    ).press("Enter")
    expect(panel.get_by_role("article", name=visitor.titles()[2])).to_be_visible()


def test_other_axes_move_the_points(visitor: Visitor) -> None:
    visitor.open().say("something warm and funny")
    visitor.tab("Compare")
    page = visitor.page
    expect(page.locator("#compare-map")).to_contain_text("Tension: 0 calm")
    page.get_by_label("Across").click()
    page.get_by_role("option", name="Romance").click()
    expect(page.locator("#compare-map")).to_contain_text("Romance: 0 none – 4 a love story")
    expect(page.locator("#compare-map path[aria-label]")).to_have_count(30)


def test_on_a_phone_the_rows_scroll_and_the_page_does_not(meet: Any, served: Any) -> None:
    visitor = meet(served, size=NARROW).open()
    visitor.say("something warm and funny")
    visitor.cards.first.get_by_role("button", name="Compare").click()
    row = visitor.page.locator("#compare-rows .mr-row").first
    expect(row).to_be_visible()
    assert row.evaluate("each => each.scrollWidth > each.clientWidth")
    row.get_by_role("button").last.focus()
    assert row.evaluate("each => each.scrollLeft") > 0
    expect(visitor.page.locator("#compare-map path[aria-label]")).to_have_count(30)
    assert visitor.sideways() == []
