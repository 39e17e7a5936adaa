"""Playing one fault in one step through the whole agent, and telling what came of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..companion import MovieAgent
from ..conversations import MemoryConversations
from ..embedding_step import CHANGED, SILENT
from ..engines.base import Content
from ..engines.ledger import ModelCall, StepName
from ..newcomers import Description
from ..reply import Reply
from ..settings import Settings
from .ollama_stage import ShippedSettings, Stage
from .scripted_ollama import Fault

Answer = TypeVar("Answer", Reply, Description)

WAITING = (Fault.SLOW, Fault.STALL)
"""What only a time limit ends; for the rest limits are long, whatever else the machine does."""
PATIENT, HASTY = 10.0, 0.8
STEPS_A_TURN = 2.5
"""The time limit of a turn, in those of its step."""
SETTLING = 1.0
"""Seconds that the builtin engine may take to describe, once the model's time is over."""
STOPPING = 2.0
"""Seconds in which a model has to be stopped after its user has gone."""

BEFORE = "I loved Arrival, and no horror please"
DURING = "a story about a lighthouse keeper in a storm, under two hours"
AFTER = "something about a mountain village where the trains stopped coming"
TEXT = "A lighthouse keeper finds a boat without a crew and hides what is in it from the village."

BY_MODEL = "answered by the model"
REPAIRED = "answered by the model after a repair"
STOOD_IN = "builtin engine took the step"
REASONS_FILLED = "list kept, reasons filled by the builtin engine"
BY_WORDS = "searched by words and moods only"
NOT_ASKED = "the step was not asked for"
STOPPED = "the model was stopped, the turn left out"
WENT_ON = "the model was not stopped"
USER = "the user stops the turn"


@dataclass(frozen=True)
class Case:
    """A fault of every request of a step, or ``once`` of the first only. Without a fault, the
    user stops the turn while the model is at that step."""

    step: StepName
    fault: Fault | None
    once: bool = False

    @property
    def settings(self) -> Settings:
        """The time limits of its turn."""
        return limited(HASTY if self.fault in WAITING else PATIENT, self.step)


@dataclass(frozen=True)
class Row:
    """What came of a case.

    ``outcome`` is told from the model calls and the engine that the answer names, and
    ``by_model`` says whether all of the step is the model's. ``picks`` counts recommendations;
    ``None`` where none belong to the answer. ``seconds`` and ``limit`` are of the turn. ``kept``
    says that what was known before is known after, and nothing of the dialogue is missing;
    ``went_on`` that the next turn was answered by the model without a word of trouble. ``error``
    is one that nobody raised on purpose.
    """

    case: Case
    outcome: str
    by_model: bool
    notices: tuple[str, ...]
    picks: int | None
    seconds: float
    limit: float
    kept: bool
    went_on: bool
    calls: int = 0
    error: str = ""

    @property
    def in_time(self) -> bool:
        """Whether the turn kept its limit."""
        return self.seconds <= self.limit

    @property
    def fine(self) -> bool:
        """Whether an answer came, in time, owned up to where needed, and nothing was lost."""
        whole = not self.error and self.picks in (None, 5)
        told = self.by_model or bool(self.notices)
        return whole and told and self.in_time and self.kept and self.went_on


def limited(seconds: float, step: StepName) -> Settings:
    """Settings with a time limit for one step, and one for the turn that goes with it."""
    whole = ShippedSettings(turn_seconds=STEPS_A_TURN * seconds)
    return whole.model_copy(update={f"{step}_seconds": seconds})


@dataclass(frozen=True)
class _Talk:
    """One conversation: healthy first, then with the fault of a case, then healthy again."""

    stage: Stage
    case: Case
    agent: MovieAgent
    entries: tuple[object, ...]
    spoken: list[tuple[str, str]]

    @classmethod
    async def begun(cls, stage: Stage, case: Case) -> _Talk:
        """After its first turn, which needs no model; what goes wrong will from now on."""
        kept = MemoryConversations()
        # A server that refuses to be connected to can't tell the steps apart.
        by_client = case.fault is Fault.REFUSE and case.step != "embed"
        agent = stage.agent(case.settings, kept, hang_up_at=case.step if by_client else None)
        first = stage.builtin(ShippedSettings(), kept)
        await first.send(BEFORE)
        talk = cls(stage, case, agent, (await first.profile()).active, await first.history())
        if not by_client:
            stage.spoil(case.step, case.fault or Fault.STALL, once=case.once)
        return talk

    def heal(self, rest: float = 0.0) -> None:
        """Nothing is wrong any more, time is no matter now, and flies by ``rest`` seconds."""
        self.stage.heal()
        self.stage.clock.pace = rest
        self.agent.settings = ShippedSettings()

    async def kept(self, *said: str) -> bool:
        """Whether all of it is there, and of what was said since, what was answered."""
        active, spoken = (await self.agent.profile()).active, await self.agent.history()
        since = spoken[len(self.spoken) :]
        return (
            all(entry in active for entry in self.entries)
            and spoken[: len(self.spoken)] == self.spoken
            and [text for role, text in since if role == "user"] == list(said)
            and len(since) == 2 * len(said)
        )

    async def goes_on(self) -> bool:
        """Whether the next turn is answered by the model, without a word of trouble."""
        reply = await self.agent.send(AFTER)
        trouble = [call.problem for call in reply.calls if call.problem]
        whole = reply.engine == "ollama" and len(reply.picks) == self.agent.settings.picks
        return whole and not trouble and not reply.notices


