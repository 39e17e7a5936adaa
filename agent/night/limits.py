"""The limits of several people as those of one list, bent in a stated order where they must be.

The order, first to bend first:

1. Films that somebody has seen come back.
2. Limits, as for one person (`moodreel.agent.relax`). Between limits of one kind the one that
   fewer people hold bends first, then the one without which more films are left.

Never bent: what relaxing never bends for one person, and films that anybody dislikes or doesn't
want tonight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from ...ingest.catalogue import Catalogue
from ...ingest.limits import Limit
from ..relax import ENOUGH, Count, Slack, counter, relax
from .guests import Wishes


@dataclass(frozen=True)
class Held:
    """A limit and the people who hold it; ``private`` where nobody said it for this night."""

    limit: Limit
    people: tuple[str, ...]
    private: bool


@dataclass(frozen=True)
class Terms:
    """What one list for all has to keep.

    ``held`` are the limits as they came, ``slack`` what became of them. ``barred`` films are on
    no account shown; ``again`` says whether films that somebody has seen may be.
    ``clashes`` are pairs of limits of different people that no film keeps together.
    """

    held: tuple[Held, ...]
    slack: Slack
    barred: frozenset[str]
    seen: frozenset[str]
    again: bool
    clashes: tuple[tuple[Held, Held], ...] = ()

    @property
    def exclude(self) -> tuple[str, ...]:
        """The ids of films that may not be on the list."""
        return tuple(sorted(self.barred if self.again else self.barred | self.seen))

    def of(self, person: str) -> tuple[Held, ...]:
        """The limits that a person holds."""
        return tuple(each for each in self.held if person in each.people)

    def holding(self, limit: Limit) -> Held:
        """Who holds a limit of the slack's bends."""
        return next(each for each in self.held if each.limit is limit)

    def in_force(self, held: Held) -> Limit | None:
        """What became of a limit: itself, what stands in for it, or nothing."""
        bends = {id(bend.limit): bend.instead for bend in self.slack.bends}
        return bends.get(id(held.limit), held.limit)


def terms_of(everybody: Sequence[Wishes], catalogue: Catalogue, wanted: int) -> Terms:
    """The limits of all, bent as little as it takes for ``wanted`` films to be there."""
    barred = frozenset(key for each in everybody for key in each.known.barred)
    seen = frozenset(key for each in everybody for key in each.known.seen)
    held = _all_held(everybody)
    limits = [each.limit for each in held]
    fresh = counter(catalogue, sorted(barred | seen))
    again = bool(seen - barred) and fresh(limits) < min(wanted, ENOUGH)
    count = counter(catalogue, sorted(barred)) if again else fresh
    held = _in_order(held, count)
    slack = _slack(held, everybody, count, counter(catalogue, ()), wanted)
    clashes = () if slack.strict >= min(wanted, ENOUGH) else _clashes(held, counter(catalogue, ()))
    return Terms(held, slack, barred, seen, again, clashes)


def _slack(
    held: Sequence[Held], everybody: Sequence[Wishes], count: Count, any_film: Count, wanted: int
) -> Slack:
    implied = {limit for each in everybody for limit in each.demand.implied}
    soft = [each.limit for each in held if each.limit in implied]
    hard = [each.limit for each in held if each.limit not in implied]
    if not held:
        return Slack((), (), wanted, wanted)
    return relax(hard, soft, count, wanted, gently=any_film([*hard, *soft]) > 0)


def _all_held(everybody: Iterable[Wishes]) -> tuple[Held, ...]:
    """Each limit once, with all who hold it."""
    people: dict[Limit, list[str]] = {}
    told: set[Limit] = set()
    for each in everybody:
        for limit in (*each.demand.said, *each.demand.implied):
            people.setdefault(limit, []).append(each.name)
        told |= {*each.limits, *each.demand.implied}
    return tuple(
        Held(limit, tuple(dict.fromkeys(names)), limit not in told)
        for limit, names in people.items()
    )


def _in_order(held: Sequence[Held], count: Count) -> tuple[Held, ...]:
    """The limits, of each kind first those that bend first."""

    def place(one: Held) -> tuple[int, int]:
        others = [each.limit for each in held if each is not one]
        return len(one.people), -count(others)

    return tuple(sorted(held, key=place)) if len(held) > 1 else tuple(held)


def _clashes(held: Sequence[Held], count: Count) -> tuple[tuple[Held, Held], ...]:
    """Pairs of limits of different people of which each can be kept, but not both."""
    kept = [each for each in held if count([each.limit])]
    pairs = [(a, b) for a, b in combinations(kept, 2) if not set(a.people) & set(b.people)]
    return tuple((a, b) for a, b in pairs if not count([a.limit, b.limit]))
