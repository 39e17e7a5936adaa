"""What Moodreel always promises, checked on every answer of a dialogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ....ingest.catalogue import Catalogue
from ..checks import Exchange, check_turn, upto
from ..expect import Expect


def broken(exchanges: Sequence[Exchange], catalogue: Catalogue) -> tuple[str, ...]:
    """The promises that answers broke, by the names of the checks, each time it happened."""
    return tuple(
        result.check
        for seen in upto(exchanges, catalogue, date.today().year)
        for result in check_turn(Expect(), promises=True, seen=seen)
        if result.fails
    )
