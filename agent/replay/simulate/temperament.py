"""How simulated people talk and what pleases them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["terse", "plain", "chatty"]


@dataclass(frozen=True)
class Temperament:
    """One way to be; shares run from 0 to 1.

    ``slips`` is the share of words that are mistyped, ``presses`` that of moves made with a
    button where there is one, ``unsure`` that of open questions answered with "don't mind",
    ``double`` that of messages that say two things. With ``changes`` an early wish is taken
    back later, with ``contradicts`` one critique goes the wrong way and the next one back.
    """

    name: str
    style: Style = "plain"
    slips: float = 0.0
    presses: float = 0.15
    unsure: float = 0.2
    double: float = 0.2
    changes: bool = False
    contradicts: bool = False


TEMPERAMENTS = (
    Temperament("terse", style="terse", presses=0.3, double=0.0),
    Temperament("chatty", style="chatty", presses=0.05, double=0.5),
    Temperament("changes mind", changes=True),
    Temperament("contradicts", contradicts=True),
    Temperament("typos", slips=0.12),
)
