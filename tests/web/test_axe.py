"""The page as axe-core checks it: WCAG 2 A and AA and its rules of good practice, in all states."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("axe_playwright_python", reason="axe-core checks the page: make test gets it")

from axe_playwright_python.sync_playwright import Axe

from .conftest import Meet
from .served import Served
from .tour import tour
from .visitor import NARROW, Visitor

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")

BESIDE = {
    "taste", "words", "limits", "map", "rows", "neighbour", "add", "described", "fit", "people",
    "night",
}  # fmt: skip
"""States in which only the tabs beside the chat are new."""


def found(visitor: Visitor, state: str) -> Iterator[str]:
    """What axe-core finds wrong in a state: rule, element, and what to do about it."""
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    within = "#side" if state in BESIDE else None
    for broken in Axe().run(visitor.page, within, options).response["violations"]:
        for node in broken["nodes"]:
            where = " ".join(map(str, node["target"]))
            yield (
                f"{state}: {broken['id']}: {broken['help']}\n"
                f"  {where}\n  {node['html'][:200]}\n  {node['failureSummary']}"
            )


def checked(visitor: Visitor) -> list[str]:
    """What is wrong in all states of the page."""
    return [problem for state in tour(visitor) for problem in found(visitor, state)]


def test_everything_can_be_used_by_everybody(visitor: Visitor) -> None:
    problems = checked(visitor)
    assert not problems, "\n".join(problems)


def test_it_can_on_a_phone_and_in_the_dark(meet: Meet, served: Served) -> None:
    visitor = meet(served, size=NARROW, color_scheme="dark", has_touch=True)
    problems = checked(visitor)
    assert not problems, "\n".join(problems)


def test_what_is_wrong_is_told(visitor: Visitor) -> None:
    visitor.page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src=''>")
    [problem] = found(visitor, "broken")
    assert "image-alt" in problem and "<img" in problem and "alternative" in problem
