"""How well known something is by a table of one's own: votes, shares of 1, or TMDB's scale."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .values import number_of, popularity_of, text

_SHORT = re.compile(r"^([\d.]+)\s*([km])$", re.IGNORECASE)
_THOUSANDS = {"k": 1e3, "m": 1e6}
_CALLED = {"votes": "a number of votes", "popularity": "a popularity"}
# TMDB's popularity has no end. On a logarithmic scale to 100 it differs from what the same films'
# votes make by .08 on average in tmdb_5000_movies.csv and by .10 in TMDB's top 10,000; to 200 by
# .06 and .14.
_MOST_POPULAR = 100.0


@dataclass(frozen=True)
class Scale:
    """What the numbers of a column of popularity are.

    They are shares of 1 unless it is ``endless``: then 100 and more count as the best known, and
    what is below on a logarithmic scale, as TMDB's is and percentages can be.
    """

    endless: bool

    @classmethod
    def of(cls, cells: Iterable[object]) -> Scale:
        """The scale of the first cells of a column: endless where a number is above 1."""
        return cls(any((number_of(cell) or 0.0) > 1 for cell in cells))

    def mend(self, values: dict[str, Any]) -> None:
        """Make a row's popularity, 0 to 1, of its votes, else of its popularity.

        What is no number or below 0 is left out, and a share above 1 is read as 1; either is
        noted under ``repaired``.
        """
        votes, told = _number(values, "votes"), _number(values, "popularity")
        if votes is not None:
            values["popularity"] = popularity_of(votes)
        elif told is not None and self.endless:
            values["popularity"] = popularity_of(told, _MOST_POPULAR)
        else:
            if told is not None and told > 1:
                values["repaired"].append("a popularity above 1 among shares, read as 1")
            values["popularity"] = min(told or 0.0, 1.0)


def _number(values: dict[str, Any], field: str) -> float | None:
    """The number in a cell; None where there is none, which is noted unless the cell is empty."""
    said = text(values.get(field))
    short = _SHORT.match(said)
    number = number_of(short[1] if short else said)
    if number is not None and number >= 0:
        return number * (_THOUSANDS[short[2].lower()] if short else 1)
    if said:
        wrong = "is none" if number is None else "is below 0"
        values["repaired"].append(f"{_CALLED[field]} that {wrong}, left out")
    return None