async def try_turn(stage: Stage, case: Case, rest: float = 0.0) -> Row:
    """A healthy turn, one with the fault, and ``rest`` seconds later or more a healthy one."""
    talk = await _Talk.begun(stage, case)
    reply, seconds, error = await _timed(talk.agent.send(DURING))
    talk.heal(rest)
    outcome = _turn_outcome(case.step, reply) if reply else f"an error: {error}"
    return Row(
        case=case,
        outcome=outcome,
        by_model=outcome in (BY_MODEL, REPAIRED),
        notices=reply.notices if reply else (),
        picks=len(reply.picks) if reply else 0,
        seconds=seconds,
        limit=case.settings.turn_seconds,
        kept=await talk.kept(DURING),
        went_on=await talk.goes_on(),
        calls=len(_calls_of(case.step, reply.calls)) if reply else 0,
        error=error,
    )


async def try_description(stage: Stage, case: Case) -> Row:
    """A description with the fault, beside a conversation that must not notice, and another."""
    talk = await _Talk.begun(stage, case)
    made, seconds, error = await _timed(talk.agent.describe(Content(TEXT)))
    talk.heal()
    outcome = _described_outcome(made) if made else f"an error: {error}"
    again = await talk.agent.describe(Content(TEXT))
    return Row(
        case=case,
        outcome=outcome,
        by_model=outcome in (BY_MODEL, REPAIRED),
        notices=made.notices if made else (),
        picks=None,
        seconds=seconds,
        limit=case.settings.describe_seconds + SETTLING,
        kept=await talk.kept(),
        went_on=again.engine == "ollama" and not again.notices,
        calls=len(made.calls) if made else 0,
        error=error,
    )


async def try_stopping(stage: Stage, case: Case) -> Row:
    """A turn that the user stops while the model is in the middle of a step."""
    talk, server = await _Talk.begun(stage, case), stage.server
    old = len(server.seen)
    turn = asyncio.create_task(talk.agent.send(DURING))
    begun = await server.until(lambda: any(each.fault and each.sent for each in server.seen[old:]))
    started = time.perf_counter()
    turn.cancel()
    error = await _cancelled(turn) if begun else "the model was never asked"
    stopped = await server.until(lambda: any(each.left for each in server.seen[old:]), STOPPING)
    seconds = time.perf_counter() - started
    talk.heal()
    return Row(
        case=case,
        outcome=STOPPED if stopped else WENT_ON,
        by_model=stopped,
        notices=(),
        picks=None,
        seconds=seconds,
        limit=STOPPING,
        kept=await talk.kept(),
        went_on=await talk.goes_on(),
        error=error,
    )


async def _cancelled(turn: asyncio.Task[Reply]) -> str:
    """Wait for the end of a task that was cancelled; what else it ended with."""
    try:
        await turn
    except asyncio.CancelledError:
        return ""
    except Exception as error:  # noqa: BLE001 - the row is to say so
        return _named(error)
    return "the turn was answered all the same"


async def _timed(work: Awaitable[Answer]) -> tuple[Answer | None, float, str]:
    """The answer, how many seconds it took, and the error where there is none."""
    started = time.perf_counter()
    try:
        answer, error = await work, ""
    except Exception as raised:  # noqa: BLE001 - the row is to say so
        answer, error = None, _named(raised)
    return answer, time.perf_counter() - started, error


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _turn_outcome(step: StepName, reply: Reply) -> str:
    calls = _calls_of(step, reply.calls)
    if step == "embed":
        return _embedded_outcome(calls, reply.notices)
    if not calls:
        return NOT_ASKED
    if step == "rank" and reply.engine != "ollama":
        return STOOD_IN
    if calls[-1].problem:
        return STOOD_IN if step == "plan" else REASONS_FILLED
    return BY_MODEL if len(calls) == 1 else REPAIRED


def _embedded_outcome(calls: Sequence[ModelCall], notices: Sequence[str]) -> str:
    if SILENT in notices or CHANGED in notices:
        return BY_WORDS
    return BY_MODEL if calls and not calls[-1].problem else NOT_ASKED


def _described_outcome(made: Description) -> str:
    if made.engine != "ollama":
        return STOOD_IN
    return BY_MODEL if len(made.calls) == 1 else REPAIRED


def _calls_of(step: StepName, calls: Sequence[ModelCall]) -> list[ModelCall]:
    return [call for call in calls if call.step == step]
