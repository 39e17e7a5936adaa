"""Reports of replayed dialogues, made by hand."""

from __future__ import annotations

from typing import Any

from moodreel.agent.engines.ledger import ModelCall
from moodreel.agent.replay.result import (
    CheckResult,
    ProfileDiff,
    Report,
    RunResult,
    ScriptResult,
    TurnResult,
)
from moodreel.agent.reply import Pick, Scores, ToolCall

FILMS = ("Heat", "Big", "Elf", "Babe", "Jaws", "Alien")


def pick(title: str, year: int | None = 1995, **other: Any) -> Pick:
    scores = Scores(mood=0.71, audience=0.5, plot=0.32, overall=0.6)
    values = {"id": f"film:{title}", "reason": f"Like *{title}*, but warmer.", "scores": scores}
    return Pick(title=title, year=year, **{**values, "runtime_min": 103, **other})


def check(name: str, *, passed: bool = True, says: str = "", reported: bool = False) -> CheckResult:
    return CheckResult(check=name, passed=passed, says=says, reported=reported)


def turn(
    number: int = 1, said: str = "something warm", films: Any = FILMS[:3], **other: Any
) -> TurnResult:
    picks = tuple(pick(each) if isinstance(each, str) else each for each in films)
    lines = "\n".join(f"{place}. {each.title}" for place, each in enumerate(picks, 1))
    values: dict[str, Any] = {
        "text": f"These fit:\n\n{lines}",
        "understood": ("Tonight: warm.",),
        "engine": "builtin",
        "trace": (ToolCall(name="search", args={"text": "warm", "limit": 40}),),
        "timings_ms": {"understand": 3.0, "rank": 5.0, "total": 10.0},
        "profile": ProfileDiff(added=("Tonight: warm.",)),
        "checks": (check("count"), check("kept")),
    }
    return TurnResult(number=number, said=said, picks=picks, **{**values, **other})


def call(**other: Any) -> ModelCall:
    values = {"step": "plan", "model": "gemma3:4b", "prompt": "0a1b2c3d", "seconds": 1.5}
    return ModelCall(**{**values, "counted": 900, "answered": 100, **other})


def script(*turns: TurnResult, scenario: str = "A tired evening", **other: Any) -> ScriptResult:
    runs = (RunResult(number=1, turns=turns or (turn(),)),)
    return ScriptResult(scenario=scenario, **{"file": "mood.yaml", "runs": runs, **other})


def report(*scripts: ScriptResult, **other: Any) -> Report:
    values = {"moodreel": "0.1.0", "engine": "builtin", "started": "2026-01-02T03:04:05+00:00"}
    return Report(scripts=scripts, **{**values, **other})
