"""Choosing films for a group: how well each suits each person, and one rule for all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from ...ingest.catalogue import Catalogue
from ...ingest.item import Item
from ...ingest.limits import broken
from ...tools.diversity import diversify
from ...tools.retrieve import assess, retrieve
from ...tools.scoring import Candidate
from .guests import Wishes
from .limits import Terms
from .reply import Rule

Scores = Mapping[str, Candidate]
"""How well films suit one person, by item id."""

DEPTH = 150
"""How many films each person brings: what suits nobody best may suit all well."""
_ALONE = 40
"""How many of them others' limits may forbid: only the first few are told of."""
_BENT = 0.5
"""What is left of a score where the film breaks a limit of that person that had to bend."""
_TIE = 0.01
"""How much the mean counts beside the rule: enough to settle ties, too little to turn it."""

_COMBINE: Mapping[Rule, Callable[[Sequence[float]], float]] = {
    "average": fmean,
    "least_misery": min,
    "most_pleasure": max,
}


@dataclass(frozen=True)
class Chosen:
    """The films of a list, best first, how well each suits each person by name, and by the rule.

    ``voices`` are the people whom the rule counts. ``missed`` are films that stand before the
    last of the list but for somebody's limits or dislikes.
    """

    items: tuple[Item, ...]
    by_person: Mapping[str, Scores]
    scores: Mapping[str, float]
    voices: tuple[str, ...]
    missed: tuple[Item, ...] = ()


def together(rule: Rule, scores: Sequence[float]) -> float:
    """One score for all by a rule, 0 to 1."""
    return _COMBINE[rule](scores)


def choose(
    everybody: Sequence[Wishes], terms: Terms, catalogue: Catalogue, rule: Rule, count: int
) -> Chosen:
    """The films that suit everybody best by a rule, varied.

    Only people count who wished for something, and where limits were bent those who hold any;
    where nobody does, all do.
    """
    pool = _pool(everybody, terms, catalogue)
    may = frozenset(item.id for item in pool if _allowed(item, terms))
    by_person = {each.name: _suits(each, terms, may, catalogue, pool) for each in everybody}
    bent = bool(terms.slack.bends)
    counted = (each.name for each in everybody if each.decided or (bent and terms.of(each.name)))
    voices = tuple(counted) or tuple(by_person)
    scores = {item.id: _score(rule, item, by_person, voices) for item in pool}
    ranked = sorted(pool, key=lambda item: (-scores[item.id], -item.popularity, item.id))
    allowed = [item for item in ranked if item.id in may]
    chosen = diversify([Candidate(item, scores[item.id]) for item in allowed], count)
    items = tuple(candidate.item for candidate in chosen)
    last = min((scores[item.id] for item in items), default=0.0)
    missed = [item for item in ranked if scores[item.id] > last and item.id not in may]
    return Chosen(items, by_person, scores, voices, tuple(missed))


def _pool(everybody: Sequence[Wishes], terms: Terms, catalogue: Catalogue) -> list[Item]:
    """What everybody would be shown alone, with all limits and without those of others."""
    kept = {"limits": terms.slack.limits, "exclude": terms.exclude}
    found: dict[str, Item] = {}
    for each in everybody:
        own = each.demand.query
        near = retrieve(catalogue, own.model_copy(update=kept), DEPTH)
        near += retrieve(catalogue, own, _ALONE) if len(everybody) > 1 else []
        found |= {candidate.id: candidate.item for candidate in near}
        found |= catalogue.get(sorted(each.known.wanted))
    return list(found.values())


def _suits(
    person: Wishes, terms: Terms, may: Collection[str], catalogue: Catalogue, pool: Sequence[Item]
) -> Scores:
    """How well films suit a person; a limit that was bent for others costs a film half.

    ``may`` are the films that may be shown: what breaks a limit all the same, was let in for
    others.
    """
    own = [held.limit for held in terms.of(person.name)]
    found = assess(catalogue, person.demand.query, pool)
    return {c.id: _halved(c) if c.id in may and broken(c.item, own) else c for c in found}


def _halved(candidate: Candidate) -> Candidate:
    scores = {**candidate.scores, "overall": _BENT * candidate.scores["overall"]}
    return replace(candidate, scores=scores)


def _score(rule: Rule, item: Item, by_person: Mapping[str, Scores], voices: Sequence[str]) -> float:
    each = [by_person[name][item.id].scores["overall"] for name in voices]
    return (1 - _TIE) * together(rule, each) + _TIE * fmean(each)


def _allowed(item: Item, terms: Terms) -> bool:
    return item.id not in terms.exclude and not broken(item, terms.slack.limits)
