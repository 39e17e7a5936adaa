"""The one check that asks a language model, and only where it was turned on."""

from __future__ import annotations

from ..expect import Expect
from ..result import CheckResult
from .base import Seen


def judge(expect: Expect, seen: Seen) -> CheckResult:
    """A question that nobody was asked."""
    return CheckResult(check="judge", passed=True, says="Not asked.", reported=True)
