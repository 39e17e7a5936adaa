"""Animals that only keep somebody company: "just me and the dog", "curled up with my cats"."""

from __future__ import annotations

import re

from ...edits import Wish
from .message import Finding, Message, Reader
from .spots import before, spots

_PET = (
    r"(?:dogs?|doggos?|pupp(?:y|ies)|pups?|pooch(?:es)?|cats?|kittens?|kitt(?:y|ies)|hamsters?"
    r"|guinea pigs?|rabbits?|bunn(?:y|ies)|parrots?|budgies?|goldfish|ferrets?|tortoises?|lizards?"
    r"|snakes?|horses?|pets?)"
)
_OWN = r"(?:(?:my|our|the|two|three|old|little|lovely|big|sleepy|elderly|grumpy) )+"
_BEING = (
    r"(?:me|myself|us|i|we|(?:(?:my|our|the) (?:\w+ )?|, )(?:mum|mom|dad|wife|husband|partner"
    r"|girlfriend|boyfriend|kids?|children|friends?|mates?|family|son|daughter|brother|sister|gran"
    r"|nan|flatmate|roommate))"
)
_JOINED = rf"{_BEING}(?:,? (?:and|&|plus|with)|,| \+| n) {_OWN}"
_HELD = (
    r"(?:(?:curled|cuddled|snuggled|cosied|cozied) up (?:with|next to|beside)|(?:cuddling|snuggling"
    r"|watching(?: it)?|home|alone|stuck|sitting|night in|on the (?:sofa|couch)) with"
    r"|to watch with|for) (?:my|our|the) (?:(?:two|three|old|little|lovely|big|sleepy) )*"
)
_KEEPS = rf"(?:my|our) {_PET} (?:and (?:i|me|us)\b|is (?:asleep |snoring )?(?:on|beside|next to) )"
_RULE = re.compile(
    rf"(?<![\w'-])(?:{_KEEPS}(?:my (?:lap|feet|knee))?|(?:(?P<who>{_JOINED})|{_HELD}){_PET}"
    rf"(?:,? (?:and|&) (?:{_OWN})?{_PET})*)(?![\w'-])"
)
_IN_THE_STORY = re.compile(
    r"\b(?:about|story of|stars?|starring|featuring|where|follows)\b[^.,;!?]*$"
)


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Who watches, said without a wish: an animal at somebody's side is no subject of a film."""
    found = []
    for spot in spots(message, _RULE):
        if _IN_THE_STORY.search(before(spot)):
            continue
        start = spot.match.end("who") if spot.match["who"] else spot.match.start()
        place = message.plain.span(start, spot.match.end())
        wish = Wish(text="a pet for company", dimension="audience", embed=False, words=spot.words)
        found.append(Finding(*place, (wish,)))
    return found
