"""Searching Qdrant's in-process engine: where many points pass, the filter comes last.

The engine tests a filter on every point before it compares vectors. Three conditions over
100,000 items take it five times as long as comparing all vectors. So
where enough points pass, more are searched for than are wanted, and only those are tested. What
is found is the same: where too few of them pass, the engine is asked with the filter after all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import qdrant_edge as qdrant

from .points import RENOWN
from .store import Question

Found = dict[int, float]
ENOUGH = 5_000
"""From how many items on it pays."""
_MORE = 1.5
_SHARES = 256
# Looking at more than this share of all items costs more than the filter does.
_DEEPEST = 1 / 20
# Vectors of bytes, where there are any, find; whole ones score.
_BYTES = qdrant.SearchParams(quantization=qdrant.QuantizationSearchParams(rescore=False))
_WHOLE = qdrant.SearchParams(quantization=qdrant.QuantizationSearchParams(ignore=True))


@dataclass(frozen=True)
class Named:
    """A filter that names the points that it passes, so that the engine begins with them."""

    filter: Any


class Shares:
    """Which share of all points passes a filter, told from some that ``draw`` draws at random.

    ``test`` says which of them pass. A conversation asks with the same limits again and again.
    """

    def __init__(
        self,
        draw: Callable[[], Collection[int]],
        test: Callable[[Collection[int], Any], Collection[int]],
    ) -> None:
        self._draw, self._test = draw, test
        self._sample: Collection[int] = ()
        self._known: dict[str, float] = {}

    def passing(self, passing: Any) -> float:
        """The share, 0 to 1; 0 where there is no point."""
        told = repr(passing)
        share = self._known.get(told)
        if share is None:
            self._sample = sample = self._sample or self._draw()
            share = len(self._test(sample, passing)) / max(1, len(sample))
            if len(self._known) >= _SHARES:
                self._known.clear()
            self._known[told] = share
        return share

    def forget(self) -> None:
        """Draw and test anew: points have changed."""
        self._sample = ()
        self._known.clear()


@dataclass(frozen=True)
class Searching:
    """A store of ``items`` points; ``share`` tells which share of them passes a filter.

    ``ask`` finds points, best first; ``test`` says which of some points pass a filter; ``among``
    is the filter that passes some points, whose scores are exact unless rough ones are asked for.
    Where the store is ``rough``, all others are not.
    """

    items: int
    rough: bool
    share: Callable[[Any], float]
    ask: Callable[[Sequence[Question]], list[Found]]
    test: Callable[[Collection[int], Any], set[int]]
    among: Callable[[Collection[int]], Named]

    def found(self, questions: Sequence[Question]) -> list[Found]:
        """The points that each question finds, with their scores."""
        found = self._nearest(questions)
        return self._scored(questions, found) if self.rough else found

    def _nearest(self, questions: Sequence[Question]) -> list[Found]:
        filters = [q.passing for q in questions if q.passing and not isinstance(q.passing, Named)]
        if self.items < ENOUGH or not filters or any(each is not filters[0] for each in filters):
            return self.ask(questions)
        share = self.share(filters[0])
        wide = [self._widened(q, share) if q.passing is filters[0] else q for q in questions]
        return self._narrowed(questions, wide, filters[0])

    def _widened(self, question: Question, share: float) -> Question:
        """The question without its filter and deeper, where that is quicker."""
        wanted = question.limit * _MORE
        if question.vector is None or wanted > share * self.items * _DEEPEST:
            return question
        return replace(question, limit=ceil(wanted / share), passing=None)

    def _narrowed(
        self, questions: Sequence[Question], wide: Sequence[Question], passing: Any
    ) -> list[Found]:
        """What the wide questions find, without what does not pass."""
        found = self.ask(wide)
        waiting = [n for n, question in enumerate(questions) if wide[n] is not question]
        passed = self.test({point for n in waiting for point in found[n]}, passing)
        left = []
        for n in waiting:
            kept = [point for point in found[n] if point in passed][: questions[n].limit]
            if len(kept) < questions[n].limit and len(found[n]) == wide[n].limit:
                left.append(n)
            found[n] = {point: found[n][point] for point in kept}
        for n, again in zip(left, self.ask([questions[n] for n in left]), strict=True):
            found[n] = again
        return found

    def _scored(self, questions: Sequence[Question], found: list[Found]) -> list[Found]:
        """The same points, with exact scores where they are wanted."""
        rough = [n for n, q in enumerate(questions) if found[n] and not q.rough and _is_rough(q)]
        asked = [
            replace(questions[n], limit=len(found[n]), passing=self.among(found[n])) for n in rough
        ]
        for n, exact in zip(rough, self.ask(asked), strict=True):
            found[n] = exact
        return found


def _is_rough(question: Question) -> bool:
    return isinstance(question.vector, list) and not isinstance(question.passing, Named)


def request(question: Question) -> qdrant.QueryRequest:
    """A question in the engine's words."""
    if question.vector is None:
        query: Any = qdrant.OrderBy(RENOWN, qdrant.Direction.Desc)
    else:
        query = qdrant.Query.Nearest(question.vector, question.space)
    named = isinstance(question.passing, Named)
    return qdrant.QueryRequest(
        limit=question.limit,
        query=query,
        filter=question.passing.filter if named else question.passing,
        params=_WHOLE if named and not question.rough else _BYTES,
    )
