"""One turn: what was said, the answer with its films as cards, and the checks beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ....ingest.item import DIMENSIONS
from ...answer import list_of
from ...channels.web.plain import plain
from ...channels.web.prose import paragraphs, prose
from ...engines.ledger import ModelCall
from ...reply import Pick, ToolCall
from ..compare import latency, tokens
from ..compare_turns import TurnChange
from ..result import CheckResult, TurnResult
from .changes import turn_changes
from .marks import counted, items, mark, milliseconds, verdict


def turn_html(turn: TurnResult, change: TurnChange | None) -> str:
    """A turn with all that is known of it, and what is different from another report's."""
    kind = "failed" if turn.failed else "played" if turn.played else "unplayed"
    return (
        f'<li class="turn {kind}"><div class="talk">{_said(turn)}{_answer(turn, change)}</div>'
        f'<div class="beside">{checks_html(turn.checks, "Checks")}{_profile(turn)}{_told(turn)}'
        f"</div>{turn_changes(change) if change else ''}{_trace(turn)}</li>"
    )


def _said(turn: TurnResult) -> str:
    how = "Pressed" if turn.pressed else "Said"
    kind = "said pressed" if turn.pressed else "said"
    return (
        f'<p class="{kind}"><span class="number">{turn.number}</span>'
        f'<span class="hidden">{how}: </span>{plain(turn.said)}</p>'
    )


def _answer(turn: TurnResult, change: TurnChange | None) -> str:
    if turn.error:
        return f'<p class="error">{plain(turn.error)}</p>'
    if not turn.played:
        return '<p class="note">Not played: a turn before it failed.</p>'
    listed = list_of(turn.picks)
    before, _, after = turn.text.partition(listed) if listed else (turn.text, "", "")
    return (
        f'<div class="answer">{paragraphs(before)}{_cards(turn.picks, change)}'
        f"{paragraphs(after)}</div>"
    )


def _cards(picks: Sequence[Pick], change: TurnChange | None) -> str:
    if not picks:
        return ""
    old = {pick.id: place for place, pick in enumerate(change.old.picks, 1)} \
        if change and change.old else None  # fmt: skip
    cards = "".join(_card(pick, _was(pick, place, old)) for place, pick in enumerate(picks, 1))
    return f'<ol class="cards">{cards}</ol>'


def _was(pick: Pick, place: int, old: dict[str, int] | None) -> str:
    """Where the film was in the other report's list, if that is another place."""
    before = old.get(pick.id) if old is not None else place
    if before == place:
        return ""
    return f'<span class="tag">{f"was {before}" if before else "new"}</span>'


def _card(pick: Pick, was: str) -> str:
    year = f" <span>({pick.year})</span>" if pick.year else ""
    facts = [f"{pick.runtime_min} min" if pick.runtime_min else "", pick.age_rating or ""]
    bars = "".join(_bar(name, getattr(pick.scores, name)) for name in DIMENSIONS)
    return (
        f'<li><p class="film"><bdi>{plain(pick.title)}</bdi>{year} {was}</p>'
        f'<p class="facts">{plain(" · ".join(filter(None, facts)))}</p>'
        f'<p>{prose(pick.reason)}</p><ul class="bars">{bars}</ul></li>'
    )


def _bar(name: str, value: float) -> str:
    return f'<li style="--v:{100 * value:.0f}">{name.capitalize()} {100 * value:.0f}</li>'


def checks_html(checks: Sequence[CheckResult], heading: str) -> str:
    """Checks with their sentences, those that fail first; nothing where there are none."""
    if not checks:
        return ""
    lines = "".join(_check(each) for each in sorted(checks, key=lambda each: not each.fails))
    return f'<div class="checks"><h4>{heading}</h4><ul>{lines}</ul></div>'


def _check(check: CheckResult) -> str:
    kind = verdict(check)
    says = f" <span>{plain(check.says)}</span>" if check.says else ""
    return (
        f'<li class="{kind}">{mark(kind)} <span class="hidden">{kind}: </span>'
        f"<b>{plain(check.check)}</b>{says}</li>"
    )


def _profile(turn: TurnResult) -> str:
    """What the turn did to the taste profile."""
    lines = items(turn.profile.added, "added") + items(turn.profile.dropped, "dropped")
    return f'<div class="profile"><h4>Taste profile</h4>{lines}</div>' if lines else ""


def _told(turn: TurnResult) -> str:
    """What was understood, bent and noticed; what the profile shows already is left out."""
    changed = {*turn.profile.added, *turn.profile.dropped}
    parts = {
        "Understood": [each for each in turn.understood if each not in changed],
        "Limits bent": turn.relaxed,
        "Notices": turn.notices,
    }
    return "".join(
        f'<div class="told"><h4>{name}</h4>{items(lines, "lines")}</div>'
        for name, lines in parts.items()
        if lines
    )


def _trace(turn: TurnResult) -> str:
    """Tools, model calls and times, folded; the summary says what they come to."""
    spent, time = tokens(turn), latency(turn)
    parts = [
        counted(len(turn.trace), "tool call") if turn.trace else "",
        counted(len(turn.calls), "model call") if turn.calls else "",
        f"{spent:,} tokens" if spent else "",
        milliseconds(time) if time is not None else "",
        plain(turn.engine),
    ]
    said = " · ".join(part for part in parts if part)
    if not said:
        return ""
    body = _tools(turn.trace) + _calls(turn.calls) + _times(turn.timings_ms)
    return f'<details class="trace"><summary>Trace: {said}</summary>{body}</details>'


def _tools(trace: Sequence[ToolCall]) -> str:
    calls = "".join(
        f"<li><code>{plain(call.name)}</code> <code>{plain(_json(call.args))}</code></li>"
        for call in trace
    )
    return f"<ol>{calls}</ol>" if calls else ""


def _json(args: object) -> str:
    return json.dumps(args, ensure_ascii=False, separators=(", ", ": "), default=str)


_CALL = ("Step", "Model", "Prompt", "Read", "Written", "First", "Whole", "Problem")


def _calls(calls: Sequence[ModelCall]) -> str:
    if not calls:
        return ""
    heads = "".join(f'<th scope="col">{name}</th>' for name in _CALL)
    rows = "".join(f"<tr>{_call(call)}</tr>" for call in calls)
    return (
        '<div class="wide" tabindex="0" role="group" aria-label="Model calls"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _call(call: ModelCall) -> str:
    read = f"{call.counted:,}" if call.counted is not None else f"about {call.estimated:,}"
    cells = (
        call.step,
        call.model,
        call.prompt,
        read,
        "–" if call.answered is None else f"{call.answered:,}",
        "–" if call.first is None else f"{call.first:.2f} s",
        f"{call.seconds:.2f} s",
        call.problem,
    )
    return "".join(f"<td>{plain(cell)}</td>" for cell in cells)


def _times(times: dict[str, float]) -> str:
    steps = ", ".join(f"{plain(name)} {value:,.1f} ms" for name, value in times.items())
    return f"<p>{steps}</p>" if steps else ""
