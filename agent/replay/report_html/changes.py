"""What is different from the report that was compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from ...channels.web.plain import plain
from ..compare import Comparison, RunChange, ScriptChange, latency, tokens
from ..compare_turns import CheckChange, TurnChange
from ..compare_words import made, summary
from ..result import CheckResult, ScriptResult
from .marks import badge, items, milliseconds, verdict

T = TypeVar("T")


def changes_overview(comparison: Comparison) -> str:
    """How the two reports differ, as the terminal says it, with a list of what is gone."""
    groups = [
        _group("Newly failing", comparison.broke, _of_change),
        _group("Newly passing", comparison.mended, _of_change),
        _group("Known failures that fail otherwise", comparison.known_changed, _of_change),
        _group("Added", comparison.added, _of_script),
        _group("Removed", comparison.removed, _of_script),
    ]
    figures = items((line.strip() for line in summary(comparison)[1:] if _figure(line)), "lines")
    nothing = "" if any(groups) or comparison.changed else "<p>No answer or check differs.</p>"
    return (
        '<section aria-labelledby="compared"><h2 id="compared">Compared with another run</h2>'
        f"<p>{plain(made(comparison.old))}</p>{nothing}{''.join(groups)}{figures}</section>"
    )


def _figure(line: str) -> bool:
    """Whether a line of the summary is one of its figures: those name no scripts below them."""
    return line.startswith(("  median", "  tokens")) or " differ: " in line


def _group(heading: str, found: Sequence[T], words: Callable[[T], str]) -> str:
    if not found:
        return ""
    return f"<h3>{heading} ({len(found)})</h3>{items((words(each) for each in found), 'lines')}"


def _of_change(change: ScriptChange) -> str:
    return _of_script(change.new)


def _of_script(script: ScriptResult) -> str:
    return f"{script.scenario} ({script.file})"


def script_change(change: ScriptChange) -> str:
    """Another outcome than before, and whether the script itself is another."""
    lines = []
    if change.outcomes[0] != change.outcomes[1]:
        lines.append(f"{change.outcomes[0].capitalize()} before, {change.outcomes[1]} now.")
    if change.edited:
        lines.append("The script was edited: only turns with the same words are compared.")
    return f'<p class="note">{plain(" ".join(lines))}</p>' if lines else ""


def run_changes(change: RunChange) -> str:
    """Checks over the whole with another verdict, and turns that are gone."""
    gone = [f"{turn.turn.number}. {turn.turn.said}" for turn in change.turns if turn.new is None]
    checks = _checks(change.checks)
    lost = f"<p>Turns that are gone:</p>{items(gone, 'lines')}" if gone else ""
    if not checks and not lost:
        return ""
    return f'<div class="changes"><h4>Changed over the whole</h4>{checks}{lost}</div>'


def turn_changes(change: TurnChange) -> str:
    """What is different in a turn, part by part; time and tokens beside the rest."""
    if not change.changed:
        return ""
    if change.old is None:
        return '<div class="changes"><h4>Changed</h4><p>This turn is new.</p></div>'
    body = "".join(
        (
            _checks(change.checks),
            _films(change),
            "".join(
                _lines(field.name.capitalize(), field.went, field.came) for field in change.fields
            ),
            _text(change.text),
            _spent(change),
        )
    )
    return f'<details class="changes" open><summary>Changed</summary>{body}</details>'


def _checks(changes: Iterable[CheckChange]) -> str:
    lines = "".join(
        f"<li><b>{plain(each.check)}</b>: {_verdict(each.old)} → {_verdict(each.new)} "
        f"{plain(each.new.says if each.new else '')}</li>"
        for each in changes
    )
    return f'<ul class="lines">{lines}</ul>' if lines else ""


def _verdict(check: CheckResult | None) -> str:
    return "not made" if check is None else badge(verdict(check))


def _films(change: TurnChange) -> str:
    moved = [f"{each.film}: {each.old} → {each.new}" for each in change.moved]
    places = f"<p><b>Moved</b></p>{items(moved, 'lines')}" if moved else ""
    return _lines("Films", change.went, change.came) + places


def _lines(name: str, went: Sequence[str], came: Sequence[str]) -> str:
    if not went and not came:
        return ""
    return f"<p><b>{plain(name)}</b></p>{items(went, 'dropped')}{items(came, 'added')}"


def _text(lines: Sequence[str]) -> str:
    went = [line[1:] for line in lines if line.startswith("-") and line[1:].strip()]
    came = [line[1:] for line in lines if line.startswith("+") and line[1:].strip()]
    return _lines("Text", went, came)


def _spent(change: TurnChange) -> str:
    """Time and tokens then and now, without a verdict."""
    if change.old is None or change.new is None:
        return ""
    parts = []
    times = latency(change.old), latency(change.new)
    if times[0] is not None and times[1] is not None:
        parts.append(f"{milliseconds(times[0])} → {milliseconds(times[1])}")
    spent = tokens(change.old), tokens(change.new)
    if any(spent):
        parts.append(f"{spent[0]:,} → {spent[1]:,} tokens")
    return f"<p>{', '.join(parts)}</p>" if parts else ""
