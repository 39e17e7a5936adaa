"""One step of an engine with another behind it: how long it is waited for, and when not at all."""

from __future__ import annotations

import pytest
from moodreel.agent.engines.base import Turn
from moodreel.agent.engines.builtin import BuiltinEngine
from moodreel.agent.engines.ledger import Ledger
from moodreel.agent.plan import TurnPlan
from moodreel.agent.profile import TasteProfile
from moodreel.agent.steps import REST_SECONDS, RESTING, WAITED_SECONDS, Patience, Step, run
from moodreel.errors import EngineError
from moodreel.ingest.catalogue import Catalogue

from .scripted import ScriptedEngine

TURN = Turn("something funny", 1, TasteProfile())


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Failing(ScriptedEngine):
    """Fails after so many seconds of the clock."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        super().__init__()
        self.clock = clock
        self.seconds = seconds
        self.asked = 0

    async def plan(self, turn: Turn, ledger: Ledger) -> TurnPlan:
        """Nothing, late."""
        self.asked += 1
        self.clock.now += self.seconds
        raise EngineError("nothing answers at http://box:11434")


async def planned(engine: Failing, patience: Patience, catalogue: Catalogue) -> Ledger:
    step = Step("plan", engine, BuiltinEngine(catalogue), 60.0, patience=patience)
    plan, name = await run(step, lambda each: each.plan(TURN, step.ledger))
    assert name == "builtin"
    assert plan.edits
    return step.ledger


async def test_a_server_that_swallows_every_call_is_left_alone_for_a_while(
    starter: Catalogue,
) -> None:
    clock = Clock()
    engine, patience = Failing(clock, WAITED_SECONDS), Patience(clock)
    for _ in range(2):
        assert "nothing answers" in (await planned(engine, patience, starter)).notices[0]
    assert (await planned(engine, patience, starter)).notices == [RESTING]
    assert engine.asked == 2
    clock.now += REST_SECONDS
    await planned(engine, patience, starter)
    assert engine.asked == 3


@pytest.mark.parametrize("failures", [1, 5])
async def test_who_refuses_at_once_is_asked_every_time(starter: Catalogue, failures: int) -> None:
    clock = Clock()
    engine, patience = Failing(clock, 0.1), Patience(clock)
    for _ in range(failures):
        await planned(engine, patience, starter)
    assert engine.asked == failures
