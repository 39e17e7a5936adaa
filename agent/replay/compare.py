"""Two reports side by side, script by script and turn by turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Literal

from pydantic import ValidationError
from pydantic_core import from_json

from ...errors import BadReport
from .compare_turns import CheckChange, TurnChange, check_changes, paired, turn_change
from .result import Report, RunResult, ScriptResult, TurnResult

Outcome = Literal["passed", "failed", "known failure", "passed, though known to fail"]
_OK = ("passed", "passed, though known to fail")
Key = tuple[str, str, int]
"""File, scenario, and how many before it have the same."""


def outcome(script: ScriptResult) -> Outcome:
    """What came of a script, its known failure taken into account."""
    if script.known_failure:
        return "passed, though known to fail" if script.passed else "known failure"
    return "passed" if script.passed else "failed"


@dataclass(frozen=True)
class RunChange:
    """One run of a script in both reports; errors are why it could not be played."""

    number: int
    turns: tuple[TurnChange, ...] = ()
    checks: tuple[CheckChange, ...] = ()
    errors: tuple[str, str] = ("", "")

    @property
    def changed(self) -> bool:
        """Whether anything but time and tokens is different."""
        apart = self.errors[0] != self.errors[1]
        return apart or bool(self.checks) or any(turn.changed for turn in self.turns)

    @property
    def edited(self) -> bool:
        """Whether the script says other words than it did."""
        return any(turn.old is None or turn.new is None for turn in self.turns)


@dataclass(frozen=True)
class ScriptChange:
    """A script in both reports; only runs that both have are compared."""

    old: ScriptResult
    new: ScriptResult
    runs: tuple[RunChange, ...]

    @property
    def outcomes(self) -> tuple[Outcome, Outcome]:
        """What came of it then and now."""
        return outcome(self.old), outcome(self.new)

    @property
    def broke(self) -> bool:
        """Whether it fails now, and did not, or was known to."""
        return self.outcomes[1] == "failed" and self.outcomes[0] != "failed"

    @property
    def mended(self) -> bool:
        """Whether it passes now, and did not."""
        return self.outcomes[1] in _OK and self.outcomes[0] not in _OK

    @property
    def known_changed(self) -> bool:
        """Whether it is known to fail in both, but fails by other checks or is told otherwise."""
        both = self.outcomes == ("known failure", "known failure")
        reason = self.old.known_failure != self.new.known_failure
        return both and (reason or failing(self.old) != failing(self.new))

    @property
    def edited(self) -> bool:
        """Whether the script says other words than it did."""
        return any(run.edited for run in self.runs)

    @property
    def changed(self) -> bool:
        """Whether anything but time and tokens is different."""
        outcomes = self.outcomes[0] != self.outcomes[1] or self.known_changed
        return outcomes or any(run.changed for run in self.runs)


@dataclass(frozen=True)
class Measured:
    """One figure then and now."""

    old: float
    new: float

    @property
    def ratio(self) -> float | None:
        """How many times the old value the new one is; None where the old one is 0."""
        return self.new / self.old if self.old else None


@dataclass(frozen=True)
class Comparison:
    """What changed between two reports. Scripts are matched by file and scenario."""

    old: Report
    new: Report
    added: tuple[ScriptResult, ...]
    removed: tuple[ScriptResult, ...]
    scripts: tuple[ScriptChange, ...]

    @cached_property
    def by_key(self) -> dict[Key, ScriptChange]:
        """The scripts that both reports have, by the key of the new one."""
        return {key: self._of_new[id(each)] for key, each in keyed(self.new.scripts).items()
                if id(each) in self._of_new}  # fmt: skip

    @cached_property
    def _of_new(self) -> dict[int, ScriptChange]:
        return {id(change.new): change for change in self.scripts}

    @cached_property
    def broke(self) -> tuple[ScriptChange, ...]:
        """The scripts that fail now and did not."""
        return tuple(change for change in self.scripts if change.broke)

    @cached_property
    def mended(self) -> tuple[ScriptChange, ...]:
        """The scripts that pass now and did not."""
        return tuple(change for change in self.scripts if change.mended)

    @cached_property
    def known_changed(self) -> tuple[ScriptChange, ...]:
        """The scripts that fail as they may, but otherwise than before."""
        return tuple(change for change in self.scripts if change.known_changed)

    @cached_property
    def changed(self) -> tuple[ScriptChange, ...]:
        """The scripts with any difference but time and tokens."""
        return tuple(change for change in self.scripts if change.changed)

    @property
    def turns(self) -> Iterable[TurnChange]:
        """All turns of the scripts that both have."""
        return (turn for script in self.scripts for run in script.runs for turn in run.turns)

    @cached_property
    def latency(self) -> Measured | None:
        """Median milliseconds of the turns that both have; None where none was timed."""
        both = _both(self.turns)
        pairs = [(latency(old), latency(new)) for old, new in both]
        timed = [(old, new) for old, new in pairs if old is not None and new is not None]
        if not timed:
            return None
        return Measured(median(old for old, _ in timed), median(new for _, new in timed))

    @cached_property
    def tokens(self) -> Measured:
        """Tokens of the turns that both have, read and written by a model, in sum."""
        both = list(_both(self.turns))
        return Measured(sum(tokens(old) for old, _ in both), sum(tokens(new) for _, new in both))


def compare(old: Report, new: Report) -> Comparison:
    """Match the scripts of two reports by file and scenario, and their turns by their words."""
    before, after = keyed(old.scripts), keyed(new.scripts)
    return Comparison(
        old,
        new,
        added=tuple(script for key, script in after.items() if key not in before),
        removed=tuple(script for key, script in before.items() if key not in after),
        scripts=tuple(
            _script(before[key], script) for key, script in after.items() if key in before
        ),
    )


def keyed(scripts: Iterable[ScriptResult]) -> dict[Key, ScriptResult]:
    """Scripts by file and scenario; those that share both are numbered."""
    found: dict[Key, ScriptResult] = {}
    for script in scripts:
        met = sum(key[:2] == (script.file, script.scenario) for key in found)
        found[script.file, script.scenario, met] = script
    return found


def read_report(path: Path) -> Report:
    """A report that ``moodreel replay --json`` wrote.

    Raises:
        BadReport: it is missing, no report, or of a newer version.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or "it is no text in UTF-8"
        raise _bad(path, f"can't be read ({said})") from None
    try:
        found = from_json(text)
    except ValueError:
        raise _bad(path, "is no JSON, or only a part of it") from None
    if not isinstance(found, dict) or not found.keys() >= {"moodreel", "version", "scripts"}:
        raise _bad(path, "is no report of moodreel replay")
    if found["version"] != 1:
        raise _bad(path, f"is of version {found['version']!r}, and version 1 is read here")
    try:
        return Report.model_validate_json(text)
    except ValidationError as error:
        raise _bad(path, _trouble(error)) from None


