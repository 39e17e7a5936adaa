"""The checks of a script, each by rules alone and apart from the code that it checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ....errors import UnknownItem
from ..expect import Expect
from ..result import CheckResult
from .base import Exchange, Seen, upto
from .budgets import latency, tokens
from .facts import facts
from .grounded import grounded
from .judge import Judging, judge, with_judgement
from .likeness import similar_to
from .lists import count, excludes, includes, top
from .promises import kept, no_repeat, not_seen
from .shifts import axes, shift
from .talk import asks, asks_not, engine, notices, reasons, relaxed, reply, understood
from .taste import profile
from .trace import tools
from .verdict import verdict
from .whole import WHOLE, Check

__all__ = [
    "CHECKS",
    "PROMISES",
    "Exchange",
    "Judging",
    "Seen",
    "check_turn",
    "check_whole",
    "upto",
    "with_judgement",
]

CHECKS: Mapping[str, Check] = {
    "count": count,
    "includes": includes,
    "excludes": excludes,
    "top": top,
    "all": facts,
    "grounded": grounded,
    "not_seen": not_seen,
    "no_repeat": no_repeat,
    "kept": kept,
    "profile": profile,
    "understood": understood,
    "asks": asks,
    "asks_not": asks_not,
    "relaxed": relaxed,
    "tools": tools,
    "similar_to": similar_to,
    "shift": shift,
    "axes": axes,
    "reply": reply,
    "reasons": reasons,
    "notices": notices,
    "engine": engine,
    "latency": latency,
    "tokens": tokens,
    "judge": judge,
}
"""The check of each field of `Expect`."""

PROMISES = ("grounded", "not_seen", "no_repeat", "kept")


def check_turn(expect: Expect, promises: bool, seen: Seen) -> tuple[CheckResult, ...]:
    """What a turn's answer was checked for: what is expected and, where asked, the promises.

    A promise that is expected to be false is left unchecked in that turn.
    """
    names = dict.fromkeys((*expect.names, *(PROMISES if promises else ())))
    return tuple(
        _settled(name, lambda check: check(expect, seen)) for name in names if _asked(name, expect)
    )


def check_whole(expect: Expect, promises: bool, seens: Sequence[Seen]) -> tuple[CheckResult, ...]:
    """What a conversation was checked for, ``seens`` being how it was after each turn.

    What is expected of a list holds for every list, of a text or a promise for every answer;
    what is understood, asked, bent, noticed or called, for all answers together; the profile for
    the last turn, budgets for the sum, a shift for the last list beside the first. Promises that
    `check_turn` made of every answer are not made again.
    """
    if not seens:
        return ()
    kept = PROMISES if promises else ()
    names = [name for name in expect.names if _asked(name, expect) and name not in kept]
    return tuple(_whole(name, expect, seens) for name in names)


def _whole(name: str, expect: Expect, seens: Sequence[Seen]) -> CheckResult:
    return _settled(name, lambda check: WHOLE[name](check, expect, seens))


def _asked(name: str, expect: Expect) -> bool:
    said = getattr(expect, name)
    return said is not False if name in PROMISES else said is not None


def _settled(name: str, run: Callable[[Check], CheckResult]) -> CheckResult:
    """A check's result; a film that the script names and the catalogue has not, fails it."""
    try:
        return run(CHECKS[name])
    except UnknownItem as error:
        return verdict(name, str(error))
