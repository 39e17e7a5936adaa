"""Promise 4: whatever a model server does in whatever step, an answer comes, and all is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from moodreel.agent.bench.ollama_faults import CHATS, HEADER, VECTORS, cells, summary, try_faults
from moodreel.agent.bench.ollama_stage import COARSE, ShippedSettings, Stage, staged, unlogged
from moodreel.agent.bench.ollama_trials import (
    AFTER,
    BY_MODEL,
    BY_WORDS,
    DURING,
    NOT_ASKED,
    REASONS_FILLED,
    REPAIRED,
    STOOD_IN,
    STOPPED,
    USER,
    Case,
    Row,
    try_description,
    try_turn,
)
from moodreel.agent.bench.scripted_model import step_of
from moodreel.agent.bench.scripted_ollama import Fault
from moodreel.agent.engines.base import Content
from moodreel.agent.engines.builtin import BuiltinEngine
from moodreel.agent.engines.ledger import StepName
from moodreel.agent.steps import RESTING, TOO_SLOW
from moodreel.ingest.catalogue import Catalogue

HARMLESS = {
    Fault.PROSE, Fault.FENCE, Fault.THINKING, Fault.ENDLESS, Fault.RUNAWAY, Fault.NO_REASON,
    Fault.OTHER_MODEL, Fault.NO_COUNT, Fault.CUT_PROMPT,
}  # fmt: skip
MENDED = {Fault.EMPTY, Fault.ONLY_THINKING}
HALF_HEARD = {
    Fault.STALL, Fault.DROP, Fault.RESET, Fault.SILENT_END, Fault.GARBAGE, Fault.ERROR_LINE,
    Fault.CUT,
}  # fmt: skip
STEPS: tuple[StepName, ...] = ("plan", "rank", "describe")
EVERY = [(step, fault) for step in STEPS for fault in CHATS] + [("embed", f) for f in VECTORS]


@pytest.fixture(scope="module")
def rows(starter: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The table of `moodreel bench ollama`, made once."""
    told: list[str] = []
    made = asyncio.run(try_faults(starter, tmp_path_factory.mktemp("faults"), told.append))
    assert len(told) == 4, "a line of progress for each step"
    return made


@pytest.fixture
async def stage(starter: Catalogue) -> AsyncGenerator[Stage]:
    async with staged(starter, COARSE) as made:
        with unlogged():
            yield made


def row_of(rows: list[Row], step: StepName, fault: Fault | None, *, once: bool = False) -> Row:
    (found,) = (row for row in rows if row.case == Case(step, fault, once))
    return found


@pytest.mark.parametrize(("step", "fault"), EVERY, ids=lambda part: getattr(part, "name", part))
def test_at_every_fault_an_answer_comes(rows: list[Row], step: StepName, fault: Fault) -> None:
    row = row_of(rows, step, fault)
    assert not row.error
    assert row.picks == (None if step == "describe" else 5)
    assert row.by_model or row.notices, "nobody was told that the model was not used"
    assert row.in_time, f"{row.seconds:.1f} s of {row.limit:g}"
    assert row.kept
    assert row.went_on
    assert row.fine


@pytest.mark.parametrize("step", STEPS)
def test_what_can_be_read_is_the_models(rows: list[Row], step: StepName) -> None:
    outcomes = {fault: row_of(rows, step, fault).outcome for fault in CHATS}
    assert {fault for fault, outcome in outcomes.items() if outcome == BY_MODEL} == HARMLESS


@pytest.mark.parametrize("step", STEPS)
def test_what_was_wrong_once_is_mended(rows: list[Row], step: StepName) -> None:
    for fault in MENDED:
        row = row_of(rows, step, fault, once=True)
        assert (row.outcome, row.notices, row.calls) == (REPAIRED, (), 2)
        assert row_of(rows, step, fault).outcome == STOOD_IN


def test_a_ranking_that_breaks_off_keeps_its_list(rows: list[Row]) -> None:
    filled = {row.case.fault for row in rows if row.outcome == REASONS_FILLED}
    assert filled == HALF_HEARD
    assert all(row.case.step == "rank" for row in rows if row.outcome == REASONS_FILLED)


@pytest.mark.parametrize("fault", [Fault.SLOW, Fault.STALL])
def test_a_model_that_hangs_is_left_at_its_limit(rows: list[Row], fault: Fault) -> None:
    for step in STEPS:
        row = row_of(rows, step, fault)
        assert row.notices == (TOO_SLOW,)
        assert row.limit > row.seconds > 0.7


def test_without_vectors_words_and_moods_find_films(rows: list[Row]) -> None:
    outcomes = {fault: row_of(rows, "embed", fault).outcome for fault in VECTORS}
    assert {outcome for fault, outcome in outcomes.items() if fault is not Fault.NO_COUNT} == {
        BY_WORDS
    }
    assert outcomes[Fault.NO_COUNT] == BY_MODEL


@pytest.mark.parametrize("step", ["plan", "rank"])
def test_a_user_who_goes_stops_the_model(rows: list[Row], step: StepName) -> None:
    row = row_of(rows, step, None)
    assert (row.outcome, row.error) == (STOPPED, "")
    assert row.kept, "a turn that was stopped must leave nothing"
    assert row.went_on
    assert cells(row)[1] == USER


