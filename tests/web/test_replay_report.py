"""The HTML report in a browser, as a file that was saved somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from moodreel.agent.replay.compare import compare
from moodreel.agent.replay.report_html import report_html

from ..replay_reports import check, report, script, turn
from .visitor import NARROW, WIDE, expect

WRONG = (check("kept", passed=False, says="Heat is 170 minutes long."),)
OLD = report(*(script(scenario=f"script {n}") for n in range(4)))
NEW = report(
    script(scenario="script 0"),
    script(turn(checks=WRONG), scenario="script 1"),
    script(turn(checks=WRONG), scenario="script 2", known_failure="no subtitles"),
    script(turn(said="x" * 300, films=("Babe", "W" * 120)), scenario="script 3"),
)


@pytest.fixture
def address(tmp_path: Path) -> str:
    path = tmp_path / "report.html"
    path.write_text(report_html(NEW, compare(OLD, NEW)), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(browser: Any, address: str, request: Any) -> Iterator[Any]:
    with browser.new_context(java_script_enabled=request.param) as context:
        opened = context.new_page()
        complaints: list[str] = []
        opened.on("console", lambda message: complaints.append(message.text))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.goto(address)
        opened.scripted = request.param
        yield opened
        assert complaints == []


def shown(page: Any) -> list[str]:
    names = page.locator(".script > summary h3").all()
    return [name.inner_text() for name in names if name.is_visible()]


def test_filters_work_without_a_script_too(page: Any) -> None:
    assert shown(page) == ["script 0", "script 1", "script 2", "script 3"]
    for name, left in {"Failed 1": [1], "Known failures 1": [2], "Changed 3": [1, 2, 3]}.items():
        page.get_by_text(name, exact=True).click()
        assert shown(page) == [f"script {n}" for n in left]


def test_what_fails_is_open_and_the_rest_opens_by_keyboard(page: Any) -> None:
    expect(page.locator(".beside").get_by_text("Heat is 170 minutes long.").first).to_be_visible()
    closed = page.locator(".script").nth(0)
    expect(closed.locator(".turn")).not_to_be_visible()
    closed.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(closed.locator(".turn")).to_be_visible()


def test_a_link_opens_its_script(page: Any) -> None:
    page.get_by_text("Known failures 1", exact=True).click()
    page.locator(".links a", has_text="script 2").click()
    expect(page.locator("#s3 .turn")).to_be_visible()


def test_search_leaves_what_has_all_words(page: Any) -> None:
    box = page.get_by_role("searchbox", name="Search")
    if not page.scripted:
        expect(box).not_to_be_visible()
        return
    box.fill("babe 3")
    assert shown(page) == ["script 3"]
    expect(page.get_by_role("status")).to_have_text("1 of 4 shown")
    box.fill("")
    assert len(shown(page)) == 4


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_runs_out_of_the_window(browser: Any, address: str, size: Any, scheme: str) -> None:
    view = {"width": size[0], "height": size[1]}
    with browser.new_context(viewport=view, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(address)
        page.get_by_role("button", name="Open all").click()
        expect(page.locator("#s4 .turn")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_on_paper_everything_is_open(browser: Any, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        expect(page.locator("#s1 .turn")).not_to_be_visible()
        page.emulate_media(media="print")
        expect(page.locator("#s1 .turn")).to_be_visible()
        expect(page.locator("#s1 .trace li").first).to_be_visible()
