"""Names that are a few slips away from what somebody wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import OSA


class NearNames:
    """Names by their length: one that is longer or shorter by more than the slips is not looked at.

    Of a hundred thousand titles that leaves a few thousand.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_length: dict[int, dict[int, str]] = defaultdict(dict)
        for place, name in enumerate(names):
            self._by_length[len(name)][place] = name

    def near(self, said: str, slips: int, limit: int) -> list[tuple[str, int]]:
        """Names with how many slips away they are, nearest first, then in the order given."""
        found: list[tuple[int, int, str]] = []
        for length in range(len(said) - slips, len(said) + slips + 1):
            alike = process.extract(
                said,
                self._by_length.get(length, {}),
                scorer=OSA.distance,
                score_cutoff=slips,
                limit=None,
            )
            found += [(int(distance), place, name) for name, distance, place in alike]
        return [(name, distance) for distance, _, name in nsmallest(limit, found)]
