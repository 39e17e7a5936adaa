"""What Moodreel promises of every answer."""

from __future__ import annotations

from ..expect import Expect
from ..result import CheckResult
from .base import Seen
from .verdict import verdict


def no_repeat(expect: Expect, seen: Seen) -> CheckResult:
    """No film was shown before, unless it was asked for again."""
    earlier = {pick.id for each in seen.earlier for pick in each.reply.picks}
    again = [pick for pick in seen.now.reply.picks if pick.id in earlier]
    return verdict("no_repeat", *(f"{pick.title} was shown before." for pick in again))
