"""Turns in progress, without a page."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncGenerator

import pytest
from moodreel.agent.channels.failure import SORRY
from moodreel.agent.channels.web.turns import Turns
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
