"""How often others are asked, and when no more."""

from __future__ import annotations

import pytest
from moodreel.errors import VideoRefused
from moodreel.ingest.video.polite import Manners, Passing

from .stage import Time


def test_requests_are_kept_apart(manners: Manners, time: Time) -> None:
    assert [manners.ask(lambda: time.now) for _ in range(3)] == [0.0, 5.0, 10.0]


def test_what_may_pass_is_tried_again_ever_later(manners: Manners, time: Time) -> None:
    left = [Passing("busy"), Passing("busy")]

    def request() -> str:
        if left:
            raise left.pop()
        return "here"

    assert manners.ask(request) == "here"
    assert time.slept[::2] == [10.0, 30.0]
    asked: list[None] = []

    def down() -> None:
        asked.append(None)
        raise Passing("down")

    with pytest.raises(Passing):
        manners.ask(down)
    assert len(asked) == 4


def test_after_a_no_nobody_is_asked_again(manners: Manners, time: Time) -> None:
    asked: list[None] = []

    def request() -> None:
        asked.append(None)
        raise VideoRefused("no")

    for _ in range(3):
        with pytest.raises(VideoRefused, match="no"):
            manners.ask(request)
    assert len(asked) == 1
