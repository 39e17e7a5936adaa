"""What `moodreel replay` shows while it plays, and when it is done."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ..replay.compare import Outcome, outcome
from ..replay.failures import failures, reported, shortened
from ..replay.load import Loaded
from ..replay.result import Report, RunResult, ScriptResult
from ..replay.run import Heard
from ..replay.statistics import ENOUGH, Group, groups
from .output import clean, say, tell
from .show import console, rows

_MARKS: dict[Outcome, str] = {
    "passed": "ok",
    "failed": "FAILED",
    "known failure": "known",
    "passed, though known to fail": "fixed",
}
_INSUFFICIENT = "insufficient"


@contextmanager
def progress(loaded: Sequence[Loaded]) -> Iterator[Heard]:
    """Show each script's outcome on stderr as it comes: a bar for a person, lines for a pipe."""
    if not sys.stderr.isatty():
        yield lambda result: tell(_line(result))
        return
    bar = (TextColumn("Playing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*bar, console=console(sys.stderr), transient=True) as shown:
        task = shown.add_task("", total=len(loaded))

        def heard(result: ScriptResult) -> None:
            if outcome(result) != "passed":
                shown.console.print(clean(_line(result)))
            shown.advance(task)

        yield heard


def _line(result: ScriptResult) -> str:
    return f"{_MARKS[outcome(result)]:<6} {shortened(result.scenario, 100)}"


def summary(report: Report) -> None:
    """Print the table by tag, each failure, and what else is worth knowing."""
    found = groups(report)
    powers = list(found[-1].powers)
    header = ["tag", "scripts", "passed", "failed", "known", *(f"pass^{k}" for k in powers), "95 %"]
    rows("Scripts by tag", header, [_row(group) for group in found])
    for script in report.scripts:
        _failures(script)
    for note in notes(report, found[-1]):
        say(f"\n{note}")


def _row(group: Group) -> list[str]:
    counts = [group.scripts, group.passed, group.failed, group.known]
    powers = [f"{p:.2f}" if p is not None else _INSUFFICIENT for p in group.powers.values()]
    bounds = group.interval
    between = f"{bounds.low:.2f} to {bounds.high:.2f}" if bounds else _INSUFFICIENT
    return [group.name, *map(str, counts), *powers, between]


def _failures(script: ScriptResult) -> None:
    """Each failing run of a script: once where all of them failed alike."""
    told: dict[tuple[str, ...], list[RunResult]] = {}
    for run in script.runs:
        if not run.passed:
            told.setdefault(tuple(map(str, failures(run))), []).append(run)
    for sentences, runs in told.items():
        share = f", {len(runs)} of {len(script.runs)} runs" if len(script.runs) > 1 else ""
        say(f"\n{outcome(script)}: {script.scenario} ({script.file}{share})")
        if script.known_failure:
            say(f"  known: {script.known_failure}")
        for sentence in sentences:
            say(f"  {sentence}")


_MOST_MISSED = 5


def _missed(report: Report) -> Iterator[str]:
    """Budgets that were missed and fail nothing, the first few of them."""
    missed = [
        f"  {script.scenario}: {each}"
        for script in report.scripts
        for run in script.runs
        for each in reported(run)
    ]
    if missed:
        more = len(missed) - _MOST_MISSED
        rest = [f"  and {more} more, in --json and --html"] if more > 0 else []
        yield "\n".join(["Missed, only reported:", *missed[:_MOST_MISSED], *rest])


def notes(report: Report, total: Group) -> Iterator[str]:
    """What the table doesn't say."""
    for script in report.scripts:
        if script.known_failure and script.passed:
            yield f"{script.scenario!r} passes now: remove known_failure from {script.file}."
    yield from _missed(report)
    if total.interval is None:
        yield f"An interval needs {ENOUGH} scripts; bootstrap over scripts, 95 %."
    if report.taped:
        yield "Answers came from recordings: times and latencies say nothing of a model."
    if report.unused:
        yield f"{len(report.unused)} recordings were not asked for: {', '.join(report.unused[:5])}."
    seconds = f"{report.seconds:.1f} s"
    counted = "1 script" if total.scripts == 1 else f"{total.scripts} scripts"
    yield f"{counted} in {seconds}, engine {report.engine} {report.model}".rstrip()
