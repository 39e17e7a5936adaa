"""What changed between two answers to the same words."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..reply import Pick, ToolCall
from .result import CheckResult, TurnResult

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Moved:
    """A film that both lists have, at another place; places are counted from 1."""

    film: str
    old: int
    new: int


@dataclass(frozen=True)
class CheckChange:
    """A check with another verdict. ``old`` or ``new`` is None where it was not made."""

    check: str
    old: CheckResult | None
    new: CheckResult | None


@dataclass(frozen=True)
class FieldChange:
    """Another value of a part of the answer: what went and what came, line by line."""

    name: str
    went: Lines
    came: Lines


@dataclass(frozen=True)
class TurnChange:
    """One turn in both reports. ``old`` or ``new`` is None where a report has no such turn.

    ``text`` is a unified diff without its header, empty where the text is the same.
    """

    old: TurnResult | None
    new: TurnResult | None
    came: Lines = ()
    went: Lines = ()
    moved: tuple[Moved, ...] = ()
    text: Lines = ()
    fields: tuple[FieldChange, ...] = ()
    checks: tuple[CheckChange, ...] = ()

    @property
    def turn(self) -> TurnResult:
        """The turn as it is now, or as it was where it is gone."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - a change is of one of the two
        return found

    @property
    def changed(self) -> bool:
        """Whether anything but time and tokens is different."""
        gone = self.old is None or self.new is None
        return gone or any((self.came, self.went, self.moved, self.text, self.fields, self.checks))


def paired(
    old: Sequence[TurnResult], new: Sequence[TurnResult]
) -> list[tuple[TurnResult | None, TurnResult | None]]:
    """Turns side by side: those with the same words in the same order, the others alone.

    All presses count as the same words, since theirs follow from the list that was shown.
    """
    matcher = difflib.SequenceMatcher(
        a=[_key(turn) for turn in old], b=[_key(turn) for turn in new], autojunk=False
    )
    pairs: list[tuple[TurnResult | None, TurnResult | None]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(old[a:b], new[c:d], strict=True)
        else:
            pairs += [(turn, None) for turn in old[a:b]]
            pairs += [(None, turn) for turn in new[c:d]]
    return pairs


def _key(turn: TurnResult) -> tuple[bool, str]:
    return (turn.pressed, "" if turn.pressed else turn.said)


def turn_change(old: TurnResult | None, new: TurnResult | None) -> TurnChange:
    """What changed from one answer to the other."""
    if old is None or new is None:
        return TurnChange(old, new)
    before, after = [each.id for each in old.picks], [each.id for each in new.picks]
    return TurnChange(
        old,
        new,
        came=tuple(label(pick) for pick in new.picks if pick.id not in before),
        went=tuple(label(pick) for pick in old.picks if pick.id not in after),
        moved=tuple(_moved(old.picks, new.picks)),
        text=_diff(old.text, new.text),
        fields=tuple(_fields(old, new)),
        checks=check_changes(old.checks, new.checks),
    )


def label(pick: Pick) -> str:
    """A film as it is written: title and year."""
    return f"{pick.title} ({pick.year})" if pick.year else pick.title


def _moved(old: Sequence[Pick], new: Sequence[Pick]) -> Iterable[Moved]:
    """The films whose place differs; a list that is only pushed down by newcomers moves too."""
    places = {pick.id: place for place, pick in enumerate(old, 1)}
    for place, pick in enumerate(new, 1):
        if places.get(pick.id, place) != place:
            yield Moved(label(pick), places[pick.id], place)


def _diff(old: str, new: str) -> Lines:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return tuple(line for line in list(lines)[2:] if not line.startswith("@@"))


def _fields(old: TurnResult, new: TurnResult) -> Iterable[FieldChange]:
    before, after = _lines(old), _lines(new)
    for name, lines in after.items():
        went, came = _apart(before[name], lines)
        if went or came or before[name] != lines:
            yield FieldChange(name, went, came)


def _lines(turn: TurnResult) -> dict[str, Lines]:
    return {
        "said": (turn.said,),
        "understood": turn.understood,
        "relaxed": turn.relaxed,
        "notices": turn.notices,
        "question": (turn.question,) if turn.question else (),
        "engine": (turn.engine,),
        "error": (turn.error,) if turn.error else (),
        "profile": (*(f"+ {s}" for s in turn.profile.added),
                    *(f"− {s}" for s in turn.profile.dropped)),
        "tools": tuple(_call(call) for call in turn.trace),
        "prompts": tuple(f"{call.step} {call.model} {call.prompt}".strip() for call in turn.calls),
    }  # fmt: skip


def _call(call: ToolCall) -> str:
    return f"{call.name} {json.dumps(call.args, sort_keys=True, ensure_ascii=False)}"


def _apart(old: Lines, new: Lines) -> tuple[Lines, Lines]:
    """The lines that only one side has; all of both where only their order differs."""
    went, came = Counter(old) - Counter(new), Counter(new) - Counter(old)
    if not went and not came and old != new:
        return old, new
    return tuple(went.elements()), tuple(came.elements())


def check_changes(
    old: Sequence[CheckResult], new: Sequence[CheckResult]
) -> tuple[CheckChange, ...]:
    """The checks whose verdict differs, by name and by which of that name it is."""
    before, after = _numbered(old), _numbered(new)
    pairs = [(name, before.get(name), after.get(name)) for name in {**before, **after}]
    return tuple(
        CheckChange(name[0], was, now)
        for name, was, now in pairs
        if was is None or now is None or (was.passed, was.fails) != (now.passed, now.fails)
    )


def _numbered(checks: Sequence[CheckResult]) -> dict[tuple[str, int], CheckResult]:
    met: Counter[str] = Counter()
    numbered = {}
    for check in checks:
        numbered[check.check, met[check.check]] = check
        met[check.check] += 1
    return numbered
