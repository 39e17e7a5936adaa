"""A comparison in a few lines, for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from .compare import Comparison, Measured, ScriptChange, failing
from .compare_turns import TurnChange
from .result import Report, ScriptResult

T = TypeVar("T")
_MOST = 10
"""Scripts that are named under one heading."""


def summary(comparison: Comparison) -> list[str]:
    """What changed from one report to the other, worst first; says so where nothing did."""
    lines = [f"Compared with {made(comparison.old)}:", *_outcomes(comparison)]
    if not comparison.changed and len(lines) == 1:
        lines.append("  no answer, check or tool call is different")
    return [*lines, *_others(comparison), *_figures(comparison)]


def made(report: Report) -> str:
    """When and with what a report was made."""
    model = f", {report.model}" if report.model else ""
    return f"{report.started} (moodreel {report.moodreel}, {report.engine} engine{model})"


def _outcomes(comparison: Comparison) -> Iterator[str]:
    yield from _named("newly failing", comparison.broke, _why)
    yield from _named("newly passing", comparison.mended, _scenario)
    yield from _named("known failures that fail otherwise", comparison.known_changed, _why)
    yield from _named("added", comparison.added, _title)
    yield from _named("removed", comparison.removed, _title)


def _others(comparison: Comparison) -> Iterator[str]:
    edited = [change for change in comparison.scripts if change.edited]
    yield from _named("edited, only turns with the same words compared", edited, _scenario)
    turns = [turn for turn in comparison.turns if turn.changed]
    if turns:
        scripts = _count(len(comparison.changed), "script")
        yield f"  {_count(len(turns), 'turn')} of {scripts} differ: {', '.join(_parts(turns))}"


def _parts(turns: Sequence[TurnChange]) -> Iterator[str]:
    """In how many turns each part of the answer is different."""
    kinds: dict[str, int] = {}
    for turn in turns:
        picks = {"picks": turn.came or turn.went, "order": turn.moved, "text": turn.text}
        names = [name for name, found in {**picks, "checks": turn.checks}.items() if found]
        for name in (*names, *(field.name for field in turn.fields)):
            kinds[name] = kinds.get(name, 0) + 1
    yield from (f"{name} in {count}" for name, count in kinds.items())


def _figures(comparison: Comparison) -> Iterator[str]:
    if comparison.latency is not None:
        yield f"  median turn {measured(comparison.latency, 'ms')}"
    if comparison.tokens.old or comparison.tokens.new:
        yield f"  tokens {measured(comparison.tokens)}"


def measured(figure: Measured, unit: str = "") -> str:
    """Then, now and how many times as much."""
    after = f" {unit}" if unit else ""
    times = f" (×{figure.ratio:.2f})" if figure.ratio is not None else ""
    return f"{figure.old:,.0f} → {figure.new:,.0f}{after}{times}"


def _named(heading: str, found: Sequence[T], words: Callable[[T], str]) -> Iterator[str]:
    if not found:
        return
    yield f"  {heading}: {len(found)}"
    yield from (f"    {words(each)}" for each in found[:_MOST])
    if len(found) > _MOST:
        yield f"    and {len(found) - _MOST} more"


def _title(script: ScriptResult) -> str:
    return f"{script.file}: {script.scenario}"


def _scenario(change: ScriptChange) -> str:
    return _title(change.new)


def _why(change: ScriptChange) -> str:
    """The script, and what fails in it."""
    places = [f"turn {turn} {check}" if turn else check for _, turn, check in failing(change.new)]
    return f"{_title(change.new)} ({', '.join(dict.fromkeys(places))})"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
