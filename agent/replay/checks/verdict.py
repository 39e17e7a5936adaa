"""Putting what a check found into a result."""

from __future__ import annotations

from collections.abc import Sequence

from ..result import CheckResult


def verdict(check: str, *problems: str) -> CheckResult:
    """Passed where there is no problem; else the first one, and how many more there are."""
    if not problems:
        return CheckResult(check=check, passed=True)
    more = len(problems) - 1
    says = problems[0] if not more else f"{problems[0].rstrip('.')}; and {more} more."
    return CheckResult(check=check, passed=False, says=says)


def listed(names: Sequence[str], link: str = "and") -> str:
    """Names as people write them in a row: ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {link} {names[-1]}"


def films(count: float) -> str:
    """A number of films in words: ``1 film``."""
    return "1 film" if count == 1 else f"{count:g} films"
