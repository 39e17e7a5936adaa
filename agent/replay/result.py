"""What came of playing scripts: plain data that every report is made from."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ..engines.ledger import ModelCall
from ..reply import Pick, ToolCall


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CheckResult(_Part):
    """One check: ``says`` is a plain sentence of what is wrong, or of what was measured.

    ``reported`` checks (budgets, by default) never fail a run.
    """

    check: str
    passed: bool
    says: str = ""
    reported: bool = False

    @property
    def fails(self) -> bool:
        """Whether the run fails by it."""
        return not self.passed and not self.reported


class ProfileDiff(_Part):
    """What a turn did to the taste profile, in sentences."""

    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


class TurnResult(_Part):
    """One turn as it went. ``said`` is what was typed or what a press stands for in words."""

    number: int = Field(ge=1)
    said: str
    pressed: bool = False
    text: str = ""
    picks: tuple[Pick, ...] = ()
    question: str | None = None
    understood: tuple[str, ...] = ()
    relaxed: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    engine: str = ""
    trace: tuple[ToolCall, ...] = ()
    calls: tuple[ModelCall, ...] = ()
    timings_ms: dict[str, float] = Field(default_factory=dict)
    profile: ProfileDiff = ProfileDiff()
    checks: tuple[CheckResult, ...] = ()
    error: str = ""
    """What was raised instead of an answer."""
    played: bool = True
    """Whether the run came to this turn."""

    @property
    def failed(self) -> bool:
        """Whether something here fails the run."""
        return bool(self.error) or any(check.fails for check in self.checks)


class RunResult(_Part):
    """One playing of a script; ``error`` says why it could not be played."""

    number: int = Field(ge=1)
    turns: tuple[TurnResult, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    error: str = ""
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether every check of every turn that had to pass did."""
        return not (
            self.error
            or any(turn.failed for turn in self.turns)
            or any(check.fails for check in self.checks)
        )


class ScriptResult(_Part):
    """All runs of one script. ``file`` is as it was named on the command line."""

    scenario: str
    file: str
    tags: tuple[str, ...] = ()
    known_failure: str = ""
    runs: tuple[RunResult, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every run passed."""
        return all(run.passed for run in self.runs)


class Report(_Part):
    """All scripts of one ``moodreel replay``; the JSON that ``--compare`` reads.

    ``taped`` where a model's answers were recorded ones, whose times are none of a model;
    ``unused`` names the recordings that nothing asked for.
    """

    version: Literal[1] = 1
    moodreel: str
    engine: str
    model: str = ""
    started: str
    seconds: float = 0.0
    scripts: tuple[ScriptResult, ...] = ()
    taped: bool = False
    unused: tuple[str, ...] = ()