def test_the_table_says_what_was_found(rows: list[Row]) -> None:
    assert all(len(cells(row)) == len(HEADER) for row in rows)
    assert NOT_ASKED not in {row.outcome for row in rows}, "a fault that no request met"
    last = summary(rows)
    assert len(last) == len(HEADER)
    assert last[2] == f"{len(rows)} as promised, 0 unexpected errors"
    worse = summary([replace(rows[0], error="KeyError: 1", kept=False), *rows[1:]])
    assert worse[2] == f"{len(rows) - 1} as promised, 1 unexpected errors"
    assert worse[-2] == f"{len(rows) - 1} of {len(rows)}"


@pytest.mark.parametrize(
    "change",
    [
        {"error": "KeyError: 'x'"},
        {"picks": 4},
        {"by_model": False, "notices": ()},
        {"seconds": 99.0},
        {"kept": False},
        {"went_on": False},
    ],
)
def test_a_row_is_fine_only_when_every_promise_is_kept(change: dict[str, object]) -> None:
    row = Row(Case("plan", Fault.DROP), BY_MODEL, True, (), 5, 0.1, 1.0, True, True)
    assert row.fine
    assert not replace(row, **change).fine  # type: ignore[arg-type]


async def test_an_error_of_ours_would_show(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trials can fail: a builtin engine that fails as well leaves nobody to answer."""
    plan = BuiltinEngine.plan

    async def broken(self: BuiltinEngine, turn: object, ledger: object) -> object:
        if getattr(turn, "message", "") == DURING:
            raise KeyError("of ours")
        return await plan(self, turn, ledger)  # type: ignore[arg-type]

    async def mute(*_: object) -> object:
        raise KeyError("of ours")

    with monkeypatch.context() as patch:
        patch.setattr(BuiltinEngine, "plan", broken)
        patch.setattr(BuiltinEngine, "describe", mute)
        turned = await try_turn(stage, Case("plan", Fault.DROP))
        described = await try_description(stage, Case("describe", Fault.DROP))
    assert turned.error == "KeyError: 'of ours'"
    assert (turned.fine, turned.picks, turned.kept) == (False, 0, False)
    assert turned.went_on, "the next turn works all the same"
    assert described.error == "KeyError: 'of ours'"
    assert not described.fine


async def test_faults_of_one_conversation_are_not_those_of_others(stage: Stage) -> None:
    """Twelve at once through one agent, every third of them with a fault in its ranking."""
    agent = stage.agent(ShippedSettings())
    messages = {f"talk-{n}": f"a story about a lighthouse, number {n}" for n in range(12)}
    spoilt = [name for n, name in enumerate(messages) if n % 3 == 0]

    def meant(body: dict[str, object]) -> bool:
        text = str(body["messages"])
        return step_of(body) == "rank" and any(f"{messages[name]}\\n" in text for name in spoilt)

    stage.server.fail(Fault.DROP, when=meant)
    replies = await asyncio.gather(*(agent.send(said, name) for name, said in messages.items()))
    stage.server.heal()
    for name, reply in zip(messages, replies, strict=True):
        problems = [call.problem for call in reply.calls if call.problem]
        assert bool(problems) == (name in spoilt)
        assert bool(reply.notices) == (name in spoilt)
        assert len(reply.picks) == 5
        assert await agent.history(name) == [("user", messages[name]), ("assistant", reply.text)]
    again = await asyncio.gather(*(agent.send(AFTER, name) for name in messages))
    assert all(not reply.notices and reply.engine == "ollama" for reply in again)


async def test_a_turn_half_streamed_ends_like_its_reply(stage: Stage) -> None:
    """What was shown before the model broke off stays as it was shown."""
    agent = stage.agent(ShippedSettings())
    stage.spoil("rank", Fault.DROP)
    said, reply = "", None
    async for event in agent.stream("a story about a lighthouse keeper"):
        said += event.text
        reply = event.reply or reply
    assert reply is not None
    assert said == reply.text
    assert all(pick.reason for pick in reply.picks)


async def test_a_turn_has_one_limit_for_all_its_steps(stage: Stage) -> None:
    """Both calls hang: the second gets what the first left, and then nobody waits again."""
    settings = ShippedSettings(plan_seconds=0.5, rank_seconds=30.0, turn_seconds=0.9)
    agent = stage.agent(settings)
    stage.server.fail(Fault.SLOW)
    first = await agent.send(DURING)
    second = await agent.send(AFTER)
    stage.server.heal()
    for reply in (first, second):
        assert len(reply.picks) == 5
        assert reply.engine == "builtin"
    assert first.notices == (TOO_SLOW,)
    assert sum(call.seconds for call in first.calls) < 1.2
    assert second.notices == (RESTING,)
    assert second.calls == ()


async def test_describing_has_a_limit_of_its_own(stage: Stage) -> None:
    agent = stage.agent(ShippedSettings(turn_seconds=0.01, describe_seconds=30.0))
    described = await agent.describe(Content("A keeper finds a letter in a bottle by the sea."))
    assert described.engine == "ollama"
    assert described.notices == ()
