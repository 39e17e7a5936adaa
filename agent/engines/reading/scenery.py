"""Fragments that set the scene of an evening: "tea, cat on lap", "rain outside, blanket"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...edits import Wish
from .message import Finding, Message, Reader
from .spots import spots

_THING = (
    r"(?:(?:a |hot |big |nice |cup of |mug of |pot of )*(?:tea|cocoa|hot chocolate|coffee)"
    r"|(?:a )?(?:glass|bottle) of (?:wine|red|white)|wine (?:open|poured)"
    r"|(?:the |my |a )?(?:cat|dog|kitten|puppy) (?:on|in|across)(?: my| the)?"
    r" (?:lap|sofa|feet|knees)"
    r"|(?:it's )?(?:rain|snow|storm)(?:ing|y)?(?: outside| on the windows?)"
    r"|(?:the |a |some |my |warm |big )*(?:blankets?|duvet|candles?|cushions|slippers|pyjamas"
    r"|pajamas|pjs|onesie)(?: lit| on)?|(?:the )?fire(?:place)?(?: is)?"
    r" (?:on|lit|going|burning|crackling)"
    r"|feet up|lights (?:off|out|low|dimmed)|nobody (?:else )?(?:at )?home|house to myself"
    r"|phone off|curtains (?:closed|drawn)|snacks(?: ready)?|popcorn(?: ready)?)"
)
_SCENE = re.compile(
    rf"(?:^|(?<=[.,;!\n] )|(?<=[.,;!\n]))(?:(?:i've got|i have|got|with|and|just|me|it's)[ ,]+)*"
    rf"{_THING}(?:(?:,| and|, and| with| &) (?:a |the |my )?{_THING})*(?=\s*(?:$|[.,;!\n]))"
)


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """One wish for something cosy; the things themselves are nobody's subject."""
    return list(_findings(message))


def _findings(message: Message) -> Iterator[Finding]:
    wished = False
    for spot in spots(message, _SCENE):
        wish = Wish(
            text="cosy", dimension="mood", moods=("cosy", "gentle"), axes={"warmth": 3},
            embed=False, strength=0.7, words=spot.words,
        )  # fmt: skip
        yield Finding(spot.start, spot.end, () if wished else (wish,))
        wished = True
