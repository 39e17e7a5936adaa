"""Budgets: measured and reported, and failing only where a script says so."""

from __future__ import annotations

from ..expect import Budget, Expect
from ..result import CheckResult
from .base import Seen


def latency(expect: Expect, seen: Seen) -> CheckResult:
    """How long the answer took, in milliseconds."""
    spent = seen.now.reply.timings_ms.get("total")
    return within_budget("latency", expect.latency, spent, "ms")


def tokens(expect: Expect, seen: Seen) -> CheckResult:
    """How many tokens a model read and wrote."""
    return within_budget("tokens", expect.tokens, tokens_of(seen), "tokens")


def tokens_of(seen: Seen) -> float:
    """The tokens of a turn as the server counted them, or else as they were counted here."""
    calls = seen.now.reply.calls
    read = sum(call.estimated if call.counted is None else call.counted for call in calls)
    return read + sum(call.answered or 0 for call in calls)


def within_budget(
    check: str, wanted: Budget | float | None, spent: float | None, unit: str
) -> CheckResult:
    """A measured value against its bound, always with the value in the sentence."""
    most = wanted.max if isinstance(wanted, Budget) else wanted or 0.0
    fails = isinstance(wanted, Budget) and wanted.fail
    measured = "Not measured" if spent is None else f"{spent:.0f} {unit}"
    says = f"{measured}, at most {most:g} {unit} were allowed."
    passed = spent is not None and spent <= most
    return CheckResult(check=check, passed=passed, says=says, reported=not fails)
