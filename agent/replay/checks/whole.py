"""Checks over a whole conversation, made of those of its turns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ...reply import Reply
from ..expect import Expect
from ..result import CheckResult
from .base import Exchange, Seen
from .budgets import tokens_of, within_budget
from .verdict import verdict

Check = Callable[[Expect, Seen], CheckResult]
Whole = Callable[[Check, Expect, Sequence[Seen]], CheckResult]


def of_lists(check: Check, expect: Expect, seens: Sequence[Seen]) -> CheckResult:
    """It holds for every answer that has films; without any, as for an answer without films."""
    listed = [seen for seen in seens if seen.now.reply.picks]
    return _every(check, expect, listed or seens[-1:])


def of_turns(check: Check, expect: Expect, seens: Sequence[Seen]) -> CheckResult:
    """It holds for every answer."""
    return _every(check, expect, seens)


def _every(check: Check, expect: Expect, seens: Sequence[Seen]) -> CheckResult:
    found = [(seen, check(expect, seen)) for seen in seens]
    wrong = [f"Turn {len(s.exchanges)}: {each.says}" for s, each in found if not each.passed]
    return verdict(found[0][1].check, *wrong)


def of_last(check: Check, expect: Expect, seens: Sequence[Seen]) -> CheckResult:
    """It holds after the last turn."""
    return check(expect, seens[-1])


def of_all(check: Check, expect: Expect, seens: Sequence[Seen]) -> CheckResult:
    """It holds for what all answers say together."""
    replies = [seen.now.reply for seen in seens]
    return check(expect, _as_one(seens[-1], replies))


def _as_one(last: Seen, replies: Sequence[Reply]) -> Seen:
    """A conversation whose last answer says what all of them said, its tool calls too."""
    together = {
        name: tuple(each for reply in replies for each in getattr(reply, name))
        for name in ("understood", "relaxed", "notices", "trace")
    }
    questions = " ".join(reply.question for reply in replies if reply.question)
    merged = last.now.reply.model_copy(update={**together, "question": questions or None})
    return replace(last, exchanges=(*last.earlier, Exchange(last.now.said, merged)))


def from_first_to_last(check: Check, expect: Expect, seens: Sequence[Seen]) -> CheckResult:
    """It holds for the last list beside the first one."""
    listed = [seen for seen in seens if seen.now.reply.picks]
    if not listed:
        return check(expect, seens[-1])
    ends = (listed[0].now, *(each.now for each in listed[1:][-1:]))
    return check(expect, replace(listed[0], exchanges=ends))


def latency_in_all(check: Check, expect: Expect, seens: Sequence[Seen]) -> CheckResult:
    """The times of all turns together."""
    spent = [seen.now.reply.timings_ms.get("total") for seen in seens]
    known = [each for each in spent if each is not None]
    return within_budget("latency", expect.latency, sum(known) if known else None, "ms")


def tokens_in_all(check: Check, expect: Expect, seens: Sequence[Seen]) -> CheckResult:
    """The tokens of all turns together."""
    return within_budget("tokens", expect.tokens, sum(map(tokens_of, seens)), "tokens")


WHOLE: dict[str, Whole] = {
    **dict.fromkeys(("count", "includes", "excludes", "top", "all"), of_lists),
    **dict.fromkeys(("similar_to", "axes", "reasons"), of_lists),
    **dict.fromkeys(("grounded", "not_seen", "no_repeat", "kept", "reply", "engine"), of_turns),
    **dict.fromkeys(("understood", "asks", "asks_not", "relaxed", "notices", "tools"), of_all),
    **dict.fromkeys(("profile", "judge"), of_last),
    "shift": from_first_to_last,
    "latency": latency_in_all,
    "tokens": tokens_in_all,
}
"""How each check is made of a whole conversation."""
