"""The check of a turn's tool calls, with the meaning that agentevals gives the four modes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...reply import ToolCall
from ..expect import Call, Expect
from ..result import CheckResult
from .base import Seen
from .verdict import verdict


def tools(expect: Expect, seen: Seen) -> CheckResult:
    """The tool calls are these; of the arguments, those that are given are compared."""
    wanted = expect.tools
    assert wanted is not None  # noqa: S101 - only asked where it is expected
    calls = [Call(name=each) if isinstance(each, str) else each for each in wanted.calls]
    made = seen.now.reply.trace
    if _MODES[wanted.mode](calls, made):
        return verdict("tools")
    says = f"{_named(calls)} expected ({wanted.mode}), {_named(made)} called."
    return verdict("tools", f"{says[:1].upper()}{says[1:]}")


def _strict(calls: Sequence[Call], made: Sequence[ToolCall]) -> bool:
    same_length = len(calls) == len(made)
    return same_length and all(map(_fits, calls, made))


def _unordered(calls: Sequence[Call], made: Sequence[ToolCall]) -> bool:
    return len(calls) == len(made) == _paired(calls, made)


def _subset(calls: Sequence[Call], made: Sequence[ToolCall]) -> bool:
    return _paired(calls, made) == len(made)


def _superset(calls: Sequence[Call], made: Sequence[ToolCall]) -> bool:
    return _paired(calls, made) == len(calls)


_MODES: dict[str, Callable[[Sequence[Call], Sequence[ToolCall]], bool]] = {
    "strict": _strict,
    "unordered": _unordered,
    "subset": _subset,
    "superset": _superset,
}


def _fits(call: Call, made: ToolCall) -> bool:
    missing = object()
    return call.name == made.name and all(
        made.args.get(name, missing) == value for name, value in call.args.items()
    )


def _paired(calls: Sequence[Call], made: Sequence[ToolCall]) -> int:
    """How many calls find a partner of their own, as many as can be."""
    taken: dict[int, int] = {}

    def pair(call: int, tried: set[int]) -> bool:
        for place, each in enumerate(made):
            if place in tried or not _fits(calls[call], each):
                continue
            tried.add(place)
            if place not in taken or pair(taken[place], tried):
                taken[place] = call
                return True
        return False

    return sum(pair(place, set()) for place in range(len(calls)))


def _named(calls: Sequence[Call] | Sequence[ToolCall]) -> str:
    """The calls in words: ``search(limit=5), lookup were``."""
    names = [_call(each) for each in calls]
    return f"{', '.join(names) or 'no tool'} {'were' if len(names) > 1 else 'was'}"


def _call(call: Call | ToolCall) -> str:
    args = call.args if isinstance(call, Call) else {}
    said = ", ".join(f"{name}={value!r}" for name, value in args.items())
    return f"{call.name}({said})" if said else call.name
