"""One script: its runs, each with its turns and the checks over the whole."""

from __future__ import annotations

from ...channels.web.plain import plain
from ..compare import RunChange, ScriptChange
from ..result import RunResult, ScriptResult, TurnResult
from .changes import run_changes, script_change
from .marks import badge, counted, kind_of, mark
from .turns import checks_html, turn_html


def script_html(number: int, script: ScriptResult, change: ScriptChange | None) -> str:
    """A script as a disclosure, open where it fails; ``number`` is what links point to."""
    kind = kind_of(script)
    changed = change is not None and change.changed
    turns = max((len(run.turns) for run in script.runs), default=0)
    facts = [plain(script.file), counted(turns, "turn")]
    facts += [counted(len(script.runs), "run")] if len(script.runs) > 1 else []
    tags = "".join(f"<span class='tag'>{plain(tag)}</span>" for tag in script.tags)
    return (
        f'<details class="script {kind}{" changed" if changed else ""}"'
        f"{' open' if kind == 'failed' else ''}><summary>{badge(kind)} "
        f"<h3>{plain(script.scenario)}</h3> {'<span class=tag>changed</span>' if changed else ''}"
        f"{tags}<small>{', '.join(facts)}</small></summary>"
        f'<div id="s{number}">{_known(script)}{script_change(change) if change else ""}'
        f"{_runs(number, script, change)}</div></details>"
    )


def _known(script: ScriptResult) -> str:
    if not script.known_failure:
        return ""
    return f'<p class="note"><b>Known to fail:</b> {plain(script.known_failure)}</p>'


def _runs(number: int, script: ScriptResult, change: ScriptChange | None) -> str:
    changes = {each.number: each for each in change.runs} if change else {}
    if len(script.runs) == 1:
        return _run(script.runs[0], changes.get(script.runs[0].number))
    first = next((run for run in script.runs if not run.passed), None)
    shown = "".join(
        f'<details class="run" name="run-{number}"{" open" if run is first else ""}><summary>'
        f"{badge('passed' if run.passed else 'failed')} <h4>Run {run.number}</h4> "
        f"<small>{run.seconds:,.2f} s</small></summary>"
        f"{_run(run, changes.get(run.number))}</details>"
        for run in script.runs
    )
    return _matrix(script) + shown


def _matrix(script: ScriptResult) -> str:
    """All runs side by side: what came of each turn in each of them."""
    runs = script.runs
    heads = "".join(f'<th scope="col">Run {run.number}</th>' for run in runs)
    longest = max(runs, key=lambda run: len(run.turns), default=None)
    rows = "".join(
        f'<tr><th scope="row">{turn.number}. {plain(_cut(turn.said))}</th>'
        f"{''.join(_cell(run, place) for run in runs)}</tr>"
        for place, turn in enumerate(longest.turns if longest else ())
    )
    return (
        '<div class="wide" tabindex="0" role="group" aria-label="Turns by run"><table>'
        f'<thead><tr><th scope="col">Turn</th>{heads}</tr></thead><tbody>{rows}</tbody>'
        "</table></div>"
    )


def _cell(run: RunResult, place: int) -> str:
    kind = state(run.turns[place]) if place < len(run.turns) else "unplayed"
    return f'<td class="{kind}">{mark(kind)} <span class="hidden">{kind}</span></td>'


def state(turn: TurnResult) -> str:
    """``passed``, ``failed`` or ``unplayed``."""
    return "failed" if turn.failed else "passed" if turn.played else "unplayed"


def _cut(words: str, longest: int = 60) -> str:
    return words if len(words) <= longest else f"{words[:longest].rstrip()}…"


def _run(run: RunResult, change: RunChange | None) -> str:
    changes = {id(each.new): each for each in change.turns} if change else {}
    error = f'<p class="error">{plain(run.error)}</p>' if run.error else ""
    turns = "".join(turn_html(turn, changes.get(id(turn))) for turn in run.turns)
    whole = checks_html(run.checks, "Checks over the whole conversation")
    gone = run_changes(change) if change else ""
    return f'{error}<ol class="turns">{turns}</ol>{whole}{gone}'
