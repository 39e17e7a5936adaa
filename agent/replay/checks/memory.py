"""What a conversation may not forget: entries that end though nobody said so.

An entry of the taste profile may end in two ways. A later word replaces it: then that word is
quoted from the turn that ended it. Or it is taken back: then the turn speaks of taking back, or
of the matter itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ....ingest.item import fold
from ...edits import Attitude, LimitEdit
from ...profile import Entry, TasteProfile
from .base import Exchange, Seen
from .weaker import weakened

_TAKES_BACK = re.compile(
    r"\b(?:undo|undone|revert|cancel|forget|scratch|strike|never ?mind|ignore|disregard|delete"
    r"|remove|erase|clear|wipe|lift|drop|lose|scrap|reset|take (?:\w+ ){0,3}back|go back|back"
    r"|rid|start(?:ing)?|begin|over|afresh|anew|slate|scratch|new|different|else|change[ds]?"
    r"|fine|ok(?:ay)?|allowed|welcome|cool|any|whatever|whichever|however|matter|care|mind"
    r"|no longer|not any ?more|didn't mean|without|before|after all|was wrong|mistake)\b",
    re.IGNORECASE,
)
_UNDO = re.compile(
    r"^\W*(?:(?:please|ok|okay|no|oh|hm+|actually|wait)\W+)*"
    r"(?:undo\b(?! (?:the|my|all|what) \w+ (?!thing|change|message))|scratch that|strike that"
    r"|(?:i )?take (?:that|it) back)",
    re.IGNORECASE,
)
_LEAST = 4
"""Letters of a word that tells what is spoken of."""


def forgotten(
    before: Exchange, now: Exchange, kind: type[Attitude] | type[LimitEdit]
) -> Iterator[tuple[Entry, str]]:
    """Entries that ended in a turn without cause, each with what became of it."""
    for entry in before.reply.profile.active:
        if isinstance(entry.content, kind):
            became = _became(entry, before, now)
            if became:
                yield entry, became


def _became(entry: Entry, before: Exchange, now: Exchange) -> str:
    after = now.reply.profile.entry(entry.id)
    if after is None:
        return "is gone from the profile"
    if after.status == "active":
        same = after.content == entry.content
        return "" if same else "was changed without a trace"
    if after.status == "undone":
        return "" if _taken_back(entry, before, now) else "was taken back, but nobody said so"
    later = now.reply.profile.entry(after.superseded_by or "")
    if later is None or not _is_said(later, before, now):
        return "was replaced, but by nothing that was said"
    return weakened(entry, later, now.reply.profile)


def _taken_back(entry: Entry, before: Exchange, now: Exchange) -> bool:
    if before.reply.question or _TAKES_BACK.search(now.said):
        return True
    spoken = set(_telling(entry.content.words))
    return bool(spoken & set(_telling(now.said)))


def _telling(text: str) -> list[str]:
    return [word for word in fold(text).split() if len(word) >= _LEAST]


def _is_said(later: Entry, before: Exchange, now: Exchange) -> bool:
    """Whether an entry is of this turn and quotes it; what answers a question need not."""
    if later.turn != now.reply.turn:
        return False
    return bool(before.reply.question) or fold(later.content.words) in fold(now.said)


def all_forgotten(
    seen: Seen, kind: type[Attitude] | type[LimitEdit]
) -> Iterator[tuple[int, Entry, str]]:
    """Entries that ended without cause in any turn so far, with its place in the conversation."""
    for turn, (before, now) in enumerate(pairwise(seen.exchanges), start=2):
        yield from ((turn, entry, became) for entry, became in forgotten(before, now, kind))


def not_undone(seen: Seen) -> list[Entry]:
    """What still counts after an undo, of the last turn that had changed the profile."""
    if not seen.earlier or not _UNDO.search(seen.now.said):
        return []
    before = seen.earlier[-1].reply.profile
    last = _last_change(before)
    now = {entry.id for entry in seen.now.reply.profile.active}
    return [entry for entry in before.active if entry.turn == last and entry.id in now]


def _last_change(profile: TasteProfile) -> int:
    turns = [e.turn for e in profile.entries if e.status != "undone" or e.dropped_in]
    return max([*turns, *(e.dropped_in for e in profile.entries if e.dropped_in)], default=0)
