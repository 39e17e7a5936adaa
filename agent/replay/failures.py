"""What went wrong in a run, in plain sentences that every report says alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .result import RunResult, TurnResult


@dataclass(frozen=True)
class Failure:
    """One thing that failed; ``turn`` is 0 for the conversation as a whole, ``said`` its words."""

    turn: int
    said: str
    check: str
    says: str

    @property
    def where(self) -> str:
        """``turn 2 “the second one but lighter”``."""
        return f"turn {self.turn} “{shortened(self.said)}”" if self.turn else "the conversation"

    def __str__(self) -> str:
        named = (
            self.says if self.says.startswith(f"{self.check}:") else f"{self.check}: {self.says}"
        )
        return f"{self.where}: {named}"


def failures(run: RunResult) -> list[Failure]:
    """All that failed in a run, in the order it happened."""
    found = [Failure(0, "", "error", run.error)] if run.error else []
    for turn in run.turns:
        found += _of_turn(turn)
    found += [Failure(0, "", each.check, each.says) for each in run.checks if each.fails]
    return found


def _of_turn(turn: TurnResult) -> Iterator[Failure]:
    if turn.error:
        yield Failure(turn.number, turn.said, "error", turn.error)
    for each in turn.checks:
        if each.fails:
            yield Failure(turn.number, turn.said, each.check, each.says)


def reported(run: RunResult) -> list[Failure]:
    """What was missed and is only reported, as budgets are; in the order it happened."""
    found = [
        Failure(turn.number, turn.said, each.check, each.says)
        for turn in run.turns
        for each in turn.checks
        if each.reported and not each.passed
    ]
    whole = [each for each in run.checks if each.reported and not each.passed]
    return [*found, *(Failure(0, "", each.check, each.says) for each in whole)]


def transcript(run: RunResult) -> str:
    """A run as a dialogue: what was said after ``>``, what was understood in brackets."""
    return "\n\n".join(part for turn in run.turns for part in _spoken(turn))


def _spoken(turn: TurnResult) -> Iterator[str]:
    yield f"> {turn.said}"
    if not turn.played:
        yield "(not played)"
    if turn.understood:
        yield f"[{' '.join(turn.understood)}]"
    if turn.text or turn.error:
        yield turn.text or f"({turn.error})"


def shortened(text: str, longest: int = 70) -> str:
    """A text on one line, cut where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
