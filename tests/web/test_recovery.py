"""A first visit, and a server that goes away and comes back."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ..conftest import copy_folder
from .conftest import Meet
from .served import Served
from .visitor import GONE, expect


@pytest.fixture
def own(built_home: Path, tmp_path: Path) -> Iterator[Served]:
    """A server of this test's own, which it may end as it likes."""
    with Served(copy_folder(built_home, tmp_path / "own")) as server:
        yield server


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """A server that has just begun to build its catalogue."""
    with ExitStack() as stack:
        server = Served(tmp_path / "fresh")
        stack.push(server.__exit__)
        server.start(ready=False)
        yield server


# Fixtures in this order: people leave before the server ends.


def test_a_first_visit_sees_the_catalogue_grow_and_needs_no_reload(
    fresh: Served, meet: Meet
) -> None:
    visitor = meet(fresh)
    visitor.page.goto(fresh.url)
    progress = visitor.page.get_by_role("progressbar", name="Building the catalogue")
    expect(progress).to_be_visible()
    fresh.wait("ready")
    visitor.settled()
    expect(progress).to_have_count(0)
    visitor.say("something warm")
    expect(visitor.cards).to_have_count(5)


def test_what_is_said_while_the_catalogue_grows_is_answered_when_it_is_there(
    fresh: Served, meet: Meet
) -> None:
    visitor = meet(fresh)
    visitor.page.goto(fresh.url)
    visitor.page.locator("#dialogue .example").first.click()
    fresh.wait("ready")
    expect(visitor.cards).to_have_count(5)
    visitor.quiet()
    expect(visitor.mine).to_have_count(1)


def test_a_server_that_is_gone_is_said_and_all_is_there_when_it_is_back(
    own: Served, meet: Meet
) -> None:
    visitor = meet(own).open()
    visitor.say("I loved Heat")
    visitor.allow(*GONE)
    own.end(signal.SIGKILL)
    banner = visitor.page.get_by_role("alert").filter(has_text="The connection is gone")
    expect(banner).to_be_visible()
    visitor.box.fill("a draft that must not get lost")
    own.start()
    expect(banner).to_have_count(0)
    visitor.settled()
    expect(visitor.mine).to_contain_text("I loved Heat")
    expect(visitor.box).to_have_value("a draft that must not get lost")
    with visitor.turn():
        visitor.box.press("Enter")
    visitor.say("what do you know about me?")
    expect(visitor.last).to_contain_text("Heat")


def test_a_message_to_a_server_that_is_gone_is_not_lost(own: Served, meet: Meet) -> None:
    visitor = meet(own).open()
    visitor.say("I loved Heat")
    visitor.allow(*GONE)
    own.end(signal.SIGKILL)
    visitor.box.fill("something lighter, please")
    visitor.box.press("Enter")
    own.start()
    expect(visitor.box).to_have_value("something lighter, please")
    expect(visitor.mine).to_have_count(1)  # the conversation is back on the page
    with visitor.turn():
        visitor.box.press("Enter")
    expect(visitor.mine).to_have_count(2)


def test_a_server_that_is_asked_to_end_ends_in_good_order(own: Served, meet: Meet) -> None:
    visitor = meet(own).open()
    visitor.say("I loved Heat")
    visitor.allow(*GONE)
    assert own.end(signal.SIGINT) in (0, 130)
    assert "Traceback" not in own.said()
