"""Small pieces that several parts of the page are made of."""

from __future__ import annotations

from collections.abc import Iterable

from ...channels.web.plain import plain
from ..compare import Outcome, outcome
from ..result import CheckResult, ScriptResult

_MARKS = {
    "passed": "✓",
    "failed": "✗",
    "known": "≈",
    "fixed": "✓",
    "reported": "·",
    "unplayed": "–",
}
_WORDS = {
    "known": "known failure",
    "fixed": "passes, though known to fail",
    "unplayed": "not played",
}

_KINDS: dict[Outcome, str] = {
    "passed": "passed",
    "failed": "failed",
    "known failure": "known",
    "passed, though known to fail": "fixed",
}


def kind_of(script: ScriptResult) -> str:
    """What came of a script, as the class that the stylesheet knows."""
    return _KINDS[outcome(script)]


def badge(kind: str) -> str:
    """What came of something, as a sign and a word."""
    return f'<span class="badge {kind}">{mark(kind)} {_WORDS.get(kind, kind)}</span>'


def mark(kind: str) -> str:
    """The sign alone, for where the word stands beside it."""
    return f'<span aria-hidden="true">{_MARKS[kind]}</span>'


def verdict(check: CheckResult) -> str:
    """``passed``, ``failed``, or ``reported`` for what can't fail."""
    return "reported" if check.reported else "passed" if check.passed else "failed"


def items(lines: Iterable[str], kind: str) -> str:
    """Lines as a list of the class; nothing where there are none."""
    found = "".join(f"<li>{plain(line)}</li>" for line in lines)
    return f'<ul class="{kind}">{found}</ul>' if found else ""


def milliseconds(value: float) -> str:
    """A time to read: in seconds from one second on."""
    return f"{value / 1000:.1f} s" if value >= 1000 else f"{value:.0f} ms"


def counted(number: int, what: str) -> str:
    """``1 turn``, ``2 turns``."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
