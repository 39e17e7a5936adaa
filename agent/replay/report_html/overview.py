"""What the report comes to: figures, a table by tag, and all that fails with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median, quantiles

from ...channels.web.plain import plain
from ..compare import latency, tokens
from ..failures import failures
from ..result import Report, ScriptResult, TurnResult
from ..statistics import Group, groups
from .marks import counted, kind_of, mark, milliseconds


def header(report: Report) -> str:
    """What was played, with what and when."""
    taped = ", its answers recorded earlier" if report.taped else ""
    model = f" with {plain(report.model)}{taped}" if report.model else ""
    return (
        '<header><p class="brand">Moodreel replay</p>'
        f"<h1>{_title(report)}</h1><p class='made'>moodreel {plain(report.moodreel)}, "
        f"{plain(report.engine)} engine{model}, <time>{plain(report.started)}</time>, "
        f"{counted(len(report.scripts), 'script')} in {report.seconds:,.1f} s</p>"
        f"{_unused(report)}</header>"
    )


def _unused(report: Report) -> str:
    if not report.unused:
        return ""
    names = plain(", ".join(report.unused))
    return f'<p class="note">Recordings that nothing asked for: {names}</p>'


def _title(report: Report) -> str:
    failed = sum(kind_of(script) == "failed" for script in report.scripts)
    if not report.scripts:
        return "No script was played"
    if failed:
        verb = "fails" if failed == 1 else "fail"
        return f"{counted(failed, 'script')} of {len(report.scripts)} {verb}"
    known = sum(kind_of(script) == "known" for script in report.scripts)
    but = f", but for {counted(known, 'known failure')}" if known else ""
    return f"All {counted(len(report.scripts), 'script')} pass{but}"


def overview(report: Report) -> str:
    """Figures, the table by tag, and what fails."""
    if not report.scripts:
        return ""
    found = groups(report)
    return (
        '<section aria-labelledby="overview"><h2 id="overview">Overview</h2>'
        f"{_figures(report, found[-1])}{_table(found)}</section>{_failing(report)}"
    )


def _figures(report: Report, whole: Group) -> str:
    turns = [turn for script in report.scripts for run in script.runs for turn in run.turns]
    figures = [
        ("Pass rate", _percent(whole.rate), _interval(whole)),
        *_powers(whole),
        *_latency(turns),
        *_tokens(turns),
    ]
    cells = "".join(
        f"<div><dt>{name}</dt><dd><b>{value}</b> <small>{plain(says)}</small></dd></div>"
        for name, value, says in figures
    )
    return f'<dl class="figures">{cells}</dl>'


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{100 * rate:.1f} %"


def _interval(group: Group) -> str:
    if group.interval is None:
        return "too few scripts for an interval"
    low, high = 100 * group.interval.low, 100 * group.interval.high
    return f"95 % interval {low:.1f} to {high:.1f} %"


def _powers(whole: Group) -> list[tuple[str, str, str]]:
    """How likely all of k runs pass, for k above 1."""
    return [
        (
            f"pass^{k}",
            "insufficient" if power is None else _percent(power),
            f"{'some script ran fewer than' if power is None else 'all of'} {k} runs",
        )
        for k, power in whole.powers.items()
        if k > 1
    ]


def _latency(turns: Iterable[TurnResult]) -> list[tuple[str, str, str]]:
    times = sorted(time for turn in turns if (time := latency(turn)) is not None)
    if len(times) < 2:
        return []
    slow = quantiles(times, n=20, method="inclusive")[-1]
    return [
        ("Median turn", milliseconds(median(times)), f"one in twenty over {milliseconds(slow)}")
    ]


def _tokens(turns: Iterable[TurnResult]) -> list[tuple[str, str, str]]:
    spent = [tokens(turn) for turn in turns if turn.calls]
    if not spent:
        return []
    return [("Tokens", f"{sum(spent):,}", f"{median(spent):,.0f} in the median turn of a model")]


def _table(found: list[Group]) -> str:
    rows = "".join(_row(group) for group in found)
    heads = "".join(f'<th scope="col">{name}</th>' for name in
                    ("Tag", "Passed", "Failed", "Known", "Pass rate", "95 % interval"))  # fmt: skip
    return (
        '<div class="wide" tabindex="0" role="group" aria-label="Pass rate by tag"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(group: Group) -> str:
    ends = group.interval
    spread = f"{100 * ends.low:.0f}–{100 * ends.high:.0f} %" if ends else "insufficient"
    numbers = "".join(f"<td>{n or '–'}</td>" for n in (group.passed, group.failed, group.known))
    rate = f'<td class="rate" style="--v:{100 * (group.rate or 0):.1f}">{_percent(group.rate)}</td>'
    kind = ' class="bad"' if group.failed else ""
    return (
        f'<tr{kind}><th scope="row">{plain(group.name)}</th>{numbers}{rate}<td>{spread}</td></tr>'
    )


def _failing(report: Report) -> str:
    """Every script that fails with its first failure, every known failure with its reason."""
    placed = list(enumerate(report.scripts, 1))
    failed = [_link(n, each, _first(each)) for n, each in placed if kind_of(each) == "failed"]
    known = [_link(n, each, each.known_failure) for n, each in placed if each.known_failure]
    return _listed("failing", "What fails", failed) + _listed("known", "Known failures", known)


def _listed(name: str, heading: str, found: list[str]) -> str:
    if not found:
        return ""
    return (
        f'<section aria-labelledby="{name}"><h2 id="{name}">{heading}</h2>'
        f'<ul class="links">{"".join(found)}</ul></section>'
    )


def _link(number: int, script: ScriptResult, says: str) -> str:
    kind = kind_of(script)
    again = " Passes now." if kind == "fixed" else ""
    return (
        f'<li class="{kind}">{mark(kind)} <a href="#s{number}">{plain(script.scenario)}</a> '
        f"<span>{plain(says)}{again}</span></li>"
    )


def _first(script: ScriptResult) -> str:
    """The first failure, and how many more there are."""
    found = [str(each) for run in script.runs for each in failures(run)]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return f"{found[0]}{more}" if found else ""
