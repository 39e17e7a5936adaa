"""Turns in progress, without a page."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncGenerator

import pytest
from moodreel.agent.channels.failure import SORRY
from moodreel.agent.channels.web.dialogue import turn_html
from moodreel.agent.channels.web.turns import Turn, Turns
from moodreel.agent.reply import Event


async def test_a_turn_that_breaks_is_logged_without_what_was_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken() -> AsyncGenerator[Event]:
        raise RuntimeError("broken over zorblax")
        yield

    turns = Turns()
    with caplog.at_level(logging.INFO):
        turn = turns.begin("c", "zorblax", broken)
        await turn.end()
        assert turn.problem == SORRY
        turns.clear("c")
        del turn
        gc.collect()
    assert "a turn failed: RuntimeError" in caplog.text
    assert "zorblax" not in caplog.text


def test_what_a_turn_waits_for_is_shown_without_markup() -> None:
    shown = turn_html(Turn("something funny", begun=True, waiting="You are <b>third</b>."))
    assert "You are &lt;b&gt;third&lt;/b&gt;." in shown
    assert "Thinking …" in turn_html(Turn("something funny", begun=True))
