"""What Moodreel promises of every answer: no repeats, nothing seen, every limit kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ....ingest.item import Item, fold
from ....ingest.limits import Limit
from ...bending import as_condition
from ...edits import Attitude, History, LimitEdit
from ...profile import Entry
from ...sentences import sentence
from ..expect import Expect
from ..result import CheckResult
from .base import Exchange, Seen
from .keeping import Breach, breaches
from .memory import all_forgotten, forgotten, not_undone
from .pointing import misplaced
from .verdict import verdict

_AGAIN = re.compile(
    r"\b(?:again|once more|one more time|repeat|back to|bring back|before|earlier|previous"
    r"|so far|first|last|original|old (?:list|ones)|(?:what|which|everything|all|ones|films)"
    r"(?: \w+){0,3} you(?:'ve|’ve| have| did)?(?: \w+)? (?:shown?|showed|suggest\w*|recommend\w*"
    r"|gave|given|say|said|offer\w*)|what were)\b",
    re.IGNORECASE,
)
_SEARCHES = {"search", "similar"}
_BARRING = {
    "seen": "was seen",
    "loved": "was loved, so it was seen",
    "liked": "was liked, so it was seen",
    "disliked": "was disliked",
    "not_tonight": "was ruled out for tonight",
}


def no_repeat(expect: Expect, seen: Seen) -> CheckResult:
    """No film was shown in an earlier list, unless it or that list was asked for again."""
    earlier = {
        pick.id: turn
        for turn, each in reversed(list(enumerate(seen.earlier, start=1)))
        for pick in each.reply.picks
    }
    again = [item for item in _unasked(seen) if item.id in earlier]
    found = (f"{item.label} was shown before, in turn {earlier[item.id]}." for item in again)
    return verdict("no_repeat", *found)


def not_seen(expect: Expect, seen: Seen) -> CheckResult:
    """No film is one that the person has seen or doesn't want, unless it was asked for again.

    What was said of a film counts until the person takes it back; that it is forgotten in this
    turn, or noted of another film than the one that was pointed at, fails as well.
    """
    lost = list(all_forgotten(seen, Attitude))
    barred = {**_barred(entry for _, entry, _ in lost), **_barred(seen.now.reply.profile.active)}
    came = [f"{i.label} came, but it {barred[i.id]}." for i in _unasked(seen) if i.id in barred]
    now = len(seen.exchanges)
    gone = [f"“{sentence(entry)}” {became}." for turn, entry, became in lost if turn == now]
    return verdict("not_seen", *came, *gone, *misplaced(seen))


def _barred(entries: Iterable[Entry]) -> dict[str, str]:
    found = {}
    for entry in entries:
        said = entry.content
        if isinstance(said, Attitude) and said.item.id and said.feeling in _BARRING:
            found[said.item.id] = _BARRING[said.feeling]
        elif isinstance(said, History):
            felt = said.feelings().items()
            found |= {key: _BARRING[feeling] for key, feeling in felt if feeling in _BARRING}
    return found


def _unasked(seen: Seen) -> list[Item]:
    """The films of the list but those that this turn asks for by name.

    An earlier list that is asked for again is shown as it was, without a search.
    """
    if _AGAIN.search(seen.now.said) and not _SEARCHES & {c.name for c in seen.now.reply.trace}:
        return []
    return [item for item in seen.items if not _named(item, seen.now.said)]


def _named(item: Item, said: str) -> bool:
    words = f" {fold(said)} "
    return any(f" {fold(title)} " in words for title in (item.title, *item.alternative_titles))


def kept(expect: Expect, seen: Seen) -> CheckResult:
    """Every limit that was said still holds, and no film breaks one.

    A limit ends where a later word of the person contradicts it or takes it back; then that turn
    has those words. A film may break a limit that the reply says was bent, and only one that may
    bend: never what was ruled out, ages, ratings and content. An undo takes back all of the last
    turn that had changed something.
    """
    broken = [problem for item in _unasked(seen) for problem in _broken(item, seen.now)]
    lost = []
    if seen.earlier:
        lost = [*forgotten(seen.earlier[-1], seen.now, LimitEdit)]
    gone = [f"“{sentence(entry)}” {became}." for entry, became in lost]
    left = [f"“{sentence(entry)}” still counts after the undo." for entry in not_undone(seen)]
    return verdict("kept", *broken, *gone, *left)


def _broken(item: Item, now: Exchange) -> Iterator[str]:
    for limit in _limits(now):
        for breach in breaches(item, limit):
            if not _excused(breach, limit, now):
                yield f"{item.label} {breach.says}; the limit is “{limit.sentence()}”."


def _limits(now: Exchange) -> list[Limit]:
    said = (entry.content for entry in now.reply.profile.active)
    return [each.limit for each in said if isinstance(each, LimitEdit)]


def _excused(breach: Breach, limit: Limit, now: Exchange) -> bool:
    return breach.bends and any(as_condition(limit) in told for told in now.reply.relaxed)