def _bad(path: Path, says: str) -> BadReport:
    make = "make one with: moodreel replay FILES --json FILE"
    return BadReport(f"The report {str(path)!r} {says}; {make}")


def _trouble(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    says = first["msg"]
    return f"is no whole report ({where}: {says[0].lower()}{says[1:]})"


def latency(turn: TurnResult) -> float | None:
    """Milliseconds of a turn; None where it was not timed."""
    return turn.timings_ms.get("total")


def tokens(turn: TurnResult) -> int:
    """Tokens that a model read and wrote in a turn; what a server didn't count is estimated."""
    return sum((call.counted or call.estimated) + (call.answered or 0) for call in turn.calls)


def failing(script: ScriptResult) -> tuple[tuple[int, int, str], ...]:
    """Run, turn (0: over the whole) and name of each check that fails, and of each error."""
    found: set[tuple[int, int, str]] = set()
    for run in script.runs:
        found |= {(run.number, 0, check.check) for check in run.checks if check.fails}
        found |= {(run.number, 0, "error")} if run.error else set()
        for turn in run.turns:
            found |= {(run.number, turn.number, each.check) for each in turn.checks if each.fails}
            found |= {(run.number, turn.number, "error")} if turn.error else set()
    return tuple(sorted(found))


def _script(old: ScriptResult, new: ScriptResult) -> ScriptChange:
    before = {run.number: run for run in old.runs}
    both = [(before[run.number], run) for run in new.runs if run.number in before]
    return ScriptChange(old, new, tuple(_run(*pair) for pair in both))


def _run(old: RunResult, new: RunResult) -> RunChange:
    turns = tuple(turn_change(*pair) for pair in paired(old.turns, new.turns))
    errors = (old.error, new.error)
    return RunChange(new.number, turns, check_changes(old.checks, new.checks), errors)


def _both(turns: Iterable[TurnChange]) -> Iterable[tuple[TurnResult, TurnResult]]:
    return ((turn.old, turn.new) for turn in turns if turn.old and turn.new)
